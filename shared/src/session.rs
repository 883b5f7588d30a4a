//! Signing in: a one-time secret from the sign-in link, or a person's token, is exchanged for a bearer.

use serde::{Deserialize, Serialize};

use crate::person::Who;

/// How people come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SignInWay {
    /// By the one-time link that the program prints.
    Link,
    /// By the token of a person.
    Token,
}

/// Asks for a session. The secret stands in the fragment of the sign-in link, `#k=…`, and works once; or it is the
/// token of a person.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// The secret.
    pub secret: String,
}

/// A session. The token goes into the `Authorization: Bearer` header of every request.
#[derive(Clone, Serialize, Deserialize)]
pub struct Session {
    /// Opaque. Kept in the tab's session storage only.
    pub token: String,
    /// Seconds until it ends.
    pub expires_in: u64,
}

/// Who is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionInfo {
    /// The person and their roles.
    #[serde(flatten)]
    pub who: Who,
    /// Nobody else can sign in: whoever runs the program is alone, so there is nobody to approve anything.
    pub alone: bool,
}
