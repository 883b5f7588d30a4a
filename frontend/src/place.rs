//! Places: all that can be linked to. The address is the state of the program.

use std::str::FromStr;

use shared::api::{ConnectionPath, DomainPath, PlanPath, RepositoryPath, escape};
use shared::connect::{Client, Way};
use shared::export::ExportKind;
use shared::external::PublicRegistry;
use shared::format::PackageFormat;
use shared::names::RepositoryName;
use shared::package::PackageKey;
use shared::version::PackageVersionStatus;

mod access;
mod comparison;
mod history;
mod query;
mod runs;
mod set_up;
mod shapes;

pub use access::{ExplainPlace, GeneratePlace};
pub use comparison::{ComparisonFilter, ComparisonPlace, ComparisonSort};
pub use history::HistoryPlace;
use query::Pairs;
pub use runs::{PromotionsPlace, RowsShown, RunPlace, UndoPlace};
pub use set_up::SetUpPlace;
pub use shapes::{
    ConnectPlace, Held, MapPlace, MapView, PackageFilter, PackagePlace, PromotePlace, RepositoryPlace, Selected,
    VersionsPlace,
};
use shapes::{parse_upstreams, upstreams_text};

/// A place that can be linked to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// Connections and their domains.
    Connections,
    /// The set-up recipe, step by step.
    SetUp(Box<SetUpPlace>),
    /// Taking a whole domain away.
    CleanUp(DomainPath),
    /// The same names in several connections.
    Compare,
    /// Making a domain.
    NewDomain(ConnectionPath),
    /// Settings of a domain.
    DomainSettings(DomainPath),
    /// The protections of a domain.
    Protection(DomainPath),
    /// Making a repository.
    NewRepository(DomainPath),
    /// What is wrong with a setting or a log.
    Doctor(DomainPath),
    /// Settings of a repository, with a public registry chosen that it could be connected to.
    RepositorySettings(RepositoryPath, Option<PublicRegistry>),
    /// Who may do what in a domain.
    DomainAccess(DomainPath),
    /// Who may do what with a repository.
    RepositoryAccess(RepositoryPath),
    /// A policy for somebody.
    GeneratePolicy(GeneratePlace),
    /// What somebody may do, and why.
    ExplainAccess(ExplainPlace),
    /// Pointing clients at a repository.
    Connect(ConnectPlace),
    /// The map of a domain.
    Map(MapPlace),
    /// The packages of a repository.
    Repository(RepositoryPlace),
    /// Publishing files to a repository.
    Publish(RepositoryPath),
    /// A package across a domain.
    Package(PackagePlace),
    /// One step for many versions of a package in a repository.
    Versions(VersionsPlace),
    /// The promotion of what the tray holds.
    Promote(PromotePlace),
    /// A saved plan of a promotion.
    Plan(PlanPath),
    /// A promotion, or an undoing, on its way or at its end.
    Run(RunPlace),
    /// What undoing a run would do.
    Undo(UndoPlace),
    /// The promotions of a domain.
    Promotions(PromotionsPlace),
    /// The record of changes of a domain.
    History(Box<HistoryPlace>),
    /// Two repositories side by side.
    Comparison(ComparisonPlace),
    /// The domain as code.
    Export(DomainPath, ExportKind),
}

impl Place {
    /// The map of a domain with nothing selected.
    pub fn map(domain: &DomainPath) -> Self {
        Self::Map(MapPlace { domain: domain.clone(), selected: None, upstreams: None, view: MapView::Flow })
    }

    /// All packages of a repository.
    pub fn repository(domain: &DomainPath, repository: &RepositoryName) -> Self {
        Self::Repository(RepositoryPlace {
            repository: in_domain(domain.clone(), repository.clone()),
            filter: PackageFilter::default(),
        })
    }

    /// Settings of a repository.
    pub fn settings(domain: &DomainPath, repository: &RepositoryName) -> Self {
        Self::RepositorySettings(in_domain(domain.clone(), repository.clone()), None)
    }

    /// Pointing clients at a repository, none chosen yet.
    pub fn connect(domain: &DomainPath, repository: &RepositoryName) -> Self {
        let repository = in_domain(domain.clone(), repository.clone());
        Self::Connect(ConnectPlace { repository, client: None, way: None })
    }

    /// The domain it belongs to.
    pub fn domain(&self) -> Option<DomainPath> {
        match self {
            Self::Connections | Self::Compare | Self::NewDomain(_) | Self::SetUp(_) | Self::CleanUp(_) => None,
            Self::DomainSettings(domain)
            | Self::NewRepository(domain)
            | Self::Protection(domain)
            | Self::Export(domain, _)
            | Self::Doctor(domain)
            | Self::DomainAccess(domain) => Some(domain.clone()),
            Self::GeneratePolicy(place) => Some(place.domain.clone()),
            Self::ExplainAccess(place) => Some(place.domain.clone()),
            Self::RepositorySettings(path, _) | Self::RepositoryAccess(path) | Self::Publish(path) => {
                Some(path.domain_path())
            }
            Self::Connect(place) => Some(place.repository.domain_path()),
            Self::Map(place) => Some(place.domain.clone()),
            Self::Repository(place) => Some(place.repository.domain_path()),
            Self::Package(place) => Some(place.domain.clone()),
            Self::Versions(place) => Some(place.repository.domain_path()),
            Self::Promote(place) => Some(place.domain.clone()),
            Self::Plan(path) => Some(path.domain_path()),
            Self::Run(place) => Some(place.run.domain_path()),
            Self::Undo(place) => Some(place.run.domain_path()),
            Self::Promotions(place) => Some(place.domain.clone()),
            Self::History(place) => Some(place.domain.clone()),
            Self::Comparison(place) => Some(place.domain.clone()),
        }
    }

    /// Path and query of its address.
    pub fn href(&self) -> String {
        let mut pairs = Pairs::default();
        let path = match self {
            Self::Connections => "/".to_owned(),
            Self::Compare => "/compare".to_owned(),
            Self::NewDomain(path) => {
                pairs.add("connection", path.connection.as_str());
                "/new-domain".to_owned()
            }
            Self::SetUp(place) => {
                place.write(&mut pairs);
                "/set-up".to_owned()
            }
            Self::CleanUp(domain) => format!("{}/cleanup", domain_path(domain)),
            Self::DomainSettings(domain) => format!("{}/settings", domain_path(domain)),
            Self::Protection(domain) => format!("{}/protection", domain_path(domain)),
            Self::NewRepository(domain) => format!("{}/new-repository", domain_path(domain)),
            Self::Doctor(domain) => format!("{}/doctor", domain_path(domain)),
            Self::RepositorySettings(path, connect) => {
                pairs.add_some("connect", connect.map(PublicRegistry::name));
                format!("{}/settings", repository_path(path))
            }
            Self::Publish(path) => format!("{}/publish", repository_path(path)),
            Self::DomainAccess(domain) => format!("{}/access", domain_path(domain)),
            Self::RepositoryAccess(path) => format!("{}/access", repository_path(path)),
            Self::GeneratePolicy(place) => {
                place.add_to(&mut pairs);
                format!("{}/access/generate", domain_path(&place.domain))
            }
            Self::ExplainAccess(place) => {
                place.add_to(&mut pairs);
                format!("{}/access/explain", domain_path(&place.domain))
            }
            Self::Connect(place) => {
                pairs.add_some("client", place.client.map(Client::as_str));
                pairs.add_some("way", place.way.map(Way::as_str));
                format!("{}/connect", repository_path(&place.repository))
            }
            Self::Map(place) => {
                match &place.selected {
                    Some(Selected::Repository(name)) => pairs.add("repository", name.as_str()),
                    Some(Selected::Source(name)) => pairs.add("source", name),
                    None => {}
                }
                pairs.add_some("upstreams", place.upstreams.as_deref().map(upstreams_text).as_deref());
                if place.view == MapView::Table {
                    pairs.add("view", "table");
                }
                domain_path(&place.domain)
            }
            Self::Repository(place) => {
                if !place.filter.prefix.is_empty() {
                    pairs.add("prefix", &place.filter.prefix);
                }
                pairs.add_some("format", place.filter.format.map(PackageFormat::as_str));
                pairs.add_some("status", place.filter.status.map(PackageVersionStatus::as_str));
                repository_path(&place.repository)
            }
            Self::Package(place) => {
                add_package(&mut pairs, &place.package);
                if let Some(held) = &place.held {
                    pairs.add("repository", held.repository.as_str());
                    pairs.add("version", held.version.as_str());
                }
                format!("{}/package", domain_path(&place.domain))
            }
            Self::Versions(place) => {
                add_package(&mut pairs, &place.package);
                format!("{}/versions", repository_path(&place.repository))
            }
            Self::Promote(place) => {
                pairs.add_some("to", place.to.as_ref().map(|to| to.as_str()));
                format!("{}/promote", domain_path(&place.domain))
            }
            Self::Plan(path) => format!("{}/plans/{}", domain_path(&path.domain_path()), path.plan),
            Self::Run(place) => place.write(&mut pairs),
            Self::Undo(place) => place.write(&mut pairs),
            Self::Promotions(place) => place.write(&mut pairs),
            Self::History(place) => place.write(&mut pairs),
            Self::Comparison(place) => format!("{}/{}", domain_path(&place.domain), place.write(&mut pairs)),
            Self::Export(domain, kind) => {
                pairs.add_some("as", (*kind != ExportKind::default()).then(|| kind.as_str()));
                format!("{}/export", domain_path(domain))
            }
        };
        pairs.after(path)
    }

    /// The place of an address; none where there is no such place. What it does not know in the query is left out.
    pub fn parse(path: &str, query: &str) -> Option<Self> {
        let pairs = Pairs::parse(query);
        let rooms: Vec<&str> = path.split('/').filter(|room| !room.is_empty()).collect();
        match rooms.as_slice() {
            [] => Some(Self::Connections),
            ["compare"] => Some(Self::Compare),
            ["new-domain"] => Some(Self::NewDomain(ConnectionPath { connection: parsed(&pairs, "connection")? })),
            ["set-up"] => SetUpPlace::parse(&pairs).map(|place| Self::SetUp(Box::new(place))),
            ["c", connection, domain, rest @ ..] => {
                let domain = DomainPath { connection: connection.parse().ok()?, domain: domain.parse().ok()? };
                Self::parse_in_domain(domain, rest, &pairs)
            }
            _ => None,
        }
    }

    fn parse_in_domain(domain: DomainPath, rooms: &[&str], pairs: &Pairs) -> Option<Self> {
        match rooms {
            [] => Some(Self::Map(MapPlace {
                domain,
                selected: parsed(pairs, "repository")
                    .map(Selected::Repository)
                    .or_else(|| pairs.get("source").map(|name| Selected::Source(name.to_owned()))),
                upstreams: pairs.get("upstreams").and_then(parse_upstreams),
                view: if pairs.get("view") == Some("table") { MapView::Table } else { MapView::Flow },
            })),
            ["settings"] => Some(Self::DomainSettings(domain)),
            ["cleanup"] => Some(Self::CleanUp(domain)),
            ["protection"] => Some(Self::Protection(domain)),
            ["new-repository"] => Some(Self::NewRepository(domain)),
            ["doctor"] => Some(Self::Doctor(domain)),
            ["access"] => Some(Self::DomainAccess(domain)),
            ["access", "generate"] => Some(Self::GeneratePolicy(GeneratePlace::parse(domain, pairs))),
            ["access", "explain"] => Some(Self::ExplainAccess(ExplainPlace::parse(domain, pairs))),
            ["repositories", repository, "access"] => {
                Some(Self::RepositoryAccess(in_domain(domain, repository.parse().ok()?)))
            }
            ["repositories", repository, "settings"] => {
                Some(Self::RepositorySettings(in_domain(domain, repository.parse().ok()?), parsed(pairs, "connect")))
            }
            ["repositories", repository, "versions"] => Some(Self::Versions(VersionsPlace {
                repository: in_domain(domain, repository.parse().ok()?),
                package: package(pairs)?,
            })),
            ["repositories", repository, "publish"] => Some(Self::Publish(in_domain(domain, repository.parse().ok()?))),
            ["repositories", repository, "connect"] => Some(Self::Connect(ConnectPlace {
                repository: in_domain(domain, repository.parse().ok()?),
                client: parsed(pairs, "client"),
                way: parsed(pairs, "way"),
            })),
            ["repositories", repository] => Some(Self::Repository(RepositoryPlace {
                repository: in_domain(domain, repository.parse().ok()?),
                filter: PackageFilter {
                    prefix: pairs.get("prefix").unwrap_or_default().to_owned(),
                    format: parsed(pairs, "format"),
                    status: parsed(pairs, "status"),
                },
            })),
            ["package"] => Some(Self::Package(PackagePlace {
                domain,
                package: package(pairs)?,
                held: parsed(pairs, "repository")
                    .zip(parsed(pairs, "version"))
                    .map(|(repository, version)| Held { repository, version }),
            })),
            ["export"] => Some(Self::Export(domain, parsed(pairs, "as").unwrap_or_default())),
            ["history"] => Some(Self::History(Box::new(HistoryPlace::parse(domain, pairs)))),
            ["compare"] => Some(Self::Comparison(ComparisonPlace::parse(domain, pairs))),
            ["compare", "version"] => ComparisonPlace::parse_version(domain, pairs).map(Self::Comparison),
            ["promote"] => Some(Self::Promote(PromotePlace { domain, to: parsed(pairs, "to") })),
            rooms => runs::parse(domain, rooms, pairs),
        }
    }
}

fn domain_path(domain: &DomainPath) -> String {
    format!("/c/{}/{}", escape(domain.connection.as_str()), escape(domain.domain.as_str()))
}

fn repository_path(path: &RepositoryPath) -> String {
    format!("{}/repositories/{}", domain_path(&path.domain_path()), path.repository)
}

fn in_domain(domain: DomainPath, repository: RepositoryName) -> RepositoryPath {
    RepositoryPath { connection: domain.connection, domain: domain.domain, repository }
}

fn add_package(pairs: &mut Pairs, package: &PackageKey) {
    pairs.add("format", package.format.as_str());
    pairs.add_some("namespace", package.namespace.as_ref().map(|namespace| namespace.as_str()));
    pairs.add("package", package.name.as_str());
}

fn package(pairs: &Pairs) -> Option<PackageKey> {
    Some(PackageKey {
        format: parsed(pairs, "format")?,
        namespace: parsed(pairs, "namespace"),
        name: parsed(pairs, "package")?,
    })
}

fn parsed<T: FromStr>(pairs: &Pairs, key: &str) -> Option<T> {
    pairs.get(key)?.parse().ok()
}

#[cfg(test)]
mod tests;
