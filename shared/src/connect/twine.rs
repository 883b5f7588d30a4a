//! twine.

use super::{Aim, Guide, TOKEN_VARIABLE, Target, Way, part, run, unset};

/// What the name of the section is that login writes.
const UNDO_LOGIN: &str = r#"python3 - <<'END'
import configparser, pathlib
path = pathlib.Path.home() / ".pypirc"
settings = configparser.RawConfigParser()
settings.read(path)
settings.remove_section("codeartifact")
servers = settings.get("distutils", "index-servers", fallback="").split()
if "codeartifact" in servers:
    servers.remove("codeartifact")
    settings.set("distutils", "index-servers", "".join("\n" + server for server in servers))
with path.open("w") as file:
    settings.write(file)
END"#;

/// How to use the repository from twine.
pub(super) fn guide(way: Way, target: &Target) -> Guide {
    match way {
        Way::Login => Guide::new([
            part(Aim::Connect, [target.login("twine")]),
            part(
                Aim::Publish,
                [run("Publishes what stands in the folder dist.", "twine upload --repository codeartifact dist/*")],
            ),
            part(Aim::Undo, [run("Takes the section codeartifact out of your ~/.pypirc. The others stay.", UNDO_LOGIN)]),
        ])
        .note("Login writes the token into ~/.pypirc, which only you can read."),
        Way::Hand => {
            let settings = format!(
                "export TWINE_REPOSITORY_URL={}\nexport TWINE_USERNAME=aws\nexport TWINE_PASSWORD=\"${TOKEN_VARIABLE}\"",
                crate::command::quote(&target.endpoint)
            );
            let undo = [unset(&["TWINE_REPOSITORY_URL", "TWINE_USERNAME", "TWINE_PASSWORD", TOKEN_VARIABLE])];
            Guide::new([
                part(
                    Aim::Connect,
                    [target.token(), run("Sends twine to the repository, in this shell only. Nothing is written down.", settings)],
                ),
                part(Aim::Publish, [run("Publishes what stands in the folder dist.", "twine upload dist/*")]),
                part(Aim::Undo, undo),
            ])
        }
    }
    .note("twine only publishes. To install, use pip or uv.")
    .note("A file that is there already cannot be replaced. twine's --skip-existing works with PyPI only.")
}
