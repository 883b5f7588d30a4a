//! The protections of each domain: one document, replaced as a whole.

use shared::names::{ConnectionKey, DomainName};
use shared::protection::Protections;
use sqlx::{AnyConnection, Row};

use super::runs::{read_json, write_json};
use super::{Part, Writing};
use crate::error::{Error, Kind, Result};

/// The table. `revision` stands in the document too.
pub(super) const PART: Part = Part {
    name: "protections",
    steps: &["CREATE TABLE protection (
        connection TEXT NOT NULL, domain TEXT NOT NULL, revision BIGINT NOT NULL, body TEXT NOT NULL,
        PRIMARY KEY (connection, domain))"],
};

/// The protections of a domain, from a transaction of either kind.
///
/// # Errors
/// When the store does not answer.
pub async fn get(sql: &mut AnyConnection, connection: &ConnectionKey, domain: &DomainName) -> Result<Protections> {
    let row = sqlx::query("SELECT body FROM protection WHERE connection = $1 AND domain = $2")
        .bind(connection.to_string())
        .bind(domain.to_string())
        .fetch_optional(sql)
        .await?;
    row.map_or_else(|| Ok(Protections::default()), |row| read_json(&row.try_get::<String, _>("body")?))
}

/// Replaces the protections of a domain, if the ones before are those of revision `new.revision - 1`.
///
/// # Errors
/// `Conflict` when somebody has changed them meanwhile.
pub async fn set(
    writing: &mut Writing,
    connection: &ConnectionKey,
    domain: &DomainName,
    new: &Protections,
) -> Result<()> {
    let revision = i64::try_from(new.revision).map_err(Error::unexpected)?;
    let body = write_json(new)?;
    let sql = match revision {
        1 => {
            "INSERT INTO protection (connection, domain, revision, body) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING"
        }
        _ => {
            "UPDATE protection SET revision = $3, body = $4
             WHERE connection = $1 AND domain = $2 AND revision = $3 - 1"
        }
    };
    let set = sqlx::query(sql)
        .bind(connection.to_string())
        .bind(domain.to_string())
        .bind(revision)
        .bind(body)
        .execute(writing.sql())
        .await?;
    match set.rows_affected() {
        1 => Ok(()),
        _ => Err(Error::new(
            Kind::Conflict,
            "The protections have been changed since you read them. Nothing was written: read them again.",
        )),
    }
}
