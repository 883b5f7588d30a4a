//! A guide, drawn: every step says what it does, and has a button that copies it.

use leptos::prelude::*;
use shared::connect::{Form, Guide, Step};

use crate::ui::CopyButton;

/// All parts of a guide, their steps numbered through.
#[component]
pub fn Steps(guide: Guide) -> impl IntoView {
    let mut number = 0;
    let parts = guide.parts.into_iter().map(|part| {
        let steps: Vec<_> = part
            .steps
            .into_iter()
            .map(|step| {
                number += 1;
                view! { <OneStep step number /> }
            })
            .collect();
        view! { <section class="guide__part"><h3>{part.aim.title()}</h3><ol class="guide__steps">{steps}</ol></section> }
    });
    let parts: Vec<_> = parts.collect();
    let notes: Vec<_> = guide.notes.into_iter().map(|note| view! { <li>{note}</li> }).collect();
    view! {
        <div class="guide">
            {parts}
            {(!notes.is_empty()).then(|| view! {
                <section class="guide__part"><h3>"Good to know"</h3><ul class="guide__notes">{notes}</ul></section>
            })}
        </div>
    }
}

#[component]
fn OneStep(step: Step, number: usize) -> impl IntoView {
    let (how, file) = match step.form {
        Form::Command => ("In a shell", None),
        Form::Add(file) => ("Add to", Some(file)),
        Form::Remove(file) => ("Take out of", Some(file)),
    };
    let file = file.map(|file| view! { <code>{file}</code> });
    view! {
        <li class="guide__step">
            <span class="guide__number" aria-hidden="true">{number}</span>
            <p class="guide__about">{step.about}</p>
            <figure class="guide__snippet">
                <figcaption>{how}" "{file}</figcaption>
                <div class="command">
                    // Long lines scroll sideways, so the keyboard has to reach it.
                    <pre tabindex="0" aria-label=format!("Step {number}")>{step.text.clone()}</pre>
                    <CopyButton text=step.text what=format!("text of step {number}") />
                </div>
            </figure>
        </li>
    }
}
