//! One step for many versions of a package: one call a status and hundred versions, and an answer for every version.
//!
//! CodeArtifact does all or nothing: one version that cannot take the step makes it skip the others of the call. Those
//! are sent again without it. An answer that leaves open what happened is never followed by the same call, but by reading.

use std::collections::{BTreeMap, BTreeSet};

use shared::names::{DomainName, RepositoryName, VersionName};
use shared::package::PackageKey;
use shared::status::{Batch, MOST_VERSIONS, StatusChanges, StatusOutcome, StatusResult, StatusRow, Step};

use crate::codeartifact::{BatchAnswer, CodeArtifact, Failure};
use crate::error::{Error, Result};
use crate::patience::Patience;

mod settle;
use settle::settle;

/// Where versions are changed, and what is done with them.
#[derive(Debug, Clone, Copy)]
struct Work<'a> {
    codeartifact: &'a CodeArtifact,
    domain: &'a DomainName,
    repository: &'a RepositoryName,
    package: &'a PackageKey,
    step: Step,
}

/// Refuses a request that breaks a rule, before AWS is asked anything.
///
/// # Errors
/// `BadRequest` with the rule.
pub fn check(changes: &StatusChanges) -> Result<()> {
    if changes.versions.is_empty() {
        return Err(Error::bad_request("No version is chosen. Choose at least one."));
    }
    if changes.versions.len() > MOST_VERSIONS {
        return Err(Error::bad_request(format!("At most {MOST_VERSIONS} versions are changed at once. Choose fewer.")));
    }
    let mut names = BTreeSet::new();
    for seen in &changes.versions {
        if !names.insert(&seen.version) {
            return Err(Error::bad_request(format!("{} is chosen twice.", seen.version)));
        }
        if !Step::offered(seen.expected).contains(&changes.step) {
            let (step, from) = (changes.step.verb(), seen.expected.as_str());
            return Err(Error::bad_request(format!("{step} cannot follow {from}.")));
        }
    }
    Ok(())
}

/// Takes the step with the versions of a request that [`check`] let through, one call after the other, and writes a line
/// of the log. Never fails as a whole: whatever happens to a version stands in its row.
pub async fn run(
    codeartifact: &CodeArtifact,
    domain: &DomainName,
    repository: &RepositoryName,
    changes: &StatusChanges,
) -> StatusOutcome {
    let work = Work { codeartifact, domain, repository, package: &changes.package, step: changes.step };
    let mut rows = Vec::new();
    for batch in changes.batches() {
        rows.extend(take(work, batch).await);
    }
    let places: BTreeMap<_, _> =
        changes.versions.iter().enumerate().map(|(place, seen)| (&seen.version, place)).collect();
    rows.sort_by_key(|row| places.get(&row.version).copied());
    let done = rows.iter().filter(|row| row.result == StatusResult::Done).count();
    let (package, step, asked) = (changes.package.full_name(), changes.step.verb(), rows.len());
    let connection = codeartifact.settings.key.as_str();
    tracing::info!(target: "status", connection, %domain, %repository, ?package, step, asked, done, "status");
    StatusOutcome { rows }
}

/// Takes the step with a batch, and again with what was only skipped because of others.
async fn take(work: Work<'_>, mut batch: Batch) -> Vec<StatusRow> {
    let mut rows = Vec::new();
    while !batch.versions.is_empty() {
        let sent = batch.versions.len();
        let answer = match send(work, &batch).await {
            Ok(answer) => answer,
            Err(error) => {
                rows.extend(failed(work, &batch, &error).await);
                break;
            }
        };
        let request_id = answer.request_id.clone();
        let Read { decided, skipped, silent } = read(&batch, answer);
        let row = |(version, result)| StatusRow { version, result, request_id: request_id.clone() };
        rows.extend(decided.into_iter().map(row));
        if !silent.is_empty() {
            let doubt = Error::unexpected(std::io::Error::other("an answer names no result for some versions"));
            let settled = settle(work, batch.expected, silent, &doubt).await;
            rows.extend(settled.into_iter().map(row));
        }
        // Each round decides at least one version, or it is the last.
        if skipped.len() == sent {
            let refused = |(version, failure)| (version, refused(&failure));
            rows.extend(skipped.into_iter().map(refused).map(row));
            break;
        }
        batch.versions.retain(|(version, _)| skipped.contains_key(version));
    }
    rows
}

/// One call, sent again while AWS only asks to wait.
async fn send(work: Work<'_>, batch: &Batch) -> Result<BatchAnswer> {
    let Work { codeartifact, domain, repository, package, step } = work;
    let mut patience = Patience::default();
    loop {
        match codeartifact.change_status(domain, repository, package, step, batch).await {
            Err(error) if patience.waits(&error).await => {}
            answer => return answer,
        }
    }
}

/// What an answer says.
struct Read {
    decided: Vec<(VersionName, StatusResult)>,
    /// Because of others.
    skipped: BTreeMap<VersionName, Failure>,
    /// It names no result for these.
    silent: Vec<VersionName>,
}

fn read(batch: &Batch, mut answer: BatchAnswer) -> Read {
    let mut read = Read { decided: Vec::new(), skipped: BTreeMap::new(), silent: Vec::new() };
    for (version, _) in &batch.versions {
        let version = version.clone();
        match answer.failed.remove(&version) {
            Some(failure) if failure.code == "SKIPPED" => drop(read.skipped.insert(version, failure)),
            Some(failure) => read.decided.push((version, refused(&failure))),
            None if answer.done.contains(&version) => read.decided.push((version, StatusResult::Done)),
            None => read.silent.push(version),
        }
    }
    read
}

/// What came of each version when the whole call failed.
async fn failed(work: Work<'_>, batch: &Batch, error: &Error) -> Vec<StatusRow> {
    tracing::warn!(target: "status", error = ?error.chain(), request_id = error.request_id, "a change failed");
    let versions: Vec<VersionName> = batch.versions.iter().map(|(version, _)| version.clone()).collect();
    let results = if error.kind.is_doubtful() {
        settle(work, batch.expected, versions, error).await
    } else {
        versions.into_iter().map(|version| (version, StatusResult::Failed(error.problem()))).collect()
    };
    let row = |(version, result)| StatusRow { version, result, request_id: error.request_id.clone() };
    results.into_iter().map(row).collect()
}

/// CodeArtifact's code, and words that say what to do; its own words follow.
fn refused(failure: &Failure) -> StatusResult {
    let plain = match failure.code.as_str() {
        "MISMATCHED_STATUS" => "Its status is not the one you saw any more.",
        "MISMATCHED_REVISION" => "Its content is not the one you saw any more.",
        "NOT_FOUND" => "The repository does not hold it any more.",
        "NOT_ALLOWED" => "Its status does not allow it.",
        "SKIPPED" => "CodeArtifact skipped it and named no version as the cause.",
        _ => "CodeArtifact refused it.",
    };
    StatusResult::Refused {
        code: failure.code.clone(),
        message: format!("{plain} CodeArtifact says: {}", failure.message),
    }
}

#[cfg(test)]
mod tests {
    use shared::format::PackageFormat;
    use shared::status::SeenVersion;
    use shared::version::PackageVersionStatus::{Disposed, Published};

    use super::*;

    #[test]
    fn a_request_keeps_to_its_rules() {
        let seen = |n: usize| SeenVersion {
            version: format!("1.0.{n}").parse().unwrap(),
            revision: None,
            expected: Published,
        };
        let package = PackageKey { format: PackageFormat::Npm, namespace: None, name: "ui".parse().unwrap() };
        let changes = |versions| StatusChanges { package: package.clone(), step: Step::Archive, versions };
        assert!(check(&changes((0..500).map(seen).collect())).is_ok());
        for (versions, word) in [
            (vec![], "No version"),
            ((0..501).map(seen).collect(), "At most 500"),
            (vec![seen(1), seen(1)], "1.0.1 is chosen twice"),
            (vec![seen(1), SeenVersion { expected: Disposed, ..seen(2) }], "Archive cannot follow Disposed"),
        ] {
            let error = check(&changes(versions)).unwrap_err();
            assert!(error.message.contains(word), "{}", error.message);
        }
    }
}
