//! Finds out by reading the repository what came of versions that no answer tells of.

use std::collections::BTreeMap;

use shared::names::VersionName;
use shared::status::StatusResult;
use shared::version::PackageVersionStatus;

use super::Work;
use crate::error::{Error, Kind, Result};
use crate::looking::LOOKS;

/// What a repository holds of a package: versions, each with its status where it is known.
type Held = BTreeMap<VersionName, Option<PackageVersionStatus>>;

/// What came of each version. They were seen as `before`; `error` left it open.
pub async fn settle(
    work: Work<'_>,
    before: PackageVersionStatus,
    versions: Vec<VersionName>,
    error: &Error,
) -> Vec<(VersionName, StatusResult)> {
    let (mut settled, mut open) = (Vec::new(), versions);
    let mut last = None;
    for wait in LOOKS {
        tokio::time::sleep(wait).await;
        last = Some(held(work).await);
        let Some(Ok(held)) = &last else { continue };
        let (done, rest) = open.into_iter().partition::<Vec<_>, _>(|version| is_done(work, held, version));
        settled.extend(done.into_iter().map(|version| (version, StatusResult::Done)));
        open = rest;
        if open.is_empty() {
            break;
        }
    }
    settled.extend(open.into_iter().map(|version| {
        let result = match &last {
            Some(Ok(held)) => left(held.get(&version), before, error),
            _ => StatusResult::Unknown(error.problem()),
        };
        (version, result)
    }));
    settled
}

async fn held(work: Work<'_>) -> Result<Held> {
    match work.codeartifact.all_versions(work.domain, work.repository, work.package).await {
        Ok(versions) => Ok(versions.into_iter().map(|one| (one.version, one.status)).collect()),
        // A package may go with its last version.
        Err(error) if error.is_not_found() => Ok(Held::new()),
        Err(error) => Err(error),
    }
}

fn is_done(work: Work<'_>, held: &Held, version: &VersionName) -> bool {
    match (work.step.target(), held.get(version)) {
        (None, found) => found.is_none(),
        (Some(target), found) => found == Some(&Some(target)),
    }
}

/// A version that has not taken the step. AWS has answered, so it is done with the call: what did not happen will not.
/// A call without an answer may still be at work; and what is neither as before nor as wanted was changed by others.
fn left(found: Option<&Option<PackageVersionStatus>>, before: PackageVersionStatus, error: &Error) -> StatusResult {
    if error.kind == Kind::Faulty && found == Some(&Some(before)) {
        StatusResult::Failed(error.problem())
    } else {
        StatusResult::Unknown(error.problem())
    }
}
