//! The promotions of a domain, and their undoings, newest first.

use std::sync::Arc;

use leptos::prelude::*;
use shared::api::{ListRuns, RunsQuery};
use shared::names::{RepositoryName, RunId};
use shared::run::{RunKind, RunPage as Page, RunSummary};

mod waiting;

use waiting::WaitingPlans;

use crate::api::{Reads, Request};
use crate::navigation::Navigation;
use crate::pages::run::{CountChips, state_chip};
use crate::parts::{DomainData, Loaded, Name, Words};
use crate::place::{Place, PromotionsPlace};
use crate::ui::{Chip, EmptyState, Field, Moment, SkeletonRows, count};

/// The promotions of the domain, narrowed as the address says.
#[component]
pub fn PromotionsPage() -> impl IntoView {
    let (navigation, data, reads) =
        (expect_context::<Navigation>(), expect_context::<DomainData>(), expect_context::<Reads>());
    let place = Memo::new(move |before: Option<&PromotionsPlace>| match &*navigation.place().read() {
        Some(Place::Promotions(place)) => place.clone(),
        // The page is being left: what it shows must not change on the way out.
        _ => before.cloned().unwrap_or_else(|| PromotionsPlace { domain: data.path(), repository: None, before: None }),
    });
    let reading = reads.reading::<ListRuns>(move || {
        let PromotionsPlace { domain, repository, before } = place.get();
        Some(Request::of::<ListRuns>(&domain, &RunsQuery { repository, before }, &()))
    });
    // Also when another question has the same answer, such as none at all.
    let ready = move |page: Arc<Page>| (move || view! { <List page=(*page).clone() place=place.get() /> }).into_any();
    view! {
        <div class="domain__page promotions">
            <header class="page-head">
                <div class="page-head__title">
                    <h1>"Promotions"</h1>
                    <a class="button button--small" href=Place::Protection(data.path()).href()>"Protection"</a>
                </div>
                <p class="page__about">"Every promotion of this domain and every undoing, with who asked for it and why."</p>
            </header>
            <RepositoryFilter place />
            <WaitingPlans place />
            <Loaded
                reading
                what="The promotions"
                placeholder=|| view! { <SkeletonRows rows=8 what="promotions" /> }
                ready
            />
        </div>
    }
}

/// Narrows to those from or into one repository.
#[component]
fn RepositoryFilter(place: Memo<PromotionsPlace>) -> impl IntoView {
    let (navigation, data) = (expect_context::<Navigation>(), expect_context::<DomainData>());
    let chosen = Memo::new(move |_| place.read().repository.clone());
    let names = Memo::new(move |_| {
        let map = data.map.read();
        let mut names: Vec<RepositoryName> =
            map.iter().flat_map(|map| map.repositories.iter().map(|repository| repository.name.clone())).collect();
        // A repository that is no longer there may still have promotions.
        names.extend(chosen.get());
        names.sort();
        names.dedup();
        names
    });
    let choose = move |event| {
        let repository = event_target_value(&event).parse().ok();
        navigation.replace(&Place::Promotions(PromotionsPlace { domain: data.path(), repository, before: None }));
    };
    view! {
        <div class="promotions__filter">
            <Field label="From or into" for_id="promotions-repository">
                <select id="promotions-repository" class="input" on:change=choose>
                    <option value="" selected=move || chosen.read().is_none()>"Any repository"</option>
                    {move || names.get().into_iter().map(|name| {
                        let text = name.to_string();
                        view! { <option value=text.clone() selected=move || chosen.read().as_ref() == Some(&name)>{text.clone()}</option> }
                    }).collect::<Vec<_>>()}
                </select>
            </Field>
        </div>
    }
}

/// The headings of plans that wait and of promotions: their rows say the same things.
fn heads() -> impl IntoView {
    view! {
        <thead>
            <tr>
                <th scope="col">"What"</th>
                <th scope="col">"From and to"</th>
                <th scope="col">"State"</th>
                <th scope="col">"Who and when"</th>
                <th scope="col">"Why"</th>
            </tr>
        </thead>
    }
}

#[component]
fn List(page: Page, place: PromotionsPlace) -> impl IntoView {
    if page.runs.is_empty() {
        return view! { <Nothing place /> }.into_any();
    }
    let older = page.runs.last().filter(|_| page.more).map(|last| at(&place, Some(last.id.clone())));
    let newest = place.before.is_some().then(|| at(&place, None));
    let rows = page.runs.into_iter().map(|run| view! { <Row run /> }).collect::<Vec<_>>();
    view! {
        <div class="table-frame">
            <table class="table promotions__table" aria-label="Promotions">
                {heads()}
                <tbody>{rows}</tbody>
            </table>
        </div>
        <p class="outcome__actions promotions__pages">
            {newest.map(|href| view! { <a class="button" href=href>"Newest"</a> })}
            {older.map(|href| view! { <a class="button" href=href>"Older"</a> })}
        </p>
    }
    .into_any()
}

fn at(place: &PromotionsPlace, before: Option<RunId>) -> String {
    Place::Promotions(PromotionsPlace { before, ..place.clone() }).href()
}

#[component]
fn Row(run: RunSummary) -> impl IntoView {
    let data = expect_context::<DomainData>();
    let versions = count((run.counts.all()) as usize, "version");
    let (title, undoes) = match &run.kind {
        RunKind::Promotion(_) => (format!("Promotion of {versions}"), None),
        RunKind::Undo(undone) => ("Undoing".to_owned(), Some(Place::run(&data.path(), undone).href())),
    };
    let href = Place::run(&data.path(), &run.id).href();
    let (tone, state) = state_chip(&run.state, &run.counts);
    let undone = run.undone_by.clone();
    let is_undone = undone.is_some();
    view! {
        <tr class:promotions__undone=is_undone>
            <th scope="row" class="promotions__what">
                {match is_undone {
                    true => view! { <s><a href=href>{title}</a></s> }.into_any(),
                    false => view! { <a href=href>{title}</a> }.into_any(),
                }}
                {undoes.map(|href| view! { <small>"of "<a href=href>"this promotion"</a></small> })}
                {undone.map(|run| view! { <small>"Undone: "<a href=Place::run(&data.path(), &run).href()>"see the undoing"</a></small> })}
            </th>
            <td class="promotions__route">
                <Name text=run.from.as_str() />" → "<Name text=run.to.as_str() />
            </td>
            <td>
                <span class="promotions__state"><Chip tone text=state /><CountChips counts=run.counts kind=run.kind /></span>
            </td>
            <td>{run.by.name}<small><Moment at=run.started_at time=true /></small></td>
            <td class="promotions__why"><Words text=run.reason /></td>
        </tr>
    }
}

#[component]
fn Nothing(place: PromotionsPlace) -> impl IntoView {
    let data = expect_context::<DomainData>();
    let narrowed = place.repository.is_some() || place.before.is_some();
    let (title, text) = match narrowed {
        true => ("No promotion here", "None was from or into this repository, or there is none older."),
        false => (
            "Nothing was promoted yet",
            "Open a repository, tick the packages to promote, and choose where they go. Each promotion then stands here.",
        ),
    };
    view! {
        <EmptyState title>
            <p>{text}</p>
            <p class="empty__actions">
                {narrowed.then(|| view! { <a class="button" href=Place::promotions(&data.path(), None).href()>"All promotions"</a> })}
                <a class="button" href=Place::map(&data.path()).href()>"Show the map"</a>
            </p>
        </EmptyState>
    }
}
