//! One version in a packument.

use serde_json::{Map, Value, json};

use super::Name;
use crate::data::text::path_segment;
use crate::model::Content;
use crate::sources::integrity::integrity;

/// Name of the one asset of an npm version in the CodeArtifact API.
pub(in crate::data) const ASSET: &str = "package.tgz";

/// What the abbreviated packument keeps of a manifest (npm registry documentation, "Abbreviated version object").
const ABBREVIATED: [&str; 19] = [
    "name",
    "version",
    "deprecated",
    "dependencies",
    "optionalDependencies",
    "devDependencies",
    "bundleDependencies",
    "peerDependencies",
    "peerDependenciesMeta",
    "bin",
    "directories",
    "dist",
    "engines",
    "_hasShrinkwrap",
    "hasInstallScript",
    "os",
    "cpu",
    "libc",
    "funding",
];

/// The manifest of a version that stands here. The digests are those of the bytes that stand here, whatever the manifest said.
pub(super) fn held(name: &Name, version: &str, content: &Content, base: &str) -> Value {
    let mut manifest = content.metadata.manifest.clone().unwrap_or_else(|| json!({}));
    let Some(object) = manifest.as_object_mut() else { return manifest };
    object.insert("name".to_owned(), json!(name.full));
    object.insert("version".to_owned(), json!(version));
    object.insert("_id".to_owned(), json!(format!("{}@{version}", name.full)));
    let mut dist = match object.remove("dist") {
        Some(Value::Object(dist)) => dist,
        _ => Map::new(),
    };
    if let Some(asset) = content.assets.get(ASSET) {
        dist.insert("shasum".to_owned(), json!(asset.hashes.sha1));
        dist.insert("integrity".to_owned(), json!(integrity(&asset.hashes)));
    }
    dist.insert("tarball".to_owned(), json!(tarball_address(name, version, base)));
    object.insert("dist".to_owned(), Value::Object(dist));
    manifest
}

/// The manifest of a version that a source offers, its tarball fetched through us.
pub(super) fn offered(name: &Name, version: &str, mut manifest: Value, base: &str) -> Value {
    if let Some(dist) = manifest.get_mut("dist").and_then(Value::as_object_mut) {
        dist.insert("tarball".to_owned(), json!(tarball_address(name, version, base)));
    }
    manifest
}

/// What an installer needs of a manifest.
pub(super) fn abbreviate(manifest: &Value) -> Value {
    let mut short = Map::new();
    for key in ABBREVIATED {
        if let Some(value) = manifest.get(key) {
            short.insert(key.to_owned(), value.clone());
        }
    }
    Value::Object(short)
}

fn tarball_address(name: &Name, version: &str, base: &str) -> String {
    let full: Vec<String> = name.full.split('/').map(path_segment).collect();
    format!("{base}/{}/-/{}", full.join("/"), path_segment(&name.tarball(version)))
}
