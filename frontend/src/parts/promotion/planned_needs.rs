//! What the versions of a saved plan need, and what was decided about it.

use leptos::prelude::*;
use shared::needs::{Fate, PlannedNeed, PlannedNeeds};

use super::needs_rows::{asked, path};
use crate::ui::{Chip, Notice, Tone, count};

/// What the versions of a saved plan need. Nothing where that was not looked at.
#[component]
pub fn PlannedNeedsSection(needs: Option<PlannedNeeds>) -> impl IntoView {
    needs.map(|needs| view! { <Section needs /> })
}

#[component]
fn Section(needs: PlannedNeeds) -> impl IntoView {
    let PlannedNeeds { mut rows, unread, capped } = needs;
    rows.sort_by_key(|need| order(need.fate()));
    let chips = [Fate::Undecided, Fate::Left, Fate::Added, Fate::Satisfied].map(|fate| {
        let number = rows.iter().filter(|need| need.fate() == fate).count();
        let (word, tone) = shown(fate);
        (number > 0).then(|| view! { <Chip tone text=format!("{number} {word}") /> })
    });
    let nothing = rows.is_empty().then(|| view! { <p class="muted">"They need no other package."</p> });
    let (settled, open): (Vec<_>, Vec<_>) =
        rows.into_iter().partition(|need| matches!(need.fate(), Fate::Added | Fate::Satisfied));
    let unread = unread.into_iter().map(|unread| {
        let name = format!("{} {}", unread.choice.package.full_name(), unread.choice.version);
        let text = format!("What {name} needs could not be read. {}", unread.problem.message);
        view! { <Notice tone=Tone::Warn><p>{text}</p></Notice> }
    });
    let capped = capped.then(|| {
        view! { <Notice tone=Tone::Warn><p>"There is more than is shown: what lies beyond was not followed."</p></Notice> }
    });
    view! {
        <section class="needs" aria-labelledby="planned-needs">
            <h2 id="planned-needs" class="needs__title">"What these versions need"</h2>
            <p class="page__about">"As it was when the plan was made, with what was decided."</p>
            <p class="plan__summary">{chips.into_iter().collect::<Vec<_>>()}</p>
            {capped}
            {unread.collect::<Vec<_>>()}
            {nothing}
            {(!open.is_empty()).then(|| view! {
                <ul class="needs__rows" aria-label="Decided and open">{open.into_iter().map(row).collect::<Vec<_>>()}</ul>
            })}
            {(!settled.is_empty()).then(|| {
                let summary = format!("{} satisfied or part of the plan", count(settled.len(), "package"));
                view! {
                    <details class="needs__satisfied">
                        <summary>{summary}</summary>
                        <ul class="needs__rows" aria-label="Satisfied">{settled.into_iter().map(row).collect::<Vec<_>>()}</ul>
                    </details>
                }
            })}
        </section>
    }
}

/// What needs a decision comes first.
fn order(fate: Fate) -> u8 {
    match fate {
        Fate::Undecided => 0,
        Fate::Left => 1,
        Fate::Unchecked => 2,
        Fate::Dispensable => 3,
        Fate::Added => 4,
        Fate::Satisfied => 5,
    }
}

fn shown(fate: Fate) -> (&'static str, Tone) {
    match fate {
        Fate::Satisfied => ("satisfied", Tone::Ok),
        Fate::Added => ("added", Tone::Ok),
        Fate::Left => ("left", Tone::Plain),
        Fate::Undecided => ("undecided", Tone::Warn),
        Fate::Dispensable => ("optional", Tone::Plain),
        Fate::Unchecked => ("not checked", Tone::Plain),
    }
}

fn row(need: PlannedNeed) -> impl IntoView {
    let (word, tone) = shown(need.fate());
    let way = path(&need.row).map(|path| view! { <small>{path}</small> });
    view! {
        <li class="needs__row">
            <div class="needs__what">
                <span>{need.words()}" "<Chip tone text=word /></span>
                <small>{asked(&need.row)}</small>
                {way}
            </div>
        </li>
    }
}
