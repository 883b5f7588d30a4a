//! Counting crossings, and removing them by exchanging neighbours.

use super::super::layers::Layers;

/// How often all columns are gone through, at most.
const MOST_ROUNDS: usize = 2;
/// How often one column is gone through in a row, at most.
const MOST_PASSES: usize = 3;

/// How many pairs of links cross.
pub(super) fn count(layers: &Layers) -> usize {
    (1..layers.columns.len()).map(|column| count_before(layers, column)).sum()
}

/// Crossings of the links between a column and the one left of it, by an accumulated tree
/// (Barth, Jünger and Mutzel, 2002): in the time of a sort.
fn count_before(layers: &Layers, column: usize) -> usize {
    let leaves = layers.columns[column].len().next_power_of_two();
    let mut tree = vec![0_usize; 2 * leaves];
    let mut crossings = 0;
    for &item in &layers.columns[column - 1] {
        let ends = sorted_places(layers, &layers.right[item]);
        for &end in &ends {
            let mut at = end + leaves;
            while at > 1 {
                if at.is_multiple_of(2) {
                    crossings += tree[at + 1];
                }
                at /= 2;
            }
        }
        for &end in &ends {
            let mut at = end + leaves;
            while at > 0 {
                tree[at] += 1;
                at /= 2;
            }
        }
    }
    crossings
}

/// Exchanges items that stand one above the other wherever that removes crossings, a bounded number of times.
pub(super) fn exchange_neighbours(layers: &mut Layers) {
    for _ in 0..MOST_ROUNDS {
        let mut better = false;
        for column in 0..layers.columns.len() {
            better |= exchange_in(layers, column);
        }
        if !better {
            break;
        }
    }
}

fn exchange_in(layers: &mut Layers, column: usize) -> bool {
    let mut items: Vec<(usize, Vec<usize>, Vec<usize>)> = layers.columns[column]
        .iter()
        .map(|&item| (item, sorted_places(layers, &layers.left[item]), sorted_places(layers, &layers.right[item])))
        .collect();
    let mut better = false;
    for _ in 0..MOST_PASSES {
        let mut moved = false;
        for at in 1..items.len() {
            let (above, below) = (&items[at - 1], &items[at]);
            let as_is = crossings_of(&above.1, &below.1) + crossings_of(&above.2, &below.2);
            let exchanged = crossings_of(&below.1, &above.1) + crossings_of(&below.2, &above.2);
            if exchanged < as_is {
                items.swap(at - 1, at);
                moved = true;
            }
        }
        better |= moved;
        if !moved {
            break;
        }
    }
    layers.set_column(column, items.into_iter().map(|(item, ..)| item).collect());
    better
}

/// Crossings between the links of two items, the first above the second, by the sorted places of their other ends.
fn crossings_of(above: &[usize], below: &[usize]) -> usize {
    let mut before = 0;
    above
        .iter()
        .map(|&end| {
            while below.get(before).is_some_and(|&other| other < end) {
                before += 1;
            }
            before
        })
        .sum()
}

fn sorted_places(layers: &Layers, items: &[usize]) -> Vec<usize> {
    let mut places: Vec<usize> = items.iter().map(|&item| layers.place[item]).collect();
    places.sort_unstable();
    places
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::super::{Card, Graph, columns};
    use super::*;

    fn two_columns(count: usize, edges: &[(usize, usize)]) -> Layers {
        let cards = (0..2 * count).map(|card| Card { lane: card / count, height: 58.0 }).collect();
        let edges = edges.iter().map(|&(from, to)| (from, to + count)).collect();
        let graph = Graph { lanes: 2, cards, edges };
        Layers::new(&graph, &columns::assign(&graph))
    }

    proptest! {
        #[test]
        fn the_tree_counts_what_comparing_all_pairs_counts(edges in prop::collection::btree_set((0..6_usize, 0..6_usize), 0..20)) {
            let edges: Vec<_> = edges.into_iter().collect();
            let cross = |a: &(usize, usize), b: &(usize, usize)| a.0 < b.0 && a.1 > b.1;
            let pairs = edges.iter().map(|a| edges.iter().filter(|b| cross(a, b)).count()).sum::<usize>();
            prop_assert_eq!(count(&two_columns(6, &edges)), pairs);
        }

        #[test]
        fn exchanging_never_makes_it_worse(edges in prop::collection::btree_set((0..6_usize, 0..6_usize), 0..20)) {
            let edges: Vec<_> = edges.into_iter().collect();
            let mut layers = two_columns(6, &edges);
            let before = count(&layers);
            exchange_neighbours(&mut layers);
            prop_assert!(count(&layers) <= before);
        }
    }
}
