//! What is to be known of a run as it stands, and what can be done about it.

use leptos::prelude::*;
use shared::names::{RepositoryName, RunId};
use shared::problem::Problem;
use shared::promotion::CopyResult;
use shared::run::{RowState, RunCounts, RunKind, RunState};

use super::live::Live;
use crate::parts::DomainData;
use crate::place::{Place, RowsShown};
use crate::ui::{Button, ButtonKind, Notice, Tone, count};

/// How many rows that failed are named.
const NAMED: usize = 3;

/// What a notice depends on: it is drawn anew only when one of these changes.
#[derive(Debug, Clone, PartialEq)]
struct Known {
    state: RunState,
    kind: RunKind,
    failed: u32,
    unknown: u32,
    done: u32,
    to: RepositoryName,
    undone_by: Option<RunId>,
}

/// Why it waits or rests, what failed, and what undid it.
#[component]
pub fn News(live: Live, choose: Callback<Option<RowsShown>>) -> impl IntoView {
    let data = expect_context::<DomainData>();
    let known = Memo::new(move |_| {
        live.summary.read().as_ref().map(|summary| {
            let RunCounts { failed, unknown, done, .. } = summary.counts;
            let ended = summary.state == RunState::Ended;
            Known {
                state: summary.state.clone(),
                kind: summary.kind.clone(),
                failed,
                unknown,
                done: if ended { done } else { 0 },
                to: summary.to.clone(),
                undone_by: summary.undone_by.clone(),
            }
        })
    });
    move || {
        let known = known.get()?;
        let undone = known.undone_by.clone().map(|run| {
            let href = Place::run(&data.path(), &run).href();
            view! {
                <Notice tone=Tone::Warn>
                    <p>"This promotion was undone, or is being undone. "<a href=href>"Open the undoing"</a></p>
                </Notice>
            }
        });
        Some(view! {
            {undone}
            {state(&known)}
            {(known.failed + known.unknown > 0).then(|| failed(live, &known, choose))}
        })
    }
}

fn state(known: &Known) -> AnyView {
    let promotes = matches!(known.kind, RunKind::Promotion(_));
    match &known.state {
        RunState::Running | RunState::Stopping => {
            view! { <p class="muted">"It goes on without this page: close it, and come back to it at any time."</p> }
                .into_any()
        }
        RunState::Waiting(problem) => notice(Tone::Warn, "Waiting. It goes on by itself.", problem.clone()),
        RunState::Paused(problem) => notice(
            Tone::Danger,
            "It cannot go on by itself. Mend what is said here, then press Go on: nothing is done twice.",
            problem.clone(),
        ),
        RunState::Stopped => view! {
            <Notice tone=Tone::Info>
                <p>"Stopped. What was done stays done; what waits has not been sent. Go on, or leave it so."</p>
            </Notice>
        }
        .into_any(),
        RunState::Ended if known.failed + known.unknown == 0 && known.done > 0 && known.undone_by.is_none() => {
            let text = if promotes {
                format!("{} has them now.", known.to)
            } else {
                format!("{} is as it was before, but for what the rows say.", known.to)
            };
            view! { <Notice tone=Tone::Ok><p>{text}</p></Notice> }.into_any()
        }
        RunState::Ended => ().into_any(),
    }
}

fn notice(tone: Tone, title: &'static str, problem: Problem) -> AnyView {
    view! {
        <Notice tone>
            <p class="notice__title">{title}</p>
            <p>{problem.message}</p>
            {problem.request_id.map(|id| view! { <p class="notice__id">"Request " <code>{id}</code></p> })}
        </Notice>
    }
    .into_any()
}

/// Names what failed, the cause first.
fn failed(live: Live, known: &Known, choose: Callback<Option<RowsShown>>) -> AnyView {
    let rows = live.rows.get_untracked();
    let causes: Vec<String> = rows
        .iter()
        .filter_map(|row| {
            let row = row.read_untracked();
            let why = match &row.state {
                RowState::Ended(CopyResult::Refused { message, .. }) => message.clone(),
                RowState::Ended(CopyResult::Failed(problem) | CopyResult::Unknown(problem)) => problem.message.clone(),
                _ => return None,
            };
            Some(format!("{} {}: {why}", row.choice.package.full_name(), row.choice.version))
        })
        .collect();
    let total = causes.len();
    let named = causes.into_iter().take(NAMED).map(|text| view! { <li>{text}</li> }).collect::<Vec<_>>();
    let title = match (known.failed, known.unknown) {
        (failed, 0) => {
            format!("{} failed. Nothing of it was changed, and nothing was overwritten.", count(failed as usize, "row"))
        }
        (0, unknown) => format!("Whether {} was done could not be found out.", count(unknown as usize, "row")),
        (failed, unknown) => {
            format!("{} failed. Of {unknown} more nobody knows whether it was done.", count(failed as usize, "row"))
        }
    };
    view! {
        <Notice tone=Tone::Warn>
            <p class="notice__title">{title}</p>
            <ul class="run-page__causes">{named}</ul>
            {(total > NAMED).then(|| view! {
                <Button kind=ButtonKind::Small on_click=move || choose.run(Some(RowsShown::Failed))>{format!("Show all {total}")}</Button>
            })}
        </Notice>
    }
    .into_any()
}
