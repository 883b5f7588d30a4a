//! pip.

use super::{Aim, Guide, TOKEN_VARIABLE, Target, Way, part, run, unset};

/// A package that most people know.
pub(super) const WELL_KNOWN: &str = "requests";

/// How to use the repository from pip.
pub(super) fn guide(way: Way, target: &Target) -> Guide {
    let package = target.package(WELL_KNOWN);
    let install = part(
        Aim::Install,
        [run("Installs a package through the repository.", format!("python3 -m pip install {package}"))],
    );
    let guide = match way {
        Way::Login => {
            let undo = [run(
                "Takes address and token out of your settings. pip uses PyPI again.",
                "pip config unset global.index-url",
            )];
            Guide::new([part(Aim::Connect, [target.login("pip")]), install, part(Aim::Undo, undo)])
                .note("Login sets the index of all your projects, and replaces one that was set before.")
        }
        Way::Hand => {
            let index = run(
                "Sends pip to the repository, in this shell only. Nothing is written down.",
                format!("export PIP_INDEX_URL=\"{}simple/\"", target.with_credentials()),
            );
            let undo = [unset(&["PIP_INDEX_URL", TOKEN_VARIABLE])];
            Guide::new([part(Aim::Connect, [target.token(), index]), install, part(Aim::Undo, undo)])
        }
    };
    guide.note("pip only installs. To publish, use twine or uv.")
}
