//! What a run does is recorded row by row, in the transaction in which the row comes to its end.

use shared::history::{HistoryEntry, HistoryResult};
use shared::names::RunId;
use shared::promotion::CopyResult;
use shared::run::RowState;
use sqlx::Row;

use super::super::Writing;
use super::append;
use crate::error::Result;
use crate::run::entry::Kept;

/// Adds a row for each entry of a run that has come to its end.
///
/// # Errors
/// `Unavailable` when it cannot be written.
pub async fn append_ended(writing: &mut Writing, run: &RunId, entries: &[&Kept]) -> Result<()> {
    if entries.is_empty() {
        return Ok(());
    }
    let now = writing.now().await?;
    let row = sqlx::query("SELECT * FROM run WHERE id = $1").bind(run.to_string()).fetch_one(writing.sql()).await?;
    let plan: Option<String> = row.try_get("plan")?;
    let action = if plan.is_some() { "CreatePromotion" } else { "UndoPromotion" };
    let of_run = HistoryEntry {
        at: now,
        person: row.try_get("by_id")?,
        person_name: row.try_get("by_name")?,
        action: action.to_owned(),
        connection: row.try_get("connection")?,
        domain: row.try_get("domain")?,
        repository: row.try_get("target")?,
        source: row.try_get("source")?,
        plan,
        run: Some(run.to_string()),
        reason: row.try_get("reason")?,
        ..HistoryEntry::default()
    };
    for entry in entries {
        append(writing, &of_entry(&of_run, entry)).await?;
    }
    Ok(())
}

fn of_entry(of_run: &HistoryEntry, entry: &Kept) -> HistoryEntry {
    let row = &entry.row;
    let package = &row.choice.package;
    let (result, detail) = match &row.state {
        RowState::Ended(CopyResult::Copied) => (HistoryResult::Done, None),
        RowState::Ended(CopyResult::AlreadySame) => (HistoryResult::Same, None),
        RowState::Ended(CopyResult::Refused { message, .. }) => (HistoryResult::Refused, Some(message)),
        RowState::Ended(CopyResult::Failed(problem)) => (HistoryResult::Refused, Some(&problem.message)),
        RowState::Ended(CopyResult::Unknown(problem)) => (HistoryResult::Unknown, Some(&problem.message)),
        RowState::Waiting | RowState::UnderWay | RowState::Checking => (HistoryResult::Unknown, None),
    };
    HistoryEntry {
        format: Some(package.format.to_string()),
        namespace: package.namespace.as_ref().map(ToString::to_string),
        package: Some(package.name.to_string()),
        version: Some(row.choice.version.to_string()),
        result,
        detail: detail.cloned(),
        request_id: row.request_id.clone(),
        ..of_run.clone()
    }
}
