//! An external connection, selected.

use std::sync::Arc;

use leptos::prelude::*;
use shared::domain::DomainMap;
use shared::repository::Repository;
use shared::topology::{LeakSource, Topology};

use super::facts::Fact;
use super::{Missing, RepositoryLink, Section};
use crate::parts::Name;
use crate::ui::{Chip, grouped};

/// What an external connection feeds.
#[component]
pub fn SourceInspector(map: Arc<DomainMap>, name: String) -> impl IntoView {
    let connected = |repository: &&Repository| repository.external_connections.iter().any(|other| other.name == name);
    let stores: Vec<&Repository> = map.repositories.iter().filter(connected).collect();
    let format = stores.iter().flat_map(|store| &store.external_connections).find_map(|other| other.format);
    if stores.is_empty() {
        return view! { <Missing name /> }.into_any();
    }
    let reached = reached(&map.repositories, &stores);
    let leaking = Topology::new(&map.repositories).leaks();
    let leaking = leaking.iter().filter(|leak| leak.source == LeakSource::External(name.clone())).count();
    let connected = stores.len();
    let stores: Vec<_> =
        stores.iter().map(|store| view! { <li><RepositoryLink name=store.name.clone() /></li> }).collect();
    view! {
        <section class="inspector__section">
            <h2 class="inspector__title"><Name text=name /><Chip text="external" /></h2>
            <p class="inspector__text">
                {format.map(|format| format!("A public {format} registry. ")).unwrap_or_default()}
                "What it offers can be installed from every repository it reaches."
            </p>
            <dl class="facts">
                <Fact label="connected">{grouped(connected as u64)}</Fact>
                <Fact label="reached in all">{grouped(reached as u64)}</Fact>
                <Fact label=if leaking == 1 { "leak" } else { "leaks" }>{grouped(leaking as u64)}</Fact>
            </dl>
        </section>
        <Section title="Feeds"><ul class="inspector__list">{stores}</ul></Section>
    }
    .into_any()
}

/// How many repositories are fed from these, directly or not, themselves included.
fn reached(repositories: &[Repository], stores: &[&Repository]) -> usize {
    let topology = Topology::new(repositories);
    let mut seen = std::collections::BTreeSet::new();
    let mut open: Vec<&Repository> = stores.to_vec();
    while let Some(repository) = open.pop() {
        if seen.insert(&repository.name) {
            open.extend(topology.downstreams(&repository.name));
        }
    }
    seen.len()
}
