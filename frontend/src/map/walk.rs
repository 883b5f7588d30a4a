//! Walking over the map by keyboard: left and right along the edges, up and down within a column.

use super::layout::Layout;

/// Where an arrow key points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// To what feeds this card.
    Left,
    /// To what this card feeds.
    Right,
    /// To the card above in the same column.
    Up,
    /// To the card below in the same column.
    Down,
}

/// The card that an arrow key leads to; none where there is no way on.
/// Of several neighbours it is the one at the most similar height, and of two equally near the upper one.
pub fn step(layout: &Layout, edges: &[(usize, usize)], at: usize, direction: Direction) -> Option<usize> {
    match direction {
        Direction::Left => nearest(layout, at, edges.iter().filter(|edge| edge.1 == at).map(|edge| edge.0)),
        Direction::Right => nearest(layout, at, edges.iter().filter(|edge| edge.0 == at).map(|edge| edge.1)),
        Direction::Up => beside(layout, at, |place| place.checked_sub(1)),
        Direction::Down => beside(layout, at, |place| Some(place + 1)),
    }
}

fn nearest(layout: &Layout, at: usize, neighbours: impl Iterator<Item = usize>) -> Option<usize> {
    let middle = layout.cards[at].centre().y;
    let distance = |card: &usize| (layout.cards[*card].centre().y - middle).abs();
    neighbours.filter(|&card| card != at).min_by(|a, b| {
        let by_height = layout.cards[*a].y.total_cmp(&layout.cards[*b].y);
        distance(a).total_cmp(&distance(b)).then(by_height)
    })
}

fn beside(layout: &Layout, at: usize, next: impl Fn(usize) -> Option<usize>) -> Option<usize> {
    layout.columns.iter().find_map(|column| {
        let place = column.iter().position(|&card| card == at)?;
        column.get(next(place)?).copied()
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::layout::{Card, Graph, lay_out};
    use super::*;

    fn graph(lanes: &[usize], edges: &[(usize, usize)]) -> Graph {
        let cards = lanes.iter().map(|&lane| Card { lane, height: 58.0 }).collect();
        Graph { lanes: 4, cards, edges: edges.to_vec() }
    }

    #[test]
    fn arrows_follow_the_packages() {
        let graph = graph(&[1, 2, 3], &[(0, 1), (1, 2)]);
        let layout = lay_out(&graph);
        assert_eq!(step(&layout, &graph.edges, 1, Direction::Left), Some(0));
        assert_eq!(step(&layout, &graph.edges, 1, Direction::Right), Some(2));
    }

    #[test]
    fn there_is_no_way_past_the_ends() {
        let graph = graph(&[1, 2], &[(0, 1)]);
        let layout = lay_out(&graph);
        for (at, direction) in [(0, Direction::Left), (1, Direction::Right), (0, Direction::Up), (1, Direction::Down)] {
            assert_eq!(step(&layout, &graph.edges, at, direction), None);
        }
    }

    #[test]
    fn of_several_upstreams_the_one_at_the_same_height_is_taken() {
        let graph = graph(&[1, 1, 1, 2, 2, 2], &[(0, 3), (1, 4), (2, 5), (0, 4), (2, 4)]);
        let layout = lay_out(&graph);
        let middle = layout.columns[2][1];
        assert_eq!(step(&layout, &graph.edges, middle, Direction::Left), Some(layout.columns[1][1]));
    }

    proptest! {
        #[test]
        fn down_and_up_lead_back(lanes in prop::collection::vec(0..4_usize, 1..20), at in 0..20_usize) {
            let graph = graph(&lanes, &[]);
            let layout = lay_out(&graph);
            let at = at % lanes.len();
            if let Some(below) = step(&layout, &graph.edges, at, Direction::Down) {
                prop_assert!(layout.cards[below].y > layout.cards[at].y);
                prop_assert_eq!(step(&layout, &graph.edges, below, Direction::Up), Some(at));
            }
        }

        #[test]
        fn right_and_left_follow_an_edge(
            lanes in prop::collection::vec(0..4_usize, 2..20),
            edges in prop::collection::vec((0..20_usize, 0..20_usize), 0..30),
            at in 0..20_usize,
        ) {
            let edges: Vec<_> = edges.into_iter().map(|(a, b)| (a % lanes.len(), b % lanes.len())).collect();
            let graph = graph(&lanes, &edges);
            let layout = lay_out(&graph);
            let at = at % lanes.len();
            if let Some(to) = step(&layout, &graph.edges, at, Direction::Right) {
                prop_assert!(edges.contains(&(at, to)));
            }
            if let Some(from) = step(&layout, &graph.edges, at, Direction::Left) {
                prop_assert!(edges.contains(&(from, at)));
            }
        }
    }
}
