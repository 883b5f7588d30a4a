//! What a repository held at a time: the versions of all its packages, as they were read from AWS. CodeArtifact itself
//! tells only of now.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// When a repository was read, in whole milliseconds since the epoch, so that it names the reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ReadTime(pub i64);

impl ReadTime {
    /// Epoch seconds.
    pub fn seconds(self) -> f64 {
        self.0 as f64 / 1000.0
    }
}

impl fmt::Display for ReadTime {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl FromStr for ReadTime {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

/// A state of a repository that was recorded. Reading the same again makes it longer, not another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inventory {
    /// When it was read for the first time; the state before it ended some time earlier.
    pub at: ReadTime,
    /// When it was last read and still the same.
    pub last: ReadTime,
    /// How many packages it holds.
    pub packages: usize,
    /// How many versions they have.
    pub versions: usize,
}
