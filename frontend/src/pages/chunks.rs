//! The pages that are loaded when somebody first goes there: WebAssembly files of their own, which `scripts/trunk` cuts
//! off the program. The first load then holds the way in and what all pages share, and stays small as pages are added.
//!
//! A split point takes and gives owned values. All that only it reaches is cut off with it. There are four parts, and
//! several pages in each: what parts share becomes a file for every combination of them, so eight parts would be 160
//! files, of which each page asks for 80.
#![allow(unsafe_code, reason = "the macro declares its split points as foreign functions; nothing here is unsafe")]

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use shared::api::{ConnectionPath, DomainPath, RepositoryPath};
use shared::repository::Repository;

use super::access::{DomainAccessPage, ExplainPage, GeneratePage, RepositoryAccessPage};
use super::clean_up::CleanUpPage;
use super::compare::ComparePage;
use super::comparison::ComparisonPage;
use super::connect::ConnectPage;
use super::doctor::DoctorPage;
use super::domain::{DomainPages, Shown};
use super::export::ExportPage;
use super::history::HistoryPage;
use super::new_domain::NewDomainPage;
use super::new_repository::NewRepositoryPage;
use super::package::PackagePage;
use super::plan::PlanPage;
use super::promote::PromotePage;
use super::promotions::PromotionsPage;
use super::protection::ProtectionPage;
use super::publish::PublishPage;
use super::repository::RepositoryPage;
use super::run::RunPage;
use super::set_up::SetUpPage;
use super::settings::{DomainSettingsPage, Proposed, RepositorySettingsPage, Upstreams};
use super::undo::UndoPage;
use super::version_difference::VersionDifferencePage;
use super::versions::VersionsPage;
use crate::parts::DomainData;
use crate::place::Place;
use crate::ui::Later;

#[wasm_split(domain, wasm_split_path = leptos::wasm_split, preload(load_domain), fallible)]
fn split_domain(navigation_open: RwSignal<bool>) -> Result<AnyView, SplitLoaderError> {
    Ok(view! { <DomainPages navigation_open /> }.into_any())
}

#[wasm_split(packages, wasm_split_path = leptos::wasm_split, preload(load_packages), fallible)]
fn split_packages(shown: Shown) -> Result<AnyView, SplitLoaderError> {
    Ok(match shown {
        Shown::Repository(path) => view! { <RepositoryPage path /> }.into_any(),
        Shown::Package(package) => view! { <PackagePage package /> }.into_any(),
        Shown::Versions(path, package) => view! { <VersionsPage path package /> }.into_any(),
        Shown::Promote => view! { <PromotePage /> }.into_any(),
        Shown::Plan(path) => view! { <PlanPage path /> }.into_any(),
        Shown::Run(path) => view! { <RunPage path /> }.into_any(),
        Shown::Undo(path) => view! { <UndoPage path /> }.into_any(),
        Shown::Promotions => view! { <PromotionsPage /> }.into_any(),
        Shown::History => view! { <HistoryPage /> }.into_any(),
        Shown::Comparison => view! { <ComparisonPage /> }.into_any(),
        Shown::VersionDifference => view! { <VersionDifferencePage /> }.into_any(),
        // They come with another part.
        Shown::Map
        | Shown::Doctor
        | Shown::NewRepository
        | Shown::Protection
        | Shown::RepositorySettings(_)
        | Shown::DomainSettings
        | Shown::Export
        | Shown::Publish(_)
        | Shown::DomainAccess
        | Shown::RepositoryAccess(_)
        | Shown::GeneratePolicy
        | Shown::ExplainAccess
        | Shown::Connect(_) => ().into_any(),
    })
}

#[wasm_split(setup, wasm_split_path = leptos::wasm_split, preload(load_setup), fallible)]
fn split_setup(shown: Setup) -> Result<AnyView, SplitLoaderError> {
    Ok(match shown {
        Setup::Compare => view! { <ComparePage /> }.into_any(),
        Setup::NewDomain(path) => view! { <NewDomainPage path /> }.into_any(),
        Setup::Upstreams(path, repository, proposed) => {
            view! { <Upstreams path repository=*repository proposed /> }.into_any()
        }
        Setup::InDomain(Shown::NewRepository) => view! { <NewRepositoryPage /> }.into_any(),
        Setup::InDomain(Shown::RepositorySettings(path)) => view! { <RepositorySettingsPage path /> }.into_any(),
        Setup::InDomain(Shown::DomainSettings) => view! { <DomainSettingsPage /> }.into_any(),
        Setup::InDomain(Shown::Protection) => view! { <ProtectionPage /> }.into_any(),
        Setup::InDomain(Shown::Export) => view! { <ExportPage /> }.into_any(),
        // They come with another part.
        Setup::InDomain(_) => ().into_any(),
    })
}

#[wasm_split(access, wasm_split_path = leptos::wasm_split, preload(load_doctor), fallible)]
fn split_doctor(page: Shown) -> Result<AnyView, SplitLoaderError> {
    Ok(match page {
        Shown::Doctor => view! { <DoctorPage /> }.into_any(),
        // They come with another part.
        _ => ().into_any(),
    })
}

#[wasm_split(access, wasm_split_path = leptos::wasm_split, preload(load_publish), fallible)]
fn split_publish(path: RepositoryPath) -> Result<AnyView, SplitLoaderError> {
    Ok(view! { <PublishPage path /> }.into_any())
}

#[wasm_split(setup, wasm_split_path = leptos::wasm_split, preload(load_recipe), fallible)]
fn split_recipe(page: RecipePage) -> Result<AnyView, SplitLoaderError> {
    Ok(match page {
        RecipePage::SetUp(path) => view! { <SetUpPage path /> }.into_any(),
        RecipePage::CleanUp => view! { <CleanUpPage /> }.into_any(),
    })
}

/// A page of the set-up recipe.
enum RecipePage {
    SetUp(ConnectionPath),
    /// Of the domain that the context tells.
    CleanUp,
}

#[wasm_split(access, wasm_split_path = leptos::wasm_split, preload(load_access), fallible)]
fn split_access(shown: Shown) -> Result<AnyView, SplitLoaderError> {
    Ok(match shown {
        Shown::DomainAccess => view! { <DomainAccessPage /> }.into_any(),
        Shown::RepositoryAccess(path) => view! { <RepositoryAccessPage path /> }.into_any(),
        Shown::GeneratePolicy => view! { <GeneratePage /> }.into_any(),
        Shown::ExplainAccess => view! { <ExplainPage /> }.into_any(),
        // They come with another part.
        _ => ().into_any(),
    })
}

#[wasm_split(access, wasm_split_path = leptos::wasm_split, preload(load_connect), fallible)]
fn split_connect(path: RepositoryPath) -> Result<AnyView, SplitLoaderError> {
    Ok(view! { <ConnectPage path /> }.into_any())
}

/// A page that sets something up.
enum Setup {
    Compare,
    NewDomain(ConnectionPath),
    Upstreams(RepositoryPath, Box<Repository>, Proposed),
    InDomain(Shown),
}

/// The pages of a domain, with its map.
pub fn domain_pages(domain: DomainPath, navigation_open: RwSignal<bool>) -> AnyView {
    // What the pages show is asked for while they are still being loaded.
    provide_context(DomainData::read(domain));
    let draw = Box::new(move || loaded(split_domain(navigation_open)));
    view! { <Later load=|| Box::pin(async { load_domain().await.is_ok() }) draw page=true /> }.into_any()
}

/// What lies behind the map of a domain: packages, and promoting them.
pub fn packages_page(shown: Shown) -> AnyView {
    let draw = Box::new(move || loaded(split_packages(shown.clone())));
    view! { <Later load=|| Box::pin(async { load_packages().await.is_ok() }) draw /> }.into_any()
}

/// Making and deleting repositories, deleting the domain, and the domain as code.
pub fn setup_page(shown: Shown) -> AnyView {
    let draw = Box::new(move || loaded(split_setup(Setup::InDomain(shown.clone()))));
    view! { <Later load=|| Box::pin(async { load_setup().await.is_ok() }) draw /> }.into_any()
}

/// The list of upstreams that is proposed on the map.
pub fn upstreams_panel(path: RepositoryPath, repository: Repository, proposed: Proposed) -> AnyView {
    let draw =
        Box::new(move || loaded(split_setup(Setup::Upstreams(path.clone(), Box::new(repository.clone()), proposed))));
    view! { <Later load=|| Box::pin(async { load_setup().await.is_ok() }) draw /> }.into_any()
}

/// What is wrong with a setting or a log.
pub fn doctor_page() -> AnyView {
    let draw = Box::new(move || loaded(split_doctor(Shown::Doctor)));
    view! { <Later load=|| Box::pin(async { load_doctor().await.is_ok() }) draw /> }.into_any()
}

/// Publishing files to a repository.
pub fn publish_page(path: RepositoryPath) -> AnyView {
    let draw = Box::new(move || loaded(split_publish(path.clone())));
    view! { <Later load=|| Box::pin(async { load_publish().await.is_ok() }) draw /> }.into_any()
}

/// Who may do what in the domain, and with a repository.
pub fn access_page(shown: Shown) -> AnyView {
    let draw = Box::new(move || loaded(split_access(shown.clone())));
    view! { <Later load=|| Box::pin(async { load_access().await.is_ok() }) draw /> }.into_any()
}

/// Pointing clients at a repository.
pub fn connect_page(path: RepositoryPath) -> AnyView {
    let draw = Box::new(move || loaded(split_connect(path.clone())));
    view! { <Later load=|| Box::pin(async { load_connect().await.is_ok() }) draw /> }.into_any()
}

/// Making a domain.
pub fn new_domain_page(path: ConnectionPath) -> AnyView {
    let draw = Box::new(move || loaded(split_setup(Setup::NewDomain(path.clone()))));
    view! { <Later load=|| Box::pin(async { load_setup().await.is_ok() }) draw page=true /> }.into_any()
}

/// The set-up recipe, step by step.
pub fn set_up_page(path: ConnectionPath) -> AnyView {
    let draw = Box::new(move || loaded(split_recipe(RecipePage::SetUp(path.clone()))));
    view! { <Later load=|| Box::pin(async { load_recipe().await.is_ok() }) draw page=true /> }.into_any()
}

/// Taking a whole domain away.
pub fn clean_up_page(domain: DomainPath) -> AnyView {
    provide_context(DomainData::read(domain));
    let draw = Box::new(move || loaded(split_recipe(RecipePage::CleanUp)));
    view! { <Later load=|| Box::pin(async { load_recipe().await.is_ok() }) draw page=true /> }.into_any()
}

/// The same names in several connections.
pub fn compare_page() -> AnyView {
    let draw = Box::new(|| loaded(split_setup(Setup::Compare)));
    view! { <Later load=|| Box::pin(async { load_setup().await.is_ok() }) draw page=true /> }.into_any()
}

/// Loads what a place needs, so that it is there when somebody goes there. What does not come is asked for again then.
pub fn prepare(place: &Place) {
    let (packages, setup) = match place {
        Place::Connections
        | Place::Connect(_)
        | Place::Doctor(_)
        | Place::Publish(_)
        | Place::SetUp(_)
        | Place::CleanUp(_)
        | Place::DomainAccess(_)
        | Place::RepositoryAccess(_)
        | Place::GeneratePolicy(_)
        | Place::ExplainAccess(_) => (false, false),
        Place::Map(place) => (false, place.upstreams.is_some()),
        Place::Repository(_)
        | Place::Package(_)
        | Place::Versions(_)
        | Place::Promote(_)
        | Place::Plan(_)
        | Place::Run(_)
        | Place::Undo(_)
        | Place::Promotions(_)
        | Place::History(_)
        | Place::Comparison(_) => (true, false),
        Place::Compare
        | Place::NewDomain(_)
        | Place::DomainSettings(_)
        | Place::NewRepository(_)
        | Place::Protection(_)
        | Place::RepositorySettings(..)
        | Place::Export(..) => (false, true),
    };
    let doctor = matches!(place, Place::Doctor(_));
    let recipe = matches!(place, Place::SetUp(_) | Place::CleanUp(_));
    let (domain, publish) = (place.domain().is_some(), matches!(place, Place::Publish(_)));
    let access = matches!(
        place,
        Place::DomainAccess(_) | Place::RepositoryAccess(_) | Place::GeneratePolicy(_) | Place::ExplainAccess(_)
    );
    let connect = matches!(place, Place::Connect(_));
    leptos::task::spawn_local(async move {
        if domain {
            let _ = load_domain().await;
        }
    });
    leptos::task::spawn_local(async move {
        if packages {
            let _ = load_packages().await;
        }
        if connect {
            let _ = load_connect().await;
        }
        if setup {
            let _ = load_setup().await;
        }
        if doctor {
            let _ = load_doctor().await;
        }
        if publish {
            let _ = load_publish().await;
        }
        if recipe {
            let _ = load_recipe().await;
        }
        if access {
            let _ = load_access().await;
        }
    });
}

/// The view of a split point that has been loaded: it is there at once, and belongs to whoever draws it.
fn loaded(page: impl Future<Output = Result<AnyView, SplitLoaderError>>) -> AnyView {
    match pin!(page).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(Ok(view)) => view,
        Poll::Ready(Err(_)) | Poll::Pending => ().into_any(),
    }
}
