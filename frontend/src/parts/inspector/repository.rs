//! A repository, selected.

use std::sync::Arc;

use leptos::prelude::*;
use shared::domain::DomainMap;
use shared::names::RepositoryName;
use shared::repository::Repository;
use shared::topology::{Role, Topology};

use super::facts::Facts;
use super::leaks::{Leaks, SameByCommand};
use super::search_order::SearchOrderList;
use super::{Missing, RepositoryLink, Section, proposing, selecting};
use crate::parts::{DomainData, Name, ProblemNotice};
use crate::place::{ComparisonPlace, Place, Selected};
use crate::ui::{Chip, CopyButton};

/// How many downstream repositories are listed before one asks for the rest.
const MOST_LISTED: usize = 12;

/// All the map knows about a repository.
#[component]
pub fn RepositoryInspector(
    map: Arc<DomainMap>,
    name: RepositoryName,
    path_shown: RwSignal<bool>,
    drawn: Signal<bool>,
) -> impl IntoView {
    let data = expect_context::<DomainData>();
    let topology = Topology::new(&map.repositories);
    let Some(repository) = topology.get(&name) else {
        return view! { <Missing name=name.as_str() /> }.into_any();
    };
    let downstreams: Vec<RepositoryName> =
        topology.downstreams(&name).into_iter().map(|other| other.name.clone()).collect();
    let (leaks, order) = (topology.leaks_into(&name), topology.search_order(&name));
    let retry = Callback::new(move |()| data.resource.refetch());
    let problem = repository.problem.clone().map(|problem| {
        view! {
            <section class="inspector__section">
                <ProblemNotice what="Upstreams and external connections could not be read." problem retry />
            </section>
        }
    });
    let read = repository.problem.is_none();
    let change = proposing(&name, &repository.upstreams);
    view! {
        <section class="inspector__section">
            <h2 class="inspector__title"><Name text=name.as_str() /><Chip text=Role::of(repository).as_str() /></h2>
            {(!repository.description.is_empty()).then(|| view! { <p class="inspector__text">{repository.description.clone()}</p> })}
            <Facts repository=repository.clone() feeds=downstreams.len() />
            <p class="inspector__actions">
                <a class="button button--primary" href=Place::repository(&data.path(), &name).href()>"Packages"</a>
                <a class="button" href=Place::connect(&data.path(), &name).href()>"Connect"</a>
                <a class="button" href=Place::Comparison(ComparisonPlace::of(&data.path(), Some(&name), None)).href()>"Compare"</a>
                <a class="button" href=Place::settings(&data.path(), &name).href()>"Settings"</a>
            </p>
        </section>
        {problem}
        {(!leaks.is_empty()).then(|| view! { <Leaks leaks=leaks.clone() path_shown drawn /> })}
        {read.then(|| view! { <SearchOrderList order /> })}
        {read.then(|| view! { <FedBy change=change.clone() repository=repository.clone() /> })}
        <FeedsInto downstreams />
        <SameByCommand repository=repository.clone() leaks=leaks.clone() />
        <Identity repository=repository.clone() />
    }
    .into_any()
}

/// Direct upstreams by priority, and the external connection.
#[component]
fn FedBy(
    repository: Repository,
    /// Leads to changing it.
    change: String,
) -> impl IntoView {
    let connections = repository.external_connections.into_iter().map(|connection| {
        let available = connection.status.eq_ignore_ascii_case("available");
        let status = (!available).then(|| view! { <Chip text=connection.status.to_ascii_lowercase() /> });
        let href = selecting(Selected::Source(connection.name.clone()));
        view! { <li><a class="inspector__link" href=href><Name text=connection.name /></a><span class="inspector__note">"external connection"</span>{status}</li> }
    });
    let upstreams = repository.upstreams.into_iter().enumerate().map(|(place, name)| {
        view! { <li><span class="search-order__place">{place + 1}</span><RepositoryLink name /></li> }
    });
    let connections: Vec<_> = connections.collect();
    // A repository has upstreams or an external connection, not both.
    let free = connections.is_empty();
    let upstreams: Vec<_> = upstreams.collect();
    let nothing = (connections.is_empty() && upstreams.is_empty()).then(
        || view! { <p class="inspector__text">"Nothing. It offers only what is published or promoted to it."</p> },
    );
    view! {
        <Section title="Fed by">
            {nothing}
            <ul class="inspector__list">{connections}{upstreams}</ul>
            {free.then(|| view! {
                <p class="inspector__actions"><a class="button button--small" href=change>"Change the upstreams"</a></p>
                <p class="inspector__text inspector__drag">"Or drag on the map: a repository onto this one, or an edge off it."</p>
            })}
        </Section>
    }
}

/// The repositories that have it as an upstream.
#[component]
fn FeedsInto(downstreams: Vec<RepositoryName>) -> impl IntoView {
    let total = downstreams.len();
    let all = RwSignal::new(total <= MOST_LISTED);
    let downstreams = StoredValue::new(downstreams);
    let listed = move || {
        let most = if all.get() { total } else { MOST_LISTED };
        let names = downstreams.with_value(|names| names.iter().take(most).cloned().collect::<Vec<_>>());
        names.into_iter().map(|name| view! { <li><RepositoryLink name /></li> }).collect::<Vec<_>>()
    };
    view! {
        <Section title="Feeds">
            {(total == 0).then(|| view! { <p class="inspector__text">"No repository has it as an upstream."</p> })}
            <ul class="inspector__list">{listed}</ul>
            <Show when=move || !all.get()>
                <button type="button" class="button button--small" on:click=move |_| all.set(true)>
                    {format!("{} more", total - MOST_LISTED)}
                </button>
            </Show>
        </Section>
    }
}

/// What names it to AWS.
#[component]
fn Identity(repository: Repository) -> impl IntoView {
    let administrator = repository
        .administrator
        .map(|account| view! { <p class="inspector__text">{format!("Administrator account {account}")}</p> });
    view! {
        <Section title="ARN">
            <p class="inspector__arn"><code>{repository.arn.clone()}</code><CopyButton text=repository.arn what="ARN" /></p>
            {administrator}
        </Section>
    }
}
