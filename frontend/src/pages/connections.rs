//! Connections and their domains.

use leptos::prelude::*;
use shared::api::{ConnectionPath, DescribeDomain, DomainPath, ListDomains};
use shared::connection::Connection;
use shared::domain::DomainSummary;
use shared::names::ConnectionKey;

use crate::api::{Reads, Request};
use crate::parts::{Connections, Loaded, ProblemNotice};
use crate::place::{Place, SetUpPlace};
use crate::ui::{Command, EmptyState, Moment, Skeleton, SkeletonRows, bytes, grouped, now};

/// Every connection of the server with its domains.
#[component]
pub fn ConnectionsPage() -> impl IntoView {
    let connections = expect_context::<Connections>();
    view! {
        <main class="page" id="main" tabindex="-1">
            <h1>"Domains"</h1>
            <p class="page__about">"A domain holds repositories that share their packages. Open one to see where its packages come from."</p>
            <Loaded
                reading=connections.reading
                what="The list of connections"
                placeholder=|| view! { <SkeletonRows rows=3 what="connections" /> }
                ready=move |connections| list(connections.to_vec()).into_any()
            />
        </main>
    }
}

fn list(connections: Vec<Connection>) -> impl IntoView {
    if connections.is_empty() {
        return view! {
            <EmptyState title="No connection to AWS">
                <p>"Start Headwater with the AWS profile that it should use:"</p>
                <Command text="headwater serve --profile NAME --region REGION" />
            </EmptyState>
        }
        .into_any();
    }
    connections.into_iter().map(|connection| view! { <ConnectionSection connection /> }).collect::<Vec<_>>().into_any()
}

/// One connection with its domains.
#[component]
fn ConnectionSection(connection: Connection) -> impl IntoView {
    let reads = expect_context::<Reads>();
    let path = ConnectionPath { connection: connection.key.clone() };
    let domains = reads.reading::<ListDomains>(move || Some(Request::of::<ListDomains>(&path, &(), &())));
    Effect::new(move |_| {
        // Tracked: a list that tells the same was read anew all the same.
        reads.busy();
        if domains.get().is_some() {
            reads.note(now());
        }
    });
    let account = connection.account.as_ref().map(|account| account.to_string());
    let key = connection.key.clone();
    let (new, guided) = (new_domain(&key), set_up(&key));
    view! {
        <section class="connection">
            <header class="connection__head">
                <h2>{connection.label}</h2>
                <p class="muted">{connection.region}{account.map(|account| format!(" · {account}"))}</p>
                <a class="button button--small" href=guided>"Guided set-up"</a>
                <a class="button button--small" href=new>"New domain"</a>
                {connection.caller.map(|caller| view! { <p class="connection__caller" title=caller.clone()>{caller.clone()}</p> })}
            </header>
            {connection.problem.map(|problem| view! { <ProblemNotice what="The connection does not work." problem /> })}
            <Loaded
                reading=domains
                what="The list of domains"
                placeholder=|| view! { <SkeletonRows rows=2 what="domains" /> }
                ready=move |domains| domain_table(&key, domains.to_vec())
            />
        </section>
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
