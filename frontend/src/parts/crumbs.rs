//! Where one is: connection, domain, and what is looked at in it.

use leptos::prelude::*;
use shared::api::DomainPath;

use super::{Connections, Name};
use crate::navigation::Navigation;
use crate::place::Place;

/// The way from the connections to the place shown.
#[component]
pub fn Crumbs() -> impl IntoView {
    let navigation = expect_context::<Navigation>();
    let connections = expect_context::<Connections>();
    let domain = Memo::new(move |_| navigation.place().read().as_ref().and_then(Place::domain));
    // The domain that is being set up may not be there yet, and the one that is cleaned up no more.
    let set_up = Memo::new(move |_| match &*navigation.place().read() {
        Some(Place::SetUp(place)) => Some(format!("Set-up of {}", place.recipe.names.domain)),
        Some(Place::CleanUp(path)) => Some(format!("Clean up {}", path.domain)),
        _ => None,
    });
    let connection = Memo::new(move |_| domain.get().and_then(|domain| connections.of(&domain)));
    let about = move || {
        connection.get().map(|connection| match connection.account {
            Some(account) => format!("{} · {account}", connection.region),
            None => connection.region,
        })
    };
    view! {
        <nav class="crumbs" aria-label="Place">
            {move || set_up.get().map(|text| view! {
                <a href=Place::Connections.href()>"Domains"</a>
                <span class="crumbs__slash" aria-hidden="true">"/"</span>
                <span class="crumbs__here" aria-current="page"><Name text /></span>
            })}
            {move || domain.get().map(|domain| view! {
                <a class="crumbs__connection" href=Place::Connections.href()>{about().unwrap_or_else(|| domain.connection.to_string())}</a>
                <DomainCrumb domain />
            })}
        </nav>
    }
}

#[component]
fn DomainCrumb(domain: DomainPath) -> impl IntoView {
    let navigation = expect_context::<Navigation>();
    let inside = Memo::new(move |_| navigation.place().read().as_ref().and_then(inside));
    view! {
        <span class="crumbs__slash" aria-hidden="true">"/"</span>
        <a href=Place::map(&domain).href() class:crumbs__here=move || inside.read().is_none()>{domain.domain.to_string()}</a>
        {move || inside.get().map(|text| view! {
            <span class="crumbs__slash" aria-hidden="true">"/"</span>
            <span class="crumbs__here" aria-current="page"><Name text /></span>
        })}
    }
}

/// What is looked at inside the domain.
fn inside(place: &Place) -> Option<String> {
    match place {
        Place::Connections
        | Place::Compare
        | Place::NewDomain(_)
        | Place::SetUp(_)
        | Place::CleanUp(_)
        | Place::Map(_) => None,
        Place::DomainSettings(_) => Some("Settings".to_owned()),
        Place::NewRepository(_) => Some("New repository".to_owned()),
        Place::Doctor(_) => Some("Doctor".to_owned()),
        Place::DomainAccess(_) => Some("Access".to_owned()),
        Place::GeneratePolicy(_) => Some("Generate a policy".to_owned()),
        Place::ExplainAccess(_) => Some("Who may do what".to_owned()),
        Place::RepositorySettings(path) | Place::RepositoryAccess(path) | Place::Publish(path) => {
            Some(path.repository.to_string())
        }
        Place::Connect(place) => Some(format!("Connect to {}", place.repository.repository)),
        Place::Repository(place) => Some(place.repository.repository.to_string()),
        Place::Package(place) => Some(place.package.full_name()),
        Place::Versions(place) => Some(place.package.full_name()),
        Place::Comparison(_) => Some("Compare repositories".to_owned()),
        Place::Promote(_) => Some("Promote".to_owned()),
        Place::Export(..) => Some("Export".to_owned()),
    }
}
