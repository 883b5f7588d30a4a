//! The npm registry protocol (<https://github.com/npm/registry/blob/main/docs/REGISTRY-API.md>, and what npm 11 sends).

mod manifest;
mod packument;
mod publish;
mod route;
mod tags;
mod tarball;

use axum::Json;
use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::{Method, StatusCode};
use serde_json::json;

use super::Call;
use super::refusal::Refusal;
use crate::archive::npm::split_name;
use crate::model::{Format, PackageKey};
use crate::rules::constraint::PACKAGE_WORD;
use crate::rules::resolve::{self, Stop};
use crate::sources::{NpmDocument, SourceError};
use route::Route;

/// The name of an npm package, as it is written and as CodeArtifact keys it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    full: String,
    key: PackageKey,
}

impl Name {
    fn new(full: &str) -> Self {
        let (namespace, name) = split_name(full);
        Self { full: full.to_owned(), key: PackageKey { format: Format::Npm, namespace, name } }
    }

    /// Whether the API can name the package: what it cannot name, nobody could list, promote or delete.
    fn is_addressable(&self) -> bool {
        let PackageKey { namespace, name, .. } = &self.key;
        PACKAGE_WORD.fits(name) && namespace.as_ref().is_none_or(|namespace| PACKAGE_WORD.fits(namespace))
    }

    /// `{name}-{version}.tgz`, where a scope plays no part.
    fn tarball(&self, version: &str) -> String {
        format!("{}-{version}.tgz", self.key.name)
    }

    /// The version that a tarball name tells.
    fn version_of<'a>(&self, tarball: &'a str) -> Option<&'a str> {
        tarball
            .strip_prefix(&self.key.name)?
            .strip_prefix('-')?
            .strip_suffix(".tgz")
            .filter(|version| !version.is_empty())
    }
}

/// Answers one request.
pub(super) async fn answer(call: Call, body: Body) -> Result<Response, Refusal> {
    let route = route::parse(&call.rest)?;
    let method = call.method.clone();
    if let Some(name) = route.name().filter(|name| !name.is_addressable()) {
        let status = if method == Method::PUT { StatusCode::BAD_REQUEST } else { StatusCode::NOT_FOUND };
        return Err(Refusal::new(status, format!("{:?} cannot be the name of an npm package.", name.full)));
    }
    match (method, route) {
        (Method::GET, Route::Ping) => Ok(Json(json!({})).into_response()),
        // CodeArtifact itself does not know whoami; the user name is the one its Basic authentication uses.
        (Method::GET, Route::WhoAmI) => Ok(Json(json!({ "username": "aws" })).into_response()),
        (_, Route::Unsupported(what)) => Err(Refusal::not_found(format!("CodeArtifact does not support {what}."))),
        (Method::GET, Route::Package(name)) => packument::get(call, name).await,
        (Method::PUT, Route::Package(name)) => publish::put(call, body, name).await,
        (Method::GET, Route::Tarball { name, file }) => tarball::get(call, name, &file).await,
        (Method::GET, Route::Tags(name)) => tags::list(call, name).await,
        (Method::PUT | Method::POST, Route::Tag { name, tag }) => tags::put(call, body, name, tag).await,
        (Method::DELETE, Route::Tag { name, tag }) => tags::delete(&call, &name, &tag),
        (method, _) => Err(Refusal::new(
            StatusCode::METHOD_NOT_ALLOWED,
            format!("This npm address does not take {method} requests."),
        )),
    }
}

/// What a request for a package sees: the repositories in search order, and what the external connection of each says.
struct View {
    stops: Vec<Stop>,
    /// Beside `stops`: the packument of the stop's external connection.
    outside: Vec<Option<NpmDocument>>,
    /// A source that did not answer.
    failure: Option<SourceError>,
}

impl View {
    /// Looks at the repositories, then asks the external connections. The lock is not held while they are asked.
    async fn look(call: &Call, name: &Name) -> Self {
        let stops = stops(call, name);
        let mut outside = Vec::with_capacity(stops.len());
        let mut failure = None;
        for stop in &stops {
            let document = match &stop.connection {
                Some(connection) => call.emulator.sources().npm(connection, &name.full).await,
                None => Ok(None),
            };
            outside.push(document.unwrap_or_else(|error| {
                failure = Some(error);
                None
            }));
        }
        Self { stops, outside, failure }
    }

    /// What to say when nothing was found: that a source is down, or that the package is unknown.
    fn nothing(self, words: String) -> Refusal {
        self.failure.map_or_else(|| Refusal::not_found(words), Refusal::from)
    }
}

/// The repositories that a request for `name` searches.
fn stops(call: &Call, name: &Name) -> Vec<Stop> {
    let state = call.emulator.state();
    let domain = state.domains.get(&call.place.domain);
    domain.map(|domain| resolve::stops(domain, &call.place.repository, &name.key)).unwrap_or_default()
}
