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
use crate::rules::growth::Search;
use crate::rules::resolve::{Stop, held, is_downloadable};
use crate::sources::{PypiFile, SourceError};

/// CodeArtifact imports all files of a version with the first. Here the other files come along as long as they are together
/// no larger than this (64 MiB); the rest follow when somebody asks for them.
const MOST_ALONG: usize = 64 * 1024 * 1024;

/// Answers the file; keeps the version where the rules say. The places are searched as they are for the page.
pub(super) async fn get(call: Call, key: &PackageKey, version: &str, file: &str) -> Result<Response, Refusal> {
    let stops = stops(&call, key);
    let mut search = Search::default();
    let mut failure = None;
    for (place, stop) in stops.iter().enumerate() {
        let held = stop.package.as_ref().and_then(|package| package.versions.get(version));
        if let Some(found) = held.filter(|found| search.comes_to(stop, found))
            && let Some(asset) = found.content.assets.get(file)
        {
            pull::keep(&call, key, &stops, place, false, found);
            return Ok(answer(&call, asset));
        }
        let Some(connection) = stop.connection.as_deref().filter(|connection| search.may_ask(connection)) else {
            continue;
        };
        let offered = match offered(&call, key, version, connection).await {
            Ok(offered) => offered,
            Err(error) => {
                failure = Some(error);
                continue;
            }
        };
        if offered.is_empty() || !search.is_offered_by(connection) {
            continue;
        }
        pull::mirror_yanked(&call, key, &stops, place, offered.iter().map(|file| (version, file)));
        match import(&call, key, version, file, connection, &offered).await {
            Ok(Some((kept, asset))) => {
                pull::keep(&call, key, &stops, place, true, &kept);
                return Ok(answer(&call, &asset));
            }
            Ok(None) => {}
            Err(error) => failure = Some(error),
        }
    }
    Err(refusal(&call, key, &stops, version, file, failure))
}

/// Why the file cannot be had.
fn refusal(
    call: &Call,
    key: &PackageKey,
    stops: &[Stop],
    version: &str,
    file: &str,
    failure: Option<SourceError>,
) -> Refusal {
    match (held(stops, version), failure) {
        (Some((_, found)), _) if !is_downloadable(found.status) => {
            let status = found.status.as_str();
            Refusal::not_found(format!("Version {version} of {} is {status} and cannot be downloaded.", key.name))
        }
        (_, Some(failure)) => Refusal::from(failure),
        _ => Refusal::not_found(format!(
            "{file} of {} {version} was not found in {} or its upstreams.",
            key.name, call.place.repository
        )),
    }
}

fn answer(call: &Call, asset: &Asset) -> Response {
    answer::with_tag(&call.headers, "application/octet-stream", asset.bytes.clone(), &asset.hashes.sha256)
}

/// The files of `version` that the external connection offers.
async fn offered(call: &Call, key: &PackageKey, version: &str, connection: &str) -> Result<Vec<PypiFile>, SourceError> {
    let offered = call.emulator.sources().pypi(connection, &key.name).await?.unwrap_or_default();
    Ok(with_versions(key, offered).filter(|(of, _)| of == version).map(|(_, file)| file).collect())
}

/// Fetches `file` and the other files `offered`; the version as it is to be kept, and the file. `None` if it is not there.
async fn import(
    call: &Call,
    key: &PackageKey,
    version: &str,
    file: &str,
    connection: &str,
    offered: &[PypiFile],
) -> Result<Option<(PackageVersion, Asset)>, SourceError> {
    let Some(wanted) = offered.iter().find(|offered| offered.name == file) else { return Ok(None) };
    let asset = fetch(call, connection, wanted).await?;
    let mut content = Content::default();
    content.assets.insert(file.to_owned(), asset.clone());
    let mut along = 0;
    for other in offered.iter().filter(|other| other.name != file) {
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
        released: None,
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
    asset.uploaded.clone_from(&file.uploaded);
    asset.yanked.clone_from(&file.yanked);
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
