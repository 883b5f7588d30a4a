//! Fetching a file, and what that leaves behind.

use std::sync::Arc;

use axum::response::Response;

use super::listing::with_versions;
use super::stops;
use crate::archive::{CoreMetadata, file_name, sdist, wheel};
use crate::data::refusal::Refusal;
use crate::data::{Call, answer, pull};
use crate::model::{Asset, Content, Origin, PackageKey, PackageVersion, Status};
use crate::rules::content;
use crate::rules::resolve::{held, is_downloadable};
use crate::sources::{PypiFile, SourceError};

/// CodeArtifact imports all files of a version with the first. Here the other files come along as long as they are together
/// no larger than this (64 MiB); the rest follow when somebody asks for them.
const MOST_ALONG: usize = 64 * 1024 * 1024;

/// Answers the file; keeps the version where the rules say.
pub(super) async fn get(call: Call, key: &PackageKey, version: &str, file: &str) -> Result<Response, Refusal> {
    let stops = stops(&call, key);
    let here = held(&stops, version);
    if let Some((_, found)) = here
        && !is_downloadable(found.status)
    {
        return Err(Refusal::not_found(format!(
            "Version {version} of {} is {} and cannot be downloaded.",
            key.name,
            found.status.as_str()
        )));
    }
    // A version from a public source may have grown there since it was kept; so may one that stands behind a nearer source.
    let has_file = |found: &PackageVersion| found.content.assets.contains_key(file);
    let before = match here {
        Some((place, found)) if has_file(found) || !matches!(found.origin, Origin::External { .. }) => place,
        _ => stops.len(),
    };
    let mut failure = None;
    for (place, connection) in pull::connections(&stops, before) {
        match import(&call, key, version, file, connection).await {
            Ok(Some((kept, asset))) => {
                pull::keep(&call, key, &stops, place, true, &kept);
                return Ok(answer(&call, &asset));
            }
            Ok(None) => {}
            Err(error) => failure = Some(error),
        }
    }
    if let Some((place, found)) = here
        && let Some(asset) = found.content.assets.get(file)
    {
        pull::keep(&call, key, &stops, place, false, found);
        return Ok(answer(&call, asset));
    }
    let words =
        format!("{file} of {} {version} was not found in {} or its upstreams.", key.name, call.place.repository);
    Err(failure.map_or_else(|| Refusal::not_found(words), Refusal::from))
}

fn answer(call: &Call, asset: &Asset) -> Response {
    answer::with_tag(&call.headers, "application/octet-stream", asset.bytes.clone(), &asset.hashes.sha256)
}

/// Fetches `file` and the other files of its version; the version as it is to be kept, and the file. `None` if it is not there.
async fn import(
    call: &Call,
    key: &PackageKey,
    version: &str,
    file: &str,
    connection: &str,
) -> Result<Option<(PackageVersion, Asset)>, SourceError> {
    let Some(offered) = call.emulator.sources().pypi(connection, &key.name).await? else { return Ok(None) };
    let of_version: Vec<PypiFile> =
        with_versions(key, offered).filter(|(of, _)| of == version).map(|(_, file)| file).collect();
    let Some(wanted) = of_version.iter().find(|offered| offered.name == file) else { return Ok(None) };
    let asset = fetch(call, connection, wanted).await?;
    let mut content = Content::default();
    content.assets.insert(file.to_owned(), asset.clone());
    let mut along = 0;
    for other in of_version.iter().filter(|other| other.name != file) {
        if along >= MOST_ALONG {
            break;
        }
        // One that cannot be had now can still be had later.
        if let Ok(asset) = fetch(call, connection, other).await {
            along += asset.bytes.len();
            content.assets.insert(other.name.clone(), asset);
        }
    }
    if let Some(read) = metadata(key, &content) {
        content.metadata = read.metadata;
    }
    let kept = PackageVersion {
        version: version.to_owned(),
        status: Status::Published,
        published: call.emulator.now(),
        origin: Origin::External { connection: connection.to_owned() },
        content: Arc::new(content),
    };
    Ok(Some((kept, asset)))
}

async fn fetch(call: &Call, connection: &str, file: &PypiFile) -> Result<Asset, SourceError> {
    let mut asset = content::asset(call.emulator.sources().file(connection, &file.url).await?);
    if file.sha256.as_ref().is_some_and(|expected| *expected != asset.hashes.sha256) {
        let reason = format!("the SHA-256 of {} differs", file.name);
        return Err(SourceError::Altered { connection: connection.to_owned(), reason });
    }
    asset.requires_python.clone_from(&file.requires_python);
    Ok(asset)
}

/// What a wheel says, or else a source archive; what cannot be read is kept and served without.
fn metadata(key: &PackageKey, content: &Content) -> Option<CoreMetadata> {
    let of = |kind: file_name::Kind| {
        content
            .assets
            .iter()
            .filter(move |(name, _)| file_name::parse(&key.name, name).is_some_and(|name| name.kind == kind))
    };
    let wheels = of(file_name::Kind::Wheel).find_map(|(_, asset)| wheel::read(&asset.bytes).ok());
    wheels.or_else(|| of(file_name::Kind::Sdist).find_map(|(_, asset)| sdist::read(&asset.bytes).ok()))
}
