//! What the journal keeps of a run and of its rows.

use serde::{Deserialize, Serialize};
use shared::names::{ConnectionKey, Revision};
use shared::promotion::{CopyResult, TagMove};
use shared::run::{RowState, RunRow, RunSummary};
use shared::undo::UndoHow;
use shared::version::Asset;

/// A run as the journal has it, without its rows.
#[derive(Debug, Clone)]
pub struct Head {
    /// Through which connection.
    pub connection: ConnectionKey,
    /// What is told of it.
    pub summary: RunSummary,
    /// How it undoes; none in a promotion.
    pub how: Option<UndoHow>,
    /// Grows with every change.
    pub at: u64,
}

/// One row of a run.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its place in the run.
    pub place: u32,
    /// What was known when the run was started.
    pub fixed: Fixed,
    /// How it stands.
    pub kept: Kept,
}

/// What never changes of a row.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Fixed {
    /// The content that the row is about: in the source for a promotion, in the target for an undoing.
    pub pin: Option<Revision>,
    /// Whether the plan says that it is copied, or that the target has it already.
    pub copies: bool,
    /// The files of that content.
    pub files: Vec<Asset>,
}

/// What changes of a row.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Kept {
    /// What is told of it.
    pub row: RunRow,
    /// The dist-tags that the copy was about to set, read just before it; none where they could not be read, or nothing
    /// was sent yet.
    pub tags: Option<Vec<TagMove>>,
    /// Whether a call of this run for it may have taken effect without anybody knowing.
    pub doubt: bool,
    /// How often a call of it failed and did nothing.
    pub faults: u32,
}

/// A row of a run that is to be started, with the chunk that it belongs to.
#[derive(Debug, Clone)]
pub struct NewEntry {
    /// Rows of a chunk are of one package, at most a hundred.
    pub chunk: u32,
    /// What never changes of it.
    pub fixed: Fixed,
    /// How it begins.
    pub kept: Kept,
}

impl Kept {
    /// A row that has not been sent.
    pub fn waiting(row: RunRow) -> Self {
        Self { row, tags: None, doubt: false, faults: 0 }
    }

    /// Whether it has come to its end.
    pub fn has_ended(&self) -> bool {
        matches!(self.row.state, RowState::Ended(_))
    }

    /// Brings it to its end.
    pub fn end(&mut self, result: CopyResult) {
        self.row.state = RowState::Ended(result);
    }
}

/// The word by which a state is counted.
pub fn word(state: &RowState) -> &'static str {
    match state {
        RowState::Waiting => "waiting",
        RowState::UnderWay | RowState::Checking => "under_way",
        RowState::Ended(CopyResult::Copied) => "done",
        RowState::Ended(CopyResult::AlreadySame) => "same",
        RowState::Ended(CopyResult::Refused { .. } | CopyResult::Failed(_)) => "failed",
        RowState::Ended(CopyResult::Unknown(_)) => "unknown",
    }
}
