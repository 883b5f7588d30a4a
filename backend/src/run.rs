//! Runs: promotions and undoings on their way. A run stands in the journal before anything is done; a worker claims its
//! chunks, at most a hundred versions of one package each, and writes down what it is about to do before it does it.

use std::collections::BTreeMap;

use shared::command::MOST_VERSIONS_A_CALL;
use shared::names::{ConnectionKey, RunId};
use shared::person::Person;
use shared::plan::Plan;
use shared::promotion::{CopyResult, Verdict};
use shared::run::{RowState, RunCounts, RunKind, RunRow, RunState, RunSummary};
use shared::undo::UndoHow;

use crate::clock;
use crate::error::Result;
use crate::random;

mod chunk;
pub mod entry;
pub mod hub;
mod job;
pub mod permit;
mod take_away;
pub mod worker;

use entry::{Fixed, Head, Kept, NewEntry};

/// The run of a plan, ready to be put into the journal.
///
/// # Errors
/// Never, as things are: ids are made here.
pub fn of_plan(connection: &ConnectionKey, plan: &Plan, reason: &str, by: Person) -> Result<(Head, Vec<NewEntry>)> {
    let keys = plan.seen.rows.iter().map(|row| row.choice.package.clone());
    let chunks = chunks(keys);
    let contents = plan.contents.iter().cloned().chain(std::iter::repeat_with(Vec::new));
    let entries = plan.seen.rows.iter().zip(contents).zip(chunks).map(|((row, files), chunk)| {
        let state = match &row.verdict {
            Verdict::New | Verdict::Same => RowState::Waiting,
            Verdict::Different(_) => RowState::Ended(different(plan)),
            Verdict::Blocked(blocked) => RowState::Ended(CopyResult::Refused {
                code: "BLOCKED".to_owned(),
                message: blocked.explanation.clone(),
            }),
        };
        let told = RunRow { choice: row.choice.clone(), undo: None, state, request_id: None, attempts: 0 };
        let fixed = Fixed { pin: row.revision.clone(), copies: row.verdict.copies(), files };
        NewEntry { chunk, fixed, kept: Kept::waiting(told) }
    });
    let entries: Vec<_> = entries.collect();
    let kind = RunKind::Promotion(plan.id.clone());
    let head = head(connection, kind, &plan.seen.from, &plan.seen.to, plan, reason, by)?;
    Ok((ended_if_nothing_waits(head, &entries), entries))
}

fn different(plan: &Plan) -> CopyResult {
    let message = format!("{} has this version with other content. Nothing was overwritten.", plan.seen.to);
    CopyResult::Refused { code: "ALREADY_EXISTS".to_owned(), message }
}

fn head(
    connection: &ConnectionKey,
    kind: RunKind,
    from: &shared::names::RepositoryName,
    to: &shared::names::RepositoryName,
    plan: &Plan,
    reason: &str,
    by: Person,
) -> Result<Head> {
    let summary = RunSummary {
        id: id()?,
        kind,
        domain: plan.domain.clone(),
        from: from.clone(),
        to: to.clone(),
        reason: reason.trim().to_owned(),
        by,
        started_at: clock::seconds(),
        ended_at: None,
        state: RunState::Running,
        counts: RunCounts::default(),
        undone_by: None,
    };
    Ok(Head { connection: connection.clone(), summary, how: None, at: 1 })
}

/// The undoing of a run, ready to be put into the journal.
///
/// # Errors
/// Never, as things are: ids are made here.
pub fn of_undo(undone: &Head, how: UndoHow, entries: &[NewEntry], reason: &str, by: Person) -> Result<Head> {
    let summary = RunSummary {
        id: id()?,
        kind: RunKind::Undo(undone.summary.id.clone()),
        reason: reason.trim().to_owned(),
        by,
        started_at: clock::seconds(),
        ended_at: None,
        state: RunState::Running,
        counts: RunCounts::default(),
        undone_by: None,
        ..undone.summary.clone()
    };
    let head = Head { connection: undone.connection.clone(), summary, how: Some(how), at: 1 };
    Ok(ended_if_nothing_waits(head, entries))
}

fn ended_if_nothing_waits(mut head: Head, entries: &[NewEntry]) -> Head {
    if entries.iter().all(|entry| entry.kept.has_ended()) {
        head.summary.state = RunState::Ended;
        head.summary.ended_at = Some(head.summary.started_at);
    }
    head
}

fn id() -> Result<RunId> {
    Ok(random::hex::<10>().parse()?)
}

/// The chunk of each row: rows of the same kind share chunks, so many at the most as one call may have.
pub fn chunks<K: Ord>(kinds: impl Iterator<Item = K>) -> Vec<u32> {
    let mut open = BTreeMap::<K, (u32, usize)>::new();
    let mut next = 0;
    let place = |kind| {
        let chunk = open.entry(kind).or_insert((u32::MAX, MOST_VERSIONS_A_CALL));
        if chunk.1 == MOST_VERSIONS_A_CALL {
            *chunk = (next, 0);
            next += 1;
        }
        chunk.1 += 1;
        chunk.0
    };
    kinds.map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chunk_has_rows_of_one_kind_and_no_more_than_a_call_may_have() {
        assert_eq!(chunks("abab".chars()), [0, 1, 0, 1]);
        let many = chunks(std::iter::repeat_n('a', 250));
        assert_eq!([many[0], many[99], many[100], many[249]], [0, 0, 1, 2]);
    }
}
