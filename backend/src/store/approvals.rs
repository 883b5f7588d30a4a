//! What people said about plans.

use shared::approval::{Said, Vote};
use shared::names::PlanId;
use shared::person::Person;
use sqlx::{AnyConnection, Row};

use super::runs::{read_json, write_json};
use super::{Engine, Part, Writing};
use crate::error::Result;

/// The table. A vote is for the hash of a plan; nobody has two for the same plan.
pub(super) const PART: Part = Part {
    name: "approvals",
    steps: &["CREATE TABLE approval (
        plan TEXT NOT NULL, person TEXT NOT NULL, person_name TEXT NOT NULL, hash TEXT NOT NULL,
        at DOUBLE PRECISION NOT NULL, said TEXT NOT NULL, PRIMARY KEY (plan, person))"],
};

/// Lets nobody else vote on a plan, or start its run, before this transaction has ended. SQLite has one writer anyway.
///
/// # Errors
/// When the turn does not come in time.
pub async fn lock(writing: &mut Writing, plan: &PlanId) -> Result<()> {
    if writing.engine() == Engine::Postgres {
        sqlx::query("SELECT id FROM plan WHERE id = $1 FOR UPDATE")
            .bind(plan.to_string())
            .execute(writing.sql())
            .await?;
    }
    Ok(())
}

/// What people said about a plan with this hash, oldest first, from a transaction of either kind.
///
/// # Errors
/// When the store does not answer.
pub async fn of_plan(sql: &mut AnyConnection, plan: &PlanId, hash: &str) -> Result<Vec<Vote>> {
    let rows = sqlx::query(
        "SELECT person, person_name, at, said FROM approval WHERE plan = $1 AND hash = $2 ORDER BY at, person",
    )
    .bind(plan.to_string())
    .bind(hash.to_owned())
    .fetch_all(sql)
    .await?;
    let read = |row: &sqlx::any::AnyRow| {
        Ok(Vote {
            by: Person { id: row.try_get("person")?, name: row.try_get("person_name")? },
            at: row.try_get("at")?,
            said: read_json::<Said>(&row.try_get::<String, _>("said")?)?,
        })
    };
    rows.iter().map(read).collect()
}

/// Keeps what somebody said. A no takes the place of their own yes, and nothing takes the place of a no.
///
/// # Errors
/// When the store cannot keep it.
pub async fn put(writing: &mut Writing, plan: &PlanId, hash: &str, vote: &Vote) -> Result<()> {
    if matches!(vote.said, Said::Rejected(_)) {
        sqlx::query("DELETE FROM approval WHERE plan = $1 AND person = $2")
            .bind(plan.to_string())
            .bind(vote.by.id.clone())
            .execute(writing.sql())
            .await?;
    }
    sqlx::query(
        "INSERT INTO approval (plan, person, person_name, hash, at, said) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT DO NOTHING",
    )
    .bind(plan.to_string())
    .bind(vote.by.id.clone())
    .bind(vote.by.name.clone())
    .bind(hash.to_owned())
    .bind(vote.at)
    .bind(write_json(&vote.said)?)
    .execute(writing.sql())
    .await?;
    Ok(())
}
