//! The built front end, which is inside the binary: the page, its files, and nothing else.

use std::sync::LazyLock;

use axum::body::Body;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY};
use http::{HeaderMap, HeaderValue, Method, StatusCode};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use crate::error::{Error, Kind};

mod files;
mod negotiation;

pub use files::{File, find, page};
use negotiation::{Encoding, encoding, is_unchanged};

/// Rejects every script that somebody tries to make from a string; loaded by the page before anything else.
const POLICY: &str = include_str!("site/pol.js");

/// Answers everything that is not the API: a file, or the page for every address without a dot in its last part,
/// because the page itself reads those.
pub async fn serve(request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Error::new(Kind::MethodNotAllowed, "Pages are only read.").into_response();
    }
    let path = request.uri().path();
    if path == "/pol.js" {
        return policy(request.headers());
    }
    let file = find(path.trim_start_matches('/')).filter(|file| file.path != files::PAGE);
    match file {
        Some(file) => answer(file, request.headers()),
        None if is_a_place(path) => page().map_or_else(unbuilt, |page| answer(page, request.headers())),
        None => Error::not_found("There is no such file.").into_response(),
    }
}

/// Whether the page has a view for the address, as far as can be told from here.
fn is_a_place(path: &str) -> bool {
    let is_api = path == "/api" || path.starts_with("/api/");
    // Names of repositories may hold dots; so a dot means a file only at the top, where all files are.
    let is_file = path.matches('/').count() == 1 && path.contains('.');
    !is_api && !is_file
}

fn answer(file: &'static File, asked: &HeaderMap) -> Response {
    let encoding = encoding(asked.get_all(ACCEPT_ENCODING));
    let tag = format!("\"{}{}\"", file.tag, encoding.suffix());
    let mut headers = HeaderMap::new();
    headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(file.caching()));
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(file.content_type()));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(ETAG, tag);
    }
    if is_unchanged(asked.get_all(IF_NONE_MATCH), &tag) {
        headers.remove(CONTENT_TYPE);
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    let content = match encoding {
        Encoding::Brotli => file.brotli,
        Encoding::Gzip => file.gzip,
        Encoding::None => file.raw,
    };
    if let Some(name) = encoding.name() {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(name));
    }
    (headers, Body::from(content)).into_response()
}

fn policy(asked: &HeaderMap) -> Response {
    static TAG: LazyLock<String> =
        LazyLock::new(|| format!("\"{}\"", URL_SAFE_NO_PAD.encode(&Sha256::digest(POLICY)[..15])));
    let kept = [(CACHE_CONTROL, "no-cache"), (ETAG, TAG.as_str())];
    if is_unchanged(asked.get_all(IF_NONE_MATCH), &TAG) {
        return (StatusCode::NOT_MODIFIED, kept).into_response();
    }
    (kept, [(CONTENT_TYPE, "text/javascript; charset=utf-8")], POLICY).into_response()
}

fn unbuilt() -> Response {
    let text =
        "This headwater was built without its front end. Run `make build`, then start target/release/headwater.\n";
    ([(CONTENT_TYPE, "text/plain; charset=utf-8"), (CACHE_CONTROL, "no-cache")], text).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPT: File =
        File { path: "a-0123456789abcdef.js", tag: "tag", raw: b"raw content", gzip: b"gzip", brotli: b"br" };
    const PLAIN: File = File { path: "boot.js", ..SCRIPT };

    fn ask(file: &'static File, fields: &[(http::HeaderName, &str)]) -> Response {
        answer(file, &fields.iter().map(|(name, value)| (name.clone(), value.parse().unwrap())).collect())
    }

    fn header(response: &Response, name: http::HeaderName) -> Option<&str> {
        response.headers().get(name).map(|value| value.to_str().unwrap())
    }

    #[test]
    fn each_client_gets_the_copy_that_it_takes_with_a_tag_of_its_own() {
        for (accepted, encoding, tag) in
            [("br, gzip", Some("br"), "\"tag-br\""), ("gzip", Some("gzip"), "\"tag-gz\""), ("br;q=0", None, "\"tag\"")]
        {
            let response = ask(&SCRIPT, &[(ACCEPT_ENCODING, accepted)]);
            assert_eq!(header(&response, CONTENT_ENCODING), encoding, "{accepted}");
            assert_eq!(header(&response, ETAG), Some(tag), "{accepted}");
            assert_eq!(header(&response, VARY), Some("accept-encoding"));
            assert_eq!(header(&response, CONTENT_TYPE), Some("text/javascript; charset=utf-8"));
        }
    }

    #[test]
    fn what_the_client_holds_is_not_sent_again() {
        let response = ask(&PLAIN, &[(ACCEPT_ENCODING, "br"), (IF_NONE_MATCH, "\"tag-br\"")]);
        assert_eq!(response.status(), StatusCode::NOT_MODIFIED);
        let response = ask(&PLAIN, &[(ACCEPT_ENCODING, "gzip"), (IF_NONE_MATCH, "\"tag-br\"")]);
        assert_eq!(response.status(), StatusCode::OK);
    }

    #[test]
    fn only_names_with_a_hash_are_kept_for_ever() {
        assert_eq!(header(&ask(&SCRIPT, &[]), CACHE_CONTROL), Some("public, max-age=31536000, immutable"));
        assert_eq!(header(&ask(&PLAIN, &[]), CACHE_CONTROL), Some("no-cache"));
    }

    #[test]
    fn every_view_of_the_page_is_a_place_and_missing_files_are_not() {
        for place in ["/", "/c/demo/acme", "/c/demo/acme/repositories/team.dev", "/c/demo/acme/promote", "/anything"] {
            assert!(is_a_place(place), "{place}");
        }
        for other in ["/api", "/api/nothing", "/favicon.ico", "/frontend-0.js"] {
            assert!(!is_a_place(other), "{other}");
        }
    }
}
