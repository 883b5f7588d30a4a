//! Saved plans.

use shared::names::{ConnectionKey, DomainName, PlanId, RunId};
use shared::plan::{LIFETIME, Plan};
use sqlx::Row;

use super::runs::{read_json, write_json};
use super::{Part, Reading, Writing};
use crate::error::{Error, Result};

/// The tables.
pub(super) const PART: Part = Part {
    name: "plans",
    steps: &["CREATE TABLE plan (
        id TEXT PRIMARY KEY, connection TEXT NOT NULL, domain TEXT NOT NULL, made_at DOUBLE PRECISION NOT NULL,
        body TEXT NOT NULL)"],
};

/// Keeps a new plan.
///
/// # Errors
/// When the store cannot keep it.
pub async fn insert(writing: &mut Writing, connection: &ConnectionKey, plan: &Plan) -> Result<()> {
    sqlx::query("INSERT INTO plan (id, connection, domain, made_at, body) VALUES ($1, $2, $3, $4, $5)")
        .bind(plan.id.to_string())
        .bind(connection.to_string())
        .bind(plan.domain.to_string())
        .bind(plan.made_at)
        .bind(write_json(plan)?)
        .execute(writing.sql())
        .await?;
    Ok(())
}

/// The plans of a domain that can still be run and have not been, newest first; two hundred at most.
///
/// # Errors
/// When the store does not answer.
pub async fn not_run(
    reading: &mut Reading,
    connection: &ConnectionKey,
    domain: &DomainName,
    now: f64,
) -> Result<Vec<Plan>> {
    let rows = sqlx::query(
        "SELECT body FROM plan WHERE connection = $1 AND domain = $2 AND made_at > $3
            AND NOT EXISTS (SELECT 1 FROM run WHERE run.plan = plan.id)
         ORDER BY made_at DESC, id LIMIT 200",
    )
    .bind(connection.to_string())
    .bind(domain.to_string())
    .bind(now - f64::from(LIFETIME))
    .fetch_all(reading.sql())
    .await?;
    rows.iter().map(|row| read_json(&row.try_get::<String, _>("body")?)).collect()
}

/// Whether a plan has been run.
///
/// # Errors
/// When the store does not answer.
pub async fn is_run(writing: &mut Writing, id: &PlanId) -> Result<bool> {
    let run =
        sqlx::query("SELECT id FROM run WHERE plan = $1").bind(id.to_string()).fetch_optional(writing.sql()).await?;
    Ok(run.is_some())
}

/// A plan of a domain, with the runs that were started from it.
///
/// # Errors
/// `NotFound` where the domain has no such plan.
pub async fn get(
    reading: &mut Reading,
    connection: &ConnectionKey,
    domain: &DomainName,
    id: &PlanId,
) -> Result<(Plan, Vec<RunId>)> {
    let row = sqlx::query("SELECT body FROM plan WHERE id = $1 AND connection = $2 AND domain = $3")
        .bind(id.to_string())
        .bind(connection.to_string())
        .bind(domain.to_string())
        .fetch_optional(reading.sql())
        .await?;
    let row = row.ok_or_else(|| Error::not_found(format!("There is no plan `{id}` in {domain}.")))?;
    let plan = read_json(&row.try_get::<String, _>("body")?)?;
    // The run of the plan, and the undoings of that.
    let runs = sqlx::query(
        "SELECT id FROM run WHERE plan = $1 OR undoes IN (SELECT id FROM run WHERE plan = $1) ORDER BY started_at, id",
    )
    .bind(id.to_string())
    .fetch_all(reading.sql())
    .await?;
    let runs = runs.iter().map(|row| Ok(row.try_get::<String, _>("id")?.parse()?)).collect::<Result<_>>()?;
    Ok((plan, runs))
}
