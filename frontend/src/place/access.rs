//! Places about access that keep what is chosen on them in the address.

use shared::api::DomainPath;
use shared::names::RepositoryName;
use shared::policy::generate::Person;

use super::parsed;
use super::query::Pairs;

/// A policy for somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GeneratePlace {
    /// The domain.
    pub domain: DomainPath,
    /// Who it is for.
    pub person: Person,
    /// The repositories they work with.
    pub repositories: Vec<RepositoryName>,
    /// Further repositories; none while they follow from the others.
    pub sources: Option<Vec<RepositoryName>>,
}

impl GeneratePlace {
    /// With nothing chosen.
    pub fn new(domain: DomainPath) -> Self {
        Self { domain, person: Person::Developer, repositories: Vec::new(), sources: None }
    }

    pub(super) fn add_to(&self, pairs: &mut Pairs) {
        pairs.add("role", self.person.as_str());
        if !self.repositories.is_empty() {
            pairs.add("repositories", &list(&self.repositories));
        }
        // A list without a name is one that was emptied: names begin with a letter or a digit.
        let sources =
            self.sources.as_ref().map(|sources| if sources.is_empty() { "-".to_owned() } else { list(sources) });
        pairs.add_some("sources", sources.as_deref());
    }

    pub(super) fn parse(domain: DomainPath, pairs: &Pairs) -> Self {
        Self {
            domain,
            person: pairs.get("role").and_then(|word| word.parse().ok()).unwrap_or(Person::Developer),
            repositories: pairs.get("repositories").map(names).unwrap_or_default(),
            sources: pairs.get("sources").map(names),
        }
    }
}

fn list(names: &[RepositoryName]) -> String {
    names.iter().map(RepositoryName::as_str).collect::<Vec<_>>().join(",")
}

fn names(text: &str) -> Vec<RepositoryName> {
    text.split(',').filter_map(|name| name.parse().ok()).collect()
}

/// What somebody may do, and why. Who asks is not kept, nor what is pasted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExplainPlace {
    /// The domain.
    pub domain: DomainPath,
    /// The action, without `codeartifact:`.
    pub action: Option<String>,
    /// The repository that is asked about.
    pub repository: Option<RepositoryName>,
    /// The package of it, or a package group, as typed.
    pub package: Option<String>,
}

impl ExplainPlace {
    /// With nothing asked.
    pub fn new(domain: DomainPath) -> Self {
        Self { domain, action: None, repository: None, package: None }
    }

    pub(super) fn add_to(&self, pairs: &mut Pairs) {
        pairs.add_some("action", self.action.as_deref());
        pairs.add_some("repository", self.repository.as_ref().map(RepositoryName::as_str));
        pairs.add_some("package", self.package.as_deref());
    }

    pub(super) fn parse(domain: DomainPath, pairs: &Pairs) -> Self {
        let text = |key: &str| pairs.get(key).map(str::to_owned);
        Self { domain, action: text("action"), repository: parsed(pairs, "repository"), package: text("package") }
    }
}

impl super::Place {
    /// Who may do what with a repository.
    pub fn access(domain: &DomainPath, repository: &RepositoryName) -> Self {
        Self::RepositoryAccess(super::in_domain(domain.clone(), repository.clone()))
    }
}
