//! Publishing files from the browser.

mod archives;
mod generic;
mod packages_form;
mod preview;
mod run;

use generic::GenericForm;
use leptos::prelude::*;
use packages_form::PackagesForm;
use shared::api::RepositoryPath;
use shared::archive::is_archive_name;

use crate::parts::{ChooseFiles, DropFiles, FileRow, Files, Name};

/// As what the chosen files are published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum As {
    /// Each is a package of its own.
    Packages,
    /// All together are one version of a generic package.
    Generic,
}

/// Publishes what is dropped or chosen to a repository.
#[component]
pub fn PublishPage(path: RepositoryPath) -> impl IntoView {
    let files = expect_context::<Files>();
    let name = path.repository.to_string();
    // What the person chose; until then the names of the files decide.
    let chosen = RwSignal::new(None::<As>);
    let any = Memo::new(move |_| files.list().iter().any(|picked| is_archive_name(&picked.name)));
    let all = Memo::new(move |_| files.list().iter().all(|picked| is_archive_name(&picked.name)));
    let kind = Memo::new(move |_| match chosen.get().filter(|_| any.get()) {
        Some(kind) => kind,
        None if any.get() && all.get() => As::Packages,
        None => As::Generic,
    });
    let choice = move |one: As, id: &'static str, label: &'static str| {
        view! {
            <div class="steps__one">
                <input type="radio" name="publish-as" id=id prop:checked=move || kind.get() == one on:change=move |_| chosen.set(Some(one)) />
                <label for=id>{label}</label>
            </div>
        }
    };
    view! {
        <DropFiles class="domain__page publish">
            <h1>"Publish to "<Name text=name /></h1>
            <p class="page__about">"Drop npm tarballs, Python wheels and source archives, or any other files."</p>
            {move || any.get().then(|| view! {
                <div class="steps publish__as" role="radiogroup" aria-label="Publish as">
                    {choice(As::Packages, "publish-as-packages", "As npm or Python packages")}
                    {choice(As::Generic, "publish-as-generic", "As files of a generic package")}
                </div>
            })}
            {move || match kind.get() {
                As::Packages => view! { <PackagesForm path=path.clone() /> }.into_any(),
                As::Generic => view! { <GenericForm path=path.clone() /> }.into_any(),
            }}
        </DropFiles>
    }
}

/// The chosen files, and choosing more.
#[component]
fn Chosen(
    /// They cannot be changed now.
    #[prop(into)]
    busy: Signal<bool>,
) -> impl IntoView {
    let files = expect_context::<Files>();
    view! {
        <section class="publish__files" aria-label="Files">
            <ChooseFiles busy />
            <ul class="files">
                <For each=move || files.list() key=|picked| picked.id let:picked>
                    <FileRow picked busy />
                </For>
            </ul>
        </section>
    }
}
