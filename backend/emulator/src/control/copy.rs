//! CopyPackageVersions.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::{Value, json};

use super::describe;
use crate::model::Package;
use crate::rules::batch::{self, Verdicts};
use crate::rules::copy::{self, Copied, Step, Wish};
use crate::rules::find;
use crate::wire::call::{Answer, Call, json};
use crate::wire::fault::Fault;
use crate::wire::member;
use crate::wire::place::{RepositoryAt, package_key};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Members {
    versions: Option<Vec<String>>,
    version_revisions: Option<BTreeMap<String, String>>,
    allow_overwrite: Option<bool>,
    include_from_upstream: Option<bool>,
}

/// CopyPackageVersions: all of them or none. Versions that the destination already has are in neither map.
pub(super) fn copy(call: &Call) -> Answer {
    let source = RepositoryAt::read_as(call, &member::SOURCE)?;
    let destination = RepositoryAt::read_as(call, &member::DESTINATION)?;
    let key = package_key(call)?;
    let members: Members = call.members()?;
    let (overwrite, from_upstream) =
        (members.allow_overwrite == Some(true), members.include_from_upstream == Some(true));
    let (versions, revisions) = chosen(members)?;
    if source.name == destination.name {
        return Err(Fault::invalid("The source and the destination are the same repository"));
    }
    let mut state = call.state();
    find::repository(&state, call.account(), &source)?;
    find::repository(&state, call.account(), &destination)?;
    let domain = find::domain(&state, call.account(), &source.domain)?;
    let places = copy::places(domain, &source.name, &key, from_upstream);
    let wish = Wish { places: &places, destination: &destination.name, key: &key, overwrite };
    if !copy::package_exists(domain, &wish) {
        return Err(find::no_package(&source.name, &key));
    }
    let judge = |version: &str| copy::judge(domain, &wish, version, revisions.get(version).map(String::as_str));
    let verdicts = Verdicts::judge(&versions, judge);
    let steps = match verdicts.all_or_nothing(|version| format!("Version {version} was skipped")) {
        Ok(steps) => steps,
        Err(failed) => return json(json!({ "successfulVersions": {}, "failedVersions": failed })),
    };
    let copies = copies(steps);
    let told: BTreeMap<String, Value> = copies
        .iter()
        .map(|(name, copied)| (name.clone(), describe::success(&copied.version, Some(copied.version.status))))
        .collect();
    if !copies.is_empty() {
        let control = copy::first_control(&copies);
        let repository = find::repository_mut(&mut state, call.account(), &destination)?;
        let package =
            repository.packages.entry(key).or_insert_with(|| Package { origin_control: control, ..Package::default() });
        copies.into_values().for_each(|copied| copy::put(package, copied));
    }
    json(json!({ "successfulVersions": told, "failedVersions": {} }))
}

/// The versions, either from `versions` or from `versionRevisions`, never both.
fn chosen(members: Members) -> Result<(BTreeSet<String>, BTreeMap<String, String>), Fault> {
    let (versions, revisions) = match (members.versions, members.version_revisions) {
        (Some(versions), None) => (batch::versions(Some(versions))?, BTreeMap::new()),
        (None, Some(revisions)) => {
            batch::revisions(&revisions)?;
            (revisions.keys().cloned().collect(), revisions)
        }
        (None, None) => return Err(Fault::invalid("You must specify versions or versionRevisions")),
        (Some(_), Some(_)) => return Err(Fault::invalid("You cannot specify both versions and versionRevisions")),
    };
    if versions.is_empty() {
        return Err(Fault::invalid("You must specify at least one version"));
    }
    Ok((versions, revisions))
}

fn copies(steps: BTreeMap<String, Step>) -> BTreeMap<String, Copied> {
    let copied = steps.into_iter().filter_map(|(name, step)| match step {
        Step::Copy(copied) => Some((name, *copied)),
        Step::Same => None,
    });
    copied.collect()
}
