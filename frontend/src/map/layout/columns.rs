//! Which column each card stands in.

use std::ops::Range;

use super::Graph;

/// A lane is folded into several columns only above this many cards in one.
const FEWEST_TO_FOLD: usize = 18;
/// The picture should not be wider than this many times its height.
const WIDEST: f64 = 1.7;
/// What a card takes of the picture's width and of a column's height, with its share of the edges that pass by.
const CARD_PITCH: (f64, f64) = (264.0, 90.0);

/// The column of every card.
#[derive(Debug, PartialEq)]
pub(super) struct Columns {
    /// Column of each card, counted from the left.
    pub of: Vec<usize>,
    /// The columns of each lane; never empty.
    pub lanes: Vec<Range<usize>>,
}

/// Gives every lane a row of columns. Within a lane a card stands right of the cards that feed it, and where too many
/// would stand in one column they are folded into several, so that a large domain is not one endless strip.
pub(super) fn assign(graph: &Graph) -> Columns {
    let depths = depths_within_lanes(graph);
    let mut groups: Vec<Vec<Vec<usize>>> = vec![vec![Vec::new()]; graph.lanes];
    for (card, &depth) in depths.iter().enumerate() {
        let lane = &mut groups[graph.cards[card].lane];
        if lane.len() <= depth {
            lane.resize(depth + 1, Vec::new());
        }
        lane[depth].push(card);
    }
    let most = cards_in_a_column(groups.iter().flatten().map(Vec::len).collect());
    let mut columns = Columns { of: vec![0; graph.cards.len()], lanes: Vec::new() };
    let mut next = 0;
    for lane in groups {
        let start = next;
        for group in lane {
            let folds = group.len().div_ceil(most).max(1);
            let share = group.len().div_ceil(folds).max(1);
            for (place, card) in group.into_iter().enumerate() {
                columns.of[card] = next + place / share;
            }
            next += folds;
        }
        columns.lanes.push(start..next);
    }
    columns
}

/// How many cards a column may hold: as few as the proportion of the picture allows.
fn cards_in_a_column(groups: Vec<usize>) -> usize {
    let largest = groups.iter().copied().max().unwrap_or(0);
    let wide_enough = |most: usize| {
        let columns: usize = groups.iter().map(|group| group.div_ceil(most).max(1)).sum();
        columns as f64 * CARD_PITCH.0 <= WIDEST * most as f64 * CARD_PITCH.1
    };
    (FEWEST_TO_FOLD..largest).find(|&most| wide_enough(most)).unwrap_or(largest.max(FEWEST_TO_FOLD))
}

/// How many cards of its own lane a card has to its left, on the longest way. Edges that close a circle do not count.
fn depths_within_lanes(graph: &Graph) -> Vec<usize> {
    let count = graph.cards.len();
    let mut feeds = vec![Vec::new(); count];
    for &(from, to) in &graph.edges {
        if from != to && graph.cards[from].lane == graph.cards[to].lane {
            feeds[from].push(to);
        }
    }
    let order = feeders_first(&feeds);
    let mut place = vec![0; count];
    for (at, &card) in order.iter().enumerate() {
        place[card] = at;
    }
    let mut depths = vec![0; count];
    for &card in &order {
        for &fed in feeds[card].iter().filter(|&&fed| place[card] < place[fed]) {
            depths[fed] = depths[fed].max(depths[card] + 1);
        }
    }
    depths
}

/// Cards in an order in which feeders come before what they feed, as far as circles allow:
/// depth first, each card once all it feeds is done, backwards.
fn feeders_first(feeds: &[Vec<usize>]) -> Vec<usize> {
    let mut order = Vec::with_capacity(feeds.len());
    let mut seen = vec![false; feeds.len()];
    for start in 0..feeds.len() {
        if std::mem::replace(&mut seen[start], true) {
            continue;
        }
        let mut open = vec![(start, 0)];
        while let Some((card, next)) = open.last_mut() {
            match feeds[*card].get(*next) {
                Some(&fed) => {
                    *next += 1;
                    if !std::mem::replace(&mut seen[fed], true) {
                        open.push((fed, 0));
                    }
                }
                None => {
                    order.push(*card);
                    open.pop();
                }
            }
        }
    }
    order.reverse();
    order
}

#[cfg(test)]
mod tests {
    use super::super::Card;
    use super::*;

    fn graph(lanes: &[usize], edges: &[(usize, usize)]) -> Graph {
        let cards = lanes.iter().map(|&lane| Card { lane, height: 58.0 }).collect();
        Graph { lanes: 4, cards, edges: edges.to_vec() }
    }

    #[test]
    fn a_card_stands_right_of_its_feeders_in_the_same_lane() {
        let columns = assign(&graph(&[2, 2, 2], &[(0, 1), (1, 2), (0, 2)]));
        assert_eq!(columns.of, [2, 3, 4]);
        assert_eq!(columns.lanes, [0..1, 1..2, 2..5, 5..6]);
    }

    #[test]
    fn a_circle_of_upstreams_still_gets_columns() {
        let columns = assign(&graph(&[2, 2], &[(0, 1), (1, 0)]));
        assert_eq!(columns.of, [2, 3]);
    }

    #[test]
    fn a_crowded_lane_is_folded_into_columns_of_like_size() {
        let columns = assign(&graph(&[2; 100], &[]));
        assert!(columns.lanes[2].len() > 1);
        let sizes: Vec<_> =
            columns.lanes[2].clone().map(|at| columns.of.iter().filter(|&&of| of == at).count()).collect();
        assert!(sizes.iter().max().unwrap() - sizes.iter().min().unwrap() < sizes.len(), "{sizes:?}");
    }

    #[test]
    fn a_small_lane_is_not_folded() {
        assert_eq!(assign(&graph(&[2; 18], &[])).lanes[2], 2..3);
    }
}
