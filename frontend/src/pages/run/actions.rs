//! What can be done with a run.

use leptos::prelude::*;
use shared::api::SteerRun;
use shared::person::Role;
use shared::promotion::{CopyResult, VersionChoice};
use shared::run::{RowState, RunAction, RunKind, RunState, RunSummary, Steer};
use shared::undo::UndoHow;

use super::live::Live;
use crate::navigation::Navigation;
use crate::parts::{Change, DomainData, Me, ProblemNotice, Tray};
use crate::place::{Place, PromotePlace, RowsShown, UndoPlace};
use crate::ui::{Button, ButtonKind, count};

/// Which buttons there are.
#[derive(Debug, Clone, PartialEq)]
struct Offer {
    stop: bool,
    stopping: bool,
    go_on: Option<String>,
    /// What failed can be planned anew.
    failed: u32,
    /// Why it cannot be undone; none where it can; nothing at all where there is nothing to undo.
    undo: Option<Option<String>>,
}

impl Offer {
    /// `again` is how many rows can be tried again: what CodeArtifact refused it would refuse again.
    fn of(summary: &RunSummary, again: usize) -> Self {
        let (state, counts) = (&summary.state, &summary.counts);
        let failed = counts.failed + counts.unknown;
        let promotes = matches!(summary.kind, RunKind::Promotion(_));
        let refusal = match (&summary.undone_by, state.is_moving(), counts.done) {
            (Some(_), _, _) => Some("It was undone already.".to_owned()),
            (None, true, _) => Some("Stop it first, or wait for its end.".to_owned()),
            (None, false, 0) => Some("It made nothing that could be undone.".to_owned()),
            (None, false, _) => None,
        };
        let go_on = match state {
            RunState::Ended => (again > 0).then(|| format!("Try {again} again")),
            RunState::Stopped | RunState::Paused(_) => Some("Go on".to_owned()),
            RunState::Running | RunState::Waiting(_) | RunState::Stopping => None,
        };
        Self {
            stop: matches!(state, RunState::Running | RunState::Waiting(_) | RunState::Stopping),
            stopping: *state == RunState::Stopping,
            go_on: go_on.filter(|_| summary.undone_by.is_none()),
            failed: if promotes && !state.is_moving() { failed } else { 0 },
            undo: promotes.then_some(refusal),
        }
    }
}

/// Stop, go on, undo, and the ways on from here.
#[component]
pub fn Actions(live: Live) -> impl IntoView {
    let (data, navigation, me) =
        (expect_context::<DomainData>(), expect_context::<Navigation>(), expect_context::<Me>());
    let lacks = Signal::derive(move || me.lacks(Role::Promoter));
    let change = Change::new();
    let offer = Memo::new(move |_| {
        // A change of rows comes with a summary.
        let rows = live.rows.get_untracked();
        let again = rows.iter().filter(|row| can_be_tried_again(&row.read_untracked().state)).count();
        live.summary.read().as_ref().map(|summary| Offer::of(summary, again))
    });
    let steer = move |action| {
        change.ask::<SteerRun>(&live.path(), &(), &Steer { action }, move |run| live.take(&run));
    };
    let busy = Signal::derive(move || change.busy());
    let to = live.summary.read_untracked().as_ref().map(|summary| summary.to.clone());
    let undo = move |refusal: Option<String>| {
        let go = move || {
            navigation.go(&Place::Undo(UndoPlace { run: live.path(), how: UndoHow::Archive }));
        };
        let refusal = me.unless(Role::Promoter, Signal::stored(refusal));
        view! { <Button disabled_reason=refusal on_click=go>"Undo…"</Button> }
    };
    view! {
        {move || change.problem().map(|problem| view! { <ProblemNotice what="That could not be done." problem /> })}
        <div class="outcome__actions">
            {move || offer.get().map(|offer| view! {
                {offer.stop.then(|| {
                    let busy = Signal::derive(move || offer.stopping || change.busy());
                    view! { <Button busy disabled_reason=lacks on_click=move || steer(RunAction::Stop)>{if offer.stopping { "Stopping…" } else { "Stop" }}</Button> }
                })}
                {offer.go_on.map(|text| view! {
                    <Button kind=ButtonKind::Primary busy disabled_reason=lacks on_click=move || steer(RunAction::GoOn)>{text}</Button>
                })}
                {(offer.failed > 0).then(|| view! { <ReviewFailed live failed=offer.failed /> })}
                {offer.undo.map(undo)}
            })}
            {to.map(|to| {
                let href = Place::repository(&data.path(), &to).href();
                view! { <a class="button" href=href>{format!("Open {to}")}</a> }
            })}
            <a class="button" href=Place::map(&data.path()).href()>"Show the map"</a>
            <a class="button" href=Place::promotions(&data.path(), None).href()>"All promotions"</a>
        </div>
    }
}

/// Puts what failed into the tray, and plans it anew with the same target and reason.
#[component]
fn ReviewFailed(live: Live, failed: u32) -> impl IntoView {
    let (data, navigation, tray) =
        (expect_context::<DomainData>(), expect_context::<Navigation>(), expect_context::<Tray>());
    let summary = StoredValue::new(live.summary.get_untracked());
    let refusal = Signal::derive(move || {
        summary.with_value(|summary| summary.as_ref().and_then(|summary| tray.refusal(&summary.from)))
    });
    let press = move || {
        let Some(summary) = summary.get_value() else { return };
        failed_rows(live).into_iter().for_each(|choice| tray.put(&summary.from, choice));
        tray.reason.set(summary.reason);
        navigation.go(&Place::Promote(PromotePlace { domain: data.path(), to: Some(summary.to) }));
    };
    let label = format!("Review the {failed} that failed");
    let title = format!("Puts {} into the tray and plans anew.", count(failed as usize, "version"));
    view! {
        <span title=title><Button disabled_reason=refusal on_click=press>{label}</Button></span>
    }
}

fn can_be_tried_again(state: &RowState) -> bool {
    matches!(state, RowState::Ended(CopyResult::Failed(_) | CopyResult::Unknown(_)))
}

fn failed_rows(live: Live) -> Vec<VersionChoice> {
    let rows = live.rows.get_untracked();
    let failed = rows.iter().filter(|row| RowsShown::Failed.holds(&row.read_untracked().state));
    failed.map(|row| row.read_untracked().choice.clone()).collect()
}
