//! How long it takes from asking for the map to seeing it, for anybody's measuring.

use leptos::prelude::*;

use crate::navigation::ASKED;
use crate::ui::after_paint;

/// Adds the User Timing measure `map`: from the click that asked for the map, or from the start of the page where it
/// was opened by its address, to the frame after the map is on the screen. Called when the map has been built.
pub fn measure_map() {
    after_paint(|| {
        let Some(performance) = window().performance() else { return };
        if performance.measure_with_start_mark("map", ASKED).is_err() {
            // Nobody clicked: without a start mark it counts from the start of the page. Measuring is an extra.
            let _ = performance.measure("map");
        }
    });
}
