//! npm tarballs: `package/package.json` and the readme beside it.
//!
//! npm strips the first folder whatever its name is (<https://docs.npmjs.com/cli/v11/configuring-npm/package-json>), so any name is taken here.

use serde_json::Value;

use super::tarball::{each_file, read_text};
use super::{ArchiveError, MAX_MANIFEST, MAX_README, readme_rank};
use crate::model::{Dependency, Metadata};

/// What a tarball says of itself.
#[derive(Debug, Clone)]
pub struct Tarball {
    /// `name` of its `package.json`.
    pub name: String,
    /// `version` of its `package.json`.
    pub version: String,
    /// The parsed `package.json`.
    pub manifest: Value,
    /// The readme text, if there is one.
    pub readme: Option<String>,
}

/// Reads a tarball.
///
/// # Errors
/// See [`ArchiveError`].
pub fn read(bytes: &[u8]) -> Result<Tarball, ArchiveError> {
    let mut manifest: Option<Value> = None;
    let mut readme: Option<(u8, String)> = None;
    each_file(bytes, |path, size, reader| {
        let Some((_, name)) = path.split_once('/').filter(|(_, rest)| !rest.contains('/')) else { return Ok(()) };
        if name == "package.json" {
            manifest = Some(parse_manifest(size, reader)?);
        } else if let Some(rank) = readme_rank(name)
            && readme.as_ref().is_none_or(|(best, _)| rank < *best)
        {
            readme = read_text(size, MAX_README, reader)?.map(|text| (rank, text)).or(readme.take());
        }
        Ok(())
    })?;
    let manifest = manifest.ok_or(ArchiveError::NoManifest("package.json"))?;
    let text = |key: &str| {
        manifest
            .get(key)
            .and_then(Value::as_str)
            .map(str::to_owned)
            .ok_or_else(|| ArchiveError::BadManifest("package.json", format!("it has no {key}")))
    };
    Ok(Tarball { name: text("name")?, version: text("version")?, readme: readme.map(|(_, text)| text), manifest })
}

fn parse_manifest(size: u64, reader: &mut dyn std::io::Read) -> Result<Value, ArchiveError> {
    let text = read_text(size, MAX_MANIFEST, reader)?
        .ok_or_else(|| ArchiveError::BadManifest("package.json", "it is larger than 4 MiB".into()))?;
    // Windows editors leave a byte order mark, which npm forgives.
    serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|error| ArchiveError::BadManifest("package.json", error.to_string()))
}

/// What CodeArtifact shows of a version, from its manifest (one of `versions` of a packument, or a `package.json`).
#[must_use]
pub fn metadata(manifest: &Value, readme: Option<String>) -> Metadata {
    let text = |key: &str| manifest.get(key).and_then(Value::as_str).map(str::to_owned);
    let name = text("name");
    Metadata {
        display_name: name.filter(|name| name.starts_with('@')),
        summary: text("description"),
        home_page: text("homepage"),
        source_code_repository: manifest.get("repository").and_then(text_or("url")),
        licenses: licenses(manifest),
        dependencies: dependencies(manifest),
        readme,
        manifest: Some(without_tarball(manifest)),
    }
}

/// Both spellings that npm knows: a string, or an object with the string under `key`.
fn text_or(key: &'static str) -> impl Fn(&Value) -> Option<String> {
    move |value| value.as_str().or_else(|| value.get(key)?.as_str()).map(str::to_owned)
}

fn licenses(manifest: &Value) -> Vec<(Option<String>, Option<String>)> {
    let one = |value: &Value| {
        let url = value.get("url").and_then(Value::as_str).map(str::to_owned);
        (text_or("type")(value), url)
    };
    match (manifest.get("license"), manifest.get("licenses")) {
        (Some(license), _) => vec![one(license)],
        (None, Some(Value::Array(all))) => all.iter().map(one).collect(),
        (None, _) => Vec::new(),
    }
}

/// Direct dependencies; kinds as `ListPackageVersionDependencies` names them for npm.
fn dependencies(manifest: &Value) -> Vec<Dependency> {
    let kinds = [
        ("dependencies", "regular"),
        ("devDependencies", "dev"),
        ("peerDependencies", "peer"),
        ("optionalDependencies", "optional"),
    ];
    let mut found = Vec::new();
    for (key, kind) in kinds {
        for (name, range) in manifest.get(key).and_then(Value::as_object).into_iter().flatten() {
            // npm writes an optional dependency into `dependencies` as well; it counts once, as optional.
            if kind == "regular" && manifest.get("optionalDependencies").and_then(|all| all.get(name)).is_some() {
                continue;
            }
            let (namespace, package) = split_name(name);
            let requirement = range.as_str().unwrap_or_default().to_owned();
            found.push(Dependency { namespace, package, kind: Some(kind.to_owned()), requirement });
        }
    }
    found
}

/// `@scope/name` as namespace `scope` and package `name`, the way CodeArtifact splits it.
#[must_use]
pub fn split_name(full: &str) -> (Option<String>, String) {
    match full.strip_prefix('@').and_then(|rest| rest.split_once('/')) {
        Some((scope, name)) => (Some(scope.to_owned()), name.to_owned()),
        None => (None, full.to_owned()),
    }
}

/// The manifest as it is kept: the registry that serves it writes its own address and the readme goes its own way.
fn without_tarball(manifest: &Value) -> Value {
    let mut kept = manifest.clone();
    if let Some(object) = kept.as_object_mut() {
        object.shift_remove("readme");
        if let Some(dist) = object.get_mut("dist").and_then(Value::as_object_mut) {
            dist.shift_remove("tarball");
        }
    }
    kept
}
