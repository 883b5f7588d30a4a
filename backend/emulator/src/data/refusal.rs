//! What the package managers are told when something is not done.

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use serde_json::json;

use crate::archive::ArchiveError;
use crate::rules::ingest::PublishRefusal;
use crate::sources::SourceError;

/// A status and the words for the person behind the package manager.
#[derive(Debug)]
pub(super) struct Refusal {
    status: StatusCode,
    words: String,
    /// For 401: how to authenticate.
    challenge: Option<String>,
}

impl Refusal {
    pub(super) fn new(status: StatusCode, words: impl Into<String>) -> Self {
        Self { status, words: words.into(), challenge: None }
    }

    pub(super) fn bad_request(words: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, words)
    }

    pub(super) fn not_found(words: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, words)
    }

    /// 401 with both schemes, Basic first: clients that speak Basic only stumble over a challenge that names Bearer alone.
    pub(super) fn unauthorized(realm: &str, words: impl Into<String>) -> Self {
        let challenge = format!("Basic realm=\"{realm}\", Bearer realm=\"{realm}\"");
        Self { challenge: Some(challenge), ..Self::new(StatusCode::UNAUTHORIZED, words) }
    }

    /// For npm, which shows the member `error` and nothing else.
    pub(super) fn into_npm(self) -> Response {
        let body = Json(json!({ "error": self.words, "message": self.words }));
        challenged(self.challenge, (self.status, body).into_response())
    }

    /// For Cargo, which shows the details of `errors`.
    pub(super) fn into_cargo(self) -> Response {
        let body = Json(json!({ "errors": [{ "detail": self.words }] }));
        challenged(self.challenge, (self.status, body).into_response())
    }

    /// For pip and twine, which show the text or the status alone.
    pub(super) fn into_text(self) -> Response {
        let content_type = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
        challenged(self.challenge, (self.status, content_type, self.words).into_response())
    }
}

fn challenged(challenge: Option<String>, mut response: Response) -> Response {
    if let Some(value) = challenge.and_then(|text| HeaderValue::from_str(&text).ok()) {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, value);
    }
    response
}

/// The answer for formats whose package managers are not served.
pub(super) fn not_imitated(format: &str) -> impl IntoResponse + use<> {
    let words = format!(
        "This CodeArtifact emulator does not serve the {format} package manager. It serves npm, pypi and cargo; the API knows all formats."
    );
    (StatusCode::NOT_IMPLEMENTED, Json(json!({ "error": words, "message": words })))
}

impl From<ArchiveError> for Refusal {
    fn from(error: ArchiveError) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, error.to_string())
    }
}

impl From<SourceError> for Refusal {
    fn from(error: SourceError) -> Self {
        Self::new(StatusCode::BAD_GATEWAY, error.to_string())
    }
}

impl From<PublishRefusal> for Refusal {
    fn from(refusal: PublishRefusal) -> Self {
        let status = match refusal {
            PublishRefusal::NoRepository(_) => StatusCode::NOT_FOUND,
            PublishRefusal::Blocked { .. } | PublishRefusal::BlockedByGroup { .. } => StatusCode::FORBIDDEN,
            PublishRefusal::Exists { .. } | PublishRefusal::Reachable { .. } => StatusCode::CONFLICT,
        };
        Self::new(status, refusal.to_string())
    }
}
