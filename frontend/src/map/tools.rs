//! The tools below the map: how it is shown, searching, zooming.

use leptos::ev::KeyboardEvent;
use leptos::html::Input;
use leptos::prelude::*;

use super::keyboard::ZOOM_STEP;
use super::state::MapState;
use crate::place::MapView;
use crate::ui::{Glyph, Icon};

/// The tool bar of the map and of its table.
#[component]
pub fn MapTools(
    state: MapState,
    /// The search field.
    search: NodeRef<Input>,
    /// How the map is shown, whatever the address asks for.
    #[prop(into)]
    view: Signal<MapView>,
    /// The map cannot be drawn here: there is nothing to choose and nothing to zoom.
    #[prop(into)]
    narrow: Signal<bool>,
) -> impl IntoView {
    let href = move |view: MapView| state.place(state.selected.get(), view).href();
    let current = move |this: MapView| (view.get() == this).then_some("true");
    view! {
        <div class="tools" role="group" aria-label="Map">
            <Show when=move || !narrow.get()>
                <a class="tools__item" href=move || href(MapView::Flow) aria-current=move || current(MapView::Flow)>"Flow"</a>
                <a class="tools__item" href=move || href(MapView::Table) aria-current=move || current(MapView::Table)>"Table"</a>
            </Show>
            <Search state input=search view />
            <Show when=move || view.get() == MapView::Flow>
                <button type="button" class="tools__item" aria-label="Zoom out" on:click=move |_| state.zoom(1.0 / ZOOM_STEP)>"−"</button>
                <button type="button" class="tools__item tools__zoom" title="Show at 100 %" on:click=move |_| state.full_size()>
                    {move || format!("{} %", state.viewport.read().per_cent())}
                </button>
                <button type="button" class="tools__item" aria-label="Zoom in" on:click=move |_| state.zoom(ZOOM_STEP)>"+"</button>
                <button type="button" class="tools__item" title="Show everything (f)" on:click=move |_| state.fit()>"Fit"</button>
            </Show>
        </div>
    }
}

/// Finds cards by name: the map marks them, and Enter shows one after the other; the table shows only them.
#[component]
fn Search(state: MapState, input: NodeRef<Input>, view: Signal<MapView>) -> impl IntoView {
    // Which of the found cards Enter showed last.
    let at = StoredValue::new(None::<usize>);
    let found = move || state.found.get_untracked().iter().copied().collect::<Vec<_>>();
    let typed = move |text: String| {
        state.search.set(text);
        at.set_value(None);
        if let Some(&first) = found().first() {
            state.focus(first);
        }
    };
    let next = move || {
        let found = found();
        let place = at.get_value().map_or(0, |at| (at + 1) % found.len().max(1));
        if let Some(&node) = found.get(place) {
            at.set_value(Some(place));
            state.approach(node);
        }
    };
    let key = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" => next(),
        "Escape" => state.search.set(String::new()),
        _ => {}
    };
    let result = move || {
        let (found, all) = (state.found.read().len(), state.chart.read().nodes.len());
        (!state.search.read().trim().is_empty()).then(|| format!("{found} of {all}"))
    };
    let hint = move || if view.get() == MapView::Flow { "Find a repository  /" } else { "Filter by name" };
    view! {
        <span class="tools__search">
            <Icon glyph=Glyph::Search />
            <input
                type="search"
                node_ref=input
                aria-label="Find a repository"
                placeholder=hint
                autocomplete="off"
                spellcheck="false"
                prop:value=move || state.search.get()
                on:input:target=move |event| typed(event.target().value())
                on:keydown=key
            />
            <span class="tools__found" role="status">{result}</span>
        </span>
    }
}
