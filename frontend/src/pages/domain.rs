//! All pages of a domain: they share its repositories, the side navigation and the tray.

use leptos::prelude::*;
use shared::api::{PlanPath, RepositoryPath, RunPath};
use shared::package::PackageKey;

use super::chunks::{access_page, connect_page, doctor_page, packages_page, publish_page, setup_page};
use super::map::MapPage;
use crate::navigation::Navigation;
use crate::parts::{DomainData, Files, Sidebar, Tray, TrayBar};
use crate::place::Place;

/// Which page of the domain is shown. What only refines a page stays out: it must not draw the page anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// The map.
    Map,
    /// The packages of a repository.
    Repository(RepositoryPath),
    /// A package across the domain.
    Package(PackageKey),
    /// The versions of a package in a repository, to be changed.
    Versions(RepositoryPath, PackageKey),
    /// The promotion of what the tray holds.
    Promote,
    /// Two repositories side by side.
    Comparison,
    /// A version that two repositories hold with other content.
    VersionDifference,
    /// A saved plan of a promotion.
    Plan(PlanPath),
    /// A promotion, or an undoing, on its way or at its end.
    Run(RunPath),
    /// What undoing a run would do.
    Undo(RunPath),
    /// The promotions of the domain.
    Promotions,
    /// The record of changes.
    History,
    /// The protections of the domain.
    Protection,
    /// Making a repository.
    NewRepository,
    /// Settings of a repository.
    RepositorySettings(RepositoryPath),
    /// Settings of the domain.
    DomainSettings,
    /// What is wrong with a setting or a log.
    Doctor,
    /// The domain as code.
    Export,
    /// Publishing files to a repository.
    Publish(RepositoryPath),
    /// Who may do what in the domain.
    DomainAccess,
    /// Who may do what with a repository.
    RepositoryAccess(RepositoryPath),
    /// A policy for somebody.
    GeneratePolicy,
    /// What somebody may do, and why.
    ExplainAccess,
    /// Pointing clients at a repository.
    Connect(RepositoryPath),
}

impl Shown {
    fn of(place: &Place) -> Option<Self> {
        match place {
            Place::Connections | Place::Compare | Place::NewDomain(_) | Place::SetUp(_) | Place::CleanUp(_) => None,
            Place::DomainSettings(_) => Some(Self::DomainSettings),
            Place::Protection(_) => Some(Self::Protection),
            Place::NewRepository(_) => Some(Self::NewRepository),
            Place::Doctor(_) => Some(Self::Doctor),
            Place::RepositorySettings(path, _) => Some(Self::RepositorySettings(path.clone())),
            Place::Publish(path) => Some(Self::Publish(path.clone())),
            Place::DomainAccess(_) => Some(Self::DomainAccess),
            Place::RepositoryAccess(path) => Some(Self::RepositoryAccess(path.clone())),
            Place::GeneratePolicy(_) => Some(Self::GeneratePolicy),
            Place::ExplainAccess(_) => Some(Self::ExplainAccess),
            Place::Connect(place) => Some(Self::Connect(place.repository.clone())),
            Place::Map(_) => Some(Self::Map),
            Place::Repository(place) => Some(Self::Repository(place.repository.clone())),
            Place::Package(place) => Some(Self::Package(place.package.clone())),
            Place::Versions(place) => Some(Self::Versions(place.repository.clone(), place.package.clone())),
            Place::Promote(_) => Some(Self::Promote),
            Place::Comparison(place) if place.version.is_some() => Some(Self::VersionDifference),
            Place::Comparison(_) => Some(Self::Comparison),
            Place::Plan(path) => Some(Self::Plan(path.clone())),
            Place::Run(place) => Some(Self::Run(place.run.clone())),
            Place::Undo(place) => Some(Self::Undo(place.run.clone())),
            Place::Promotions(_) => Some(Self::Promotions),
            Place::History(_) => Some(Self::History),
            Place::Export(..) => Some(Self::Export),
        }
    }
}

/// The pages of the domain that the context tells.
#[component]
pub fn DomainPages(
    /// The side navigation covers the page, where it does not fit beside it.
    navigation_open: RwSignal<bool>,
) -> impl IntoView {
    let navigation = expect_context::<Navigation>();
    provide_context(Tray::of(&expect_context::<DomainData>().path()));
    provide_context(Files::new());
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
                    Some(
                        shown @ (Shown::Repository(_)
                        | Shown::Package(_)
                        | Shown::Versions(..)
                        | Shown::Promote
                        | Shown::Comparison
                        | Shown::VersionDifference
                        | Shown::Plan(_)
                        | Shown::Run(_)
                        | Shown::Undo(_)
                        | Shown::Promotions
                        | Shown::History),
                    ) => packages_page(shown),
                    Some(Shown::Doctor) => doctor_page(),
                    Some(Shown::Publish(path)) => publish_page(path),
                    Some(
                        shown @ (Shown::DomainAccess
                        | Shown::RepositoryAccess(_)
                        | Shown::GeneratePolicy
                        | Shown::ExplainAccess),
                    ) => access_page(shown),
                    Some(Shown::Connect(path)) => connect_page(path),
                    Some(shown) => setup_page(shown),
                    // The place is leaving the domain: the program is about to show another page.
                    None => ().into_any(),
                }}
            </main>
            <TrayBar />
        </div>
    }
}
