//! What everything is called. The recipe's own names stand where nobody chose others.

use serde::{Deserialize, Serialize};

use crate::api::Query;
use crate::format::PackageFormat;
use crate::names::{DomainName, PackageName, RepositoryName, VersionName};
use crate::package::PackageKey;

/// The names of everything that the recipe makes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Names {
    /// The domain.
    pub domain: DomainName,
    /// Holds what comes from the public npm registry.
    pub npm_store: RepositoryName,
    /// Holds what comes from the Python Package Index.
    pub pypi_store: RepositoryName,
    /// Where the team publishes and installs.
    pub team: RepositoryName,
    /// What production installs from.
    pub production: RepositoryName,
    /// The npm package that is installed to try the chain.
    pub npm_package: PackageName,
    /// The Python package that is installed to try the chain.
    pub python_package: PackageName,
    /// The npm package of one's own.
    pub own_package: PackageName,
    /// Its version.
    pub own_version: VersionName,
}

/// Names that each keep their rule and do not go together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("Two of the repositories are called {0}. Each needs a name of its own.")]
pub struct NamesError(RepositoryName);

impl Names {
    /// The recipe's names in this domain. The names are literals that keep their rules; a test parses them.
    pub fn of(domain: DomainName) -> Option<Self> {
        Some(Self {
            domain,
            npm_store: "npm-store".parse().ok()?,
            pypi_store: "pypi-store".parse().ok()?,
            team: "team-dev".parse().ok()?,
            production: "production".parse().ok()?,
            npm_package: "lodash".parse().ok()?,
            python_package: "requests".parse().ok()?,
            own_package: "my-company-utils".parse().ok()?,
            own_version: "1.0.0".parse().ok()?,
        })
    }

    /// The domain that the recipe makes where no other is named.
    pub fn usual() -> Option<Self> {
        Self::of("my-company-domain".parse().ok()?)
    }

    /// The four repositories, in the order they are made.
    pub fn repositories(&self) -> [&RepositoryName; 4] {
        [&self.npm_store, &self.pypi_store, &self.team, &self.production]
    }

    /// Refuses names that do not go together.
    ///
    /// # Errors
    /// When two repositories have the same name.
    pub fn check(&self) -> Result<(), NamesError> {
        let all = self.repositories();
        let twice = all.iter().enumerate().find(|(place, name)| all[..*place].contains(name));
        twice.map_or(Ok(()), |(_, name)| Err(NamesError((*name).clone())))
    }

    /// The packages that tell how far one is: where each is looked for, and which.
    pub fn watched(&self) -> [(&RepositoryName, PackageKey); 4] {
        let key = |format, name: &PackageName| PackageKey { format, namespace: None, name: name.clone() };
        [
            (&self.team, key(PackageFormat::Npm, &self.npm_package)),
            (&self.team, key(PackageFormat::Pypi, &self.python_package)),
            (&self.team, key(PackageFormat::Npm, &self.own_package)),
            (&self.production, key(PackageFormat::Npm, &self.own_package)),
        ]
    }

    /// The package of one's own.
    pub fn own(&self) -> PackageKey {
        PackageKey { format: PackageFormat::Npm, namespace: None, name: self.own_package.clone() }
    }
}

impl Query for Names {
    fn pairs(&self) -> Vec<(&'static str, String)> {
        vec![
            ("domain", self.domain.to_string()),
            ("npm_store", self.npm_store.to_string()),
            ("pypi_store", self.pypi_store.to_string()),
            ("team", self.team.to_string()),
            ("production", self.production.to_string()),
            ("npm_package", self.npm_package.to_string()),
            ("python_package", self.python_package.to_string()),
            ("own_package", self.own_package.to_string()),
            ("own_version", self.own_version.to_string()),
        ]
    }
}

/// What feeds production.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ProductionTakes {
    /// The team repository, as the recipe is written: everything that the team can reach reaches production.
    #[default]
    FromTeam,
    /// Nothing: production offers only what was promoted.
    OnlyPromoted,
}
