//! Approving and rejecting plans.

use shared::api::{ApprovePlan, GetApproval, ListPlans, PlanPath, RejectPlan};
use shared::approval::{Approval, Said, Vote, VoteRefusal, WaitingPlan};
use shared::person::Person;
use shared::plan::Plan;
use shared::protection;

use crate::app::AppState;
use crate::approval::{self, Seen, Team};
use crate::clock;
use crate::error::{Error, Kind, Result};
use crate::extract::Asked;
use crate::store::{approvals, blocks, plans, protections};
use crate::{plan, promotion};

/// The plans of a domain whose target is protected and that have not been run, newest first.
pub async fn plans(app: AppState, asked: Asked<ListPlans>) -> Result<Vec<WaitingPlan>> {
    app.connection(&asked.path.connection)?;
    let (connection, domain) = (&asked.path.connection, &asked.path.domain);
    let mut reading = app.store.read().await?;
    let list = protections::get(reading.sql(), connection, domain).await?.list;
    if list.is_empty() {
        return Ok(Vec::new());
    }
    let team = Team::of(&app.access);
    let mut waiting = Vec::new();
    for plan in plans::not_run(&mut reading, connection, domain, clock::seconds()).await? {
        if protection::of(&list, &plan.seen.to).is_empty() {
            continue;
        }
        let votes = approvals::of_plan(reading.sql(), &plan.id, &plan.hash).await?;
        let seen = Seen { changed: false, over: false };
        let approval = approval::weigh(&team, &list, &plan, &votes, seen, &asked.by.person);
        waiting.push(WaitingPlan::new(&plan, approval));
    }
    Ok(waiting)
}

/// How a plan stands, from the store alone: whether its rows are as they were is read when it is opened.
pub async fn get(app: AppState, asked: Asked<GetApproval>) -> Result<Approval> {
    let path = asked.path;
    app.connection(&path.connection)?;
    let mut reading = app.store.read().await?;
    let (plan, runs) = plans::get(&mut reading, &path.connection, &path.domain, &path.plan).await?;
    drop(reading);
    let seen = Seen { changed: false, over: plan::is_expired(&plan) || !runs.is_empty() };
    approval::standing(&app, &path.connection, &plan, seen, &asked.by.person).await
}

/// Approves a plan that is still what was planned.
pub async fn approve(app: AppState, asked: Asked<ApprovePlan>) -> Result<Approval> {
    let (path, hash, by) = (asked.path, asked.body.hash, asked.by.person);
    app.recorded(async { say(&app, &path, &hash, by, Said::Approved).await }).await
}

/// Rejects a plan, for good.
pub async fn reject(app: AppState, asked: Asked<RejectPlan>) -> Result<Approval> {
    let (path, body, by) = (asked.path, asked.body, asked.by.person);
    app.recorded(async {
        promotion::check_reason(&body.reason)?;
        say(&app, &path, &body.hash, by, Said::Rejected(body.reason.trim().to_owned())).await
    })
    .await
}

async fn say(app: &AppState, path: &PlanPath, hash: &str, by: Person, said: Said) -> Result<Approval> {
    let codeartifact = app.connection(&path.connection)?;
    let mut reading = app.store.read().await?;
    let (plan, runs) = plans::get(&mut reading, &path.connection, &path.domain, &path.plan).await?;
    let blocks = blocks::all(reading.sql(), &path.connection, &path.domain).await?;
    drop(reading);
    if plan.hash != *hash {
        return Err(Error::new(Kind::Conflict, "This is not the plan that you saw. Open it anew."));
    }
    // A no needs no look at the packages.
    let changed = match said {
        Said::Approved => plan::has_changed(codeartifact, &blocks, &plan, &runs).await?,
        Said::Rejected(_) => false,
    };
    let mut writing = app.store.write().await?;
    approvals::lock(&mut writing, &plan.id).await?;
    // It may have been run, or said, in the meantime.
    let over = plan::is_expired(&plan) || plans::is_run(&mut writing, &plan.id).await?;
    let seen = Seen { changed, over };
    let list = protections::get(writing.sql(), &path.connection, &path.domain).await?.list;
    let votes = approvals::of_plan(writing.sql(), &plan.id, &plan.hash).await?;
    let team = Team::of(&app.access);
    let before = approval::weigh(&team, &list, &plan, &votes, seen, &by);
    check(before.refusal, &said)?;
    check_rows(&plan, &said)?;
    let vote = Vote { by: by.clone(), at: clock::seconds(), said };
    approvals::put(&mut writing, &plan.id, &plan.hash, &vote).await?;
    let votes = approvals::of_plan(writing.sql(), &plan.id, &plan.hash).await?;
    writing.commit().await?;
    app.hub.changed();
    Ok(approval::weigh(&team, &list, &plan, &votes, seen, &by))
}

fn check(refusal: Option<VoteRefusal>, said: &Said) -> Result<()> {
    match refusal {
        None => Ok(()),
        Some(refusal) if matches!(said, Said::Rejected(_)) && refusal.lets_reject() => Ok(()),
        Some(refusal @ (VoteRefusal::Requester | VoteRefusal::NotApprover)) => {
            Err(Error::new(Kind::Forbidden, refusal.words()))
        }
        Some(refusal) => Err(Error::new(Kind::Conflict, refusal.words())),
    }
}

/// There is nothing to approve in a plan that would do nothing.
fn check_rows(plan: &Plan, said: &Said) -> Result<()> {
    let copies = plan.seen.rows.iter().any(|row| row.verdict.copies());
    match said {
        Said::Approved if !copies => Err(Error::new(Kind::Conflict, "Nothing in this plan would be copied.")),
        _ => Ok(()),
    }
}
