//! Connections: an account and region that the back end may speak to.

use serde::{Deserialize, Serialize};

use crate::mending::Mending;
use crate::names::{AccountId, ConnectionKey};
use crate::problem::Problem;

/// An account and region that the back end may speak to. Never holds a credential.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Connection {
    /// Names the connection in addresses.
    pub key: ConnectionKey,
    /// What to call it on the page.
    pub label: String,
    /// Such as `eu-west-1`.
    pub region: String,
    /// The caller's account, as STS tells it; absent where STS did not tell it at once. [`Identity`] says more.
    pub account: Option<AccountId>,
    /// ARN of the caller, as STS tells it.
    pub caller: Option<String>,
    /// Which CodeArtifact stands behind it.
    pub kind: ConnectionKind,
    /// What to add to an `aws` command so that it speaks to the same CodeArtifact, such as `--profile prod --region eu-west-1`.
    pub command_options: Vec<String>,
    /// Why the caller could not be read.
    pub problem: Option<Problem>,
}

/// Which CodeArtifact stands behind a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ConnectionKind {
    /// The real one.
    Aws,
    /// The embedded one, for demos: nothing leaves this machine.
    Embedded,
}

/// Who a connection speaks as, or why it does not work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Identity {
    /// Where its credentials come from, in words.
    pub source: String,
    /// The role that Headwater assumes with them.
    pub role: Option<String>,
    /// Account and ARN of the caller, as STS tells them.
    pub caller: Option<(AccountId, String)>,
    /// Why STS did not tell.
    pub mending: Option<Mending>,
}

/// Where credentials come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// Fixed ones, of the embedded CodeArtifact.
    Embedded,
    /// `AWS_ACCESS_KEY_ID` and its companions.
    Environment,
    /// A profile of the shared configuration.
    Profile {
        /// Its name.
        name: String,
        /// How it gets credentials.
        kind: ProfileKind,
        /// The MFA device that it names.
        mfa: Option<String>,
    },
    /// A web identity of the environment, as in a Kubernetes pod.
    WebIdentity,
    /// The container that Headwater runs in.
    Container,
    /// Nowhere.
    Nothing,
}

/// How a profile gets credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProfileKind {
    /// It is not there.
    Missing,
    /// It says nothing of credentials.
    Empty,
    /// IAM Identity Center.
    Sso,
    /// Keys that stand in it.
    Keys,
    /// A role, assumed with the credentials of another profile or place.
    Role,
    /// A program.
    Process,
}

impl Source {
    /// In words, such as `profile prod (SSO)`.
    pub fn words(&self) -> String {
        match self {
            Self::Embedded => "the embedded CodeArtifact".to_owned(),
            Self::Environment => "keys of the environment".to_owned(),
            Self::Profile { name, kind, .. } => match kind {
                ProfileKind::Missing => format!("profile {name}, which is not there"),
                ProfileKind::Empty => format!("profile {name}, which has no credentials"),
                ProfileKind::Sso => format!("profile {name} (SSO)"),
                ProfileKind::Keys => format!("profile {name} (keys)"),
                ProfileKind::Role => format!("profile {name} (assumes a role)"),
                ProfileKind::Process => format!("profile {name} (a program)"),
            },
            Self::WebIdentity => "a web identity of the environment".to_owned(),
            Self::Container => "the container".to_owned(),
            Self::Nothing => "nowhere".to_owned(),
        }
    }
}

/// The caller of an ARN in words, such as `role admin, session ada`; none where the ARN has another shape.
pub fn caller_words(arn: &str) -> Option<String> {
    let resource = arn.splitn(6, ':').nth(5)?;
    let mut parts = resource.split('/');
    match (parts.next()?, parts.next(), parts.next_back()) {
        ("assumed-role", Some(role), Some(session)) => Some(format!("role {role}, session {session}")),
        ("user", Some(name), None) | ("user", Some(_), Some(name)) => Some(format!("user {name}")),
        ("federated-user", Some(name), None) => Some(format!("federated user {name}")),
        ("root", None, None) => Some("the root user".to_owned()),
        _ => None,
    }
}

/// A long text with its middle left out, at most `most` characters: beginning and end tell ARNs apart.
pub fn shortened(text: &str, most: usize) -> String {
    let length = text.chars().count();
    if length <= most {
        return text.to_owned();
    }
    let (start, end) = (most / 2, most.saturating_sub(most / 2 + 1));
    let head: String = text.chars().take(start).collect();
    let tail: String = text.chars().skip(length - end).collect();
    format!("{head}…{tail}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caller_is_told_in_words() {
        for (arn, words) in [
            ("arn:aws:iam::111122223333:user/ada", "user ada"),
            ("arn:aws:iam::111122223333:user/team/a/ada", "user ada"),
            (
                "arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Admin_0a1b/ada@example.com",
                "role AWSReservedSSO_Admin_0a1b, session ada@example.com",
            ),
            ("arn:aws-cn:sts::111122223333:federated-user/ada", "federated user ada"),
            ("arn:aws:iam::111122223333:root", "the root user"),
        ] {
            assert_eq!(caller_words(arn).as_deref(), Some(words));
        }
        assert_eq!(caller_words("nonsense"), None);
    }

    #[test]
    fn a_long_text_keeps_its_ends() {
        assert_eq!(shortened("short", 9), "short");
        assert_eq!(shortened("0123456789abcdef", 9), "0123…cdef");
        assert_eq!(shortened("äöüäöüäöüäöü", 5), "äö…öü");
    }
}
