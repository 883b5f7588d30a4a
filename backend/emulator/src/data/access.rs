//! Who may enter: the token of a request, and the repository that its path names.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use http::{HeaderMap, header};

use super::refusal::Refusal;
use crate::Emulator;
use crate::wire::token::{self, TokenFault};

/// The repository that a path names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) domain: String,
    pub(super) owner: String,
    pub(super) repository: String,
}

/// Checks the token, then whether the repository exists: who has no token learns nothing about names.
pub(super) fn enter(
    emulator: &Emulator,
    format: &str,
    place: &str,
    repository: &str,
    headers: &HeaderMap,
) -> Result<Place, Refusal> {
    let place = parse_place(place, repository).ok_or_else(|| {
        Refusal::not_found("The address must read /FORMAT/d/DOMAIN-ACCOUNT/REPOSITORY/, with an account of 12 digits.")
    })?;
    let token = sent_token(format, headers).unwrap_or_default();
    let realm: String = format!("{}/{repository}", place.domain)
        .chars()
        .filter(|c| c.is_ascii_graphic() && !"\"\\".contains(*c))
        .collect();
    token::check(emulator, &place.domain, &token).map_err(|fault| Refusal::unauthorized(&realm, words(fault)))?;
    let state = emulator.state();
    let domain = state.domains.get(&place.domain).filter(|_| place.owner == emulator.options().account);
    let domain = domain.ok_or_else(|| {
        Refusal::not_found(format!("The domain {} of account {} does not exist.", place.domain, place.owner))
    })?;
    if !domain.repositories.contains_key(repository) {
        return Err(Refusal::not_found(format!(
            "The repository {repository} does not exist in the domain {}.",
            place.domain
        )));
    }
    Ok(place)
}

fn words(fault: TokenFault) -> &'static str {
    match fault {
        TokenFault::Missing => {
            "This repository needs an authorization token. Get one with `aws codeartifact login` or `aws codeartifact get-authorization-token`."
        }
        TokenFault::Invalid => {
            "The authorization token is not valid for this domain. Get a new one with `aws codeartifact login`."
        }
        TokenFault::Expired => "The authorization token has expired. Get a new one with `aws codeartifact login`.",
    }
}

/// `{domain}-{owner}`: a domain name may hold hyphens itself, the account is the last 12 digits.
fn parse_place(place: &str, repository: &str) -> Option<Place> {
    let (domain, owner) = place.rsplit_once('-')?;
    let fits = !domain.is_empty() && owner.len() == 12 && owner.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| Place { domain: domain.to_owned(), owner: owner.to_owned(), repository: repository.to_owned() })
}

/// The token of `Authorization`: `Bearer TOKEN`, `Basic` with the token as password, or for Cargo the token alone.
/// The user name is `aws` by convention (`token` for some clients) and is not looked at.
fn sent_token(format: &str, headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    // Cargo sends what its credential provider gives, without a scheme.
    let Some((scheme, rest)) = value.split_once(' ') else { return (format == "cargo").then(|| value.to_owned()) };
    let rest = rest.trim();
    if scheme.eq_ignore_ascii_case("bearer") {
        return Some(rest.to_owned());
    }
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let bytes = STANDARD.decode(rest).or_else(|_| STANDARD_NO_PAD.decode(rest)).ok()?;
    let (_, password) = std::str::from_utf8(&bytes).ok()?.split_once(':')?;
    Some(password.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token_of(format: &str, value: &str) -> Option<String> {
        let mut headers = HeaderMap::new();
        headers.insert(header::AUTHORIZATION, value.parse().unwrap());
        sent_token(format, &headers)
    }

    #[test]
    fn both_schemes_carry_the_token() {
        assert_eq!(token_of("npm", "Bearer abc").as_deref(), Some("abc"));
        assert_eq!(token_of("npm", "bearer abc").as_deref(), Some("abc"));
        assert_eq!(token_of("npm", &format!("Basic {}", STANDARD.encode("aws:abc"))).as_deref(), Some("abc"));
        assert_eq!(token_of("npm", &format!("Basic {}", STANDARD.encode("token:a:b"))).as_deref(), Some("a:b"));
        assert_eq!(token_of("npm", "Basic ???"), None);
        assert_eq!(token_of("npm", "Digest abc"), None);
    }

    #[test]
    fn a_token_alone_is_taken_from_cargo_only() {
        assert_eq!(token_of("cargo", "abc").as_deref(), Some("abc"));
        assert_eq!(token_of("cargo", "Bearer abc").as_deref(), Some("abc"));
        for format in ["npm", "pypi"] {
            assert_eq!(token_of(format, "abc"), None, "{format}");
        }
    }

    #[test]
    fn a_place_is_a_domain_with_hyphens_and_an_account() {
        let place = parse_place("my-big-domain-111122223333", "r").unwrap();
        assert_eq!((place.domain.as_str(), place.owner.as_str()), ("my-big-domain", "111122223333"));
        for bad in ["acme", "acme-123", "-111122223333", "acme-11112222333x", ""] {
            assert_eq!(parse_place(bad, "r"), None, "{bad}");
        }
    }
}
