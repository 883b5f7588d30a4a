//! Which upstream lists and external connections a repository may have.

use std::collections::BTreeSet;

use crate::model::{Domain, Format, Repository};
use crate::wire::fault::{Fault, ResourceType};
use crate::wire::place::DomainAt;

use super::find;

/// Direct upstreams per repository (CodeArtifact quotas, not adjustable).
const MOST_UPSTREAMS: usize = 10;

/// The fixed list of external connections (CodeArtifact user guide, "Supported external connection repositories").
const EXTERNAL_CONNECTIONS: [(&str, Format); 10] = [
    ("public:npmjs", Format::Npm),
    ("public:pypi", Format::Pypi),
    ("public:maven-central", Format::Maven),
    ("public:maven-googleandroid", Format::Maven),
    ("public:maven-gradleplugins", Format::Maven),
    ("public:maven-commonsware", Format::Maven),
    ("public:maven-clojars", Format::Maven),
    ("public:nuget-org", Format::Nuget),
    ("public:ruby-gems-org", Format::Ruby),
    ("public:crates-io", Format::Cargo),
];

/// The format that an external connection brings, or `None` when there is no such connection.
pub(crate) fn format_of(connection: &str) -> Option<Format> {
    EXTERNAL_CONNECTIONS.into_iter().find(|(name, _)| *name == connection).map(|(_, format)| format)
}

/// Whether `repository` may have this list of direct upstreams, highest priority first.
///
/// All must exist in the same domain; at most 10; and, which AWS does not document, none twice, not itself, no cycle.
pub(crate) fn check(domain: &Domain, at: &DomainAt, repository: &str, upstreams: &[String]) -> Result<(), Fault> {
    if upstreams.len() > MOST_UPSTREAMS {
        let message = format!("A repository can have at most {MOST_UPSTREAMS} direct upstream repositories");
        return Err(Fault::quota(ResourceType::Repository, repository, message));
    }
    let mut seen = BTreeSet::new();
    for upstream in upstreams {
        if upstream == repository {
            return Err(Fault::invalid(format!("Repository '{repository}' cannot be its own upstream")));
        }
        if !seen.insert(upstream) {
            return Err(Fault::invalid(format!("Upstream repository '{upstream}' is listed more than once")));
        }
        if !domain.repositories.contains_key(upstream) {
            return Err(find::no_repository(at, upstream));
        }
        if reaches(domain, upstream, repository) {
            let message = format!("Upstream repository '{upstream}' has '{repository}' among its own upstreams");
            return Err(Fault::invalid(message));
        }
    }
    Ok(())
}

/// Whether a repository may change its upstreams at all: not while it has an external connection, not even to none.
pub(crate) fn check_no_connection(repository: &Repository) -> Result<(), Fault> {
    match &repository.external_connection {
        None => Ok(()),
        Some(connection) => Err(Fault::invalid(format!(
            "Repository '{}' has the external connection {connection} and cannot have upstream repositories",
            repository.name
        ))),
    }
}

/// Whether `repository` may be connected to `connection`.
pub(crate) fn check_connection(repository: &Repository, connection: &str) -> Result<(), Fault> {
    if format_of(connection).is_none() {
        return Err(Fault::invalid(format!("External connection '{connection}' does not exist")));
    }
    if repository.external_connection.is_some() {
        return Err(Fault::invalid("ExternalConnections for repositories are currently limited to 1"));
    }
    if !repository.upstreams.is_empty() {
        let name = &repository.name;
        return Err(Fault::invalid(format!(
            "Repository '{name}' has upstream repositories and cannot have an external connection"
        )));
    }
    Ok(())
}

/// Whether `goal` is `start` or somewhere upstream of it.
fn reaches(domain: &Domain, start: &str, goal: &str) -> bool {
    let mut seen = BTreeSet::new();
    let mut waiting = vec![start];
    while let Some(name) = waiting.pop() {
        if name == goal {
            return true;
        }
        if let Some(repository) = domain.repositories.get(name)
            && seen.insert(name)
        {
            waiting.extend(repository.upstreams.iter().map(String::as_str));
        }
    }
    false
}
