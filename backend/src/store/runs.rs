//! The journal: runs and their rows. Who works on them claims chunks of rows (`chunks.rs`).

use std::collections::HashMap;

use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::api::RunsQuery;
use shared::names::{ConnectionKey, DomainName, RunId};
use shared::person::Person;
use shared::run::{Run, RunCounts, RunKind, RunRow, RunState, RunSummary};
use shared::undo::UndoHow;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::audit::append_ended;
use super::{Part, Reading, Writing};
use crate::error::{Error, Result};
use crate::run::entry::{Entry, Head, Kept, NewEntry, word};
use crate::run::permit::Permit;

/// The tables. `phase` is the name of a state, by which runs are looked for; `at` counts a run's changes, and a row's
/// `at` is the last of them that touched it. `fence` grows with every claim of a chunk, and only the last claimer may
/// write.
pub(super) const PART: Part = Part {
    name: "runs",
    steps: &[
        "CREATE TABLE run (
            id TEXT PRIMARY KEY, connection TEXT NOT NULL, domain TEXT NOT NULL, plan TEXT UNIQUE, undoes TEXT UNIQUE,
            how TEXT, source TEXT NOT NULL, target TEXT NOT NULL, reason TEXT NOT NULL, by_id TEXT NOT NULL,
            by_name TEXT NOT NULL, started_at DOUBLE PRECISION NOT NULL, ended_at DOUBLE PRECISION,
            phase TEXT NOT NULL, state TEXT NOT NULL, at BIGINT NOT NULL, undone_by TEXT)",
        "CREATE INDEX run_by_domain ON run (connection, domain, started_at)",
        "CREATE INDEX run_by_phase ON run (phase)",
        "CREATE TABLE run_chunk (
            run TEXT NOT NULL, chunk BIGINT NOT NULL, is_open BIGINT NOT NULL, fence BIGINT NOT NULL,
            lease_until DOUBLE PRECISION NOT NULL, retry_at DOUBLE PRECISION NOT NULL, tries BIGINT NOT NULL,
            PRIMARY KEY (run, chunk))",
        "CREATE TABLE run_row (
            run TEXT NOT NULL, place BIGINT NOT NULL, chunk BIGINT NOT NULL, fixed TEXT NOT NULL, kept TEXT NOT NULL,
            word TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (run, place))",
    ],
};

/// How many runs a page of the list has.
pub const PAGE: i64 = 50;

/// Starts a run with its rows, unless the plan has been run, or the run undone, before. Whether it was started. What
/// may not run has no permit.
///
/// # Errors
/// When the store cannot keep it.
pub async fn insert(writing: &mut Writing, head: &Head, entries: &[NewEntry], _permit: &Permit) -> Result<bool> {
    let summary = &head.summary;
    // Nothing is never bound as such: PostgreSQL would keep the statement with another type for that parameter.
    let (plan, undoes) = match &summary.kind {
        RunKind::Promotion(plan) => (plan.to_string(), String::new()),
        RunKind::Undo(run) => (String::new(), run.to_string()),
    };
    let inserted = sqlx::query(
        "INSERT INTO run (id, connection, domain, plan, undoes, how, source, target, reason, by_id, by_name, started_at,
            ended_at, phase, state, at) VALUES ($1, $2, $3, NULLIF($4, ''), NULLIF($5, ''), NULLIF($6, ''), $7, $8, $9, $10, $11,
            $12, NULLIF($13, CAST(0 AS DOUBLE PRECISION)), $14, $15, 1)
         ON CONFLICT DO NOTHING",
    )
    .bind(summary.id.to_string())
    .bind(head.connection.to_string())
    .bind(summary.domain.to_string())
    .bind(plan)
    .bind(undoes.clone())
    .bind(head.how.map_or("", |how| how.as_str()))
    .bind(summary.from.to_string())
    .bind(summary.to.to_string())
    .bind(summary.reason.clone())
    .bind(summary.by.id.clone())
    .bind(summary.by.name.clone())
    .bind(summary.started_at)
    .bind(summary.ended_at.unwrap_or(0.0))
    .bind(phase(&summary.state))
    .bind(write_json(&summary.state)?)
    .execute(writing.sql())
    .await?;
    if inserted.rows_affected() == 0 {
        return Ok(false);
    }
    if !undoes.is_empty() {
        sqlx::query("UPDATE run SET undone_by = $1, at = at + 1 WHERE id = $2")
            .bind(summary.id.to_string())
            .bind(undoes)
            .execute(writing.sql())
            .await?;
    }
    insert_rows(writing, &summary.id, entries).await?;
    if let RunKind::Promotion(_) = summary.kind {
        // What the plan refuses is refused by the run, and no worker will come to say so.
        let refused: Vec<&Kept> = entries.iter().map(|entry| &entry.kept).filter(|kept| kept.has_ended()).collect();
        append_ended(writing, &summary.id, &refused).await?;
    }
    Ok(true)
}

async fn insert_rows(writing: &mut Writing, run: &RunId, entries: &[NewEntry]) -> Result<()> {
    let mut chunks = HashMap::<u32, bool>::new();
    for (place, entry) in (0_i64..).zip(entries) {
        *chunks.entry(entry.chunk).or_default() |= !entry.kept.has_ended();
        sqlx::query(
            "INSERT INTO run_row (run, place, chunk, fixed, kept, word, at) VALUES ($1, $2, $3, $4, $5, $6, 1)",
        )
        .bind(run.to_string())
        .bind(place)
        .bind(i64::from(entry.chunk))
        .bind(write_json(&entry.fixed)?)
        .bind(write_json(&entry.kept)?)
        .bind(word(&entry.kept.row.state))
        .execute(writing.sql())
        .await?;
    }
    for (chunk, is_open) in chunks {
        sqlx::query(
            "INSERT INTO run_chunk (run, chunk, is_open, fence, lease_until, retry_at, tries)
             VALUES ($1, $2, $3, 0, 0.0, 0.0, 0)",
        )
        .bind(run.to_string())
        .bind(i64::from(chunk))
        .bind(i64::from(is_open))
        .execute(writing.sql())
        .await?;
    }
    Ok(())
}

/// A run without its rows.
///
/// # Errors
/// `NotFound` where there is none.
pub async fn head(reading: &mut Reading, id: &RunId) -> Result<Head> {
    let row = sqlx::query("SELECT * FROM run WHERE id = $1").bind(id.to_string()).fetch_optional(reading.sql()).await?;
    let mut head = read_head(&row.ok_or_else(|| not_found(id))?)?;
    head.summary.counts = counts(reading, id).await?;
    Ok(head)
}

/// A run of a domain, without its rows.
///
/// # Errors
/// `NotFound` where the domain has no such run.
pub async fn head_in(
    reading: &mut Reading,
    connection: &ConnectionKey,
    domain: &DomainName,
    id: &RunId,
) -> Result<Head> {
    let head = head(reading, id).await?;
    match head.connection == *connection && head.summary.domain == *domain {
        true => Ok(head),
        false => Err(not_found(id)),
    }
}

fn not_found(id: &RunId) -> Error {
    Error::not_found(format!("There is no run `{id}` in this domain."))
}

/// The run that was started from a plan.
///
/// # Errors
/// When the store cannot be read.
pub async fn of_plan(reading: &mut Reading, plan: &shared::names::PlanId) -> Result<Option<RunId>> {
    let row = sqlx::query("SELECT id FROM run WHERE plan = $1").bind(plan.to_string());
    let row = row.fetch_optional(reading.sql()).await?;
    row.map(|row| Ok(row.try_get::<String, _>("id")?.parse()?)).transpose()
}

/// What is told of a run whose head was read.
///
/// # Errors
/// When the store cannot be read.
pub async fn run(reading: &mut Reading, head: Head) -> Result<Run> {
    let entries = entries(reading, &head.summary.id).await?;
    let rows = entries.into_iter().map(|entry| entry.kept.row).collect();
    Ok(Run { summary: head.summary, rows, at: head.at })
}

/// All rows of a run, as the journal has them.
///
/// # Errors
/// When the store cannot be read.
pub async fn entries(reading: &mut Reading, id: &RunId) -> Result<Vec<Entry>> {
    let rows = sqlx::query("SELECT place, fixed, kept FROM run_row WHERE run = $1 ORDER BY place");
    rows.bind(id.to_string()).fetch_all(reading.sql()).await?.iter().map(read_entry).collect()
}

/// The rows that changed after a change of the run, with their places.
///
/// # Errors
/// When the store cannot be read.
pub async fn rows_after(reading: &mut Reading, id: &RunId, after: u64) -> Result<Vec<(u32, RunRow)>> {
    let rows = sqlx::query("SELECT place, kept FROM run_row WHERE run = $1 AND at > $2 ORDER BY place")
        .bind(id.to_string())
        .bind(i64::try_from(after).unwrap_or(i64::MAX))
        .fetch_all(reading.sql())
        .await?;
    let read = |row: &AnyRow| {
        let kept: Kept = read_json(&row.try_get::<String, _>("kept")?)?;
        Ok((number(row.try_get("place")?), kept.row))
    };
    rows.iter().map(read).collect()
}

/// A page of the runs of a domain, newest first, and whether there are more.
///
/// # Errors
/// When the store cannot be read.
pub async fn list(
    reading: &mut Reading,
    connection: &ConnectionKey,
    domain: &DomainName,
    query: &RunsQuery,
) -> Result<(Vec<RunSummary>, bool)> {
    let rows = sqlx::query(
        "SELECT * FROM run WHERE connection = $1 AND domain = $2 AND (CAST($3 AS TEXT) = '' OR source = $3 OR target = $3)
            AND (CAST($4 AS TEXT) = '' OR started_at < (SELECT started_at FROM run WHERE id = $4)
                OR (started_at = (SELECT started_at FROM run WHERE id = $4) AND id < $4))
         ORDER BY started_at DESC, id DESC LIMIT $5",
    )
    .bind(connection.to_string())
    .bind(domain.to_string())
    .bind(query.repository.as_ref().map(ToString::to_string).unwrap_or_default())
    .bind(query.before.as_ref().map(ToString::to_string).unwrap_or_default())
    .bind(PAGE + 1)
    .fetch_all(reading.sql())
    .await?;
    let mut runs = Vec::new();
    for row in rows.iter().take(usize::try_from(PAGE).unwrap_or(usize::MAX)) {
        let mut summary = read_head(row)?.summary;
        summary.counts = counts(reading, &summary.id).await?;
        runs.push(summary);
    }
    let more = rows.len() > runs.len();
    Ok((runs, more))
}

async fn counts(reading: &mut Reading, id: &RunId) -> Result<RunCounts> {
    let rows = sqlx::query("SELECT word, COUNT(*) AS many FROM run_row WHERE run = $1 GROUP BY word");
    let mut counts = RunCounts::default();
    for row in rows.bind(id.to_string()).fetch_all(reading.sql()).await? {
        let count = match row.try_get::<String, _>("word")?.as_str() {
            "waiting" => &mut counts.waiting,
            "under_way" => &mut counts.under_way,
            "done" => &mut counts.done,
            "same" => &mut counts.same,
            "failed" => &mut counts.failed,
            _ => &mut counts.unknown,
        };
        *count = number(row.try_get("many")?);
    }
    Ok(counts)
}

/// A run without its counts, which stand elsewhere.
fn read_head(row: &AnyRow) -> Result<Head> {
    let text = |name: &str| row.try_get::<String, _>(name);
    let maybe = |name: &str| row.try_get::<Option<String>, _>(name);
    let kind = match (maybe("plan")?, maybe("undoes")?) {
        (Some(plan), _) => RunKind::Promotion(plan.parse()?),
        (None, undone) => RunKind::Undo(undone.unwrap_or_default().parse()?),
    };
    let how = match maybe("how")?.as_deref() {
        Some("archive") => Some(UndoHow::Archive),
        Some(_) => Some(UndoHow::Delete),
        None => None,
    };
    let summary = RunSummary {
        id: text("id")?.parse()?,
        kind,
        domain: text("domain")?.parse()?,
        from: text("source")?.parse()?,
        to: text("target")?.parse()?,
        reason: text("reason")?,
        by: Person { id: text("by_id")?, name: text("by_name")? },
        started_at: row.try_get("started_at")?,
        ended_at: row.try_get("ended_at")?,
        state: read_json(&text("state")?)?,
        counts: RunCounts::default(),
        undone_by: maybe("undone_by")?.map(|run| run.parse()).transpose()?,
    };
    let at = u64::try_from(row.try_get::<i64, _>("at")?).unwrap_or_default();
    Ok(Head { connection: text("connection")?.parse()?, summary, how, at })
}

pub(super) fn read_entry(row: &AnyRow) -> Result<Entry> {
    Ok(Entry {
        place: number(row.try_get("place")?),
        fixed: read_json(&row.try_get::<String, _>("fixed")?)?,
        kept: read_json(&row.try_get::<String, _>("kept")?)?,
    })
}

/// The name of a state, by which runs are looked for.
pub(super) fn phase(state: &RunState) -> &'static str {
    match state {
        RunState::Running => "running",
        RunState::Waiting(_) => "waiting",
        RunState::Stopping => "stopping",
        RunState::Stopped => "stopped",
        RunState::Paused(_) => "paused",
        RunState::Ended => "ended",
    }
}

pub(super) fn number(number: i64) -> u32 {
    u32::try_from(number).unwrap_or_default()
}

pub(super) fn write_json<T: Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(Error::unexpected)
}

pub(super) fn read_json<T: DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(Error::unexpected)
}
