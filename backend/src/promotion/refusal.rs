//! What a refusal of CodeArtifact means, in words that say what to do.

use shared::promotion::CopyResult;

use super::Route;
use crate::codeartifact::Failure;

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
