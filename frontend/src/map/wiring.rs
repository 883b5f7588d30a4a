//! Dragging a repository onto another, or an edge off the card it feeds: what that would mean. It changes nothing; it
//! proposes a list of upstreams, which is looked at before it is saved.

use shared::external::PublicRegistry;
use shared::feeding;
use shared::names::RepositoryName;

use super::chart::{Chart, Node};
use super::geometry::Point;
use super::numbers::last_hop;

/// How near to an edge a pointer must be to take it, in screen pixels.
const REACH: f64 = 7.0;
/// The part of an edge's last piece that can be taken: near its ends several edges meet.
const TAKEN: [f64; 15] = [0.12, 0.18, 0.24, 0.3, 0.36, 0.42, 0.48, 0.54, 0.6, 0.66, 0.72, 0.78, 0.84, 0.9, 0.94];

/// What a pointer holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// A card, to be dropped on the repository that is to take from it.
    Card(usize),
    /// The end of an edge, to be dropped where no card is.
    Edge(usize),
}

/// What is being dragged.
#[derive(Debug, Clone, PartialEq)]
pub struct Wire {
    /// What the pointer holds.
    pub held: Held,
    /// Where it is, in pixels of the map.
    pub at: Point,
    /// The card below it.
    pub over: Option<usize>,
    /// What dropping it here would mean.
    pub meaning: Meaning,
}

/// What dropping it would mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning {
    /// A repository would have another list of upstreams.
    Upstreams {
        /// The repository.
        repository: RepositoryName,
        /// The list.
        list: Vec<RepositoryName>,
        /// The same in words.
        words: String,
    },
    /// A repository would be connected to a public registry, which its settings do.
    Connection {
        /// The repository.
        repository: RepositoryName,
        /// The public registry.
        registry: PublicRegistry,
        /// The same in words.
        words: String,
    },
    /// Nothing, and why.
    Nothing(String),
}

impl Meaning {
    /// Said beside the pointer.
    pub fn words(&self) -> &str {
        match self {
            Self::Upstreams { words, .. } | Self::Connection { words, .. } | Self::Nothing(words) => words,
        }
    }
}

impl Chart {
    /// What dropping it there would mean. `drafted` is the list that is already proposed for a repository.
    pub fn meaning(
        &self,
        held: Held,
        over: Option<usize>,
        drafted: impl Fn(&RepositoryName) -> Option<Vec<RepositoryName>>,
    ) -> Meaning {
        let list = |node: usize| match &self.nodes[node] {
            Node::Repository { repository, .. } => {
                Some((&repository.name, drafted(&repository.name).unwrap_or_else(|| repository.upstreams.clone())))
            }
            Node::Source { .. } => None,
        };
        match held {
            Held::Card(from) => {
                let name = self.nodes[from].name();
                let Some(over) = over.filter(|&over| over != from) else {
                    return Meaning::Nothing(format!("Drop it on the repository that is to take from {name}."));
                };
                match (list(from), list(over)) {
                    (_, None) => Meaning::Nothing("A public registry takes from nobody.".to_owned()),
                    (None, Some((to, _))) => self.connected(name, over, to),
                    (Some((from, _)), Some((to, list))) => self.joined(from, to, list),
                }
            }
            Held::Edge(edge) => {
                let (from, to) = (self.edges[edge].from, self.edges[edge].to);
                let (source, fed) = (self.nodes[from].name(), self.nodes[to].name());
                match (list(from), list(to), over) {
                    (_, _, Some(_)) => Meaning::Nothing("Let go where no card is to take the edge off.".to_owned()),
                    (Some((from, _)), Some((to, mut list)), None) => {
                        list.retain(|upstream| upstream != from);
                        let words = format!("{to} would no longer take from {from}.");
                        Meaning::Upstreams { repository: to.clone(), list, words }
                    }
                    (..) => Meaning::Nothing(format!("{source} is taken away in the settings of {fed}.")),
                }
            }
        }
    }

    /// What dropping a public registry on the card of a repository would mean.
    fn connected(&self, registry: &str, over: usize, to: &RepositoryName) -> Meaning {
        let Node::Repository { repository, .. } = &self.nodes[over] else {
            return Meaning::Nothing("A public registry takes from nobody.".to_owned());
        };
        let there = repository.external_connections.first().map(|there| there.name.as_str());
        match (there, registry.parse::<PublicRegistry>()) {
            (Some(there), _) if there == registry => Meaning::Nothing(format!("{to} fetches from {registry} already.")),
            (Some(there), _) => Meaning::Nothing(format!(
                "{to} has the external connection {there}. Take it away first: a repository has one at most."
            )),
            (None, _) if !repository.upstreams.is_empty() => Meaning::Nothing(format!(
                "{to} has upstreams. Remove them first: a repository has upstreams or an external connection, not both."
            )),
            (None, Err(_)) => Meaning::Nothing(format!("Headwater does not know {registry}.")),
            (None, Ok(registry)) => Meaning::Connection {
                repository: to.clone(),
                registry,
                words: format!("Connect {to} to {} in its settings.", registry.name()),
            },
        }
    }

    fn joined(&self, from: &RepositoryName, to: &RepositoryName, mut list: Vec<RepositoryName>) -> Meaning {
        if list.contains(from) {
            return Meaning::Nothing(format!("{to} already takes from {from}."));
        }
        list.push(from.clone());
        match feeding::refusal(self.repositories(), to, &list) {
            Some(refusal) => Meaning::Nothing(refusal),
            None => {
                let words = format!("{to} would take from {from} as well, as number {}.", list.len());
                Meaning::Upstreams { repository: to.clone(), list, words }
            }
        }
    }

    /// The one of these edges that a pointer at this point of the map can take: the nearest within reach.
    pub fn edge_at(&self, edges: impl Iterator<Item = usize>, at: Point, zoom: f64) -> Option<usize> {
        let reach = REACH / zoom;
        let near = |edge: usize| {
            let hop = last_hop(self, edge)?;
            let inside = hop.from.x.min(hop.to.x) - reach <= at.x && at.x <= hop.from.x.max(hop.to.x) + reach;
            let nearest = inside.then(|| {
                let points: Vec<Point> = TAKEN.iter().map(|&t| hop.at(t)).collect();
                points.windows(2).map(|pair| distance(at, pair[0], pair[1])).fold(f64::INFINITY, f64::min)
            })?;
            (nearest <= reach).then_some((nearest, edge))
        };
        edges.filter_map(near).min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, edge)| edge)
    }
}

/// From a point to the straight line between two others.
fn distance(at: Point, from: Point, to: Point) -> f64 {
    let (x, y) = (to.x - from.x, to.y - from.y);
    let length = (x * x + y * y).max(f64::EPSILON);
    let along = (((at.x - from.x) * x + (at.y - from.y) * y) / length).clamp(0.0, 1.0);
    (at.x - from.x - along * x).hypot(at.y - from.y - along * y)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::chart::samples;
    use crate::place::Selected;

    fn card(chart: &Chart, name: &str) -> usize {
        let source = Selected::Source(name.to_owned());
        chart.find(&source).or_else(|| chart.find(&Selected::Repository(name.parse().ok()?))).unwrap()
    }

    fn dropped(from: &str, onto: Option<&str>) -> Meaning {
        let chart = samples::leaking();
        chart.meaning(Held::Card(card(&chart, from)), onto.map(|onto| card(&chart, onto)), |_| None)
    }

    fn list(meaning: Meaning) -> (String, Vec<String>) {
        match meaning {
            Meaning::Upstreams { repository, list, .. } => {
                (repository.to_string(), list.iter().map(ToString::to_string).collect())
            }
            Meaning::Connection { .. } => panic!("an external connection is meant"),
            Meaning::Nothing(why) => panic!("{why}"),
        }
    }

    #[test]
    fn a_repository_dropped_on_another_becomes_its_last_upstream() {
        let (to, upstreams) = list(dropped("npm-store", Some("production")));
        assert_eq!((to.as_str(), upstreams), ("production", vec!["team-dev".to_owned(), "npm-store".to_owned()]));
    }

    #[test]
    fn a_drop_goes_on_from_the_list_that_is_already_proposed() {
        let chart = samples::leaking();
        let held = Held::Card(card(&chart, "npm-store"));
        let meaning = chart.meaning(held, Some(card(&chart, "production")), |_| Some(Vec::new()));
        assert_eq!(list(meaning).1, ["npm-store"]);
    }

    #[test]
    fn what_cannot_be_says_why() {
        for (from, onto, why) in [
            ("team-dev", Some("production"), "already takes"),
            ("production", Some("team-dev"), "circle"),
            ("team-dev", Some("npm-store"), "not both"),
            ("public:pypi", Some("team-dev"), "has upstreams"),
            ("public:pypi", Some("npm-store"), "one at most"),
            ("public:npmjs", Some("npm-store"), "already"),
            ("team-dev", Some("public:pypi"), "takes from nobody"),
            ("team-dev", None, "Drop it on"),
            ("team-dev", Some("team-dev"), "Drop it on"),
        ] {
            match dropped(from, onto) {
                Meaning::Nothing(words) => assert!(words.contains(why), "{from} onto {onto:?}: {words}"),
                other => panic!("{from} onto {onto:?}: {other:?}"),
            }
        }
    }

    #[test]
    fn an_edge_comes_off_where_no_card_is() {
        let chart = samples::leaking();
        let (from, to) = (card(&chart, "npm-store"), card(&chart, "team-dev"));
        let edge = chart.edges.iter().position(|edge| (edge.from, edge.to) == (from, to)).unwrap();
        let off = list(chart.meaning(Held::Edge(edge), None, |_| None));
        assert_eq!((off.0.as_str(), off.1), ("team-dev", vec!["pypi-store".to_owned()]));
        assert!(matches!(chart.meaning(Held::Edge(edge), Some(to), |_| None), Meaning::Nothing(_)));
        let connection = chart.edges.iter().position(|edge| edge.priority.is_none()).unwrap();
        assert!(chart.meaning(Held::Edge(connection), None, |_| None).words().contains("settings"));
    }

    #[test]
    fn the_edge_below_the_pointer_is_the_one_that_is_taken() {
        let chart = samples::leaking();
        for edge in 0..chart.edges.len() {
            let middle = last_hop(&chart, edge).unwrap().at(0.5);
            assert_eq!(chart.edge_at(0..chart.edges.len(), middle, 1.0), Some(edge));
        }
        assert_eq!(chart.edge_at(0..chart.edges.len(), Point { x: -500.0, y: -500.0 }, 1.0), None);
    }
}
