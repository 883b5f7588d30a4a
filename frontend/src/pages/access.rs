//! Who may do what: the policies of a domain and of its repositories, each with an editor.

use leptos::prelude::*;
use shared::api::RepositoryPath;

mod difference;
mod draft;
mod editor;
mod examples;
mod explain;
mod findings;
mod generate;
mod holder;
mod layout;
mod meanwhile;
mod places;
mod removal;
mod repositories;
mod text;

use editor::Editor;
pub use explain::ExplainPage;
pub use generate::GeneratePage;
use holder::Holder;
use places::Places;
use removal::Removal;
use repositories::Repositories;

use crate::api::Reads;
use crate::parts::{DomainData, Name, ProblemNotice};
use crate::place::Place;
use crate::ui::SkeletonRows;

/// The policy of the domain, and which repositories have one of their own.
#[component]
pub fn DomainAccessPage() -> impl IntoView {
    let data = expect_context::<DomainData>();
    let domain = data.path();
    let about = move || {
        let map = data.map.read();
        let owner = map.as_ref().map_or_else(|| "the owner".to_owned(), |map| map.domain.owner.to_string());
        format!(
            "In account {owner}, whoever IAM allows something may do it. People of other accounts need a policy here or on the repository as well. A Deny wins everywhere."
        )
    };
    view! {
        <div class="domain__page access">
            <header class="page-head">
                <h1>"Access to "<Name text=domain.domain.as_str() /></h1>
                <p class="page__about">{about}</p>
            </header>
            <Places />
            <Policy holder=Holder::Domain(domain) between=|| view! { <Repositories /> } />
        </div>
    }
}

/// The policy of a repository.
#[component]
pub fn RepositoryAccessPage(path: RepositoryPath) -> impl IntoView {
    let domain = path.domain_path();
    let (packages, settings) =
        (Place::repository(&domain, &path.repository).href(), Place::settings(&domain, &path.repository).href());
    view! {
        <div class="domain__page access">
            <header class="page-head">
                <div class="page-head__title">
                    <h1>"Access to "<Name text=path.repository.as_str() /></h1>
                    <a class="button button--small" href=packages>"Packages"</a>
                    <a class="button button--small" href=settings>"Settings"</a>
                </div>
                <p class="page__about">
                    "What this allows or denies comes on top of the "
                    <a href=Place::DomainAccess(domain).href()>"policy of the domain"</a>
                    ", which counts for every repository in it."
                </p>
            </header>
            <Policy holder=Holder::Repository(path) />
        </div>
    }
}

/// The editor of a policy, and its deletion, once the policy has been read. What is typed stays while it is read anew.
#[component]
fn Policy(
    holder: Holder,
    /// Stands before the deletion, and where the policy cannot be read.
    #[prop(optional, into)]
    between: ViewFn,
) -> impl IntoView {
    let reading = holder.clone().reading(expect_context::<Reads>());
    let known = Memo::new(move |_| reading.get().is_some());
    let retry = Callback::new(move |()| reading.refetch());
    view! {
        {move || reading.problem().get().map(|problem| view! {
            <ProblemNotice what="The policy could not be read." problem retry />
        })}
        {move || match known.get() {
            false if reading.problem().read().is_some() => between.run(),
            false => view! { <SkeletonRows rows=8 what="the policy" /> }.into_any(),
            true => {
                let policy = untrack(move || reading.get()).and_then(|policy| (*policy).clone());
                let draft = draft::Draft::of(policy);
                Effect::new(move |_| {
                    if let Some(now) = reading.get() {
                        draft.follow((*now).clone());
                    }
                });
                view! {
                    <Editor holder=holder.clone() draft />
                    {between.run()}
                    <Removal holder=holder.clone() draft />
                }
                .into_any()
            }
        }}
    }
}
