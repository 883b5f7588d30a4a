//! The size of the window, and moving the world in it.

use std::time::Duration;

use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use super::super::state::MapState;
use super::super::viewport::Size;

/// Pixels between two dots of the background.
const DOTS: f64 = 24.0;
/// How long after the last movement the browser may draw the map sharply again.
const SETTLED: Duration = Duration::from_millis(200);

/// Knows the size of the window; the first size shows the whole map.
pub fn follow_size(state: MapState, frame: NodeRef<Div>) {
    Effect::new(move |_| {
        let Some(element) = frame.get() else { return };
        let measured = element.clone();
        let measure = move || {
            let size = Size { width: f64::from(measured.client_width()), height: f64::from(measured.client_height()) };
            let first = state.window.get_untracked() == Size::default();
            state.window.set(size);
            if first && size != Size::default() {
                show_first(state);
            }
        };
        measure();
        let changed = Closure::<dyn FnMut()>::new(measure);
        // A browser without it keeps the first size: a window that grows shows more of the map only after Fit.
        if let Ok(observer) = web_sys::ResizeObserver::new(changed.as_ref().unchecked_ref()) {
            observer.observe(&element);
            let observing = StoredValue::new_local((observer, changed));
            on_cleanup(move || observing.with_value(|(observer, _)| observer.disconnect()));
        }
    });
}

/// The first view shows everything, and the selected card where everything is too much for one window.
fn show_first(state: MapState) {
    state.fit();
    let chart = state.chart.get_untracked();
    if let Some(node) = state.selected.get_untracked().and_then(|key| chart.find(&key)) {
        state.reveal(node);
    }
}

/// Moves the world and the dots behind it. While it moves, the browser may move a picture of it; when it has settled,
/// it is drawn sharply.
pub fn move_world(state: MapState, world: NodeRef<Div>, dots: NodeRef<Div>) {
    let settling = StoredValue::new(None::<TimeoutHandle>);
    Effect::new(move |before: Option<f64>| {
        let viewport = state.viewport.get();
        let (Some(world), Some(dots)) = (world.get(), dots.get()) else { return viewport.zoom };
        let origin = viewport.origin;
        let moved = format!("translate({}px,{}px) scale({})", whole(origin.x), whole(origin.y), decimal(viewport.zoom));
        let panned = before == Some(viewport.zoom);
        set_style(&world, "will-change", if panned { "transform" } else { "auto" });
        set_style(&world, "transform", &moved);
        let (x, y) = (whole(origin.x.rem_euclid(DOTS)), whole(origin.y.rem_euclid(DOTS)));
        set_style(&dots, "transform", &format!("translate({x}px,{y}px)"));
        if let Some(settling) = settling.get_value() {
            settling.clear();
        }
        let settled = move || set_style(&world, "will-change", "auto");
        settling.set_value(set_timeout_with_handle(settled, SETTLED).ok());
        viewport.zoom
    });
    on_cleanup(move || {
        if let Some(settling) = settling.try_get_value().flatten() {
            settling.clear();
        }
    });
}

fn set_style(element: &web_sys::HtmlElement, name: &str, value: &str) {
    // A style that the browser refuses stays as it was.
    let _ = web_sys::HtmlElement::style(element).set_property(name, value);
}

/// A number in whole pixels.
fn whole(value: f64) -> i32 {
    value.round() as i32
}

/// A number with five decimals. Printing floating-point numbers would weigh several kB.
fn decimal(value: f64) -> String {
    let scaled = (value * 1e5).round() as u32;
    format!("{}.{:05}", scaled / 100_000, scaled % 100_000)
}

#[cfg(test)]
mod tests {
    use super::decimal;

    #[test]
    fn decimals_are_written_in_full() {
        assert_eq!(decimal(1.0), "1.00000");
        assert_eq!(decimal(0.1), "0.10000");
        assert_eq!(decimal(0.845_123_4), "0.84512");
    }
}
