//! A plan: a promotion as an object with an address of its own, which somebody can look at, share and run.
//!
//! A plan keeps what was seen when it was made: each version with its revision and the digests of its files. It is read
//! anew each time it is opened, and what differs from then is said.

use serde::{Deserialize, Serialize};

use crate::approval::Approval;
use crate::closure::Decisions;
use crate::names::{DomainName, PlanId, RepositoryName, Revision, RunId};
use crate::needs::PlannedNeeds;
use crate::person::Person;
use crate::promotion::{Preview, PreviewRow, Verdict, VersionChoice};
use crate::version::Asset;

/// How long a plan can be run, in seconds: 24 hours. After that it can only be read, and planned again.
pub const LIFETIME: u32 = 24 * 60 * 60;

/// Asks to save a plan. Reads AWS, and changes nothing there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewPlan {
    /// Source repository.
    pub from: RepositoryName,
    /// Target repository.
    pub to: RepositoryName,
    /// At most [`crate::promotion::MOST_VERSIONS`].
    pub versions: Vec<VersionChoice>,
    /// Why; may be empty while it is only a plan.
    pub reason: String,
    /// What has been decided about what the versions need. The back end looks for itself what they need, and the plan
    /// cannot be run while something needed is undecided. Without it, needs are not looked at.
    #[serde(default)]
    pub needs: Option<Decisions>,
}

/// A saved plan. Never changes: another choice is another plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// Its name.
    pub id: PlanId,
    /// The domain.
    pub domain: DomainName,
    /// Why.
    pub reason: String,
    /// Who made it.
    pub by: Person,
    /// When, epoch seconds.
    pub made_at: f64,
    /// Until when it can be run, epoch seconds.
    pub expires_at: f64,
    /// What was seen when it was made.
    pub seen: Preview,
    /// The files of each row's content in the source, in the order of the rows: names, sizes, and SHA-256 as the only
    /// digest. Empty where the source could not be read.
    pub contents: Vec<Vec<Asset>>,
    /// What the versions need, with what was decided. None where that was not looked at.
    #[serde(default)]
    pub needs: Option<PlannedNeeds>,
    /// SHA-256 over what it does, as 64 hexadecimal digits: what an approval is given for.
    pub hash: String,
}

/// A plan as it is opened: what was seen then, and what is there now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OpenedPlan {
    /// The plan.
    pub plan: Plan,
    /// The same rows, read anew. None where they need no reading any more: the plan has expired or was run.
    pub now: Option<Preview>,
    /// What is not as it was, by row. Empty while nothing has changed.
    pub changes: Vec<RowChange>,
    /// The runs that were started from it, oldest first. A plan is run once; what follows are undoings.
    pub runs: Vec<RunId>,
    /// Whether it is too old to be run.
    pub expired: bool,
    /// How it stands with the protections of its target.
    pub approval: Approval,
}

/// What of a row is not as it was when the plan was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowChange {
    /// Which row.
    pub choice: VersionChoice,
    /// What differs.
    pub what: Vec<Drift>,
}

/// A way in which a row differs from what was seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Drift {
    /// The source has other content. Running the plan would not copy this row.
    Content {
        /// The revision seen when the plan was made.
        then: Option<Revision>,
        /// The revision now.
        now: Option<Revision>,
    },
    /// Another verdict.
    Verdict {
        /// When the plan was made.
        then: Verdict,
        /// Now.
        now: Verdict,
    },
    /// Other dist-tags would move.
    Tags,
    /// Another version is shown by the target.
    InTarget,
    /// It brings other things with it, such as that an upstream answers with other content.
    Effects,
}

/// What differs between a plan and the same rows read anew. Rows are matched by their choice.
pub fn changes(then: &Preview, now: &Preview) -> Vec<RowChange> {
    then.rows
        .iter()
        .filter_map(|row| {
            let what = match now.rows.iter().find(|other| other.choice == row.choice) {
                Some(other) => drift(row, other),
                None => Vec::new(),
            };
            (!what.is_empty()).then(|| RowChange { choice: row.choice.clone(), what })
        })
        .collect()
}

fn drift(then: &PreviewRow, now: &PreviewRow) -> Vec<Drift> {
    let mut what = Vec::new();
    if then.revision != now.revision {
        what.push(Drift::Content { then: then.revision.clone(), now: now.revision.clone() });
    }
    if then.verdict != now.verdict {
        what.push(Drift::Verdict { then: then.verdict.clone(), now: now.verdict.clone() });
    }
    if then.tags != now.tags {
        what.push(Drift::Tags);
    }
    if then.in_target != now.in_target {
        what.push(Drift::InTarget);
    }
    // What could not be read is no difference. A row that is not copied any more says so by its verdict.
    let read = then.effects_problem.is_none() && now.effects_problem.is_none();
    if read && then.verdict == now.verdict && then.effects != now.effects {
        what.push(Drift::Effects);
    }
    what
}
