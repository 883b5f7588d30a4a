//! Copies up to a hundred versions of one package, and finds out what came of each.
//!
//! CodeArtifact copies all or nothing: one version that cannot be copied makes it skip the others. Those are sent again
//! without it. An answer that leaves open whether the copy happened is never followed by the same call, but by reading.

use shared::names::{Revision, VersionName};
use shared::package::PackageKey;
use shared::promotion::CopyResult;

use super::Route;
use super::settle::{After, settle};
use crate::codeartifact::{BatchAnswer, Failure};
use crate::error::Error;
use crate::patience::Patience;

/// What came of one version.
#[derive(Debug)]
pub struct Outcome {
    /// The version.
    pub version: VersionName,
    /// What came of it.
    pub result: CopyResult,
    /// AWS's id of the call that decided it.
    pub request_id: Option<String>,
}

/// A version and the content that it must still have.
pub type Pin = (VersionName, Revision);

/// Copies the versions.
pub async fn copy(route: Route<'_>, package: &PackageKey, mut waiting: Vec<Pin>) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    while !waiting.is_empty() {
        let sent = waiting.len();
        let (decided, skipped) = match send(route, package, &waiting).await {
            Ok(answer) => read(route, package, waiting, answer).await,
            Err(error) => (failed(route, package, waiting, &error).await, Vec::new()),
        };
        outcomes.extend(decided);
        // Each round decides at least one version, or it is the last.
        if skipped.len() == sent {
            outcomes.extend(skipped.into_iter().map(skipped_for_no_reason));
            break;
        }
        waiting = skipped.into_iter().map(|(pin, _, _)| pin).collect();
    }
    outcomes
}

/// A version that CodeArtifact skipped because of another one: the pin, its words, the call.
type Skipped = (Pin, Failure, Option<String>);

/// One copy, sent again while AWS only asks to wait.
async fn send(route: Route<'_>, package: &PackageKey, pins: &[Pin]) -> Result<BatchAnswer, Error> {
    let Route { codeartifact, domain, from, to } = route;
    let mut patience = Patience::default();
    loop {
        match codeartifact.copy_versions(domain, from, to, package, pins).await {
            Err(error) if patience.waits(&error).await => {}
            answer => return answer,
        }
    }
}

/// What an answer says about each version that was sent, and which were skipped because of others.
async fn read(
    route: Route<'_>,
    package: &PackageKey,
    sent: Vec<Pin>,
    mut answer: BatchAnswer,
) -> (Vec<Outcome>, Vec<Skipped>) {
    let (mut decided, mut skipped, mut silent) = (Vec::new(), Vec::new(), Vec::new());
    let request_id = answer.request_id;
    for pin in sent {
        let version = pin.0.clone();
        match answer.failed.remove(&version) {
            Some(failure) if failure.code == "SKIPPED" => skipped.push((pin, failure, request_id.clone())),
            Some(failure) => {
                let result = refused(route, &failure);
                decided.push(Outcome { version, result, request_id: request_id.clone() });
            }
            None if answer.done.contains(&version) => {
                decided.push(Outcome { version, result: CopyResult::Copied, request_id: request_id.clone() });
            }
            None => silent.push(pin),
        }
    }
    // Nothing was copied when something was refused; then a silent version that the target lacks was skipped as well.
    let something_refused = !decided.is_empty() && answer.done.is_empty();
    let after = if something_refused { After::Nothing } else { After::Silence };
    for (pin, result) in settle(route, package, silent, after).await {
        match result {
            Some(result) => decided.push(Outcome { version: pin.0, result, request_id: request_id.clone() }),
            None => skipped.push((pin, silence(), request_id.clone())),
        }
    }
    (decided, skipped)
}

/// What came of each version when the whole call failed.
async fn failed(route: Route<'_>, package: &PackageKey, sent: Vec<Pin>, error: &Error) -> Vec<Outcome> {
    tracing::warn!(target: "promotion", error = ?error.chain(), request_id = error.request_id, "a copy failed");
    let outcome = |version, result| Outcome { version, result, request_id: error.request_id.clone() };
    if !error.kind.is_doubtful() {
        return sent.into_iter().map(|(version, _)| outcome(version, CopyResult::Failed(error.problem()))).collect();
    }
    let settled = settle(route, package, sent, After::Doubt(error)).await;
    let unknown = || CopyResult::Unknown(error.problem());
    settled.into_iter().map(|(pin, result)| outcome(pin.0, result.unwrap_or_else(unknown))).collect()
}

/// CodeArtifact's code, and words that say what to do; its own words follow.
pub fn refused(route: Route<'_>, failure: &Failure) -> CopyResult {
    let Route { from, to, .. } = route;
    let plain = match failure.code.as_str() {
        "ALREADY_EXISTS" => format!("{to} has this version with other content. Nothing was overwritten."),
        "MISMATCHED_REVISION" => format!("Its content in {from} is not the one you saw any more. Preview again."),
        "MISMATCHED_STATUS" => format!("Its status in {from} does not allow it. Preview again."),
        "NOT_ALLOWED" => format!("CodeArtifact does not allow this copy. Look at its status in {from} and in {to}."),
        "NOT_FOUND" => format!("{from} does not hold this version any more."),
        _ => "CodeArtifact refused it.".to_owned(),
    };
    CopyResult::Refused {
        code: failure.code.clone(),
        message: format!("{plain} CodeArtifact says: {}", failure.message),
    }
}

fn silence() -> Failure {
    Failure { code: "SKIPPED".to_owned(), message: "CodeArtifact left it out of its answer.".to_owned() }
}

fn skipped_for_no_reason((pin, failure, request_id): Skipped) -> Outcome {
    let message = format!("CodeArtifact skipped it and named no version as the cause. It says: {}", failure.message);
    Outcome { version: pin.0, result: CopyResult::Refused { code: failure.code, message }, request_id }
}
