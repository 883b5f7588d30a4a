//! The check that a request comes from our own page and not from another site in the same browser.
//!
//! Browsers state it in `Sec-Fetch-Site` and `Origin` (Fetch standard; the scheme is the one of Go's
//! `http.CrossOriginProtection`). `same-site` is not good enough: every server on this machine is the same site.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderMap, Method, header};

use crate::error::{Error, Kind, Result};

/// Where browsers send reports about the page's security policy.
pub const REPORTS: &str = "/api/csp";

/// Refuses requests that another site made, or that are no plain requests of a page.
pub async fn guard(request: Request, next: Next) -> Result<Response> {
    check(request.method(), request.uri().path(), request.headers())?;
    Ok(next.run(request).await)
}

fn check(method: &Method, path: &str, headers: &HeaderMap) -> Result<()> {
    if headers.contains_key(header::UPGRADE) {
        return Err(Error::bad_request("This server changes to no other protocol. There is no WebSocket here."));
    }
    let is_api = path.starts_with("/api/") || path == "/api";
    if is_api && !is_one_of(headers, "sec-fetch-dest", if path == REPORTS { &["report"] } else { &["empty"] }) {
        return Err(foreign("The API answers the page's own program only, not scripts, images or frames."));
    }
    if matches!(*method, Method::GET | Method::HEAD) {
        return Ok(());
    }
    if !is_one_of(headers, "sec-fetch-site", &["same-origin", "none"]) {
        return Err(foreign("Another site made this request."));
    }
    // A report carries `Origin: null`, because the page sends no referrer; `Sec-Fetch-Site` has vouched for it.
    if path == REPORTS || origin_is_ours(headers) {
        return Ok(());
    }
    Err(foreign("The request's Origin is not this server."))
}

/// Whether the header is absent (no browser, or an old one) or holds one of these words.
fn is_one_of(headers: &HeaderMap, name: &str, words: &[&str]) -> bool {
    headers.get_all(name).iter().all(|value| words.iter().any(|word| word.as_bytes() == value.as_bytes()))
}

/// Whether `Origin` is absent or this very server. `Host` has been checked before.
fn origin_is_ours(headers: &HeaderMap) -> bool {
    let host = headers.get(header::HOST).map(|host| host.as_bytes()).unwrap_or_default();
    headers
        .get_all(header::ORIGIN)
        .iter()
        .all(|origin| origin.as_bytes().strip_prefix(b"http://").is_some_and(|authority| authority == host))
}

fn foreign(message: &str) -> Error {
    Error::new(Kind::Forbidden, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(method: Method, path: &str, fields: &[(&'static str, &'static str)]) -> Option<Kind> {
        let mut headers = HeaderMap::new();
        headers.append(header::HOST, http::HeaderValue::from_static("127.0.0.1:4000"));
        for (name, value) in fields {
            headers.append(*name, http::HeaderValue::from_static(value));
        }
        check(&method, path, &headers).err().map(|error| error.kind)
    }

    #[test]
    fn our_own_page_and_plain_clients_are_let_in() {
        let own = [("sec-fetch-site", "same-origin"), ("sec-fetch-dest", "empty"), ("origin", "http://127.0.0.1:4000")];
        assert_eq!(ask(Method::POST, "/api/session", &own), None);
        assert_eq!(ask(Method::POST, "/api/session", &[]), None);
        assert_eq!(ask(Method::GET, "/", &[("sec-fetch-site", "cross-site"), ("sec-fetch-dest", "document")]), None);
        assert_eq!(ask(Method::POST, REPORTS, &[("sec-fetch-dest", "report"), ("origin", "null")]), None);
    }

    #[test]
    fn other_sites_are_refused() {
        for fields in [
            [("sec-fetch-site", "cross-site")],
            [("sec-fetch-site", "same-site")],
            [("origin", "http://localhost:3000")],
            [("origin", "https://127.0.0.1:4000")],
            [("origin", "http://127.0.0.1:4000.evil.example")],
            [("origin", "null")],
        ] {
            assert_eq!(ask(Method::POST, "/api/session", &fields), Some(Kind::Forbidden), "{fields:?}");
            assert_eq!(ask(Method::DELETE, "/anything", &fields), Some(Kind::Forbidden), "{fields:?}");
        }
    }

    #[test]
    fn the_api_is_no_script_image_or_frame() {
        for dest in ["script", "image", "iframe", "document", "style", "object"] {
            assert_eq!(
                ask(Method::GET, "/api/connections", &[("sec-fetch-dest", dest)]),
                Some(Kind::Forbidden),
                "{dest}"
            );
        }
    }

    #[test]
    fn an_upgrade_is_refused() {
        assert_eq!(ask(Method::GET, "/", &[("upgrade", "websocket")]), Some(Kind::BadRequest));
    }
}
