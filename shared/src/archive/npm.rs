//! Packages of npm: a tarball with a `package.json`.

use serde_json::{Map, Value};

use super::tarball::Tarball;
use super::{Archive, ArchiveError, Kind, Manifest, Need};
use crate::format::PackageFormat;
use crate::package::PackageKey;

const FILE: &str = "package.json";

/// What else the package is installed with. What it is built with (`devDependencies`) its users never see.
const KINDS: [&str; 3] = ["dependencies", "peerDependencies", "optionalDependencies"];

pub(super) fn read(tarball: Tarball) -> Result<Archive, ArchiveError> {
    let bad = |why: String| ArchiveError::BadManifest(FILE, why);
    let text = tarball.package_json.ok_or(ArchiveError::NoManifest("package.json and no PKG-INFO"))?;
    let manifest: Map<String, Value> = serde_json::from_str(&text).map_err(|error| bad(error.to_string()))?;
    if manifest.get("private") == Some(&Value::Bool(true)) {
        return Err(ArchiveError::Private);
    }
    let said = |key: &str| manifest.get(key).and_then(Value::as_str).unwrap_or_default();
    let (name, version) = (said("name"), said("version"));
    if !is_semantic(version) {
        return Err(bad(format!("its version is {version:?}, which is not one such as 1.0.0 or 1.0.0-rc.1")));
    }
    let description = Some(said("description").to_owned()).filter(|text| !text.is_empty());
    Ok(Archive {
        kind: Kind::Npm,
        package: key(name)
            .ok_or_else(|| bad(format!("its name is {name:?}, which cannot be the name of a package")))?,
        version: version.parse().map_err(|_| bad(format!("its version is {version:?}")))?,
        description,
        needs: needs(&manifest),
        files: tarball.files,
        manifest: Manifest::Npm(manifest, tarball.readme),
    })
}

/// `@scope/name` as CodeArtifact splits it. npm takes lower-case names only, and none that begins with a dot or an
/// underscore (npm documentation, "package.json", `name`).
fn key(full: &str) -> Option<PackageKey> {
    let (namespace, name) = match full.strip_prefix('@') {
        Some(scoped) => scoped.split_once('/').map(|(scope, name)| (Some(scope), name))?,
        None => (None, full),
    };
    let fits = |part: &str| {
        !part.starts_with(['.', '_'])
            && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-._~".contains(&b))
    };
    if full.len() > 214 || !fits(name) || !namespace.is_none_or(fits) {
        return None;
    }
    let namespace = namespace.map(str::parse).transpose().ok()?;
    Some(PackageKey { format: PackageFormat::Npm, namespace, name: name.parse().ok()? })
}

/// Three numbers, then what may follow a `-` or a `+` (Semantic Versioning 2.0.0).
fn is_semantic(version: &str) -> bool {
    let core = version.split(['-', '+']).next().unwrap_or_default();
    let numbers: Vec<&str> = core.split('.').collect();
    let numeric = |part: &&str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()) && (part.len() == 1 || !part.starts_with('0'))
    };
    let tail = version[core.len()..].bytes().all(|b| b.is_ascii_alphanumeric() || b"-+.".contains(&b));
    numbers.len() == 3 && numbers.iter().all(numeric) && tail && !version.ends_with(['-', '+', '.'])
}

fn needs(manifest: &Map<String, Value>) -> Vec<Need> {
    let of = |kind: &'static str| {
        let named = manifest.get(kind).and_then(Value::as_object).into_iter().flatten();
        named.map(move |(name, requirement)| Need {
            name: name.clone(),
            requirement: requirement.as_str().unwrap_or_default().to_owned(),
            kind,
        })
    };
    KINDS.into_iter().flat_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_versions_are_those_that_npm_takes() {
        for good in ["ui", "@acme/ui", "a.b_c~d-1"] {
            assert_eq!(key(good).map(|key| key.full_name()).as_deref(), Some(good));
        }
        for bad in ["", "UI", "@acme", "@/ui", "@acme/", ".ui", "_ui", "a b", "../x", "@a/b/c", "\u{430}b"] {
            assert_eq!(key(bad), None, "{bad}");
        }
        for good in ["1.0.0", "0.0.1-rc.1", "1.2.3+build.5", "10.20.30"] {
            assert!(is_semantic(good), "{good}");
        }
        for bad in ["", "1", "1.0", "v1.0.0", "1.0.0-", "01.0.0", "1.0.0 ", "1.0.x", "1.0.0/.."] {
            assert!(!is_semantic(bad), "{bad}");
        }
    }
}
