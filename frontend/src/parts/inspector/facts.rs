//! Numbers about a repository.

use leptos::prelude::*;
use shared::names::RepositoryName;
use shared::repository::{PackageCounts, Repository};

use super::super::DomainData;
use crate::ui::{Moment, grouped};

/// Packages, repositories fed, and the day it was created.
#[component]
pub fn Facts(repository: Repository, feeds: usize) -> impl IntoView {
    let created = repository.created;
    view! {
        <dl class="facts">
            <Fact label="packages"><Packages name=repository.name /></Fact>
            <Fact label=if feeds == 1 { "repository fed" } else { "repositories fed" }>{grouped(feeds as u64)}</Fact>
            {created.map(|at| view! { <Fact label="created"><Moment at /></Fact> })}
        </dl>
    }
}

/// One number and what it counts.
#[component]
pub fn Fact(label: &'static str, children: Children) -> impl IntoView {
    view! { <div class="facts__fact"><dt>{label}</dt><dd>{children()}</dd></div> }
}

/// How many packages it holds: a dash until they are counted, or when they could not be.
#[component]
fn Packages(name: RepositoryName) -> impl IntoView {
    let data = expect_context::<DomainData>();
    let problem = {
        let name = name.clone();
        move || data.counts.read().get(&name)?.problem.as_ref().map(|problem| problem.message.clone())
    };
    view! { <span title=problem>{move || data.counts.read().get(&name).and_then(total).unwrap_or_else(|| "–".to_owned())}</span> }
}

fn total(counts: &PackageCounts) -> Option<String> {
    if counts.problem.is_some() {
        return None;
    }
    let sum: u64 = counts.formats.iter().map(|(_, count)| u64::from(*count)).sum();
    Some(format!("{}{}", grouped(sum), if counts.more { "+" } else { "" }))
}
