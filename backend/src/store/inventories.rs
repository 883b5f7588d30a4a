//! What repositories held at the times they were read.
//!
//! A package has a row for each time its versions changed, from when they were first seen until something else was; so a
//! state costs what it changed, and every recorded time can be read back whole.

use std::collections::BTreeMap;

use shared::inventory::{Inventory, ReadTime};
use shared::names::{ConnectionKey, DomainName, RepositoryName};
use shared::package::PackageKey;
use shared::version::VersionSummary;
use sqlx::any::{AnyArguments, AnyRow};
use sqlx::query::Query;
use sqlx::{Any, AnyConnection, Row};

use super::runs::{read_json, write_json};
use super::{Part, Writing};
use crate::error::{Error, Result};

/// The tables. Times are epoch milliseconds; `until` is absent while the row is true.
pub(super) const PART: Part = Part {
    name: "inventories",
    steps: &["CREATE TABLE inventory (
        connection TEXT NOT NULL, domain TEXT NOT NULL, repository TEXT NOT NULL, read_at BIGINT NOT NULL,
        PRIMARY KEY (connection, domain, repository));
    CREATE TABLE inventory_state (
        connection TEXT NOT NULL, domain TEXT NOT NULL, repository TEXT NOT NULL, since BIGINT NOT NULL,
        seen BIGINT NOT NULL, packages BIGINT NOT NULL, versions BIGINT NOT NULL,
        PRIMARY KEY (connection, domain, repository, since));
    CREATE TABLE inventory_package (
        connection TEXT NOT NULL, domain TEXT NOT NULL, repository TEXT NOT NULL, package TEXT NOT NULL,
        since BIGINT NOT NULL, until BIGINT, versions TEXT NOT NULL,
        PRIMARY KEY (connection, domain, repository, package, since))"],
};

/// How many states of a repository are listed.
const MOST_STATES: i64 = 500;

/// A repository of a domain of a connection.
pub type Place = (ConnectionKey, DomainName, RepositoryName);

/// All packages of a repository with their versions.
pub type Held = Vec<(PackageKey, Vec<VersionSummary>)>;

/// Keeps what a repository held at a time. What was read before what is known already is not kept: of two who read at
/// once, the later reading counts. Answers whether it was.
///
/// # Errors
/// When the store does not answer.
pub async fn keep(writing: &mut Writing, place: &Place, at: ReadTime, held: &Held) -> Result<bool> {
    if !later(writing, place, at).await? {
        return Ok(false);
    }
    let mut known = open_rows(writing.sql(), place).await?;
    let mut fresh = Vec::new();
    for (package, versions) in held {
        let mut versions = versions.clone();
        versions.sort_by(|one, other| one.version.cmp(&other.version));
        let (package, versions) = (write_json(package)?, write_json(&versions)?);
        match known.remove(&package) {
            Some(same) if same == versions => {}
            Some(_) => {
                end(writing, place, &package, at).await?;
                fresh.push((package, versions));
            }
            None => fresh.push((package, versions)),
        }
    }
    let changed = !fresh.is_empty() || !known.is_empty();
    for gone in known.keys() {
        end(writing, place, gone, at).await?;
    }
    for (package, versions) in &fresh {
        begin(writing, place, package, versions, at).await?;
    }
    if changed || !same_again(writing, place, at).await? {
        let versions = held.iter().map(|(_, versions)| versions.len()).sum();
        new_state(writing, place, at, (held.len(), versions)).await?;
    }
    Ok(true)
}

/// A statement whose first three parameters are connection, domain and repository.
fn at_place<'q>(statement: &'static str, (connection, domain, repository): &Place) -> Query<'q, Any, AnyArguments> {
    sqlx::query(statement).bind(connection.to_string()).bind(domain.to_string()).bind(repository.to_string())
}

/// Takes the repository's row, which nobody else can have until this transaction ends.
async fn later(writing: &mut Writing, place: &Place, at: ReadTime) -> Result<bool> {
    let taken = at_place(
        "INSERT INTO inventory (connection, domain, repository, read_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (connection, domain, repository) DO UPDATE SET read_at = excluded.read_at
         WHERE inventory.read_at < excluded.read_at",
        place,
    )
    .bind(at.0)
    .execute(writing.sql())
    .await?;
    Ok(taken.rows_affected() == 1)
}

/// The rows that are true, by package.
async fn open_rows(sql: &mut AnyConnection, place: &Place) -> Result<BTreeMap<String, String>> {
    let rows = at_place(
        "SELECT package, versions FROM inventory_package
         WHERE connection = $1 AND domain = $2 AND repository = $3 AND until IS NULL",
        place,
    )
    .fetch_all(sql)
    .await?;
    rows.iter().map(|row| Ok((row.try_get("package")?, row.try_get("versions")?))).collect()
}

async fn end(writing: &mut Writing, place: &Place, package: &str, at: ReadTime) -> Result<()> {
    at_place(
        "UPDATE inventory_package SET until = $5
         WHERE connection = $1 AND domain = $2 AND repository = $3 AND package = $4 AND until IS NULL",
        place,
    )
    .bind(package)
    .bind(at.0)
    .execute(writing.sql())
    .await?;
    Ok(())
}

async fn begin(writing: &mut Writing, place: &Place, package: &str, versions: &str, at: ReadTime) -> Result<()> {
    at_place(
        "INSERT INTO inventory_package (connection, domain, repository, package, since, versions)
         VALUES ($1, $2, $3, $4, $5, $6)",
        place,
    )
    .bind(package)
    .bind(at.0)
    .bind(versions)
    .execute(writing.sql())
    .await?;
    Ok(())
}

/// The last state was seen once more. Answers whether there is one.
async fn same_again(writing: &mut Writing, place: &Place, at: ReadTime) -> Result<bool> {
    let seen = at_place(
        "UPDATE inventory_state SET seen = $4 WHERE connection = $1 AND domain = $2 AND repository = $3 AND since =
         (SELECT max(since) FROM inventory_state WHERE connection = $1 AND domain = $2 AND repository = $3)",
        place,
    )
    .bind(at.0)
    .execute(writing.sql())
    .await?;
    Ok(seen.rows_affected() == 1)
}

async fn new_state(
    writing: &mut Writing,
    place: &Place,
    at: ReadTime,
    (packages, versions): (usize, usize),
) -> Result<()> {
    let number = |count: usize| i64::try_from(count).map_err(Error::unexpected);
    at_place(
        "INSERT INTO inventory_state (connection, domain, repository, since, seen, packages, versions)
         VALUES ($1, $2, $3, $4, $4, $5, $6)",
        place,
    )
    .bind(at.0)
    .bind(number(packages)?)
    .bind(number(versions)?)
    .execute(writing.sql())
    .await?;
    Ok(())
}

/// The recorded states of a repository, the last one first.
///
/// # Errors
/// When the store does not answer.
pub async fn states(sql: &mut AnyConnection, place: &Place) -> Result<Vec<Inventory>> {
    let rows = at_place(
        "SELECT since, seen, packages, versions FROM inventory_state
         WHERE connection = $1 AND domain = $2 AND repository = $3 ORDER BY since DESC LIMIT $4",
        place,
    )
    .bind(MOST_STATES)
    .fetch_all(sql)
    .await?;
    let count = |row: &AnyRow, column| usize::try_from(row.try_get::<i64, _>(column)?).map_err(Error::unexpected);
    let state = |row: &AnyRow| {
        Ok(Inventory {
            at: ReadTime(row.try_get("since")?),
            last: ReadTime(row.try_get("seen")?),
            packages: count(row, "packages")?,
            versions: count(row, "versions")?,
        })
    };
    rows.iter().map(state).collect()
}

/// What a repository held at a time, by package; none when nothing of then is recorded.
///
/// # Errors
/// When the store does not answer.
pub async fn at(sql: &mut AnyConnection, place: &Place, time: ReadTime) -> Result<Option<Held>> {
    let recorded = at_place(
        "SELECT count(*) FROM inventory_state
         WHERE connection = $1 AND domain = $2 AND repository = $3 AND since <= $4",
        place,
    )
    .bind(time.0)
    .fetch_one(&mut *sql)
    .await?;
    if recorded.try_get::<i64, _>(0)? == 0 {
        return Ok(None);
    }
    let rows = at_place(
        "SELECT package, versions FROM inventory_package WHERE connection = $1 AND domain = $2 AND repository = $3
         AND since <= $4 AND (until IS NULL OR until > $4)",
        place,
    )
    .bind(time.0)
    .fetch_all(sql)
    .await?;
    let package = |row: &AnyRow| {
        let text = |column| row.try_get::<String, _>(column);
        Ok((read_json::<PackageKey>(&text("package")?)?, read_json(&text("versions")?)?))
    };
    let mut held = rows.iter().map(package).collect::<Result<Held>>()?;
    held.sort_by(|one, other| one.0.cmp(&other.0));
    Ok(Some(held))
}

/// When a repository was last read; none when it never was.
///
/// # Errors
/// When the store does not answer.
pub async fn last(sql: &mut AnyConnection, place: &Place) -> Result<Option<ReadTime>> {
    let row =
        at_place("SELECT read_at FROM inventory WHERE connection = $1 AND domain = $2 AND repository = $3", place)
            .fetch_optional(sql)
            .await?;
    row.map(|row| Ok(ReadTime(row.try_get("read_at")?))).transpose()
}
