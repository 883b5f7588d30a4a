//! The package managers' own endpoints, for what CodeArtifact's API does not do. Its token goes over TLS only, or stays on
//! this machine.

use std::net::IpAddr;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::{Client, RequestBuilder, Response, Url};
use serde_json::Value;
use shared::format::PackageFormat;
use shared::names::{DomainName, RepositoryName};
use tokio::sync::OnceCell;

use super::CodeArtifact;
use super::convert::format_to_sdk;
use super::domains::incomplete;
use super::token::Token;
use crate::error::{Error, Kind, Result};

const LIMIT: Duration = Duration::from_secs(10);

/// Bytes that an archive must make on its way in a tenth of a second.
const SLOWEST: u64 = 25_000;

/// How much of a refusal is shown, in bytes.
const MOST_WORDS: usize = 4096;

/// The HTTP client for the endpoints, made when it is first needed.
#[derive(Debug, Default)]
pub struct RegistryClient(OnceCell<Client>);

impl RegistryClient {
    /// The client; for a CodeArtifact on this machine one that asks no proxy.
    pub(super) async fn get(&self, local: bool) -> Result<&Client> {
        let make = || async {
            // A redirect would carry the token to another host.
            let builder = Client::builder().redirect(reqwest::redirect::Policy::none());
            let builder = if local { builder.no_proxy() } else { builder };
            builder.connect_timeout(Duration::from_secs(3)).timeout(LIMIT).build().map_err(Error::unexpected)
        };
        self.0.get_or_try_init(make).await
    }
}

impl CodeArtifact {
    /// The address of a repository's endpoint for a format, with a slash at its end.
    pub async fn endpoint(
        &self,
        domain: &DomainName,
        repository: &RepositoryName,
        format: PackageFormat,
    ) -> Result<String> {
        let call = self.api.get_repository_endpoint().domain(domain.as_str()).repository(repository.as_str());
        let answer = call.format(format_to_sdk(format)).send().await?;
        let endpoint = answer.repository_endpoint.ok_or_else(incomplete)?;
        trusted(&endpoint)?;
        Ok(format!("{}/", endpoint.trim_end_matches('/')))
    }

    /// The HTTP client for the endpoints.
    pub(super) async fn registry(&self) -> Result<&Client> {
        self.registry.get(self.settings.loopback_endpoint().is_some()).await
    }
}

/// An address that a token may be sent to.
///
/// # Errors
/// `Faulty` where it is neither TLS nor this machine.
pub(super) fn trusted(address: &str) -> Result<Url> {
    let url = Url::parse(address).map_err(Error::unexpected)?;
    let host = url.host_str().unwrap_or_default();
    let is_local =
        host == "localhost" || host.trim_matches(['[', ']']).parse().is_ok_and(|ip: IpAddr| ip.is_loopback());
    if url.scheme() == "https" || (url.scheme() == "http" && is_local) {
        return Ok(url);
    }
    Err(Error::new(Kind::Faulty, "AWS named a package endpoint without TLS. No token is sent there."))
}

/// Sends an archive of so many bytes, once, and reads what the endpoint says about it.
///
/// # Errors
/// The refusal in the endpoint's own words.
pub(super) async fn publish(request: RequestBuilder, size: u64, token: &Token) -> Result<()> {
    let limit = Duration::from_secs(60) + Duration::from_millis(100 * (size / SLOWEST));
    let response = request.timeout(limit).send().await.map_err(unreachable)?;
    let status = response.status();
    if status.is_success() {
        return Ok(());
    }
    let request_id = response.headers().get("x-amzn-requestid").and_then(|id| id.to_str().ok()).map(str::to_owned);
    // An endpoint that repeats what it was sent must not make us show it.
    let words = words(response, &secrets(token.reveal())).await;
    let kind = match status.as_u16() {
        401 | 403 => Kind::Forbidden,
        404 => Kind::NotFound,
        409 => Kind::Conflict,
        413 => Kind::TooLarge,
        429 => Kind::Throttled(None),
        500.. => Kind::Faulty,
        _ => Kind::BadRequest,
    };
    let message = match words.as_str() {
        "" => format!("The package endpoint answered {status} and gave no reason."),
        words => format!("The package endpoint says: {words}"),
    };
    Err(Error { request_id, ..Error::new(kind, message) })
}

/// The token in the forms in which it is sent: as it is, and in basic authentication.
fn secrets(token: &str) -> [String; 2] {
    let basic = STANDARD.encode(format!("aws:{token}"));
    // Without padding, so that it is found where that is left out.
    [token.to_owned(), basic.trim_end_matches('=').to_owned()]
}

/// npm's refusals are JSON with `error` or `message`; PyPI's are text. Secrets are hidden.
async fn words(mut response: Response, secrets: &[String]) -> String {
    // So much that a secret across the limit is read as a whole.
    let most = MOST_WORDS + secrets.iter().map(String::len).max().unwrap_or_default();
    let mut bytes = Vec::new();
    while let Ok(Some(chunk)) = response.chunk().await {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > most {
            bytes.truncate(most);
            break;
        }
    }
    let said = |json: &Value| {
        let member = |name: &str| json.get(name).and_then(Value::as_str).map(str::to_owned);
        member("error").or_else(|| member("message"))
    };
    let told = serde_json::from_slice(&bytes).ok().as_ref().and_then(said);
    let told = told.unwrap_or_else(|| String::from_utf8_lossy(&bytes).into_owned());
    hide(told, secrets).trim().to_owned()
}

/// As many words as are shown, with the secrets replaced. A secret across the limit is left out as a whole.
fn hide(mut words: String, secrets: &[String]) -> String {
    let limit = words.floor_char_boundary(MOST_WORDS);
    let across = |secret: &String| {
        let mut starts = words.match_indices(secret.as_str()).map(|(start, _)| start);
        starts.find(|start| *start < limit && limit < *start + secret.len())
    };
    let end = secrets.iter().filter_map(across).min().unwrap_or(limit);
    // Cut where the original is cut: replacing first would move what was read only in part before the limit.
    words.truncate(end);
    secrets.iter().fold(words, |words, secret| words.replace(secret.as_str(), "…"))
}

/// The endpoint could not be reached.
pub(super) fn unreachable(error: reqwest::Error) -> Error {
    let (kind, message) = match error.is_connect() {
        true => (Kind::NotSent, "The package endpoint could not be reached."),
        false => (Kind::Unreachable, "The package endpoint did not answer in time, or the connection broke."),
    };
    // An address is no secret, but has no business in the log either.
    Error { kind, message: message.to_owned(), ..Error::unexpected(error.without_url()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "eyJ2ZXIiOjEsImlzdSI6MTU2.secret";

    async fn words_of(body: String) -> String {
        words(Response::from(http::Response::new(body)), &secrets(TOKEN)).await
    }

    #[tokio::test]
    async fn the_token_is_hidden_in_both_forms() {
        let basic = STANDARD.encode(format!("aws:{TOKEN}"));
        let basic = basic.trim_end_matches('=');
        assert_eq!(words_of(format!(" Bearer {TOKEN} or Basic {basic}. ")).await, "Bearer … or Basic ….");
        assert_eq!(words_of(format!(r#"{{"error":"No {basic}, no {TOKEN}"}}"#)).await, "No …, no …");
    }

    #[tokio::test]
    async fn a_token_across_the_limit_leaves_nothing_of_itself() {
        for secret in secrets(TOKEN) {
            for before in [1, secret.len() / 2, secret.len() - 1] {
                let filler = "-".repeat(MOST_WORDS - before);
                assert_eq!(words_of(format!("{filler}{secret} and more")).await, filler);
            }
        }
    }

    #[tokio::test]
    async fn many_tokens_leave_nothing_of_the_last() {
        let shown = words_of(format!("{TOKEN} ").repeat(MOST_WORDS)).await;
        assert!(!shown.contains("eyJ"), "{shown}");
    }

    #[tokio::test]
    async fn a_long_refusal_ends_with_a_whole_character() {
        let shown = words_of(format!("-{}", "ü".repeat(MOST_WORDS))).await;
        assert!(shown.len() == MOST_WORDS - 1 && shown.ends_with('ü'), "{}", shown.len());
    }
}
