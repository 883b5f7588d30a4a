//! The tray at the bottom of a domain's pages.

use leptos::prelude::*;
use shared::comparison::Side;

use super::Tray;
use crate::navigation::Navigation;
use crate::parts::{DomainData, Name};
use crate::place::{Place, PromotePlace};
use crate::ui::{Button, Glyph, Icon, count};

/// How many versions it names.
const NAMED: usize = 3;

/// What is chosen, and the way to promote it. Not there while nothing is chosen, nor on the page that promotes it.
#[component]
pub fn TrayBar() -> impl IntoView {
    let tray = expect_context::<Tray>();
    let navigation = expect_context::<Navigation>();
    let shown = Memo::new(move |_| {
        let promoting = matches!(&*navigation.place().read(), Some(Place::Promote(_)));
        !promoting && !tray.contents().versions.is_empty()
    });
    move || shown.get().then(|| view! { <Bar tray /> })
}

#[component]
fn Bar(tray: Tray) -> impl IntoView {
    let data = expect_context::<DomainData>();
    let navigation = expect_context::<Navigation>();
    // Where the versions were compared with another repository, that is where they go.
    let promote = move || {
        let to = match &*navigation.place().read() {
            Some(Place::Comparison(place))
                if place.left.as_ref().map(Side::repository) == tray.contents().from.as_ref() =>
            {
                place.right.as_ref().map(|side| side.repository().clone())
            }
            _ => None,
        };
        Place::Promote(PromotePlace { domain: data.path(), to }).href()
    };
    let named = move || {
        let mut versions = tray.contents().versions;
        let further = versions.len().saturating_sub(NAMED);
        versions.truncate(NAMED);
        let chips = versions.into_iter().map(|choice| {
            let name = format!("{} {}", choice.package.full_name(), choice.version);
            let label = format!("Take {name} out");
            view! {
                <li class="tray__version">
                    <Name text=name />
                    <button type="button" class="tray__out" aria-label=label title="Take out" on:click=move |_| tray.take(&choice)>
                        <Icon glyph=Glyph::Cross />
                    </button>
                </li>
            }
        });
        view! {
            {chips.collect::<Vec<_>>()}
            {(further > 0).then(|| view! { <li class="tray__version">{format!("+ {further}")}</li> })}
        }
    };
    let from = move || {
        tray.contents().from.map(|from| view! { <span class="tray__from">"from "<Name text=from.as_str() /></span> })
    };
    view! {
        <section class="tray" aria-label="Chosen versions">
            <strong class="tray__count">{move || count(tray.contents().versions.len(), "version")}</strong>
            <ul class="tray__versions">{named}</ul>
            {from}
            <span class="tray__actions">
                <Button on_click=move || tray.clear()>"Clear"</Button>
                <a class="button button--primary" href=promote>"Review promotion"</a>
            </span>
        </section>
    }
}
