//! How an emulator is set up.

use std::fmt;
use std::time::SystemTime;

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;

use crate::clock::Clock;
use crate::random;
use crate::rates::Quotas;
use crate::seed::Story;

/// How an [`crate::Emulator`] is set up. [`Options::default`] makes a fresh secret each time.
#[derive(Clone)]
pub struct Options {
    /// Region that requests are signed for and that stands in every ARN.
    pub region: String,
    /// The one account, 12 digits.
    pub account: String,
    /// Access key id that callers sign with.
    pub access_key_id: String,
    /// Secret access key that callers sign with.
    pub secret_access_key: String,
    /// Session token that callers must send, where the credentials are temporary ones.
    pub session_token: Option<String>,
    /// When the session ends; calls after it answer `ExpiredTokenException`. `None`: it does not end.
    pub session_expires: Option<SystemTime>,
    /// What stands in the emulator from the start.
    pub story: Story,
    /// Where external connections fetch from: a name such as `public:npmjs`, and the address a client would be given.
    pub sources: Vec<(String, String)>,
    /// Which quotas hold, besides those on numbers and sizes, which always do.
    pub quotas: Quotas,
    /// What time it is.
    pub clock: Clock,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            region: "eu-west-1".to_owned(),
            account: "111122223333".to_owned(),
            access_key_id: format!("AKIA{}", random::upper(16)),
            secret_access_key: STANDARD_NO_PAD.encode(random::bytes::<30>()),
            session_token: None,
            session_expires: None,
            story: Story::Empty,
            sources: Vec::new(),
            quotas: Quotas::Unlimited,
            clock: Clock::system(),
        }
    }
}

impl fmt::Debug for Options {
    /// Everything but the secrets; the address of a source may hold a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("region", &self.region)
            .field("account", &self.account)
            .field("access_key_id", &self.access_key_id)
            .field("story", &self.story)
            .field("sources", &self.sources.iter().map(|(connection, _)| connection).collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debugging_output_holds_no_secret() {
        let options = Options {
            session_token: Some("the-session".to_owned()),
            sources: vec![("public:npmjs".to_owned(), "https://me:the-password@npm.test/".to_owned())],
            ..Options::default()
        };
        let told = format!("{options:?}");
        assert!(told.contains("public:npmjs"), "{told}");
        for secret in ["the-session", "the-password", &options.secret_access_key] {
            assert!(!told.contains(secret), "{told}");
        }
    }
}
