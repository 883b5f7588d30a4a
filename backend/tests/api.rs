//! The API through the front door: every endpoint, good and bad.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

#[path = "support/app.rs"]
mod support;

#[path = "api/approval.rs"]
mod approval;
#[path = "api/blocks.rs"]
mod blocks;
#[path = "api/closure.rs"]
mod closure;
#[path = "api/comparison.rs"]
mod comparison;
#[path = "api/connect.rs"]
mod connect;
#[path = "api/connections.rs"]
mod connections;
#[path = "api/domains.rs"]
mod domains;
#[path = "api/every_comparison.rs"]
mod every_comparison;
#[path = "api/every_endpoint.rs"]
mod every_endpoint;
#[path = "api/every_run.rs"]
mod every_run;
#[path = "api/exports.rs"]
mod exports;
#[path = "api/history.rs"]
mod history;
#[path = "api/packages.rs"]
mod packages;
#[path = "api/people.rs"]
mod people;
#[path = "api/permissions.rs"]
mod permissions;
#[path = "api/plans.rs"]
mod plans;
#[path = "api/preview.rs"]
mod preview;
#[path = "api/promotion.rs"]
mod promotion;
#[path = "api/publish.rs"]
mod publish;
#[path = "api/publish_archives.rs"]
mod publish_archives;
#[path = "api/recipe.rs"]
mod recipe;
#[path = "api/record.rs"]
mod record;
#[path = "api/run_faults.rs"]
mod run_faults;
#[path = "api/runs.rs"]
mod runs;
#[path = "api/session.rs"]
mod session;
#[path = "api/setup.rs"]
mod setup;
#[path = "api/status.rs"]
mod status;
#[path = "api/statuses.rs"]
mod statuses;
#[path = "api/tags.rs"]
mod tags;
#[path = "api/undo.rs"]
mod undo;
#[path = "api/verdicts.rs"]
mod verdicts;
#[path = "api/versions.rs"]
mod versions;
