//! Bun.

use super::npm::WELL_KNOWN;
use super::{Aim, Guide, TOKEN_VARIABLE, Target, add, part, remove, run, unset};

/// How to use the repository from Bun.
pub(super) fn guide(target: &Target) -> Guide {
    let settings =
        format!("[install]\nregistry = {{ url = \"{}\", token = \"${TOKEN_VARIABLE}\" }}\n", target.endpoint);
    let package = target.package(WELL_KNOWN);
    let about = "Sends this project to the repository, with the token of the environment.";
    Guide::new([
        part(Aim::Connect, [target.token(), add("bunfig.toml", about, settings.clone())]),
        part(Aim::Install, [run("Installs a package through the repository.", format!("bun add {package}"))]),
        part(Aim::Publish, [run("Publishes the package of this folder.", "bun publish")]),
        part(Aim::Undo, [remove("bunfig.toml", settings), unset(&[TOKEN_VARIABLE])]),
    ])
    .note("The file holds no secret and can be committed. Where it has a table [install] already, put the line under that.")
}
