//! Authorization tokens for package managers, given out on request.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How long a token is to live.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct TokenLife(u32);

/// A number of seconds that no token can live.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("A token lives 900 to 43200 seconds, or 0 for as long as a temporary identity, not {0} seconds")]
pub struct BadLife(u32);

impl TokenLife {
    /// As long as the temporary identity that asks for it.
    pub const SESSION: Self = Self(0);

    /// What is offered to choose from, shortest first.
    pub const CHOICES: [(Self, &str); 5] = [
        (Self(900), "15 minutes"),
        (Self(3600), "1 hour"),
        (Self(14_400), "4 hours"),
        (Self(28_800), "8 hours"),
        (Self(43_200), "12 hours"),
    ];

    /// Seconds; 0 for as long as the temporary identity.
    pub fn seconds(self) -> u32 {
        self.0
    }
}

impl TryFrom<u32> for TokenLife {
    type Error = BadLife;

    /// The limits are CodeArtifact's (user guide, "Tokens created with the GetAuthorizationToken API").
    fn try_from(seconds: u32) -> Result<Self, BadLife> {
        if seconds == 0 || (900..=43_200).contains(&seconds) { Ok(Self(seconds)) } else { Err(BadLife(seconds)) }
    }
}

impl From<TokenLife> for u32 {
    fn from(life: TokenLife) -> u32 {
        life.0
    }
}

/// Asks for a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewToken {
    /// How long it is to live.
    pub life: TokenLife,
}

/// A token for every repository of a domain. It has the rights of whoever asked for it.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct IssuedToken {
    /// The token itself. Kept nowhere, logged nowhere.
    pub token: String,
    /// When it ends, epoch seconds.
    pub expires: f64,
}

impl fmt::Debug for IssuedToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IssuedToken").field("expires", &self.expires).finish_non_exhaustive()
    }
}

/// Whether an identity is temporary, such as an assumed role: then a token may end with it.
pub fn is_temporary(caller: &str) -> bool {
    let resource = caller.splitn(6, ':').nth(5).unwrap_or_default();
    resource.starts_with("assumed-role/") || resource.starts_with("federated-user/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_life_is_within_the_limits_of_codeartifact() {
        for good in [0, 900, 43_200] {
            assert_eq!(TokenLife::try_from(good).unwrap().seconds(), good);
        }
        for bad in [1, 899, 43_201, u32::MAX] {
            assert!(TokenLife::try_from(bad).is_err());
            assert!(serde_json::from_str::<NewToken>(&format!("{{\"life\":{bad}}}")).is_err());
        }
        assert!(TokenLife::CHOICES.iter().all(|(life, _)| TokenLife::try_from(life.seconds()).is_ok()));
    }

    #[test]
    fn debug_does_not_show_the_token() {
        let issued = IssuedToken { token: "canary".to_owned(), expires: 1.0 };
        assert!(!format!("{issued:?}").contains("canary"));
    }

    #[test]
    fn an_assumed_role_is_temporary_and_a_user_is_not() {
        assert!(is_temporary("arn:aws:sts::111122223333:assumed-role/deploy/session"));
        assert!(is_temporary("arn:aws-cn:sts::111122223333:federated-user/someone"));
        assert!(!is_temporary("arn:aws:iam::111122223333:user/assumed-role/x"));
        assert!(!is_temporary(""));
    }
}
