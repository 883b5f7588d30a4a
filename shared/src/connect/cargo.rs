//! Cargo.

use super::{Aim, Guide, Target, add, part, remove, run};

const FILE: &str = ".cargo/config.toml";

/// How to use the repository from Cargo.
pub(super) fn guide(target: &Target) -> Guide {
    let settings = settings(target);
    let package = target.package("serde");
    let about = "Sends this project to the repository, for what comes from crates.io as well. Cargo fetches a token whenever it needs one.";
    Guide::new([
        part(Aim::Connect, [add(FILE, about, settings.clone())]),
        part(
            Aim::Install,
            [run(
                "Adds a crate to the project, and fetches it through the repository.",
                format!("cargo add {package}\ncargo fetch"),
            )],
        ),
        part(Aim::Publish, [run("Publishes this package.", "cargo publish")]),
        part(Aim::Undo, [remove(FILE, settings)]),
    ])
    .note("The file holds no secret and can be committed. Everybody needs the aws CLI and credentials of their own.")
    .note("Leave out [source.crates-io] where the repository does not reach public:crates-io.")
    .note("On Windows, publishing needs the provider cargo:token and cargo login instead.")
}

fn settings(target: &Target) -> String {
    let name = target.plain_name();
    let words: Vec<String> = target.token_words().iter().map(|word| format!("\"{}\"", escaped(word))).collect();
    format!(
        "[registries.{name}]\nindex = \"sparse+{}\"\ncredential-provider = [\"cargo:token-from-stdout\", {}]\n\n[registry]\ndefault = \"{name}\"\n\n[source.crates-io]\nreplace-with = \"{name}\"\n",
        target.endpoint,
        words.join(", ")
    )
}

/// For a basic string of TOML.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}
