//! UpdatePackageVersionsStatus, DisposePackageVersions, DeletePackageVersions.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use bytes::Bytes;
use serde::Deserialize;
use serde_json::{Value, json};

use super::describe;
use super::package_versions::{STATUSES, status};
use crate::model::{Content, Package, Status};
use crate::rules::batch::{self, Verdicts};
use crate::rules::find;
use crate::rules::status::{self, Expected, Step};
use crate::wire::call::{Answer, Call, json};
use crate::wire::fault::Fault;
use crate::wire::member;
use crate::wire::place::PackageAt;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Members {
    versions: Option<Vec<String>>,
    version_revisions: Option<BTreeMap<String, String>>,
    expected_status: Option<String>,
    target_status: Option<String>,
}

/// UpdatePackageVersionsStatus
pub(super) fn update(call: &Call) -> Answer {
    let members: Members = call.members()?;
    let target = members.target_status.as_deref().ok_or_else(|| member::missing("targetStatus"))?;
    let target = member::one_of(target, "targetStatus", &STATUSES, status)?;
    let Some(target) = target.filter(|target| status::is_target(*target)) else {
        return Err(Fault::invalid("The targetStatus must be Published, Unlisted or Archived"));
    };
    apply(call, members, Step::Update(target))
}

/// DisposePackageVersions: the assets are gone for good, the versions stay known.
pub(super) fn dispose(call: &Call) -> Answer {
    apply(call, call.members()?, Step::Dispose)
}

/// DeletePackageVersions: the versions are free again. npm dist-tags that named them are gone.
pub(super) fn delete(call: &Call) -> Answer {
    // The operation has no revisions to compare.
    let members = Members { version_revisions: None, ..call.members()? };
    apply(call, members, Step::Delete)
}

fn apply(call: &Call, members: Members, step: Step) -> Answer {
    let at = PackageAt::read(call)?;
    let versions = batch::versions(members.versions)?;
    let revisions = members.version_revisions.unwrap_or_default();
    check_revisions(&versions, &revisions)?;
    let expected = members.expected_status.as_deref();
    expected.map(|word| member::one_of(word, "expectedStatus", &STATUSES, status)).transpose()?;
    let mut state = call.state();
    let package = find::package_mut(&mut state, call.account(), &at)?;
    let verdicts = Verdicts::judge(&versions, |name| {
        let expected = Expected { status: expected, revision: revisions.get(name).map(String::as_str) };
        status::judge(package.versions.get(name), name, step, expected)
    });
    match verdicts.all_or_nothing(|version| format!("version {version} is skipped")) {
        Ok(steps) => {
            let told: BTreeMap<String, Value> =
                steps.into_keys().filter_map(|name| Some((name.clone(), take(package, &name, step)?))).collect();
            json(json!({ "successfulVersions": told, "failedVersions": {} }))
        }
        Err(failed) => json(json!({ "successfulVersions": {}, "failedVersions": failed })),
    }
}

/// Revisions, where given, must be given for exactly the versions of the call (CodeArtifact user guide).
fn check_revisions(versions: &BTreeSet<String>, revisions: &BTreeMap<String, String>) -> Result<(), Fault> {
    batch::revisions(revisions)?;
    if !revisions.is_empty() && !revisions.keys().eq(versions) {
        return Err(Fault::invalid("The keys of versionRevisions must be the versions in versions"));
    }
    Ok(())
}

/// Does one step and tells its outcome.
fn take(package: &mut Package, name: &str, step: Step) -> Option<Value> {
    let version = package.versions.get_mut(name)?;
    match step {
        Step::Update(target) => version.status = target,
        Step::Dispose => {
            version.status = Status::Disposed;
            version.content = Arc::new(without_bytes(&version.content));
        }
        Step::Delete => {
            package.dist_tags.retain(|_, to| to != name);
            return package.versions.remove(name).map(|deleted| describe::success(&deleted, None));
        }
    }
    Some(describe::success(version, Some(version.status)))
}

/// The same content without its bytes. The digests stay, and with them the revision.
fn without_bytes(content: &Content) -> Content {
    let mut content = content.clone();
    content.assets.values_mut().for_each(|asset| asset.bytes = Bytes::new());
    content
}
