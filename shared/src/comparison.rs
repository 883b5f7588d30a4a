//! Two repositories side by side: which packages and versions only one of them has, where one is newer, and which
//! versions are in both without being the same.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::inventory::ReadTime;
use crate::names::{NameError, RepositoryName, Revision, VersionName};
use crate::package::{PackageKey, Unread};
use crate::promotion::FileDifference;
use crate::version::{PackageVersionStatus, VersionSummary};

mod files;
mod kind;
pub use files::{ArchiveDifference, DiffLine, EntryContent, EntryDifference, FileComparison};
pub use kind::{Obstacle, PackageKind, VersionKind};

/// What is compared: one side of a comparison. As text, `production`, or `production@` with the milliseconds of the
/// reading: a name of a repository holds no `@`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Side {
    /// A repository as it is now.
    Now(RepositoryName),
    /// A repository as it was at a recorded time.
    At(RepositoryName, ReadTime),
}

impl Side {
    /// The repository that is looked at.
    pub fn repository(&self) -> &RepositoryName {
        match self {
            Self::Now(repository) | Self::At(repository, _) => repository,
        }
    }

    /// The recorded time; none for now.
    pub fn time(&self) -> Option<ReadTime> {
        match self {
            Self::Now(_) => None,
            Self::At(_, time) => Some(*time),
        }
    }
}

impl fmt::Display for Side {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Now(repository) => repository.fmt(formatter),
            Self::At(repository, time) => write!(formatter, "{repository}@{time}"),
        }
    }
}

impl FromStr for Side {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        let Some((repository, time)) = text.split_once('@') else { return text.parse().map(Self::Now) };
        let wrong = |_| NameError { what: "a time of a repository", rule: "is whole milliseconds since 1970" };
        Ok(Self::At(repository.parse()?, time.parse().map_err(wrong)?))
    }
}

impl TryFrom<String> for Side {
    type Error = NameError;

    fn try_from(text: String) -> Result<Self, NameError> {
        text.parse()
    }
}

impl From<Side> for String {
    fn from(side: Side) -> Self {
        side.to_string()
    }
}

/// A page of a comparison: some packages with all their versions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ComparisonPage {
    /// By format, namespace and name.
    pub packages: Vec<ComparedPackage>,
    /// How many packages both sides have together.
    pub total: usize,
    /// Ask for the next page with this; absent on the last page.
    pub next: Option<String>,
    /// When it was read from AWS, epoch seconds: the older one of both sides. Of recorded times only, when it was asked for.
    pub read_at: f64,
}

/// A package that at least one side has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComparedPackage {
    /// Which package.
    pub package: PackageKey,
    /// Newest first by the format's own order.
    pub versions: Vec<ComparedVersion>,
    /// Sides whose versions could not be read. Nothing is said about the package then.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unread: Vec<Unread>,
}

/// A version that at least one side holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComparedVersion {
    /// The version.
    pub version: VersionName,
    /// How the left side holds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left: Option<HeldVersion>,
    /// How the right side holds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub right: Option<HeldVersion>,
}

/// How a side holds a version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldVersion {
    /// Its status there; absent when this program does not know it.
    pub status: Option<PackageVersionStatus>,
    /// Names its exact content.
    pub revision: Option<Revision>,
}

/// The files of a version that both sides hold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VersionComparison {
    /// The files that are not the same, by name; `source` is the left side. None: the same files, with other metadata
    /// or uploaded once more.
    pub files: Vec<FileDifference>,
    /// How many files are the same.
    pub same: usize,
    /// When it was read from AWS, epoch seconds.
    pub read_at: f64,
}

/// The versions that at least one side holds, by name. Which one is newer is for the format to say.
pub fn join(left: Vec<VersionSummary>, right: Vec<VersionSummary>) -> Vec<ComparedVersion> {
    let mut pairs = BTreeMap::<VersionName, (Option<HeldVersion>, Option<HeldVersion>)>::new();
    for (version, held) in left.into_iter().map(held) {
        pairs.entry(version).or_default().0 = Some(held);
    }
    for (version, held) in right.into_iter().map(held) {
        pairs.entry(version).or_default().1 = Some(held);
    }
    pairs.into_iter().map(|(version, (left, right))| ComparedVersion { version, left, right }).collect()
}

fn held(summary: VersionSummary) -> (VersionName, HeldVersion) {
    (summary.version, HeldVersion { status: summary.status, revision: summary.revision })
}

#[cfg(test)]
mod tests;
