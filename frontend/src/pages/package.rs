//! A package across a domain.

use std::sync::Arc;

use leptos::prelude::*;
use shared::api::{DescribePackageMatrix, PackageQuery};
use shared::package::{MatrixRow, PackageKey, PackageMatrix};
use shared::spelling;
use shared::version::VersionSummary;

use crate::api::{Reads, Request};
use crate::navigation::Navigation;
use crate::parts::{DomainData, KnownBlocks, Loaded, Matrix, Name, ProblemNotice, StatusChanges, VersionPanel};
use crate::place::{Held, Place};
use crate::ui::{Chip, CopyButton, EmptyState, SkeletonRows};

/// A package: its versions against the repositories that hold them, and one version in full.
#[component]
pub fn PackagePage(package: PackageKey) -> impl IntoView {
    let reads = expect_context::<Reads>();
    let (domain, query) = (expect_context::<DomainData>().path(), PackageQuery::from(&package));
    let reading = reads
        .reading::<DescribePackageMatrix>(move || Some(Request::of::<DescribePackageMatrix>(&domain, &query, &())));
    provide_context(StatusChanges::new());
    KnownBlocks::provide(expect_context::<DomainData>().path());
    let name = package.full_name();
    // A name that is not what it looks like is copied so that every character of it shows.
    let escaped =
        spelling::warning(&name).map(|_| view! { <CopyButton text=spelling::escaped(&name) what="escaped name" /> });
    view! {
        <div class="domain__page package">
            <header class="page-head">
                <div class="page-head__title">
                    <h1><Name text=name /></h1>
                    {escaped}
                    <Chip text=package.format.as_str() />
                </div>
                <p class="page__about">"Every version of the package and the repositories of this domain that hold it."</p>
            </header>
            <Loaded
                reading
                what="The package"
                placeholder=|| view! { <SkeletonRows rows=8 what="the package" /> }
                ready=move |matrix| view! { <Versions matrix /> }.into_any()
            />
        </div>
    }
}

#[component]
fn Versions(matrix: Arc<PackageMatrix>) -> impl IntoView {
    let navigation = expect_context::<Navigation>();
    let data = expect_context::<DomainData>();
    let domain = data.path();
    let PackageMatrix { package, repositories, versions, unread, .. } = (*matrix).clone();
    let unread = unread.into_iter().map(|unread| {
        let what = format!("{} could not be asked; it may hold further versions.", unread.repository);
        view! { <ProblemNotice what problem=unread.problem /> }
    });
    let unread = unread.collect::<Vec<_>>();
    if versions.is_empty() {
        return view! { {unread}<NowhereHere /> }.into_any();
    }
    let first = versions.first().cloned();
    let newest = Memo::new(move |_| first.as_ref().and_then(|row| first_cell(row, data)));
    let held = Memo::new(move |_| match &*navigation.place().read() {
        Some(Place::Package(place)) => place.held.clone().or_else(|| newest.get()),
        _ => newest.get(),
    });
    let panel = {
        let (domain, package, versions) = (domain.clone(), package.clone(), versions.clone());
        move || {
            held.get().map(|held| match find(&versions, &held) {
                Some(summary) => {
                    view! { <VersionPanel domain=domain.clone() package=package.clone() held summary /> }.into_any()
                }
                None => view! {
                    <EmptyState title="That version is not there">
                        <p>{format!("{} does not hold {}. Choose another one above.", held.repository, held.version)}</p>
                    </EmptyState>
                }
                .into_any(),
            })
        }
    };
    view! { {unread}<Matrix domain package repositories versions held />{panel} }.into_any()
}

/// No repository of the domain holds the package.
#[component]
fn NowhereHere() -> impl IntoView {
    let domain = expect_context::<DomainData>().path();
    view! {
        <EmptyState title="No repository of this domain holds it">
            <p>"A repository with an external connection fetches it when a package manager first asks. It may also be published or promoted."</p>
            <a class="button" href=Place::map(&domain).href()>"Show the map"</a>
        </EmptyState>
    }
}

/// The repository that comes first in the way packages flow: from there a version is promoted.
fn first_cell(row: &MatrixRow, data: DomainData) -> Option<Held> {
    let repository = row.cells.keys().min_by_key(|name| (data.role(name), *name))?;
    Some(Held { repository: repository.clone(), version: row.version.clone() })
}

fn find(versions: &[MatrixRow], held: &Held) -> Option<VersionSummary> {
    versions.iter().find(|row| row.version == held.version)?.cells.get(&held.repository).cloned()
}
