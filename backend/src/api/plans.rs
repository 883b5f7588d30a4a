//! Plans.

use std::sync::Arc;

use shared::api::{CreatePlan, GetPlan};
use shared::plan::{OpenedPlan, Plan};

use super::blocks;
use crate::app::AppState;
use crate::approval::{self, Seen};
use crate::error::Result;
use crate::extract::Asked;
use crate::plan;
use crate::store::{self, plans};

/// Saves a plan. Reads AWS, and changes nothing there.
pub async fn create(app: AppState, asked: Asked<CreatePlan>) -> Result<Plan> {
    plan::check(&asked.body)?;
    let connection = asked.path.connection;
    let codeartifact = Arc::clone(app.connection(&connection)?);
    let blocks = blocks::of(&app, &connection, &asked.path.domain).await?;
    let store = app.store.clone();
    app.written(async move {
        let plan = plan::make(&codeartifact, &asked.path.domain, &blocks, asked.body, asked.by.person).await?;
        let mut writing = store.write().await?;
        plans::insert(&mut writing, &connection, &plan).await?;
        writing.commit().await?;
        Ok(plan)
    })
    .await
}

/// Opens a plan: its rows are read anew while it can still be run.
pub async fn open(app: AppState, asked: Asked<GetPlan>) -> Result<OpenedPlan> {
    let codeartifact = app.connection(&asked.path.connection)?;
    let mut reading = app.store.read().await?;
    let (plan, runs) = plans::get(&mut reading, &asked.path.connection, &asked.path.domain, &asked.path.plan).await?;
    let blocks = store::blocks::all(reading.sql(), &asked.path.connection, &asked.path.domain).await?;
    drop(reading);
    let mut opened = plan::open(codeartifact, &blocks, plan, runs).await?;
    let seen = Seen { changed: !opened.changes.is_empty(), over: opened.expired || !opened.runs.is_empty() };
    let standing = approval::standing(&app, &asked.path.connection, &opened.plan, seen, &asked.by.person);
    opened.approval = standing.await?;
    Ok(opened)
}
