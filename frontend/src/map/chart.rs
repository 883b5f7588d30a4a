//! A domain as the map draws it: cards for repositories and external connections, edges for upstreams.

use std::collections::{BTreeMap, BTreeSet};

use shared::domain::DomainMap;
use shared::format::PackageFormat;
use shared::repository::Repository;
use shared::topology::{Lane, Leak, Role, Topology};

use super::layout::{self, Graph, Layout};
use crate::place::Selected;

mod marks;
mod words;

pub use marks::Marks;

/// Height of a card: its name, and a line of formats with their counts.
const CARD_HEIGHT: f64 = 58.0;
/// What a row of chips adds.
const CHIPS_HEIGHT: f64 = 24.0;

/// A card of the map.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// An external connection.
    Source {
        /// Such as `public:npmjs`.
        name: String,
        /// The format it brings, where it is known.
        format: Option<PackageFormat>,
    },
    /// A repository.
    Repository {
        /// What it is for.
        role: Role,
        /// All that was read about it.
        repository: Repository,
        /// Packages that nobody promoted can be installed from here.
        leaks: bool,
    },
}

/// An edge, in the direction packages flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edge {
    /// The card that feeds.
    pub from: usize,
    /// The card that is fed.
    pub to: usize,
    /// The place of `from` among the upstreams of `to`, counted from 1; none for an external connection.
    pub priority: Option<usize>,
}

/// A domain, laid out.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Chart {
    /// External connections first, then repositories; each by name.
    pub nodes: Vec<Node>,
    /// All edges. Upstreams that are not in the domain's list have none.
    pub edges: Vec<Edge>,
    /// Every leak of the domain.
    pub leaks: Vec<Leak>,
    /// Where everything stands.
    pub layout: Layout,
    /// The repositories alone, for the rules of [`Topology`].
    repositories: Vec<Repository>,
}

impl Node {
    /// What a link to this card names.
    pub fn key(&self) -> Selected {
        match self {
            Self::Source { name, .. } => Selected::Source(name.clone()),
            Self::Repository { repository, .. } => Selected::Repository(repository.name.clone()),
        }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        match self {
            Self::Source { name, .. } => name,
            Self::Repository { repository, .. } => repository.name.as_str(),
        }
    }

    /// The lane it stands in.
    pub fn lane(&self) -> Lane {
        match self {
            Self::Source { .. } => Lane::Public,
            Self::Repository { role, .. } => role.lane(),
        }
    }

    /// The word for its role.
    pub fn role(&self) -> &'static str {
        match self {
            Self::Source { .. } => "external",
            Self::Repository { role, .. } => role.as_str(),
        }
    }

    /// Whether it has a row of chips.
    pub fn has_chips(&self) -> bool {
        matches!(self, Self::Repository { leaks, repository, .. } if *leaks || repository.problem.is_some())
    }

    fn height(&self) -> f64 {
        if self.has_chips() { CARD_HEIGHT + CHIPS_HEIGHT } else { CARD_HEIGHT }
    }
}

impl Chart {
    /// Reads a domain and lays it out.
    pub fn new(map: &DomainMap) -> Self {
        let mut repositories = map.repositories.clone();
        repositories.sort_by(|a, b| a.name.cmp(&b.name));
        let leaks = Topology::new(&repositories).leaks();
        let nodes = nodes(&repositories, &leaks);
        let edges = edges(&nodes);
        let graph = Graph {
            lanes: Lane::ALL.len(),
            cards: nodes
                .iter()
                .map(|node| layout::Card { lane: node.lane() as usize, height: node.height() })
                .collect(),
            edges: edges.iter().map(|edge| (edge.from, edge.to)).collect(),
        };
        Self { layout: layout::lay_out(&graph), nodes, edges, leaks, repositories }
    }

    /// The rules of the domain.
    pub fn topology(&self) -> Topology<'_> {
        Topology::new(&self.repositories)
    }

    /// The repositories alone.
    pub fn repositories(&self) -> &[Repository] {
        &self.repositories
    }

    /// The card that a link names.
    pub fn find(&self, key: &Selected) -> Option<usize> {
        self.nodes.iter().position(|node| node.key() == *key)
    }

    /// The cards whose names hold the text, whatever its case; none for an empty text.
    pub fn search(&self, text: &str) -> Vec<usize> {
        let text = text.trim().to_ascii_lowercase();
        let holds = |node: &Node| !text.is_empty() && node.name().to_ascii_lowercase().contains(&text);
        (0..self.nodes.len()).filter(|&node| holds(&self.nodes[node])).collect()
    }

    /// Edges as pairs of cards, for walking.
    pub fn pairs(&self) -> Vec<(usize, usize)> {
        self.edges.iter().map(|edge| (edge.from, edge.to)).collect()
    }

    /// Whether the edge carries what nobody promoted straight into a production repository.
    pub fn is_leaking(&self, edge: &Edge) -> bool {
        self.leaks.iter().any(|leak| {
            leak.into_repository().as_str() == self.nodes[edge.to].name()
                && leak.path.get(1).map(|upstream| upstream.as_str()) == Some(self.nodes[edge.from].name())
        })
    }
}

fn nodes(repositories: &[Repository], leaks: &[Leak]) -> Vec<Node> {
    let connections = repositories.iter().flat_map(|repository| &repository.external_connections);
    let sources: BTreeMap<&str, Option<PackageFormat>> =
        connections.map(|connection| (connection.name.as_str(), connection.format)).collect();
    let leaking: BTreeSet<_> = leaks.iter().map(Leak::into_repository).collect();
    let sources = sources.into_iter().map(|(name, format)| Node::Source { name: name.to_owned(), format });
    let repositories = repositories.iter().map(|repository| Node::Repository {
        role: Role::of(repository),
        leaks: leaking.contains(&repository.name),
        repository: repository.clone(),
    });
    sources.chain(repositories).collect()
}

fn edges(nodes: &[Node]) -> Vec<Edge> {
    let places: BTreeMap<Selected, usize> = nodes.iter().enumerate().map(|(at, node)| (node.key(), at)).collect();
    let mut edges = Vec::new();
    for (to, node) in nodes.iter().enumerate() {
        let Node::Repository { repository, .. } = node else { continue };
        for connection in &repository.external_connections {
            let from = places.get(&Selected::Source(connection.name.clone()));
            edges.extend(from.map(|&from| Edge { from, to, priority: None }));
        }
        for (place, upstream) in repository.upstreams.iter().enumerate() {
            let from = places.get(&Selected::Repository(upstream.clone()));
            edges.extend(from.map(|&from| Edge { from, to, priority: Some(place + 1) }));
        }
    }
    edges
}

#[cfg(test)]
pub mod samples;
#[cfg(test)]
mod tests;
