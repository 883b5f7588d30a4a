//! The canonical request of Signature Version 4 (AWS documentation, "Create a signed AWS API request").

use http::request::Parts;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::wire::call::decode_query;

/// Everything but the unreserved characters of RFC 3986.
const VALUE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');
/// The same for a path, where slashes stay.
const PATH: &AsciiSet = &VALUE.remove(b'/');

/// The text that a signature is made over.
pub(crate) fn request(parts: &Parts, signed_headers: &[&str], payload_hash: &str) -> String {
    let headers: String = signed_headers.iter().map(|name| format!("{name}:{}\n", header(parts, name))).collect();
    format!(
        "{}\n{}\n{}\n{headers}\n{}\n{payload_hash}",
        parts.method,
        // Encoded a second time: every service but S3 wants it so.
        utf8_percent_encode(parts.uri.path(), PATH),
        query(parts.uri.query().unwrap_or_default()),
        signed_headers.join(";"),
    )
}

fn query(query: &str) -> String {
    let encode = |text: &str| utf8_percent_encode(text, VALUE).to_string();
    let mut pairs: Vec<_> = decode_query(query).iter().map(|(name, value)| (encode(name), encode(value))).collect();
    pairs.sort_unstable();
    pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
}

/// A header's value: runs of spaces become one, several values are joined by commas.
fn header(parts: &Parts, name: &str) -> String {
    let values = parts.headers.get_all(name).into_iter();
    let values = values.map(|value| String::from_utf8_lossy(value.as_bytes()));
    let values: Vec<_> = values.map(|value| value.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    match (name, values.is_empty()) {
        // HTTP/2, and requests that never were on a socket, name the host in the address only.
        ("host", true) => parts.uri.authority().map(ToString::to_string).unwrap_or_default(),
        _ => values.join(","),
    }
}
