//! pnpm.

use super::npm::{COMMIT, WELL_KNOWN, registry_line, token_line, undo};
use super::{Aim, Guide, Target, part, run};

/// How to use the repository from pnpm.
pub(super) fn guide(target: &Target) -> Guide {
    let package = target.package(WELL_KNOWN);
    Guide::new([
        part(Aim::Connect, [target.token(), registry_line(target, ""), token_line(target)]),
        part(Aim::Install, [run("Installs a package through the repository.", format!("pnpm add {package}"))]),
        part(Aim::Publish, [run("Publishes the package of this folder.", "pnpm publish")]),
        undo(target, ""),
    ])
    .note(COMMIT)
    .note("The token line belongs into ~/.npmrc: pnpm takes no variables from a project's file (from 10.34.2 and 11.5.3 on).")
}
