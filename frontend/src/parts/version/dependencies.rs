//! What a version depends on.

use leptos::prelude::*;
use shared::api::DomainPath;
use shared::format::PackageFormat;
use shared::package::PackageKey;
use shared::version::Dependency;

use crate::parts::Name;
use crate::place::Place;
use crate::ui::{Button, ButtonKind, Chip};

/// How many are shown before one asks for the rest.
const LISTED: usize = 20;

/// Direct dependencies, each leading to its package in this domain.
#[component]
pub fn Dependencies(domain: DomainPath, format: PackageFormat, dependencies: Vec<Dependency>) -> impl IntoView {
    if dependencies.is_empty() {
        return view! { <p class="muted">"None."</p> }.into_any();
    }
    let total = dependencies.len();
    let all = RwSignal::new(total <= LISTED);
    let rows = move || {
        let most = if all.get() { total } else { LISTED };
        let rows = dependencies.iter().take(most).cloned().map(|dependency| row(&domain, format, dependency));
        rows.collect::<Vec<_>>()
    };
    view! {
        <ul class="dependencies">{rows}</ul>
        {move || (!all.get()).then(|| view! {
            <Button kind=ButtonKind::Small on_click=move || all.set(true)>{format!("Show all {total}")}</Button>
        })}
    }
    .into_any()
}

fn row(domain: &DomainPath, format: PackageFormat, dependency: Dependency) -> impl IntoView + use<> {
    let package = PackageKey { format, namespace: dependency.namespace, name: dependency.package };
    let href = Place::package(domain, &package, None).href();
    let requirement = if dependency.requirement.is_empty() { "any version".to_owned() } else { dependency.requirement };
    view! {
        <li>
            <a href=href><Name text=package.full_name() /></a>
            <code class="muted">{requirement}</code>
            {dependency.kind.filter(|kind| kind != "regular").map(|kind| view! { <Chip text=kind /> })}
        </li>
    }
}
