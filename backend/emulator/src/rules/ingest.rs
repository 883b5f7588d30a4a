//! Publishing through a package manager: what is taken, and what is refused.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::SystemTime;

use super::group;
use super::resolve::{Stop, held_beyond, is_downloadable, stops};
use crate::model::{
    Asset, Content, Domain, Metadata, Origin, OriginControl, Package, PackageKey, PackageVersion, RestrictionType,
    Status,
};

/// What somebody publishes.
#[derive(Debug, Clone)]
pub struct Incoming {
    /// The package.
    pub key: PackageKey,
    /// The version string.
    pub version: String,
    /// The files.
    pub assets: BTreeMap<String, Asset>,
    /// What they say of themselves.
    pub metadata: Metadata,
    /// npm dist-tags that shall point to the version.
    pub dist_tags: Vec<String>,
}

/// What publishing did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Published {
    /// There is a new version.
    Created,
    /// A version has more files than before, and a new revision.
    Extended,
    /// The same bytes stood there already.
    Unchanged,
}

/// Why nothing was published.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PublishRefusal {
    /// No such repository.
    #[error("The repository {0} does not exist.")]
    NoRepository(String),
    /// Package origin control.
    #[error(
        "Publishing {package} to {repository} is blocked by its package origin control (publish = BLOCK). Allow it with put-package-origin-configuration, or publish to another repository."
    )]
    Blocked {
        /// Name of the package.
        package: String,
        /// Name of the repository.
        repository: String,
    },
    /// Package group origin control.
    #[error(
        "Publishing {package} to {repository} is blocked by the origin configuration of its package group {group}. Allow it with update-package-group-origin-configuration, or publish to another repository."
    )]
    BlockedByGroup {
        /// Name of the package.
        package: String,
        /// Name of the repository.
        repository: String,
        /// The group's pattern.
        group: String,
    },
    /// The version is there.
    #[error(
        "Version {version} of {package} already exists in {repository}, with other content or a status that takes none. Publish under a new version, or delete this one first."
    )]
    Exists {
        /// Name of the package.
        package: String,
        /// The version.
        version: String,
        /// Name of the repository.
        repository: String,
    },
    /// The version could be fetched from elsewhere.
    #[error(
        "Version {version} of {package} can already be fetched from the upstream {upstream}. Publish under a new version, or block upstream versions with put-package-origin-configuration."
    )]
    Reachable {
        /// Name of the package.
        package: String,
        /// The version.
        version: String,
        /// Repository or external connection that has it.
        upstream: String,
    },
}

/// Publishes to `repository`. `outside` names an external connection that has the version; the caller has asked it, because
/// rules do not wait.
///
/// Same name and bytes again change nothing; a Python version may gain files; everything else about an existing version is refused
/// (user guide, "Publishing packages"). What can be fetched from elsewhere is refused, also when this repository keeps a version that it
/// has from there; a version that was published here takes files at any time.
/// The first version of a package sets publish `ALLOW` and upstream `BLOCK`, unless its package group restricts something.
///
/// # Errors
/// See [`PublishRefusal`].
pub fn publish(
    domain: &mut Domain,
    repository: &str,
    incoming: Incoming,
    outside: Option<&str>,
    now: SystemTime,
) -> Result<Published, PublishRefusal> {
    let named = || shown(&incoming.key);
    let stops = stops(domain, repository, &incoming.key);
    let controls = group::controls(domain, &incoming.key);
    let control = controls.first_control(OriginControl { publish: true, upstream: false });
    let closed = (!controls.allow(RestrictionType::Publish, repository)).then(|| controls.pattern.as_str().to_owned());
    let place =
        domain.repositories.get_mut(repository).ok_or_else(|| PublishRefusal::NoRepository(repository.to_owned()))?;
    let package = place.packages.get(&incoming.key);
    let here = package.and_then(|package| package.versions.get(&incoming.version));

    if here.is_some_and(|version| version.status == Status::Published && holds_all(version, &incoming.assets)) {
        return Ok(Published::Unchanged);
    }
    if package.is_some_and(|package| !package.origin_control.publish) {
        return Err(PublishRefusal::Blocked { package: named(), repository: repository.to_owned() });
    }
    if let Some(group) = closed {
        return Err(PublishRefusal::BlockedByGroup { package: named(), repository: repository.to_owned(), group });
    }
    match here {
        Some(version) if !can_grow(version, &incoming) => {
            return Err(PublishRefusal::Exists {
                package: named(),
                version: incoming.version.clone(),
                repository: repository.to_owned(),
            });
        }
        Some(version) if version.origin.is_repository(repository) => {}
        _ => {
            if let Some(upstream) = fetchable(&stops, &incoming.version).or(outside) {
                let upstream = upstream.to_owned();
                return Err(PublishRefusal::Reachable {
                    package: named(),
                    version: incoming.version.clone(),
                    upstream,
                });
            }
        }
    }

    let first = || Package { origin_control: control, ..Package::default() };
    let package = place.packages.entry(incoming.key).or_insert_with(first);
    for tag in incoming.dist_tags {
        package.dist_tags.insert(tag, incoming.version.clone());
    }
    if let Some(version) = package.versions.get_mut(&incoming.version) {
        extend(version, incoming.assets, incoming.metadata);
        return Ok(Published::Extended);
    }
    let version = PackageVersion {
        version: incoming.version.clone(),
        status: Status::Published,
        published: now,
        released: None,
        origin: Origin::Internal { repository: repository.to_owned() },
        content: Arc::new(Content { assets: incoming.assets, metadata: incoming.metadata }),
    };
    package.versions.insert(incoming.version, version);
    Ok(Published::Created)
}

/// The package as its users write it.
#[must_use]
pub fn shown(key: &PackageKey) -> String {
    match (&key.namespace, key.format) {
        (Some(scope), crate::model::Format::Npm) => format!("@{scope}/{}", key.name),
        (Some(namespace), _) => format!("{namespace}/{}", key.name),
        (None, _) => key.name.clone(),
    }
}

/// The repository behind the requested one from which `version` could be pulled. What is archived or disposed of cannot be
/// (user guide, "Package version status"), so it stands in nobody's way.
fn fetchable<'a>(stops: &'a [Stop], version: &str) -> Option<&'a str> {
    let (place, _) = held_beyond(stops, version).filter(|(_, found)| is_downloadable(found.status))?;
    Some(stops[place].repository.as_str())
}

fn holds_all(version: &PackageVersion, assets: &BTreeMap<String, Asset>) -> bool {
    assets.iter().all(|(name, asset)| version.content.assets.get(name).is_some_and(|held| held.hashes == asset.hashes))
}

/// Only Python versions take further files, and none that replaces another.
fn can_grow(version: &PackageVersion, incoming: &Incoming) -> bool {
    let other_bytes = |(name, asset): (&String, &Asset)| {
        version.content.assets.get(name).is_some_and(|held| held.hashes != asset.hashes)
    };
    incoming.key.format == crate::model::Format::Pypi
        && matches!(version.status, Status::Published | Status::Unlisted)
        && !incoming.assets.iter().any(other_bytes)
}

/// Adds files. A wheel's metadata is final, a source archive's may not be (PEP 643), so the first wheel replaces it.
fn extend(version: &mut PackageVersion, assets: BTreeMap<String, Asset>, metadata: Metadata) {
    let has_wheel = |assets: &BTreeMap<String, Asset>| assets.keys().any(|name| name.ends_with(".whl"));
    let mut content = version.content.as_ref().clone();
    if has_wheel(&assets) && !has_wheel(&content.assets) {
        content.metadata = metadata;
    }
    content.assets.extend(assets);
    version.content = Arc::new(content);
}
