//! The protocol of Cargo's registries (The Cargo Book, "Running a Registry"): a sparse index, downloads, publishing, yanking.
//!
//! What AWS does not document is a choice here: yanking works, and a yanked version stays in the index, marked.

mod index;
mod publish;

use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::{Method, StatusCode};
use serde_json::json;

use super::refusal::Refusal;
use super::{Call, answer, pull};
use crate::model::{Content, Format, Origin, PackageKey, PackageVersion, Status};
use crate::rules::content;
use crate::rules::resolve::{self, Stop, is_downloadable};
use crate::sources::{CrateFile, SourceError};

/// Answers one request.
pub(super) async fn answer(call: Call, body: Body) -> Result<Response, Refusal> {
    let rest = call.rest.clone();
    let segments: Vec<&str> = rest.split('/').collect();
    match (call.method.clone(), segments.as_slice()) {
        (Method::GET, ["config.json"]) => Ok(config(&call)),
        (Method::PUT, ["api", "v1", "crates", "new"]) => publish::put(call, body).await,
        (Method::GET, ["api", "v1", "crates", name, version, "download"]) => download(call, &key(name)?, version).await,
        (Method::DELETE, ["api", "v1", "crates", name, version, "yank"]) => yank(&call, &key(name)?, version, true),
        (Method::PUT, ["api", "v1", "crates", name, version, "unyank"]) => yank(&call, &key(name)?, version, false),
        (Method::GET, [folders @ .., name]) if is_index_path(folders, name) => index::get(call, &key(name)?).await,
        (Method::GET, _) => Err(Refusal::not_found("There is nothing here. A sparse index begins at config.json.")),
        (method, _) => Err(Refusal::new(
            StatusCode::METHOD_NOT_ALLOWED,
            format!("This Cargo address does not take {method} requests."),
        )),
    }
}

fn config(call: &Call) -> Response {
    let base = call.base("cargo");
    Json(json!({ "dl": format!("{base}/api/v1/crates"), "api": base, "auth-required": true })).into_response()
}

/// The folders that the index keeps a name in: `1`, `2`, `3/a`, `ab/cd`.
fn is_index_path(folders: &[&str], name: &str) -> bool {
    name.is_ascii()
        && match (folders, name.len()) {
            (["1"], 1) | (["2"], 2) => true,
            (["3", first], 3) => *first == &name[..1],
            ([first, second], 4..) => *first == &name[..2] && *second == &name[2..4],
            _ => false,
        }
}

/// The crate of that name. Names differ by more than case.
fn key(name: &str) -> Result<PackageKey, Refusal> {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if !(1..=64).contains(&name.len()) || !name.bytes().all(is_word) {
        return Err(Refusal::not_found(format!("{name:?} cannot be the name of a crate.")));
    }
    Ok(PackageKey { format: Format::Cargo, namespace: None, name: name.to_ascii_lowercase() })
}

fn stops(call: &Call, key: &PackageKey) -> Vec<Stop> {
    let state = call.emulator.state();
    state
        .domains
        .get(&call.place.domain)
        .map_or_else(Vec::new, |domain| resolve::stops(domain, &call.place.repository, key))
}

/// Answers the crate of the first place that has it; keeps the version where the rules say.
async fn download(call: Call, key: &PackageKey, version: &str) -> Result<Response, Refusal> {
    let stops = stops(&call, key);
    let mut failure = None;
    for (place, stop) in stops.iter().enumerate() {
        if let Some(found) = stop.package.as_ref().and_then(|package| package.versions.get(version)) {
            let Some(asset) = found.content.assets.values().next().filter(|_| is_downloadable(found.status)) else {
                let status = found.status.as_str();
                let words = format!("Version {version} of {} is {status} and cannot be downloaded.", key.name);
                return Err(Refusal::not_found(words));
            };
            pull::keep(&call, key, &stops, place, false, found);
            return Ok(answer::with_tag(
                &call.headers,
                "application/octet-stream",
                asset.bytes.clone(),
                &asset.hashes.sha256,
            ));
        }
        let Some(connection) = &stop.connection else { continue };
        match import(&call, key, version, connection).await {
            Ok(Some(kept)) => {
                pull::keep(&call, key, &stops, place, true, &kept);
                let bytes = kept.content.assets.values().next().map(|asset| asset.bytes.clone()).unwrap_or_default();
                return Ok(answer::tagged(&call.headers, "application/octet-stream", bytes));
            }
            Ok(None) => {}
            Err(error) => failure = Some(error),
        }
    }
    Err(failure.map_or_else(
        || {
            Refusal::not_found(format!(
                "{} {version} was not found in {} or its upstreams.",
                key.name, call.place.repository
            ))
        },
        Refusal::from,
    ))
}

/// The version as it is to be kept; `None` if the external connection does not offer it.
async fn import(
    call: &Call,
    key: &PackageKey,
    version: &str,
    connection: &str,
) -> Result<Option<PackageVersion>, SourceError> {
    let offered = call.emulator.sources().cargo(connection, &key.name)?.unwrap_or_default();
    let Some(CrateFile { version, line, url }) = offered.into_iter().find(|one| one.version == version) else {
        return Ok(None);
    };
    let asset = content::asset(call.emulator.sources().file(connection, &url).await?);
    let metadata = publish::metadata(&line);
    let content = Content { assets: [(asset_name(&key.name, &version), asset)].into(), metadata };
    Ok(Some(PackageVersion {
        version,
        status: Status::Published,
        published: call.emulator.now(),
        released: None,
        origin: Origin::External { connection: connection.to_owned() },
        content: Arc::new(content),
    }))
}

/// The name of a crate's one file.
fn asset_name(name: &str, version: &str) -> String {
    format!("{name}-{version}.crate")
}

/// Marks a version that stands in this very repository as yanked, or takes the mark away.
fn yank(call: &Call, key: &PackageKey, version: &str, yanked: bool) -> Result<Response, Refusal> {
    let mut state = call.emulator.state();
    let domain = state.domains.get_mut(&call.place.domain);
    let repository = domain.and_then(|domain| domain.repositories.get_mut(&call.place.repository));
    let package = repository.and_then(|repository| repository.packages.get_mut(key));
    let held = package.and_then(|package| package.versions.get_mut(version));
    let held = held.ok_or_else(|| {
        Refusal::not_found(format!("{} does not hold {} {version}.", call.place.repository, key.name))
    })?;
    for asset in Arc::make_mut(&mut held.content).assets.values_mut() {
        asset.yanked = yanked.then(String::new);
    }
    Ok(Json(json!({ "ok": true })).into_response())
}
