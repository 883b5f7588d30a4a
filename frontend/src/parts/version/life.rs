//! The life of a version: what CodeArtifact tells of its beginning, and what the record tells since.

use std::sync::Arc;

use leptos::prelude::*;
use shared::api::{HistoryQuery, ListHistory};
use shared::history::HistoryPage;
use shared::promotion::VersionChoice;
use shared::version::{Origin, VersionDetail};

use super::facts::origin;
use crate::api::{Reading, Reads, Request};
use crate::parts::{DomainData, HistoryRows, Loaded};
use crate::place::Place;
use crate::ui::{Chip, Moment, SkeletonRows};

/// How many rows stand on the page of a version; the page of the history has all.
const MOST: usize = 20;

/// The life of a version, newest first, in all repositories.
#[component]
pub fn Life(choice: VersionChoice, detail: Reading<VersionDetail>) -> impl IntoView {
    let (data, reads) = (expect_context::<DomainData>(), expect_context::<Reads>());
    let all = Place::life_of(&data.path(), &choice).href();
    let query = StoredValue::new(HistoryQuery::of_version(&choice));
    let reading =
        reads.reading::<ListHistory>(move || Some(Request::of::<ListHistory>(&data.path(), &query.read_value(), &())));
    let ready = |page: Arc<HistoryPage>| {
        let rows: Vec<_> = page.rows.iter().take(MOST).cloned().collect();
        match rows.is_empty() {
            true => view! { <p class="muted">"Nothing was done with it through Headwater yet."</p> }.into_any(),
            false => view! { <HistoryRows rows days=true /> }.into_any(),
        }
    };
    view! {
        <section class="version__life" aria-labelledby="version-life">
            <h3 class="version__title" id="version-life">"History"</h3>
            <Loaded reading what="The history" placeholder=|| view! { <SkeletonRows rows=2 what="the history" /> } ready />
            {move || detail.get().map(|detail| view! { <Beginning detail=(*detail).clone() /> })}
            <p><a href=all>"Open in the history"</a></p>
        </section>
    }
}

/// How it came into the domain.
#[component]
fn Beginning(detail: VersionDetail) -> impl IntoView {
    let data = expect_context::<DomainData>();
    let told = detail.summary.origin.clone();
    // Which repository brings it, where the map names one alone.
    let through = move || {
        let Origin::External(Some(connection)) = &told else { return None };
        let map = data.map.read();
        let mut bring = map
            .iter()
            .flat_map(|map| &map.repositories)
            .filter(|repository| repository.external_connections.iter().any(|one| one.name == *connection));
        let (first, second) = (bring.next()?, bring.next());
        second.is_none().then(|| format!(" through {}", first.name))
    };
    let words = match &detail.summary.origin {
        Origin::External(Some(connection)) => format!("Fetched from {connection}"),
        Origin::External(None) => "Fetched from a public registry".to_owned(),
        other => {
            let told = origin(other);
            let mut letters = told.chars();
            letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or(told)
        }
    };
    view! {
        <ol class="history__rows history__rows--days">
            <li class="history__row">
                <span class="history__when">{detail.published.map(|at| view! { <Moment at time=true /> })}</span>
                <div class="history__body">
                    <p class="history__what"><strong>{words}</strong>{through}</p>
                    <p class="history__facts">"CodeArtifact tells this; the record begins where Headwater was asked."</p>
                </div>
                <span class="history__result"><Chip text="Told by AWS" /></span>
            </li>
        </ol>
    }
}
