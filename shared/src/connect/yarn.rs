//! Yarn: version 1, which reads `.npmrc`, and all later ones, which do not.

use super::npm::{COMMIT, WELL_KNOWN, registry_line, token_line, undo};
use super::{Aim, Guide, TOKEN_VARIABLE, Target, add, part, remove, run, unset};

/// Without it, Yarn 1 sends the token for packages of a scope only.
const ALWAYS: &str = "always-auth=true\n";

/// Yarn 1.
pub(super) fn classic(target: &Target) -> Guide {
    let package = target.package(WELL_KNOWN);
    Guide::new([
        part(Aim::Connect, [target.token(), registry_line(target, ALWAYS), token_line(target)]),
        part(Aim::Install, [run("Installs a package through the repository.", format!("yarn add {package}"))]),
        part(
            Aim::Publish,
            [run("Publishes the package of this folder, in the version of its package.json.", "yarn publish --non-interactive")],
        ),
        undo(target, ALWAYS),
    ])
    .note(COMMIT)
    .note("A yarn.lock that was made with another registry names its addresses. Make it anew to have all packages come from here.")
}

/// Yarn 2 and later.
pub(super) fn berry(target: &Target) -> Guide {
    let settings = settings(target);
    let package = target.package(WELL_KNOWN);
    let about = "Sends this project to the repository, with the token of the environment.";
    Guide::new([
        part(Aim::Connect, [target.token(), add(".yarnrc.yml", about, settings.clone())]),
        part(Aim::Install, [run("Installs a package through the repository.", format!("yarn add {package}"))]),
        part(Aim::Publish, [run("Publishes the package of this folder.", "yarn npm publish")]),
        part(Aim::Undo, [remove(".yarnrc.yml", settings), unset(&[TOKEN_VARIABLE])]),
    ])
    .note("The file holds no secret and can be committed.")
    .note("Yarn from version 2 on does not read .npmrc, and aws codeartifact login does not know Yarn.")
}

fn settings(target: &Target) -> String {
    // Yarn speaks plain HTTP to hosts that are named only.
    let plain = if target.scheme() == "http" {
        let host = target.rest().split(['/', ':']).next().unwrap_or_default();
        format!("unsafeHttpWhitelist:\n  - \"{host}\"\n")
    } else {
        String::new()
    };
    // `:-` has Yarn work without the variable as well, for what needs no registry.
    format!(
        "npmRegistryServer: \"{}\"\nnpmAlwaysAuth: true\nnpmAuthToken: \"${{{TOKEN_VARIABLE}:-}}\"\n{plain}",
        target.endpoint
    )
}
