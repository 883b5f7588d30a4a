//! What stands beside the map: the selected card, or the domain as a whole.

use leptos::html::Aside;
use leptos::prelude::*;
use shared::names::RepositoryName;

use super::{DomainData, Name};
use crate::navigation::Navigation;
use crate::place::{MapPlace, Place, Selected};
use crate::ui::{Glyph, Icon, once_painted};

mod empty;
mod facts;
mod leaks;
mod overview;
mod repository;
mod search_order;
mod source;

pub use empty::NoRepositories;

/// The selected card, or the domain as a whole. In a narrow window it is a sheet that covers the lower part.
#[component]
pub fn Inspector(
    /// What is selected.
    #[prop(into)]
    selected: Signal<Option<Selected>>,
    /// The whole way of the leaks is marked on the map.
    path_shown: RwSignal<bool>,
    /// The map is drawn, rather than told as a table.
    #[prop(into)]
    drawn: Signal<bool>,
    /// It covers the page.
    #[prop(into)]
    narrow: Signal<bool>,
    /// Lets go of the selection.
    close: Callback<()>,
) -> impl IntoView {
    let data = expect_context::<DomainData>();
    let aside = NodeRef::<Aside>::new();
    // A sheet covers what was clicked: the keyboard goes with it, and comes back when it closes.
    Effect::new(move |_| {
        if let (true, true, Some(aside)) = (narrow.get(), selected.read().is_some(), aside.get()) {
            // An element that cannot take the keyboard is still read in its place.
            let _ = aside.focus();
        }
    });
    let escape = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Escape" && selected.read_untracked().is_some() {
            close.run(());
        }
    };
    let known = once_painted(data.map);
    view! {
        <aside
            class="inspector"
            class:inspector--open=move || selected.read().is_some()
            aria-label="Inspector"
            tabindex="-1"
            node_ref=aside
            on:keydown=escape
        >
            <Show when=move || selected.read().is_some()>
                <button type="button" class="icon-button inspector__close" aria-label="Close" title="Close (Esc)" on:click=move |_| close.run(())>
                    <Icon glyph=Glyph::Cross />
                </button>
            </Show>
            {move || {
                let map = known.get()?;
                Some(match selected.get() {
                    None => view! { <overview::Overview map /> }.into_any(),
                    Some(Selected::Repository(name)) => view! { <repository::RepositoryInspector map name path_shown drawn /> }.into_any(),
                    Some(Selected::Source(name)) => view! { <source::SourceInspector map name /> }.into_any(),
                })
            }}
        </aside>
    }
}

/// The map with something else selected, shown the same way.
fn selecting(key: Selected) -> String {
    let navigation = expect_context::<Navigation>();
    match navigation.place().get_untracked() {
        Some(Place::Map(place)) => Place::Map(MapPlace { selected: Some(key), upstreams: None, ..place }).href(),
        other => other.map(|place| place.href()).unwrap_or_default(),
    }
}

/// The map with a list of upstreams proposed for a repository.
fn proposing(repository: &RepositoryName, upstreams: &[RepositoryName]) -> String {
    let navigation = expect_context::<Navigation>();
    let selected = Some(Selected::Repository(repository.clone()));
    match navigation.place().get_untracked() {
        Some(Place::Map(place)) => {
            Place::Map(MapPlace { selected, upstreams: Some(upstreams.to_vec()), ..place }).href()
        }
        other => other.map(|place| place.href()).unwrap_or_default(),
    }
}

/// A repository's name that selects it.
#[component]
fn RepositoryLink(name: RepositoryName) -> impl IntoView {
    let href = selecting(Selected::Repository(name.clone()));
    view! { <a class="inspector__link" href=href><Name text=name.as_str() /></a> }
}

/// A part of the inspector with its heading.
#[component]
fn Section(#[prop(into)] title: String, children: Children) -> impl IntoView {
    view! { <section class="inspector__section"><h3 class="inspector__heading">{title}</h3>{children()}</section> }
}

/// Said where the address names what the domain does not have.
#[component]
fn Missing(#[prop(into)] name: String) -> impl IntoView {
    let data = expect_context::<DomainData>();
    view! {
        <section class="inspector__section">
            <h2 class="inspector__title"><Name text=name /></h2>
            <p>"This domain has nothing of that name. It may have been deleted or renamed since."</p>
            <a class="button" href=Place::map(&data.path()).href()>"Show the whole domain"</a>
        </section>
    }
}
