//! What differs inside a file that two repositories hold with other bytes.

use serde::{Deserialize, Serialize};

/// What came of looking into a file of both sides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileComparison {
    /// It was looked into.
    Read(ArchiveDifference),
    /// It was not: why, in plain words.
    Refused(String),
}

/// What differs inside an archive, or in a plain file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArchiveDifference {
    /// Files inside that are not the same, by path.
    pub entries: Vec<EntryDifference>,
    /// How many files inside are the same.
    pub same: usize,
    /// How many more differ and are not named here.
    pub left_out: usize,
}

/// A file inside an archive that is not the same on both sides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryDifference {
    /// Its path. Written by strangers.
    pub name: String,
    /// Bytes on the left; absent where it is only on the right.
    pub left: Option<u64>,
    /// Bytes on the right; absent where it is only on the left.
    pub right: Option<u64>,
    /// What differs.
    pub content: EntryContent,
}

/// What differs in a file inside an archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryContent {
    /// Line by line.
    Text(Vec<DiffLine>),
    /// It is no text, or a longer one than is compared.
    NotShown,
    /// The answer is full: its text is left out.
    LeftOut,
}

/// A line of a comparison. Written by strangers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DiffLine {
    /// On both sides.
    Same(String),
    /// Only on the left.
    Removed(String),
    /// Only on the right.
    Added(String),
    /// So many unchanged lines are not shown.
    Gap(usize),
}
