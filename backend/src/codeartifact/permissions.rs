//! Permissions policies of domains and repositories.

use aws_sdk_codeartifact::types as sdk;
use shared::names::{DomainName, PolicyDocument, PolicyRevision, RepositoryName};
use shared::permission::Policy;

use super::CodeArtifact;
use super::convert::known;
use super::domains::incomplete;
use crate::error::Result;

/// What has a policy.
#[derive(Debug, Clone, Copy)]
pub enum Holder<'a> {
    /// A domain.
    Domain(&'a DomainName),
    /// A repository of a domain.
    Repository(&'a DomainName, &'a RepositoryName),
}

impl std::fmt::Display for Holder<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Domain(domain) => f.write_str(domain.as_str()),
            Self::Repository(_, repository) => f.write_str(repository.as_str()),
        }
    }
}

impl CodeArtifact {
    /// The policy; none where CodeArtifact finds none. It answers the same where there is no such domain or repository
    /// at all: [`Self::is_there`] tells these apart.
    pub async fn policy(&self, of: Holder<'_>) -> Result<Option<Policy>> {
        let policy = match of {
            Holder::Domain(domain) => {
                let call = self.api.get_domain_permissions_policy().domain(domain.as_str());
                call.send().await.map(|answer| answer.policy).map_err(crate::error::Error::from)
            }
            Holder::Repository(domain, repository) => {
                let call = self.api.get_repository_permissions_policy().domain(domain.as_str());
                let answer = call.repository(repository.as_str()).send().await;
                answer.map(|answer| answer.policy).map_err(crate::error::Error::from)
            }
        };
        match policy {
            Ok(policy) => told(policy).map(Some),
            Err(error) if error.is_not_found() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Asks whether there is such a domain or repository.
    ///
    /// # Errors
    /// `NotFound` when there is none.
    pub async fn is_there(&self, holder: Holder<'_>) -> Result<()> {
        match holder {
            Holder::Domain(domain) => self.describe_domain(domain).await.map(drop),
            Holder::Repository(domain, repository) => self.describe_repository(domain, repository).await.map(drop),
        }
    }

    /// Replaces the policy, or gives one. With a revision: only while that is the current one, else a conflict.
    pub async fn put_policy(
        &self,
        of: Holder<'_>,
        document: &PolicyDocument,
        revision: Option<&PolicyRevision>,
    ) -> Result<Policy> {
        let revision = revision.map(ToString::to_string);
        let policy = match of {
            Holder::Domain(domain) => {
                let call = self.api.put_domain_permissions_policy().domain(domain.as_str());
                let call = call.policy_document(document.as_str()).set_policy_revision(revision);
                call.customize().config_override(Self::once()).send().await?.policy
            }
            Holder::Repository(domain, repository) => {
                let call = self.api.put_repository_permissions_policy().domain(domain.as_str());
                let call = call.repository(repository.as_str());
                let call = call.policy_document(document.as_str()).set_policy_revision(revision);
                call.customize().config_override(Self::once()).send().await?.policy
            }
        };
        told(policy)
    }

    /// Deletes the policy, only while this revision is the current one, else a conflict.
    pub async fn delete_policy(&self, of: Holder<'_>, revision: &PolicyRevision) -> Result<()> {
        match of {
            Holder::Domain(domain) => {
                let call = self.api.delete_domain_permissions_policy().domain(domain.as_str());
                let call = call.policy_revision(revision.as_str());
                call.customize().config_override(Self::once()).send().await.map(drop)?;
            }
            Holder::Repository(domain, repository) => {
                let call = self.api.delete_repository_permissions_policy().domain(domain.as_str());
                let call = call.repository(repository.as_str()).policy_revision(revision.as_str());
                call.customize().config_override(Self::once()).send().await.map(drop)?;
            }
        }
        Ok(())
    }
}

fn told(policy: Option<sdk::ResourcePolicy>) -> Result<Policy> {
    let policy = policy.ok_or_else(incomplete)?;
    Ok(Policy {
        revision: policy.revision().and_then(|revision| known(revision.parse(), "policy revision", revision)),
        arn: policy.resource_arn.unwrap_or_default(),
        document: policy.document.ok_or_else(incomplete)?,
    })
}
