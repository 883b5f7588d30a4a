//! How far down each item stands.

use super::layers::Layers;

/// How often all columns are gone through.
const ROUNDS: usize = 40;
/// In the first rounds a column listens only to the column it is reached from, so that the picture unfolds.
const ONE_SIDED_ROUNDS: usize = ROUNDS / 4;
/// In the last rounds nothing but the neighbours counts, so that what can stand level does.
const LEVELLING_ROUNDS: usize = 10;
/// How strongly every item is drawn to the middle: little, but enough to keep the picture together.
const GRAVITY: f64 = 0.3;
/// How strongly an item without a neighbour to listen to stays where it is.
const INERTIA: f64 = 1e-6;
/// How strongly an item without neighbours pulls towards the others of its column: just so that it follows them.
const FOLLOWING: f64 = 1e-6;
/// Between two cards of a column: at most, where there is room, and at least.
const CARD_GAP: (f64, f64) = (60.0, 20.0);
/// What a column may take before its cards stand closer.
const COMFORTABLE: f64 = 560.0;
/// Between a card and an edge that passes it.
const EDGE_TO_CARD: f64 = 12.0;
/// Between two edges that pass side by side.
const EDGE_GAP: f64 = 7.0;

/// The middle of every item: as close to the middles of its neighbours as the order and the distances allow, the
/// topmost edge at 0. Each column in turn takes the least-squares solution for its neighbours' present places.
pub(super) fn settle(layers: &Layers, heights: &[f64]) -> Vec<f64> {
    let gap = card_gap(layers, heights);
    let offsets: Vec<Vec<f64>> = layers.columns.iter().map(|column| stacked(layers, heights, column, gap)).collect();
    let mut middles = vec![0.0; layers.len()];
    for (column, offsets) in layers.columns.iter().zip(&offsets) {
        let half = offsets.last().copied().unwrap_or(0.0) / 2.0;
        for (&item, offset) in column.iter().zip(offsets) {
            middles[item] = offset - half;
        }
    }
    let count = layers.columns.len();
    for round in 0..ROUNDS {
        let rightwards = round % 2 == 0;
        for step in 0..count {
            let column = if rightwards { step } else { count - 1 - step };
            let wishes: Vec<(f64, f64)> =
                layers.columns[column].iter().map(|&item| wish(layers, &middles, item, round, rightwards)).collect();
            for (&item, middle) in layers.columns[column].iter().zip(fit(&wishes, &offsets[column])) {
                middles[item] = middle;
            }
        }
    }
    let tops = middles.iter().zip(heights).map(|(middle, height)| middle - height / 2.0);
    let top = tops.fold(f64::INFINITY, f64::min);
    middles.iter().map(|middle| middle - top).collect()
}

/// The distance between cards with which the fullest column is still comfortable to look at.
fn card_gap(layers: &Layers, heights: &[f64]) -> f64 {
    let spare = |column: &Vec<usize>| {
        let cards = column.iter().filter(|&&item| !layers.is_way_point(item)).count();
        let taken: f64 = column.iter().map(|&item| heights[item]).sum();
        (cards > 1).then(|| (COMFORTABLE - taken) / (cards - 1) as f64)
    };
    layers.columns.iter().filter_map(spare).fold(CARD_GAP.0, f64::min).max(CARD_GAP.1)
}

/// Distances of the items from the first of their column when they stand as close as they may.
fn stacked(layers: &Layers, heights: &[f64], column: &[usize], card_gap: f64) -> Vec<f64> {
    let mut offset = 0.0;
    let mut offsets = Vec::with_capacity(column.len());
    offsets.extend(column.first().map(|_| offset));
    for pair in column.windows(2) {
        let gap = match (layers.is_way_point(pair[0]), layers.is_way_point(pair[1])) {
            (true, true) => EDGE_GAP,
            (false, false) => card_gap,
            _ => EDGE_TO_CARD,
        };
        offset += (heights[pair[0]] + heights[pair[1]]) / 2.0 + gap;
        offsets.push(offset);
    }
    offsets
}

/// Where an item would like to be, and how strongly.
fn wish(layers: &Layers, middles: &[f64], item: usize, round: usize, rightwards: bool) -> (f64, f64) {
    if layers.is_alone(item) {
        // It stands last: wishing to be where the first is, it stays right behind the others.
        let first = layers.columns[layers.column_of[item]][0];
        return (middles[first], FOLLOWING);
    }
    let both = round >= ONE_SIDED_ROUNDS;
    let levelling = round + LEVELLING_ROUNDS >= ROUNDS;
    let (mut sum, mut weight) = if levelling { (INERTIA * middles[item], INERTIA) } else { (0.0, GRAVITY) };
    let mut listen = |neighbours: &[usize]| {
        for &other in neighbours {
            let pull = pull(layers.is_way_point(item), layers.is_way_point(other));
            sum += pull * middles[other];
            weight += pull;
        }
    };
    if both || rightwards {
        listen(&layers.left[item]);
    }
    if both || !rightwards {
        listen(&layers.right[item]);
    }
    (sum / weight, weight)
}

/// Long edges pull harder, so that they run straight.
fn pull(way_point: bool, other_way_point: bool) -> f64 {
    match (way_point, other_way_point) {
        (true, true) => 12.0,
        (false, false) => 1.0,
        _ => 2.0,
    }
}

/// The places closest to the wishes, in the sense of weighted least squares, that keep order and distances:
/// isotonic regression by pooling neighbours that violate it, after the distances are subtracted.
fn fit(wishes: &[(f64, f64)], offsets: &[f64]) -> Vec<f64> {
    let mut pools: Vec<(f64, f64, usize)> = Vec::new();
    for (&(wish, weight), offset) in wishes.iter().zip(offsets) {
        let mut pool = (wish - offset, weight, 1);
        while let Some(&(value, weight, count)) = pools.last() {
            if value <= pool.0 {
                break;
            }
            pools.pop();
            let both = weight + pool.1;
            pool = ((value * weight + pool.0 * pool.1) / both, both, count + pool.2);
        }
        pools.push(pool);
    }
    let values = pools.iter().flat_map(|&(value, _, count)| std::iter::repeat_n(value, count));
    values.zip(offsets).map(|(value, offset)| value + offset).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn wishes_that_agree_are_granted() {
        assert_eq!(fit(&[(0.0, 1.0), (100.0, 1.0)], &[0.0, 60.0]), [0.0, 100.0]);
    }

    #[test]
    fn wishes_that_clash_meet_in_the_middle_by_weight() {
        assert_eq!(fit(&[(50.0, 1.0), (50.0, 1.0)], &[0.0, 60.0]), [20.0, 80.0]);
        assert_eq!(fit(&[(50.0, 3.0), (50.0, 1.0)], &[0.0, 60.0]), [35.0, 95.0]);
    }

    proptest! {
        #[test]
        fn distances_are_kept(wishes in prop::collection::vec((-500.0..500.0, 0.05..20.0), 1..12)) {
            let offsets: Vec<f64> = (0..wishes.len()).map(|n| n as f64 * 70.0).collect();
            let places = fit(&wishes, &offsets);
            prop_assert!(places.windows(2).all(|pair| pair[1] - pair[0] >= 70.0 - 1e-6));
        }
    }
}
