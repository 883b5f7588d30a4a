//! Pure graph rules: lanes, effective search order, retention, and what reaches production unpromoted.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::names::RepositoryName;
use crate::repository::Repository;

/// How many repositories CodeArtifact searches for one request (user guide, "Working with upstream repositories").
pub const MOST_SEARCHED: usize = 25;

/// What a repository is for. Read from its external connections and from the words of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Holds what comes from a public registry.
    Store,
    /// Where people publish and work.
    Team,
    /// Where versions wait before production.
    Staging,
    /// What production installs from. Only promoted versions belong here.
    Production,
}

/// Words of a name that make a repository a production repository.
const PRODUCTION_WORDS: [&str; 6] = ["prod", "production", "release", "releases", "live", "stable"];

/// Words of a name that make a repository a staging repository.
const STAGING_WORDS: [&str; 8] = ["staging", "stage", "preprod", "uat", "qa", "candidate", "candidates", "rc"];

impl Role {
    /// The role of a repository. An external connection decides before the name does.
    pub fn of(repository: &Repository) -> Self {
        if !repository.external_connections.is_empty() {
            return Self::Store;
        }
        let name = repository.name.as_str().to_ascii_lowercase();
        let has = |words: &[&str]| name.split(['-', '_', '.']).any(|word| words.contains(&word));
        if has(&STAGING_WORDS) {
            Self::Staging
        } else if has(&PRODUCTION_WORDS) {
            Self::Production
        } else if has(&["store"]) {
            Self::Store
        } else {
            Self::Team
        }
    }

    /// The lane of the map it stands in.
    pub fn lane(self) -> Lane {
        match self {
            Self::Store => Lane::Stores,
            Self::Team => Lane::Teams,
            Self::Staging | Self::Production => Lane::Release,
        }
    }

    /// The word for it on the page.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Store => "store",
            Self::Team => "team",
            Self::Staging => "staging",
            Self::Production => "production",
        }
    }
}

/// Lanes of the map, left to right: the way packages flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lane {
    /// External connections.
    Public,
    /// Repositories that hold what comes from them.
    Stores,
    /// Repositories people work in.
    Teams,
    /// Staging and production.
    Release,
}

impl Lane {
    /// All of them, left to right.
    pub const ALL: [Self; 4] = [Self::Public, Self::Stores, Self::Teams, Self::Release];

    /// The heading of the lane.
    pub fn title(self) -> &'static str {
        match self {
            Self::Public => "Public",
            Self::Stores => "Stores",
            Self::Teams => "Teams",
            Self::Release => "Release",
        }
    }
}

/// The repositories of a domain as a graph.
#[derive(Debug, Clone)]
pub struct Topology<'a> {
    repositories: BTreeMap<&'a RepositoryName, &'a Repository>,
}

/// Where CodeArtifact looks for a package, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchOrder {
    /// The repository itself first.
    pub steps: Vec<SearchStep>,
    /// Repositories that are upstream but beyond the limit of [`MOST_SEARCHED`]: never searched.
    pub beyond: Vec<RepositoryName>,
}

/// One repository of a search order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchStep {
    /// The repository searched.
    pub repository: RepositoryName,
    /// The repository that has it as an upstream; absent for the first.
    pub via: Option<RepositoryName>,
    /// What happens here to a version found further up.
    pub retention: Retention,
}

/// What happens in a repository to a version that is fetched through it
/// (user guide, "Requesting a package version with upstream repositories").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retention {
    /// It is kept, because this repository was asked, or because its external connection brought it.
    KeepsCopy,
    /// It passes through.
    PassesThrough,
}

impl Retention {
    /// In words.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::KeepsCopy => "keeps a copy",
            Self::PassesThrough => "passes through",
        }
    }
}

/// A way by which packages that nobody promoted reach a production repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leak {
    /// From the production repository up to the source; at least two long unless the connection is its own.
    pub path: Vec<RepositoryName>,
    /// What comes that way.
    pub source: LeakSource,
}

/// What comes by a leak.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LeakSource {
    /// Everything on a public registry, through this external connection.
    External(String),
    /// Everything published to the last repository of the path.
    Published,
}

impl Leak {
    /// The production repository it reaches.
    pub fn into_repository(&self) -> &RepositoryName {
        // A path always starts with its production repository: `Topology::leaks_into` is the only place that makes one.
        &self.path[0]
    }

    /// What reaches production, in one sentence.
    pub fn headline(&self) -> String {
        let into = self.into_repository();
        match (&self.source, self.path.last()) {
            (LeakSource::External(connection), _) => format!("Anything on {connection} can reach {into}."),
            (LeakSource::Published, Some(last)) => format!("Anything published to {last} can reach {into}."),
            (LeakSource::Published, None) => format!("Anything can reach {into}."),
        }
    }

    /// Why, in one sentence.
    pub fn explanation(&self) -> String {
        match self.path.get(1) {
            Some(upstream) => {
                format!("{upstream} is an upstream, so a version is installable here before anyone promotes it.")
            }
            None => {
                "It has an external connection, so a version is installable here before anyone promotes it.".to_owned()
            }
        }
    }
}

impl<'a> Topology<'a> {
    /// The graph of these repositories. Upstreams that are not among them are left out of every answer.
    pub fn new(repositories: &'a [Repository]) -> Self {
        Self { repositories: repositories.iter().map(|repository| (&repository.name, repository)).collect() }
    }

    /// A repository by name.
    pub fn get(&self, name: &RepositoryName) -> Option<&'a Repository> {
        self.repositories.get(name).copied()
    }

    /// Where CodeArtifact looks for a package asked of `name`: depth first, each upstream with its own upstreams
    /// before the next one, every repository once (user guide, "Upstream repository priority order").
    pub fn search_order(&self, name: &RepositoryName) -> SearchOrder {
        let mut order = SearchOrder { steps: Vec::new(), beyond: Vec::new() };
        let mut seen = BTreeSet::new();
        let mut stack: Vec<(&RepositoryName, Option<&RepositoryName>)> = vec![(name, None)];
        while let Some((name, via)) = stack.pop() {
            let Some(repository) = self.get(name) else { continue };
            if !seen.insert(&repository.name) {
                continue;
            }
            if order.steps.len() < MOST_SEARCHED {
                let keeps = order.steps.is_empty() || !repository.external_connections.is_empty();
                order.steps.push(SearchStep {
                    repository: repository.name.clone(),
                    via: via.cloned(),
                    retention: if keeps { Retention::KeepsCopy } else { Retention::PassesThrough },
                });
            } else {
                order.beyond.push(repository.name.clone());
            }
            stack.extend(repository.upstreams.iter().rev().map(|upstream| (upstream, Some(&repository.name))));
        }
        order
    }

    /// Repositories that have `name` as a direct upstream, by name.
    pub fn downstreams(&self, name: &RepositoryName) -> Vec<&'a Repository> {
        self.repositories.values().copied().filter(|repository| repository.upstreams.contains(name)).collect()
    }

    /// Every leak of the domain.
    pub fn leaks(&self) -> Vec<Leak> {
        self.repositories.keys().flat_map(|name| self.leaks_into(name)).collect()
    }

    /// The leaks into one repository: none unless its role is [`Role::Production`].
    /// One for each external connection that reaches it, by the shortest path; and where none does,
    /// one for each team repository that reaches it.
    pub fn leaks_into(&self, name: &RepositoryName) -> Vec<Leak> {
        let Some(repository) = self.get(name).filter(|repository| Role::of(repository) == Role::Production) else {
            return self.own_connection_leaks(name);
        };
        let (mut external, mut published) = (Vec::new(), Vec::new());
        let mut seen = BTreeSet::from([&repository.name]);
        let mut queue = VecDeque::from([(repository, vec![repository.name.clone()])]);
        while let Some((at, path)) = queue.pop_front() {
            for connection in &at.external_connections {
                external.push(Leak { path: path.clone(), source: LeakSource::External(connection.name.clone()) });
            }
            if path.len() > 1 && Role::of(at) == Role::Team {
                published.push(Leak { path: path.clone(), source: LeakSource::Published });
            }
            for upstream in at.upstreams.iter().filter_map(|upstream| self.get(upstream)) {
                if seen.insert(&upstream.name) {
                    let mut further = path.clone();
                    further.push(upstream.name.clone());
                    queue.push_back((upstream, further));
                }
            }
        }
        if external.is_empty() { published } else { external }
    }

    /// A repository named like production that has an external connection itself counts as a store, and leaks.
    fn own_connection_leaks(&self, name: &RepositoryName) -> Vec<Leak> {
        let Some(repository) = self.get(name) else { return Vec::new() };
        let mut unconnected = repository.clone();
        unconnected.external_connections.clear();
        if Role::of(&unconnected) != Role::Production {
            return Vec::new();
        }
        repository
            .external_connections
            .iter()
            .map(|connection| Leak {
                path: vec![repository.name.clone()],
                source: LeakSource::External(connection.name.clone()),
            })
            .collect()
    }
}

#[cfg(test)]
mod tests;
