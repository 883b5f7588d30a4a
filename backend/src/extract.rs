//! What a handler is given: the path, the query and the body of its endpoint, parsed and checked once, at the door.

use std::time::Duration;

use axum::RequestExt;
use axum::body::Body;
use axum::extract::{FromRequest, FromRequestParts, Query, RawPathParams, Request};
use http::{HeaderMap, header};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use shared::api::{Endpoint, Method};
use shared::person::Who;

use crate::error::{Error, Kind, Result};
use crate::upload::Content;

/// How long a body may take to arrive.
const BODY_DEADLINE: Duration = Duration::from_secs(10);

/// The request of one endpoint.
#[derive(Debug)]
pub struct Asked<E: Endpoint> {
    /// What the placeholders of the path hold.
    pub path: E::Path,
    /// What follows the `?`.
    pub query: E::Query,
    /// The JSON body.
    pub body: E::Body,
    /// The caller wants it read from AWS again (`cache-control: no-cache`).
    pub anew: bool,
    /// The header fields.
    pub headers: HeaderMap,
    /// Who asks.
    pub by: Who,
}

/// How many bytes the body of an endpoint may have; a request extension set by the route table.
#[derive(Debug, Clone, Copy)]
pub struct MostBytes(pub u64);

impl<E, S> FromRequest<S> for Asked<E>
where
    E: Endpoint,
    E::Path: DeserializeOwned + Send,
    E::Query: DeserializeOwned + Send,
    S: Send + Sync,
{
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self> {
        let Taken { path, query, most, headers, body, by } = take(request, state).await?;
        Ok(Self {
            path: parse(path)?,
            query: parse(query)?,
            anew: asks_anew(&headers),
            body: match E::METHOD {
                Method::Get | Method::Delete | Method::Put => parse(Vec::new())?,
                Method::Post => read_json(&headers, body, usize::try_from(most).unwrap_or(usize::MAX)).await?,
            },
            headers,
            by,
        })
    }
}

/// The request of one endpoint that takes a file, of which nothing has been read yet.
#[derive(Debug)]
pub struct Sent<E: Endpoint> {
    /// What the placeholders of the path hold.
    pub path: E::Path,
    /// What follows the `?`.
    pub query: E::Query,
    /// The file.
    pub content: Content,
    /// Who sends it.
    pub by: Who,
}

impl<E, S> FromRequest<S> for Sent<E>
where
    E: Endpoint,
    E::Path: DeserializeOwned + Send,
    E::Query: DeserializeOwned + Send,
    S: Send + Sync,
{
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self> {
        let Taken { path, query, most, headers, body, by } = take(request, state).await?;
        check_content(&headers, "application/octet-stream")?;
        let length = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok());
        let length = length.and_then(|length| length.parse::<u64>().ok());
        let length =
            length.ok_or_else(|| Error::bad_request("Say in `content-length` how many bytes the file has."))?;
        if length > most {
            return Err(Error::new(
                Kind::TooLarge,
                format!("The file has more than {most} bytes, which is the most here."),
            ));
        }
        Ok(Self { path: parse(path)?, query: parse(query)?, content: Content { body, length }, by })
    }
}

/// A request taken apart, nothing of it checked yet.
struct Taken {
    path: Vec<(String, String)>,
    query: Vec<(String, String)>,
    most: u64,
    headers: HeaderMap,
    body: Body,
    by: Who,
}

async fn take<S: Send + Sync>(mut request: Request, state: &S) -> Result<Taken> {
    let path = request.extract_parts::<RawPathParams>().await.map_err(bad_encoding)?;
    let path = path.iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
    let (mut parts, body) = request.into_parts();
    let query = Query::<Vec<(String, String)>>::from_request_parts(&mut parts, state).await.map_err(bad_encoding)?;
    let most = parts.extensions.get::<MostBytes>().map_or(0, |most| most.0);
    // Put there by the guard of sessions.
    let by = parts.extensions.remove::<Who>().unwrap_or_else(Who::nobody);
    Ok(Taken { path, query: query.0, most, headers: parts.headers, body, by })
}

fn bad_encoding(error: impl std::fmt::Display) -> Error {
    Error::bad_request(format!("The address cannot be read: {error}"))
}

fn asks_anew(headers: &HeaderMap) -> bool {
    headers
        .get_all(header::CACHE_CONTROL)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .any(|value| value.split(',').any(|word| word.trim().eq_ignore_ascii_case("no-cache")))
}

/// Pairs as a value of any type that serde can read. `()` stands for no pairs at all.
fn parse<T: DeserializeOwned>(pairs: Vec<(String, String)>) -> Result<T> {
    if pairs.is_empty()
        && let Ok(nothing) = serde_json::from_value(Value::Null)
    {
        return Ok(nothing);
    }
    let mut map = Map::new();
    for (key, value) in pairs {
        if map.contains_key(&key) {
            return Err(Error::bad_request(format!("`{key}` stands twice in the address.")));
        }
        map.insert(key, Value::String(value));
    }
    serde_json::from_value(Value::Object(map)).map_err(|error| Error::bad_request(format!("{error}.")))
}

/// Refuses a body of another type. A page of another site can send a form or plain text without asking first, but
/// neither JSON nor bytes.
fn check_content(headers: &HeaderMap, wanted: &str) -> Result<()> {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case(wanted) {
        return Err(Error::new(Kind::UnsupportedMediaType, format!("Send the body as `content-type: {wanted}`.")));
    }
    if headers.contains_key(header::CONTENT_ENCODING) {
        return Err(Error::new(Kind::UnsupportedMediaType, "Send the body without a content encoding."));
    }
    Ok(())
}

/// Reads a JSON body.
pub async fn read_json<T: DeserializeOwned>(headers: &HeaderMap, body: Body, most: usize) -> Result<T> {
    check_content(headers, "application/json")?;
    let bytes = read_bytes(body, most).await?;
    serde_json::from_slice(&bytes).map_err(|error| Error::bad_request(format!("The body cannot be read: {error}.")))
}

/// Reads a body of at most `most` bytes within the deadline.
pub async fn read_bytes(body: Body, most: usize) -> Result<bytes::Bytes> {
    match tokio::time::timeout(BODY_DEADLINE, Limited::new(body, most).collect()).await {
        Err(_) => Err(Error::new(Kind::TooSlow, "The body took longer than 10 seconds to arrive.")),
        Ok(Err(error)) if error.is::<LengthLimitError>() => {
            Err(Error::new(Kind::TooLarge, format!("The body is larger than {most} bytes. Ask for fewer at once.")))
        }
        Ok(Err(error)) => Err(Error::bad_request(format!("The body broke off: {error}."))),
        Ok(Ok(body)) => Ok(body.to_bytes()),
    }
}

#[cfg(test)]
mod tests {
    use shared::api::{DomainPath, PackagesQuery};

    use super::*;

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn nothing_is_read_from_no_pairs() {
        assert!(parse::<()>(Vec::new()).is_ok());
        assert!(parse::<()>(pairs(&[("a", "b")])).is_err());
    }

    #[test]
    fn a_query_of_options_may_be_empty() {
        assert_eq!(parse::<PackagesQuery>(Vec::new()).unwrap(), PackagesQuery::default());
    }

    #[test]
    fn a_bad_name_is_refused_with_its_rule() {
        let error = parse::<DomainPath>(pairs(&[("connection", "demo"), ("domain", "A")])).unwrap_err();
        assert!(error.message.contains("A domain name has 2 to 50"), "{}", error.message);
    }

    #[test]
    fn a_key_that_stands_twice_is_refused() {
        assert!(parse::<PackagesQuery>(pairs(&[("prefix", "a"), ("prefix", "b")])).is_err());
    }
}
