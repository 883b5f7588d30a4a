//! Who works on which rows of a run. The same statements on SQLite and PostgreSQL: a claim counts if it changed the
//! fence that was seen, and a worker's writing counts if the fence is still its own.

use shared::names::{ConnectionKey, RunId};
use shared::promotion::CopyResult;
use shared::run::{RowState, RunState};
use sqlx::Row;

use super::audit::append_ended;
use super::runs::{phase, read_entry, write_json};
use super::{Reading, Writing};
use crate::error::{Error, Kind, Result};
use crate::run::entry::{Entry, word};

/// How long a claim lasts if it is not renewed, in seconds. After a death of the worker somebody else goes on then.
pub const LEASE: f64 = 10.0;

/// A chunk that somebody may claim, or the hold that a worker has on one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Of this run.
    pub run: RunId,
    /// Its number in the run.
    pub chunk: i64,
    /// Grows with every claim.
    pub fence: i64,
    /// Through which connection.
    pub connection: ConnectionKey,
    /// How often in a row it had to wait.
    pub tries: i64,
}

/// What becomes of the hold on a chunk.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Hold {
    /// The worker goes on with it.
    Keep,
    /// Somebody goes on with it, in so many seconds.
    Release {
        /// How long nobody does.
        wait: f64,
        /// How often in a row it had to wait.
        tries: i64,
    },
    /// All its rows have come to their end.
    Done,
}

/// What became of a worker's writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// It is in the journal.
    Yes,
    /// Nothing was written: somebody asked the run to stop, or it is paused.
    Stopped,
    /// Nothing was written: somebody else works on the chunk.
    Lost,
}

/// Chunks that can be claimed now, those of the oldest run first, and the seconds until the next one can.
///
/// A run that is stopping has only those left whose calls are not settled.
///
/// # Errors
/// When the store cannot be read.
pub async fn due(writing: &mut Writing) -> Result<(Vec<Claim>, Option<f64>)> {
    let now = writing.now().await?;
    let rows = sqlx::query(
        "SELECT c.run, c.chunk, c.fence, c.tries, c.lease_until, c.retry_at, r.connection
         FROM run_chunk c JOIN run r ON r.id = c.run
         WHERE c.is_open = 1 AND (r.phase IN ('running', 'waiting') OR (r.phase = 'stopping' AND (c.lease_until > 0.0
            OR EXISTS (SELECT 1 FROM run_row w WHERE w.run = c.run AND w.chunk = c.chunk AND w.word = 'under_way'))))
         ORDER BY r.started_at, c.run, c.chunk LIMIT 1000",
    )
    .fetch_all(writing.sql())
    .await?;
    let (mut claims, mut next) = (Vec::new(), None::<f64>);
    for row in &rows {
        let free = row.try_get::<f64, _>("lease_until")?.max(row.try_get("retry_at")?);
        if free > now {
            next = Some(next.map_or(free - now, |next| next.min(free - now)));
            continue;
        }
        claims.push(Claim {
            run: row.try_get::<String, _>("run")?.parse()?,
            chunk: row.try_get("chunk")?,
            fence: row.try_get("fence")?,
            connection: row.try_get::<String, _>("connection")?.parse()?,
            tries: row.try_get("tries")?,
        });
    }
    Ok((claims, next))
}

/// Claims a chunk, if it is still as it was seen.
///
/// # Errors
/// When the store cannot be written.
pub async fn claim(writing: &mut Writing, seen: &Claim) -> Result<Option<Claim>> {
    let now = writing.now().await?;
    let claimed = sqlx::query(
        "UPDATE run_chunk SET fence = fence + 1, lease_until = $1
         WHERE run = $2 AND chunk = $3 AND fence = $4 AND is_open = 1 AND lease_until <= $5",
    )
    .bind(now + LEASE)
    .bind(seen.run.to_string())
    .bind(seen.chunk)
    .bind(seen.fence)
    .bind(now)
    .execute(writing.sql())
    .await?;
    Ok((claimed.rows_affected() == 1).then(|| Claim { fence: seen.fence + 1, ..seen.clone() }))
}

/// Makes a claim last longer. Whether it is still the worker's.
///
/// # Errors
/// When the store cannot be written.
pub async fn renew(writing: &mut Writing, claim: &Claim) -> Result<bool> {
    let until = writing.now().await? + LEASE;
    Ok(hold(writing, claim, until).await? == 1)
}

async fn hold(writing: &mut Writing, claim: &Claim, until: f64) -> Result<u64> {
    let held = sqlx::query("UPDATE run_chunk SET lease_until = $1 WHERE run = $2 AND chunk = $3 AND fence = $4")
        .bind(until)
        .bind(claim.run.to_string())
        .bind(claim.chunk)
        .bind(claim.fence)
        .execute(writing.sql())
        .await?;
    Ok(held.rows_affected())
}

/// The rows of a claimed chunk.
///
/// # Errors
/// When the store cannot be read.
pub async fn rows(reading: &mut Reading, claim: &Claim) -> Result<Vec<Entry>> {
    let rows = sqlx::query("SELECT place, fixed, kept FROM run_row WHERE run = $1 AND chunk = $2 ORDER BY place")
        .bind(claim.run.to_string())
        .bind(claim.chunk)
        .fetch_all(reading.sql())
        .await?;
    rows.iter().map(read_entry).collect()
}

/// Writes what a worker did: rows, what becomes of its hold, and the state of the run as the worker sees it. With
/// `only_moving`, nothing is written where the run is not to go on. Commit only after [`Written::Yes`].
///
/// # Errors
/// When the store cannot be written.
pub async fn write(
    writing: &mut Writing,
    claim: &Claim,
    rows: &[&Entry],
    then: Hold,
    state: Option<&RunState>,
    only_moving: bool,
) -> Result<Written> {
    let now = writing.now().await?;
    // First, so that all who change a run take their turns here.
    let run = sqlx::query("UPDATE run SET at = at + 1 WHERE id = $1 RETURNING at, phase")
        .bind(claim.run.to_string())
        .fetch_one(writing.sql())
        .await?;
    let (at, was) = (run.try_get::<i64, _>("at")?, run.try_get::<String, _>("phase")?);
    let until = if then == Hold::Keep { now + LEASE } else { 0.0 };
    if hold(writing, claim, until).await? != 1 {
        return Ok(Written::Lost);
    }
    if only_moving && !matches!(was.as_str(), "running" | "waiting") {
        return Ok(Written::Stopped);
    }
    let mut ended = Vec::new();
    for &entry in rows {
        if put(writing, &claim.run, entry, at).await? {
            ended.push(&entry.kept);
        }
    }
    let (is_open, retry_at, tries) = match then {
        Hold::Keep => (1_i64, 0.0, claim.tries),
        Hold::Release { wait, tries } => (1, now + wait, tries),
        Hold::Done => (0, 0.0, 0),
    };
    sqlx::query("UPDATE run_chunk SET is_open = $1, retry_at = $2, tries = $3 WHERE run = $4 AND chunk = $5")
        .bind(is_open)
        .bind(retry_at)
        .bind(tries)
        .bind(claim.run.to_string())
        .bind(claim.chunk)
        .execute(writing.sql())
        .await?;
    if let Some(state) = next(writing, &claim.run, &was, state, now).await? {
        set_state(writing, &claim.run, &state, now).await?;
    }
    append_ended(writing, &claim.run, &ended).await?;
    Ok(Written::Yes)
}

/// Writes a row, and tells whether it has come to its end with this.
async fn put(writing: &mut Writing, run: &RunId, entry: &Entry, at: i64) -> Result<bool> {
    let was: String = sqlx::query_scalar("SELECT word FROM run_row WHERE run = $1 AND place = $2")
        .bind(run.to_string())
        .bind(i64::from(entry.place))
        .fetch_one(writing.sql())
        .await?;
    sqlx::query("UPDATE run_row SET kept = $1, word = $2, at = $3 WHERE run = $4 AND place = $5")
        .bind(write_json(&entry.kept)?)
        .bind(word(&entry.kept.row.state))
        .bind(at)
        .bind(run.to_string())
        .bind(i64::from(entry.place))
        .execute(writing.sql())
        .await?;
    Ok(matches!(entry.kept.row.state, RowState::Ended(_)) && was != word(&entry.kept.row.state))
}

/// The state that a run takes after a worker's writing, if it is another one.
async fn next(
    writing: &mut Writing,
    run: &RunId,
    was: &str,
    seen: Option<&RunState>,
    now: f64,
) -> Result<Option<RunState>> {
    let (open, busy) = left(writing, run, now).await?;
    Ok(match (was, seen) {
        _ if open == 0 => Some(RunState::Ended),
        ("running" | "waiting" | "stopping", Some(RunState::Paused(_))) => seen.cloned(),
        ("stopping", _) if busy == 0 => Some(RunState::Stopped),
        ("running" | "waiting", Some(_)) => seen.cloned(),
        _ => None,
    })
}

/// How many chunks are open, and how many of those are held or have rows whose calls are not settled.
async fn left(writing: &mut Writing, run: &RunId, now: f64) -> Result<(i64, i64)> {
    let row = sqlx::query(
        "SELECT COUNT(*) AS open, COALESCE(SUM(CASE WHEN c.lease_until > $1 OR EXISTS (SELECT 1 FROM run_row w
            WHERE w.run = c.run AND w.chunk = c.chunk AND w.word = 'under_way') THEN 1 ELSE 0 END), 0) AS busy
         FROM run_chunk c WHERE c.run = $2 AND c.is_open = 1",
    )
    .bind(now)
    .bind(run.to_string())
    .fetch_one(writing.sql())
    .await?;
    Ok((row.try_get("open")?, row.try_get("busy")?))
}

async fn set_state(writing: &mut Writing, run: &RunId, state: &RunState, now: f64) -> Result<()> {
    // Nothing is never bound as such: PostgreSQL would keep the statement with another type for that parameter.
    let set = "UPDATE run SET phase = $1, state = $2, ended_at = NULLIF($3, CAST(0 AS DOUBLE PRECISION)) WHERE id = $4";
    sqlx::query(set)
        .bind(phase(state))
        .bind(write_json(state)?)
        .bind(if state.is_moving() { 0.0 } else { now })
        .bind(run.to_string())
        .execute(writing.sql())
        .await?;
    Ok(())
}

/// Asks a run to begin no further call.
///
/// # Errors
/// When the store cannot be written.
pub async fn stop(writing: &mut Writing, run: &RunId) -> Result<()> {
    let was = touch(writing, run).await?;
    if !matches!(was.1.as_str(), "running" | "waiting") {
        return Ok(());
    }
    let now = writing.now().await?;
    let state = if left(writing, run, now).await?.1 == 0 { RunState::Stopped } else { RunState::Stopping };
    set_state(writing, run, &state, now).await
}

/// Lets a run go on: with what waits at once, with what failed without effect, and with what nobody knows.
///
/// # Errors
/// `Conflict` where nothing is left to do, or the run was undone.
pub async fn go_on(writing: &mut Writing, run: &RunId) -> Result<()> {
    let (at, was, undone_by) = touch(writing, run).await?;
    if undone_by.is_some() {
        return Err(Error::new(Kind::Conflict, "This run was undone. Plan again."));
    }
    if was == "running" {
        return Ok(());
    }
    let again = sqlx::query(
        "SELECT place, fixed, kept, chunk FROM run_row WHERE run = $1 AND word IN ('failed', 'unknown') ORDER BY place",
    );
    let again = again.bind(run.to_string()).fetch_all(writing.sql()).await?;
    for row in &again {
        let mut entry = read_entry(row)?;
        match &entry.kept.row.state {
            RowState::Ended(CopyResult::Failed(_)) => {
                entry.kept.row.state = RowState::Waiting;
                entry.kept.faults = 0;
            }
            RowState::Ended(CopyResult::Unknown(_)) => entry.kept.row.state = RowState::Checking,
            _ => continue,
        }
        put(writing, run, &entry, at).await?;
        sqlx::query("UPDATE run_chunk SET is_open = 1 WHERE run = $1 AND chunk = $2")
            .bind(run.to_string())
            .bind(row.try_get::<i64, _>("chunk")?)
            .execute(writing.sql())
            .await?;
    }
    let now = writing.now().await?;
    if left(writing, run, now).await?.0 == 0 {
        return Err(Error::new(Kind::Conflict, "Nothing of this run is left to do."));
    }
    sqlx::query("UPDATE run_chunk SET retry_at = 0.0, tries = 0 WHERE run = $1")
        .bind(run.to_string())
        .execute(writing.sql())
        .await?;
    set_state(writing, run, &RunState::Running, now).await
}

/// Counts a change of a run: its `at`, its phase, and the run that undoes it.
async fn touch(writing: &mut Writing, run: &RunId) -> Result<(i64, String, Option<String>)> {
    let row = sqlx::query("UPDATE run SET at = at + 1 WHERE id = $1 RETURNING at, phase, undone_by")
        .bind(run.to_string())
        .fetch_one(writing.sql())
        .await?;
    Ok((row.try_get("at")?, row.try_get("phase")?, row.try_get("undone_by")?))
}
