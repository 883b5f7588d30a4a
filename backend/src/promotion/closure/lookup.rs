//! What there is of one needed package. Depends on nothing but what is known: the order of reading changes no answer.

use std::collections::BTreeMap;

use shared::closure::Answer;
use shared::format::PackageFormat;
use shared::names::VersionName;
use shared::package::PackageKey;
use shared::version::PackageVersionStatus;

use super::known::{Held, Known, Tags};
use crate::requirement::{Need, Range, best};

/// Ranges that are asked of the same package, as far as neither the chosen versions nor the target fulfil them. Only of
/// packages that are installed in one version.
pub type Together = BTreeMap<PackageKey, BTreeMap<String, Range>>;

/// Something has to be read first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unknown {
    /// The versions of the package.
    Versions,
    /// Its dist-tags.
    Tags,
}

/// Answers needs.
#[derive(Debug, Clone, Copy)]
pub struct Lookup<'a> {
    pub chosen: &'a BTreeMap<PackageKey, Vec<VersionName>>,
    pub known: &'a Known,
    pub together: &'a Together,
}

impl Lookup<'_> {
    /// What there is of a needed package: a chosen version, else what the target has or reaches, else the source's best.
    pub fn answer(self, need: &Need) -> Result<Answer, Unknown> {
        let format = need.package.format;
        let chosen = self.chosen.get(&need.package).map(Vec::as_slice).unwrap_or_default();
        if let Some(version) = best(format, &[&need.range], chosen) {
            return Ok(Answer::Chosen(version.clone()));
        }
        let held = match self.known.held.get(&need.package) {
            None => return Err(Unknown::Versions),
            Some(Err(problem)) => return Ok(Answer::Unreadable(problem.clone())),
            Some(Ok(held)) => held,
        };
        if let Range::Tag(tag) = &need.range {
            return match self.known.tags.get(&need.package) {
                None => Err(Unknown::Tags),
                Some(Err(problem)) => Ok(Answer::Unreadable(problem.clone())),
                Some(Ok(tags)) => Ok(tagged(tag, tags, chosen, held)),
            };
        }
        let reached = held.target.iter().filter(|(_, (status, _))| *status == Some(PackageVersionStatus::Published));
        if let Some(version) = best(format, &[&need.range], reached.map(|(version, _)| version)) {
            return Ok(in_target(version, held));
        }
        let others = self.together.get(&need.package).into_iter().flat_map(BTreeMap::values);
        let all: Vec<&Range> = others.chain([&need.range]).collect();
        Ok(from_source(need, &all, held))
    }
}

fn in_target(version: &VersionName, held: &Held) -> Answer {
    match held.target.get(version) {
        Some((_, repository)) => Answer::InTarget { version: version.clone(), repository: repository.clone() },
        None => Answer::Proposed(version.clone()),
    }
}

/// pip, Maven and NuGet install one version of a package; npm and Cargo install several where they must.
pub fn installs_one(format: PackageFormat) -> bool {
    matches!(format, PackageFormat::Pypi | PackageFormat::Maven | PackageFormat::Nuget)
}

/// The best of the source that can be copied; one version for everybody where only one is installed and there is such a one.
fn from_source(need: &Need, all: &[&Range], held: &Held) -> Answer {
    let format = need.package.format;
    let of_status = |status| {
        let fits = held.source.iter().filter(move |(_, offered)| offered.status == Some(status));
        fits.map(|(version, _)| version)
            .filter(|version| !held.occupied.contains(*version) && !is_blocked(version, held))
    };
    let published = || of_status(PackageVersionStatus::Published);
    let found = best(format, all, published())
        .or_else(|| best(format, &[&need.range], published()))
        .or_else(|| best(format, &[&need.range], of_status(PackageVersionStatus::Unlisted)));
    match (found, &held.outside) {
        (Some(version), Some((repository, connection))) if is_external(version, held) => Answer::OnDemand {
            version: version.clone(),
            repository: repository.clone(),
            connection: connection.clone(),
        },
        (Some(version), _) => Answer::Proposed(version.clone()),
        (None, _) => Answer::Missing { why: why(need, held) },
    }
}

fn is_external(version: &VersionName, held: &Held) -> bool {
    held.source.get(version).is_some_and(|offered| offered.external)
}

/// Whether a version cannot be proposed. What the target fetches by itself is not promoted, and no block holds it up.
fn is_blocked(version: &VersionName, held: &Held) -> bool {
    held.blocked.contains_key(version) && !(held.outside.is_some() && is_external(version, held))
}

fn blocked(version: &VersionName, held: &Held) -> String {
    format!("{version} would do. {}", held.blocked.get(version).map(String::as_str).unwrap_or_default())
}

/// Where a dist-tag leads to. A tag goes with the version that it points at when that is copied.
fn tagged(tag: &str, tags: &Tags, chosen: &[VersionName], held: &Held) -> Answer {
    if let Some(version) = tags.source.get(tag).filter(|version| chosen.contains(version)) {
        return Answer::Chosen(version.clone());
    }
    if let Some(version) = tags.target.get(tag).filter(|version| held.target.contains_key(*version)) {
        return in_target(version, held);
    }
    match tags.source.get(tag).filter(|version| held.source.contains_key(*version)) {
        Some(version) if held.blocked.contains_key(version) => Answer::Missing { why: blocked(version, held) },
        Some(version) if !held.occupied.contains(version) => Answer::Proposed(version.clone()),
        _ => Answer::Missing { why: format!("Neither repository has a version with the tag {tag}.") },
    }
}

/// Why nothing will do, in words.
fn why(need: &Need, held: &Held) -> String {
    let unusable = |(version, status): (&VersionName, Option<PackageVersionStatus>), place: &str| {
        let status = status.map(PackageVersionStatus::as_str).unwrap_or("in a status that is not known");
        format!("{version} would do, and is {status} in {place}.")
    };
    let there = held.target.iter().find(|(version, _)| need.range.holds(version));
    if let Some((version, (status, repository))) = there {
        return unusable((version, *status), repository.as_str());
    }
    let mut stopped = held.source.keys().filter(|version| is_blocked(version, held));
    if let Some(version) = stopped.find(|version| need.range.holds(version)) {
        return blocked(version, held);
    }
    if let Some((version, offered)) = held.source.iter().find(|(version, _)| need.range.holds(version)) {
        return unusable((version, offered.status), "the source");
    }
    let outside = held.outside.as_ref().map(|(repository, connection)| {
        format!(" {repository} fetches from {connection} when it is first installed, if it is there.")
    });
    let found = match held.source.is_empty() && held.target.is_empty() {
        true => "Neither the target nor the source has this package.".to_owned(),
        false => "No version of the target or the source is in this range.".to_owned(),
    };
    found + &outside.unwrap_or_default()
}
