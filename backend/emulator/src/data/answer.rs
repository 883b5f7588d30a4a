//! Answers with a body, and whether the client has it already.

use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use sha2::{Digest, Sha256};

/// Answers `bytes` with an entity tag; 304 without them if the client names the tag (RFC 9110, 13.1.2).
pub(super) fn tagged(request: &HeaderMap, content_type: &'static str, bytes: Bytes) -> Response {
    let digest = hex::encode(Sha256::digest(&bytes));
    with_tag(request, content_type, bytes, &digest)
}

/// As [`tagged`], for bytes whose digest is known.
pub(super) fn with_tag(request: &HeaderMap, content_type: &'static str, bytes: Bytes, digest: &str) -> Response {
    let tag = format!("\"{digest}\"");
    let named = |value: &HeaderValue| value.to_str().is_ok_and(|text| text.trim() == "*" || text.contains(&tag));
    let known = request.get_all(header::IF_NONE_MATCH).iter().any(named);
    let mut response = if known { StatusCode::NOT_MODIFIED.into_response() } else { bytes.into_response() };
    let headers = response.headers_mut();
    if !known {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    }
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    response
}
