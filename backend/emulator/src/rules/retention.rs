//! What a fetch leaves behind, and where (CodeArtifact user guide, "Package retention from upstream repositories").

use super::resolve::Stop;
use crate::model::{Content, Domain, OriginControl, Package, PackageKey, PackageVersion};
use std::sync::Arc;

/// The repositories that keep a version which was found at `stops[found]`: the requested one, and, if it came through an
/// external connection, the one that has the connection. Those in between keep nothing.
#[must_use]
pub fn keepers(stops: &[Stop], found: usize, from_outside: bool) -> Vec<String> {
    let mut keepers = Vec::new();
    if let Some(requested) = stops.first().filter(|_| found > 0 || from_outside) {
        keepers.push(requested.repository.clone());
    }
    if let Some(entry) = stops.get(found).filter(|_| from_outside && found > 0) {
        keepers.push(entry.repository.clone());
    }
    keepers
}

/// The origin controls of a package that comes into being by a fetch.
///
/// From a public source: publish `BLOCK`, upstream `ALLOW` (user guide, "Package origin controls"). From a repository of the domain
/// nothing is documented; both are `ALLOW` here, so that its owners can still publish and newer versions still arrive.
#[must_use]
pub fn first_control(from_outside: bool) -> OriginControl {
    OriginControl { publish: !from_outside, upstream: true }
}

/// Keeps `version` in `repository`. A version that stands there already stays as it is, except that it gains files it does not have
/// (Python versions grow at their source).
pub fn keep(domain: &mut Domain, repository: &str, key: &PackageKey, version: &PackageVersion, control: OriginControl) {
    let Some(repository) = domain.repositories.get_mut(repository) else { return };
    let package = repository
        .packages
        .entry(key.clone())
        .or_insert_with(|| Package { origin_control: control, ..Package::default() });
    let held = package.versions.entry(version.version.clone()).or_insert_with(|| version.clone());
    let has_new = version.content.assets.keys().any(|name| !held.content.assets.contains_key(name));
    if has_new {
        let mut content: Content = held.content.as_ref().clone();
        for (name, asset) in &version.content.assets {
            content.assets.entry(name.clone()).or_insert_with(|| asset.clone());
        }
        held.content = Arc::new(content);
    }
}
