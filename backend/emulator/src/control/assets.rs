//! ListPackageVersionAssets, GetPackageVersionAsset.

use axum::response::IntoResponse;
use http::{HeaderMap, HeaderName, HeaderValue, header};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::{Value, json};

use super::describe;
use crate::model::{Asset, PackageVersion, Status};
use crate::rules::{content, find};
use crate::wire::call::{Answer, Call, json};
use crate::wire::fault::{Fault, ResourceType};
use crate::wire::member;
use crate::wire::place::VersionAt;

/// AWS does not document the page size of ListPackageVersionAssets; this is the one of ListPackageVersions.
const PAGE: usize = 50;
/// What a header cannot carry. Everything outside ASCII is encoded as well.
const HEADER: &AsciiSet = &CONTROLS.add(b'%');

/// ListPackageVersionAssets. A version that was disposed of has none.
pub(super) fn list(call: &Call) -> Answer {
    let at = VersionAt::read(call)?;
    let paging = call.paging(PAGE)?;
    let state = call.state();
    let version = find::version(&state, call.account(), &at)?;
    let there = version.content.assets.iter().filter(|_| version.status != Status::Disposed);
    let page = paging.cut(there.map(|entry| (entry.0.clone(), entry)));
    let assets: Vec<Value> = page.items.iter().map(|(name, asset)| describe::asset(name, asset)).collect();
    let mut told = describe::version_coordinates(&at.package.key, version);
    told["assets"] = json!(assets);
    told["nextToken"] = json!(page.next);
    json(told)
}

/// GetPackageVersionAsset: the bytes, and in headers what they are.
pub(super) fn get(call: &Call) -> Answer {
    let at = VersionAt::read(call)?;
    let name = call.required(&member::ASSET)?;
    let revision = call.optional(&member::REVISION)?;
    let state = call.state();
    let version = find::version(&state, call.account(), &at)?;
    let current = content::revision(&version.content);
    if revision.is_some_and(|seen| seen != current) {
        let message = format!("The current revision of version {} is {current}", at.version);
        return Err(Fault::conflict(ResourceType::PackageVersion, &at.version, message));
    }
    let asset = downloadable(version, name)?;
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    let told = [("x-assetname", name), ("x-packageversion", &at.version), ("x-packageversionrevision", &current)];
    for (header, value) in told {
        let value = utf8_percent_encode(value, HEADER).to_string();
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(HeaderName::from_static(header), value);
        }
    }
    Ok((headers, asset.bytes.clone()).into_response())
}

/// Archived versions keep their assets and do not give them; disposed ones have lost them.
fn downloadable<'v>(version: &'v PackageVersion, name: &str) -> Result<&'v Asset, Fault> {
    if version.status == Status::Archived {
        let message = format!("Version {} is Archived; its assets cannot be downloaded", version.version);
        return Err(Fault::conflict(ResourceType::PackageVersion, &version.version, message));
    }
    let held = version.content.assets.get(name).filter(|_| version.status != Status::Disposed);
    held.ok_or_else(|| {
        let message = format!("Asset not found. Version {} has no asset '{name}'", version.version);
        Fault::not_found(ResourceType::Asset, name, message)
    })
}
