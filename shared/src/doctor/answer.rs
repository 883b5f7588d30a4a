//! What the domain says about the package that was not given.

use super::cause::Cause;
use super::{Diagnosis, Known, Question};
use crate::command::{self, access};
use crate::external::PublicRegistry;
use crate::feeding;
use crate::names::RepositoryName;
use crate::package::{OriginControl, PackageMatrix};
use crate::repository::Repository;
use crate::topology::Topology;
use crate::version::PackageVersionStatus;

/// What the domain holds of the package.
#[derive(Debug, Clone, Copy)]
pub struct Held<'a> {
    /// Its versions in all repositories; none where no repository holds it.
    pub matrix: Option<&'a PackageMatrix>,
    /// Its origin control in the repository that was asked; none where that does not hold it.
    pub control: Option<OriginControl>,
}

/// Judges a question by what the domain says: the diagnosis with its cause, words and commands made sure of.
/// Unchanged where the domain tells nothing more.
pub fn answer(question: &Question, known: &Known, held: Held<'_>, before: &Diagnosis) -> Diagnosis {
    let repositories = known.repositories.as_deref().unwrap_or_default();
    let searched: Vec<RepositoryName> = Topology::new(repositories)
        .search_order(&question.repository)
        .steps
        .into_iter()
        .map(|step| step.repository)
        .collect();
    let found = Found::of(question, &searched, held);
    let mut told = before.clone();
    let name = question.package.full_name();
    let repository = &question.repository;
    match found {
        Found::Nowhere => nowhere(question, repositories, &searched, &mut told),
        Found::Elsewhere(others) => {
            told.cause = Cause::NotFound;
            told.because =
                format!("{} {} {name}, and {repository} searches none of these.", list(&others), holds(&others));
            told.fix = vec![format!(
                "Promote {name} from {} to {repository} or to a repository that it searches, or add one of them as an upstream of {repository}.",
                list(&others)
            )];
            told.otherwise = searches(&searched);
            told.commands = add_upstream(question, known, others.first()).into_iter().collect();
        }
        Found::Blocked(upstream) => {
            told.cause = Cause::OriginBlocked;
            told.because = format!(
                "{upstream} holds {name}, and {repository} searches it. But {repository} holds the package itself, and its origin control there is upstream = BLOCK: versions of upstreams are not given out."
            );
            told.fix = vec![format!(
                "If {name} is meant to come from {upstream}, allow upstream for the package in {repository}. If it is your own name, publish the version to {repository} instead."
            )];
            told.otherwise =
                "Package groups can restrict origins for many packages at once. The stricter of both counts."
                    .to_owned();
            let control = OriginControl { publish: held.control.is_none_or(|control| control.publish), upstream: true };
            let command = |domain| {
                access::put_package_origin_configuration(domain, repository, &question.package, control, &known.options)
            };
            told.commands = known.domain.iter().map(command).collect();
        }
        Found::Hidden(status) => {
            told.cause = Cause::VersionNotFound;
            told.because = format!(
                "{name} is there, and the version is {}: clients that look for versions do not see it.",
                status.as_str().to_lowercase()
            );
            told.fix = vec![format!("Publish the version again on the page of {name}, or ask for another one.")];
        }
        Found::NoSuchVersion(best) => {
            told.cause = Cause::VersionNotFound;
            let newest = best.map(|best| format!(" The newest that can be installed is {best}.")).unwrap_or_default();
            told.because = match &question.version {
                Some(version) => format!("{name} can be had from {repository}, and version {version} cannot.{newest}"),
                None => format!("{name} can be had from {repository}, and no version that fits can.{newest}"),
            };
        }
        Found::There if before.cause == Cause::NotFound => {
            told.cause = Cause::TokenExpired;
            told.because = format!(
                "{name} can be had from {repository}. Some clients say that a package is missing when the token was refused."
            );
            told.fix = vec!["Get a new token, then try again.".to_owned()];
            told.otherwise =
                "Look whether the client asked this repository at all: another setting may come first.".to_owned();
        }
        Found::There => {}
    }
    told
}

enum Found {
    /// No repository of the domain holds it.
    Nowhere,
    /// Only repositories that are not searched hold it.
    Elsewhere(Vec<RepositoryName>),
    /// Origin control hides what this upstream holds.
    Blocked(RepositoryName),
    /// The version is there in a status in which it is not given out.
    Hidden(PackageVersionStatus),
    /// Versions can be had, this one cannot; the newest of them.
    NoSuchVersion(Option<String>),
    /// What was asked for can be had.
    There,
}

impl Found {
    fn of(question: &Question, searched: &[RepositoryName], held: Held<'_>) -> Self {
        let Some(matrix) = held.matrix.filter(|matrix| !matrix.repositories.is_empty()) else { return Self::Nowhere };
        let holders: Vec<&RepositoryName> = searched.iter().filter(|name| matrix.repositories.contains(name)).collect();
        if holders.is_empty() {
            return Self::Elsewhere(matrix.repositories.clone());
        }
        let blocked = held.control.is_some_and(|control| !control.upstream);
        let reach: Vec<&RepositoryName> =
            holders.iter().copied().filter(|name| !blocked || **name == question.repository).collect();
        let published = |status: Option<PackageVersionStatus>| status == Some(PackageVersionStatus::Published);
        let statuses =
            |version: Option<&str>, among: &[&RepositoryName]| -> Vec<(String, Option<PackageVersionStatus>)> {
                let rows =
                    matrix.versions.iter().filter(|row| version.is_none_or(|version| row.version.as_str() == version));
                let cells = rows.flat_map(|row| row.cells.iter().map(move |(name, cell)| (row, name, cell)));
                let of = cells.filter(|(_, name, _)| among.contains(name));
                of.map(|(row, _, cell)| (row.version.to_string(), cell.status)).collect()
            };
        let wanted = question.version.as_deref();
        let reached = statuses(wanted, &reach);
        if reached.iter().any(|(_, status)| published(*status)) {
            return if wanted.is_some() || reached.is_empty() { Self::There } else { Self::any(reached) };
        }
        if blocked && statuses(wanted, &holders).iter().any(|(_, status)| published(*status)) {
            return holders
                .into_iter()
                .find(|name| **name != question.repository)
                .map_or(Self::There, |name| Self::Blocked(name.clone()));
        }
        if let Some(status) = reached.iter().find_map(|(_, status)| *status) {
            return Self::Hidden(status);
        }
        Self::any(statuses(None, &reach).into_iter().filter(|(_, status)| published(*status)).collect())
    }

    /// Versions are there; the first of them is the newest.
    fn any(mut versions: Vec<(String, Option<PackageVersionStatus>)>) -> Self {
        if versions.is_empty() {
            Self::NoSuchVersion(None)
        } else {
            Self::NoSuchVersion(Some(versions.swap_remove(0).0))
        }
    }
}

/// No repository of the domain holds it: then it depends on whether one that is searched could fetch it.
fn nowhere(question: &Question, repositories: &[Repository], searched: &[RepositoryName], told: &mut Diagnosis) {
    let name = question.package.full_name();
    let format = question.package.format;
    told.cause = Cause::NotFound;
    let fetching = repositories.iter().filter(|one| searched.contains(&one.name)).find_map(|one| {
        let mut connections = one.external_connections.iter();
        let brings =
            |connection: &str| connection.parse::<PublicRegistry>().is_ok_and(|known| known.format() == format);
        connections.find(|connection| brings(&connection.name)).map(|connection| (&one.name, &connection.name))
    });
    match fetching {
        Some((store, connection)) => {
            told.because = format!(
                "No repository of the domain holds {name}. {store} would fetch it from {connection}, if it were there."
            );
            told.fix = vec![
                format!("Look at the spelling of {name}. If it is your own package, publish it first."),
                "If it came out within the last hours, wait: CodeArtifact looks for new public versions every 30 minutes or so.".to_owned(),
            ];
        }
        None => {
            told.because = format!(
                "No repository of the domain holds {name}, and no repository that {} searches is connected to a public registry for {format}.",
                question.repository
            );
            told.fix = vec![format!(
                "If {name} is public, add an upstream that is connected to a public registry for {format}. If it is your own, publish it to {} or to a repository that it searches.",
                question.repository
            )];
        }
    }
    told.otherwise = searches(searched);
}

/// The command that adds an upstream at the end of the list, where the repository can have one more.
fn add_upstream(question: &Question, known: &Known, upstream: Option<&RepositoryName>) -> Option<String> {
    let repositories = known.repositories.as_deref()?;
    let mut upstreams = repositories.iter().find(|one| one.name == question.repository)?.upstreams.clone();
    upstreams.push(upstream?.clone());
    feeding::refusal(repositories, &question.repository, &upstreams).is_none().then_some(())?;
    Some(command::set_upstreams(known.domain.as_ref()?, &question.repository, &upstreams, &known.options))
}

fn searches(searched: &[RepositoryName]) -> String {
    format!("Searched are, in this order: {}.", list(searched))
}

fn list(names: &[RepositoryName]) -> String {
    names.iter().map(|name| name.as_str()).collect::<Vec<_>>().join(", ")
}

fn holds(names: &[RepositoryName]) -> &'static str {
    if names.len() == 1 { "holds" } else { "hold" }
}

#[cfg(test)]
mod tests;
