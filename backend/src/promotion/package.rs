//! What is read once for all rows of a package.
//!
//! One list tells all versions of a package in a repository with their revisions and statuses, so most rows need no call of
//! their own.

use std::collections::BTreeMap;

use futures_util::future;
use shared::effect::{answers, opened};
use shared::names::{RepositoryName, VersionName};
use shared::package::{OriginControl, PackageKey};
use shared::repository::Repository;
use shared::version::{PackageVersionStatus, VersionSummary};

use super::Route;
use super::tags::{TagMoves, tag_moves};
use crate::codeartifact::versions::Versions;
use crate::error::Result;

/// So many versions are described one by one: lists are limited to 200 a second, descriptions only by all reads together.
const FEW: usize = 2;

/// Versions by name.
pub type Held = BTreeMap<VersionName, VersionSummary>;

/// What is known of a package.
pub struct Package {
    /// Of the chosen versions those that the source has.
    pub source: Result<Held>,
    /// What the target has.
    pub target: Result<Target>,
    /// npm dist-tags that a copy may move; none where nothing is copied.
    pub tags: TagMoves,
    /// What a copy brings with it besides.
    pub around: Result<Around>,
}

/// What the target has of a package.
pub struct Target {
    /// All its versions; none where it does not have the package.
    pub held: Option<Held>,
    /// The version that it shows.
    pub shown: Option<VersionName>,
}

/// What decides about effects.
pub struct Around {
    /// In the target where that has the package, else in the source.
    pub control: Option<OriginControl>,
    /// The upstream that answers for a version which the target does not have, and its version.
    pub upstream: BTreeMap<VersionName, (RepositoryName, VersionSummary)>,
}

/// Whether a status in the source lets a version be copied.
pub fn copyable(summary: &VersionSummary) -> bool {
    matches!(summary.status, Some(PackageVersionStatus::Published | PackageVersionStatus::Unlisted))
}

/// Reads what there is of a package. `reach` is the target and all that it reaches.
pub async fn read(
    route: Route<'_>,
    reach: &Result<Vec<Repository>>,
    package: &PackageKey,
    versions: &[VersionName],
) -> Package {
    let (source, target) = tokio::join!(held(route, route.from, package, versions), target(route, package));
    let none = Held::new();
    let copied = |version: &&VersionName| match (&source, &target) {
        (Ok(source), Ok(target)) => {
            source.get(*version).is_some_and(copyable) && !target.held.as_ref().unwrap_or(&none).contains_key(*version)
        }
        _ => false,
    };
    let lacked: Vec<VersionName> = versions.iter().filter(copied).cloned().collect();
    let tags = async {
        match lacked.is_empty() {
            true => Ok(Vec::new()),
            false => tag_moves(route, package).await,
        }
    };
    let around = async {
        let there = target.as_ref().is_ok_and(|target| target.held.is_some());
        around(route, reach, package, &lacked, there, source.as_ref().unwrap_or(&none)).await
    };
    let (tags, around) = tokio::join!(tags, around);
    Package { source, target, tags, around }
}

async fn target(route: Route<'_>, package: &PackageKey) -> Result<Target> {
    match route.codeartifact.whole_package(route.domain, route.to, package).await {
        Ok(Versions { shown, versions, .. }) => Ok(Target { held: Some(by_name(versions)), shown }),
        Err(error) if error.is_not_found() => Ok(Target { held: None, shown: None }),
        Err(error) => Err(error),
    }
}

fn by_name(versions: Vec<VersionSummary>) -> Held {
    versions.into_iter().map(|summary| (summary.version.clone(), summary)).collect()
}

/// Of these versions those that a repository has.
async fn held(
    route: Route<'_>,
    repository: &RepositoryName,
    package: &PackageKey,
    versions: &[VersionName],
) -> Result<Held> {
    let Route { codeartifact, domain, .. } = route;
    if versions.len() > FEW {
        let all = match codeartifact.all_versions(domain, repository, package).await {
            Err(error) if error.is_not_found() => Vec::new(),
            read => read?,
        };
        return Ok(by_name(all.into_iter().filter(|summary| versions.contains(&summary.version)).collect()));
    }
    let reads = versions.iter().map(|version| async move {
        match codeartifact.describe_version(domain, repository, package, version).await {
            Ok(detail) => Ok(Some(detail.summary)),
            Err(error) if error.is_not_found() => Ok(None),
            Err(error) => Err(error),
        }
    });
    let found: Vec<Option<VersionSummary>> = future::try_join_all(reads).await?;
    Ok(by_name(found.into_iter().flatten().collect()))
}

/// Origin control, and which upstreams answer for the versions that the target lacks.
async fn around(
    route: Route<'_>,
    reach: &Result<Vec<Repository>>,
    package: &PackageKey,
    lacked: &[VersionName],
    there: bool,
    source: &Held,
) -> Result<Around> {
    let blocks = |control: Option<OriginControl>| control.is_some_and(|control| !control.upstream);
    let place = if there { route.to } else { route.from };
    // A package that nothing is known of has no origin control either.
    let asked = there || !source.is_empty();
    let control =
        async { if asked { route.codeartifact.origin_control(route.domain, place, package).await } else { Ok(None) } };
    if lacked.is_empty() {
        return Ok(Around { control: control.await?, upstream: BTreeMap::new() });
    }
    let reach = reach.as_ref().map_err(Clone::clone)?;
    let upstreams = reach.iter().filter(|repository| &repository.name != route.to);
    let lists = upstreams.map(|repository| async move {
        // The source has been read already.
        let held = match &repository.name == route.from {
            true => source.clone(),
            false => held(route, &repository.name, package, lacked).await?,
        };
        let fed = !repository.upstreams.is_empty() || !repository.external_connections.is_empty();
        let blocked = fed
            && !held.is_empty()
            && blocks(route.codeartifact.origin_control(route.domain, &repository.name, package).await?);
        Ok((repository.name.clone(), (held, blocked)))
    });
    let (control, lists) = tokio::try_join!(control, future::try_join_all(lists))?;
    let lists: BTreeMap<RepositoryName, (Held, bool)> = lists.into_iter().collect();
    let blocked = there && blocks(control);
    let open = opened(reach, |name| match name == route.to {
        true => blocked,
        false => lists.get(name).is_some_and(|(_, blocked)| *blocked),
    });
    let of = |name: &RepositoryName, version: &VersionName| lists.get(name).and_then(|(held, _)| held.get(version));
    let found = lacked.iter().filter_map(|version| {
        let (name, summary) = answers(&open, route.to, version, of)?;
        Some((version.clone(), (name, summary.clone())))
    });
    Ok(Around { control, upstream: found.collect() })
}
