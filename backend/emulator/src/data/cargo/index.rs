//! What the index tells of a crate: one line of JSON for each version.

use std::collections::BTreeMap;

use axum::response::Response;
use bytes::Bytes;
use serde_json::{Value, json};

use super::stops;
use crate::data::refusal::Refusal;
use crate::data::{Call, answer};
use crate::model::{PackageKey, PackageVersion};
use crate::rules::resolve::is_listed;

/// Answers the lines of all versions that can be seen. The nearest place that has a version decides about it.
pub(super) async fn get(call: Call, key: &PackageKey) -> Result<Response, Refusal> {
    let mut lines = BTreeMap::<String, Option<Value>>::new();
    let mut failure = None;
    for stop in &stops(&call, key) {
        for (version, held) in stop.package.iter().flat_map(|package| &package.versions) {
            lines.entry(version.clone()).or_insert_with(|| line(held));
        }
        let Some(connection) = &stop.connection else { continue };
        match call.emulator.sources().cargo(connection, &key.name) {
            Ok(offered) => {
                for one in offered.unwrap_or_default() {
                    lines.entry(one.version).or_insert(Some(one.line));
                }
            }
            Err(error) => failure = Some(error),
        }
    }
    let text: String = lines.into_values().flatten().map(|line| format!("{line}\n")).collect();
    match failure {
        _ if !text.is_empty() => Ok(answer::tagged(&call.headers, "text/plain", Bytes::from(text))),
        Some(error) => Err(error.into()),
        None => Err(Refusal::not_found(format!(
            "The crate {} was not found in {} or its upstreams.",
            key.name, call.place.repository
        ))),
    }
}

/// The line of a version that is held; none if it is not to be seen.
fn line(held: &PackageVersion) -> Option<Value> {
    let asset = held.content.assets.values().next().filter(|_| is_listed(held.status))?;
    let mut line = held.content.metadata.manifest.clone()?;
    line["cksum"] = json!(asset.hashes.sha256);
    line["yanked"] = json!(asset.yanked.is_some());
    Some(line)
}
