//! How a run stands, in words.

use leptos::prelude::*;
use shared::run::{RunCounts, RunKind, RunState, RunSummary};

use crate::ui::{Chip, Tone, count, grouped};

/// The heading of a run.
pub fn title(summary: &RunSummary) -> String {
    let counts = &summary.counts;
    let left = counts.failed + counts.unknown;
    let versions = |number: u32| count(number as usize, "version");
    let (doing, done, nothing) = match summary.kind {
        RunKind::Promotion(_) => ("Promoting", "promoted", "Nothing was promoted"),
        RunKind::Undo(_) => ("Undoing", "undone", "Nothing was undone"),
    };
    match summary.state {
        RunState::Running | RunState::Waiting(_) | RunState::Stopping => {
            format!("{doing} {}", versions(counts.all() - counts.same))
        }
        RunState::Stopped => format!("Stopped: {} of {} {done}", grouped(counts.done.into()), versions(counts.all())),
        RunState::Paused(_) => format!("Paused: {} of {} {done}", grouped(counts.done.into()), versions(counts.all())),
        RunState::Ended => match (counts.done, left) {
            (0, 0) => format!("{nothing}: {}", there(summary)),
            (0, left) => format!("{nothing}: {} failed", versions(left)),
            (number, 0) => format!("{} {done}", versions(number)),
            (number, left) => format!("{} {done}, {} not", versions(number), grouped(left.into())),
        },
    }
}

/// Rows with nothing to do.
fn there(summary: &RunSummary) -> String {
    let number = count(summary.counts.same as usize, "version");
    match summary.kind {
        RunKind::Promotion(_) => format!("{number} already there"),
        RunKind::Undo(_) => format!("{number} left alone"),
    }
}

/// How a run stands, in a word or two.
pub fn state_chip(state: &RunState, counts: &RunCounts) -> (Tone, &'static str) {
    match state {
        RunState::Running => (Tone::Info, "running"),
        RunState::Waiting(_) => (Tone::Warn, "waiting for AWS"),
        RunState::Stopping => (Tone::Info, "stopping"),
        RunState::Stopped => (Tone::Warn, "stopped"),
        RunState::Paused(_) => (Tone::Danger, "paused"),
        RunState::Ended if counts.unknown > 0 => (Tone::Warn, "ended, not all is known"),
        RunState::Ended if counts.failed > 0 => (Tone::Warn, "ended with failures"),
        RunState::Ended => (Tone::Ok, "done"),
    }
}

/// How many rows stand how.
#[component]
pub fn CountChips(counts: RunCounts, kind: RunKind) -> impl IntoView {
    let (done, same) = match kind {
        RunKind::Promotion(_) => ("promoted", "already there"),
        RunKind::Undo(_) => ("undone", "left alone"),
    };
    [
        (counts.done, Tone::Ok, done),
        (counts.same, Tone::Plain, same),
        (counts.failed, Tone::Danger, "failed"),
        (counts.unknown, Tone::Warn, "unknown"),
        (counts.waiting + counts.under_way, Tone::Plain, "to go"),
    ]
    .into_iter()
    .filter(|(number, _, _)| *number > 0)
    .map(|(number, tone, word)| view! { <Chip tone text=format!("{} {word}", grouped(number.into())) /> })
    .collect::<Vec<_>>()
}

/// What is said of the progress to who cannot see it: not every row, but each quarter and each change of state.
pub fn spoken(summary: &RunSummary) -> String {
    let counts = &summary.counts;
    let (all, ended) = (counts.all(), super::pace::ended(counts));
    match &summary.state {
        RunState::Running => match (ended * 4).checked_div(all) {
            Some(quarters @ 1..=3) => format!("{} % done.", quarters * 25),
            _ => String::new(),
        },
        RunState::Waiting(_) => "Waiting: AWS asks to wait.".to_owned(),
        RunState::Stopping => "Stopping.".to_owned(),
        RunState::Stopped | RunState::Paused(_) | RunState::Ended => format!("{}.", title(summary)),
    }
}

#[cfg(test)]
mod tests {
    use shared::person::Person;

    use super::*;

    fn summary(state: RunState, counts: RunCounts) -> RunSummary {
        RunSummary {
            id: "0123456789abcdef0123".parse().unwrap(),
            kind: RunKind::Promotion("0123456789abcdef0123".parse().unwrap()),
            domain: "acme".parse().unwrap(),
            from: "team-dev".parse().unwrap(),
            to: "production".parse().unwrap(),
            reason: String::new(),
            by: Person::local(),
            started_at: 0.0,
            ended_at: None,
            state,
            counts,
            undone_by: None,
        }
    }

    #[test]
    fn the_heading_tells_what_came_of_it() {
        let of = |done, same, failed| RunCounts { done, same, failed, ..RunCounts::default() };
        for (counts, text) in [
            (of(2, 0, 0), "2 versions promoted"),
            (of(1, 3, 0), "1 version promoted"),
            (of(1, 0, 1), "1 version promoted, 1 not"),
            (of(0, 0, 1), "Nothing was promoted: 1 version failed"),
            (of(0, 2, 0), "Nothing was promoted: 2 versions already there"),
        ] {
            assert_eq!(title(&summary(RunState::Ended, counts)), text);
        }
    }

    #[test]
    fn progress_is_spoken_by_quarters() {
        let at =
            |done| spoken(&summary(RunState::Running, RunCounts { done, waiting: 100 - done, ..RunCounts::default() }));
        assert_eq!(at(24), "");
        assert_eq!(at(25), "25 % done.");
        assert_eq!(at(49), at(25));
        assert_eq!(at(99), "75 % done.");
    }
}
