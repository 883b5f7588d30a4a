//! Calls about several versions of one package: all or nothing.
//!
//! When one version cannot be done, none is, and the others answer `SKIPPED`. The CodeArtifact user guide shows this for
//! status updates and copies and says that it is not a promise. Here disposing and deleting behave alike.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::rules::constraint::{PACKAGE_WORD, VERSION_REVISION};
use crate::wire::fault::Fault;
use crate::wire::member;

/// Versions per call (service model, `PackageVersionList`).
const MOST_VERSIONS: usize = 100;

/// Why one version cannot be done (`PackageVersionErrorCode` of the service model, but for `SKIPPED`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ErrorCode {
    AlreadyExists,
    MismatchedRevision,
    MismatchedStatus,
    NotAllowed,
    NotFound,
}

impl ErrorCode {
    fn as_str(self) -> &'static str {
        match self {
            Self::AlreadyExists => "ALREADY_EXISTS",
            Self::MismatchedRevision => "MISMATCHED_REVISION",
            Self::MismatchedStatus => "MISMATCHED_STATUS",
            Self::NotAllowed => "NOT_ALLOWED",
            Self::NotFound => "NOT_FOUND",
        }
    }
}

/// What stands in the way of one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) code: ErrorCode,
    pub(crate) message: String,
}

impl Refusal {
    /// A refusal in AWS's words.
    pub(crate) fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }

    /// The version is there with another revision than the caller saw.
    pub(crate) fn revision(current: &str, expected: &str) -> Self {
        let message = format!("current revision: {current}, expected revision: {expected}");
        Self::new(ErrorCode::MismatchedRevision, message)
    }
}

/// Each version of a call with what was found: what to do, or why it cannot be done.
#[derive(Debug)]
pub(crate) struct Verdicts<T>(BTreeMap<String, Result<T, Refusal>>);

impl<T> Verdicts<T> {
    /// Judges every version before anything is changed.
    pub(crate) fn judge<'v>(
        versions: impl IntoIterator<Item = &'v String>,
        mut judge: impl FnMut(&str) -> Result<T, Refusal>,
    ) -> Self {
        Self(versions.into_iter().map(|version| (version.clone(), judge(version))).collect())
    }

    /// What to do for each version, or, when one cannot be done, the answer's `failedVersions`.
    /// `skipped` words the message of a version that could have been done.
    pub(crate) fn all_or_nothing(
        self,
        skipped: impl Fn(&str) -> String,
    ) -> Result<BTreeMap<String, T>, BTreeMap<String, Value>> {
        if self.0.values().all(Result::is_ok) {
            return Ok(self.0.into_iter().filter_map(|(version, verdict)| Some((version, verdict.ok()?))).collect());
        }
        let tell = |(version, verdict): (String, Result<T, Refusal>)| {
            let (code, message) = match verdict {
                Ok(_) => ("SKIPPED", skipped(&version)),
                Err(refusal) => (refusal.code.as_str(), refusal.message),
            };
            (version, json!({ "errorCode": code, "errorMessage": message }))
        };
        Err(self.0.into_iter().map(tell).collect())
    }
}

/// Checks the versions of a call. A version named twice counts once.
pub(crate) fn versions(versions: Option<Vec<String>>) -> Result<BTreeSet<String>, Fault> {
    let versions = versions.ok_or_else(|| member::missing("versions"))?;
    if versions.len() > MOST_VERSIONS {
        let broken = format!("Member must have length less than or equal to {MOST_VERSIONS}");
        return Err(member::violation(Some(&format!("{} entries", versions.len())), "versions", &broken));
    }
    for (number, version) in (1..).zip(&versions) {
        member::checked(version, &format!("versions.{number}.member"), &PACKAGE_WORD)?;
    }
    Ok(versions.into_iter().collect())
}

/// Checks the revisions of a call.
pub(crate) fn revisions(revisions: &BTreeMap<String, String>) -> Result<(), Fault> {
    for (version, revision) in revisions {
        member::checked(version, "versionRevisions.key", &PACKAGE_WORD)?;
        member::checked(revision, &format!("versionRevisions.{version}"), &VERSION_REVISION)?;
    }
    Ok(())
}
