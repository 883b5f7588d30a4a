//! Names of domains and repositories, across all connections.

use std::collections::BTreeMap;

use leptos::prelude::*;
use shared::api::{ConnectionPath, DomainPath, ListDomains, ListRepositoryNames};
use shared::connection::Connection;
use shared::names::{ConnectionKey, DomainName, RepositoryName};
use shared::problem::Problem;

use crate::api::{Api, Freshness, Reads};
use crate::parts::{Connections, ProblemNotice};
use crate::place::Place;
use crate::ui::{EmptyState, SkeletonRows, count, now};

/// A domain, or a repository of any domain of that name.
type Name = (DomainName, Option<RepositoryName>);

/// What each connection has; a failed one says why.
type Found = BTreeMap<ConnectionKey, Result<Vec<Name>, Problem>>;

/// Every name that stands in more than one connection, and where.
#[component]
pub fn ComparePage() -> impl IntoView {
    let (api, reads, connections) =
        (expect_context::<Api>(), expect_context::<Reads>(), expect_context::<Connections>());
    let found = RwSignal::new(Found::new());
    let part = RwSignal::new(String::new());
    let all = RwSignal::new(false);
    let seen = StoredValue::new(reads.generation_untracked());
    let known =
        Memo::new(move |_| connections.reading.get().map(|connections| connections.to_vec()).unwrap_or_default());
    let keys = Memo::new(move |_| known.read().iter().map(|one| one.key.clone()).collect::<Vec<_>>());
    Effect::new(move |_| {
        let generation = reads.generation();
        let freshness = if seen.get_value() == generation { Freshness::Cached } else { Freshness::Anew };
        seen.set_value(generation);
        for key in keys.get() {
            leptos::task::spawn_local(async move {
                let names = reads.watch(names(api, &key, freshness)).await;
                reads.note(now());
                found.try_update(|found| drop(found.insert(key, names)));
            });
        }
    });
    let rows = Memo::new(move |_| rows(&found.read(), part.read().trim(), all.get()));
    let problems = move || {
        let found = found.read();
        let known = known.read();
        let failed =
            known.iter().filter_map(|one| Some((one.label.clone(), found.get(&one.key)?.as_ref().err()?.clone())));
        failed
            .map(|(label, problem)| view! { <ProblemNotice what=format!("{label} could not be read.") problem /> })
            .collect::<Vec<_>>()
    };
    let waiting = move || found.read().len() < keys.read().len();
    view! {
        <main class="page page--stack" id="main" tabindex="-1">
            <div class="connections__head">
                <h1>"Compare connections"</h1>
                <a class="button button--small" href=Place::Connections.href()>"All domains"</a>
            </div>
            <p class="page__about">"The same name of a domain or repository in several accounts and regions, side by side."</p>
            <div class="versions__narrow">
                <div class="field">
                    <label class="field__label" for="compare-part">"Name contains"</label>
                    <input id="compare-part" class="input" type="search" autocomplete="off" spellcheck="false"
                        prop:value=move || part.get() on:input=move |event| part.set(event_target_value(&event)) />
                </div>
                <label class="compare__all">
                    <input type="checkbox" prop:checked=move || all.get() on:change=move |event| all.set(event_target_checked(&event)) />
                    "Also names in one connection only"
                </label>
            </div>
            {problems}
            {move || waiting().then(|| view! { <SkeletonRows rows=3 what="names" /> })}
            {move || {
                let rows = rows.get();
                if rows.is_empty() {
                    return (!waiting()).then(|| view! { <NothingShared all=all.get() /> }).into_any();
                }
                table(&known.read(), rows)
            }}
        </main>
    }
}

#[component]
fn NothingShared(all: bool) -> impl IntoView {
    let title = if all { "No such name" } else { "No name stands in more than one connection" };
    view! {
        <EmptyState title>
            <p>"Change what is looked for, or open a domain from the list."</p>
            <a class="button" href=Place::Connections.href()>"All domains"</a>
        </EmptyState>
    }
}

async fn names(api: Api, key: &ConnectionKey, freshness: Freshness) -> Result<Vec<Name>, Problem> {
    let path = ConnectionPath { connection: key.clone() };
    let domains = api.send::<ListDomains>(&path, &(), &(), freshness).await?;
    let repositories = api.send::<ListRepositoryNames>(&path, &(), &(), freshness).await?;
    let mut names: Vec<Name> = domains.iter().map(|domain| (domain.name.clone(), None)).collect();
    for one in repositories.iter() {
        names.extend(one.repositories.iter().map(|repository| (one.domain.clone(), Some(repository.clone()))));
    }
    Ok(names)
}

/// One name and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    /// `domain`, or `repository` for a repository.
    kind: &'static str,
    name: String,
    places: BTreeMap<ConnectionKey, Vec<Name>>,
}

/// Names that hold `part`: those of several connections, or `all`; domains first.
fn rows(found: &Found, part: &str, all: bool) -> Vec<Row> {
    let mut rows = BTreeMap::<(&'static str, String), BTreeMap<ConnectionKey, Vec<Name>>>::new();
    for (key, names) in found {
        for name in names.iter().flatten() {
            let row = match &name.1 {
                None => ("domain", name.0.to_string()),
                Some(repository) => ("repository", repository.to_string()),
            };
            if row.1.contains(part) {
                rows.entry(row).or_default().entry(key.clone()).or_default().push(name.clone());
            }
        }
    }
    let kept = rows.into_iter().filter(|(_, places)| all || places.len() > 1);
    kept.map(|((kind, name), places)| Row { kind, name, places }).collect()
}

fn table(connections: &[Connection], rows: Vec<Row>) -> AnyView {
    let number = count(rows.len(), "name");
    let head = connections.iter().map(|one| {
        view! { <th scope="col">{one.label.clone()}<span class="compare__region">{one.region.clone()}</span></th> }
    });
    let head = head.collect::<Vec<_>>();
    let body = rows.into_iter().map(|row| {
        let cells = connections.iter().map(|one| cell(&one.key, row.places.get(&one.key))).collect::<Vec<_>>();
        view! { <tr><th scope="row">{row.name}<span class="compare__region">{row.kind}</span></th>{cells}</tr> }
    });
    let body = body.collect::<Vec<_>>();
    view! {
        <div class="table-frame" tabindex="0" role="group" aria-label="Names by connection">
            <table class="table compare"><thead><tr><th scope="col">"Name"</th>{head}</tr></thead><tbody>{body}</tbody></table>
        </div>
        <p class="muted" role="status">{number}</p>
    }
    .into_any()
}

fn cell(key: &ConnectionKey, names: Option<&Vec<Name>>) -> AnyView {
    let Some(names) = names else {
        return view! { <td class="muted"><span aria-hidden="true">"—"</span><span class="visually-hidden">"not here"</span></td> }.into_any();
    };
    let links = names.iter().map(|(domain, repository)| {
        let path = DomainPath { connection: key.clone(), domain: domain.clone() };
        let (href, text) = match repository {
            None => (Place::map(&path).href(), format!("{domain}")),
            Some(repository) => (Place::repository(&path, repository).href(), format!("{domain}/{repository}")),
        };
        view! { <a href=href>{text}</a> }
    });
    view! { <td class="compare__places">{links.collect::<Vec<_>>()}</td> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_several_connections_are_found_whatever_their_domain() {
        let name = |domain: &str, repository: Option<&str>| {
            (domain.parse().unwrap(), repository.map(|repository| repository.parse().unwrap()))
        };
        let one = vec![name("acme", None), name("acme", Some("npm-store")), name("acme", Some("only-here"))];
        let two = vec![name("labs", None), name("labs", Some("npm-store"))];
        let found: Found = [("one".parse().unwrap(), Ok(one)), ("two".parse().unwrap(), Ok(two))].into();
        let told = |part: &str, all| rows(&found, part, all).into_iter().map(|row| row.name).collect::<Vec<_>>();
        assert_eq!(told("", false), ["npm-store"]);
        assert_eq!(told("", true), ["acme", "labs", "npm-store", "only-here"]);
        assert_eq!(told("here", true), ["only-here"]);
    }
}
