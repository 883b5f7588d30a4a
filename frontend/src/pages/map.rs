//! The map of a domain.

use leptos::html::Input;
use leptos::prelude::*;

use crate::map::{MapCanvas, MapShape, MapState, MapTable, MapTools, measure_map};
use crate::parts::{DomainData, Inspector, NoRepositories, ProblemNotice};
use crate::place::{MapView, Place};

/// Windows this narrow show the table.
const NARROW: &str = "(max-width: 700px)";

/// The map of a domain, with what is selected beside it.
#[component]
pub fn MapPage() -> impl IntoView {
    let data = expect_context::<DomainData>();
    let state = MapState::new(data);
    let loaded = Memo::new(move |_| data.map.read().is_some());
    let empty = Memo::new(move |_| data.map.read().as_ref().is_some_and(|map| map.repositories.is_empty()));
    let retry = Callback::new(move |()| data.resource.refetch());
    view! {
        <div class="map-page">
            <h1 class="visually-hidden">{format!("Map of {}", data.path().domain)}</h1>
            {move || data.problem.get().map(|problem| view! {
                <div class="map-page__problem"><ProblemNotice what="The repositories could not be read." problem retry />
                    <p><a class="button" href=Place::Connections.href()>"All domains"</a></p>
                </div>
            })}
            {move || match (loaded.get(), empty.get()) {
                (true, false) => view! { <Drawn state /> }.into_any(),
                (true, true) => view! { <NoRepositories /> }.into_any(),
                (false, _) if data.problem.read().is_some() => ().into_any(),
                (false, _) => view! { <MapShape /> }.into_any(),
            }}
        </div>
    }
}

/// The map or its table, the tools, and the inspector.
#[component]
fn Drawn(state: MapState) -> impl IntoView {
    let narrow = narrow();
    let view = Memo::new(move |_| if narrow.get() { MapView::Table } else { state.view() });
    let search = NodeRef::<Input>::new();
    let to_search = Callback::new(move |()| {
        if let Some(input) = search.get_untracked() {
            // A field that cannot take the keyboard is not there to be typed into.
            let _ = input.focus();
            input.select();
        }
    });
    let close = Callback::new(move |()| state.select(None));
    measure_map();
    view! {
        <div class="map" class:map--table=move || view.get() == MapView::Table>
            {move || match view.get() {
                MapView::Flow => view! { <MapCanvas state on_search=to_search /> }.into_any(),
                MapView::Table => view! { <MapTable state /> }.into_any(),
            }}
            <MapTools state search view narrow />
        </div>
        <Inspector drawn=Signal::derive(move || view.get() == MapView::Flow) selected=state.selected path_shown=state.path_shown narrow close />
    }
}

/// Whether the window is too narrow for the map, as long as this page is shown.
fn narrow() -> RwSignal<bool> {
    let matches = || {
        let query = window().match_media(NARROW).ok().flatten();
        query.is_some_and(|query| query.matches())
    };
    let narrow = RwSignal::new(matches());
    let listening = window_event_listener(leptos::ev::resize, move |_| {
        if matches() != narrow.get_untracked() {
            narrow.set(matches());
        }
    });
    on_cleanup(move || listening.remove());
    narrow
}
