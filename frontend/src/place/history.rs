//! The record of changes of a domain.

use shared::api::{DomainPath, HistoryQuery, Query};
use shared::history::HistoryResult;
use shared::names::RepositoryName;
use shared::promotion::VersionChoice;

use super::query::Pairs;
use super::{Place, domain_path, parsed};

/// The record of changes of a domain, narrowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryPlace {
    /// The domain.
    pub domain: DomainPath,
    /// Which rows.
    pub query: HistoryQuery,
}

impl Place {
    /// The record of a domain.
    pub fn history(domain: &DomainPath, query: HistoryQuery) -> Self {
        Self::History(Box::new(HistoryPlace { domain: domain.clone(), query }))
    }

    /// The record of a repository.
    pub fn history_of(domain: &DomainPath, repository: &RepositoryName) -> Self {
        Self::history(domain, HistoryQuery { repository: Some(repository.clone()), ..HistoryQuery::default() })
    }

    /// The life of a version.
    pub fn life_of(domain: &DomainPath, choice: &VersionChoice) -> Self {
        Self::history(domain, HistoryQuery::of_version(choice))
    }
}

impl HistoryPlace {
    pub(super) fn write(&self, pairs: &mut Pairs) -> String {
        for (key, value) in self.query.pairs() {
            pairs.add(key, &value);
        }
        format!("{}/history", domain_path(&self.domain))
    }

    pub(super) fn parse(domain: DomainPath, pairs: &Pairs) -> Self {
        let text = |key| pairs.get(key).map(str::to_owned);
        let query = HistoryQuery {
            repository: parsed(pairs, "repository"),
            format: parsed(pairs, "format"),
            namespace: parsed(pairs, "namespace"),
            package: parsed(pairs, "package"),
            version: parsed(pairs, "version"),
            person: text("person"),
            action: text("action"),
            result: pairs.get("result").and_then(HistoryResult::read),
            plan: parsed(pairs, "plan"),
            run: parsed(pairs, "run"),
            from: parsed(pairs, "from"),
            to: parsed(pairs, "to"),
            before: parsed(pairs, "before"),
        };
        Self { domain, query }
    }
}
