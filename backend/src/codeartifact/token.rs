//! Authorization tokens for the package endpoints: kept in memory, shown to nobody, logged nowhere.

use std::collections::HashMap;
use std::fmt;
use std::time::{Duration, SystemTime};

use shared::names::DomainName;
use tokio::sync::Mutex;

use super::CodeArtifact;
use super::domains::incomplete;
use crate::error::Result;

/// The shortest life that CodeArtifact gives a token, in seconds (user guide, "Tokens created with GetAuthorizationToken").
const LIFE: i64 = 900;

/// A token is renewed this long before it ends.
const MARGIN: Duration = Duration::from_secs(60);

/// A token. Debug does not show it, and nothing serialises it.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    /// The token itself, for the `Authorization` header and for nothing else.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token")
    }
}

/// The tokens in use, one for each domain.
#[derive(Debug, Default)]
pub struct Tokens(Mutex<HashMap<DomainName, (Token, SystemTime)>>);

impl CodeArtifact {
    /// A token for a domain, from memory where it is still good.
    pub(super) async fn token(&self, domain: &DomainName) -> Result<Token> {
        // Held while asking, so that many askers ask once.
        let mut tokens = self.tokens.0.lock().await;
        if let Some((token, _)) = tokens.get(domain).filter(|(_, ends)| SystemTime::now() + MARGIN < *ends) {
            return Ok(token.clone());
        }
        let call = self.api.get_authorization_token().domain(domain.as_str()).duration_seconds(LIFE);
        let answer = call.send().await?;
        let ends = answer.expiration().and_then(|time| SystemTime::try_from(*time).ok()).ok_or_else(incomplete)?;
        let token = Token(answer.authorization_token.ok_or_else(incomplete)?);
        tokens.insert(domain.clone(), (token.clone(), ends));
        Ok(token)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_does_not_show_the_token() {
        assert_eq!(format!("{:?}", Token("eyJ2ZXI".into())), "Token");
    }
}
