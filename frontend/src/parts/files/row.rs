//! One file: its name, its size, and how it stands.

use leptos::prelude::*;

use super::{Files, Picked, Stage};
use crate::parts::Name;
use crate::ui::{Button, ButtonKind, Chip, Tone, bytes};

/// A row of the list of files.
#[component]
pub fn FileRow(
    picked: Picked,
    /// It cannot be taken away now.
    #[prop(into)]
    busy: Signal<bool>,
) -> impl IntoView {
    let files = expect_context::<Files>();
    let Picked { id, name, size, stage, sha256 } = picked.clone();
    let (moving, label) = (stage.clone(), format!("Progress of {name}"));
    let progress = move || {
        let done = match moving.get() {
            Stage::Reading(done) | Stage::Sending(done) => done,
            Stage::Unreadable | Stage::Ready | Stage::There | Stage::Failed | Stage::Unknown => return None,
        };
        Some(
            view! { <progress class="file__progress" aria-label=label.clone() max=size.max(1).to_string() value=done.to_string()></progress> },
        )
    };
    let chip = move || match stage.get() {
        Stage::Reading(_) => view! { <Chip text="being read" /> }.into_any(),
        Stage::Unreadable => view! { <Chip tone=Tone::Danger text="cannot be read" /> }.into_any(),
        Stage::Ready => view! { <Chip text="ready" /> }.into_any(),
        Stage::Sending(done) if done >= size => view! { <Chip tone=Tone::Info text="being stored" /> }.into_any(),
        Stage::Sending(_) => view! { <Chip tone=Tone::Info text="being sent" /> }.into_any(),
        Stage::There => view! { <Chip tone=Tone::Ok text="there" /> }.into_any(),
        Stage::Failed => view! { <Chip tone=Tone::Danger text="not sent" /> }.into_any(),
        Stage::Unknown => view! { <Chip tone=Tone::Warn text="unknown" /> }.into_any(),
    };
    let digest = move || {
        let sha256 = sha256.get()?;
        Some(
            view! { <p class="file__digest" title="SHA-256"><span class="visually-hidden">"SHA-256 "</span>{sha256.to_string()}</p> },
        )
    };
    let gone = format!("Remove {name}");
    let problem =
        move || picked.problem().map(|problem| view! { <p class="field__hint field__hint--broken">{problem}</p> });
    view! {
        <li class="file">
            <div class="file__head">
                <Name text=name />
                <span class="muted file__size">{bytes(size)}</span>
                {chip}
                {move || (!busy.get()).then(|| {
                    let label = gone.clone();
                    view! { <Button kind=ButtonKind::Small label on_click=move || files.remove(id)>"Remove"</Button> }
                })}
            </div>
            {progress}
            {digest}
            {problem}
        </li>
    }
}
