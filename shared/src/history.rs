//! What happened: the record of every change that was asked for through Headwater, and what came of it.

use serde::{Deserialize, Serialize};

use crate::person::Person;

mod csv;
mod day;
mod page;
mod words;
pub use csv::{csv_header, csv_row};
pub use day::Day;
pub use page::{ChainEnd, HistoryCheck, HistoryFormat, HistoryPage, ToldRow, WrongRow};
pub use words::{ACTIONS, action_words, records, same_action};

/// What a row of the record says. Names are kept as they were, also where a later version would read them otherwise.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct HistoryEntry {
    /// When it ended, epoch seconds.
    pub at: f64,
    /// Who asked for it, for good.
    pub person: String,
    /// Who asked for it, as people called them.
    pub person_name: String,
    /// What was asked for: the endpoint of the API, such as `SetUpstreams`.
    pub action: String,
    /// The connection.
    pub connection: Option<String>,
    /// The domain.
    pub domain: Option<String>,
    /// The repository that was to change.
    pub repository: Option<String>,
    /// Where a promotion takes from.
    pub source: Option<String>,
    /// Package format.
    pub format: Option<String>,
    /// Namespace of the package.
    pub namespace: Option<String>,
    /// The package, without its namespace.
    pub package: Option<String>,
    /// The version.
    pub version: Option<String>,
    /// The plan it belongs to.
    pub plan: Option<String>,
    /// The run it belongs to.
    pub run: Option<String>,
    /// Why, in the person's words.
    pub reason: Option<String>,
    /// What came of it.
    pub result: HistoryResult,
    /// More of it: the step that was taken, the words of a refusal.
    pub detail: Option<String>,
    /// AWS's id of the call that changed something, or was refused.
    pub request_id: Option<String>,
}

/// What came of a change.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HistoryResult {
    /// It was done.
    Done,
    /// There was nothing to do.
    Same,
    /// Refused, or failed without effect.
    Refused,
    /// Whether it was done was not known when the row was written.
    #[default]
    Unknown,
}

impl HistoryResult {
    /// As the record keeps it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Same => "same",
            Self::Refused => "refused",
            Self::Unknown => "unknown",
        }
    }

    /// All of them.
    pub const ALL: [Self; 4] = [Self::Done, Self::Same, Self::Refused, Self::Unknown];

    /// Reads what the record keeps; nothing for another word.
    pub fn read(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|result| result.as_str() == text)
    }

    /// The words for it on the page.
    pub fn words(self) -> &'static str {
        match self {
            Self::Done => "Done",
            Self::Same => "Nothing to do",
            Self::Refused => "Not done",
            Self::Unknown => "Not known",
        }
    }
}

/// One row of the record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HistoryRow {
    /// Its place, from 1.
    pub seq: i64,
    /// What it says.
    #[serde(flatten)]
    pub entry: HistoryEntry,
    /// Over the row before and this one: 64 hexadecimal digits.
    pub hash: String,
}

impl HistoryEntry {
    /// By somebody.
    pub fn by(person: &Person) -> Self {
        Self { person: person.id.clone(), person_name: person.name.clone(), ..Self::default() }
    }

    /// All but the time, in the order in which they are hashed and exported. The order is for good.
    pub fn fields(&self) -> [(&'static str, Option<&str>); 17] {
        [
            ("person", Some(&self.person)),
            ("person_name", Some(&self.person_name)),
            ("action", Some(&self.action)),
            ("connection", self.connection.as_deref()),
            ("domain", self.domain.as_deref()),
            ("repository", self.repository.as_deref()),
            ("source", self.source.as_deref()),
            ("format", self.format.as_deref()),
            ("namespace", self.namespace.as_deref()),
            ("package", self.package.as_deref()),
            ("version", self.version.as_deref()),
            ("plan", self.plan.as_deref()),
            ("run", self.run.as_deref()),
            ("reason", self.reason.as_deref()),
            ("result", Some(self.result.as_str())),
            ("detail", self.detail.as_deref()),
            ("request_id", self.request_id.as_deref()),
        ]
    }
}
