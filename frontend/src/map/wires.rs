//! What is drawn while something is dragged from card to card, and what a proposed list of upstreams would change.

use leptos::prelude::*;

use super::chart::{Chart, Node};
use super::geometry::Point;
use super::state::MapState;
use super::wiring::{Held, Meaning, Wire};
use crate::place::Selected;

/// Room for the words beside the pointer, in screen pixels.
const WORDS_WIDTH: f64 = 320.0;

/// The edges that would come and go, the edge below the pointer, and what is dragged.
#[component]
pub fn Wires(state: MapState) -> impl IntoView {
    let changed = Memo::new(move |_| changed(&state.chart.read(), state));
    let taken = Memo::new(move |_| {
        let chart = state.chart.read();
        let held = state.wire.read().as_ref().and_then(|wire| match wire.held {
            Held::Edge(edge) => Some(edge),
            Held::Card(_) => None,
        });
        held.or(state.hot.get()).map(|edge| chart.edge_path(edge)).unwrap_or_default()
    });
    let dragged = move || {
        let wire = state.wire.read();
        let wire = wire.as_ref()?;
        let class = match wire.meaning {
            Meaning::Upstreams { .. } | Meaning::Connection { .. } => "wires__dragged wires__dragged--good",
            Meaning::Nothing(_) => "wires__dragged",
        };
        Some(view! { <path class=class d=state.chart.with(|chart| chart.dragged_path(wire)) /> })
    };
    view! {
        <svg class="wires" aria-hidden="true">
            <path class="wires__gone" d=move || changed.read().1.clone() />
            <path class="wires__new" d=move || changed.read().0.clone() />
            <path class="wires__taken" d=move || taken.get() />
            {dragged}
        </svg>
    }
}

/// What dropping it here would mean, beside the pointer.
#[component]
pub fn WireWords(state: MapState) -> impl IntoView {
    move || {
        let wire = state.wire.read();
        let wire = wire.as_ref()?;
        let good = !matches!(wire.meaning, Meaning::Nothing(_));
        let at = state.viewport.read().to_screen(wire.at);
        let (x, y) = (at.x as i32, at.y as i32 + 14);
        let left = at.x > state.window.read().width - WORDS_WIDTH;
        let mut class = String::from("wires__words");
        for (holds, modifier) in [(good, " wires__words--good"), (left, " wires__words--left")] {
            if holds {
                class.push_str(modifier);
            }
        }
        Some(
            view! { <p class=class style:inset=format!("{y}px auto auto {x}px")>{wire.meaning.words().to_owned()}</p> },
        )
    }
}

/// Paths of the edges that the proposed list would add, and of those that it would take away.
fn changed(chart: &Chart, state: MapState) -> (String, String) {
    let (mut new, mut gone) = (String::new(), String::new());
    let selected = state.selected.read();
    let (Some(key), Some(draft)) = (selected.as_ref(), state.draft.get()) else { return (new, gone) };
    let Some(node) = chart.find(key) else { return (new, gone) };
    let Node::Repository { repository, .. } = &chart.nodes[node] else { return (new, gone) };
    for upstream in draft.iter().filter(|upstream| !repository.upstreams.contains(upstream)) {
        let from = chart.find(&Selected::Repository(upstream.clone()));
        new.extend(from.map(|from| chart.straight(from, chart.entry(node))));
    }
    for (edge, _) in chart.edges.iter().enumerate().filter(|(_, edge)| edge.to == node && edge.priority.is_some()) {
        if !draft.iter().any(|upstream| upstream.as_str() == chart.nodes[chart.edges[edge].from].name()) {
            gone.push_str(&chart.edge_path(edge));
        }
    }
    (new, gone)
}

impl Chart {
    /// An edge alone.
    fn edge_path(&self, edge: usize) -> String {
        let mut path = String::new();
        for hop in self.layout.routes.get(edge).into_iter().flatten() {
            self.layout.hops[*hop].append_to(&mut path);
        }
        path
    }

    /// From what is held to the pointer.
    fn dragged_path(&self, wire: &Wire) -> String {
        let from = match wire.held {
            Held::Card(card) => card,
            Held::Edge(edge) => self.edges[edge].from,
        };
        self.straight(from, wire.at)
    }

    /// A curve from the right side of a card to a point.
    fn straight(&self, from: usize, to: Point) -> String {
        let frame = self.layout.cards[from];
        let (x, y) = (frame.right() as i32, frame.centre().y as i32);
        let bend = (f64::midpoint(frame.right(), to.x) as i32).max(x + 24);
        let (right, down) = (to.x as i32, to.y as i32);
        format!("M{x} {y}C{bend} {y} {} {down} {right} {down}", (right - 24).min(bend))
    }

    /// Where edges come into a card.
    fn entry(&self, card: usize) -> Point {
        let frame = self.layout.cards[card];
        Point { x: frame.x, y: frame.centre().y }
    }
}
