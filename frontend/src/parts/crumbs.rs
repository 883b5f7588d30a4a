//! Where one is: connection, domain, and what is looked at in it.

use leptos::prelude::*;
use shared::api::{DomainPath, RepositoryPath};
use shared::names::RepositoryName;

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
    let inside = Memo::new(move |_| navigation.place().read().as_ref().map(inside).unwrap_or_default());
    let repository = {
        let domain = domain.clone();
        move || {
            inside.read().repository.clone().map(|name| {
                view! {
                    <span class="crumbs__slash" aria-hidden="true">"/"</span>
                    <a href=Place::repository(&domain, &name).href()><Name text=name.to_string() /></a>
                }
            })
        }
    };
    let here = move || {
        let text = match inside.read().here.clone()? {
            Here::Name(text) => view! { <Name text /> }.into_any(),
            Here::Words(words) => words.into_any(),
        };
        Some(view! {
            <span class="crumbs__slash" aria-hidden="true">"/"</span>
            <span class="crumbs__here" aria-current="page">{text}</span>
        })
    };
    view! {
        <span class="crumbs__slash" aria-hidden="true">"/"</span>
        <a href=Place::map(&domain).href() class:crumbs__here=move || inside.read().here.is_none()>{domain.domain.to_string()}</a>
        {repository}
        {here}
    }
}

/// What is looked at inside the domain.
#[derive(Debug, Clone, Default, PartialEq)]
struct Inside {
    /// The repository that the place belongs to, where it is not the place itself.
    repository: Option<RepositoryName>,
    here: Option<Here>,
}

/// The last crumb.
#[derive(Debug, Clone, PartialEq)]
enum Here {
    Name(String),
    Words(&'static str),
}

fn inside(place: &Place) -> Inside {
    let words = |words| Inside { repository: None, here: Some(Here::Words(words)) };
    let name = |name: String| Inside { repository: None, here: Some(Here::Name(name)) };
    let of = |path: &RepositoryPath, inside: Inside| Inside { repository: Some(path.repository.clone()), ..inside };
    match place {
        Place::Connections
        | Place::Compare
        | Place::NewDomain(_)
        | Place::SetUp(_)
        | Place::CleanUp(_)
        | Place::Map(_) => Inside::default(),
        Place::DomainSettings(_) => words("Settings"),
        Place::Protection(_) => words("Protection"),
        Place::NewRepository(_) => words("New repository"),
        Place::Doctor(_) => words("Doctor"),
        Place::DomainAccess(_) => words("Access"),
        Place::GeneratePolicy(_) => words("Generate a policy"),
        Place::ExplainAccess(_) => words("Who may do what"),
        Place::RepositorySettings(path, _) => of(path, words("Settings")),
        Place::RepositoryAccess(path) => of(path, words("Access")),
        Place::Publish(path) => of(path, words("Publish")),
        Place::Connect(place) => of(&place.repository, words("Connect")),
        Place::Repository(place) => name(place.repository.repository.to_string()),
        Place::Package(place) => name(place.package.full_name()),
        Place::Versions(place) => of(&place.repository, name(place.package.full_name())),
        Place::Comparison(_) => words("Compare repositories"),
        Place::Promote(_) => words("Promote"),
        Place::Plan(path) => name(format!("Plan {}", short(path.plan.as_str()))),
        Place::Run(place) => name(format!("Run {}", short(place.run.run.as_str()))),
        Place::Undo(place) => name(format!("Undo run {}", short(place.run.run.as_str()))),
        Place::Promotions(_) => words("Promotions"),
        Place::History(_) => words("History"),
        Place::Export(..) => words("Export"),
    }
}

/// The beginning of the name of a plan or run, enough to tell it from others.
fn short(id: &str) -> &str {
    id.get(..8).unwrap_or(id)
}
