//! The names of the lanes above the map, and the lines between them. They follow the map sideways only.

use leptos::prelude::*;
use shared::topology::Lane;

use super::state::MapState;

/// How close to the left side of the window a heading may come while its lane is on the screen.
const LEFT: f64 = 12.0;
/// What the longest heading needs.
const ROOM: f64 = 64.0;

/// The names. Decoration: every card says its own role.
#[component]
pub fn Headings(state: MapState) -> impl IntoView {
    let headings = Lane::ALL.into_iter().enumerate().map(|(lane, of)| {
        let heading = move || px(heading_at(state, lane));
        // Too far away to have a name: its neighbour's would cover it.
        let hidden = move || !has_room(state, lane);
        view! { <span class="map__heading" hidden=hidden style:translate=heading>{of.title()}</span> }
    });
    view! { <div class="map__headings" aria-hidden="true">{headings.collect::<Vec<_>>()}</div> }
}

/// The lines, below the cards.
#[component]
pub fn Lines(state: MapState) -> impl IntoView {
    let lines = (1..Lane::ALL.len()).map(|lane| {
        let line = move || px(line_before(state, lane));
        view! { <i class="map__line" style:translate=line></i> }
    });
    view! { <div class="map__headings" aria-hidden="true">{lines.collect::<Vec<_>>()}</div> }
}

/// At the left side of its lane, or of the window while the lane reaches into it.
fn heading_at(state: MapState, lane: usize) -> f64 {
    let (chart, viewport) = (state.chart.read(), state.viewport.get());
    let Some(band) = chart.layout.lanes.get(lane) else { return 0.0 };
    let on_screen = |x: f64| viewport.origin.x + x * viewport.zoom;
    on_screen(band.left).max(LEFT.min(on_screen(band.right) - ROOM))
}

/// Whether the name of a lane ends before the next lane begins.
fn has_room(state: MapState, lane: usize) -> bool {
    let chart = state.chart.read();
    let next = chart.layout.lanes.get(lane + 1).zip(chart.layout.lanes.get(lane));
    next.is_none_or(|(next, this)| (next.left - this.left) * state.viewport.read().zoom >= ROOM)
}

/// In the middle between a lane and the one before it.
fn line_before(state: MapState, lane: usize) -> f64 {
    let (chart, viewport) = (state.chart.read(), state.viewport.get());
    let (Some(before), Some(after)) = (chart.layout.lanes.get(lane - 1), chart.layout.lanes.get(lane)) else {
        return 0.0;
    };
    viewport.origin.x + f64::midpoint(before.right, after.left) * viewport.zoom
}

fn px(value: f64) -> String {
    format!("{}px", value as i32)
}
