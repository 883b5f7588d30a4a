//! The tables of the store, brought up to date when it is opened.
//!
//! Each part counts its own steps. A step and its number are committed together: a program that dies in the middle
//! leaves the tables as they were.

use super::{Engine, Store, Writing};

/// The tables of one file.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    /// Its name, for good.
    pub name: &'static str,
    /// What makes the tables, from nothing to what they are today; each may hold several statements.
    pub steps: &'static [&'static str],
}

const TABLE: &str = "CREATE TABLE IF NOT EXISTS headwater_schema (part TEXT PRIMARY KEY, version BIGINT NOT NULL)";

/// PostgreSQL knows locks by numbers: this one is held by whoever changes tables.
const LOCK: i64 = 0x6865_6164_7761_7401;

/// Takes the steps that are missing.
///
/// # Errors
/// The end of a sentence that begins with the name of the store.
pub(super) async fn migrate(store: &Store, parts: &[Part]) -> Result<(), String> {
    prepare(store, parts).await?;
    for part in parts {
        for (number, step) in (1_i64..).zip(part.steps) {
            take(store, part.name, number, step)
                .await
                .map_err(|error| format!("cannot be brought up to date ({} {number}): {}", part.name, error.chain()))?;
        }
    }
    Ok(())
}

/// Makes the table of versions, and refuses a database that knows more than this program.
async fn prepare(store: &Store, parts: &[Part]) -> Result<(), String> {
    let versions = versions(store).await.map_err(|error| format!("cannot be brought up to date: {}", error.chain()))?;
    let newer = versions.iter().find(|(name, version)| {
        let known = parts.iter().find(|part| part.name == name).map_or(0, |part| part.steps.len());
        usize::try_from(*version).map_or(true, |version| version > known)
    });
    match newer {
        None => Ok(()),
        Some((name, version)) => Err(format!(
            "was made by a newer Headwater ({name} {version}): this one could damage it. Use that version, or another \
             store."
        )),
    }
}

async fn versions(store: &Store) -> crate::error::Result<Vec<(String, i64)>> {
    let mut writing = locked(store).await?;
    sqlx::query(TABLE).execute(writing.sql()).await?;
    let rows = sqlx::query_as("SELECT part, version FROM headwater_schema").fetch_all(writing.sql()).await?;
    writing.commit().await?;
    Ok(rows)
}

/// Takes one step, if nobody has taken it.
async fn take(store: &Store, part: &str, number: i64, step: &'static str) -> crate::error::Result<()> {
    let mut writing = locked(store).await?;
    let version: Option<i64> = sqlx::query_scalar("SELECT version FROM headwater_schema WHERE part = $1")
        .bind(part)
        .fetch_optional(writing.sql())
        .await?;
    if version.is_some_and(|version| version >= number) {
        return Ok(());
    }
    sqlx::raw_sql(step).execute(writing.sql()).await?;
    sqlx::query(
        "INSERT INTO headwater_schema (part, version) VALUES ($1, $2) \
         ON CONFLICT (part) DO UPDATE SET version = excluded.version",
    )
    .bind(part)
    .bind(number)
    .execute(writing.sql())
    .await?;
    writing.commit().await
}

/// A transaction that no other replica can have for its tables at the same time.
async fn locked(store: &Store) -> crate::error::Result<Writing> {
    let mut writing = store.write().await?;
    if writing.engine() == Engine::Postgres {
        sqlx::query("SELECT pg_advisory_xact_lock($1)").bind(LOCK).execute(writing.sql()).await?;
    }
    Ok(writing)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: &str = "CREATE TABLE note (id BIGINT PRIMARY KEY); CREATE TABLE tag (id BIGINT)";

    async fn store() -> Store {
        // Without the tables of the program.
        sqlx::any::install_default_drivers();
        Store::memory().await.unwrap()
    }

    async fn count(store: &Store, sql: &'static str) -> crate::error::Result<i64> {
        let mut reading = store.read().await?;
        Ok(sqlx::query_scalar(sql).fetch_one(reading.sql()).await?)
    }

    #[tokio::test]
    async fn each_step_is_taken_once_and_later_ones_follow() {
        let store = store().await;
        let notes = |steps| [Part { name: "notes", steps }];
        migrate(&store, &notes(&[FIRST])).await.unwrap();
        migrate(&store, &notes(&[FIRST])).await.unwrap();
        migrate(&store, &notes(&[FIRST, "ALTER TABLE note ADD COLUMN text TEXT"])).await.unwrap();
        assert_eq!(count(&store, "SELECT count(text) FROM note").await.unwrap(), 0);
        assert_eq!(count(&store, "SELECT version FROM headwater_schema WHERE part = 'notes'").await.unwrap(), 2);
    }

    #[tokio::test]
    async fn a_step_that_fails_in_the_middle_leaves_nothing_behind() {
        let store = store().await;
        let broken = Part { name: "notes", steps: &["CREATE TABLE note (id BIGINT); CREATE TABLE note (id BIGINT)"] };
        let error = migrate(&store, &[broken]).await.unwrap_err();
        assert!(error.contains("notes 1"), "{error}");
        assert!(count(&store, "SELECT count(*) FROM note").await.is_err());
        migrate(&store, &[Part { name: "notes", steps: &[FIRST] }]).await.unwrap();
        assert_eq!(count(&store, "SELECT count(*) FROM note").await.unwrap(), 0);
    }

    #[tokio::test]
    async fn tables_of_a_newer_program_are_left_alone() {
        let store = store().await;
        let newer = [Part { name: "notes", steps: &[FIRST, "SELECT 1"] }, Part { name: "more", steps: &["SELECT 1"] }];
        migrate(&store, &newer).await.unwrap();
        for older in [&newer[..1], &[Part { name: "notes", steps: &[FIRST] }, newer[1]], &[]] {
            let error = migrate(&store, older).await.unwrap_err();
            assert!(error.contains("made by a newer Headwater"), "{error}");
        }
        migrate(&store, &newer).await.unwrap();
    }
}
