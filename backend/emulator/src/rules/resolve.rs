//! Where a package request looks: the requested repository, its upstreams, and what origin controls hide of them.

use std::collections::{BTreeMap, HashSet};

use super::search::MOST_SEARCHED;
use super::{group, upstreams};
use crate::model::{Domain, Package, PackageKey, PackageVersion, RestrictionType, Status};

/// One repository on the way of a request, as it stood when the request came.
#[derive(Debug, Clone)]
pub struct Stop {
    /// Name of the repository.
    pub repository: String,
    /// The package there, if it has it.
    pub package: Option<Package>,
    /// The external connection that is asked after this repository, if it serves the package's format.
    pub connection: Option<String>,
    /// Place in the list of the repository that names this one as its upstream; `None` for the requested one.
    pub downstream: Option<usize>,
}

/// The stops of a request for `key` at `repository`, in search order.
///
/// The order is that of [`super::search::search_order`]. A repository whose package says upstream `BLOCK` is searched itself,
/// but nothing beyond it (user guide, "Package origin controls"); the same where the package's group lets nothing come that way
/// ("Package group origin controls"). Empty if the repository does not exist.
#[must_use]
pub fn stops(domain: &Domain, repository: &str, key: &PackageKey) -> Vec<Stop> {
    let controls = group::controls(domain, key);
    let mut stops: Vec<Stop> = Vec::new();
    let mut seen = HashSet::new();
    let mut waiting = vec![(repository, None)];
    while let Some((name, downstream)) = waiting.pop() {
        let Some(found) = domain.repositories.get(name) else { continue };
        if stops.len() == MOST_SEARCHED || !seen.insert(name) {
            continue;
        }
        let package = found.packages.get(key).cloned();
        let open = package.as_ref().is_none_or(|package| package.origin_control.upstream);
        let outside = open && controls.allow(RestrictionType::ExternalUpstream, name);
        let fits = |connection: &&String| outside && upstreams::format_of(connection) == Some(key.format);
        let connection = found.external_connection.as_ref().filter(fits).cloned();
        let here = stops.len();
        stops.push(Stop { repository: name.to_owned(), package, connection, downstream });
        if open && controls.allow(RestrictionType::InternalUpstream, name) {
            waiting.extend(found.upstreams.iter().rev().map(|upstream| (upstream.as_str(), Some(here))));
        }
    }
    stops
}

/// The first stop that holds `version`, in whatever status: its place in `stops` and the version.
#[must_use]
pub fn held<'a>(stops: &'a [Stop], version: &str) -> Option<(usize, &'a PackageVersion)> {
    stops.iter().enumerate().find_map(|(place, stop)| Some((place, stop.package.as_ref()?.versions.get(version)?)))
}

/// The same behind the requested repository: what a request would find if that one did not hold the version.
#[must_use]
pub fn held_beyond<'a>(stops: &'a [Stop], version: &str) -> Option<(usize, &'a PackageVersion)> {
    held(stops.get(1..)?, version).map(|(place, found)| (place + 1, found))
}

/// Whether package managers are told of a version of this status.
#[must_use]
pub fn is_listed(status: Status) -> bool {
    status == Status::Published
}

/// Whether the assets of a version of this status can be downloaded.
#[must_use]
pub fn is_downloadable(status: Status) -> bool {
    matches!(status, Status::Published | Status::Unlisted)
}

/// The npm dist-tags as a client sees them: those of downstream and upstream merged, the upstream's winning
/// (user guide, "npm tags"). Between two upstreams of one repository the one of higher priority wins, and what an external
/// connection says wins over the repository that has it. `outside` gives the tags of the connection of a stop.
///
/// A tag that leads to a version which is not `listed` is passed over where it stands, so that it hides no other.
/// AWS does not say what happens to it.
#[must_use]
pub fn merged_tags(
    stops: &[Stop],
    outside: &dyn Fn(usize) -> BTreeMap<String, String>,
    listed: &dyn Fn(&str) -> bool,
) -> BTreeMap<String, String> {
    tags_of(stops, 0, &|place| {
        let held = stops.get(place).and_then(|stop| stop.package.as_ref()).map(|package| package.dist_tags.clone());
        let mut tags = held.unwrap_or_default();
        tags.retain(|_, version| listed(version));
        tags.extend(outside(place).into_iter().filter(|(_, version)| listed(version)));
        tags
    })
}

/// The tags seen from `stops[place]`; `own` gives those of one stop and its external connection.
fn tags_of(stops: &[Stop], place: usize, own: &dyn Fn(usize) -> BTreeMap<String, String>) -> BTreeMap<String, String> {
    let mut tags = own(place);
    // A stop's upstreams come after it, so this ends; the first upstream is applied last and wins.
    for (upstream, _) in
        stops.iter().enumerate().skip(place + 1).filter(|(_, stop)| stop.downstream == Some(place)).rev()
    {
        tags.extend(tags_of(stops, upstream, own));
    }
    tags
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use proptest::prelude::*;

    use super::*;
    use crate::model::{Format, PackageGroups, Repository};
    use crate::rules::search::search_order;

    fn domain_of(edges: &[Vec<usize>]) -> Domain {
        let repository = |(number, upstreams): (usize, &Vec<usize>)| {
            let name = format!("r{number}");
            let upstreams = upstreams.iter().map(|to| format!("r{to}")).collect();
            let repository = Repository {
                name: name.clone(),
                description: None,
                upstreams,
                external_connection: None,
                created: UNIX_EPOCH,
                tags: Default::default(),
                policy: None,
                packages: Default::default(),
            };
            (name, repository)
        };
        Domain {
            name: "d".to_owned(),
            created: UNIX_EPOCH,
            encryption_key: String::new(),
            tags: Default::default(),
            policy: None,
            repositories: edges.iter().enumerate().map(repository).collect(),
            package_groups: PackageGroups::new(UNIX_EPOCH),
        }
    }

    proptest! {
        #[test]
        fn with_no_block_the_stops_are_the_search_order(edges in prop::collection::vec(prop::collection::vec(0_usize..30, 0..4), 1..30)) {
            let domain = domain_of(&edges);
            let key = PackageKey { format: Format::Npm, namespace: None, name: "x".to_owned() };
            let stops: Vec<String> = stops(&domain, "r0", &key).into_iter().map(|stop| stop.repository).collect();
            prop_assert_eq!(stops, search_order(&domain, "r0"));
        }
    }
}
