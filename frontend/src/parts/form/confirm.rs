//! Deleting for good: what will be lost, what stands in the way, and the name to be typed.

use leptos::prelude::*;
use shared::person::Role;

use super::{Change, TextField};
use crate::parts::{Me, ProblemNotice};
use crate::ui::{Button, ButtonKind, Command};

/// A deletion that must be confirmed by typing the name.
#[component]
pub fn Confirm(
    /// Such as `Delete this repository`.
    title: &'static str,
    /// What could not be done, should it fail.
    what: &'static str,
    /// To be typed.
    name: String,
    /// What will be lost. Tracked.
    #[prop(into)]
    lost: Signal<Vec<String>>,
    /// What stands in the way; none if nothing does. Tracked.
    #[prop(optional, into)]
    obstacle: Signal<Option<String>>,
    /// The command that does the same. Tracked.
    #[prop(into)]
    command: Signal<String>,
    change: Change,
    send: Callback<()>,
) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let expected = name.clone();
    let refusal = expect_context::<Me>().unless(
        Role::Admin,
        Signal::derive(move || {
            let differs = || (typed.read().trim() != expected).then(|| format!("Type {expected} to confirm."));
            obstacle.get().or_else(differs)
        }),
    );
    let pressed = move || {
        if refusal.get_untracked().is_none() {
            send.run(());
        }
    };
    view! {
        <section class="confirm" aria-label=title>
            <h2 class="form-page__title">{title}</h2>
            <ul class="confirm__lost">{move || lost.get().into_iter().map(|line| view! { <li>{line}</li> }).collect::<Vec<_>>()}</ul>
            {move || obstacle.get().map(|obstacle| view! { <p class="confirm__obstacle">{obstacle}</p> })}
            <TextField id="confirm-name" label="Its name, to confirm" value=typed hint=format!("Type {name}. This cannot be undone.") code=true />
            {move || change.problem().map(|problem| view! { <ProblemNotice what problem /> })}
            <p class="form-page__foot">
                <Button kind=ButtonKind::Danger busy=Signal::derive(move || change.busy()) disabled_reason=refusal on_click=pressed>"Delete for good"</Button>
                <span class="form-page__why" aria-hidden="true">{move || refusal.get()}</span>
            </p>
            <h3 class="form-page__title">"Same thing, by command"</h3>
            {move || view! { <Command text=command.get() /> }}
        </section>
    }
}
