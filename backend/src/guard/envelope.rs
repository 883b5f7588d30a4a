//! The outermost layer: gives each request an id, turns refusals into a `Problem`, writes the log line,
//! and puts the security headers on every answer.

use std::sync::Arc;
use std::time::Instant;

use axum::body::Body;
use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderName, HeaderValue};

use super::headers;
use crate::error::Error;
use crate::random;

/// The header that names the request.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The path that a route was registered with, left by [`matched`] for the log.
#[derive(Debug, Clone)]
struct Matched(String);

/// Wraps everything.
pub async fn wrap(request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = random::hex::<12>();
    let method = request.method().clone();
    let is_api = request.uri().path().starts_with("/api");
    let mut response = next.run(request).await;
    let error = response.extensions_mut().remove::<Arc<Error>>();
    if let Some(error) = &error {
        write_problem(&mut response, error, &id);
    }
    headers::put(response.headers_mut(), is_api);
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    let line = Line { method: method.as_str(), id: &id, milliseconds: started.elapsed().as_millis() };
    line.write(&response, error.as_deref());
    response
}

/// Only turns refusals into a `Problem`: for the embedded CodeArtifact, whose answers are Amazon's otherwise.
pub async fn problems(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if let Some(error) = response.extensions_mut().remove::<Arc<Error>>() {
        write_problem(&mut response, &error, &random::hex::<12>());
    }
    response
}

/// Leaves the matched path for the log. Runs inside the router, where it is known.
pub async fn matched(path: MatchedPath, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.extensions_mut().insert(Matched(path.as_str().to_owned()));
    response
}

fn write_problem(response: &mut Response, error: &Error, id: &str) {
    let mut problem = error.problem();
    problem.request_id.get_or_insert_with(|| id.to_owned());
    // Two enums and strings: this cannot fail; and an empty object is still an answer.
    let body = serde_json::to_vec(&problem).unwrap_or_else(|_| b"{}".to_vec());
    response.headers_mut().remove(CONTENT_LENGTH);
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    if let Some(seconds) = error.kind.retry_after() {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    *response.body_mut() = Body::from(body);
}

/// One line of the log. Holds no query, no header and no body: what people type and what they are trusted with.
struct Line<'a> {
    method: &'a str,
    id: &'a str,
    milliseconds: u128,
}

impl Line<'_> {
    fn write(&self, response: &Response, error: Option<&Error>) {
        let path = response.extensions().get::<Matched>().map_or("-", |matched| matched.0.as_str());
        let status = response.status().as_u16();
        let Self { method, id, milliseconds } = self;
        match error {
            Some(error) if response.status().is_server_error() => {
                tracing::error!(%method, path, status, milliseconds, request_id = %id, error = ?error.chain(), "request");
            }
            Some(error) => {
                tracing::info!(%method, path, status, milliseconds, request_id = %id, error = ?error.chain(), "request");
            }
            None => tracing::debug!(%method, path, status, milliseconds, request_id = %id, "request"),
        }
    }
}
