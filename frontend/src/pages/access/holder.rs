//! What has a policy: a domain or a repository. The two differ in endpoints, commands and words only.

use std::sync::Arc;

use shared::api::{
    DeleteDomainPolicy, DeleteRepositoryPolicy, DomainPath, GetDomainPolicy, GetRepositoryPolicy, RepositoryPath,
    SetDomainPolicy, SetRepositoryPolicy,
};
use shared::command;
use shared::names::{DomainName, PolicyDocument, PolicyRevision, RepositoryName};
use shared::permission::{NewPolicy, Policy, SeenRevision};
use shared::policy::Level;

use crate::api::{Reading, Reads, Request};
use crate::parts::Change;

/// A domain or repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holder {
    /// A domain.
    Domain(DomainPath),
    /// A repository.
    Repository(RepositoryPath),
}

impl Holder {
    /// Its level among policies.
    pub fn level(&self) -> Level {
        match self {
            Self::Domain(_) => Level::Domain,
            Self::Repository(_) => Level::Repository,
        }
    }

    /// `domain` or `repository`.
    pub fn what(&self) -> &'static str {
        match self {
            Self::Domain(_) => "domain",
            Self::Repository(_) => "repository",
        }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        match self {
            Self::Domain(path) => path.domain.as_str(),
            Self::Repository(path) => path.repository.as_str(),
        }
    }

    /// Its policy, read now and whenever the page is read anew.
    pub fn reading(self, reads: Reads) -> Reading<Option<Policy>> {
        match self {
            Self::Domain(path) => {
                reads.reading::<GetDomainPolicy>(move || Some(Request::of::<GetDomainPolicy>(&path, &(), &())))
            }
            Self::Repository(path) => {
                reads.reading::<GetRepositoryPolicy>(move || Some(Request::of::<GetRepositoryPolicy>(&path, &(), &())))
            }
        }
    }

    /// Gives it a policy, then goes on with the policy as it is kept.
    pub fn put(&self, change: Change, new: &NewPolicy, done: impl FnOnce(Arc<Policy>) + 'static) {
        match self {
            Self::Domain(path) => change.ask::<SetDomainPolicy>(path, &(), new, done),
            Self::Repository(path) => change.ask::<SetRepositoryPolicy>(path, &(), new, done),
        }
    }

    /// Deletes its policy, unless there is another one than this by then.
    pub fn delete(&self, change: Change, revision: PolicyRevision, done: impl FnOnce() + 'static) {
        let seen = SeenRevision { revision };
        match self {
            Self::Domain(path) => change.ask::<DeleteDomainPolicy>(path, &seen, &(), |_| done()),
            Self::Repository(path) => change.ask::<DeleteRepositoryPolicy>(path, &seen, &(), |_| done()),
        }
    }

    /// The command that gives it this policy.
    pub fn put_command(&self, document: &PolicyDocument, seen: Option<&PolicyRevision>, options: &[String]) -> String {
        let (domain, repository) = self.names();
        command::put_policy(domain, repository, document, seen, options)
    }

    /// The command that deletes its policy.
    pub fn delete_command(&self, seen: Option<&PolicyRevision>, options: &[String]) -> String {
        let (domain, repository) = self.names();
        command::delete_policy(domain, repository, seen, options)
    }

    fn names(&self) -> (&DomainName, Option<&RepositoryName>) {
        match self {
            Self::Domain(path) => (&path.domain, None),
            Self::Repository(path) => (&path.domain, Some(&path.repository)),
        }
    }
}
