//! Where the priority numbers stand on the edges.

use super::chart::Chart;
use super::geometry::{Frame, Point};
use super::layout::Hop;

/// Room of a number.
const ROOM: (f64, f64) = (24.0, 18.0);
/// Places along the curve that are tried, best first.
const PLACES: [f64; 7] = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8];

/// A priority on its edge.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Number {
    /// The edge.
    pub edge: usize,
    /// What it says.
    pub priority: usize,
    /// The middle of it.
    pub at: Point,
}

/// Puts the numbers onto the last piece of each edge, where they do not cover each other.
/// Edges without a priority get none.
pub fn place(chart: &Chart, edges: impl Iterator<Item = usize>) -> Vec<Number> {
    let mut taken: Vec<Frame> = Vec::new();
    let mut numbers = Vec::new();
    for edge in edges {
        let (Some(priority), Some(hop)) = (chart.edges[edge].priority, last_hop(chart, edge)) else { continue };
        let free = |t: &f64| taken.iter().all(|other| !other.overlaps(&room(hop.at(*t))));
        let at = hop.at(PLACES.into_iter().find(free).unwrap_or(PLACES[0]));
        taken.push(room(at));
        numbers.push(Number { edge, priority, at });
    }
    numbers
}

/// The piece that ends at the card that is fed.
pub fn last_hop(chart: &Chart, edge: usize) -> Option<&Hop> {
    let route = &chart.layout.routes[edge];
    let (from, to) = (chart.layout.cards[chart.edges[edge].from], chart.layout.cards[chart.edges[edge].to]);
    let hop = if from.x <= to.x { route.last() } else { route.first() };
    hop.map(|&hop| &chart.layout.hops[hop])
}

fn room(middle: Point) -> Frame {
    Frame { x: middle.x - ROOM.0 / 2.0, y: middle.y - ROOM.1 / 2.0, width: ROOM.0, height: ROOM.1 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::chart::samples;

    #[test]
    fn only_upstreams_have_a_number() {
        let chart = samples::leaking();
        let numbers = place(&chart, 0..chart.edges.len());
        assert_eq!(numbers.iter().map(|number| number.priority).collect::<Vec<_>>(), [1, 1, 2]);
    }

    #[test]
    fn numbers_do_not_cover_each_other() {
        let names: Vec<String> = (0..8).map(|n| format!("store-{n}")).collect();
        let mut repositories: Vec<_> =
            names.iter().map(|name| samples::repository(name, &[], Some("public:npmjs"))).collect();
        let upstreams: Vec<&str> = names.iter().map(String::as_str).collect();
        repositories.push(samples::repository("team", &upstreams, None));
        let chart = samples::chart(repositories);
        let numbers = place(&chart, 0..chart.edges.len());
        assert_eq!(numbers.len(), 8);
        for (index, number) in numbers.iter().enumerate() {
            assert!(numbers[..index].iter().all(|other| !room(other.at).overlaps(&room(number.at))));
        }
    }
}
