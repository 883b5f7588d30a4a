//! The domain as a whole, while nothing is selected.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use shared::domain::DomainMap;
use shared::names::RepositoryName;
use shared::topology::{Leak, Topology};

use super::facts::Fact;
use super::leaks::way;
use super::{RepositoryLink, Section, selecting};
use crate::parts::{DomainData, Name};
use crate::place::{Place, Selected};
use crate::ui::{Chip, Glyph, Icon, Notice, Tone, bytes, count, grouped};

/// How many leaks and unread repositories are listed.
const MOST_LISTED: usize = 8;

/// Size, leaks, and what could not be read.
#[component]
pub fn Overview(map: Arc<DomainMap>) -> impl IntoView {
    let path = expect_context::<DomainData>().path();
    let leaks = Topology::new(&map.repositories).leaks();
    let title = if leaks.is_empty() { "Into production" } else { "Leaks into production" };
    let (leak_count, listed) = (leaks.len(), leak_list(&leaks));
    let (repositories, stored) = (map.repositories.len(), map.domain.asset_size_bytes);
    let name = map.domain.name.to_string();
    let unread: Vec<_> = map.repositories.iter().filter(|repository| repository.problem.is_some()).collect();
    let unread_count = unread.len();
    let unread: Vec<_> = unread
        .into_iter()
        .take(MOST_LISTED)
        .map(|repository| view! { <li><RepositoryLink name=repository.name.clone() /></li> })
        .collect();
    view! {
        <section class="inspector__section">
            <h2 class="inspector__title"><Name text=name /><Chip text="domain" /></h2>
            <dl class="facts">
                <Fact label="repositories">{grouped(repositories as u64)}</Fact>
                <Fact label="stored">{bytes(stored)}</Fact>
                <Fact label=if leak_count == 1 { "leak" } else { "leaks" }>{grouped(leak_count as u64)}</Fact>
            </dl>
            <p class="inspector__actions">
                <a class="button" href=Place::NewRepository(path.clone()).href()>"New repository"</a>
                <a class="button" href=Place::DomainSettings(path).href()>"Settings"</a>
            </p>
        </section>
        <Section title>{listed}</Section>
        {(unread_count > 0).then(|| view! {
            <Section title=format!("{} could not be read", count(unread_count, "upstream list"))>
                <ul class="inspector__list">{unread}</ul>
            </Section>
        })}
        <Section title="How to read the map">
            <p class="inspector__text">
                "Packages flow from left to right. Select a repository to see, in order, where it looks for a package, and where a fetched version is kept."
            </p>
            <p class="inspector__text">
                <kbd>"←"</kbd>" "<kbd>"→"</kbd>" follow the edges, "<kbd>"Space"</kbd>" selects, "<kbd>"Enter"</kbd>" opens, "<kbd>"/"</kbd>" finds, "<kbd>"f"</kbd>" shows all."
            </p>
            <p class="inspector__text">
                "To try other upstreams, drag a repository onto the one that is to take from it, drag an edge off, or press "<kbd>"u"</kbd>". Nothing changes before you save."
            </p>
        </Section>
    }
}

/// The production repositories that are reached, each with what reaches it.
fn leak_list(leaks: &[Leak]) -> AnyView {
    if leaks.is_empty() {
        return view! { <Notice tone=Tone::Ok><p>"Only promoted versions can be installed from production."</p></Notice> }.into_any();
    }
    let mut reached: BTreeMap<&RepositoryName, Vec<&Leak>> = BTreeMap::new();
    for leak in leaks {
        reached.entry(leak.into_repository()).or_default().push(leak);
    }
    let more = reached.len().saturating_sub(MOST_LISTED);
    let listed = reached.into_iter().take(MOST_LISTED).map(|(name, leaks)| {
        let others = leaks.len() - 1;
        let others = (others > 0).then(|| view! { <br />{format!("and {}", count(others, "more way"))} });
        view! {
            <li>
                <a class="leak-link" href=selecting(Selected::Repository(name.clone()))>
                    <Icon glyph=Glyph::Warning />
                    <span><b>{name.to_string()}</b><br />{way(leaks[0])}{others}</span>
                </a>
            </li>
        }
    });
    view! {
        <ul class="inspector__list">{listed.collect::<Vec<_>>()}</ul>
        {(more > 0).then(|| view! { <p class="inspector__text">{format!("And {more} more. The table sorts by state.")}</p> })}
    }
    .into_any()
}
