//! The edges, and the priorities on them.

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;

use super::chart::Chart;
use super::layout::Hop;
use super::numbers;
use super::state::MapState;

/// Pieces of edges are drawn together by gap and by so many pixels of height: a few large paths cost less than
/// thousands of small ones, and those off the screen cost nothing.
const BUNDLE: f64 = 1_000.0;

/// All edges as one drawing, and the priorities above it.
#[component]
pub fn Edges(state: MapState) -> impl IntoView {
    let still = Memo::new(move |_| {
        let chart = state.chart.read();
        let leaking: BTreeSet<usize> =
            (0..chart.edges.len()).filter(|&edge| chart.is_leaking(&chart.edges[edge])).collect();
        bundles(&chart, &leaking)
    });
    let ways = Memo::new(move |_| {
        let (chart, marks) = (state.chart.read(), state.marks.read());
        let used = marks.edges.iter().filter(|edge| !marks.leaking.contains(edge));
        (path(&chart, used), path(&chart, marks.leaking.iter()))
    });
    let size = move || {
        let chart = state.chart.read();
        (chart.layout.width as i32, chart.layout.height as i32)
    };
    view! {
        <svg class="edges" width=move || size().0 height=move || size().1 aria-hidden="true">
            {move || still.get().into_iter().map(|path| view! { <path class="edges__still" d=path /> }).collect::<Vec<_>>()}
            <path class="edges__used" d=move || ways.read().0.clone() />
            <path class="edges__under" d=move || ways.read().1.clone() />
            <path class="edges__leaking" d=move || ways.read().1.clone() />
        </svg>
        <Numbers state />
    }
}

/// The priorities of upstreams, on their edges.
#[component]
fn Numbers(state: MapState) -> impl IntoView {
    let numbered = state.numbered();
    move || {
        let (chart, marks) = (state.chart.read(), state.marks.read());
        numbers::place(&chart, numbered.get().into_iter())
            .into_iter()
            .map(|number| {
                let class = if marks.leaking.contains(&number.edge) {
                    "priority priority--leaking"
                } else if marks.edges.contains(&number.edge) {
                    "priority priority--used"
                } else {
                    "priority"
                };
                let (x, y) = (number.at.x as i32, number.at.y as i32);
                view! {
                    <span class=class style:inset=format!("{y}px auto auto {x}px") aria-hidden="true">{number.priority}</span>
                }
            })
            .collect::<Vec<_>>()
    }
}

/// The pieces of all edges, those that only the left-out edges use left out too.
fn bundles(chart: &Chart, left_out: &BTreeSet<usize>) -> Vec<String> {
    let kept = (0..chart.edges.len()).filter(|edge| !left_out.contains(edge));
    let hops: BTreeSet<usize> = kept.flat_map(|edge| chart.layout.routes[edge].iter().copied()).collect();
    let mut bundles: BTreeMap<(i64, i64), String> = BTreeMap::new();
    for hop in hops.into_iter().map(|hop| &chart.layout.hops[hop]) {
        hop.append_to(bundles.entry(bundle(hop)).or_default());
    }
    bundles.into_values().collect()
}

fn bundle(hop: &Hop) -> (i64, i64) {
    (hop.from.x as i64, (f64::midpoint(hop.from.y, hop.to.y) / BUNDLE) as i64)
}

/// These edges as one path, every piece once.
fn path<'a>(chart: &Chart, edges: impl Iterator<Item = &'a usize>) -> String {
    let hops: BTreeSet<usize> = edges.flat_map(|&edge| chart.layout.routes[edge].iter().copied()).collect();
    let mut path = String::new();
    for hop in hops {
        chart.layout.hops[hop].append_to(&mut path);
    }
    path
}
