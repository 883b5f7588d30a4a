//! A run: a promotion, or its undoing, on its way. It lives in the back end's journal, not in the page: the page can be
//! closed and opened again, and a back end that died goes on with it.

use serde::{Deserialize, Serialize};

use crate::names::{DomainName, PlanId, RepositoryName, RunId};
use crate::person::Person;
use crate::problem::Problem;
use crate::promotion::{CopyResult, VersionChoice};
use crate::undo::UndoStep;

/// Asks to run a plan. Asking twice starts it once: a plan is run once, and the second answer is the same run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewRun {
    /// The hash of the plan that the person saw.
    pub hash: String,
    /// Why; not empty, at most [`crate::promotion::LONGEST_REASON`] characters.
    pub reason: String,
}

/// What a run does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunKind {
    /// Promotes what a plan says.
    Promotion(PlanId),
    /// Undoes another run.
    Undo(RunId),
}

/// A run without its rows, for lists.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunSummary {
    /// Its name.
    pub id: RunId,
    /// What it does.
    pub kind: RunKind,
    /// The domain.
    pub domain: DomainName,
    /// Source repository.
    pub from: RepositoryName,
    /// Target repository.
    pub to: RepositoryName,
    /// Why.
    pub reason: String,
    /// Who started it.
    pub by: Person,
    /// When, epoch seconds.
    pub started_at: f64,
    /// When it came to rest, epoch seconds.
    pub ended_at: Option<f64>,
    /// How it stands.
    pub state: RunState,
    /// How many rows stand how.
    pub counts: RunCounts,
    /// The run that undid it, or is undoing it.
    pub undone_by: Option<RunId>,
}

/// A page of runs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunPage {
    /// Newest first.
    pub runs: Vec<RunSummary>,
    /// Whether there are older ones: ask for those before the last.
    pub more: bool,
}

/// A run with its rows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// All but the rows.
    pub summary: RunSummary,
    /// In the order of the plan.
    pub rows: Vec<RunRow>,
    /// Grows with every change: a stream of events goes on after it.
    pub at: u64,
}

/// How a run stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunState {
    /// At work, or waiting for a worker.
    Running,
    /// AWS asks to wait, or cannot be reached: it goes on by itself. Says why.
    Waiting(Problem),
    /// Somebody asked it to stop; calls under way come to their end.
    Stopping,
    /// Stopped, with rows left. It can go on.
    Stopped,
    /// It cannot go on by itself, such as without credentials. It can go on when that is mended. Says why.
    Paused(Problem),
    /// Every row has come to its end.
    Ended,
}

impl RunState {
    /// Whether something may still happen without anybody asking for it.
    pub fn is_moving(&self) -> bool {
        matches!(self, Self::Running | Self::Waiting(_) | Self::Stopping)
    }
}

/// How many rows stand how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunCounts {
    /// Not sent yet.
    pub waiting: u32,
    /// Sent, or being looked at after a doubt.
    pub under_way: u32,
    /// Done by this run.
    pub done: u32,
    /// There was nothing to do.
    pub same: u32,
    /// Refused or failed: nothing happened.
    pub failed: u32,
    /// Nobody knows yet, after every look.
    pub unknown: u32,
}

/// One version in a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunRow {
    /// Which version.
    pub choice: VersionChoice,
    /// What an undoing does with it; none in a promotion.
    pub undo: Option<UndoStep>,
    /// How it stands.
    pub state: RowState,
    /// AWS's id of the call that decided it.
    pub request_id: Option<String>,
    /// How many calls were begun for it.
    pub attempts: u32,
}

/// How a row stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowState {
    /// Not sent yet.
    Waiting,
    /// Sent: the intent stands in the journal, the answer is not there.
    UnderWay,
    /// An answer was lost; the target is being read to find out.
    Checking,
    /// It has come to its end.
    Ended(CopyResult),
}

/// A change of a run, as the stream of events tells it. One JSON object an event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunEvent {
    /// Where in the run's events it stands.
    pub at: u64,
    /// The run, without rows, as it stands now.
    pub summary: RunSummary,
    /// The rows that changed, with their places in the run.
    pub rows: Vec<(u32, RunRow)>,
}

/// What can be done with a run that is not at work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunAction {
    /// Begins no further call.
    Stop,
    /// Goes on with the rows that wait, and tries again those that failed without effect.
    GoOn,
}

/// Asks to stop a run, or to go on with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Steer {
    /// What is asked.
    pub action: RunAction,
}

impl RunCounts {
    /// Counts rows.
    pub fn of<'a>(rows: impl IntoIterator<Item = &'a RowState>) -> Self {
        let mut counts = Self::default();
        for row in rows {
            let count = match row {
                RowState::Waiting => &mut counts.waiting,
                RowState::UnderWay | RowState::Checking => &mut counts.under_way,
                RowState::Ended(CopyResult::Copied) => &mut counts.done,
                RowState::Ended(CopyResult::AlreadySame) => &mut counts.same,
                RowState::Ended(CopyResult::Refused { .. } | CopyResult::Failed(_)) => &mut counts.failed,
                RowState::Ended(CopyResult::Unknown(_)) => &mut counts.unknown,
            };
            *count += 1;
        }
        counts
    }

    /// All rows.
    pub fn all(&self) -> u32 {
        self.waiting + self.under_way + self.done + self.same + self.failed + self.unknown
    }
}
