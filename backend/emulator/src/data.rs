//! The package managers' endpoints: `/{format}/d/{domain}-{owner}/{repository}/…`, the documented path style of the data plane.
//!
//! What differs from AWS, or is a choice where its documents are silent:
//! - npm, PyPI and Cargo only; the other formats answer 501.
//! - Assets are answered straight away, not by a redirect to S3. Addresses begin with `http://` and the `Host` of the request.
//! - `npm whoami` answers `aws`; AWS does not support it.
//! - Requests have at most 256 MiB, files from a source 512 MiB. Uploads whose archive unpacks to more than 64 MiB, or that holds links or
//!   paths leading out of it, are refused with 422.
//! - A Python import takes all files of a version only up to 64 MiB together; the rest follow when they are asked for.
//! - New public versions are seen at once, not within half an hour.
//! - A package that arrives from an upstream of the domain gets publish `ALLOW` and upstream `ALLOW`.
//! - An unlisted version that is fetched through stays unlisted where it is kept.
//! - A dist-tag that leads to a version which is not listed is passed over, and the next value of the tag downstream is seen.
//! - A retained Python version takes files and yanks only from places that hold it with the same origin.
//! - The repository with the external connection remembers the dist-tags of what came through it.

mod access;
mod answer;
mod cargo;
mod negotiate;
mod npm;
mod pull;
mod pypi;
mod refusal;
mod text;

use std::collections::HashMap;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode, Uri, header};

use crate::Emulator;
use access::Place;
use refusal::Refusal;

/// A request may have this many bytes: 256 MiB. AWS takes npm publications up to 2 GB; here they are held in memory.
const MAX_REQUEST: usize = 256 * 1024 * 1024;

/// Serves the data plane.
pub(crate) fn router(emulator: Emulator) -> Router {
    Router::new()
        .route("/{format}/d/{place}/{repository}", any(serve))
        .route("/{format}/d/{place}/{repository}/", any(serve))
        .route("/{format}/d/{place}/{repository}/{*rest}", any(serve))
        .with_state(emulator)
}

/// One request whose token has been checked and whose repository exists.
struct Call {
    emulator: Emulator,
    place: Place,
    /// The path after the repository, percent-decoded.
    rest: String,
    /// `HEAD` counts as `GET` here; the router leaves the body out.
    method: Method,
    uri: Uri,
    headers: HeaderMap,
}

impl Call {
    /// The address of the repository as this client reaches it, without a slash at the end.
    fn base(&self, format: &str) -> String {
        let host = self.headers.get(header::HOST).and_then(|host| host.to_str().ok());
        let host = host.or(self.uri.authority().map(|authority| authority.as_str())).unwrap_or("localhost");
        let Place { domain, owner, repository } = &self.place;
        format!("http://{host}/{format}/d/{domain}-{owner}/{repository}")
    }
}

/// The whole body of a request.
async fn read(body: Body) -> Result<Bytes, Refusal> {
    let too_large =
        |_| Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "The request is larger than 256 MiB, or it broke off.");
    axum::body::to_bytes(body, MAX_REQUEST).await.map_err(too_large)
}

async fn serve(
    State(emulator): State<Emulator>,
    Path(path): Path<HashMap<String, String>>,
    request: Request,
) -> Response {
    let part = |key: &str| path.get(key).map(String::as_str).unwrap_or_default();
    let format = part("format");
    let render = match format {
        "npm" => Refusal::into_npm,
        "pypi" => Refusal::into_text,
        "cargo" => Refusal::into_cargo,
        "maven" | "nuget" | "generic" | "ruby" | "swift" => {
            return refusal::not_imitated(format).into_response();
        }
        _ => return Refusal::not_found(format!("There is no package format {format:?}.")).into_text(),
    };
    let (parts, body) = request.into_parts();
    let place = match access::enter(&emulator, format, part("place"), part("repository"), &parts.headers) {
        Ok(place) => place,
        Err(refusal) => return render(refusal),
    };
    let method = if parts.method == Method::HEAD { Method::GET } else { parts.method };
    let call = Call { emulator, place, rest: part("rest").to_owned(), method, uri: parts.uri, headers: parts.headers };
    let answer = match format {
        "npm" => npm::answer(call, body).await,
        "cargo" => cargo::answer(call, body).await,
        _ => pypi::answer(call, body).await,
    };
    answer.unwrap_or_else(render)
}
