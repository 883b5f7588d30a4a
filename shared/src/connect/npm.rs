//! npm, and the `.npmrc` that other clients read as well.

use super::{Aim, Guide, Part, Step, TOKEN_VARIABLE, Target, Way, add, part, remove, run, unset};

/// A package that most people know.
pub(super) const WELL_KNOWN: &str = "lodash";

/// How to use the repository from npm.
pub(super) fn guide(way: Way, target: &Target) -> Guide {
    let install = part(
        Aim::Install,
        [run("Installs a package through the repository.", format!("npm install {}", target.package(WELL_KNOWN)))],
    );
    let publish = part(Aim::Publish, [run("Publishes the package of this folder.", "npm publish")]);
    let rest = target.rest();
    match way {
        Way::Login => {
            let undo = [run(
                "Takes address and token out of your ~/.npmrc. npm uses the public registry again.",
                format!("npm config delete registry\nnpm config delete //{rest}:_authToken"),
            )];
            Guide::new([part(Aim::Connect, [target.login("npm")]), install, publish, part(Aim::Undo, undo)])
                .note("Login sets the registry of all your projects. For one scope only, add --namespace @scope.")
                .note("If another registry was set before, write its address down first: login replaces it.")
        }
        Way::Hand => Guide::new([
            part(Aim::Connect, [target.token(), registry_line(target, ""), token_line(target)]),
            install,
            publish,
            undo(target, ""),
        ])
        .note(COMMIT),
    }
}

/// What may be committed.
pub(super) const COMMIT: &str =
    "The project's .npmrc holds no secret and can be committed. The token stays in the environment.";

/// The project's `.npmrc`, with more lines after the address.
pub(super) fn registry_line(target: &Target, more: &str) -> Step {
    add(".npmrc", "Sends this project to the repository.", registry(target, more))
}

/// The user's `.npmrc`. It takes the token from the environment; pnpm refuses to do so in the project's file.
pub(super) fn token_line(target: &Target) -> Step {
    let about = "Has the token sent to this repository and nowhere else. It is read from the environment each time.";
    add("~/.npmrc", about, token(target))
}

/// Undoes both files and the environment.
pub(super) fn undo(target: &Target, more: &str) -> Part {
    part(
        Aim::Undo,
        [remove(".npmrc", registry(target, more)), remove("~/.npmrc", token(target)), unset(&[TOKEN_VARIABLE])],
    )
}

fn registry(target: &Target, more: &str) -> String {
    format!("registry={}\n{more}", target.endpoint)
}

fn token(target: &Target) -> String {
    format!("//{}:_authToken=${{{TOKEN_VARIABLE}}}\n", target.rest())
}
