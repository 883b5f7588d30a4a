//! Who stands above whom in a column, so that few edges cross.

use super::layers::Layers;

mod crossings;

/// Sweeps without a better picture after which it stops.
const PATIENCE: usize = 4;

/// How often the columns are swept at most. A large picture has crossings whatever is done: it is not worth the wait.
fn most_sweeps(items: usize) -> usize {
    if items <= 300 { 24 } else { 6 }
}

/// Looks for an order with few crossings: starts from both sides, sweeps, exchanges neighbours, keeps the best.
/// Items without links stand last in their column.
pub(super) fn reduce_crossings(layers: &mut Layers) {
    let mut best: Option<(usize, Vec<Vec<usize>>)> = None;
    for rightwards in [true, false] {
        start_depth_first(layers, rightwards);
        let (crossings, columns) = improve(layers);
        if best.as_ref().is_none_or(|(fewest, _)| crossings < *fewest) {
            best = Some((crossings, columns));
        }
        if crossings == 0 {
            break;
        }
    }
    let Some((_, columns)) = best else { return };
    for (column, mut items) in columns.into_iter().enumerate() {
        // A stable sort: those with links keep the order that was found.
        items.sort_by_key(|&item| layers.is_alone(item));
        layers.set_column(column, items);
    }
}

fn improve(layers: &mut Layers) -> (usize, Vec<Vec<usize>>) {
    let mut best = (crossings::count(layers), layers.columns.clone());
    let mut stale = 0;
    for round in 0..most_sweeps(layers.len()) {
        if best.0 == 0 || stale == PATIENCE {
            break;
        }
        sweep(layers, round % 2 == 0);
        crossings::exchange_neighbours(layers);
        let now = crossings::count(layers);
        if now < best.0 {
            best = (now, layers.columns.clone());
            stale = 0;
        } else {
            stale += 1;
        }
    }
    best
}

/// The order in which a walk along the links meets the items: what hangs together starts together.
fn start_depth_first(layers: &mut Layers, rightwards: bool) {
    let mut met = vec![false; layers.len()];
    let mut columns = vec![Vec::new(); layers.columns.len()];
    let mut starts: Vec<usize> = (0..layers.len()).collect();
    starts.sort_by_key(
        |&item| {
            if rightwards { layers.column_of[item] } else { layers.columns.len() - layers.column_of[item] }
        },
    );
    for start in starts {
        let mut open = vec![start];
        while let Some(item) = open.pop() {
            if std::mem::replace(&mut met[item], true) {
                continue;
            }
            columns[layers.column_of[item]].push(item);
            let further = if rightwards { &layers.right[item] } else { &layers.left[item] };
            open.extend(further.iter().rev());
        }
    }
    for (column, items) in columns.into_iter().enumerate() {
        layers.set_column(column, items);
    }
}

/// Orders each column by the mean place of its neighbours in the column before it, rightwards or leftwards.
fn sweep(layers: &mut Layers, rightwards: bool) {
    let count = layers.columns.len();
    for step in 1..count {
        let column = if rightwards { step } else { count - 1 - step };
        let mean = |&item: &usize| {
            let neighbours = if rightwards { &layers.left[item] } else { &layers.right[item] };
            if neighbours.is_empty() {
                // Without a neighbour on that side it keeps its place.
                return layers.place[item] as f64;
            }
            neighbours.iter().map(|&other| layers.place[other]).sum::<usize>() as f64 / neighbours.len() as f64
        };
        let mut keyed: Vec<(f64, usize)> = layers.columns[column].iter().map(|item| (mean(item), *item)).collect();
        keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
        layers.set_column(column, keyed.into_iter().map(|(_, item)| item).collect());
    }
}
