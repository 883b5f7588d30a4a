//! Finds out by reading the target what came of versions that an answer says nothing about.

use futures_util::{StreamExt, stream};
use shared::package::PackageKey;
use shared::problem::{Problem, ProblemCode};
use shared::promotion::CopyResult;

use super::Route;
use super::chunk::Pin;
use super::content::InTarget;
use crate::error::{Error, Kind};
use crate::looking::{Look, until_settled};

/// After what the target is read.
#[derive(Debug, Clone, Copy)]
pub enum After<'a> {
    /// A call that copied nothing, because it refused other versions.
    Nothing,
    /// A call that succeeded and left the version out of both maps.
    Silence,
    /// A call that failed and may have copied all the same.
    Doubt(&'a Error),
}

/// How many versions are read at the same time.
const MOST_AT_ONCE: usize = 10;

/// What came of each version; none where reading did not settle it.
pub async fn settle(
    route: Route<'_>,
    package: &PackageKey,
    pins: Vec<Pin>,
    after: After<'_>,
) -> Vec<(Pin, Option<CopyResult>)> {
    let reads = stream::iter(pins).map(|pin| async move {
        let result = look(route, package, &pin, after).await;
        (pin, result)
    });
    reads.buffered(MOST_AT_ONCE).collect().await
}

async fn look(route: Route<'_>, package: &PackageKey, pin: &Pin, after: After<'_>) -> Option<CopyResult> {
    until_settled(|| async {
        let read = route.in_target(package, &pin.0, Some(&pin.1)).await;
        match (read, after) {
            // Whether a copy keeps the revision is not promised; the same files under the same version are the same.
            (Ok(InTarget::Same), _) => Look::Settled(Some(present(after))),
            (Ok(InTarget::Different(files)), _) if files.is_empty() => Look::Settled(Some(present(after))),
            (Ok(InTarget::Different(_)), _) => Look::Settled(Some(other_content(route))),
            (Ok(InTarget::Absent), After::Nothing) => Look::Settled(None),
            (Ok(InTarget::Absent), After::Silence) => Look::Open(Some(unseen(route))),
            (Ok(InTarget::Absent), After::Doubt(error)) => Look::Open(absent(error)),
            (Err(error), _) => Look::Open(Some(CopyResult::Unknown(error.problem()))),
        }
    })
    .await
}

/// The target has the content. After a doubtful call it is this call that brought it, as far as anybody can tell.
fn present(after: After<'_>) -> CopyResult {
    match after {
        After::Nothing | After::Silence => CopyResult::AlreadySame,
        After::Doubt(_) => CopyResult::Copied,
    }
}

fn other_content(route: Route<'_>) -> CopyResult {
    let message = format!("{} has this version with other content. Nothing was overwritten.", route.to);
    CopyResult::Refused { code: "ALREADY_EXISTS".to_owned(), message }
}

fn unseen(route: Route<'_>) -> CopyResult {
    let message = format!(
        "CodeArtifact left this version out of its answer, which means that {} has it; but it cannot be seen there. \
         Preview again in a few minutes.",
        route.to
    );
    CopyResult::Unknown(Problem::new(ProblemCode::Unexpected, message))
}

/// AWS has answered, so it is done with the call: what is not there will not come. A call without an answer may still
/// be at work.
fn absent(error: &Error) -> Option<CopyResult> {
    (error.kind == Kind::Faulty).then(|| CopyResult::Failed(error.problem()))
}
