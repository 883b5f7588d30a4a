//! The record of changes of a domain.

use std::sync::Arc;

use leptos::prelude::*;
use shared::api::{HistoryQuery, ListHistory};
use shared::history::{HistoryPage as Page, ToldRow};

use crate::api::{Reads, Request};
use crate::navigation::Navigation;
use crate::parts::{DomainData, HistoryRows, Loaded};
use crate::place::{HistoryPlace, Place};
use crate::ui::{EmptyState, SkeletonRows, day};

mod chain;
mod export;
mod filters;

use chain::Chain;
use export::Export;
use filters::{Filters, Narrowed};

/// The record of changes, narrowed as the address says.
#[component]
pub fn HistoryPage() -> impl IntoView {
    let (navigation, data, reads) =
        (expect_context::<Navigation>(), expect_context::<DomainData>(), expect_context::<Reads>());
    let query = Memo::new(move |before: Option<&HistoryQuery>| match &*navigation.place().read() {
        Some(Place::History(place)) => place.query.clone(),
        // The page is being left: what it shows must not change on the way out.
        _ => before.cloned().unwrap_or_default(),
    });
    let reading =
        reads.reading::<ListHistory>(move || Some(Request::of::<ListHistory>(&data.path(), &*query.read(), &())));
    let ready = move |page: Arc<Page>| (move || view! { <List page=(*page).clone() query=query.get() /> }).into_any();
    view! {
        <div class="domain__page history">
            <header class="page-head">
                <h1>"History"</h1>
                <p class="page__about">"Every change of this domain that was asked for through Headwater: who, what, why, and what came of it."</p>
            </header>
            <Filters query />
            <Narrowed query />
            <Export query />
            <Loaded
                reading
                what="The history"
                placeholder=|| view! { <SkeletonRows rows=8 what="the history" /> }
                ready
            />
            {move || reading.get().map(|page| view! { <Chain end=page.end.clone() /> })}
        </div>
    }
}

#[component]
fn List(page: Page, query: HistoryQuery) -> impl IntoView {
    let data = expect_context::<DomainData>();
    if page.rows.is_empty() {
        return view! { <Nothing query /> }.into_any();
    }
    let at = |before| Place::history(&data.path(), HistoryQuery { before, ..query.clone() }).href();
    let older = page.rows.last().filter(|_| page.more).map(|told| at(Some(told.row.seq)));
    let newest = query.before.is_some().then(|| at(None));
    let days = by_day(page.rows).into_iter().map(|(day, rows)| {
        view! {
            <section class="history__day" aria-label=day.clone()>
                <h2 class="history__date">{day.clone()}</h2>
                <HistoryRows rows />
            </section>
        }
    });
    view! {
        {days.collect::<Vec<_>>()}
        <p class="outcome__actions history__pages">
            {newest.map(|href| view! { <a class="button" href=href>"Newest"</a> })}
            {older.map(|href| view! { <a class="button" href=href>"Older"</a> })}
        </p>
    }
    .into_any()
}

/// Rows of the same day together, in the order given.
fn by_day(rows: Vec<ToldRow>) -> Vec<(String, Vec<ToldRow>)> {
    let mut days: Vec<(String, Vec<ToldRow>)> = Vec::new();
    for told in rows {
        let day = day(told.row.entry.at);
        match days.last_mut().filter(|(last, _)| *last == day) {
            Some((_, rows)) => rows.push(told),
            None => days.push((day, vec![told])),
        }
    }
    days
}

#[component]
fn Nothing(query: HistoryQuery) -> impl IntoView {
    let data = expect_context::<DomainData>();
    let narrowed = query != HistoryQuery::default();
    let (title, text) = match narrowed {
        true => ("No change fits", "Nothing in the history is like this. Take a filter away, or look at all of it."),
        false => (
            "Nothing was changed yet",
            "Whatever is promoted, published, set or deleted through Headwater then stands here, with who asked for it and why.",
        ),
    };
    view! {
        <EmptyState title>
            <p>{text}</p>
            <p class="empty__actions">
                {narrowed.then(|| view! { <a class="button" href=Place::history(&data.path(), HistoryQuery::default()).href()>"Whole history"</a> })}
                <a class="button" href=Place::map(&data.path()).href()>"Show the map"</a>
            </p>
        </EmptyState>
    }
}

/// Shows another selection, from its newest row on.
fn show(navigation: Navigation, data: DomainData, query: HistoryQuery) {
    let query = HistoryQuery { before: None, ..query };
    navigation.replace(&Place::History(Box::new(HistoryPlace { domain: data.path(), query })));
}
