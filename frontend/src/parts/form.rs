//! What forms are made of: fields that tell their rule, and sending what was typed.

mod change;
mod confirm;
mod text;

pub use change::Change;
pub use confirm::Confirm;
pub use text::{MARKED, TextField, problem_of};

use leptos::prelude::*;
use shared::person::Role;
use wasm_bindgen::JsCast;

use crate::parts::{Me, ProblemNotice};
use crate::ui::{Button, ButtonKind, Command};

/// A form beside the command that does the same, and the button that does it.
#[component]
pub fn FormPage(
    #[prop(into)] title: String,
    /// What it does and what it does not.
    #[prop(into)]
    about: String,
    /// What could not be done, should it fail, such as `The domain could not be made.`
    what: &'static str,
    change: Change,
    /// On the button.
    #[prop(into)]
    action: String,
    /// Why it cannot be sent now; none if it can. Tracked.
    #[prop(into)]
    refusal: Signal<Option<String>>,
    /// The command that does the same; none while what is typed breaks a rule. Tracked.
    #[prop(into)]
    command: Signal<Option<String>>,
    send: Callback<()>,
    /// One of several forms of a page, under its heading.
    #[prop(optional)]
    part: bool,
    /// It takes something away.
    #[prop(optional)]
    danger: bool,
    children: Children,
) -> impl IntoView {
    // Forms set up and change what only administrators may.
    let refusal = expect_context::<Me>().unless(Role::Admin, refusal);
    let pressed = move || {
        if refusal.get_untracked().is_none() && !change.busy() {
            send.run(());
        }
    };
    // The fields of one line send the form by Enter, as everywhere.
    let enter = move |event: leptos::ev::KeyboardEvent| {
        let field = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
        if event.key() == "Enter" && field.is_some() {
            event.prevent_default();
            pressed();
        }
    };
    view! {
        <form class="form-page" on:submit=|event| event.prevent_default() on:keydown=enter>
            <div class="form-page__fields">
                {match part {
                    true => view! { <h2>{title}</h2> }.into_any(),
                    false => view! { <h1>{title}</h1> }.into_any(),
                }}
                <p class="page__about">{about}</p>
                {children()}
                {move || change.problem().map(|problem| view! { <ProblemNotice what problem /> })}
                <p class="form-page__foot">
                    <Button kind=if danger { ButtonKind::Danger } else { ButtonKind::Primary } busy=Signal::derive(move || change.busy()) disabled_reason=refusal on_click=pressed>{action}</Button>
                    <span class="form-page__why" aria-hidden="true">{move || refusal.get()}</span>
                </p>
            </div>
            <div class="form-page__side">
                <h2 class="form-page__title">"Same thing, by command"</h2>
                {move || match command.get() {
                    Some(text) => view! { <Command text /> }.into_any(),
                    None => view! { <p class="muted">"Stands here as soon as the form can be sent."</p> }.into_any(),
                }}
            </div>
        </form>
    }
}
