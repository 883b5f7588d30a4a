//! The steps whose trace is a package in a repository.

use super::{Part, Standing, by_hand, promotion};
use crate::names::RepositoryName;
use crate::package::PackageKey;
use crate::promotion::PinnedVersion;
use crate::recipe::{HeldPackage, Names, SetupState, Step};
use crate::version::{Origin, PackageVersionStatus, VersionSummary};

/// Package managers are signed in: told by hand, or by what only somebody who is signed in can have done.
pub(super) fn sign_in(names: &Names, state: &SetupState, ticked: &[Step]) -> Part {
    let what = format!("npm and pip on your machine install from {}", names.team);
    let came =
        names.watched().into_iter().take(3).find(|(repository, package)| {
            state.held(repository, package).is_some_and(|held| !held.versions.is_empty())
        });
    match came {
        Some((_, package)) => Part::new(what, Standing::Done, None).with(format!(
            "{} has {}: somebody was signed in to bring it there. Whether your machine is, only you can tell.",
            names.team,
            package.full_name()
        )),
        None => by_hand(Step::SignIn, &what, ticked),
    }
}

/// Public packages came through the chain.
pub(super) fn install(names: &Names, state: &SetupState) -> Vec<Part> {
    let part = |(repository, package): (&RepositoryName, PackageKey)| {
        let part = |standing| Part::new(format!("{} in {repository}", package.full_name()), standing, None);
        match state.held(repository, &package) {
            Some(HeldPackage { problem: Some(problem), .. }) => part(Standing::Unknown).with(problem.message.clone()),
            Some(held) if !held.versions.is_empty() => part(Standing::Done).with(told(&held.versions)),
            _ => part(Standing::Missing),
        }
    };
    names.watched().into_iter().take(2).map(part).collect()
}

/// The package of one's own is published.
pub(super) fn publish(names: &Names, state: &SetupState) -> Part {
    own(names, &names.team, state)
}

/// The package of one's own is in production.
pub(super) fn promote(names: &Names, state: &SetupState) -> Part {
    let source = state.held(&names.team, &names.own());
    let source = source.and_then(|held| held.versions.iter().find(|one| one.version == names.own_version));
    let call = source.and_then(|version| version.revision.clone()).map(|revision| {
        promotion(names, PinnedVersion { package: names.own(), version: names.own_version.clone(), revision })
    });
    Part { call, ..own(names, &names.production, state) }
}

/// The version of one's own in a repository.
fn own(names: &Names, repository: &RepositoryName, state: &SetupState) -> Part {
    let package = names.own();
    let part =
        |standing| Part::new(format!("{} {} in {repository}", package.full_name(), names.own_version), standing, None);
    let Some(held) = state.held(repository, &package) else { return part(Standing::Missing) };
    if let Some(problem) = &held.problem {
        return part(Standing::Unknown).with(problem.message.clone());
    }
    let Some(version) = held.versions.iter().find(|one| one.version == names.own_version) else {
        let part = part(Standing::Missing);
        return if held.versions.is_empty() { part } else { part.with(told(&held.versions)) };
    };
    match (&version.origin, version.status) {
        (Origin::External(connection), _) => part(Standing::Conflict).with(format!(
            "It came from {}: somebody else publishes a package of this name there. Choose another name above.",
            connection.as_deref().unwrap_or("a public registry")
        )),
        (_, None | Some(PackageVersionStatus::Published)) => part(Standing::Done),
        (_, Some(status)) => part(Standing::Missing).with(format!("It is there, and is {}.", status.as_str())),
    }
}

/// The versions that are there, the first few of them.
fn told(versions: &[VersionSummary]) -> String {
    const TOLD: usize = 3;
    let some: Vec<&str> = versions.iter().take(TOLD).map(|one| one.version.as_str()).collect();
    match versions.len().saturating_sub(TOLD) {
        0 => format!("There: {}.", some.join(", ")),
        more => format!("There: {} and {more} more.", some.join(", ")),
    }
}
