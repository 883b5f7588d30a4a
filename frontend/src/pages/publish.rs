//! Publishing files from the browser.

mod archives;
mod generic;
mod packages_form;
mod preview;
mod run;

use generic::GenericForm;
use leptos::ev::DragEvent;
use leptos::prelude::*;
use packages_form::PackagesForm;
use shared::api::RepositoryPath;
use shared::archive::is_archive_name;
use shared::person::Role;
use shared::problem::{Problem, ProblemCode};

use crate::parts::{ChooseFiles, DropFiles, FileRow, Files, Me, Name, Stage};
use crate::place::Place;
use crate::ui::{Announcer, Button, ButtonKind, Command};

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
    let (files, announcer) = (expect_context::<Files>(), expect_context::<Announcer>());
    // What is sent must not change meanwhile: the forms tell when they send.
    let sending = RwSignal::new(false);
    let dragged = move |event: DragEvent| {
        keep_from_page(&event, sending);
    };
    let dropped = move |event: DragEvent| {
        if keep_from_page(&event, sending) {
            announcer.say("Files are being sent. Drop others when that is done, or stop it first.");
        }
    };
    let name = path.repository.to_string();
    let packages = Place::repository(&path.domain_path(), &path.repository).href();
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
        <DropFiles class="domain__page publish" on:dragenter:capture=dragged on:dragover:capture=dragged on:drop:capture=dropped>
            <h1>"Publish to "<Name text=name /></h1>
            <p class="settings__links"><a class="button button--small" href=packages>"Packages"</a></p>
            <p class="page__about">"Drop npm tarballs, Python wheels and source archives, or any other files."</p>
            {move || any.get().then(|| view! {
                <div class="steps publish__as" role="radiogroup" aria-label="Publish as">
                    {choice(As::Packages, "publish-as-packages", "As npm or Python packages")}
                    {choice(As::Generic, "publish-as-generic", "As files of a generic package")}
                </div>
            })}
            {move || match kind.get() {
                As::Packages => view! { <PackagesForm path=path.clone() sending /> }.into_any(),
                As::Generic => view! { <GenericForm path=path.clone() sending /> }.into_any(),
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

/// Keeps dragged files from the page while something is sent, and tells whether it did.
fn keep_from_page(event: &DragEvent, sending: RwSignal<bool>) -> bool {
    let holds_files = event.data_transfer().is_some_and(|data| data.types().iter().any(|kind| kind == "Files"));
    let kept = holds_files && sending.get_untracked();
    if kept {
        // Else the browser would leave the page and show the file.
        event.prevent_default();
        event.stop_propagation();
    }
    kept
}

/// Tells the page whether a form sends something, for as long as the form stands.
fn tell_sending(sending: RwSignal<bool>, busy: Signal<bool>) {
    Effect::new(move |_| sending.set(busy.get()));
    on_cleanup(move || {
        sending.try_set(false);
    });
}

/// How a file stands that could not be sent. Without an answer the repository may hold it all the same.
fn failed_stage(problem: &Problem) -> Stage {
    if problem.code == ProblemCode::Unreachable { Stage::Unknown } else { Stage::Failed }
}

/// The button that publishes, the one that stops it, and why it cannot be pressed.
#[component]
fn Foot(
    busy: Signal<bool>,
    refusal: Signal<Option<String>>,
    /// On the button.
    #[prop(into)]
    action: Signal<&'static str>,
    #[prop(into)] press: Callback<()>,
    #[prop(into)] stop: Callback<()>,
) -> impl IntoView {
    let refusal = expect_context::<Me>().unless(Role::Admin, refusal);
    view! {
        <Button kind=ButtonKind::Primary busy disabled_reason=refusal on_click=move || press.run(())>{move || action.get()}</Button>
        {move || busy.get().then(|| view! { <Button on_click=move || stop.run(())>"Stop"</Button> })}
        <span class="form-page__why" aria-hidden="true">{move || refusal.get().filter(|_| !busy.get())}</span>
    }
}

/// The same by command.
#[component]
fn ByCommand(
    commands: Memo<Option<String>>,
    /// When there will be one.
    not_yet: &'static str,
) -> impl IntoView {
    view! {
        <div class="form-page__side">
            <h2 class="form-page__title">"Same thing, by command"</h2>
            {move || match commands.get() {
                Some(text) => view! { <p class="muted">"Run it in the folder of the files."</p><Command text /> }.into_any(),
                None => view! { <p class="muted">{not_yet}</p> }.into_any(),
            }}
        </div>
    }
}

/// Forgets what came of sending the files: that was another repository, another version, or some time ago.
fn forget_outcomes(files: Files) {
    for picked in files.list_untracked() {
        if matches!(picked.stage.get_untracked(), Stage::Sending(_) | Stage::There | Stage::Failed | Stage::Unknown) {
            picked.stage.set(Stage::Ready);
        }
    }
}
