//! What keys do on the map. The whole map is one stop of the Tab key.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::chart::Node;
use super::state::MapState;
use super::walk::{self, Direction};

/// How much a key press zooms.
pub const ZOOM_STEP: f64 = 1.25;

/// The keyboard comes to the map: it starts at the card it left, the selected one, or the first repository.
pub fn enter(state: MapState) {
    let chart = state.chart.get_untracked();
    let selected = state.selected.get_untracked().and_then(|key| chart.find(&key));
    let first = || chart.nodes.iter().position(|node| matches!(node, Node::Repository { .. }));
    let there = state.focused.get_untracked().filter(|&node| node < chart.nodes.len());
    if let Some(node) = there.or(selected).or_else(first) {
        state.focused.set(Some(node));
        state.said.set(chart.spoken(node));
    }
}

/// A key is pressed on the map.
pub fn press(state: MapState, event: &KeyboardEvent, on_search: Callback<()>) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let focused = state.focused.get_untracked();
    match event.key().as_str() {
        "ArrowLeft" => step(state, Direction::Left),
        "ArrowRight" => step(state, Direction::Right),
        "ArrowUp" => step(state, Direction::Up),
        "ArrowDown" => step(state, Direction::Down),
        "Enter" => focused.into_iter().for_each(|node| state.open(node)),
        " " => focused.into_iter().for_each(|node| toggle(state, node)),
        "/" => on_search.run(()),
        "u" => focused.into_iter().for_each(|node| state.propose_for(node)),
        "f" => state.fit(),
        "+" | "=" => state.zoom(ZOOM_STEP),
        "-" => state.zoom(1.0 / ZOOM_STEP),
        "0" => state.full_size(),
        "Escape" => leave(state, event),
        _ => return,
    }
    event.prevent_default();
}

fn step(state: MapState, direction: Direction) {
    let chart = state.chart.get_untracked();
    let Some(from) = state.focused.get_untracked().filter(|&node| node < chart.nodes.len()) else {
        return enter(state);
    };
    match walk::step(&chart.layout, &chart.pairs(), from, direction) {
        Some(node) => state.focus(node),
        None => state.said.set(no_way(chart.nodes[from].name(), direction)),
    }
}

fn no_way(name: &str, direction: Direction) -> String {
    match direction {
        Direction::Left => format!("Nothing feeds {name}."),
        Direction::Right => format!("{name} feeds nothing."),
        Direction::Up => format!("{name} is the first of its column."),
        Direction::Down => format!("{name} is the last of its column."),
    }
}

fn toggle(state: MapState, node: usize) {
    let selected = state.selected.get_untracked().and_then(|key| state.chart.get_untracked().find(&key));
    state.select(if selected == Some(node) { None } else { Some(node) });
}

/// First lets go of the selection, then of the keyboard.
fn leave(state: MapState, event: &KeyboardEvent) {
    if state.wire.get_untracked().is_some() {
        state.wire.set(None);
    } else if state.selected.get_untracked().is_some() {
        state.select(None);
    } else if let Some(element) =
        event.current_target().and_then(|target| target.dyn_into::<web_sys::HtmlElement>().ok())
    {
        // An element that cannot lose the focus keeps it; Tab leaves too.
        let _ = element.blur();
    }
}
