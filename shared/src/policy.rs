//! Policies: the documents that say who may do what. Read with the place of every word, and checked as they are typed.
//!
//! Three kinds matter here: a domain's policy, a repository's policy, and the policies that IAM attaches to identities.
//! The grammar is that of the IAM user guide, *Grammar of the IAM JSON policy language*.

pub mod action;
pub mod arn;
mod check;
pub mod condition;
mod denial;
pub mod explain;
mod finding;
pub mod generate;
mod json;
mod near;
mod read;
pub mod statement;
pub mod wildcard;
mod write;

pub use finding::{Finding, Severity, Spot};
pub use statement::{Effect, Policy, Principal, PrincipalKind, Principals, Statement, Word, Words};

/// How many characters the policy of a domain or of a repository may have (quotas table and service model; it cannot be
/// raised).
pub const MOST_BYTES: usize = 7168;

/// How many characters, white space aside, a managed policy of IAM may have (IAM user guide, *IAM and AWS STS quotas*).
pub const MOST_OF_IDENTITY: usize = 6144;

/// What a policy is attached to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Level {
    /// A domain of CodeArtifact.
    Domain,
    /// A repository of CodeArtifact.
    Repository,
    /// A user, a group or a role of IAM.
    Identity,
}

impl Level {
    /// How it is called in a sentence: `a domain's policy`.
    pub fn words(self) -> &'static str {
        match self {
            Self::Domain => "a domain's policy",
            Self::Repository => "a repository's policy",
            Self::Identity => "an identity's policy",
        }
    }

    /// A resource policy names its principals; an identity's policy is attached to them.
    pub fn has_principals(self) -> bool {
        self != Self::Identity
    }
}

/// Everything that is wrong or doubtful in a policy, in the order of the text. An error is what AWS would refuse, or what
/// cannot mean anything; a warning is what may mean more or less than was meant.
pub fn check(text: &str, level: Level) -> Vec<Finding> {
    let (policy, mut findings) = read::read(text, level);
    if let Some(policy) = policy {
        findings.extend(check::check(&policy, level));
    }
    findings.sort_by_key(|finding| (finding.line, finding.column, finding.severity));
    findings
}

impl Policy {
    /// Reads a policy. What can be read although it is doubtful, such as an action that does not exist, is let through:
    /// [`check`] tells it.
    ///
    /// # Errors
    /// What stands in the way of reading it.
    pub fn parse(text: &str, level: Level) -> Result<Self, Vec<Finding>> {
        let (policy, findings) = read::read(text, level);
        match policy {
            Some(policy) if findings.iter().all(|finding| finding.severity == Severity::Warning) => Ok(policy),
            _ => Err(findings),
        }
    }
}

#[cfg(test)]
mod tests;
