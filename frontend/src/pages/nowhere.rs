//! An address that names no place.

use leptos::prelude::*;

use crate::place::Place;
use crate::ui::EmptyState;

/// Says so, and leads back.
#[component]
pub fn NowherePage() -> impl IntoView {
    view! {
        <main class="page" id="main" tabindex="-1">
            <h1 class="visually-hidden">"No such place"</h1>
            <EmptyState title="There is nothing at this address">
                <p>"It may have been cut short when it was copied, or a name in it breaks CodeArtifact's rules."</p>
                <a class="button" href=Place::Connections.href()>"All domains"</a>
            </EmptyState>
        </main>
    }
}
