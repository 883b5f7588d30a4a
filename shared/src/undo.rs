//! Undoing a promotion, honestly: only what the run made is taken away, and what cannot be brought back is said.

use serde::{Deserialize, Serialize};

use crate::names::{RunId, VersionName};
use crate::promotion::VersionChoice;
use crate::version::PackageVersionStatus;

/// What is done with the versions that the run made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UndoHow {
    /// Deletes them from the target.
    Delete,
    /// Archives them: nobody can install them, and they can be brought back.
    Archive,
}

impl UndoHow {
    /// The word in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Delete => "delete",
            Self::Archive => "archive",
        }
    }
}

/// Asks what undoing a run would do. Changes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UndoQuery {
    /// How.
    pub how: UndoHow,
}

/// What undoing a run would do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UndoPreview {
    /// The run.
    pub run: RunId,
    /// How.
    pub how: UndoHow,
    /// In the order of the run.
    pub rows: Vec<UndoRow>,
}

/// What undoing does with one version of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndoRow {
    /// Which version.
    pub choice: VersionChoice,
    /// What would be done.
    pub step: UndoStep,
}

/// What undoing does with one version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UndoStep {
    /// The run made it: it is taken away, and the tags that the run moved go back.
    TakeAway {
        /// The status it has now: the call is refused where it has another one by then.
        status: PackageVersionStatus,
        /// Tags that go back.
        tags: Vec<TagReturn>,
        /// Tags that cannot be brought back, and why.
        lost: Vec<LostTag>,
    },
    /// It is left alone, and why, in plain words: it was there before, has other content by now, or is gone already.
    Leave(String),
}

/// A tag that the run moved and undoing moves back, if it still points at the version that the run brought by then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TagReturn {
    /// Such as `latest`.
    pub tag: String,
    /// Where it goes back to; none where there was no such tag before the run: it is removed.
    pub to: Option<VersionName>,
}

/// A tag that undoing cannot bring back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LostTag {
    /// Such as `latest`.
    pub tag: String,
    /// Where it pointed before the run.
    pub was: Option<VersionName>,
    /// Why it cannot go back, in plain words.
    pub why: String,
}

/// Asks to undo a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewUndo {
    /// How.
    pub how: UndoHow,
    /// Why; not empty, at most [`crate::promotion::LONGEST_REASON`] characters.
    pub reason: String,
}
