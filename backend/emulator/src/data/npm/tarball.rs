//! Fetching a tarball, and what that leaves behind.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::response::Response;
use bytes::Bytes;
use serde_json::Value;

use super::manifest::ASSET;
use super::{Name, stops};
use crate::archive::npm as archive;
use crate::data::refusal::Refusal;
use crate::data::{Call, answer, pull};
use crate::model::{Content, Origin, PackageVersion, Status};
use crate::rules::content;
use crate::rules::resolve::{Stop, held, is_downloadable};
use crate::sources::{NpmDocument, SourceError, integrity};

/// Answers the tarball; keeps the version where the rules say.
pub(super) async fn get(call: Call, name: Name, file: &str) -> Result<Response, Refusal> {
    let version = name
        .version_of(file)
        .ok_or_else(|| Refusal::not_found(format!("{file:?} is not a tarball of {}.", name.full)))?;
    let stops = stops(&call, &name);
    let here = held(&stops, version);
    let before = here.map_or(stops.len(), |(place, _)| place);
    let mut failure = None;
    for (place, connection) in pull::connections(&stops, before) {
        match import(&call, &name, version, &stops, place, connection).await {
            Ok(Some(bytes)) => return Ok(tarball(&call, bytes.0, &bytes.1)),
            Ok(None) => {}
            Err(error) => failure = Some(error),
        }
    }
    let Some((place, found)) = here else {
        let words =
            format!("Version {version} of {} was not found in {} or its upstreams.", name.full, call.place.repository);
        return Err(failure.map_or_else(|| Refusal::not_found(words), Refusal::from));
    };
    let asset = found.content.assets.get(ASSET).filter(|_| is_downloadable(found.status));
    let asset = asset.ok_or_else(|| {
        Refusal::not_found(format!(
            "Version {version} of {} is {} and cannot be downloaded.",
            name.full,
            found.status.as_str()
        ))
    })?;
    pull::keep(&call, &name.key, &stops, place, false, found);
    Ok(tarball(&call, asset.bytes.clone(), &asset.hashes.sha256))
}

fn tarball(call: &Call, bytes: Bytes, digest: &str) -> Response {
    answer::with_tag(&call.headers, "application/octet-stream", bytes, digest)
}

/// Fetches a version from an external connection and keeps it; its bytes and their SHA-256. `None` if it is not there.
async fn import(
    call: &Call,
    name: &Name,
    version: &str,
    stops: &[Stop],
    place: usize,
    connection: &str,
) -> Result<Option<(Bytes, String)>, SourceError> {
    let sources = call.emulator.sources();
    let Some(document) = sources.npm(connection, &name.full).await? else { return Ok(None) };
    let Some(manifest) = document.versions.get(version) else { return Ok(None) };
    let dist = manifest.get("dist");
    let Some(address) = dist.and_then(|dist| dist.get("tarball")).and_then(Value::as_str) else { return Ok(None) };
    let asset = content::asset(sources.file(connection, address).await?);
    integrity::check_npm(&asset.hashes, dist)
        .map_err(|reason| SourceError::Altered { connection: connection.to_owned(), reason })?;
    // What cannot be read is served all the same: the bytes are those the registry promised.
    let readme = archive::read(&asset.bytes).ok().and_then(|tarball| tarball.readme);
    let fetched = (asset.bytes.clone(), asset.hashes.sha256.clone());
    let kept = PackageVersion {
        version: version.to_owned(),
        status: Status::Published,
        published: call.emulator.now(),
        released: document.time.get(version).and_then(Value::as_str).map(str::to_owned),
        origin: Origin::External { connection: connection.to_owned() },
        content: Arc::new(Content {
            assets: BTreeMap::from([(ASSET.to_owned(), asset)]),
            metadata: archive::metadata(manifest, readme),
        }),
    };
    pull::keep(call, &name.key, stops, place, true, &kept);
    keep_tags(call, name, &stops[place].repository, version, &document);
    Ok(Some(fetched))
}

/// The repository with the connection remembers the tags that lead to the version, for the time when its source is down.
fn keep_tags(call: &Call, name: &Name, repository: &str, version: &str, document: &NpmDocument) {
    let mut state = call.emulator.state();
    let domain = state.domains.get_mut(&call.place.domain);
    let package = domain.and_then(|domain| domain.repositories.get_mut(repository)?.packages.get_mut(&name.key));
    let Some(package) = package else { return };
    for (tag, target) in &document.dist_tags {
        if target == version {
            package.dist_tags.insert(tag.clone(), target.clone());
        }
    }
}
