//! The curves of the edges.

use std::collections::BTreeMap;

use super::super::geometry::Point;
use super::CARD_WIDTH;
use super::layers::Layers;

/// A piece of an edge: a curve through the gap between two columns, level at both ends, and then straight on
/// through the second column where the edge only passes it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hop {
    /// Right side of the left column.
    pub from: Point,
    /// Left side of the right column.
    pub to: Point,
    /// The x up to which the edge runs straight on; `to.x` where it ends at a card.
    pub until: f64,
}

impl Hop {
    /// The point of the curve at `t`, 0 at its left end and 1 at its right end.
    pub fn at(&self, t: f64) -> Point {
        let middle = f64::midpoint(self.from.x, self.to.x);
        let (a, b, c, d) = ((1.0 - t).powi(3), 3.0 * t * (1.0 - t).powi(2), 3.0 * t * t * (1.0 - t), t.powi(3));
        Point { x: a * self.from.x + (b + c) * middle + d * self.to.x, y: (a + b) * self.from.y + (c + d) * self.to.y }
    }

    /// Adds the piece to the text of an SVG path. Whole pixels: printing fractions costs more than they show.
    pub fn append_to(&self, path: &mut String) {
        let whole = |value: f64| (value as i32).to_string();
        let middle = whole(f64::midpoint(self.from.x, self.to.x));
        let (from, to) = ((whole(self.from.x), whole(self.from.y)), (whole(self.to.x), whole(self.to.y)));
        for part in ["M", &from.0, " ", &from.1] {
            path.push_str(part);
        }
        if from.1 == to.1 {
            path.push('H');
        } else {
            for part in ["C", &middle, " ", &from.1, " ", &middle, " ", &to.1, " ", &to.0, " ", &to.1, "H"] {
                path.push_str(part);
            }
        }
        path.push_str(&whole(self.until));
    }
}

/// All pieces once, and which pieces each edge is made of.
pub(super) fn draw(layers: &Layers, middles: &[f64], lefts: &[f64]) -> (Vec<Hop>, Vec<Vec<usize>>) {
    let mut hops = Vec::new();
    let mut known = BTreeMap::new();
    let routes = layers
        .chains
        .iter()
        .map(|chain| {
            chain
                .windows(2)
                .map(|pair| {
                    *known.entry((pair[0], pair[1])).or_insert_with(|| {
                        hops.push(hop(layers, middles, lefts, pair[0], pair[1]));
                        hops.len() - 1
                    })
                })
                .collect()
        })
        .collect();
    (hops, routes)
}

fn hop(layers: &Layers, middles: &[f64], lefts: &[f64], left: usize, right: usize) -> Hop {
    let start = lefts[layers.column_of[left]] + CARD_WIDTH;
    let end = lefts[layers.column_of[right]];
    Hop {
        from: Point { x: start, y: middles[left].round() },
        to: Point { x: end, y: middles[right].round() },
        until: if layers.is_way_point(right) { end + CARD_WIDTH } else { end },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hop(from: (f64, f64), to: (f64, f64), until: f64) -> Hop {
        Hop { from: Point { x: from.0, y: from.1 }, to: Point { x: to.0, y: to.1 }, until }
    }

    #[test]
    fn a_curve_is_written_level_at_both_ends() {
        let mut path = String::new();
        hop((176.0, 29.0), (212.0, 107.0), 388.0).append_to(&mut path);
        assert_eq!(path, "M176 29C194 29 194 107 212 107H388");
    }

    #[test]
    fn a_level_edge_is_a_straight_line() {
        let mut path = String::new();
        hop((176.0, 29.0), (212.0, 29.0), 212.0).append_to(&mut path);
        assert_eq!(path, "M176 29H212");
    }

    #[test]
    fn a_curve_starts_and_ends_where_it_says() {
        let hop = hop((176.0, 29.0), (212.0, 107.0), 388.0);
        assert_eq!((hop.at(0.0), hop.at(1.0)), (hop.from, hop.to));
        assert_eq!(hop.at(0.5), Point { x: 194.0, y: 68.0 });
    }
}
