//! Reading the record.

use shared::history::{HistoryRow, ToldRow};
use sqlx::Row;
use sqlx::any::AnyRow;

use super::super::Store;
use super::read;
use crate::error::Result;

/// Which rows; what is left out lets all through.
#[derive(Debug, Clone, Default)]
pub struct HistoryFilter {
    /// Of this connection.
    pub connection: Option<String>,
    /// Of this domain.
    pub domain: Option<String>,
    /// Of this repository, or promoted from it.
    pub repository: Option<String>,
    /// Of packages of this format.
    pub format: Option<String>,
    /// Of packages in this namespace; an empty one stands for none.
    pub namespace: Option<String>,
    /// Of packages of this name.
    pub package: Option<String>,
    /// Of this version.
    pub version: Option<String>,
    /// By a person of this id, or with this in the name.
    pub person: Option<String>,
    /// Of this kind, or the next one.
    pub action: Option<String>,
    /// Another action that people call the same.
    pub or_action: Option<String>,
    /// With this result.
    pub result: Option<String>,
    /// Of this plan.
    pub plan: Option<String>,
    /// Of this run.
    pub run: Option<String>,
    /// Not before this time, epoch seconds.
    pub from: Option<f64>,
    /// Before this time, epoch seconds.
    pub to: Option<f64>,
    /// Before this row.
    pub before: Option<i64>,
    /// After this row.
    pub after: Option<i64>,
}

/// What all ways of reading share; the order and the limit follow. `undone_by` is the run that took away again what a row
/// tells of.
macro_rules! select {
    ($order:literal) => {
        concat!(
            "SELECT audit.*, CASE WHEN audit.run IS NULL OR audit.result <> 'done' THEN NULL ELSE ",
            "(SELECT max(later.run) FROM audit AS later JOIN run ON run.id = later.run WHERE run.undoes = audit.run ",
            "AND later.package = audit.package AND later.version = audit.version AND later.format = audit.format ",
            "AND coalesce(later.namespace, '') = coalesce(audit.namespace, '') AND later.result = 'done') ",
            "END AS undone_by FROM audit WHERE seq < $1 AND seq > $2 AND at >= $3 AND at < $4 ",
            "AND (CAST($5 AS TEXT) IS NULL OR connection = $5) ",
            "AND (CAST($6 AS TEXT) IS NULL OR domain = $6) ",
            "AND (CAST($7 AS TEXT) IS NULL OR repository = $7 OR source = $7) ",
            "AND (CAST($8 AS TEXT) IS NULL OR format = $8) ",
            "AND (CAST($9 AS TEXT) IS NULL OR coalesce(namespace, '') = $9) ",
            "AND (CAST($10 AS TEXT) IS NULL OR package = $10) ",
            "AND (CAST($11 AS TEXT) IS NULL OR version = $11) ",
            "AND (CAST($12 AS TEXT) IS NULL OR person = $12 OR lower(person_name) LIKE lower($13) ESCAPE '!') ",
            "AND (CAST($14 AS TEXT) IS NULL OR action = $14 OR action = $15) ",
            "AND (CAST($16 AS TEXT) IS NULL OR result = $16) ",
            "AND (CAST($17 AS TEXT) IS NULL OR plan = $17) ",
            "AND (CAST($18 AS TEXT) IS NULL OR run = $18) ",
            "ORDER BY seq ",
            $order,
            " LIMIT $19"
        )
    };
}

/// The newest rows that fit, newest first, at most `most`.
///
/// # Errors
/// `Unavailable` when it cannot be read.
pub async fn newest(store: &Store, filter: &HistoryFilter, most: i64) -> Result<Vec<HistoryRow>> {
    fetch(store, select!("DESC"), filter, most).await?.iter().map(read).collect()
}

/// As [`newest`], with what became of each.
///
/// # Errors
/// `Unavailable` when it cannot be read.
pub async fn told(store: &Store, filter: &HistoryFilter, most: i64) -> Result<Vec<ToldRow>> {
    let rows = fetch(store, select!("DESC"), filter, most).await?;
    rows.iter()
        .map(|row| {
            let undone_by: Option<String> = row.try_get("undone_by")?;
            Ok(ToldRow { row: read(row)?, undone_by: undone_by.map(|run| run.parse()).transpose()? })
        })
        .collect()
}

/// The oldest rows that fit, oldest first, at most `most`.
///
/// # Errors
/// `Unavailable` when it cannot be read.
pub async fn oldest(store: &Store, filter: &HistoryFilter, most: i64) -> Result<Vec<HistoryRow>> {
    fetch(store, select!("ASC"), filter, most).await?.iter().map(read).collect()
}

async fn fetch(store: &Store, sql: &'static str, filter: &HistoryFilter, most: i64) -> Result<Vec<AnyRow>> {
    let filter = filter.clone();
    let in_name = filter.person.as_deref().map(anywhere);
    let mut reading = store.read().await?;
    let rows = sqlx::query(sql)
        .bind(filter.before.unwrap_or(i64::MAX))
        .bind(filter.after.unwrap_or(0))
        .bind(filter.from.unwrap_or(0.0))
        .bind(filter.to.unwrap_or(f64::MAX))
        .bind(filter.connection)
        .bind(filter.domain)
        .bind(filter.repository)
        .bind(filter.format)
        .bind(filter.namespace)
        .bind(filter.package)
        .bind(filter.version)
        .bind(filter.person)
        .bind(in_name)
        .bind(filter.action)
        .bind(filter.or_action)
        .bind(filter.result)
        .bind(filter.plan)
        .bind(filter.run)
        .bind(most)
        .fetch_all(reading.sql())
        .await?;
    Ok(rows)
}

/// A pattern of `LIKE` for texts that hold this one.
fn anywhere(text: &str) -> String {
    let mut pattern = String::from("%");
    for letter in text.chars() {
        if matches!(letter, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(letter);
    }
    pattern + "%"
}
