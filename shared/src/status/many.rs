//! One step for many versions of a package: which of them can take it, how they are told to CodeArtifact, and what came
//! of each.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{StatusChange, Step};
use crate::command::MOST_VERSIONS_A_CALL;
use crate::names::{Revision, VersionName};
use crate::package::PackageKey;
use crate::problem::Problem;
use crate::version::{PackageVersionStatus, VersionSummary};

/// How many versions one request may name.
pub const MOST_VERSIONS: usize = 500;

/// A version as it was seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeenVersion {
    /// Which version.
    pub version: VersionName,
    /// The content seen. Deleting cannot be pinned to it: CodeArtifact's operation has no such member.
    pub revision: Option<Revision>,
    /// The status seen.
    pub expected: PackageVersionStatus,
}

/// Versions of one package that are to take the same step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatusChanges {
    /// Of this package.
    pub package: PackageKey,
    /// What is done.
    pub step: Step,
    /// At most [`MOST_VERSIONS`], each once.
    pub versions: Vec<SeenVersion>,
}

/// Versions that go into one call: it compares one status, and revisions for all of its versions or for none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// The status that all of them were seen in.
    pub expected: PackageVersionStatus,
    /// 1 to 100 versions (service model, `PackageVersionList`); either all have a revision or none has.
    pub versions: Vec<(VersionName, Option<Revision>)>,
}

impl StatusChanges {
    /// The calls that it takes, in the order of the statuses.
    pub fn batches(&self) -> Vec<Batch> {
        let pins = self.step != Step::Delete;
        let mut groups = BTreeMap::<(PackageVersionStatus, bool), Vec<_>>::new();
        for seen in &self.versions {
            let revision = seen.revision.clone().filter(|_| pins);
            let group = groups.entry((seen.expected, revision.is_some())).or_default();
            group.push((seen.version.clone(), revision));
        }
        let batch = |expected, chunk: &[_]| Batch { expected, versions: chunk.to_vec() };
        let chunks = groups.iter().flat_map(|((expected, _), versions)| {
            versions.chunks(MOST_VERSIONS_A_CALL).map(|chunk| batch(*expected, chunk))
        });
        chunks.collect()
    }
}

impl From<StatusChange> for StatusChanges {
    fn from(one: StatusChange) -> Self {
        let StatusChange { package, version, revision, expected, step } = one;
        Self { package, step, versions: vec![SeenVersion { version, revision, expected }] }
    }
}

/// What a step would do with some versions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// The versions that can take it.
    pub takes: Vec<SeenVersion>,
    /// Those that cannot, and why.
    pub skips: Vec<(VersionName, String)>,
}

impl Step {
    /// What it would do with these versions.
    pub fn plan<'v>(self, versions: impl IntoIterator<Item = &'v VersionSummary>) -> Plan {
        let mut plan = Plan::default();
        for one in versions {
            let version = one.version.clone();
            match one.status {
                Some(expected) if Self::offered(expected).contains(&self) => {
                    plan.takes.push(SeenVersion { version, revision: one.revision.clone(), expected });
                }
                status => plan.skips.push((version, self.obstacle(status))),
            }
        }
        plan
    }

    /// Why a version in this status cannot take it.
    fn obstacle(self, from: Option<PackageVersionStatus>) -> String {
        match from {
            None => "has a status that Headwater does not know".to_owned(),
            Some(from) if self.target() == Some(from) => format!("is {} already", from.as_str().to_lowercase()),
            Some(PackageVersionStatus::Disposed) => "is disposed: all that is left is to delete it".to_owned(),
            Some(PackageVersionStatus::Unfinished) => {
                "is unfinished: CodeArtifact does not say what would happen".to_owned()
            }
            Some(from) => format!("is {}", from.as_str().to_lowercase()),
        }
    }
}

/// What came of some versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusOutcome {
    /// In the order asked.
    pub rows: Vec<StatusRow>,
}

/// What came of one version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusRow {
    /// Which version.
    pub version: VersionName,
    /// What came of it.
    pub result: StatusResult,
    /// AWS's id of the call that decided it.
    pub request_id: Option<String>,
}

/// What came of one version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StatusResult {
    /// It took the step.
    Done,
    /// Refused, with CodeArtifact's code and words. The version stays as it is.
    Refused {
        /// CodeArtifact's code, such as `MISMATCHED_STATUS`.
        code: String,
        /// What happened and what to do.
        message: String,
    },
    /// The call failed and the version stays as it is.
    Failed(Problem),
    /// The call failed in a way that leaves open whether it took effect, and reading did not settle it.
    Unknown(Problem),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::PackageFormat;
    use crate::version::Origin;
    use crate::version::PackageVersionStatus::{Archived, Disposed, Published, Unfinished, Unlisted};

    fn summary(version: &str, status: Option<PackageVersionStatus>) -> VersionSummary {
        let revision = Some("r=".parse().unwrap());
        VersionSummary { version: version.parse().unwrap(), revision, status, origin: Origin::Unknown }
    }

    fn changes(step: Step, versions: &[VersionSummary]) -> StatusChanges {
        let package = PackageKey { format: PackageFormat::Npm, namespace: None, name: "ui".parse().unwrap() };
        StatusChanges { package, step, versions: step.plan(versions).takes }
    }

    #[test]
    fn a_step_takes_what_it_may_and_says_why_it_skips_the_rest() {
        let all = [Published, Unlisted, Archived, Unfinished, Disposed];
        let versions: Vec<_> = all.iter().map(|status| summary(status.as_str(), Some(*status))).collect();
        let plan = Step::Archive.plan(&versions);
        let takes: Vec<_> = plan.takes.iter().map(|seen| seen.version.as_str()).collect();
        assert_eq!(takes, ["Published", "Unlisted"]);
        let skips: Vec<_> = plan.skips.iter().map(|(version, why)| format!("{version} {why}")).collect();
        assert_eq!(
            skips,
            [
                "Archived is archived already",
                "Unfinished is unfinished: CodeArtifact does not say what would happen",
                "Disposed is disposed: all that is left is to delete it",
            ]
        );
        assert_eq!(Step::Delete.plan(&versions).skips, []);
        assert_eq!(Step::Delete.plan(&[summary("1", None)]).skips.len(), 1);
    }

    #[test]
    fn one_call_names_a_hundred_versions_of_one_status_at_most() {
        let mut versions: Vec<_> = (0..101).map(|n| summary(&format!("1.0.{n}"), Some(Published))).collect();
        versions.push(summary("2.0.0", Some(Unlisted)));
        versions.push(VersionSummary { revision: None, ..summary("3.0.0", Some(Unlisted)) });
        let batches = changes(Step::Archive, &versions).batches();
        let told: Vec<_> = batches.iter().map(|batch| (batch.expected, batch.versions.len())).collect();
        assert_eq!(told, [(Published, 100), (Published, 1), (Unlisted, 1), (Unlisted, 1)]);
        // Deleting pins nothing, so what has no revision needs no call of its own.
        let batches = changes(Step::Delete, &versions).batches();
        assert_eq!(batches.iter().map(|batch| batch.versions.len()).collect::<Vec<_>>(), [100, 1, 2]);
        assert!(batches.iter().all(|batch| batch.versions.iter().all(|(_, revision)| revision.is_none())));
    }
}
