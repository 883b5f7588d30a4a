//! The record of changes: rows are added and never changed, each chained to the one before by a hash.
//!
//! A change is recorded in two steps: an intent before AWS is asked, and the row of what came of it afterwards, before
//! anybody is told. Where the first cannot be written nothing is done; what has an intent and no row is told as unknown
//! when the server starts again.

use serde::Serialize;
use shared::history::{HistoryEntry, HistoryFormat, HistoryResult, HistoryRow, csv_row};
use sqlx::Row;
use sqlx::any::AnyRow;

use super::{Engine, Part, Store, Writing};
use crate::error::{Error, Result};

mod chain;
mod of_runs;
mod select;
pub use chain::{Broken, Head, verify};
pub(super) use of_runs::append_ended;
pub use select::{HistoryFilter, newest, oldest, told};

pub(super) const PART: Part = Part {
    name: "audit",
    steps: &["CREATE TABLE audit (
                seq BIGINT PRIMARY KEY, at DOUBLE PRECISION NOT NULL, person TEXT NOT NULL, person_name TEXT NOT NULL,
                action TEXT NOT NULL, connection TEXT, domain TEXT, repository TEXT, source TEXT, format TEXT,
                namespace TEXT, package TEXT, version TEXT, plan TEXT, run TEXT, reason TEXT, result TEXT NOT NULL,
                detail TEXT, request_id TEXT, hash TEXT NOT NULL);
              CREATE INDEX audit_place ON audit (connection, domain, repository, seq);
              CREATE INDEX audit_package ON audit (package, version, seq);
              CREATE TABLE audit_intent (id TEXT PRIMARY KEY, at DOUBLE PRECISION NOT NULL, entry TEXT NOT NULL)"],
};

/// PostgreSQL knows locks by numbers: this one is held by whoever adds a row.
const LOCK: i64 = 0x6865_6164_7761_7402;

/// How old an intent must be before another replica tells it as unknown, in seconds.
const LEFT_ALONE: f64 = 3600.0;

/// Adds a row, as a part of what the caller commits, and returns the end of the chain. Do it last: on PostgreSQL all
/// others who add rows wait from here until the commit.
///
/// # Errors
/// `Unavailable` when it cannot be written.
pub async fn append(writing: &mut Writing, entry: &HistoryEntry) -> Result<Head> {
    if writing.engine() == Engine::Postgres {
        sqlx::query("SELECT pg_advisory_xact_lock($1)").bind(LOCK).execute(writing.sql()).await?;
    }
    let head = chain::last(writing.sql()).await?.after(entry);
    let insert = "INSERT INTO audit (person, person_name, action, connection, domain, repository, source, format, \
                  namespace, package, version, plan, run, reason, result, detail, request_id, seq, at, hash) \
                  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)";
    let mut query = sqlx::query(insert);
    for (_, value) in entry.fields() {
        query = query.bind(value.map(str::to_owned));
    }
    query.bind(head.seq).bind(entry.at).bind(head.hash.clone()).execute(writing.sql()).await?;
    Ok(head)
}

/// Writes down what is about to be done, and returns the name of the intent.
///
/// # Errors
/// `Unavailable` when it cannot be written: then it must not be done.
pub async fn intend(store: &Store, entry: &HistoryEntry) -> Result<String> {
    let id = crate::random::hex::<16>();
    let mut writing = store.write().await?;
    sqlx::query("INSERT INTO audit_intent (id, at, entry) VALUES ($1, $2, $3)")
        .bind(id.clone())
        .bind(entry.at)
        .bind(json(entry)?)
        .execute(writing.sql())
        .await?;
    writing.commit().await?;
    Ok(id)
}

/// Adds the rows of what came of an intent, and takes the intent away.
///
/// # Errors
/// `Unavailable` when they cannot be written.
pub async fn settle(store: &Store, intent: &str, entries: &[HistoryEntry]) -> Result<()> {
    let mut writing = store.write().await?;
    let delete = "DELETE FROM audit_intent WHERE id = $1";
    sqlx::query(delete).bind(intent.to_owned()).execute(writing.sql()).await?;
    for entry in entries {
        append(&mut writing, entry).await?;
    }
    writing.commit().await
}

/// Tells what a server left open when it died: nobody knows whether it was done. To be called as a server starts. With
/// PostgreSQL, where others may be at work, only what is older than an hour.
///
/// # Errors
/// `Unavailable` when it cannot be written.
pub async fn settle_left(store: &Store, now: f64) -> Result<usize> {
    let before = if store.engine() == Engine::Postgres { now - LEFT_ALONE } else { f64::MAX };
    let mut writing = store.write().await?;
    let left: Vec<(String, String)> =
        sqlx::query_as("SELECT id, entry FROM audit_intent WHERE at < $1 ORDER BY at, id")
            .bind(before)
            .fetch_all(writing.sql())
            .await?;
    for (id, entry) in &left {
        let mut entry: HistoryEntry = serde_json::from_str(entry).map_err(Error::unexpected)?;
        entry.result = HistoryResult::Unknown;
        entry.detail = Some("Headwater ended in the middle. Look at AWS whether it was done.".to_owned());
        let delete = "DELETE FROM audit_intent WHERE id = $1";
        let taken = sqlx::query(delete).bind(id.clone()).execute(writing.sql()).await?.rows_affected();
        // Another replica may have told it meanwhile.
        if taken == 1 {
            append(&mut writing, &entry).await?;
        }
    }
    writing.commit().await?;
    Ok(left.len())
}

/// The last row's place and hash, to be kept elsewhere.
///
/// # Errors
/// `Unavailable` when it cannot be read.
pub async fn head(store: &Store) -> Result<Head> {
    chain::last(store.read().await?.sql()).await
}

/// A row as a line of a file.
///
/// # Errors
/// Never, as things are: rows hold texts and numbers.
pub fn line(row: &HistoryRow, kind: HistoryFormat) -> Result<String> {
    match kind {
        HistoryFormat::Csv => Ok(csv_row(row)),
        // JSON escapes control characters by itself.
        HistoryFormat::Jsonl => json(row).map(|line| line + "\n"),
    }
}

fn json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(Error::unexpected)
}

/// A row as it stands in the table.
fn read(row: &AnyRow) -> Result<HistoryRow> {
    let text = |name: &str| row.try_get::<String, _>(name);
    let some = |name: &str| row.try_get::<Option<String>, _>(name);
    let result = text("result")?;
    Ok(HistoryRow {
        seq: row.try_get("seq")?,
        entry: HistoryEntry {
            at: row.try_get("at")?,
            person: text("person")?,
            person_name: text("person_name")?,
            action: text("action")?,
            connection: some("connection")?,
            domain: some("domain")?,
            repository: some("repository")?,
            source: some("source")?,
            format: some("format")?,
            namespace: some("namespace")?,
            package: some("package")?,
            version: some("version")?,
            plan: some("plan")?,
            run: some("run")?,
            reason: some("reason")?,
            result: HistoryResult::read(&result)
                .ok_or_else(|| Error::unexpected(std::io::Error::other("the record has an unknown result")))?,
            detail: some("detail")?,
            request_id: some("request_id")?,
        },
        hash: text("hash")?,
    })
}
