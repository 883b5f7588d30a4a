//! Places around promotions that were started: runs, undoing them, and all of a domain.

use shared::api::{DomainPath, PlanPath, RunPath};
use shared::names::{PlanId, RepositoryName, RunId};
use shared::run::RowState;
use shared::undo::UndoHow;

use super::query::Pairs;
use super::{Place, domain_path, parsed};

/// A run, and which of its rows are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunPlace {
    /// The run.
    pub run: RunPath,
    /// Only these rows; none for all.
    pub show: Option<RowsShown>,
}

/// Which rows of a run are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowsShown {
    /// What has not come to its end.
    Left,
    /// What was done, and what was there already.
    Done,
    /// What failed, and what nobody knows of.
    Failed,
}

impl RowsShown {
    /// All of them, as they stand on the page.
    pub const ALL: [Self; 3] = [Self::Left, Self::Done, Self::Failed];

    /// The word in the address.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }

    /// The rows of a word in the address.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shown| shown.as_str() == word)
    }

    /// Whether a row is among them.
    pub fn holds(self, state: &RowState) -> bool {
        use shared::promotion::CopyResult::{AlreadySame, Copied, Failed, Refused, Unknown};
        let kind = match state {
            RowState::Waiting | RowState::UnderWay | RowState::Checking => Self::Left,
            RowState::Ended(Copied | AlreadySame) => Self::Done,
            RowState::Ended(Refused { .. } | Failed(_) | Unknown(_)) => Self::Failed,
        };
        kind == self
    }
}

/// What undoing a run would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UndoPlace {
    /// The run.
    pub run: RunPath,
    /// How it would be undone.
    pub how: UndoHow,
}

/// The promotions of a domain, newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromotionsPlace {
    /// The domain.
    pub domain: DomainPath,
    /// Only those from or into this repository.
    pub repository: Option<RepositoryName>,
    /// Only those before this one.
    pub before: Option<RunId>,
}

impl Place {
    /// A run with all its rows.
    pub fn run(domain: &DomainPath, run: &RunId) -> Self {
        let run = RunPath { connection: domain.connection.clone(), domain: domain.domain.clone(), run: run.clone() };
        Self::Run(RunPlace { run, show: None })
    }

    /// A saved plan.
    pub fn plan(domain: &DomainPath, plan: &PlanId) -> Self {
        let DomainPath { connection, domain } = domain.clone();
        Self::Plan(PlanPath { connection, domain, plan: plan.clone() })
    }

    /// The promotions of a domain, or only those from or into a repository.
    pub fn promotions(domain: &DomainPath, repository: Option<RepositoryName>) -> Self {
        Self::Promotions(PromotionsPlace { domain: domain.clone(), repository, before: None })
    }
}

impl RunPlace {
    pub(super) fn write(&self, pairs: &mut Pairs) -> String {
        pairs.add_some("show", self.show.map(RowsShown::as_str));
        run_path(&self.run)
    }
}

impl UndoPlace {
    pub(super) fn write(&self, pairs: &mut Pairs) -> String {
        pairs.add_some("how", (self.how == UndoHow::Delete).then_some(self.how.as_str()));
        format!("{}/undo", run_path(&self.run))
    }
}

impl PromotionsPlace {
    pub(super) fn write(&self, pairs: &mut Pairs) -> String {
        pairs.add_some("repository", self.repository.as_ref().map(RepositoryName::as_str));
        pairs.add_some("before", self.before.as_ref().map(RunId::as_str));
        format!("{}/promotions", domain_path(&self.domain))
    }
}

/// The place of an address in a domain.
pub(super) fn parse(domain: DomainPath, rooms: &[&str], pairs: &Pairs) -> Option<Place> {
    match rooms {
        ["promotions"] => Some(Place::Promotions(PromotionsPlace {
            domain,
            repository: parsed(pairs, "repository"),
            before: parsed(pairs, "before"),
        })),
        ["plans", plan] => {
            let DomainPath { connection, domain } = domain;
            Some(Place::Plan(PlanPath { connection, domain, plan: plan.parse().ok()? }))
        }
        ["runs", run] => {
            Some(Place::Run(RunPlace { run: of(domain, run)?, show: pairs.get("show").and_then(RowsShown::parse) }))
        }
        ["runs", run, "undo"] => {
            let how = if pairs.get("how") == Some("delete") { UndoHow::Delete } else { UndoHow::Archive };
            Some(Place::Undo(UndoPlace { run: of(domain, run)?, how }))
        }
        _ => None,
    }
}

fn of(domain: DomainPath, run: &str) -> Option<RunPath> {
    Some(RunPath { connection: domain.connection, domain: domain.domain, run: run.parse().ok()? })
}

fn run_path(path: &RunPath) -> String {
    format!("{}/runs/{}", domain_path(&path.domain_path()), path.run)
}
