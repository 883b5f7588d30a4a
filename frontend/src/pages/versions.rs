//! The versions of a package in one repository: many of them changed at once.

use leptos::prelude::*;
use shared::api::RepositoryPath;
use shared::names::VersionName;
use shared::package::PackageKey;

use crate::parts::{
    BatchOutcome, BatchRun, KnownBlocks, Name, ProblemNotice, Selection, StepForm, VersionListing, VersionTable,
};
use crate::place::Place;
use crate::ui::{Chip, EmptyState, SkeletonRows};

/// What stands below the heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    Skeleton,
    Nothing,
    List,
    OnlyTheProblem,
    Outcome,
}

/// Versions to choose, the steps that they can take, and what came of it.
#[component]
pub fn VersionsPage(path: RepositoryPath, package: PackageKey) -> impl IntoView {
    let listing = VersionListing::read(path.clone(), package.clone());
    KnownBlocks::provide(path.domain_path());
    let selection = Selection::of(listing.versions);
    let run = BatchRun::new();
    // A memo, so that the list is drawn once and what is typed stays while it is read anew.
    let shown = Memo::new(move |_| match &*listing.versions.read() {
        _ if run.outcome().is_some() => Shown::Outcome,
        None if listing.problem.read().is_some() => Shown::OnlyTheProblem,
        None => Shown::Skeleton,
        Some(versions) if versions.is_empty() => Shown::Nothing,
        Some(_) => Shown::List,
    });
    let again = Callback::new(move |versions: Vec<VersionName>| {
        selection.set(versions);
        run.choose_again();
    });
    let (name, repository) = (package.full_name(), path.repository.to_string());
    let asked = StoredValue::new((path, package.clone()));
    let href = Place::package(&asked.read_value().0.domain_path(), &package, None).href();
    view! {
        <div class="domain__page versions">
            <header class="page-head">
                <div class="page-head__title">
                    <h1>"Versions of "<Name text=name.clone() /></h1>
                    <Chip text=package.format.as_str() />
                    <a class="button button--small" href=href>"In all repositories"</a>
                </div>
                <p class="page__about">"As "<strong>{repository}</strong>" holds them. Choose some and change them together."</p>
            </header>
            {move || listing.problem.get().filter(|_| run.outcome().is_none()).map(|problem| view! {
                <ProblemNotice what="The versions could not be read." problem retry=Callback::new(move |()| listing.retry()) />
            })}
            {move || {
                let (path, package) = asked.get_value();
                match shown.get() {
                    Shown::Skeleton => view! { <SkeletonRows rows=8 what="versions" /> }.into_any(),
                    Shown::OnlyTheProblem => ().into_any(),
                    Shown::Nothing => view! { <NothingLeft path package /> }.into_any(),
                    Shown::List => view! {
                        <div class="versions__columns">
                            <div class="versions__choose"><VersionTable selection path=path.clone() package=package.clone() /></div>
                            <StepForm selection run path package />
                        </div>
                    }
                    .into_any(),
                    Shown::Outcome => run.outcome().map(|(changes, outcome)| view! {
                        <BatchOutcome path changes outcome again />
                    }).into_any(),
                }
            }}
        </div>
    }
}

/// The repository holds no version of the package, or no longer.
#[component]
fn NothingLeft(path: RepositoryPath, package: PackageKey) -> impl IntoView {
    view! {
        <EmptyState title="No version here">
            <p>{format!("{} holds no version of {}.", path.repository, package.full_name())}</p>
            <a class="button" href=Place::package(&path.domain_path(), &package, None).href()>"Look in all repositories"</a>
        </EmptyState>
    }
}
