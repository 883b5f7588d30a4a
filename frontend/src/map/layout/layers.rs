//! The graph with way-points, so that every link joins neighbouring columns.

use std::collections::{BTreeMap, BTreeSet};

use super::Graph;
use super::columns::Columns;

/// Items in columns. The first items are the cards, with the same numbers; the others are way-points.
#[derive(Debug, Clone)]
pub(super) struct Layers {
    /// Items of each column, top to bottom.
    pub columns: Vec<Vec<usize>>,
    /// Column of each item.
    pub column_of: Vec<usize>,
    /// Place of each item in its column.
    pub place: Vec<usize>,
    /// Items of the next column to the left that each item is linked with.
    pub left: Vec<Vec<usize>>,
    /// Items of the next column to the right that each item is linked with.
    pub right: Vec<Vec<usize>>,
    /// The items that each edge of the graph runs through, left to right.
    pub chains: Vec<Vec<usize>>,
    /// How many items are cards.
    pub cards: usize,
}

/// The edges of a card on one side of it share their way-points when the card is their hub.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Hub {
    /// The hub feeds: its line leaves to the right and forks.
    Feeds(usize),
    /// The hub is fed: lines join on their way to it.
    Fed(usize),
}

impl Layers {
    /// Puts the cards into their columns and way-points onto the long edges.
    pub fn new(graph: &Graph, columns: &Columns) -> Self {
        let count = graph.cards.len();
        let mut layers = Self {
            columns: vec![Vec::new(); columns.lanes.last().map_or(0, |range| range.end)],
            column_of: columns.of.clone(),
            place: vec![0; count],
            left: vec![Vec::new(); count],
            right: vec![Vec::new(); count],
            chains: Vec::with_capacity(graph.edges.len()),
            cards: count,
        };
        // An edge against the flow is drawn like any other, from its left end to its right end.
        let edges: Vec<(usize, usize)> = graph
            .edges
            .iter()
            .map(|&(from, to)| if columns.of[from] <= columns.of[to] { (from, to) } else { (to, from) })
            .collect();
        layers.chain_up(&edges);
        for (item, &column) in layers.column_of.iter().enumerate() {
            layers.place[item] = layers.columns[column].len();
            layers.columns[column].push(item);
        }
        layers
    }

    /// How many items there are.
    pub fn len(&self) -> usize {
        self.column_of.len()
    }

    /// Whether the item is a way-point.
    pub fn is_way_point(&self, item: usize) -> bool {
        item >= self.cards
    }

    /// Whether nothing is linked with the item.
    pub fn is_alone(&self, item: usize) -> bool {
        self.left[item].is_empty() && self.right[item].is_empty()
    }

    /// Replaces the order of a column.
    pub fn set_column(&mut self, column: usize, items: Vec<usize>) {
        for (place, &item) in items.iter().enumerate() {
            self.place[item] = place;
        }
        self.columns[column] = items;
    }

    fn chain_up(&mut self, edges: &[(usize, usize)]) {
        let mut feeds = vec![0_usize; self.cards];
        let mut fed_by = vec![0_usize; self.cards];
        for &(left, right) in edges {
            feeds[left] += 1;
            fed_by[right] += 1;
        }
        let mut way_points = BTreeMap::new();
        let mut links = BTreeSet::new();
        for &(left, right) in edges {
            if left == right {
                self.chains.push(Vec::new());
                continue;
            }
            let hub = if feeds[left] >= fed_by[right] { Hub::Feeds(left) } else { Hub::Fed(right) };
            let mut chain = vec![left];
            for column in self.column_of[left] + 1..self.column_of[right] {
                chain.push(*way_points.entry((hub, column)).or_insert_with(|| self.add_way_point(column)));
            }
            chain.push(right);
            for pair in chain.windows(2) {
                if links.insert((pair[0], pair[1])) {
                    self.right[pair[0]].push(pair[1]);
                    self.left[pair[1]].push(pair[0]);
                }
            }
            self.chains.push(chain);
        }
    }

    fn add_way_point(&mut self, column: usize) -> usize {
        self.column_of.push(column);
        self.place.push(0);
        self.left.push(Vec::new());
        self.right.push(Vec::new());
        self.column_of.len() - 1
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Card, columns};
    use super::*;

    fn layers(lanes: &[usize], edges: &[(usize, usize)]) -> Layers {
        let cards = lanes.iter().map(|&lane| Card { lane, height: 58.0 }).collect();
        let graph = Graph { lanes: 4, cards, edges: edges.to_vec() };
        Layers::new(&graph, &columns::assign(&graph))
    }

    #[test]
    fn a_hub_shares_its_way_points() {
        let layers = layers(&[0, 3, 3, 3], &[(0, 1), (0, 2), (0, 3)]);
        assert_eq!(layers.len(), 4 + 2);
        assert_eq!(layers.chains[2], [0, 4, 5, 3]);
        assert_eq!(layers.right[5], [1, 2, 3]);
    }

    #[test]
    fn lines_to_a_fed_hub_join() {
        let layers = layers(&[0, 0, 3], &[(0, 2), (1, 2)]);
        assert_eq!(layers.len(), 3 + 2);
        assert_eq!(layers.left[3], [0, 1]);
    }

    #[test]
    fn an_edge_against_the_flow_runs_from_its_left_end() {
        assert_eq!(layers(&[1, 2], &[(1, 0)]).chains, [vec![0, 1]]);
    }

    #[test]
    fn an_edge_to_itself_has_no_way() {
        assert_eq!(layers(&[1], &[(0, 0)]).chains, [Vec::<usize>::new()]);
    }
}
