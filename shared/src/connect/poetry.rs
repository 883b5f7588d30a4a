//! Poetry.

use super::pip::WELL_KNOWN;
use super::{Aim, Guide, TOKEN_VARIABLE, Target, part, run, unset, upper};

/// How to use the repository from Poetry.
pub(super) fn guide(target: &Target) -> Guide {
    let (name, endpoint) = (target.plain_name(), &target.endpoint);
    let (user, password) = (
        format!("POETRY_HTTP_BASIC_{}_USERNAME", upper(&name)),
        format!("POETRY_HTTP_BASIC_{}_PASSWORD", upper(&name)),
    );
    let credentials = run(
        "Tells Poetry who asks, in this shell only.",
        format!("export {user}=aws\nexport {password}=\"${TOKEN_VARIABLE}\""),
    );
    let source = run(
        "Sends this project to the repository instead of PyPI: a source in pyproject.toml.",
        format!("poetry source add --priority=primary {name} {endpoint}simple/"),
    );
    let address = run(
        "Tells Poetry where to publish, in your settings.",
        format!("poetry config repositories.{name} {endpoint}"),
    );
    let undo = [
        run(
            "Takes the source out of pyproject.toml. Poetry leaves an empty list there.",
            format!("poetry source remove {name}"),
        ),
        run("Takes the address out of your settings.", format!("poetry config --unset repositories.{name}")),
        unset(&[&user, &password, TOKEN_VARIABLE]),
    ];
    let package = target.package(WELL_KNOWN);
    Guide::new([
        part(Aim::Connect, [target.token(), credentials, source, address]),
        part(
            Aim::Install,
            [run("Adds a package to the project, through the repository.", format!("poetry add {package}"))],
        ),
        part(
            Aim::Publish,
            [run(
                "Builds the project and publishes what it built.",
                format!("poetry publish --build --repository {name}"),
            )],
        ),
        part(Aim::Undo, undo),
    ])
    .note("The source in pyproject.toml holds no secret and can be committed.")
}
