//! Every refusal the API can give.

use serde::{Deserialize, Serialize};

/// A refusal: what happened, in plain words, and the request it belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// What kind of refusal, for programs.
    pub code: ProblemCode,
    /// What happened and what to do, for people. Never holds a secret.
    pub message: String,
    /// AWS's request id where AWS refused, else our own.
    pub request_id: Option<String>,
}

/// Kinds of refusal. No kind without a caller who acts on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemCode {
    /// Something in the request breaks a rule. Change it.
    BadRequest,
    /// There is no session, or it has ended. Open a new sign-in link.
    NotSignedIn,
    /// The caller may not do this, says AWS or this server.
    Forbidden,
    /// It does not exist.
    NotFound,
    /// It has changed since it was read, or exists already.
    Conflict,
    /// AWS asks to wait.
    Throttled,
    /// An AWS quota is used up.
    QuotaExceeded,
    /// The request is too large.
    TooLarge,
    /// The AWS credentials are missing or have expired. Renew them, then try again.
    Credentials,
    /// AWS could not be reached, or did not answer in time.
    Unreachable,
    /// Headwater's own store cannot be used. Try again in a moment.
    Unavailable,
    /// Anything unforeseen. The log has more under the request id.
    Unexpected,
}

impl Problem {
    /// A problem without a request id.
    pub fn new(code: ProblemCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), request_id: None }
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}
