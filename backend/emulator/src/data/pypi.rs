//! The Python index protocol: project pages (PEP 503, PEP 691), files, and the upload that twine makes.

mod download;
mod form;
mod listing;
mod page;
mod upload;

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, Method, StatusCode, header};

use super::Call;
use super::refusal::Refusal;
use super::text::path_segment;
use crate::archive::file_name::normalise;
use crate::model::{Format, PackageKey};
use crate::rules::constraint::PACKAGE_WORD;
use crate::rules::resolve::{self, Stop};

/// Answers one request.
pub(super) async fn answer(call: Call, body: Body) -> Result<Response, Refusal> {
    let rest = call.rest.clone();
    let segments: Vec<&str> = rest.split('/').collect();
    match (call.method.clone(), segments.as_slice()) {
        (Method::POST, [""]) => upload::post(call, body).await,
        (Method::GET, ["simple"] | ["simple", ""]) => {
            Err(Refusal::not_found("CodeArtifact has no list of all Python packages. Ask for one: simple/NAME/."))
        }
        // The links of the page are relative to an address with a slash at its end.
        (Method::GET, ["simple", name]) => Ok(moved(name)),
        (Method::GET, ["simple", name, ""]) => page::get(call, &key(name)?).await,
        (Method::GET, ["simple", name, version, file]) => download::get(call, &key(name)?, version, file).await,
        (Method::GET, _) => Err(Refusal::not_found("There is nothing here. A Python index begins at simple/NAME/.")),
        (method, _) => Err(Refusal::new(
            StatusCode::METHOD_NOT_ALLOWED,
            format!("This PyPI address does not take {method} requests."),
        )),
    }
}

/// The package of that name in any spelling.
fn key(name: &str) -> Result<PackageKey, Refusal> {
    let name = normalise(name);
    let fits = PACKAGE_WORD.fits(&name) && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if !fits {
        return Err(Refusal::not_found(format!("{name:?} cannot be the name of a Python package.")));
    }
    Ok(PackageKey { format: Format::Pypi, namespace: None, name })
}

fn moved(name: &str) -> Response {
    let mut response = StatusCode::MOVED_PERMANENTLY.into_response();
    if let Ok(target) = HeaderValue::from_str(&format!("{}/", path_segment(name))) {
        response.headers_mut().insert(header::LOCATION, target);
    }
    response
}

/// The repositories that a request for `key` searches.
fn stops(call: &Call, key: &PackageKey) -> Vec<Stop> {
    let state = call.emulator.state();
    let domain = state.domains.get(&call.place.domain);
    domain.map(|domain| resolve::stops(domain, &call.place.repository, key)).unwrap_or_default()
}
