//! What the page does for a person: one call, and the command that equals it.

use crate::command;
use crate::domain::NewDomain;
use crate::external::PublicRegistry;
use crate::feeding::NewUpstreams;
use crate::names::{DomainName, RepositoryName};
use crate::permission::NewPolicy;
use crate::promotion::PinnedVersion;
use crate::repository::NewRepository;

/// Copies versions from one repository into another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promotion {
    /// Source repository.
    pub from: RepositoryName,
    /// Target repository.
    pub to: RepositoryName,
    /// Each pinned to the content that was seen.
    pub versions: Vec<PinnedVersion>,
    /// Why.
    pub reason: String,
}

/// One call that changes something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Call {
    /// Makes the domain.
    CreateDomain(NewDomain),
    /// Makes a repository.
    CreateRepository(NewRepository),
    /// Gives a repository an external connection.
    Connect(RepositoryName, PublicRegistry),
    /// Gives a repository a new list of upstreams.
    SetUpstreams(RepositoryName, NewUpstreams),
    /// Copies the package of one's own to production.
    Promote(Promotion),
    /// Gives a repository a permissions policy.
    SetPolicy(RepositoryName, NewPolicy),
}

impl Call {
    /// What it does, in words.
    pub fn title(&self) -> String {
        match self {
            Self::CreateDomain(new) => format!("Make the domain {}", new.name),
            Self::CreateRepository(new) => format!("Make the repository {}", new.name),
            Self::Connect(repository, registry) => format!("Connect {repository} to {}", registry.name()),
            Self::SetUpstreams(repository, change) => {
                let names: Vec<&str> = change.upstreams.iter().map(RepositoryName::as_str).collect();
                match names.is_empty() {
                    true => format!("Let {repository} take from no repository"),
                    false => format!("Let {repository} take from {}", names.join(", ")),
                }
            }
            Self::SetPolicy(repository, _) => format!("Give {repository} a permissions policy"),
            Self::Promote(request) => {
                let names = request.versions.iter().map(|pin| format!("{} {}", pin.package.full_name(), pin.version));
                format!("Copy {} from {} to {}", names.collect::<Vec<_>>().join(", "), request.from, request.to)
            }
        }
    }

    /// The commands that equal it; `options` are the connection's, such as `--profile prod`.
    pub fn commands(&self, domain: &DomainName, options: &[String]) -> Vec<String> {
        match self {
            Self::CreateDomain(new) => vec![command::create_domain(new, options)],
            Self::CreateRepository(new) => vec![command::create_repository(domain, new, options)],
            Self::Connect(repository, registry) => {
                vec![command::associate_external_connection(domain, repository, registry.name(), options)]
            }
            Self::SetUpstreams(repository, change) => {
                vec![command::set_upstreams(domain, repository, &change.upstreams, options)]
            }
            Self::SetPolicy(repository, new) => {
                let revision = new.seen.as_ref().and_then(|seen| seen.revision.as_ref());
                vec![command::put_policy(domain, Some(repository), &new.document, revision, options)]
            }
            Self::Promote(request) => command::promote(domain, &request.from, &request.to, &request.versions, options),
        }
    }
}
