//! Which repositories of the domain have a policy of their own.

use std::collections::HashMap;

use leptos::prelude::*;
use shared::api::{DomainPath, GlanceAtPolicies};
use shared::names::RepositoryName;
use shared::permission::{GlancePolicies, PolicyGlance};
use shared::policy::{Level, Policy, check};

use crate::api::{Api, Freshness, Reads};
use crate::parts::{DomainData, Name};
use crate::place::Place;
use crate::ui::{Button, Chip, Skeleton, Tone, count};

type Glances = RwSignal<HashMap<RepositoryName, PolicyGlance>>;

/// The repositories, with what their policies are. Those that are listed are read, not all of a large domain.
#[component]
pub fn Repositories() -> impl IntoView {
    let (data, api, reads) = (expect_context::<DomainData>(), expect_context::<Api>(), expect_context::<Reads>());
    let most = RwSignal::new(GlancePolicies::MOST);
    let glances: Glances = RwSignal::new(HashMap::new());
    let names = Memo::new(move |_| {
        let map = data.map.read();
        map.as_ref().map(|map| map.repositories.iter().map(|one| one.name.clone()).collect::<Vec<_>>())
    });
    let listed = Memo::new(move |_| {
        names.read().as_ref().map(|names| names.iter().take(most.get()).cloned().collect::<Vec<_>>())
    });
    let generation = StoredValue::new(reads.generation_untracked());
    Effect::new(move |_| {
        let anew = generation.get_value() != reads.generation();
        generation.set_value(reads.generation_untracked());
        let known = glances.read_untracked();
        let wanted =
            listed.read().iter().flatten().filter(|name| anew || !known.contains_key(*name)).cloned().collect();
        leptos::task::spawn_local(read(api, data.path(), wanted, glances));
    });
    let total = move || names.read().as_ref().map_or(0, Vec::len);
    let rows = move || {
        let listed = listed.get().unwrap_or_default();
        listed.into_iter().map(|name| view! { <Row name glances /> }).collect::<Vec<_>>()
    };
    view! {
        <section class="access__repositories" aria-label="Policies of repositories">
            <h2>"Policies of repositories"</h2>
            <div class="table-frame">
                <table class="table">
                    <thead><tr><th scope="col">"Repository"</th><th scope="col">"Policy of its own"</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            {move || (total() > most.get()).then(|| {
                let next = (total() - most.get()).min(GlancePolicies::MOST);
                view! { <Button on_click=move || most.update(|most| *most += GlancePolicies::MOST)>{format!("Show the next {next}")}</Button> }
            })}
        </section>
    }
}

async fn read(api: Api, path: DomainPath, names: Vec<RepositoryName>, glances: Glances) {
    for batch in names.chunks(GlancePolicies::MOST) {
        let body = GlancePolicies { repositories: batch.to_vec() };
        let told = match api.send::<GlanceAtPolicies>(&path, &(), &body, Freshness::Anew).await {
            Ok(told) => told.to_vec(),
            Err(problem) => {
                let failed = |name: &RepositoryName| PolicyGlance {
                    repository: name.clone(),
                    policy: None,
                    problem: Some(problem.clone()),
                };
                batch.iter().map(failed).collect()
            }
        };
        let kept =
            glances.try_update(|glances| glances.extend(told.into_iter().map(|one| (one.repository.clone(), one))));
        if kept.is_none() {
            return; // The person has left the page.
        }
    }
}

#[component]
fn Row(name: RepositoryName, glances: Glances) -> impl IntoView {
    let data = expect_context::<DomainData>();
    let href = Place::access(&data.path(), &name).href();
    let text = name.to_string();
    let glance = Memo::new(move |_| glances.read().get(&name).cloned());
    view! {
        <tr>
            <th scope="row"><a href=href><Name text /></a></th>
            <td>{move || match glance.get() {
                None => view! { <Skeleton /> }.into_any(),
                Some(glance) => told(&glance),
            }}</td>
        </tr>
    }
}

/// What is worth knowing of a policy in a list.
fn told(glance: &PolicyGlance) -> AnyView {
    if let Some(problem) = &glance.problem {
        return view! { <Chip tone=Tone::Danger text="Could not be read" />" "{problem.message.clone()} }.into_any();
    }
    let Some(policy) = &glance.policy else {
        return view! { <span class="muted">"None"</span> }.into_any();
    };
    let statements = match Policy::parse(&policy.document, Level::Repository) {
        Ok(read) => count(read.statements.len(), "statement"),
        Err(_) => "A policy that cannot be read".to_owned(),
    };
    let findings = check(&policy.document, Level::Repository).len();
    view! {
        {statements}
        {(findings > 0).then(|| view! { " "<Chip tone=Tone::Warn text=format!("{} to look at", count(findings, "thing")) /> })}
    }
    .into_any()
}
