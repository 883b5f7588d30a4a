//! A few crates that the emulator makes itself. They carry the names that people try first, and are not those crates.

use serde_json::{Value, json};

use super::CrateFile;
use crate::archive::make::tar_gz;
use crate::rules::content::hashes;

/// Name, version, and what it depends on.
type StandIn = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

const CRATES: [StandIn; 4] = [
    ("itoa", "1.0.14", &[]),
    ("itoa", "1.0.15", &[]),
    ("serde", "1.0.219", &[]),
    ("serde_json", "1.0.140", &[("itoa", "^1.0"), ("serde", "^1.0.194")]),
];

/// The stand-ins, each with its bytes.
pub(super) fn made() -> impl Iterator<Item = (CrateFile, bytes::Bytes)> {
    CRATES.iter().map(|(name, version, needed)| {
        let table: String = needed.iter().map(|(name, range)| format!("{name} = \"{range}\"\n")).collect();
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"{version}\"\nedition = \"2021\"\nlicense = \"MIT\"\ndescription = \"A stand-in for {name}, made by the CodeArtifact emulator. Not the real crate.\"\n\n[dependencies]\n{table}"
        );
        let code = format!("//! A stand-in for `{name}`. Not the real crate.\n");
        let bytes = tar_gz(&format!("{name}-{version}"), &[("Cargo.toml", &manifest), ("src/lib.rs", &code)]);
        let deps: Vec<Value> = needed.iter().map(|(name, range)| dependency(name, range)).collect();
        let line = json!({
            "name": name, "vers": version, "deps": deps, "features": {}, "links": null,
            "cksum": hashes(&bytes).sha256, "yanked": false,
        });
        (CrateFile { version: (*version).to_owned(), line, url: format!("builtin:cargo/{name}/{version}") }, bytes)
    })
}

fn dependency(name: &str, range: &str) -> Value {
    json!({
        "name": name, "req": range, "features": [], "optional": false, "default_features": true, "target": null,
        "kind": "normal", "registry": null,
    })
}
