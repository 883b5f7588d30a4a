//! One version in one repository: facts, readme, dependencies, files.

use leptos::prelude::*;
use shared::api::{
    DescribeVersion, DomainPath, Endpoint, GetReadme, ListAssets, ListDependencies, RepositoryPath, VersionQuery,
};
use shared::package::PackageKey;
use shared::promotion::VersionChoice;
use shared::version::VersionSummary;

mod assets;
mod dependencies;
mod facts;
mod life;
mod promote;
mod status;

pub use facts::origin;
use promote::ChooseButton;
pub use promote::{PromoteButton, promotable};
pub use status::StatusChanges;

use super::readme::ReadmeView;
use super::{BlockForm, BlockNotice, Loaded, Name, StatusChip};
use crate::api::{Reads, Request};
use crate::place::Held;
use crate::ui::SkeletonRows;

/// One version in one repository.
#[component]
pub fn VersionPanel(
    domain: DomainPath,
    package: PackageKey,
    held: Held,
    /// What the list of versions tells of it.
    summary: VersionSummary,
) -> impl IntoView {
    let choice = VersionChoice { package: package.clone(), version: held.version.clone() };
    let notice = choice.clone();
    let path = RepositoryPath {
        connection: domain.connection.clone(),
        domain: domain.domain.clone(),
        repository: held.repository.clone(),
    };
    let query = VersionQuery {
        format: package.format,
        namespace: package.namespace.clone(),
        package: package.name.clone(),
        version: held.version.clone(),
    };
    view! {
        <section class="version" aria-label="Version">
            <header class="version__head">
                <h2><Name text=held.version.as_str() /></h2>
                <span class="muted">"in "</span><strong><Name text=held.repository.as_str() /></strong>
                <StatusChip status=summary.status />
                <span class="version__actions">
                    <ChooseButton from=held.repository.clone() choice=choice.clone() status=summary.status />
                    <PromoteButton from=held.repository choice status=summary.status />
                </span>
            </header>
            <BlockNotice choice=notice />
            <Details domain package path query summary />
        </section>
    }
}

/// What four calls tell, each on its own: one that fails does not hide the others.
#[component]
fn Details(
    domain: DomainPath,
    package: PackageKey,
    path: RepositoryPath,
    query: VersionQuery,
    summary: VersionSummary,
) -> impl IntoView {
    let reads = expect_context::<Reads>();
    let (repository, changed) = (path.clone(), package.clone());
    let asked = StoredValue::new((path, query));
    let detail = reads.reading::<DescribeVersion>(move || Some(ask::<DescribeVersion>(asked)));
    let assets = reads.reading::<ListAssets>(move || Some(ask::<ListAssets>(asked)));
    let dependencies = reads.reading::<ListDependencies>(move || Some(ask::<ListDependencies>(asked)));
    let readme = reads.reading::<GetReadme>(move || Some(ask::<GetReadme>(asked)));
    let format = package.format;
    let choice = VersionChoice { package: package.clone(), version: summary.version.clone() };
    let (whole, blocked) = (domain.clone(), choice.clone());
    view! {
        <div class="version__columns">
            <div class="version__readme">
                <Loaded
                    reading=readme
                    what="The readme"
                    placeholder=|| view! { <SkeletonRows rows=6 what="the readme" /> }
                    ready=|readme| match &*readme {
                        Some(readme) => view! { <ReadmeView readme=readme.clone() /> }.into_any(),
                        None => view! { <p class="muted">"This version has no readme."</p> }.into_any(),
                    }
                />
            </div>
            <div class="version__side">
                <section>
                    <h3 class="version__title">"Facts"</h3>
                    <Loaded
                        reading=detail
                        what="The facts"
                        placeholder=|| view! { <SkeletonRows rows=4 what="facts" /> }
                        ready=|detail| view! { <facts::Facts detail=(*detail).clone() /> }.into_any()
                    />
                </section>
                <section>
                    <h3 class="version__title">"Dependencies"</h3>
                    <Loaded
                        reading=dependencies
                        what="The dependencies"
                        placeholder=|| view! { <SkeletonRows rows=3 what="dependencies" /> }
                        ready=move |dependencies| view! { <dependencies::Dependencies domain=domain.clone() format dependencies=dependencies.to_vec() /> }.into_any()
                    />
                </section>
                <section>
                    <h3 class="version__title">"Files"</h3>
                    <Loaded
                        reading=assets
                        what="The files"
                        placeholder=|| view! { <SkeletonRows rows=2 what="files" /> }
                        ready=|assets| view! { <assets::Assets assets=assets.to_vec() /> }.into_any()
                    />
                </section>
                <status::StatusForm path=repository package=changed summary />
                <BlockForm domain=whole choice=blocked />
            </div>
        </div>
        <life::Life choice detail />
    }
}

/// A request about the version.
fn ask<E>(asked: StoredValue<(RepositoryPath, VersionQuery)>) -> Request
where
    E: Endpoint<Path = RepositoryPath, Query = VersionQuery, Body = ()>,
    E::Answer: Send + Sync + 'static,
{
    let asked = asked.read_value();
    Request::of::<E>(&asked.0, &asked.1, &())
}
