//! What is there of all that the recipe makes.

use serde::{Deserialize, Serialize};

use crate::domain::Domain;
use crate::names::RepositoryName;
use crate::package::PackageKey;
use crate::permission::PolicyGlance;
use crate::problem::Problem;
use crate::repository::Repository;
use crate::version::VersionSummary;

use super::Names;

/// What is there of all that the recipe makes, as it was read a moment ago.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SetupState {
    /// The names that were looked for.
    pub names: Names,
    /// The domain; none while there is none of that name.
    pub domain: Option<Domain>,
    /// Those of the four repositories that are there. One that could not be described says so in its `problem`.
    pub repositories: Vec<Repository>,
    /// The watched packages that could be asked for, in the order of [`Names::watched`].
    pub packages: Vec<HeldPackage>,
    /// The policy of the team repository; none while there is no such repository.
    pub policy: Option<PolicyGlance>,
    /// When it was read from AWS, epoch seconds.
    pub read_at: f64,
}

/// A package in a repository.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldPackage {
    /// Where it was looked for.
    pub repository: RepositoryName,
    /// Which package.
    pub package: PackageKey,
    /// The versions that stand there; upstreams do not count.
    pub versions: Vec<VersionSummary>,
    /// Why it could not be looked for, where it could not.
    pub problem: Option<Problem>,
}

impl SetupState {
    /// A repository, if it is there.
    pub fn repository(&self, name: &RepositoryName) -> Option<&Repository> {
        self.repositories.iter().find(|repository| &repository.name == name)
    }

    /// What was found of a package in a repository.
    pub fn held(&self, repository: &RepositoryName, package: &PackageKey) -> Option<&HeldPackage> {
        self.packages.iter().find(|held| &held.repository == repository && &held.package == package)
    }
}
