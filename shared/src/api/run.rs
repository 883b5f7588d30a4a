//! What fills the paths and queries of plans and runs.

use serde::{Deserialize, Serialize};

use super::place::{DomainPath, Fill, Query};
use crate::names::{ConnectionKey, DomainName, PlanId, RepositoryName, RunId};
use crate::undo::UndoQuery;

/// A plan of a domain.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PlanPath {
    /// The connection's key.
    pub connection: ConnectionKey,
    /// The domain.
    pub domain: DomainName,
    /// The plan.
    pub plan: PlanId,
}

impl PlanPath {
    /// The domain it belongs to.
    pub fn domain_path(&self) -> DomainPath {
        DomainPath { connection: self.connection.clone(), domain: self.domain.clone() }
    }
}

/// A run in a domain.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RunPath {
    /// The connection's key.
    pub connection: ConnectionKey,
    /// The domain.
    pub domain: DomainName,
    /// The run.
    pub run: RunId,
}

impl RunPath {
    /// The domain it belongs to.
    pub fn domain_path(&self) -> DomainPath {
        DomainPath { connection: self.connection.clone(), domain: self.domain.clone() }
    }
}

impl Fill for PlanPath {
    fn fill(&self, template: &str) -> String {
        self.domain_path().fill(template).replace("{plan}", self.plan.as_str())
    }
}

impl Fill for RunPath {
    fn fill(&self, template: &str) -> String {
        self.domain_path().fill(template).replace("{run}", self.run.as_str())
    }
}

impl Query for UndoQuery {
    fn pairs(&self) -> Vec<(&'static str, String)> {
        vec![("how", self.how.as_str().to_owned())]
    }
}

/// Where a stream of events goes on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AfterQuery {
    /// After this event; from the first one where it is not said.
    #[serde(default, deserialize_with = "number")]
    pub after: u64,
}

/// Numbers stand in addresses as texts.
fn number<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.parse().map_err(|_| serde::de::Error::custom("`after` is a whole number"))
}

impl Query for AfterQuery {
    fn pairs(&self) -> Vec<(&'static str, String)> {
        vec![("after", self.after.to_string())]
    }
}

/// Which runs of a domain, and which page. Newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunsQuery {
    /// Only those from or into this repository.
    pub repository: Option<RepositoryName>,
    /// Only those before this one.
    pub before: Option<RunId>,
}

impl Query for RunsQuery {
    fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs: Vec<_> = self.repository.iter().map(|name| ("repository", name.to_string())).collect();
        pairs.extend(self.before.iter().map(|run| ("before", run.to_string())));
        pairs
    }
}
