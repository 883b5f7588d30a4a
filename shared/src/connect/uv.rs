//! uv.

use super::pip::WELL_KNOWN;
use super::{Aim, Guide, TOKEN_VARIABLE, Target, add, part, remove, run, unset, upper};

/// How to use the repository from uv.
pub(super) fn guide(target: &Target) -> Guide {
    let (name, endpoint) = (target.plain_name(), &target.endpoint);
    let settings = format!(
        "[[tool.uv.index]]\nname = \"{name}\"\nurl = \"{endpoint}simple/\"\npublish-url = \"{endpoint}\"\ndefault = true\n"
    );
    let (user, password) =
        (format!("UV_INDEX_{}_USERNAME", upper(&name)), format!("UV_INDEX_{}_PASSWORD", upper(&name)));
    let credentials = run(
        "Tells uv who asks, in this shell only.",
        format!("export {user}=aws\nexport {password}=\"${TOKEN_VARIABLE}\""),
    );
    let publish = run(
        "Builds the project and publishes what it built.",
        format!(
            "uv build\nUV_PUBLISH_USERNAME=aws UV_PUBLISH_PASSWORD=\"${TOKEN_VARIABLE}\" uv publish --index {name}"
        ),
    );
    let about = "Sends this project to the repository instead of PyPI.";
    let package = target.package(WELL_KNOWN);
    Guide::new([
        part(Aim::Connect, [target.token(), credentials, add("pyproject.toml", about, settings.clone())]),
        part(Aim::Install, [run("Adds a package to the project, through the repository.", format!("uv add {package}"))]),
        part(Aim::Publish, [publish]),
        part(Aim::Undo, [remove("pyproject.toml", settings), unset(&[&user, &password, TOKEN_VARIABLE])]),
    ])
    .note("The lines in pyproject.toml hold no secret and can be committed.")
    .note(format!("Outside a project, such as for uv pip, set UV_DEFAULT_INDEX to {endpoint}simple/ with the user aws and the token in it."))
}
