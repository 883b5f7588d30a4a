//! Reading the record.

use shared::history::HistoryRow;

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
    /// Of packages in this namespace.
    pub namespace: Option<String>,
    /// Of packages of this name.
    pub package: Option<String>,
    /// Of this version.
    pub version: Option<String>,
    /// By this person.
    pub person: Option<String>,
    /// Of this kind.
    pub action: Option<String>,
    /// Not before this time, epoch seconds.
    pub from: Option<f64>,
    /// Before this time, epoch seconds.
    pub to: Option<f64>,
    /// Before this row.
    pub before: Option<i64>,
    /// After this row.
    pub after: Option<i64>,
}

/// What all ways of reading share; the order and the limit follow.
macro_rules! select {
    ($order:literal) => {
        concat!(
            "SELECT * FROM audit WHERE seq < $1 AND seq > $2 AND at >= $3 AND at < $4 ",
            "AND (CAST($5 AS TEXT) IS NULL OR connection = $5) ",
            "AND (CAST($6 AS TEXT) IS NULL OR domain = $6) ",
            "AND (CAST($7 AS TEXT) IS NULL OR repository = $7 OR source = $7) ",
            "AND (CAST($8 AS TEXT) IS NULL OR format = $8) ",
            "AND (CAST($9 AS TEXT) IS NULL OR namespace = $9) ",
            "AND (CAST($10 AS TEXT) IS NULL OR package = $10) ",
            "AND (CAST($11 AS TEXT) IS NULL OR version = $11) ",
            "AND (CAST($12 AS TEXT) IS NULL OR person = $12) ",
            "AND (CAST($13 AS TEXT) IS NULL OR action = $13) ",
            "ORDER BY seq ",
            $order,
            " LIMIT $14"
        )
    };
}

/// The newest rows that fit, newest first, at most `most`.
///
/// # Errors
/// `Unavailable` when it cannot be read.
pub async fn newest(store: &Store, filter: &HistoryFilter, most: i64) -> Result<Vec<HistoryRow>> {
    fetch(store, select!("DESC"), filter, most).await
}

/// The oldest rows that fit, oldest first, at most `most`.
///
/// # Errors
/// `Unavailable` when it cannot be read.
pub async fn oldest(store: &Store, filter: &HistoryFilter, most: i64) -> Result<Vec<HistoryRow>> {
    fetch(store, select!("ASC"), filter, most).await
}

async fn fetch(store: &Store, sql: &'static str, filter: &HistoryFilter, most: i64) -> Result<Vec<HistoryRow>> {
    let filter = filter.clone();
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
        .bind(filter.action)
        .bind(most)
        .fetch_all(reading.sql())
        .await?;
    rows.iter().map(read).collect()
}
