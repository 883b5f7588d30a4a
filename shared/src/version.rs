//! Package versions, their assets and dependencies.

use serde::{Deserialize, Serialize};

use crate::names::{Namespace, PackageName, RepositoryName, Revision, VersionName};

/// Status of a package version in one repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PackageVersionStatus {
    /// Offered to package managers.
    Published,
    /// Still being uploaded.
    Unfinished,
    /// Not offered, but downloadable by who knows it.
    Unlisted,
    /// Neither offered nor downloadable; can be brought back.
    Archived,
    /// Assets are gone for good.
    Disposed,
}

impl PackageVersionStatus {
    /// All of them, from most to least usable.
    pub const ALL: [Self; 5] = [Self::Published, Self::Unfinished, Self::Unlisted, Self::Archived, Self::Disposed];

    /// The word on the wire and on the page.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Published => "Published",
            Self::Unfinished => "Unfinished",
            Self::Unlisted => "Unlisted",
            Self::Archived => "Archived",
            Self::Disposed => "Disposed",
        }
    }
}

impl std::str::FromStr for PackageVersionStatus {
    type Err = crate::names::NameError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|status| status.as_str() == text).ok_or(crate::names::NameError {
            what: "A status",
            rule: "is one of Published, Unfinished, Unlisted, Archived and Disposed",
        })
    }
}

/// Where a version first entered the domain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// Published in the domain; names the repository, where it is told.
    Internal(Option<RepositoryName>),
    /// Fetched from a public registry; names the external connection, where it is told.
    External(Option<String>),
    /// CodeArtifact does not know.
    Unknown,
}

/// A version as a repository's list tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionSummary {
    /// The version.
    pub version: VersionName,
    /// Names its exact content.
    pub revision: Option<Revision>,
    /// Its status in this repository; absent when this program does not know it.
    pub status: Option<PackageVersionStatus>,
    /// Where it first entered the domain.
    pub origin: Origin,
}

/// One page of a package's versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionPage {
    /// npm's `latest`, else the newest published.
    pub shown: Option<VersionName>,
    /// Newest first by the format's own order, within the page.
    pub versions: Vec<VersionSummary>,
    /// Ask for the next page with this; absent on the last page.
    pub next: Option<String>,
}

/// A version in full, in one repository. Texts are the package's own words: hostile until shown as text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VersionDetail {
    /// What a list tells.
    pub summary: VersionSummary,
    /// Spelling to show, where it differs from the name.
    pub display_name: Option<String>,
    /// One line.
    pub description: Option<String>,
    /// Not checked.
    pub home_page: Option<String>,
    /// Not checked.
    pub source_code_repository: Option<String>,
    /// Epoch seconds.
    pub published: Option<f64>,
    /// Licences as the package names them.
    pub licenses: Vec<String>,
}

/// One file of a package version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asset {
    /// File name.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// Algorithm (`MD5`, `SHA-1`, `SHA-256`, `SHA-512`) and lower-case hex digest, strongest last.
    pub hashes: Vec<(String, String)>,
}

impl Asset {
    /// The SHA-256 digest, lower-case hex.
    pub fn sha256(&self) -> Option<&str> {
        self.hashes.iter().find(|(algorithm, _)| algorithm == "SHA-256").map(|(_, digest)| digest.as_str())
    }
}

/// A direct dependency as the package states it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dependency {
    /// npm scope or Maven group.
    pub namespace: Option<Namespace>,
    /// Name of the package needed.
    pub package: PackageName,
    /// `regular`, `dev`, `peer`, `optional` for npm; other words for other formats.
    pub kind: Option<String>,
    /// Such as `^1.0.0`.
    pub requirement: String,
}
