//! The program: contexts of everything, and which page is shown.

use leptos::prelude::*;
use shared::api::{ConnectionPath, DomainPath};

use crate::api::{Api, Reads};
use crate::navigation::Navigation;
use crate::pages::{
    ConnectionsPage, NowherePage, SignedOutPage, clean_up_page, compare_page, domain_pages, new_domain_page, prepare,
    set_up_page,
};
use crate::parts::{Connections, Header, Me};
use crate::place::{Place, VersionsPlace};
use crate::session::{Session, SessionState};
use crate::ui::{Announcements, Announcer};

/// The whole program.
#[component]
pub fn App(
    /// The secret of the sign-in link, where the page was opened by one.
    secret: Option<String>,
) -> impl IntoView {
    let session = Session::open(secret);
    provide_context(session);
    provide_context(Api::new(session));
    provide_context(Navigation::start());
    provide_context(Announcer::new());
    view! {
        {move || match session.state() {
            SessionState::Opening => ().into_any(),
            SessionState::SignedIn => view! { <SignedIn /> }.into_any(),
            SessionState::SignedOut(problem) => view! { <SignedOutPage problem /> }.into_any(),
        }}
        <Announcements />
    }
}

/// Which page is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Shown {
    Connections,
    Compare,
    NewDomain(ConnectionPath),
    SetUp(ConnectionPath),
    CleanUp(DomainPath),
    Domain(DomainPath),
    Nowhere,
}

#[component]
fn SignedIn() -> impl IntoView {
    let (api, navigation) = (expect_context::<Api>(), expect_context::<Navigation>());
    let reads = Reads::new(api);
    provide_context(reads);
    provide_context(Connections::read(reads));
    provide_context(Me::read(reads));
    let navigation_open = RwSignal::new(false);
    let shown = Memo::new(move |_| match &*navigation.place().read() {
        None => Shown::Nowhere,
        Some(Place::Compare) => Shown::Compare,
        Some(Place::NewDomain(path)) => Shown::NewDomain(path.clone()),
        Some(Place::CleanUp(domain)) => Shown::CleanUp(domain.clone()),
        // The names chosen on the page only refine it.
        Some(Place::SetUp(place)) => Shown::SetUp(ConnectionPath { connection: place.connection.clone() }),
        Some(place) => place.domain().map_or(Shown::Connections, Shown::Domain),
    });
    Effect::new(move |_| {
        let place = navigation.place().read();
        document().set_title(&title(place.as_ref()));
        if let Some(place) = &*place {
            prepare(place);
        }
    });
    navigation.on_approach(|place| prepare(&place));
    view! {
        <a class="skip" href="#main">"Skip to the page"</a>
        <Header navigation_open />
        {move || match shown.get() {
            Shown::Connections => view! { <ConnectionsPage /> }.into_any(),
            Shown::Compare => compare_page(),
            Shown::NewDomain(path) => new_domain_page(path),
            Shown::SetUp(path) => set_up_page(path),
            Shown::CleanUp(domain) => clean_up_page(domain),
            Shown::Domain(domain) => domain_pages(domain, navigation_open),
            Shown::Nowhere => view! { <NowherePage /> }.into_any(),
        }}
    }
}

/// The title of the window.
fn title(place: Option<&Place>) -> String {
    match place {
        None | Some(Place::Connections) => "Headwater".to_owned(),
        Some(Place::SetUp(place)) => format!("Set-up · {} · Headwater", place.recipe.names.domain),
        Some(Place::CleanUp(domain)) => format!("Clean up · {} · Headwater", domain.domain),
        Some(Place::Compare) => "Compare connections · Headwater".to_owned(),
        Some(Place::NewDomain(_)) => "New domain · Headwater".to_owned(),
        Some(Place::DomainSettings(domain)) => format!("Settings · {} · Headwater", domain.domain),
        Some(Place::Protection(domain)) => format!("Protection · {} · Headwater", domain.domain),
        Some(Place::NewRepository(domain)) => format!("New repository · {} · Headwater", domain.domain),
        Some(Place::Doctor(domain)) => format!("Doctor · {} · Headwater", domain.domain),
        Some(Place::RepositorySettings(path, _)) => {
            format!("Settings · {} · {} · Headwater", path.repository, path.domain)
        }
        Some(Place::Publish(path)) => format!("Publish · {} · {} · Headwater", path.repository, path.domain),
        Some(Place::DomainAccess(domain)) => format!("Access · {} · Headwater", domain.domain),
        Some(Place::GeneratePolicy(place)) => format!("Generate a policy · {} · Headwater", place.domain.domain),
        Some(Place::ExplainAccess(place)) => format!("Who may do what · {} · Headwater", place.domain.domain),
        Some(Place::RepositoryAccess(path)) => format!("Access · {} · {} · Headwater", path.repository, path.domain),
        Some(Place::Connect(place)) => {
            format!("Connect to {} · {} · Headwater", place.repository.repository, place.repository.domain)
        }
        Some(Place::Map(place)) => format!("{} · Headwater", place.domain.domain),
        Some(Place::Repository(place)) => {
            format!("{} · {} · Headwater", place.repository.repository, place.repository.domain)
        }
        Some(Place::Package(place)) => format!("{} · {} · Headwater", place.package.full_name(), place.domain.domain),
        Some(Place::Export(domain, _)) => format!("Export · {} · Headwater", domain.domain),
        Some(Place::Versions(place)) => {
            let VersionsPlace { repository: path, package } = place;
            format!("Versions of {} · {} · {} · Headwater", package.full_name(), path.repository, path.domain)
        }
        Some(Place::Comparison(place)) => format!("Compare repositories · {} · Headwater", place.domain.domain),
        Some(Place::Promote(place)) => format!("Promote · {} · Headwater", place.domain.domain),
        Some(Place::Plan(path)) => format!("Plan {} · {} · Headwater", path.plan, path.domain),
        Some(Place::Run(place)) => format!("Run {} · {} · Headwater", place.run.run, place.run.domain),
        Some(Place::Undo(place)) => format!("Undo run {} · {} · Headwater", place.run.run, place.run.domain),
        Some(Place::History(place)) => format!("History · {} · Headwater", place.domain.domain),
        Some(Place::Promotions(place)) => format!("Promotions · {} · Headwater", place.domain.domain),
    }
}
