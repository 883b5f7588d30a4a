//! The life of a package version: which status may follow which.

use crate::model::{PackageVersion, Status};
use crate::rules::batch::{ErrorCode, Refusal};
use crate::rules::content;

/// What is done to a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// `UpdatePackageVersionsStatus` to this status.
    Update(Status),
    /// `DisposePackageVersions`.
    Dispose,
    /// `DeletePackageVersions`.
    Delete,
}

/// What the caller believes about a version.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Expected<'a> {
    /// `expectedStatus` in AWS's word. `Deleted` is one of them, and no version has it.
    pub(crate) status: Option<&'a str>,
    /// Its entry in `versionRevisions`.
    pub(crate) revision: Option<&'a str>,
}

/// Whether `step` may follow `from` (CodeArtifact user guide, "Package version status").
///
/// Nothing brings a disposed version back. A status may be set again. AWS does not document two cases:
/// here an unfinished version cannot be archived, but it can be disposed of.
pub(crate) fn may_follow(from: Status, step: Step) -> bool {
    match (from, step) {
        (_, Step::Dispose | Step::Delete) => true,
        (Status::Disposed, Step::Update(_)) | (Status::Unfinished, Step::Update(Status::Archived)) => false,
        (_, Step::Update(target)) => is_target(target),
    }
}

/// The statuses that `UpdatePackageVersionsStatus` can set.
pub(crate) fn is_target(status: Status) -> bool {
    matches!(status, Status::Published | Status::Unlisted | Status::Archived)
}

/// The verdict on one version of a batch. `None` is a version that does not exist.
pub(crate) fn judge(
    version: Option<&PackageVersion>,
    name: &str,
    step: Step,
    expected: Expected,
) -> Result<(), Refusal> {
    let held = version.ok_or_else(|| Refusal::new(ErrorCode::NotFound, format!("Could not find version {name}")))?;
    if let Some(expected) = expected.revision {
        let current = content::revision(&held.content);
        if current != expected {
            return Err(Refusal::revision(&current, expected));
        }
    }
    if let Some(expected) = expected.status.filter(|expected| *expected != held.status.as_str()) {
        let message = format!("current status: {}, expected status: {expected}", held.status.as_str());
        return Err(Refusal::new(ErrorCode::MismatchedStatus, message));
    }
    match (may_follow(held.status, step), step) {
        (true, _) => Ok(()),
        (false, Step::Update(target)) => {
            let message = format!("A version that is {} cannot become {}", held.status.as_str(), target.as_str());
            Err(Refusal::new(ErrorCode::NotAllowed, message))
        }
        (false, Step::Dispose | Step::Delete) => {
            Err(Refusal::new(ErrorCode::NotAllowed, format!("A version that is {} stays so", held.status.as_str())))
        }
    }
}
