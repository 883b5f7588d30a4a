//! What narrows a comparison.

use std::time::Duration;

use leptos::prelude::*;
use shared::comparison::PackageKind;
use shared::format::PackageFormat;

use super::listing::ComparisonListing;
use super::words;
use crate::place::{ComparisonFilter, ComparisonSort};
use crate::ui::{Field, Select, grouped};

/// How long typing must rest before the list follows.
const REST: Duration = Duration::from_millis(150);

/// How many packages there are of each kind; pressing one shows only these.
#[component]
pub fn KindFacets(
    listing: ComparisonListing,
    filter: Memo<ComparisonFilter>,
    /// Shows another selection.
    narrow: Callback<ComparisonFilter>,
) -> impl IntoView {
    let numbers = Memo::new(move |_| {
        let entries = listing.entries.read();
        PackageKind::ALL.map(|kind| entries.iter().filter(|entry| entry.is_of(kind)).count())
    });
    let total = move || listing.entries.read().len();
    let facet = move |kind: Option<PackageKind>, text: &'static str, number: Signal<usize>, about: &'static str| {
        let pressed = move || (filter.read().kind == kind).to_string();
        let press = move |_| {
            let again = filter.read_untracked().kind == kind;
            narrow.run(ComparisonFilter { kind: kind.filter(|_| !again), ..filter.get_untracked() });
        };
        view! {
            <button type="button" class="facet" aria-pressed=pressed title=about on:click=press>
                {text}" "<b>{move || grouped(number.get() as u64)}</b>
            </button>
        }
    };
    let kinds = move || {
        let present = |index: &usize| {
            let kind = PackageKind::ALL[*index];
            // Usual kinds stand there with a zero too: that there is none is worth knowing.
            kind != PackageKind::Unread || numbers.read()[*index] > 0
        };
        let some: Vec<_> = (0..PackageKind::ALL.len()).filter(present).collect();
        some.into_iter()
            .map(|index| {
                let kind = PackageKind::ALL[index];
                let number = Signal::derive(move || numbers.read()[index]);
                facet(Some(kind), words::of_package(kind).0, number, words::explained(kind))
            })
            .collect::<Vec<_>>()
    };
    view! {
        <div class="facets" role="group" aria-label="Kinds of difference">
            {facet(None, "all", Signal::derive(total), "Every package that at least one side has.")}
            {kinds}
        </div>
    }
}

/// Name, format and order.
#[component]
pub fn ComparisonFilters(filter: Memo<ComparisonFilter>, narrow: Callback<ComparisonFilter>) -> impl IntoView {
    let typed = RwSignal::new(filter.get_untracked().text);
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(Some(timer)) = timer.try_get_value() {
            timer.clear();
        }
    };
    on_cleanup(stop);
    let apply = move || narrow.run(ComparisonFilter { text: typed.get_untracked(), ..filter.get_untracked() });
    let typing = move |event| {
        typed.set(event_target_value(&event));
        stop();
        timer.set_value(set_timeout_with_handle(apply, REST).ok());
    };
    // The address can change without typing: by the browser's back, or by "Show all packages".
    Effect::new(move |before: Option<String>| {
        let text = filter.read().text.clone();
        if before.is_some_and(|before| before != text) && text != typed.get_untracked().trim() {
            typed.set(text.clone());
        }
        text
    });
    let formats = || PackageFormat::ALL.iter().map(|format| (format.as_str(), format.as_str())).collect();
    let orders = vec![("kind", "Kind of difference"), ("versions", "Most versions that are not the same")];
    let order = move || match filter.read().sort {
        ComparisonSort::Name => String::new(),
        other => other.as_str().to_owned(),
    };
    view! {
        <form class="filter-bar comparison__filters" role="search" on:submit=move |event| { event.prevent_default(); stop(); apply(); }>
            <Field label="Name or namespace contains" for_id="comparison-text">
                <input id="comparison-text" class="input" type="search" maxlength="255" autocomplete="off" spellcheck="false"
                    prop:value=move || typed.get() on:input=typing />
            </Field>
            <Field label="Format" for_id="comparison-format">
                <Select id="comparison-format" any="Every format" options=formats()
                    value=Signal::derive(move || filter.read().format.map(PackageFormat::as_str).unwrap_or_default().to_owned())
                    on_choose=move |word: String| narrow.run(ComparisonFilter { format: word.parse().ok(), ..filter.get_untracked() }) />
            </Field>
            <Field label="Order" for_id="comparison-sort">
                <Select id="comparison-sort" any="Name" options=orders value=Signal::derive(order)
                    on_choose=move |word: String| narrow.run(ComparisonFilter { sort: word.parse().unwrap_or_default(), ..filter.get_untracked() }) />
            </Field>
        </form>
    }
}
