//! ListPackageVersions, DescribePackageVersion, GetPackageVersionReadme, ListPackageVersionDependencies.

use std::time::UNIX_EPOCH;

use serde_json::{Value, json};

use super::describe;
use crate::model::{Format, Origin, Package, PackageVersion, Status};
use crate::rules::find;
use crate::wire::call::{Answer, Call, json};
use crate::wire::fault::{Fault, ResourceType};
use crate::wire::place::{PackageAt, VersionAt};

/// Page size of ListPackageVersions (CodeArtifact user guide).
const PAGE: usize = 50;
/// AWS does not document the page size of ListPackageVersionDependencies, and its callers cannot choose one.
const DEPENDENCIES_PAGE: usize = 100;

/// The words of `PackageVersionStatus`. `Deleted` may be asked for; nothing stored has it.
pub(super) const STATUSES: [&str; 6] = ["Published", "Unfinished", "Unlisted", "Archived", "Disposed", "Deleted"];

/// The stored status of a word, `Some(None)` for `Deleted`.
pub(super) fn status(word: &str) -> Option<Option<Status>> {
    const STORED: [Status; 5] =
        [Status::Published, Status::Unfinished, Status::Unlisted, Status::Archived, Status::Disposed];
    if word == "Deleted" {
        return Some(None);
    }
    STORED.into_iter().find(|status| status.as_str() == word).map(Some)
}

/// ListPackageVersions: every status unless one is asked for.
pub(super) fn list(call: &Call) -> Answer {
    let at = PackageAt::read(call)?;
    let wanted = call.choice("status", &STATUSES, status)?;
    let newest_first =
        call.choice("sortBy", &["PUBLISHED_TIME"], |word| (word == "PUBLISHED_TIME").then_some(()))?.is_some();
    let origins = ["INTERNAL", "EXTERNAL", "UNKNOWN"];
    let origin = call.choice("originType", &origins, |word| origins.into_iter().find(|known| *known == word))?;
    let paging = call.paging(PAGE)?;
    let state = call.state();
    let package = find::package(&state, call.account(), &at)?;
    let listed = package.versions.values().filter(|version| {
        wanted.is_none_or(|wanted| wanted == Some(version.status))
            && origin.is_none_or(|origin| origin == origin_type(&version.origin))
    });
    let page = paging.cut(listed.map(|version| (sort_key(version, newest_first), version)));
    let mut told = describe::coordinates(&at.key);
    told["defaultDisplayVersion"] = json!(default_display_version(at.key.format, package));
    told["versions"] = page.items.iter().map(|version| describe::version_summary(version)).collect();
    told["nextToken"] = json!(page.next);
    json(told)
}

/// Order of the list: by version text, or the newest first.
fn sort_key(version: &PackageVersion, newest_first: bool) -> String {
    let published = version.published.duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
    let age = if newest_first { u128::MAX - published } else { 0 };
    format!("{age:039}/{}", version.version)
}

fn origin_type(origin: &Origin) -> &'static str {
    match origin {
        Origin::Internal { .. } => "INTERNAL",
        Origin::External { .. } => "EXTERNAL",
        Origin::Unknown => "UNKNOWN",
    }
}

/// npm: what the tag `latest` names; otherwise the published version that came last. Absent where nothing is published.
fn default_display_version(format: Format, package: &Package) -> Option<&str> {
    let tagged = package.dist_tags.get("latest").filter(|version| package.versions.contains_key(*version));
    if let (Format::Npm, Some(latest)) = (format, tagged) {
        return Some(latest);
    }
    let published = package.versions.values().filter(|version| version.status == Status::Published);
    published.max_by_key(|version| version.published).map(|version| version.version.as_str())
}

/// DescribePackageVersion
pub(super) fn describe(call: &Call) -> Answer {
    let at = VersionAt::read(call)?;
    let state = call.state();
    let version = find::version(&state, call.account(), &at)?;
    json(json!({ "packageVersion": describe::version(&at.package.key, version) }))
}

/// GetPackageVersionReadme. Maven and generic packages have none.
pub(super) fn readme(call: &Call) -> Answer {
    let at = VersionAt::read(call)?;
    let state = call.state();
    let version = find::version(&state, call.account(), &at)?;
    let has_one = !matches!(at.package.key.format, Format::Maven | Format::Generic);
    let readme = version.content.metadata.readme.as_ref().filter(|_| has_one).ok_or_else(|| {
        let message = "The readme file of this package version is not found";
        Fault::not_found(ResourceType::PackageVersion, &at.version, message)
    })?;
    let mut told = describe::version_coordinates(&at.package.key, version);
    told["readme"] = json!(readme);
    json(told)
}

/// ListPackageVersionDependencies: the direct ones, as the package states them.
pub(super) fn dependencies(call: &Call) -> Answer {
    let at = VersionAt::read(call)?;
    let paging = call.paging(DEPENDENCIES_PAGE)?;
    let state = call.state();
    let version = find::version(&state, call.account(), &at)?;
    let numbered = version.content.metadata.dependencies.iter().enumerate();
    let page = paging.cut(numbered.map(|(number, dependency)| (format!("{number:08}"), dependency)));
    let dependencies: Vec<Value> = page.items.iter().map(|dependency| describe::dependency(dependency)).collect();
    let mut told = describe::version_coordinates(&at.package.key, version);
    told["dependencies"] = json!(dependencies);
    told["nextToken"] = json!(page.next);
    json(told)
}
