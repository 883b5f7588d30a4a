//! `npm dist-tag`: ls, add, rm.

use axum::Json;
use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use serde_json::json;

use super::packument::Seen;
use super::{Name, View};
use crate::data::refusal::Refusal;
use crate::data::{self, Call};
use crate::model::Package;

/// All tags as clients see them.
pub(super) async fn list(call: Call, name: Name) -> Result<Response, Refusal> {
    let view = View::look(&call, &name).await;
    let found = view.stops.iter().any(|stop| stop.package.is_some()) || view.outside.iter().any(Option::is_some);
    if !found {
        return Err(view.nothing(format!("The package {} was not found.", name.full)));
    }
    Ok(Json(Seen::of(&view, &name, "").tags).into_response())
}

/// Sets a tag in this repository. The body is the version as a JSON string.
pub(super) async fn put(call: Call, body: Body, name: Name, tag: String) -> Result<Response, Refusal> {
    let body = data::read(body).await?;
    let version: String = serde_json::from_slice(&body)
        .map_err(|_| Refusal::bad_request("The body must be a version as a JSON string, such as \"1.0.0\"."))?;
    if !is_tag(&tag) {
        return Err(Refusal::bad_request(format!(
            "{tag:?} cannot be a dist-tag: it must not look like a version, and hold no spaces."
        )));
    }
    with_package(&call, &name, |package| {
        if !package.versions.contains_key(&version) {
            let words = format!(
                "Version {version} of {} is not in {}. Only versions that stand there can be tagged.",
                name.full, call.place.repository
            );
            return Err(Refusal::not_found(words));
        }
        package.dist_tags.insert(tag, version);
        Ok((StatusCode::CREATED, Json(json!({ "ok": "dist-tag added" }))).into_response())
    })
}

/// Removes a tag of this repository.
pub(super) fn delete(call: &Call, name: &Name, tag: &str) -> Result<Response, Refusal> {
    with_package(call, name, |package| match package.dist_tags.remove(tag) {
        Some(_) => Ok(Json(json!({ "ok": "dist-tag removed" })).into_response()),
        None => Err(Refusal::not_found(format!(
            "{} has no dist-tag {tag} of its own in {}.",
            name.full, call.place.repository
        ))),
    })
}

/// Works on the package as this very repository holds it.
pub(super) fn with_package<T>(
    call: &Call,
    name: &Name,
    work: impl FnOnce(&mut Package) -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    let mut state = call.emulator.state();
    let domain = state.domains.get_mut(&call.place.domain);
    let package =
        domain.and_then(|domain| domain.repositories.get_mut(&call.place.repository)?.packages.get_mut(&name.key));
    work(
        package.ok_or_else(|| {
            Refusal::not_found(format!("The package {} is not in {}.", name.full, call.place.repository))
        })?,
    )
}

/// npm refuses tags that read as a version range; a digit, or `v` and a digit, at the start is what such ranges begin with.
pub(super) fn is_tag(tag: &str) -> bool {
    let plain =
        !tag.is_empty() && tag.len() <= 255 && !tag.chars().any(|c| c.is_whitespace() || c.is_control() || c == '/');
    plain && !tag.strip_prefix('v').unwrap_or(tag).starts_with(|c: char| c.is_ascii_digit())
}
