//! What particular places are made of.

use shared::api::{DomainPath, RepositoryPath};
use shared::connect::{Client, Way};
use shared::format::PackageFormat;
use shared::names::{RepositoryName, VersionName};
use shared::package::PackageKey;
use shared::version::PackageVersionStatus;

use super::{Place, in_domain};

impl Place {
    /// A package, with a version of it looked at.
    pub fn package(domain: &DomainPath, package: &PackageKey, held: Option<Held>) -> Self {
        Self::Package(PackagePlace { domain: domain.clone(), package: package.clone(), held })
    }

    /// The versions of a package in one repository.
    pub fn versions(domain: &DomainPath, repository: &RepositoryName, package: &PackageKey) -> Self {
        Self::Versions(VersionsPlace {
            repository: in_domain(domain.clone(), repository.clone()),
            package: package.clone(),
        })
    }
}

/// Pointing clients at a repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectPlace {
    /// The repository.
    pub repository: RepositoryPath,
    /// The client, once chosen.
    pub client: Option<Client>,
    /// The way, once chosen.
    pub way: Option<Way>,
}

/// The map of a domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MapPlace {
    /// The domain.
    pub domain: DomainPath,
    /// The selected card.
    pub selected: Option<Selected>,
    /// The list of upstreams that is proposed for the selected repository, and not saved.
    pub upstreams: Option<Vec<RepositoryName>>,
    /// How the map is shown.
    pub view: MapView,
}

/// A selected card of the map.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Selected {
    /// A repository.
    Repository(RepositoryName),
    /// An external connection, such as `public:npmjs`.
    Source(String),
}

/// How the map is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum MapView {
    /// Cards and edges; a list where the window is narrow.
    #[default]
    Flow,
    /// A table.
    Table,
}

/// The packages of a repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RepositoryPlace {
    /// The repository.
    pub repository: RepositoryPath,
    /// Which packages are shown.
    pub filter: PackageFilter,
}

/// Which packages of a repository are shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PackageFilter {
    /// Only names that start with this; empty for all.
    pub prefix: String,
    /// Only this format.
    pub format: Option<PackageFormat>,
    /// Only packages with at least one version in this status.
    pub status: Option<PackageVersionStatus>,
}

/// A package across a domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackagePlace {
    /// The domain.
    pub domain: DomainPath,
    /// The package.
    pub package: PackageKey,
    /// The version looked at, and the repository that holds it.
    pub held: Option<Held>,
}

/// A version in a repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The repository.
    pub repository: RepositoryName,
    /// The version.
    pub version: VersionName,
}

/// The versions of a package in one repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionsPlace {
    /// The repository.
    pub repository: RepositoryPath,
    /// The package.
    pub package: PackageKey,
}

/// The promotion of what the tray holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromotePlace {
    /// The domain.
    pub domain: DomainPath,
    /// The target repository, once chosen.
    pub to: Option<RepositoryName>,
}

/// Stands in the address for a list without upstreams. No repository is called so.
const NO_UPSTREAMS: &str = "-";

pub(super) fn upstreams_text(upstreams: &[RepositoryName]) -> String {
    let names: Vec<&str> = upstreams.iter().map(RepositoryName::as_str).collect();
    if names.is_empty() { NO_UPSTREAMS.to_owned() } else { names.join(",") }
}

pub(super) fn parse_upstreams(text: &str) -> Option<Vec<RepositoryName>> {
    if text == NO_UPSTREAMS {
        return Some(Vec::new());
    }
    text.split(',').map(|name| name.parse().ok()).collect()
}
