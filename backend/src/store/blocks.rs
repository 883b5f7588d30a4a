//! Versions that are blocked from promotion.

use shared::block::{Block, Blocks, MOST_BLOCKS};
use shared::names::{ConnectionKey, DomainName};
use shared::package::PackageKey;
use shared::promotion::VersionChoice;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::runs::{read_json, write_json};
use super::{Part, Writing};
use crate::error::{Error, Kind, Result};

/// The table. `namespace` is empty where a package has none: a key takes no `NULL`.
pub(super) const PART: Part = Part {
    name: "blocks",
    steps: &["CREATE TABLE block (
        connection TEXT NOT NULL, domain TEXT NOT NULL, format TEXT NOT NULL, namespace TEXT NOT NULL,
        package TEXT NOT NULL, version TEXT NOT NULL, at DOUBLE PRECISION NOT NULL, body TEXT NOT NULL,
        PRIMARY KEY (connection, domain, format, namespace, package, version))"],
};

/// The blocks of a domain, the last one first; from a transaction of either kind.
///
/// # Errors
/// When the store does not answer.
pub async fn all(sql: &mut AnyConnection, connection: &ConnectionKey, domain: &DomainName) -> Result<Blocks> {
    let rows = sqlx::query(
        "SELECT body FROM block WHERE connection = $1 AND domain = $2
         ORDER BY at DESC, format, namespace, package, version",
    )
    .bind(connection.to_string())
    .bind(domain.to_string())
    .fetch_all(sql)
    .await?;
    read(&rows)
}

/// Those of one package.
///
/// # Errors
/// When the store does not answer.
pub async fn of_package(
    sql: &mut AnyConnection,
    connection: &ConnectionKey,
    domain: &DomainName,
    package: &PackageKey,
) -> Result<Blocks> {
    let rows = sqlx::query(
        "SELECT body FROM block
         WHERE connection = $1 AND domain = $2 AND format = $3 AND namespace = $4 AND package = $5
         ORDER BY at DESC, version",
    )
    .bind(connection.to_string())
    .bind(domain.to_string())
    .bind(package.format.as_str())
    .bind(namespace(package))
    .bind(package.name.to_string())
    .fetch_all(sql)
    .await?;
    read(&rows)
}

fn read(rows: &[AnyRow]) -> Result<Blocks> {
    let read = |row: &AnyRow| read_json::<Block>(&row.try_get::<String, _>("body")?);
    Ok(Blocks(rows.iter().map(read).collect::<Result<_>>()?))
}

fn namespace(package: &PackageKey) -> String {
    package.namespace.as_ref().map(ToString::to_string).unwrap_or_default()
}

/// Blocks a version.
///
/// # Errors
/// `Conflict` when it is blocked already, or too many are.
pub async fn put(writing: &mut Writing, connection: &ConnectionKey, domain: &DomainName, block: &Block) -> Result<()> {
    let count: i64 = sqlx::query_scalar("SELECT count(*) FROM block WHERE connection = $1 AND domain = $2")
        .bind(connection.to_string())
        .bind(domain.to_string())
        .fetch_one(writing.sql())
        .await?;
    if usize::try_from(count).is_ok_and(|count| count >= MOST_BLOCKS) {
        let words = format!("{MOST_BLOCKS} versions of this domain are blocked, and more cannot be. Unblock some.");
        return Err(Error::new(Kind::Conflict, words));
    }
    let VersionChoice { package, version } = &block.choice;
    let put = sqlx::query(
        "INSERT INTO block (connection, domain, format, namespace, package, version, at, body)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING",
    )
    .bind(connection.to_string())
    .bind(domain.to_string())
    .bind(package.format.as_str())
    .bind(namespace(package))
    .bind(package.name.to_string())
    .bind(version.to_string())
    .bind(block.at)
    .bind(write_json(block)?)
    .execute(writing.sql())
    .await?;
    match put.rows_affected() {
        1 => Ok(()),
        _ => Err(Error::new(Kind::Conflict, format!("{} {version} is blocked already.", package.full_name()))),
    }
}

/// Unblocks a version, and tells what its block was.
///
/// # Errors
/// `Conflict` when it is not blocked.
pub async fn remove(
    writing: &mut Writing,
    connection: &ConnectionKey,
    domain: &DomainName,
    choice: &VersionChoice,
) -> Result<Block> {
    let VersionChoice { package, version } = choice;
    let row = sqlx::query(
        "DELETE FROM block
         WHERE connection = $1 AND domain = $2 AND format = $3 AND namespace = $4 AND package = $5 AND version = $6
         RETURNING body",
    )
    .bind(connection.to_string())
    .bind(domain.to_string())
    .bind(package.format.as_str())
    .bind(namespace(package))
    .bind(package.name.to_string())
    .bind(version.to_string())
    .fetch_optional(writing.sql())
    .await?;
    let words = || format!("{} {version} is not blocked.", package.full_name());
    let row = row.ok_or_else(|| Error::new(Kind::Conflict, words()))?;
    read_json(&row.try_get::<String, _>("body")?)
}
