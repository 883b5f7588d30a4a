//! The rows of a run, each with how it stands.

use leptos::prelude::*;
use shared::names::RepositoryName;
use shared::promotion::CopyResult;
use shared::run::{RowState, RunKind, RunRow};
use shared::undo::{LostTag, TagReturn, UndoStep};

use super::live::Live;
use crate::parts::{DomainData, Name};
use crate::place::{Held, Place, RowsShown};
use crate::ui::{Button, ButtonKind, Chip, CopyButton, Tone};

/// What is needed to word a row.
#[derive(Debug, Clone)]
struct Of {
    to: RepositoryName,
    undoes: bool,
}

/// All rows, in the order of the plan; those that are not to be shown are hidden, so that none is drawn twice.
#[component]
pub fn Rows(live: Live, show: Memo<Option<RowsShown>>, choose: Callback<Option<RowsShown>>) -> impl IntoView {
    let of = live
        .summary
        .read_untracked()
        .as_ref()
        .map(|summary| Of { to: summary.to.clone(), undoes: matches!(summary.kind, RunKind::Undo(_)) });
    let Some(of) = of else { return ().into_any() };
    let of = StoredValue::new(of);
    let none = Memo::new(move |_| {
        show.get().is_some_and(|shown| !live.rows.read().iter().any(|row| shown.holds(&row.read().state)))
    });
    view! {
        <div class="table-frame" class:run-page__none=move || none.get()>
            <table class="table plan run-page__rows">
                <thead>
                    <tr>
                        <th scope="col">"Package"</th>
                        <th scope="col">"Version"</th>
                        <th scope="col">"Result"</th>
                        <th scope="col">"AWS request"</th>
                    </tr>
                </thead>
                <tbody>
                    {move || live.rows.get().into_iter().map(|row| view! { <Row row of=of.get_value() show /> }).collect::<Vec<_>>()}
                </tbody>
            </table>
        </div>
        {move || none.get().then(|| view! {
            <p class="muted">
                "No row stands so now. "
                <Button kind=ButtonKind::Small on_click=move || choose.run(None)>"Show all rows"</Button>
            </p>
        })}
    }
    .into_any()
}

#[component]
fn Row(row: ArcRwSignal<RunRow>, of: Of, show: Memo<Option<RowsShown>>) -> impl IntoView {
    let data = expect_context::<DomainData>();
    let choice = row.read_untracked().choice.clone();
    let held = Held { repository: of.to.clone(), version: choice.version.clone() };
    let href = Place::package(&data.path(), &choice.package, Some(held)).href();
    let state = Memo::new({
        let row = row.clone();
        move |_| {
            let row = row.read();
            (row.state.clone(), row.attempts)
        }
    });
    let request = Memo::new({
        let row = row.clone();
        move |_| row.read().request_id.clone()
    });
    let undo = row.read_untracked().undo.clone();
    let hidden = move || show.get().is_some_and(|shown| !shown.holds(&state.read().0));
    view! {
        <tr hidden=hidden>
            <th scope="row" class="plan__package"><a href=href><Name text=choice.package.full_name() /></a></th>
            <td class="plan__version"><Name text=choice.version.as_str() /></td>
            <td class="plan__verdict">
                {move || {
                    let (state, attempts) = state.get();
                    words(state, attempts, of.undoes)
                }}
                {undo.map(step)}
            </td>
            <td>
                {move || request.get().map(|id| view! {
                    <span class="outcome__request"><code title=id.clone()>{id.clone()}</code><CopyButton text=id what="request id" /></span>
                })}
            </td>
        </tr>
    }
}

fn words(state: RowState, attempts: u32, undoes: bool) -> AnyView {
    let again = (attempts > 1).then(|| view! { <small>{format!("{attempts} calls so far.")}</small> });
    match state {
        RowState::Waiting => view! { <Chip text="waits" /> }.into_any(),
        RowState::UnderWay => view! { <Chip tone=Tone::Info text="under way" />{again} }.into_any(),
        RowState::Checking => view! {
            <Chip tone=Tone::Warn text="checking" />
            <small>"An answer was lost. The target is being read to find out what happened."</small>
        }
        .into_any(),
        RowState::Ended(result) => ended(result, undoes),
    }
}

fn ended(result: CopyResult, undoes: bool) -> AnyView {
    match result {
        CopyResult::Copied if undoes => view! { <Chip tone=Tone::Ok text="undone" /> }.into_any(),
        CopyResult::Copied => view! { <Chip tone=Tone::Ok text="copied" /> }.into_any(),
        CopyResult::AlreadySame if undoes => view! { <Chip text="left alone" /> }.into_any(),
        CopyResult::AlreadySame => {
            view! { <Chip text="already there" /><small>"The target had the same content."</small> }.into_any()
        }
        CopyResult::Refused { code, message } => {
            view! { <Chip tone=Tone::Danger text="refused" /><small>{message}" "<code>{code}</code></small> }.into_any()
        }
        CopyResult::Failed(problem) => {
            view! { <Chip tone=Tone::Danger text="failed" /><small>"Nothing was changed. "{problem.message}</small> }
                .into_any()
        }
        CopyResult::Unknown(problem) => view! {
            <Chip tone=Tone::Warn text="unknown" />
            <small>"Whether it was done could not be found out. "{problem.message}</small>
        }
        .into_any(),
    }
}

/// What undoing does with a row beside taking it away.
fn step(step: UndoStep) -> AnyView {
    match step {
        UndoStep::Leave(why) => view! { <small>{why}</small> }.into_any(),
        UndoStep::TakeAway { tags, lost, .. } => {
            let back = tags.into_iter().map(|tag| view! { <small>{back(&tag)}</small> });
            let lost = lost.into_iter().map(|tag| view! { <small>{gone(&tag)}</small> });
            view! { {back.collect::<Vec<_>>()}{lost.collect::<Vec<_>>()} }.into_any()
        }
    }
}

/// Where a tag goes back to.
pub fn back(tag: &TagReturn) -> String {
    match &tag.to {
        Some(to) => format!("Tag {} back to {to}.", tag.tag),
        None => format!("Tag {} removed: it was not there before.", tag.tag),
    }
}

/// A tag that cannot go back.
pub fn gone(tag: &LostTag) -> String {
    let was = tag.was.as_ref().map(|was| format!(" to {was}")).unwrap_or_default();
    format!("Tag {} cannot go back{was}: {}", tag.tag, tag.why)
}
