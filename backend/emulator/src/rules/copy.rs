//! `CopyPackageVersions`: what is copied, what is there already, what is refused (CodeArtifact user guide,
//! "Copy packages between repositories").

use std::collections::BTreeMap;

use crate::model::{Domain, Format, OriginControl, Package, PackageKey, PackageVersion, Status};
use crate::rules::batch::{ErrorCode, Refusal};
use crate::rules::{content, resolve};

/// What is to be copied from where to where.
#[derive(Debug)]
pub(crate) struct Wish<'a> {
    /// Repositories to look in, in order (see [`places`]).
    pub(crate) places: &'a [String],
    pub(crate) destination: &'a str,
    pub(crate) key: &'a PackageKey,
    /// Replace versions of the destination that differ.
    pub(crate) overwrite: bool,
}

/// What happens to one version.
#[derive(Debug)]
pub(crate) enum Step {
    /// It is put into the destination.
    Copy(Box<Copied>),
    /// The destination has the same content. The answer does not mention it.
    Same,
}

/// A version to be put into the destination.
#[derive(Debug)]
pub(crate) struct Copied {
    pub(crate) version: PackageVersion,
    /// npm dist-tags that point to it where it comes from.
    tags: Vec<String>,
    /// Origin control of the package it comes from.
    control: OriginControl,
}

/// Where versions are looked for: in `source`, and, when asked for, in what package managers reach from there.
/// Generic packages are never fetched from upstreams.
pub(crate) fn places(domain: &Domain, source: &str, key: &PackageKey, from_upstream: bool) -> Vec<String> {
    if !from_upstream || key.format == Format::Generic {
        return vec![source.to_owned()];
    }
    resolve::stops(domain, source, key).into_iter().map(|stop| stop.repository).collect()
}

/// The verdict on one version.
pub(crate) fn judge(domain: &Domain, wish: &Wish, name: &str, revision: Option<&str>) -> Result<Step, Refusal> {
    let (from, version) = found(domain, wish, name)
        .ok_or_else(|| Refusal::new(ErrorCode::NotFound, format!("Could not find version {name}")))?;
    let current = content::revision(&version.content);
    if let Some(expected) = revision.filter(|expected| *expected != current) {
        return Err(Refusal::revision(&current, expected));
    }
    if !may_be_copied(version.status) {
        let message = format!("Version {name} is {} and cannot be copied", version.status.as_str());
        return Err(Refusal::new(ErrorCode::NotAllowed, message));
    }
    match held(domain, wish, name) {
        Some(there) if there.status == Status::Disposed => {
            Err(Refusal::new(ErrorCode::NotAllowed, format!("Version {name} is Disposed in the destination")))
        }
        Some(there) if content::revision(&there.content) == current => Ok(Step::Same),
        Some(_) if !wish.overwrite => {
            Err(Refusal::new(ErrorCode::AlreadyExists, format!("Version {name} already exists")))
        }
        _ => Ok(Step::Copy(Box::new(Copied {
            version: version.clone(),
            tags: tags(from, name),
            control: from.origin_control,
        }))),
    }
}

/// Puts a version into the destination's package; npm dist-tags come along and overwrite equal ones.
pub(crate) fn put(package: &mut Package, copied: Copied) {
    let Copied { version, tags, .. } = copied;
    let name = version.version.clone();
    package.dist_tags.extend(tags.into_iter().map(|tag| (tag, name.clone())));
    package.versions.insert(name, version);
}

/// The origin control of a package that comes into being by a copy. AWS does not document it; here it is the source's,
/// so that a package that was published inside the domain stays closed to look-alikes from outside.
pub(crate) fn first_control(copies: &BTreeMap<String, Copied>) -> OriginControl {
    copies.values().next().map(|copied| copied.control).unwrap_or_default()
}

/// Whether the package stands where the wish looks.
pub(crate) fn package_exists(domain: &Domain, wish: &Wish) -> bool {
    wish.places.iter().any(|name| package(domain, name, wish.key).is_some())
}

/// Only what package managers can download. AWS does not document it for copies; fetching from upstreams works like this.
fn may_be_copied(status: Status) -> bool {
    matches!(status, Status::Published | Status::Unlisted)
}

fn found<'d>(domain: &'d Domain, wish: &Wish, version: &str) -> Option<(&'d Package, &'d PackageVersion)> {
    wish.places.iter().find_map(|name| {
        let package = package(domain, name, wish.key)?;
        Some((package, package.versions.get(version)?))
    })
}

fn held<'d>(domain: &'d Domain, wish: &Wish, version: &str) -> Option<&'d PackageVersion> {
    package(domain, wish.destination, wish.key)?.versions.get(version)
}

fn package<'d>(domain: &'d Domain, repository: &str, key: &PackageKey) -> Option<&'d Package> {
    domain.repositories.get(repository)?.packages.get(key)
}

fn tags(package: &Package, version: &str) -> Vec<String> {
    package.dist_tags.iter().filter(|(_, to)| *to == version).map(|(tag, _)| tag.clone()).collect()
}
