//! The shape of a map to come.

use leptos::prelude::*;

/// Cards in each lane of a typical domain.
const LANES: [usize; 4] = [2, 2, 3, 2];

/// Cards without words, where the map will be.
#[component]
pub fn MapShape() -> impl IntoView {
    let lane = |cards: usize| {
        let cards = (0..cards).map(|_| view! { <span class="skeleton skeleton--card"></span> }).collect::<Vec<_>>();
        view! { <div class="map-shape__lane">{cards}</div> }
    };
    view! {
        <div class="map-shape" role="status">
            <span class="visually-hidden">"Reading the repositories."</span>
            {LANES.map(lane).into_iter().collect::<Vec<_>>()}
        </div>
    }
}
