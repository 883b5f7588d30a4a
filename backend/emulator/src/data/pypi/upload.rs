//! `twine upload`: one file a request.

use std::collections::BTreeMap;

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::StatusCode;

use super::form::{self, Form};
use super::listing::with_versions;
use super::{key, stops};
use crate::archive::file_name::{self, Kind};
use crate::archive::{CoreMetadata, sdist, wheel};
use crate::data::refusal::Refusal;
use crate::data::{Call, pull};
use crate::model::{Asset, PackageKey};
use crate::rules::constraint::{ASSET_NAME, PACKAGE_WORD};
use crate::rules::content;
use crate::rules::ingest::{self, Incoming};

/// Takes an upload.
pub(super) async fn post(call: Call, body: Body) -> Result<Response, Refusal> {
    let form = form::read(&call.headers, body).await?;
    let incoming = check(form)?;
    let outside = offered_outside(&call, &incoming.key, &incoming.version).await;
    let mut state = call.emulator.state();
    let gone = || Refusal::not_found(format!("The domain {} does not exist any more.", call.place.domain));
    let domain = state.domains.get_mut(&call.place.domain).ok_or_else(gone)?;
    ingest::publish(domain, &call.place.repository, incoming, outside.as_deref(), call.emulator.now())?;
    Ok(StatusCode::OK.into_response())
}

/// Checks everything that can be checked without looking at the repository.
fn check(form: Form) -> Result<Incoming, Refusal> {
    if form.action != "file_upload" {
        return Err(Refusal::bad_request(format!(
            "The action {:?} is not known; uploads say file_upload.",
            form.action
        )));
    }
    let (file, bytes) =
        form.content.ok_or_else(|| Refusal::bad_request("The upload has no file in the field content."))?;
    let key = key(&form.name)
        .map_err(|_| Refusal::bad_request(format!("{:?} cannot be the name of a Python package.", form.name)))?;
    if !PACKAGE_WORD.fits(&form.version) || form.version.chars().any(char::is_whitespace) {
        return Err(Refusal::bad_request(format!("{:?} cannot be a version.", form.version)));
    }
    if !ASSET_NAME.fits(&file) {
        return Err(Refusal::bad_request(format!(
            "{file:?} cannot be the name of a file: at most 255 characters, none of them invisible."
        )));
    }
    let kind = file_name::parse(&key.name, &file).map(|name| name.kind);
    let mut asset = content::asset(bytes);
    check_digests(&asset, &form.sha256_digest, &form.md5_digest)?;
    let read: CoreMetadata = match kind {
        Some(Kind::Wheel) => wheel::read(&asset.bytes)?,
        Some(Kind::Sdist) => sdist::read(&asset.bytes)?,
        Some(Kind::ZipSdist) | None => {
            let words = format!(
                "{file:?} is no file of {}. Uploads are wheels (NAME-VERSION-TAGS.whl) and source archives (NAME-VERSION.tar.gz).",
                key.name
            );
            return Err(Refusal::bad_request(words));
        }
    };
    if file_name::normalise(&read.name) != key.name || read.version != form.version {
        let words =
            format!("The file says {} {}, the upload says {} {}.", read.name, read.version, form.name, form.version);
        return Err(Refusal::bad_request(words));
    }
    asset.requires_python = read.requires_python;
    Ok(Incoming {
        key,
        version: form.version,
        assets: BTreeMap::from([(file, asset)]),
        metadata: read.metadata,
        dist_tags: Vec::new(),
    })
}

/// Current twine sends SHA-256, older ones MD5 as well; what is sent must fit.
fn check_digests(asset: &Asset, sha256: &str, md5: &str) -> Result<(), Refusal> {
    for (name, sent, own) in [("SHA-256", sha256, &asset.hashes.sha256), ("MD5", md5, &asset.hashes.md5)] {
        if !sent.is_empty() && !sent.eq_ignore_ascii_case(own) {
            return Err(Refusal::bad_request(format!(
                "The {name} of the file is {own}, the upload says {sent}. Upload again."
            )));
        }
    }
    Ok(())
}

/// The external connection that offers this version, if one does. A source that is down hides the conflict, as with AWS.
async fn offered_outside(call: &Call, key: &PackageKey, version: &str) -> Option<String> {
    let stops = stops(call, key);
    for connection in pull::rivals(&stops, version) {
        if let Ok(Some(offered)) = call.emulator.sources().pypi(connection, &key.name).await
            && with_versions(key, offered).any(|(of, _)| of == version)
        {
            return Some(connection.to_owned());
        }
    }
    None
}
