//! The top of every page.

use leptos::prelude::*;
use shared::connection::ConnectionKind;

use super::crumbs::Crumbs;
use super::refresh::Refresh;
use super::theme::ThemeSwitch;
use super::{Connections, Me};
use crate::api::Api;
use crate::navigation::Navigation;
use crate::place::Place;
use crate::session::Session;
use crate::ui::{Glyph, Icon};

/// Mark, place, age of what is shown, theme, and the way out.
#[component]
pub fn Header(
    /// The side navigation is open, where it does not fit beside the page.
    navigation_open: RwSignal<bool>,
) -> impl IntoView {
    let (session, api) = (expect_context::<Session>(), expect_context::<Api>());
    let (navigation, me) = (expect_context::<Navigation>(), expect_context::<Me>());
    let in_domain =
        Memo::new(move |_| navigation.place().read().as_ref().is_some_and(|place| place.domain().is_some()));
    view! {
        <header class="header">
            {move || in_domain.get().then(|| view! {
                <button
                    type="button"
                    class="icon-button header__menu"
                    aria-label="Navigation"
                    aria-expanded=move || navigation_open.get().to_string()
                    on:click=move |_| navigation_open.update(|open| *open = !*open)
                >
                    <Icon glyph=Glyph::Menu />
                </button>
            })}
            <a class="mark" href=Place::Connections.href() aria-label="Headwater: all domains">
                <Mark />
                <span class="mark__word">"Headwater"</span>
            </a>
            <Crumbs />
            <DemoBanner />
            <Refresh />
            <ThemeSwitch />
            {move || me.named().map(|(name, roles)| view! { <span class="header__me" title=roles>{name}</span> })}
            <button type="button" class="icon-button" aria-label="Sign out" title="Sign out" on:click=move |_| session.sign_out(api)>
                <Icon glyph=Glyph::Leave />
            </button>
        </header>
    }
}

/// The mark: streams that join.
#[component]
pub fn Mark() -> impl IntoView {
    view! {
        <svg class="mark__sign" viewBox="0 0 20 20" aria-hidden="true">
            <path d="M2 5c3 0 3 5 8 5s5 0 8 0M2 10h6M2 15c3 0 3-5 8-5" />
            <path class="mark__gate" d="M13 5v10" />
        </svg>
    }
}

/// Says that nothing here is real, where the embedded CodeArtifact answers.
#[component]
fn DemoBanner() -> impl IntoView {
    let connections = expect_context::<Connections>();
    let navigation = expect_context::<Navigation>();
    let embedded = Memo::new(move |_| {
        let domain = navigation.place().read().as_ref().and_then(Place::domain);
        match domain {
            Some(domain) => {
                connections.of(&domain).is_some_and(|connection| connection.kind == ConnectionKind::Embedded)
            }
            None => connections.reading.get().is_some_and(|connections| {
                !connections.is_empty()
                    && connections.iter().all(|connection| connection.kind == ConnectionKind::Embedded)
            }),
        }
    });
    view! {
        {move || embedded.get().then(|| view! {
            <p class="demo">"Demo"<span class="demo__more">": nothing leaves this machine"</span></p>
        })}
    }
}
