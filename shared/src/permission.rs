//! Permissions policies of domains and repositories: one document each, replaced as a whole.

use serde::{Deserialize, Serialize};

use crate::api::Query;
use crate::names::{PolicyDocument, PolicyRevision, RepositoryName};
use crate::problem::Problem;

mod consequence;
mod example;
pub use consequence::consequences;
pub use example::{Example, Grantee};

/// The permissions policy of a domain or repository.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// Its text, as CodeArtifact tells it.
    pub document: String,
    /// Names this text. Every replacement gets another one.
    pub revision: Option<PolicyRevision>,
    /// ARN of the domain or repository.
    pub arn: String,
}

/// A policy to be. CodeArtifact replaces the whole document: what was seen goes along, so that nothing is undone that
/// somebody else did meanwhile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewPolicy {
    /// The policy as it was when the person began; none where there was none.
    pub seen: Option<SeenPolicy>,
    /// The document as it is to be.
    pub document: PolicyDocument,
}

/// A policy as somebody saw it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeenPolicy {
    /// Its revision, where CodeArtifact told one.
    pub revision: Option<PolicyRevision>,
    /// Its text.
    pub document: String,
}

impl From<&Policy> for SeenPolicy {
    fn from(policy: &Policy) -> Self {
        Self { revision: policy.revision.clone(), document: policy.document.clone() }
    }
}

/// The revision of the policy that is to be deleted, so that no other one is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeenRevision {
    /// As CodeArtifact told it.
    pub revision: PolicyRevision,
}

impl Query for SeenRevision {
    fn pairs(&self) -> Vec<(&'static str, String)> {
        vec![("revision", self.revision.to_string())]
    }
}

/// Asks for the policies of some repositories of a domain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GlancePolicies {
    /// At most [`GlancePolicies::MOST`].
    pub repositories: Vec<RepositoryName>,
}

impl GlancePolicies {
    /// How many repositories one request may name.
    pub const MOST: usize = 50;
}

/// Whether a repository has a policy, and which.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyGlance {
    /// The repository.
    pub repository: RepositoryName,
    /// Its policy; none where it has none.
    pub policy: Option<Policy>,
    /// Why it could not be read, where it could not.
    pub problem: Option<Problem>,
}
