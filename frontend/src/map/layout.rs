//! Where everything on the map stands: a layered layout, left to right, of our own.
//!
//! It goes by the published method for layered drawings (Sugiyama, Tagawa and Toda, 1981), with lanes as a constraint:
//! 1. [`columns`]: every lane takes one or more columns; packages flow from a column to one further right.
//! 2. [`layers`]: an edge over several columns gets a way-point in each column that it passes. The edges of a hub
//!    share their way-points, so a store that feeds two hundred repositories takes one line and not two hundred.
//! 3. [`order`]: who stands above whom, so that few edges cross (barycentre sweeps, then exchanges of neighbours).
//! 4. [`heights`]: how far down each stands, close to its neighbours (least squares by isotonic regression).
//! 5. [`routes`]: the curves.
//!
//! The same graph always gives the same picture: there is no chance and no clock in it.

use super::geometry::Frame;

mod columns;
mod heights;
mod layers;
mod order;
mod routes;

pub use routes::Hop;

/// Width of every card.
pub const CARD_WIDTH: f64 = 176.0;
/// Between two columns where few edges pass.
const COLUMN_GAP: f64 = 38.0;
/// What crowded gaps get more, at most.
const MOST_EXTRA_GAP: f64 = 72.0;

/// A card to be placed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Card {
    /// Which lane it belongs to, counted from the left.
    pub lane: usize,
    /// Its height.
    pub height: f64,
}

/// What is to be laid out.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Graph {
    /// How many lanes there are. Lanes without cards keep their room.
    pub lanes: usize,
    /// Cards; their order decides where nothing else does.
    pub cards: Vec<Card>,
    /// Edges from card to card, in the direction packages flow.
    pub edges: Vec<(usize, usize)>,
}

/// The room of a lane.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    /// Left side of its first column.
    pub left: f64,
    /// Right side of its last column.
    pub right: f64,
}

/// The finished drawing. Its top left corner is 0, 0; every coordinate is a whole number.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Layout {
    /// The place of each card, in the order of [`Graph::cards`].
    pub cards: Vec<Frame>,
    /// The cards of each column, top to bottom.
    pub columns: Vec<Vec<usize>>,
    /// The room of each lane, left to right.
    pub lanes: Vec<Band>,
    /// Every piece of curve once.
    pub hops: Vec<Hop>,
    /// The pieces of each edge, left to right, in the order of [`Graph::edges`]. None for an edge from a card to itself.
    pub routes: Vec<Vec<usize>>,
    /// Width of it all.
    pub width: f64,
    /// Height of it all.
    pub height: f64,
}

/// Lays the graph out.
pub fn lay_out(graph: &Graph) -> Layout {
    let columns = columns::assign(graph);
    let mut layers = layers::Layers::new(graph, &columns);
    order::reduce_crossings(&mut layers);
    let item_heights: Vec<f64> =
        (0..layers.len()).map(|item| graph.cards.get(item).map_or(0.0, |card| card.height)).collect();
    let middles = heights::settle(&layers, &item_heights);
    let lefts = column_lefts(&layers);
    let (hops, routes) = routes::draw(&layers, &middles, &lefts);
    let cards: Vec<Frame> = (0..graph.cards.len())
        .map(|card| Frame {
            x: lefts[layers.column_of[card]],
            y: middles[card] - item_heights[card] / 2.0,
            width: CARD_WIDTH,
            height: item_heights[card],
        })
        .map(|frame| Frame { y: frame.y.round(), ..frame })
        .collect();
    let lanes = columns
        .lanes
        .iter()
        .map(|range| Band { left: lefts[range.start], right: lefts[range.end - 1] + CARD_WIDTH })
        .collect();
    let lowest_card = cards.iter().map(Frame::bottom).fold(0.0, f64::max);
    let lowest_edge = hops.iter().map(|hop| hop.from.y.max(hop.to.y)).fold(0.0, f64::max);
    let only_cards = |column: &Vec<usize>| column.iter().copied().filter(|&item| item < graph.cards.len()).collect();
    Layout {
        columns: layers.columns.iter().map(only_cards).collect(),
        cards,
        lanes,
        hops,
        routes,
        width: lefts.last().map_or(0.0, |left| left + CARD_WIDTH),
        height: lowest_card.max(lowest_edge),
    }
}

/// The left side of each column. A gap through which many edges turn gets more room.
fn column_lefts(layers: &layers::Layers) -> Vec<f64> {
    let mut lefts = Vec::with_capacity(layers.columns.len());
    let mut left = 0.0;
    for column in &layers.columns {
        lefts.push(left);
        let links: usize = column.iter().map(|&item| layers.right[item].len()).sum();
        let extra = (links.saturating_sub(12) as f64 * 1.5).min(MOST_EXTRA_GAP);
        left += (CARD_WIDTH + COLUMN_GAP + extra).round();
    }
    lefts
}

#[cfg(test)]
mod tests;
