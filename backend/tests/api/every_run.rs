//! Good requests to the endpoints of plans and runs, for `every_endpoint`.

use axum::body::Body;
use http::Request;
use shared::api::*;
use shared::approval::{NewApproval, NewRejection};
use shared::names::RunId;
use shared::plan::Plan;
use shared::protection::NewProtections;
use shared::run::{NewRun, RunAction, Steer};
use shared::undo::{NewUndo, UndoHow, UndoQuery};

use crate::support::runs::{block, new_plan, plan_path, protection, run_path};
use crate::support::{TestApp, domain, request};

/// A plan and its run, which has ended.
pub async fn promoted(app: &TestApp) -> (Plan, RunId) {
    let plan = app.plan("production", &["@acme/ui@1.4.0"]).await;
    let run = app.start(&plan).await.summary.id;
    app.ended(&run).await;
    (plan, run)
}

/// A good request to one of the endpoints by its name; none for the name of another one.
pub fn runs(name: &str, token: Option<&str>, promoted: &(Plan, RunId)) -> Option<Request<Body>> {
    let (plan, run) = (plan_path(&promoted.0.id), run_path(&promoted.1));
    Some(match name {
        "CreatePlan" => {
            let body = new_plan("production", &["@acme/ui@1.3.1"]);
            request::<CreatePlan>(&domain(), &(), &body, token)
        }
        "GetPlan" => request::<GetPlan>(&plan, &(), &(), token),
        "CreateRun" => {
            let body = NewRun { hash: promoted.0.hash.clone(), reason: "a test".into() };
            request::<CreateRun>(&plan, &(), &body, token)
        }
        "ListPlans" => request::<ListPlans>(&domain(), &(), &(), token),
        "GetApproval" => request::<GetApproval>(&plan, &(), &(), token),
        "ApprovePlan" => {
            let body = NewApproval { hash: promoted.0.hash.clone() };
            request::<ApprovePlan>(&plan, &(), &body, token)
        }
        "RejectPlan" => {
            let body = NewRejection { hash: promoted.0.hash.clone(), reason: "a test".into() };
            request::<RejectPlan>(&plan, &(), &body, token)
        }
        "ListProtections" => request::<ListProtections>(&domain(), &(), &(), token),
        "SetProtections" => {
            let body = NewProtections { seen: 0, list: vec![protection("nowhere-*", 1)] };
            request::<SetProtections>(&domain(), &(), &body, token)
        }
        "ListBlocks" => request::<ListBlocks>(&domain(), &(), &(), token),
        "BlockVersion" => request::<BlockVersion>(&domain(), &(), &block("billing-sdk@0.9.0", "a test"), token),
        "UnblockVersion" => request::<UnblockVersion>(&domain(), &(), &block("billing-sdk@0.9.0", "a test"), token),
        "ListRuns" => request::<ListRuns>(&domain(), &RunsQuery::default(), &(), token),
        "GetRun" => request::<GetRun>(&run, &(), &(), token),
        "WatchRun" => request::<WatchRun>(&run, &AfterQuery { after: 0 }, &(), token),
        "SteerRun" => request::<SteerRun>(&run, &(), &Steer { action: RunAction::Stop }, token),
        "PreviewUndo" => request::<PreviewUndo>(&run, &UndoQuery { how: UndoHow::Delete }, &(), token),
        "CreateUndo" => {
            let body = NewUndo { how: UndoHow::Delete, reason: "a test".into() };
            request::<CreateUndo>(&run, &(), &body, token)
        }
        "ListHistory" => request::<ListHistory>(&domain(), &HistoryQuery::default(), &(), token),
        "ExportHistory" => request::<ExportHistory>(&domain(), &HistoryExportQuery::default(), &(), token),
        "VerifyHistory" => request::<VerifyHistory>(&(), &(), &(), token),
        _ => return None,
    })
}

/// What a good answer of an endpoint is.
pub fn content_type(name: &str) -> &'static str {
    match name {
        "WatchRun" => "text/event-stream",
        "ExportHistory" => "application/jsonl; charset=utf-8",
        _ => "application/json",
    }
}
