//! Authorization tokens for the package endpoints, logged nowhere. Our own are kept in memory and shown to nobody; those
//! that a person asks for are given out and kept nowhere.

use std::collections::HashMap;
use std::fmt;
use std::time::{Duration, SystemTime};

use aws_sdk_codeartifact::operation::get_authorization_token::GetAuthorizationTokenOutput;
use shared::names::DomainName;
use shared::token::{IssuedToken, TokenLife};
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

impl Tokens {
    /// Forgets them all: they belong to a caller that may be another now.
    pub(super) async fn forget(&self) {
        self.0.lock().await.clear();
    }
}

impl CodeArtifact {
    /// Asks for a new token to see whether one can be had, and tells how many characters it has. The token is dropped.
    pub async fn try_token(&self, domain: &DomainName) -> Result<usize> {
        let call = self.api.get_authorization_token().domain(domain.as_str()).duration_seconds(LIFE);
        let token = Token(call.send().await?.authorization_token.ok_or_else(incomplete)?);
        Ok(token.reveal().len())
    }

    /// A token for a domain, from memory where it is still good.
    pub(super) async fn token(&self, domain: &DomainName) -> Result<Token> {
        // Held while asking, so that many askers ask once.
        let mut tokens = self.tokens.0.lock().await;
        if let Some((token, _)) = tokens.get(domain).filter(|(_, ends)| SystemTime::now() + MARGIN < *ends) {
            return Ok(token.clone());
        }
        let (token, ends) = self.ask_for_token(domain, LIFE).await?;
        tokens.insert(domain.clone(), (token.clone(), ends));
        Ok(token)
    }

    /// A token of its own for a person who asked for it.
    pub async fn issue_token(&self, domain: &DomainName, life: TokenLife) -> Result<IssuedToken> {
        let (Token(token), ends) = self.ask_for_token(domain, i64::from(life.seconds())).await?;
        let expires = ends.duration_since(SystemTime::UNIX_EPOCH).map_or(0.0, |time| time.as_secs_f64());
        Ok(IssuedToken { token, expires })
    }

    async fn ask_for_token(&self, domain: &DomainName, seconds: i64) -> Result<(Token, SystemTime)> {
        let call = self.api.get_authorization_token().domain(domain.as_str()).duration_seconds(seconds);
        let GetAuthorizationTokenOutput { authorization_token, expiration, .. } = call.send().await?;
        let ends = expiration.and_then(|time| SystemTime::try_from(time).ok()).ok_or_else(incomplete)?;
        Ok((Token(authorization_token.ok_or_else(incomplete)?), ends))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_does_not_show_the_token() {
        assert_eq!(format!("{:?}", Token("eyJ2ZXI".into())), "Token");
    }

    #[tokio::test]
    async fn forgotten_tokens_are_gone() {
        let tokens = Tokens::default();
        let kept = (Token("eyJ2ZXI".into()), SystemTime::now());
        tokens.0.lock().await.insert("acme".parse().unwrap(), kept);
        tokens.forget().await;
        assert!(tokens.0.lock().await.is_empty());
    }
}
