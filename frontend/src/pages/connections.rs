//! Connections and their domains, side by side.

use leptos::prelude::*;
use shared::api::{ConnectionPath, DescribeDomain, DomainPath};
use shared::domain::DomainSummary;
use shared::names::ConnectionKey;

mod section;
use section::ConnectionSection;

use crate::api::{Reads, Request};
use crate::parts::{Connections, ProblemNotice};
use crate::place::{Place, SetUpPlace};
use crate::ui::{Command, EmptyState, Moment, Skeleton, SkeletonRows, bytes, grouped};

/// Every connection of the server with its domains.
#[component]
pub fn ConnectionsPage() -> impl IntoView {
    let connections = expect_context::<Connections>();
    // What each says of its caller may change; only which there are draws the page anew.
    let told = Memo::new(move |_| {
        let connections = connections.reading.get()?;
        let fixed = connections.iter().map(|one| (one.key.clone(), one.label.clone(), one.region.clone()));
        Some(fixed.collect::<Vec<_>>())
    });
    let several = move || told.read().as_ref().is_some_and(|told| told.len() > 1);
    view! {
        <main class="page" id="main" tabindex="-1">
            <div class="connections__head">
                <h1>"Domains"</h1>
                {move || several().then(|| view! {
                    <a class="button button--small" href=Place::Compare.href()>"Compare connections"</a>
                })}
            </div>
            <p class="page__about">"A domain holds repositories that share their packages. Open one to see where its packages come from."</p>
            {move || connections.reading.problem().get().map(|problem| view! {
                <ProblemNotice what="The list of connections could not be read." problem retry=Callback::new(move |()| connections.reading.refetch()) />
            })}
            {move || match told.get() {
                None if connections.reading.problem().read().is_some() => ().into_any(),
                None => view! { <SkeletonRows rows=3 what="connections" /> }.into_any(),
                Some(told) if told.is_empty() => view! { <NoConnection /> }.into_any(),
                Some(told) => {
                    let sections = told.into_iter().map(|(key, label, region)| view! { <ConnectionSection connection=key label region /> });
                    view! { <div class="connections">{sections.collect::<Vec<_>>()}</div> }.into_any()
                }
            }}
        </main>
    }
}

#[component]
fn NoConnection() -> impl IntoView {
    view! {
        <EmptyState title="No connection to AWS">
            <p>"Start Headwater with the AWS profile that it should use:"</p>
            <Command text="headwater serve --profile NAME --region REGION" />
        </EmptyState>
    }
}

fn new_domain(connection: &ConnectionKey) -> String {
    Place::NewDomain(ConnectionPath { connection: connection.clone() }).href()
}

/// The way to the set-up recipe; to its connection, where the recipe's own names were no names.
fn set_up(connection: &ConnectionKey) -> String {
    SetUpPlace::usual(connection).map_or_else(|| new_domain(connection), |place| Place::SetUp(Box::new(place)).href())
}

fn domain_table(connection: &ConnectionKey, domains: Vec<DomainSummary>) -> AnyView {
    if domains.is_empty() {
        let (new, guided) = (new_domain(connection), set_up(connection));
        return view! {
            <EmptyState title="No domain yet">
                <p>"A domain holds repositories that share their packages. It is named once and keeps its name."</p>
                <p class="empty__actions">
                    <a class="button button--primary" href=guided>"Set up step by step"</a>
                    <a class="button" href=new>"Make a domain"</a>
                </p>
            </EmptyState>
        }
        .into_any();
    }
    let rows = domains.into_iter().map(|domain| view! { <DomainRow connection=connection.clone() domain /> });
    view! {
        <div class="table-frame">
            <table class="table domains">
                <thead>
                    <tr>
                        <th scope="col">"Domain"</th>
                        <th scope="col" class="table__number">"Repositories"</th>
                        <th scope="col" class="table__number">"Size"</th>
                        <th scope="col">"Created"</th>
                    </tr>
                </thead>
                <tbody>{rows.collect::<Vec<_>>()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// One domain. Its numbers come by a call of their own, so that one slow domain does not hold up the list.
#[component]
fn DomainRow(connection: ConnectionKey, domain: DomainSummary) -> impl IntoView {
    let reads = expect_context::<Reads>();
    let path = DomainPath { connection, domain: domain.name.clone() };
    let href = Place::map(&path).href();
    let detail = reads.reading::<DescribeDomain>(move || Some(Request::of::<DescribeDomain>(&path, &(), &())));
    let number = move |text: fn(&shared::domain::Domain) -> String| match (detail.get(), detail.problem().get()) {
        (Some(domain), _) => text(&domain).into_any(),
        (None, Some(problem)) => view! { <span class="muted" title=problem.message>"not readable"</span> }.into_any(),
        (None, None) => view! { <Skeleton class="skeleton--number" /> }.into_any(),
    };
    view! {
        <tr>
            <th scope="row"><a class="domains__name" href=href>{domain.name.to_string()}</a><span class="domains__owner">{domain.owner.to_string()}</span></th>
            <td class="table__number">{move || number(|domain| grouped(u64::from(domain.repository_count)))}</td>
            <td class="table__number">{move || number(|domain| bytes(domain.asset_size_bytes))}</td>
            <td>{domain.created.map(|at| view! { <Moment at /> })}</td>
        </tr>
    }
}
