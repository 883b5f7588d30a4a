//! Publishing files from the browser.

mod generic;
mod preview;
mod run;

use generic::GenericForm;
use leptos::prelude::*;
use shared::api::RepositoryPath;

use crate::parts::{ChooseFiles, DropFiles, FileRow, Files, Name};

/// Publishes what is dropped or chosen to a repository.
#[component]
pub fn PublishPage(path: RepositoryPath) -> impl IntoView {
    let name = path.repository.to_string();
    view! {
        <DropFiles class="domain__page publish">
            <h1>"Publish to "<Name text=name /></h1>
            <GenericForm path />
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
