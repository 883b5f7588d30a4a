//! Protected repositories: how a plan stands, and the one gate that every promotion passes.
//!
//! A run can be put into the journal with a [`Permit`] only, and a permit for a plan is asked for here only, in the very
//! transaction that writes the run. So the page, the API and the command line meet the same check, and a worker never
//! finds a run that has not passed it.

use shared::approval::{Approval, Approvers, Facts, Vote, judge};
use shared::names::ConnectionKey;
use shared::person::{Person, Role};
use shared::plan::Plan;
use shared::protection;

use crate::access::Access;
use crate::app::AppState;
use crate::clock;
use crate::error::{Error, Kind, Result};
use crate::run::permit::Permit;
use crate::store::{Store, Writing, approvals, protections};

/// Who may give approvals, now.
#[derive(Debug, Clone)]
pub struct Team(Option<Vec<Person>>);

impl Team {
    /// Those who have the role now; nobody where one person is alone.
    pub fn of(access: &Access) -> Self {
        Self(access.with_role(Role::Approver))
    }

    /// As the rules want it.
    pub fn approvers(&self) -> Approvers<'_> {
        self.0.as_deref().map_or(Approvers::Alone, Approvers::People)
    }
}

/// What is known about a plan from elsewhere than the store.
#[derive(Debug, Clone, Copy)]
pub struct Seen {
    /// Whether its rows are not as they were.
    pub changed: bool,
    /// Whether it was run, or is too old.
    pub over: bool,
}

/// How a plan stands with the protections of its target.
///
/// # Errors
/// When the store does not answer.
pub async fn standing(
    app: &AppState,
    connection: &ConnectionKey,
    plan: &Plan,
    seen: Seen,
    asker: &Person,
) -> Result<Approval> {
    let mut reading = app.store.read().await?;
    let list = protections::get(reading.sql(), connection, &plan.domain).await?.list;
    if protection::of(&list, &plan.seen.to).is_empty() {
        return Ok(Approval::default());
    }
    let votes = approvals::of_plan(reading.sql(), &plan.id, &plan.hash).await?;
    Ok(weigh(&Team::of(&app.access), &list, plan, &votes, seen, asker))
}

/// The same, of what has been read already.
pub fn weigh(
    team: &Team,
    list: &[protection::Protection],
    plan: &Plan,
    votes: &[Vote],
    seen: Seen,
    asker: &Person,
) -> Approval {
    judge(&Facts {
        protections: list,
        from: &plan.seen.from,
        to: &plan.seen.to,
        requester: &plan.by,
        votes,
        changed: seen.changed,
        over: seen.over,
        approvers: team.approvers(),
        asker,
        now: clock::seconds(),
    })
}

/// Whether the target of a plan asks for approvals, so that its rows must be read anew before it runs.
///
/// # Errors
/// When the store does not answer.
pub async fn is_asked(store: &Store, connection: &ConnectionKey, plan: &Plan) -> Result<bool> {
    let mut reading = store.read().await?;
    let list = protections::get(reading.sql(), connection, &plan.domain).await?.list;
    Ok(protection::of(&list, &plan.seen.to).iter().any(|protection| protection.approvals > 0))
}

/// The gate: judges the plan in the transaction that will write its run. `changed` tells whether its rows are not as
/// they were; nothing where they were not read, because no approval was asked for a moment ago.
///
/// # Errors
/// `NotApproved` with all that stands in the way.
pub async fn permit(
    writing: &mut Writing,
    team: &Team,
    connection: &ConnectionKey,
    plan: &Plan,
    changed: Option<bool>,
    asker: &Person,
) -> Result<Permit> {
    approvals::lock(writing, &plan.id).await?;
    let list = protections::get(writing.sql(), connection, &plan.domain).await?.list;
    if protection::of(&list, &plan.seen.to).is_empty() {
        return Permit::of(&Approval::default());
    }
    let votes = approvals::of_plan(writing.sql(), &plan.id, &plan.hash).await?;
    // It is neither run nor too old: both are looked at before and after, and here every approval must still count.
    let seen = Seen { changed: changed.unwrap_or(false), over: false };
    let approval = weigh(team, &list, plan, &votes, seen, asker);
    if changed.is_none() && approval.demands.iter().any(|demand| demand.protection.approvals > 0) {
        return Err(Error::new(Kind::Conflict, "The protection of the target has just changed. Open the plan anew."));
    }
    Permit::of(&approval)
}
