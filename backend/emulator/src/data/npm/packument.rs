//! The document of a package: every version that is to be seen from a repository, and the dist-tags.

use std::collections::{BTreeMap, HashSet};

use axum::response::Response;
use bytes::Bytes;
use serde_json::{Map, Value, json};

use super::{Name, View, manifest};
use crate::data::refusal::Refusal;
use crate::data::{Call, answer, negotiate, text};
use crate::rules::resolve::{is_listed, merged_tags};

const FULL: &str = "application/json";
const ABBREVIATED: &str = "application/vnd.npm.install-v1+json";

/// Answers the packument, abbreviated for installers.
pub(super) async fn get(call: Call, name: Name) -> Result<Response, Refusal> {
    let view = View::look(&call, &name).await;
    let seen = Seen::of(&view, &name, &call.base("npm"));
    if seen.versions.is_empty() {
        let words = format!("The package {} was not found in {} or its upstreams.", name.full, call.place.repository);
        return Err(view.nothing(words));
    }
    let short = negotiate::choose(&call.headers, &[&[FULL], &[ABBREVIATED]]) == Some(1);
    let document = if short { seen.abbreviated(&name) } else { seen.full(&name) };
    let content_type = if short { ABBREVIATED } else { FULL };
    Ok(answer::tagged(&call.headers, content_type, Bytes::from(document.to_string())))
}

/// The listed versions and the tags that lead to them.
pub(super) struct Seen {
    pub(super) tags: BTreeMap<String, String>,
    versions: Map<String, Value>,
    time: Map<String, Value>,
    readme: Option<String>,
}

impl Seen {
    /// Merges what the stops hold and what their external connections offer. The first hit decides about each version:
    /// one that is archived there is not shown, whatever stands further up.
    pub(super) fn of(view: &View, name: &Name, base: &str) -> Self {
        let mut seen = Self { tags: BTreeMap::new(), versions: Map::new(), time: Map::new(), readme: None };
        let mut decided = HashSet::new();
        let mut readmes = BTreeMap::new();
        for (stop, outside) in view.stops.iter().zip(&view.outside) {
            for (version, held) in stop.package.iter().flat_map(|package| &package.versions) {
                if decided.insert(version.as_str()) && is_listed(held.status) {
                    seen.versions.insert(version.clone(), manifest::held(name, version, &held.content, base));
                    let time = held.released.clone().unwrap_or_else(|| text::time(held.published));
                    seen.time.insert(version.clone(), json!(time));
                    readmes.insert(version.as_str(), held.content.metadata.readme.clone());
                }
            }
            let Some(document) = outside else { continue };
            for (version, offered) in &document.versions {
                if decided.insert(version.as_str()) {
                    seen.versions.insert(version.clone(), manifest::offered(name, version, offered.clone(), base));
                    seen.time.extend(document.time.get(version).map(|time| (version.clone(), time.clone())));
                }
            }
        }
        seen.tags = seen.merged_tags(view);
        let latest = seen.tags.get("latest").and_then(|latest| readmes.remove(latest.as_str()).flatten());
        seen.readme = latest.or_else(|| view.outside.iter().flatten().find_map(|document| document.readme.clone()));
        seen
    }

    fn merged_tags(&self, view: &View) -> BTreeMap<String, String> {
        let outside = |place: usize| view.outside.get(place).and_then(Option::as_ref);
        let tags = |place| outside(place).map(|document| document.dist_tags.clone()).unwrap_or_default();
        merged_tags(&view.stops, &tags, &|version| self.versions.contains_key(version))
    }

    /// The earliest and the latest time of a version.
    fn span(&self) -> (Option<Value>, Option<Value>) {
        let times = || self.time.values().filter_map(Value::as_str);
        (times().min().map(|time| json!(time)), times().max().map(|time| json!(time)))
    }

    fn full(mut self, name: &Name) -> Value {
        let (created, modified) = self.span();
        let latest = self.tags.get("latest").and_then(|version| self.versions.get(version));
        let description = latest.and_then(|manifest| manifest.get("description")).cloned();
        let mut time = Map::new();
        time.extend(created.map(|created| ("created".to_owned(), created)));
        time.extend(modified.map(|modified| ("modified".to_owned(), modified)));
        time.append(&mut self.time);
        json!({
            "_id": name.full, "name": name.full, "description": description,
            "dist-tags": self.tags, "versions": self.versions, "time": time, "readme": self.readme.unwrap_or_default(),
        })
    }

    fn abbreviated(self, name: &Name) -> Value {
        let (_, modified) = self.span();
        let versions: Map<String, Value> =
            self.versions.iter().map(|(version, manifest)| (version.clone(), manifest::abbreviate(manifest))).collect();
        json!({ "name": name.full, "dist-tags": self.tags, "versions": versions, "modified": modified })
    }
}
