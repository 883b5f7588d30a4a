//! The pages that are loaded when somebody first goes there: WebAssembly files of their own, which `scripts/trunk` cuts
//! off the program. The first load then holds the way in and what all pages share, and stays small as pages are added.
//!
//! A split point takes and gives owned values. All that only it reaches is cut off with it.
#![allow(unsafe_code, reason = "the macro declares its split points as foreign functions; nothing here is unsafe")]

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use shared::api::DomainPath;

use super::domain::{DomainPages, Shown};
use super::package::PackagePage;
use super::promote::PromotePage;
use super::repository::RepositoryPage;
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
        Shown::Promote => view! { <PromotePage /> }.into_any(),
        // The map comes with the domain.
        Shown::Map => ().into_any(),
    })
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

/// Loads what a place needs, so that it is there when somebody goes there. What does not come is asked for again then.
pub fn prepare(place: &Place) {
    let packages = match place {
        Place::Connections => return,
        Place::Map(_) => false,
        Place::Repository(_) | Place::Package(_) | Place::Promote(_) => true,
    };
    leptos::task::spawn_local(async move {
        let _ = load_domain().await;
    });
    if packages {
        leptos::task::spawn_local(async move {
            let _ = load_packages().await;
        });
    }
}

/// The view of a split point that has been loaded: it is there at once, and belongs to whoever draws it.
fn loaded(page: impl Future<Output = Result<AnyView, SplitLoaderError>>) -> AnyView {
    match pin!(page).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(Ok(view)) => view,
        Poll::Ready(Err(_)) | Poll::Pending => ().into_any(),
    }
}
