//! `npm publish` and `npm deprecate`: both put a packument.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::StatusCode;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::manifest::ASSET;
use super::tags::{is_tag, with_package};
use super::{Name, stops};
use crate::archive::npm as archive;
use crate::data::refusal::Refusal;
use crate::data::{self, Call, pull};
use crate::model::Asset;
use crate::rules::content;
use crate::rules::ingest::{self, Incoming, Published};
use crate::sources::integrity;

#[derive(Deserialize)]
struct Document {
    name: String,
    #[serde(default, rename = "dist-tags")]
    dist_tags: BTreeMap<String, String>,
    #[serde(default)]
    versions: Map<String, Value>,
    #[serde(default, rename = "_attachments")]
    attachments: BTreeMap<String, Attachment>,
}

#[derive(Deserialize)]
struct Attachment {
    data: String,
    length: Option<u64>,
}

/// Publishes one version, or takes over what changed in the manifests if there is no attachment.
pub(super) async fn put(call: Call, body: Body, name: Name) -> Result<Response, Refusal> {
    let body = data::read(body).await?;
    let document: Document = serde_json::from_slice(&body)
        .map_err(|error| Refusal::bad_request(format!("The body is not what npm publish sends: {error}.")))?;
    drop(body);
    if document.name != name.full {
        return Err(Refusal::bad_request(format!("The address names {}, the body {}.", name.full, document.name)));
    }
    if document.attachments.is_empty() {
        return deprecate(&call, &name, &document.versions);
    }
    let incoming = read(&name, document)?;
    let outside = offered_outside(&call, &name, &incoming.version).await;
    let mut state = call.emulator.state();
    let gone = || Refusal::not_found(format!("The domain {} does not exist any more.", call.place.domain));
    let domain = state.domains.get_mut(&call.place.domain).ok_or_else(gone)?;
    let published = ingest::publish(domain, &call.place.repository, incoming, outside.as_deref(), call.emulator.now())?;
    let status = if published == Published::Created { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(json!({ "ok": "package published", "id": name.full, "success": true }))).into_response())
}

/// Checks everything that can be checked without looking at the repository.
fn read(name: &Name, document: Document) -> Result<Incoming, Refusal> {
    let mut versions = document.versions.into_iter();
    let (Some((version, mut manifest)), None) = (versions.next(), versions.next()) else {
        return Err(Refusal::bad_request("A publication must hold exactly one version."));
    };
    check_version(&version)?;
    // A provenance statement may come along; CodeArtifact keeps the one asset.
    let mut tarballs = document.attachments.into_iter().filter(|(file, _)| !file.ends_with(".sigstore"));
    let (Some((_, attachment)), None) = (tarballs.next(), tarballs.next()) else {
        return Err(Refusal::bad_request("A publication must hold exactly one tarball."));
    };
    let asset = decode(&attachment, manifest.get("dist"))?;
    let tarball = archive::read(&asset.bytes)?;
    if tarball.name != name.full || tarball.version != version {
        let words = format!(
            "The tarball is {}@{}, the publication says {}@{version}.",
            tarball.name, tarball.version, name.full
        );
        return Err(Refusal::bad_request(words));
    }
    let readme = tarball.readme.or_else(|| manifest.get("readme").and_then(Value::as_str).map(str::to_owned));
    if let Some(object) = manifest.as_object_mut() {
        object.insert("name".to_owned(), json!(name.full));
    }
    Ok(Incoming {
        key: name.key.clone(),
        metadata: archive::metadata(&manifest, readme),
        assets: BTreeMap::from([(ASSET.to_owned(), asset)]),
        dist_tags: document
            .dist_tags
            .into_iter()
            .filter(|(tag, to)| *to == version && is_tag(tag))
            .map(|(tag, _)| tag)
            .collect(),
        version,
    })
}

fn decode(attachment: &Attachment, dist: Option<&Value>) -> Result<Asset, Refusal> {
    let bytes =
        STANDARD.decode(&attachment.data).map_err(|_| Refusal::bad_request("The tarball is not valid base64."))?;
    if attachment.length.is_some_and(|length| length != bytes.len() as u64) {
        return Err(Refusal::bad_request(
            "The tarball does not have the length that the publication says. Publish again.",
        ));
    }
    let asset = content::asset(Bytes::from(bytes));
    integrity::check_npm(&asset.hashes, dist).map_err(|reason| {
        Refusal::bad_request(format!("The tarball is not the one the publication describes: {reason}."))
    })?;
    Ok(asset)
}

/// The npm registry takes versions in the notation of Semantic Versioning only: three numbers, then what may follow `-` or `+`.
fn check_version(version: &str) -> Result<(), Refusal> {
    let core = version.split(['-', '+']).next().unwrap_or_default();
    let numbers: Vec<&str> = core.split('.').collect();
    let numeric = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let tail = version[core.len()..].bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-+.".contains(&byte));
    if numbers.len() == 3 && numbers.iter().all(numeric) && tail && version.len() <= 255 {
        return Ok(());
    }
    Err(Refusal::bad_request(format!("{version:?} is not a semantic version such as 1.0.0 or 1.0.0-rc.1.")))
}

/// The external connection that offers this version, if one does. A source that is down hides the conflict, as with AWS.
async fn offered_outside(call: &Call, name: &Name, version: &str) -> Option<String> {
    let stops = stops(call, name);
    for connection in pull::rivals(&stops, version) {
        if let Ok(Some(document)) = call.emulator.sources().npm(connection, &name.full).await
            && document.versions.contains_key(version)
        {
            return Some(connection.to_owned());
        }
    }
    None
}

/// Takes over `deprecated` of the versions that stand in this repository. An empty message lifts it.
fn deprecate(call: &Call, name: &Name, versions: &Map<String, Value>) -> Result<Response, Refusal> {
    with_package(call, name, |package| {
        for (version, manifest) in versions {
            let Some(held) = package.versions.get_mut(version) else { continue };
            let wanted = manifest.get("deprecated").and_then(Value::as_str).filter(|words| !words.is_empty());
            let stored =
                held.content.metadata.manifest.as_ref().and_then(|own| own.get("deprecated")).and_then(Value::as_str);
            if wanted == stored {
                continue;
            }
            let mut changed = held.content.as_ref().clone();
            if let Some(own) = changed.metadata.manifest.as_mut().and_then(Value::as_object_mut) {
                match wanted {
                    Some(words) => own.insert("deprecated".to_owned(), json!(words)),
                    None => own.shift_remove("deprecated"),
                };
            }
            held.content = Arc::new(changed);
        }
        Ok(Json(json!({ "ok": "package updated", "id": name.full, "success": true })).into_response())
    })
}
