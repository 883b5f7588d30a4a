//! The upload that `cargo publish` makes: a length, JSON, a length, the crate.

use axum::Json;
use axum::body::Body;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use serde_json::{Map, Value, json};

use super::{asset_name, key, stops};
use crate::data::refusal::Refusal;
use crate::data::{Call, pull, read};
use crate::model::{Dependency, Metadata};
use crate::rules::constraint::PACKAGE_WORD;
use crate::rules::content;
use crate::rules::ingest::{self, Incoming};

/// Takes an upload.
pub(super) async fn put(call: Call, body: Body) -> Result<Response, Refusal> {
    let incoming = check(read(body).await?)?;
    let stops = stops(&call, &incoming.key);
    let outside = pull::rivals(&stops, &incoming.version).find(|connection| {
        let offered = call.emulator.sources().cargo(connection, &incoming.key.name);
        offered.ok().flatten().is_some_and(|offered| offered.iter().any(|one| one.version == incoming.version))
    });
    let mut state = call.emulator.state();
    let gone = || Refusal::not_found(format!("The domain {} does not exist any more.", call.place.domain));
    let domain = state.domains.get_mut(&call.place.domain).ok_or_else(gone)?;
    ingest::publish(domain, &call.place.repository, incoming, outside, call.emulator.now())?;
    Ok(Json(json!({ "warnings": { "invalid_categories": [], "invalid_badges": [], "other": [] } })).into_response())
}

fn check(body: Bytes) -> Result<Incoming, Refusal> {
    let short = || Refusal::bad_request("The upload is not as long as it says.");
    let (about, rest) = counted(&body).ok_or_else(short)?;
    let (bytes, rest) = counted(&rest).ok_or_else(short)?;
    if !rest.is_empty() || bytes.is_empty() {
        return Err(short());
    }
    let about: Map<String, Value> = serde_json::from_slice(&about)
        .map_err(|error| Refusal::bad_request(format!("The upload's JSON cannot be read: {error}.")))?;
    let text = |name: &str| about.get(name).and_then(Value::as_str).unwrap_or_default();
    let key = key(text("name")).map_err(|_| Refusal::bad_request("The upload names no crate."))?;
    let version = text("vers").to_owned();
    if !PACKAGE_WORD.fits(&version) {
        return Err(Refusal::bad_request(format!("{version:?} cannot be a version.")));
    }
    let stated = |name: &str| about.get(name).and_then(Value::as_str).map(str::to_owned);
    let metadata = Metadata {
        summary: stated("description"),
        home_page: stated("homepage"),
        source_code_repository: stated("repository"),
        licenses: stated("license").map(|name| (Some(name), None)).into_iter().collect(),
        readme: stated("readme"),
        ..metadata(&line(&about))
    };
    let assets = [(asset_name(text("name"), &version), content::asset(bytes))].into();
    Ok(Incoming { key, version, assets, metadata, dist_tags: Vec::new() })
}

/// The bytes after a length of four bytes, least significant first, and what follows them.
fn counted(bytes: &Bytes) -> Option<(Bytes, Bytes)> {
    let length: [u8; 4] = bytes.get(..4)?.try_into().ok()?;
    let end = usize::try_from(u32::from_le_bytes(length)).ok()?.checked_add(4)?;
    (end <= bytes.len()).then(|| (bytes.slice(4..end), bytes.slice(end..)))
}

/// The line of the index, from what the upload says; without checksum.
fn line(about: &Map<String, Value>) -> Value {
    let field = |name: &str| about.get(name).cloned().unwrap_or(Value::Null);
    let dependencies: Vec<Value> =
        field("deps").as_array().map(|list| list.iter().map(dependency).collect()).unwrap_or_default();
    let features = field("features");
    // Only newer Cargos know these words; they read them in `features2`.
    let is_new = |text: &str| text.starts_with("dep:") || text.contains("?/");
    let lists = features.as_object().into_iter().flat_map(Map::values).filter_map(Value::as_array).flatten();
    let new = lists.filter_map(Value::as_str).any(is_new);
    let mut line = json!({
        "name": field("name"), "vers": field("vers"), "deps": dependencies,
        "features": if new { json!({}) } else { features.clone() },
        "links": field("links"), "rust_version": field("rust_version"),
    });
    if new {
        line["features2"] = features;
        line["v"] = json!(2);
    }
    line
}

/// A dependency as the index tells it: the name is the one used in the manifest, `package` the real one where they differ.
fn dependency(stated: &Value) -> Value {
    let renamed = stated.get("explicit_name_in_toml").and_then(Value::as_str);
    let mut told = json!({
        "name": renamed.map_or_else(|| stated["name"].clone(), |name| json!(name)),
        "req": stated["version_req"], "features": stated["features"], "optional": stated["optional"],
        "default_features": stated["default_features"], "target": stated["target"], "kind": stated["kind"],
        "registry": stated["registry"],
    });
    if renamed.is_some() {
        told["package"] = stated["name"].clone();
    }
    told
}

/// What a line of the index says of a version.
pub(super) fn metadata(line: &Value) -> Metadata {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let dependency = |told: &Value| {
        Some(Dependency {
            namespace: None,
            package: text(&told["package"]).or_else(|| text(&told["name"]))?,
            kind: text(&told["kind"]),
            requirement: text(&told["req"]).unwrap_or_default(),
        })
    };
    let dependencies = line["deps"].as_array().into_iter().flatten().filter_map(dependency).collect();
    Metadata { display_name: text(&line["name"]), dependencies, manifest: Some(line.clone()), ..Metadata::default() }
}
