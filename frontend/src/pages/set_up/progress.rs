//! The steps at a glance, beside the page.

use leptos::prelude::*;
use shared::recipe::{Step, StepStanding};

use super::{SetUp, words};
use crate::ui::{Chip, Glyph, Icon, Tone};

/// The steps at a glance, each a link to where it stands on the page.
#[component]
pub fn Progress() -> impl IntoView {
    let set_up = expect_context::<SetUp>();
    let done = Memo::new(move |_| {
        Step::ALL.into_iter().filter(|step| set_up.standing(*step) == Some(StepStanding::Done)).count()
    });
    let entries = Step::ALL.into_iter().map(|step| {
        let standing = Memo::new(move |_| set_up.standing(step));
        view! {
            <li>
                <a class="progress__step" href=format!("#step-{}", step.number())>
                    <Sign step standing />
                    <span class="progress__name">{words::short(step)}</span>
                    <span class="visually-hidden">{move || standing.get().map(|standing| format!(": {}", word(standing)))}</span>
                </a>
            </li>
        }
    });
    view! {
        <nav class="progress" aria-label="Steps">
            <p class="progress__count"><strong>{done}</strong>" of 10 done"</p>
            <div class="progress__bar" aria-hidden="true"><i style:width=move || format!("{}%", done.get() * 10)></i></div>
            <ol class="progress__list">{entries.collect::<Vec<_>>()}</ol>
        </nav>
    }
}

/// The number of a step, or the sign of how it stands.
#[component]
pub fn Sign(
    step: Step,
    /// How it stands, once that is known.
    standing: Memo<Option<StepStanding>>,
) -> impl IntoView {
    let class = move || match standing.get() {
        Some(StepStanding::Done) => "sign sign--done",
        Some(StepStanding::Half(..)) => "sign sign--half",
        Some(StepStanding::Conflict) => "sign sign--conflict",
        Some(StepStanding::Unknown) => "sign sign--unknown",
        Some(StepStanding::Open) | None => "sign",
    };
    let inside = move || match standing.get() {
        Some(StepStanding::Done) => view! { <Icon glyph=Glyph::Check /> }.into_any(),
        Some(StepStanding::Conflict | StepStanding::Unknown) => view! { <Icon glyph=Glyph::Warning /> }.into_any(),
        Some(StepStanding::Open | StepStanding::Half(..)) | None => step.number().into_any(),
    };
    view! { <span class=class aria-hidden="true">{inside}</span> }
}

/// How a step stands, in a word and a colour.
pub fn chip(standing: StepStanding) -> AnyView {
    let tone = match standing {
        StepStanding::Done => Tone::Ok,
        StepStanding::Half(..) => Tone::Info,
        StepStanding::Open => Tone::Plain,
        StepStanding::Conflict => Tone::Danger,
        StepStanding::Unknown => Tone::Warn,
    };
    view! { <Chip tone text=word(standing) /> }.into_any()
}

fn word(standing: StepStanding) -> String {
    match standing {
        StepStanding::Done => "done".to_owned(),
        StepStanding::Half(done, all) => format!("{done} of {all} done"),
        StepStanding::Open => "to do".to_owned(),
        StepStanding::Conflict => "something is in the way".to_owned(),
        StepStanding::Unknown => "not readable".to_owned(),
    }
}
