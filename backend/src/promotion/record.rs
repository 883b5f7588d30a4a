//! The record of a promotion in the log: who, why, what, and what came of it.

use serde::Serialize;
use shared::promotion::{CopyResult, PromotionOutcome};

use super::Route;

#[derive(Serialize)]
struct Row<'a> {
    package: String,
    version: &'a str,
    result: &'static str,
    request_id: Option<&'a str>,
}

/// Writes one line, under the name `promotion`. Names and reason are written by people: their control characters are
/// escaped, by JSON in the rows and by Debug elsewhere.
pub async fn write(route: Route<'_>, reason: &str, outcome: &PromotionOutcome) {
    let Route { codeartifact, domain, from, to } = route;
    let caller = codeartifact.caller().await.map_or_else(|_| "unknown".to_owned(), |caller| caller.arn);
    let rows: Vec<Row<'_>> = outcome
        .rows
        .iter()
        .map(|row| Row {
            package: format!("{}:{}", row.choice.package.format, row.choice.package.full_name()),
            version: row.choice.version.as_str(),
            result: word(&row.result),
            request_id: row.request_id.as_deref(),
        })
        .collect();
    // Strings only: this cannot fail.
    let rows = serde_json::to_string(&rows).unwrap_or_default();
    let connection = codeartifact.settings.key.as_str();
    let reason = reason.trim();
    tracing::info!(target: "promotion", connection, %domain, %from, %to, ?caller, ?reason, ?rows, "promotion");
}

fn word(result: &CopyResult) -> &'static str {
    match result {
        CopyResult::Copied => "copied",
        CopyResult::AlreadySame => "already same",
        CopyResult::Refused { .. } => "refused",
        CopyResult::Failed(_) => "failed",
        CopyResult::Unknown(_) => "unknown",
    }
}
