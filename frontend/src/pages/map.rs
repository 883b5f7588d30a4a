//! The map of a domain.

use leptos::html::Input;
use leptos::prelude::*;
use shared::api::RepositoryPath;
use shared::names::RepositoryName;

use super::chunks::upstreams_panel;
use super::settings::Proposed;
use crate::map::{MapCanvas, MapShape, MapState, MapTable, MapTools, measure_map};
use crate::parts::{DomainData, Inspector, NoRepositories, ProblemNotice};
use crate::place::{MapView, Place, Selected};
use crate::ui::{Glyph, Icon};

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
    let proposed_for = Memo::new(move |_| match (state.selected.get(), state.draft.read().is_some()) {
        (Some(Selected::Repository(name)), true) => Some(name),
        _ => None,
    });
    measure_map();
    view! {
        <div class="map" class:map--table=move || view.get() == MapView::Table>
            {move || match view.get() {
                MapView::Flow => view! { <MapCanvas state on_search=to_search /> }.into_any(),
                MapView::Table => view! { <MapTable state /> }.into_any(),
            }}
            <MapTools state search view narrow />
        </div>
        {move || match proposed_for.get() {
            Some(name) => view! { <Rehearsal state name close /> }.into_any(),
            None => view! { <Inspector drawn=Signal::derive(move || view.get() == MapView::Flow) selected=state.selected path_shown=state.path_shown narrow close /> }.into_any(),
        }}
    }
}

/// A proposed list of upstreams beside the map, in the place of the inspector: nothing is changed before it is saved.
#[component]
fn Rehearsal(state: MapState, name: RepositoryName, close: Callback<()>) -> impl IntoView {
    let data = expect_context::<DomainData>();
    let repository = data.map.with_untracked(|map| {
        map.as_ref().and_then(|map| map.repositories.iter().find(|one| one.name == name).cloned())
    });
    let aside = NodeRef::<leptos::html::Aside>::new();
    // Whoever asked for it by key goes on in it.
    Effect::new(move |_| {
        if let Some(aside) = aside.get() {
            // An element that cannot take the keyboard is still read in its place.
            let _ = aside.focus();
        }
    });
    let leave = Callback::new({
        let name = name.clone();
        move |()| state.keep(&name)
    });
    let escape = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Escape" {
            leave.run(());
        }
    };
    let path =
        RepositoryPath { connection: data.path().connection, domain: data.path().domain, repository: name.clone() };
    let proposed = Proposed {
        list: state.draft.into(),
        changed: Callback::new(move |list| {
            // What the person has left must not come back by a late word of the form.
            if state.draft.get_untracked().is_some_and(|draft| draft != list) {
                state.propose(name.clone(), list);
            }
        }),
        saved: leave,
    };
    view! {
        <aside class="inspector inspector--open rehearsal" aria-label="Proposed upstreams" tabindex="-1" node_ref=aside on:keydown=escape>
            <button type="button" class="icon-button inspector__close" aria-label="Discard the proposal" title="Discard the proposal (Esc)" on:click=move |_| leave.run(())>
                <Icon glyph=Glyph::Cross />
            </button>
            <section class="inspector__section">
                {match repository {
                    Some(repository) => upstreams_panel(path, repository, proposed),
                    None => view! {
                        <p>"This domain has no such repository."</p>
                        <p><button type="button" class="button" on:click=move |_| close.run(())>"Show the whole domain"</button></p>
                    }.into_any(),
                }}
            </section>
        </aside>
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
