//! Approving a plan: what its target asks for, what people said about it, and what still stands in the way of its run.
//!
//! An approval is given for the hash of a plan, and a plan is run once: so an approval is used once.

use serde::{Deserialize, Serialize};

use crate::names::{PlanId, RepositoryName};
use crate::person::Person;
use crate::plan::Plan;
use crate::protection::{Pattern, Protection};

mod weigh;
mod words;
pub use weigh::{Approvers, Facts, judge};

/// Asks to approve a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewApproval {
    /// The hash of the plan that the person saw.
    pub hash: String,
}

/// Asks to reject a plan, for good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewRejection {
    /// The hash of the plan that the person saw.
    pub hash: String,
    /// Why; not empty, at most [`crate::promotion::LONGEST_REASON`] characters.
    pub reason: String,
}

/// What somebody said about a plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Vote {
    /// Who.
    pub by: Person,
    /// When, epoch seconds.
    pub at: f64,
    /// What.
    pub said: Said,
}

/// Yes or no.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    /// Approved.
    Approved,
    /// Rejected, and why.
    Rejected(String),
}

/// How a plan stands with the protections of its target.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Approval {
    /// What the target asks for. Empty: it is not protected.
    pub demands: Vec<Demand>,
    /// What people said, oldest first.
    pub votes: Vec<CountedVote>,
    /// What stands in the way of a run, apart from the plan's age and its rows.
    pub obstacles: Vec<Obstacle>,
    /// Why whoever asks cannot approve or reject; none if they can.
    pub refusal: Option<VoteRefusal>,
}

/// What one protection asks of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Demand {
    /// The protection.
    pub protection: Protection,
    /// How many approvals there are that count under it.
    pub given: u8,
    /// Who else may approve under it, apart from who made the plan.
    pub can: Vec<Person>,
}

/// What somebody said, and whether it counts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CountedVote {
    /// What was said.
    pub vote: Vote,
    /// Why it does not count any more; none if it counts.
    pub void: Option<Void>,
}

/// Why an approval does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Void {
    /// Whoever gave it may not approve any more.
    RoleLost,
    /// Source or target are not as they were when it was given.
    Changed,
}

/// What stands in the way of running a plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Obstacle {
    /// Somebody rejected it.
    Rejected {
        /// Who.
        by: Person,
        /// Why.
        reason: String,
    },
    /// The target takes from other repositories only.
    Source {
        /// The target.
        to: RepositoryName,
        /// The plan's source.
        from: RepositoryName,
        /// Where from it takes.
        allowed: Vec<Pattern>,
    },
    /// It asks for approvals, and there is only one person.
    Alone {
        /// The target.
        to: RepositoryName,
    },
    /// The rows are not as they were, so that what was approved is not what would be done.
    Changed,
    /// Approvals are missing.
    Missing {
        /// How many more, of those that may still approve.
        missing: u8,
        /// Under which protection.
        pattern: Pattern,
        /// Whether too few people may approve at all.
        too_few: bool,
    },
    /// The change window is closed.
    Window {
        /// When it opens next, epoch seconds.
        opens_at: f64,
        /// The window in words.
        window: String,
    },
}

/// Why somebody cannot say yes or no to a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VoteRefusal {
    /// The target asks for no approvals.
    NotAsked,
    /// There is only one person.
    Alone,
    /// It has been run, or has expired.
    Over,
    /// It was rejected.
    Rejected,
    /// They made it.
    Requester,
    /// They have not the role, or the protection names others.
    NotApprover,
    /// They have approved it already.
    Already,
    /// The rows are not as they were: there is nothing left to approve.
    Changed,
}

/// A plan that waits for approval, for lists.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WaitingPlan {
    /// Its name.
    pub id: PlanId,
    /// Source repository.
    pub from: RepositoryName,
    /// Target repository.
    pub to: RepositoryName,
    /// How many versions it would promote.
    pub versions: usize,
    /// Why.
    pub reason: String,
    /// Who made it.
    pub by: Person,
    /// When, epoch seconds.
    pub made_at: f64,
    /// Until when it can be run, epoch seconds.
    pub expires_at: f64,
    /// How it stands; whether its rows are still the same is read when it is opened.
    pub approval: Approval,
}

impl WaitingPlan {
    /// A plan and how it stands.
    pub fn new(plan: &Plan, approval: Approval) -> Self {
        Self {
            id: plan.id.clone(),
            from: plan.seen.from.clone(),
            to: plan.seen.to.clone(),
            versions: plan.seen.rows.iter().filter(|row| row.verdict.copies()).count(),
            reason: plan.reason.clone(),
            by: plan.by.clone(),
            made_at: plan.made_at,
            expires_at: plan.expires_at,
            approval,
        }
    }
}
