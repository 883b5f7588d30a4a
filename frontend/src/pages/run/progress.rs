//! How far a run has come: a bar, numbers, and the time left.

use leptos::prelude::*;
use shared::run::RunState;

use super::live::{Link, Live};
use super::{pace, words};
use crate::place::RowsShown;
use crate::ui::{Chip, Tone, grouped, now};

/// The bar, what it says in words, and a choice of rows by how they stand.
#[component]
pub fn Progress(live: Live, show: Memo<Option<RowsShown>>, choose: Callback<Option<RowsShown>>) -> impl IntoView {
    let counts = Memo::new(move |_| live.summary.read().as_ref().map(|summary| summary.counts).unwrap_or_default());
    let state = Memo::new(move |_| live.summary.read().as_ref().map(|summary| summary.state.clone()));
    let ended = move || pace::ended(&counts.read());
    let words = move || format!("{} of {}", grouped(ended().into()), grouped(counts.read().all().into()));
    let left = move || {
        let counts = counts.get();
        let running = state.get() == Some(RunState::Running) && pace::ended(&counts) < counts.all();
        let left = live.pace.get().filter(|_| running)?.left(now(), &counts)?;
        Some(format!(" · {}", pace::about(left)))
    };
    // Spoken where it changes only, and not before something happens.
    let spoken = Memo::new(move |_| live.summary.read().as_ref().map(words::spoken).unwrap_or_default());
    let part = move |class: &'static str, number: fn(&shared::run::RunCounts) -> u32| {
        view! { <span class=class style:flex-grow=move || number(&counts.read()).to_string()></span> }
    };
    view! {
        <section class="run-page__progress" aria-label="Progress">
            <div
                class="bar"
                role="progressbar"
                aria-label="Rows at their end"
                aria-valuemin="0"
                aria-valuemax=move || counts.read().all().to_string()
                aria-valuenow=move || ended().to_string()
                aria-valuetext=words
            >
                {part("bar__part bar__part--done", |counts| counts.done)}
                {part("bar__part bar__part--same", |counts| counts.same)}
                {part("bar__part bar__part--failed", |counts| counts.failed)}
                {part("bar__part bar__part--unknown", |counts| counts.unknown)}
                {part("bar__part bar__part--busy", |counts| counts.under_way)}
                {part("bar__part", |counts| counts.waiting)}
            </div>
            <p class="run-page__numbers">
                <strong>{words}</strong>
                <span class="muted">{left}</span>
                {move || (live.link.get() == Link::Broken).then(|| view! {
                    <Chip tone=Tone::Warn text="Reconnecting… What is shown may be old." />
                })}
            </p>
            <p class="visually-hidden" role="status">{move || spoken.get()}</p>
            <Filter live show choose />
        </section>
    }
}

/// Which rows are shown.
#[component]
fn Filter(live: Live, show: Memo<Option<RowsShown>>, choose: Callback<Option<RowsShown>>) -> impl IntoView {
    let number = move |shown: Option<RowsShown>| {
        let summary = live.summary.read();
        let counts = summary.as_ref().map(|summary| summary.counts).unwrap_or_default();
        match shown {
            None => counts.all(),
            Some(RowsShown::Left) => counts.waiting + counts.under_way,
            Some(RowsShown::Done) => counts.done + counts.same,
            Some(RowsShown::Failed) => counts.failed + counts.unknown,
        }
    };
    let button = move |shown: Option<RowsShown>, text: &'static str| {
        view! {
            <button
                type="button"
                class="button button--small"
                aria-pressed=move || (show.get() == shown).to_string()
                on:click=move |_| choose.run(shown)
            >
                {text}" "{move || grouped(number(shown).into())}
            </button>
        }
    };
    view! {
        <div class="run-page__filter" role="group" aria-label="Rows shown">
            {button(None, "All")}
            {button(Some(RowsShown::Left), "To go")}
            {button(Some(RowsShown::Done), "Done")}
            {button(Some(RowsShown::Failed), "Failed")}
        </div>
    }
}
