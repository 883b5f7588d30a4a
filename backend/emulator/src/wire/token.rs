//! Authorization tokens: what `GetAuthorizationToken` gives and what package managers send.
//!
//! A real token is opaque, longer than 100 characters and begins with `eyJ2ZXI` (base64url of `{"ver`). So is ours.
//! It holds for every repository of its domain, as the CodeArtifact user guide says of real ones.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aws_sigv4::sign::v4::calculate_signature;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;

use crate::{Emulator, random};

#[cfg(test)]
mod tests;

/// Why a token is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenFault {
    /// None was sent.
    #[error("no authorization token was sent")]
    Missing,
    /// Not issued by this emulator, altered, or issued for another domain.
    #[error("the authorization token is not valid for this domain")]
    Invalid,
    /// Its time is over.
    #[error("the authorization token has expired; get a new one with get-authorization-token")]
    Expired,
}

#[derive(Debug, Serialize, Deserialize)]
struct Claims {
    ver: u8,
    jti: String,
    domain: String,
    /// Whole seconds since 1970.
    exp: u64,
}

/// A new token for `domain`, and when it expires (whole seconds).
pub(crate) fn issue(emulator: &Emulator, domain: &str, duration: Duration) -> (String, SystemTime) {
    let exp = seconds(emulator.now() + duration);
    let claims = Claims { ver: 1, jti: random::uuid(), domain: domain.to_owned(), exp };
    let text = serde_json::json!(claims).to_string();
    let payload = URL_SAFE_NO_PAD.encode(text);
    let signature = sign(emulator, &payload);
    (format!("{payload}.{signature}"), UNIX_EPOCH + Duration::from_secs(exp))
}

/// Whether `token` opens `domain` now.
///
/// # Errors
/// The reason why it does not. A token of another domain is [`TokenFault::Invalid`].
pub(crate) fn check(emulator: &Emulator, domain: &str, token: &str) -> Result<(), TokenFault> {
    if token.is_empty() {
        return Err(TokenFault::Missing);
    }
    let (payload, signature) = token.split_once('.').ok_or(TokenFault::Invalid)?;
    let expected = sign(emulator, payload);
    if !bool::from(expected.as_bytes().ct_eq(signature.as_bytes())) {
        return Err(TokenFault::Invalid);
    }
    let text = URL_SAFE_NO_PAD.decode(payload).map_err(|_| TokenFault::Invalid)?;
    let claims: Claims = serde_json::from_slice(&text).map_err(|_| TokenFault::Invalid)?;
    if claims.domain != domain {
        return Err(TokenFault::Invalid);
    }
    if seconds(emulator.now()) >= claims.exp {
        return Err(TokenFault::Expired);
    }
    Ok(())
}

/// HMAC-SHA256 in lower-case hex, under the key of this process.
fn sign(emulator: &Emulator, payload: &str) -> String {
    calculate_signature(emulator.token_key(), payload.as_bytes())
}

fn seconds(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()
}
