//! The map as rows.

use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};

use shared::names::RepositoryName;
use shared::repository::PackageCounts;
use shared::topology::Lane;

use super::super::chart::{Chart, Node};

/// A card as a row.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Row {
    /// The card.
    pub node: usize,
    /// Its name.
    pub name: String,
    /// Whether it is a repository rather than an external connection.
    pub is_repository: bool,
    /// Where it stands on the map.
    pub lane: Lane,
    /// The word for its role.
    pub role: &'static str,
    /// How many packages it holds, once counted, and whether there are more.
    pub packages: Option<(u64, bool)>,
    /// What feeds it, highest priority first.
    pub upstreams: Vec<String>,
    /// How many it feeds.
    pub feeds: usize,
    /// Packages that nobody promoted reach it.
    pub leaks: bool,
    /// It could not be read.
    pub unread: bool,
}

/// What the rows are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// Name.
    Name,
    /// Lane, left to right.
    Role,
    /// Number of packages.
    Packages,
    /// Number of upstreams.
    Upstreams,
    /// Number of repositories fed.
    Feeds,
    /// What is wrong.
    State,
}

impl Column {
    /// All of them, in the order they are shown.
    pub const ALL: [Self; 6] = [Self::Name, Self::Role, Self::Packages, Self::Upstreams, Self::Feeds, Self::State];

    /// The heading of the column.
    pub fn title(self) -> &'static str {
        match self {
            Self::Name => "Repository",
            Self::Role => "Role",
            Self::Packages => "Packages",
            Self::Upstreams => "Fed by",
            Self::Feeds => "Feeds",
            Self::State => "State",
        }
    }

    fn compare(self, a: &Row, b: &Row) -> Ordering {
        match self {
            Self::Name => a.name.cmp(&b.name),
            Self::Role => (a.lane, a.role).cmp(&(b.lane, b.role)),
            Self::Packages => a.packages.cmp(&b.packages),
            Self::Upstreams => a.upstreams.len().cmp(&b.upstreams.len()),
            Self::Feeds => a.feeds.cmp(&b.feeds),
            Self::State => (b.leaks, b.unread).cmp(&(a.leaks, a.unread)),
        }
    }
}

/// How the rows are sorted: by a column, upwards or downwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sorting {
    /// By what.
    pub by: Column,
    /// Largest first.
    pub descending: bool,
}

impl Sorting {
    /// The sorting after a click on a heading: the other way round when it was sorted by that already.
    pub fn clicked(self, by: Column) -> Self {
        Self { by, descending: self.by == by && !self.descending }
    }
}

/// The rows, sorted; equal ones by lane and name. `only` are the cards shown; none shows all.
pub fn rows(
    chart: &Chart,
    counts: &HashMap<RepositoryName, PackageCounts>,
    only: Option<&BTreeSet<usize>>,
    sorting: Sorting,
) -> Vec<Row> {
    let shown = (0..chart.nodes.len()).filter(|node| only.is_none_or(|only| only.contains(node)));
    let mut rows: Vec<Row> = shown.map(|node| row(chart, counts, node)).collect();
    rows.sort_by(|a, b| {
        let order = sorting.by.compare(a, b);
        let order = if sorting.descending { order.reverse() } else { order };
        order.then_with(|| (a.lane, &a.name).cmp(&(b.lane, &b.name)))
    });
    rows
}

fn row(chart: &Chart, counts: &HashMap<RepositoryName, PackageCounts>, node: usize) -> Row {
    let card = &chart.nodes[node];
    let mut fed_by: Vec<_> = chart.edges.iter().filter(|edge| edge.to == node).collect();
    fed_by.sort_by_key(|edge| edge.priority);
    let (packages, leaks, unread) = match card {
        Node::Source { .. } => (None, false, false),
        Node::Repository { repository, leaks, .. } => {
            let counted = counts.get(&repository.name).filter(|counts| counts.problem.is_none());
            let sum = |counts: &PackageCounts| counts.formats.iter().map(|(_, count)| u64::from(*count)).sum();
            (counted.map(|counts| (sum(counts), counts.more)), *leaks, repository.problem.is_some())
        }
    };
    Row {
        node,
        name: card.name().to_owned(),
        is_repository: matches!(card, Node::Repository { .. }),
        lane: card.lane(),
        role: card.role(),
        packages,
        upstreams: fed_by.iter().map(|edge| chart.nodes[edge.from].name().to_owned()).collect(),
        feeds: chart.edges.iter().filter(|edge| edge.from == node).count(),
        leaks,
        unread,
    }
}

#[cfg(test)]
mod tests {
    use shared::format::PackageFormat;

    use super::*;
    use crate::map::chart::samples;

    fn sorted(by: Column, descending: bool) -> Vec<String> {
        let counted = |name: &str, count| {
            let repository: RepositoryName = name.parse().unwrap();
            let formats = vec![(PackageFormat::Npm, count)];
            (repository.clone(), PackageCounts { repository, formats, more: false, problem: None })
        };
        let counts = HashMap::from([counted("team-dev", 40), counted("npm-store", 1204)]);
        let rows = rows(&samples::leaking(), &counts, None, Sorting { by, descending });
        rows.into_iter().map(|row| row.name).collect()
    }

    #[test]
    fn rows_follow_the_lanes_from_left_to_right() {
        assert_eq!(
            sorted(Column::Role, false),
            ["public:npmjs", "public:pypi", "npm-store", "pypi-store", "team-dev", "production"]
        );
    }

    #[test]
    fn what_is_wrong_comes_first() {
        assert_eq!(sorted(Column::State, false)[0], "production");
    }

    #[test]
    fn the_largest_comes_first_when_asked() {
        assert_eq!(sorted(Column::Packages, true)[..2], ["npm-store", "team-dev"]);
    }

    #[test]
    fn a_second_click_turns_the_sorting_round() {
        let once = Sorting { by: Column::Name, descending: false }.clicked(Column::Feeds);
        assert_eq!(once, Sorting { by: Column::Feeds, descending: false });
        assert!(once.clicked(Column::Feeds).descending);
    }

    #[test]
    fn a_row_names_what_feeds_it_by_priority() {
        let sorting = Sorting { by: Column::Name, descending: false };
        let rows = rows(&samples::leaking(), &HashMap::new(), None, sorting);
        let team = rows.iter().find(|row| row.name == "team-dev").unwrap();
        assert_eq!(
            (team.upstreams.as_slice(), team.feeds),
            (["npm-store".to_owned(), "pypi-store".to_owned()].as_slice(), 1)
        );
    }

    #[test]
    fn only_what_was_found_is_shown() {
        let chart = samples::leaking();
        let found = chart.search("team").into_iter().collect();
        let sorting = Sorting { by: Column::Name, descending: false };
        assert_eq!(rows(&chart, &HashMap::new(), Some(&found), sorting).len(), 1);
    }
}
