//! The chain of hashes over the rows: `h[n] = SHA-256(h[n-1] ‖ row n)`.
//!
//! A chain alone shows neither that rows are missing at its end nor that whoever owns the database wrote all of it anew.
//! For that, compare its end with one that was kept elsewhere: the server logs it from time to time.

use sha2::{Digest, Sha256};
use shared::history::HistoryEntry;
use sqlx::{AnyConnection, Row};

use super::super::Store;
use super::read;
use crate::error::{Error, Result};

/// The end of the chain, or any place of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Place of the row; 0 before the first.
    pub seq: i64,
    /// Its hash.
    pub hash: String,
}

/// The first row that is not what was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// Its place.
    pub seq: i64,
    /// What is wrong, as a sentence.
    pub what: String,
}

/// How many rows are read at once.
const PAGE: i64 = 1000;

impl Head {
    /// Before the first row.
    pub fn start() -> Self {
        Self { seq: 0, hash: "0".repeat(64) }
    }

    /// The place of a row that follows.
    pub(super) fn after(&self, entry: &HistoryEntry) -> Self {
        let seq = self.seq + 1;
        let mut hash = Sha256::new();
        hash.update(self.hash.as_bytes());
        hash.update(seq.to_be_bytes());
        hash.update(entry.at.to_bits().to_be_bytes());
        for (_, value) in entry.fields() {
            // Each with its length, so that no text can move from one field into the next.
            match value {
                None => hash.update([0]),
                Some(value) => {
                    hash.update([1]);
                    hash.update((value.len() as u64).to_be_bytes());
                    hash.update(value.as_bytes());
                }
            }
        }
        Self { seq, hash: hex::encode(hash.finalize()) }
    }
}

/// The last row.
pub(super) async fn last(connection: &mut AnyConnection) -> Result<Head> {
    let row = sqlx::query("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1").fetch_optional(connection).await?;
    match row {
        None => Ok(Head::start()),
        Some(row) => Ok(Head { seq: row.try_get("seq")?, hash: row.try_get("hash")? }),
    }
}

/// Walks the whole chain, and compares it with an end that was kept elsewhere.
///
/// # Errors
/// `Unavailable` when it cannot be read. What it finds stands in the inner result: the end of the chain, or the first
/// bad row.
pub async fn verify(store: &Store, kept: Option<&Head>) -> Result<std::result::Result<Head, Broken>> {
    let mut reading = store.read().await?;
    let mut head = Head::start();
    loop {
        // Also rows before the first place: there must be none.
        let after = if head.seq == 0 { i64::MIN } else { head.seq };
        let rows = sqlx::query("SELECT * FROM audit WHERE seq > $1 ORDER BY seq LIMIT $2")
            .bind(after)
            .bind(PAGE)
            .fetch_all(reading.sql())
            .await?;
        if rows.is_empty() {
            break;
        }
        for row in &rows {
            let seq: i64 = row.try_get("seq")?;
            if let Err(what) = follows(&mut head, read(row)) {
                return Ok(Err(Broken { seq, what }));
            }
            if let Some(kept) = kept.filter(|kept| kept.seq == seq && kept.hash != head.hash) {
                return Ok(Err(Broken { seq, what: format!("its hash is not {}, which was kept.", kept.hash) }));
            }
        }
    }
    match kept {
        Some(kept) if kept.seq > head.seq => Ok(Err(Broken {
            seq: head.seq + 1,
            what: format!("rows are missing at the end: row {} was there when its hash was kept.", kept.seq),
        })),
        _ => Ok(Ok(head)),
    }
}

/// Goes on to a row, if it is the one that follows.
fn follows(head: &mut Head, row: Result<shared::history::HistoryRow>) -> std::result::Result<(), String> {
    let row = row.map_err(|error: Error| format!("it cannot be read: {}.", error.chain()))?;
    if row.seq != head.seq + 1 {
        return Err(format!("it follows row {}: rows between are missing, or it was put in.", head.seq));
    }
    let next = head.after(&row.entry);
    if next.hash != row.hash {
        return Err("it, or a row before it, is not what was written.".to_owned());
    }
    *head = next;
    Ok(())
}
