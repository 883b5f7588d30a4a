//! All pages of a domain: they share its repositories, the side navigation and the tray.

use leptos::prelude::*;
use shared::api::{DomainPath, RepositoryPath};
use shared::package::PackageKey;

use super::map::MapPage;
use super::package::PackagePage;
use super::promote::PromotePage;
use super::repository::RepositoryPage;
use crate::navigation::Navigation;
use crate::parts::{DomainData, Sidebar, Tray, TrayBar};
use crate::place::Place;

/// Which page of the domain is shown. What only refines a page stays out: it must not draw the page anew.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Shown {
    Map,
    Repository(RepositoryPath),
    Package(PackageKey),
    Promote,
}

impl Shown {
    fn of(place: &Place) -> Option<Self> {
        match place {
            Place::Connections => None,
            Place::Map(_) => Some(Self::Map),
            Place::Repository(place) => Some(Self::Repository(place.repository.clone())),
            Place::Package(place) => Some(Self::Package(place.package.clone())),
            Place::Promote(_) => Some(Self::Promote),
        }
    }
}

/// The pages of one domain.
#[component]
pub fn DomainPages(
    domain: DomainPath,
    /// The side navigation covers the page, where it does not fit beside it.
    navigation_open: RwSignal<bool>,
) -> impl IntoView {
    let navigation = expect_context::<Navigation>();
    provide_context(Tray::of(&domain));
    provide_context(DomainData::read(domain));
    let shown = Memo::new(move |_| navigation.place().read().as_ref().and_then(Shown::of));
    // Following a link puts whoever reads by ear or keyboard at the beginning of the new page.
    let main = NodeRef::<leptos::html::Main>::new();
    Effect::new(move |before: Option<Option<Shown>>| {
        let shown = shown.get();
        if before.is_some_and(|before| before != shown)
            && let Some(main) = main.get_untracked()
        {
            let _ = main.focus();
        }
        shown
    });
    view! {
        <div class="domain">
            <Sidebar open=navigation_open />
            <main class="domain__main" id="main" tabindex="-1" node_ref=main>
                {move || match shown.get() {
                    Some(Shown::Map) => view! { <MapPage /> }.into_any(),
                    Some(Shown::Repository(path)) => view! { <RepositoryPage path /> }.into_any(),
                    Some(Shown::Package(package)) => view! { <PackagePage package /> }.into_any(),
                    Some(Shown::Promote) => view! { <PromotePage /> }.into_any(),
                    // The place is leaving the domain: the program is about to show another page.
                    None => ().into_any(),
                }}
            </main>
            <TrayBar />
        </div>
    }
}
