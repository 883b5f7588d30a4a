//! The record as it is told page by page, written as a file, and checked.

use serde::{Deserialize, Serialize};

use super::HistoryRow;
use crate::names::RunId;

/// A page of the record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HistoryPage {
    /// Newest first.
    pub rows: Vec<ToldRow>,
    /// Whether there are older ones: ask for those before the last.
    pub more: bool,
    /// The end of the whole record, of all domains.
    pub end: ChainEnd,
}

/// A row of the record, and what became of what it tells.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ToldRow {
    /// What the record says.
    pub row: HistoryRow,
    /// The run that has undone it.
    pub undone_by: Option<RunId>,
}

/// The end of the chain. Kept elsewhere, it shows later whether rows are missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChainEnd {
    /// How many rows there are.
    pub seq: i64,
    /// The hash of the last one: 64 hexadecimal digits.
    pub hash: String,
}

/// What came of walking the whole chain.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HistoryCheck {
    /// Its end, if every row is what was written.
    pub end: Option<ChainEnd>,
    /// The first row that is not.
    pub wrong: Option<WrongRow>,
    /// When it was checked, epoch seconds.
    pub read_at: f64,
}

/// The first row that is not what was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrongRow {
    /// Its place.
    pub seq: i64,
    /// What is wrong, as the rest of a sentence.
    pub what: String,
}

/// How the record is written as a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HistoryFormat {
    /// One JSON object a line.
    #[default]
    Jsonl,
    /// Comma-separated values.
    Csv,
}

impl HistoryFormat {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Csv, Self::Jsonl];

    /// The word in addresses, and the end of the file's name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
        }
    }

    /// What people call it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Jsonl => "JSON lines",
            Self::Csv => "CSV",
        }
    }
}
