//! Repositories, with what feeds them.

use serde::{Deserialize, Serialize};

use crate::format::PackageFormat;
use crate::names::{AccountId, Description, DomainName, RepositoryName};
use crate::problem::Problem;
use crate::tag::Tag;

#[cfg(test)]
pub(crate) mod sample;

/// The repositories of one domain, by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RepositoryNames {
    /// The domain.
    pub domain: DomainName,
    /// Its repositories.
    pub repositories: Vec<RepositoryName>,
}

/// A repository with its upstreams and external connections.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Repository {
    /// Unique in the domain.
    pub name: RepositoryName,
    /// Free text; empty when there is none.
    pub description: String,
    /// The account that created it.
    pub administrator: Option<AccountId>,
    /// Its ARN.
    pub arn: String,
    /// Epoch seconds.
    pub created: Option<f64>,
    /// Direct upstreams, highest priority first.
    pub upstreams: Vec<RepositoryName>,
    /// At most one today. CodeArtifact allows it only where there are no upstreams.
    pub external_connections: Vec<ExternalConnection>,
    /// Why upstreams and external connections could not be read, where they could not: they are empty then.
    pub problem: Option<Problem>,
}

/// A repository to be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewRepository {
    /// Its name, for good.
    pub name: RepositoryName,
    /// What it is for.
    pub description: Description,
    /// Its tags.
    pub tags: Vec<Tag>,
}

/// What of a repository is to be changed in place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DescribedAnew {
    /// What it is for.
    pub description: Description,
}

/// A connection of a repository to a public registry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExternalConnection {
    /// Such as `public:npmjs`.
    pub name: String,
    /// The format it brings; absent when this program does not know it.
    pub format: Option<PackageFormat>,
    /// As CodeArtifact tells it; `Available` and `AVAILABLE` both occur.
    pub status: String,
}

/// How many packages stand in a repository, by format.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageCounts {
    /// The repository counted.
    pub repository: RepositoryName,
    /// Formats that occur, with their number of packages, most first.
    pub formats: Vec<(PackageFormat, u32)>,
    /// Counting stopped early: there are more than these.
    pub more: bool,
    /// Why it could not be counted, where it could not.
    pub problem: Option<Problem>,
}

/// Asks for the counts of some repositories of a domain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CountPackages {
    /// At most [`CountPackages::MOST`].
    pub repositories: Vec<RepositoryName>,
}

impl CountPackages {
    /// How many repositories one request may name.
    pub const MOST: usize = 50;
}
