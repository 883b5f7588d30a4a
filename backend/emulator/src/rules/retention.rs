//! What a fetch leaves behind, and where (CodeArtifact user guide, "Package retention from upstream repositories").

use std::sync::Arc;

use super::growth;
use super::resolve::Stop;
use crate::model::{Content, Domain, Origin, OriginControl, Package, PackageKey, PackageVersion};

#[cfg(test)]
mod tests;

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
/// where the rules of [`super::growth`] let it.
pub fn keep(domain: &mut Domain, repository: &str, key: &PackageKey, version: &PackageVersion, control: OriginControl) {
    let Some(repository) = domain.repositories.get_mut(repository) else { return };
    let package = repository
        .packages
        .entry(key.clone())
        .or_insert_with(|| Package { origin_control: control, ..Package::default() });
    let Some(held) = package.versions.get(&version.version) else {
        package.versions.insert(version.version.clone(), version.clone());
        return;
    };
    let grows = held.origin == version.origin && growth::grows(&repository.name, package, held);
    let Some(held) = package.versions.get_mut(&version.version).filter(|_| grows) else { return };
    let has_new = version.content.assets.keys().any(|name| !held.content.assets.contains_key(name));
    if has_new {
        let mut content: Content = held.content.as_ref().clone();
        for (name, asset) in &version.content.assets {
            content.assets.entry(name.clone()).or_insert_with(|| asset.clone());
        }
        held.content = Arc::new(content);
    }
}

/// Takes over from its public source whether a file of a kept version is yanked, where the rules of [`super::growth`] let it.
/// Whoever calls has looked already; but while the source was asked somebody may have changed the package.
pub fn mirror_yanked(
    domain: &mut Domain,
    repository: &str,
    key: &PackageKey,
    version: &str,
    file: &str,
    yanked: Option<&str>,
) {
    let Some(repository) = domain.repositories.get_mut(repository) else { return };
    let Some(package) = repository.packages.get_mut(key) else { return };
    let Some(held) = package.versions.get(version) else { return };
    let known = held.content.assets.get(file).is_none_or(|asset| asset.yanked.as_deref() == yanked);
    let from_outside = matches!(held.origin, Origin::External { .. });
    if known || !from_outside || !growth::grows(&repository.name, package, held) {
        return;
    }
    let content = package.versions.get_mut(version).map(|held| Arc::make_mut(&mut held.content));
    if let Some(asset) = content.and_then(|content| content.assets.get_mut(file)) {
        asset.yanked = yanked.map(str::to_owned);
    }
}
