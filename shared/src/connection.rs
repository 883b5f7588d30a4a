//! Connections: an account and region that the back end may speak to.

use serde::{Deserialize, Serialize};

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
    /// The caller's account, as STS tells it; absent while it cannot be read (then `problem` says why).
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
