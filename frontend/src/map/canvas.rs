//! The window onto the map: what is on it, and what pointers and keys do to it.

use leptos::ev::{KeyboardEvent, MouseEvent, PointerEvent, WheelEvent};
use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::card::{CardView, card_id};
use super::edges::Edges;
use super::geometry::Point;
use super::gesture::{Change, Gesture};
use super::headings::{Headings, Lines};
use super::keyboard;
use super::state::MapState;
use super::wires::{WireWords, Wires};
use super::wiring::{Held, Wire};

mod world;
use world::{follow_size, move_world};

/// How much a pixel of the wheel zooms, as a power of e. A pinch on a touchpad counts in smaller steps.
const WHEEL: f64 = 0.0015;
const PINCH: f64 = 0.01;
/// Wheels that count in lines rather than pixels.
const LINE: f64 = 16.0;
/// The map as cards and edges.
#[component]
pub fn MapCanvas(
    state: MapState,
    /// Puts the keyboard into the search field.
    on_search: Callback<()>,
) -> impl IntoView {
    let frame = NodeRef::<Div>::new();
    let world = NodeRef::<Div>::new();
    let dots = NodeRef::<Div>::new();
    follow_size(state, frame);
    move_world(state, world, dots);
    let gesture = StoredValue::new(Gesture::default());
    let dragging = RwSignal::new(false);
    let at = move |event: &MouseEvent| point_in(frame, event);

    let plain = state.plain();
    // What was pressed and can be dragged elsewhere. Fingers move the map, whatever they press.
    let held = StoredValue::new(None::<Held>);
    let wired = move |held: Held, to: Point| {
        let at = state.viewport.read_untracked().to_map(to);
        let chart = state.chart.read_untracked();
        let over = chart.layout.cards.iter().position(|card| card.holds(at));
        let meaning = chart.meaning(held, over, |name| state.drafted(name));
        state.wire.set(Some(Wire { held, at, over, meaning }));
    };
    let press = move |event: PointerEvent| {
        if event.button() == 0 {
            let takes = event.pointer_type() != "touch" && !plain.get_untracked();
            let card = node_of(&event).map(Held::Card);
            held.set_value(card.or(state.hot.get_untracked().map(Held::Edge)).filter(|_| takes));
            gesture.update_value(|gesture| gesture.press(event.pointer_id(), at(&event)));
        }
    };
    let shift = move |event: PointerEvent| {
        let to = at(&event);
        let change = gesture.try_update_value(|gesture| gesture.shift(event.pointer_id(), to)).flatten();
        match (change, held.get_value()) {
            (None, _) => state.point_at((event.pointer_type() != "touch" && node_of(&event).is_none()).then_some(to)),
            (Some(_), Some(held)) => {
                // Escape lets go of it: then nothing moves until the pointer is up.
                if state.wire.read_untracked().is_some() || !dragging.get_untracked() {
                    wired(held, to);
                }
                hold_pointer(frame, event.pointer_id());
                dragging.set(true);
            }
            (Some(change), None) => {
                hold_pointer(frame, event.pointer_id());
                dragging.set(true);
                state.viewport.update(|viewport| {
                    *viewport = match change {
                        Change::Pan { x, y } => viewport.panned(x, y),
                        Change::Pinch { at, by, factor } => viewport.panned(by.x, by.y).zoomed(factor, at),
                    }
                });
            }
        }
    };
    let stop = move |event: PointerEvent| {
        gesture.update_value(|gesture| gesture.lift(event.pointer_id()));
        dragging.set(gesture.with_value(Gesture::is_dragging));
        held.set_value(None);
        state.hot.set(None);
    };
    let lift = move |event: PointerEvent| {
        state.drop_wire();
        stop(event);
    };
    let cancel = move |event: PointerEvent| {
        state.wire.set(None);
        stop(event);
    };
    let wheel = move |event: WheelEvent| {
        event.prevent_default();
        let pixels = event.delta_y() * if event.delta_mode() == WheelEvent::DOM_DELTA_LINE { LINE } else { 1.0 };
        let factor = (-pixels * if event.ctrl_key() { PINCH } else { WHEEL }).exp();
        state.viewport.update(|viewport| *viewport = viewport.zoomed(factor, at(&event)));
    };
    let click = move |event: MouseEvent| {
        if !gesture.with_value(Gesture::has_dragged) {
            let node = node_of(&event);
            state.focused.set(node);
            state.select(node);
        }
    };
    // The browser scrolls the window itself when it looks for text or for a card: the map moves instead.
    let scroll = move |_| {
        let Some(element) = frame.get_untracked() else { return };
        let (x, y) = (element.scroll_left(), element.scroll_top());
        if (x, y) != (0, 0) {
            element.set_scroll_left(0);
            element.set_scroll_top(0);
            state.viewport.update(|viewport| *viewport = viewport.panned(f64::from(-x), f64::from(-y)));
        }
    };
    let open = move |event: MouseEvent| {
        if let Some(node) = node_of(&event) {
            state.open(node);
        }
    };
    let key = move |event: KeyboardEvent| keyboard::press(state, &event, on_search);
    let enter = move |_| keyboard::enter(state);
    view! {
        <div
            class="map__window"
            class:map__window--dragging=move || dragging.get()
            class:map__window--taking=move || state.hot.read().is_some() || state.wire.read().is_some()
            node_ref=frame
            role="listbox"
            aria-label="Map of the repositories. Arrow keys follow the edges, Enter opens, Space selects, U changes the upstreams."
            tabindex="0"
            aria-activedescendant=move || state.focused.get().map(card_id)
            on:pointerdown=press
            on:pointermove=shift
            on:pointerup=lift
            on:pointercancel=cancel
            on:wheel=wheel
            on:scroll=scroll
            on:click=click
            on:dblclick=open
            on:keydown=key
            on:focus=enter
        >
            <div class="map__dots" node_ref=dots aria-hidden="true"></div>
            <Lines state />
            <div class="map__world" class:map__world--plain=move || plain.get() node_ref=world role="presentation">
                <Edges state />
                <Cards state plain />
                <Wires state />
            </div>
            <WireWords state />
        </div>
        <Headings state />
        <p class="visually-hidden" role="status">{move || state.said.get()}</p>
    }
}

/// The cards on the screen and around it. They are made anew when the domain has changed, and not when it moves.
#[component]
fn Cards(state: MapState, plain: Memo<bool>) -> impl IntoView {
    let drawn = state.drawn();
    let cards = move || {
        let plain = plain.get();
        drawn.get().into_iter().map(move |node| (node, plain)).collect::<Vec<_>>()
    };
    move || {
        state.chart.track();
        view! {
            <For each=cards key=|card| *card let:card>
                <CardView state node=card.0 plain=card.1 />
            </For>
        }
    }
}

/// Keeps the pointer with the map while it drags, also outside of the window.
fn hold_pointer(frame: NodeRef<Div>, pointer: i32) {
    if let Some(element) = frame.get_untracked() {
        // Refused only when the pointer is already up.
        let _ = element.set_pointer_capture(pointer);
    }
}

fn point_in(frame: NodeRef<Div>, event: &MouseEvent) -> Point {
    let corner = frame.get_untracked().map(|element| {
        let rect = element.get_bounding_client_rect();
        (rect.left(), rect.top())
    });
    let (left, top) = corner.unwrap_or_default();
    Point { x: f64::from(event.client_x()) - left, y: f64::from(event.client_y()) - top }
}

/// The card that an event happened on.
fn node_of(event: &MouseEvent) -> Option<usize> {
    let element = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    element.closest("[data-node]").ok()??.get_attribute("data-node")?.parse().ok()
}
