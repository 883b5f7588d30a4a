//! Versions that are blocked from promotion: refused wherever a promotion would take them along.

use http::StatusCode;
use shared::api::{
    BlockVersion, CreateRepository, GetPlan, HistoryQuery, ListBlocks, ListHistory, PreviewClosure, PreviewPromotion,
    UnblockVersion,
};
use shared::closure::Answer;
use shared::history::HistoryResult;
use shared::plan::Drift;
use shared::problem::ProblemCode;
use shared::promotion::{BlockedReason, CopyResult, PreviewRequest, Verdict};
use shared::repository::NewRepository;
use shared::run::{RunAction, RunState};

use crate::promotion::is_in_production;
use crate::support::runs::{block, choices, plan_path, result};
use crate::support::{Effect, TestApp, domain};

const COPY: &str = "POST /v1/package/versions/copy";
const UI: &str = "@acme/ui@1.4.0";

fn ask(to: &str, versions: &[&str]) -> PreviewRequest {
    PreviewRequest { from: "team-dev".parse().unwrap(), to: to.parse().unwrap(), versions: choices(versions) }
}

#[tokio::test]
async fn a_blocked_version_is_named_with_who_and_why_and_is_not_copied() {
    let app = TestApp::acme().await;
    let told = app.get(BlockVersion, &domain(), &(), &block(UI, " It holds a key. ")).await;
    assert_eq!((told.reason.as_str(), told.by.id.as_str()), ("It holds a key.", "local"));
    assert_eq!(app.get(ListBlocks, &domain(), &(), &()).await.0, [told]);
    let preview = app.get(PreviewPromotion, &domain(), &(), &ask("production", &[UI, "@acme/core@2.3.0"])).await;
    let Verdict::Blocked(blocked) = &preview.rows[0].verdict else { panic!("{:?}", preview.rows[0]) };
    assert_eq!(blocked.reason, BlockedReason::ByTeam);
    assert_eq!(blocked.explanation, "Blocked from promotion by You, on this machine: It holds a key.");
    assert!(preview.rows[0].revision.is_some());
    assert_eq!(preview.rows[1].verdict, Verdict::New);
    let run = app.promote("production", &[UI, "@acme/core@2.3.0"]).await;
    let CopyResult::Refused { code, message } = result(&run, 0) else { panic!("{run:?}") };
    assert!(code == "BLOCKED" && message.ends_with("It holds a key."), "{message}");
    assert_eq!(*result(&run, 1), CopyResult::Copied);
    assert!(!is_in_production(&app, "1.4.0").await);
}

#[tokio::test]
async fn a_version_that_is_unblocked_is_promoted_again() {
    let app = TestApp::acme().await;
    let first = app.get(BlockVersion, &domain(), &(), &block(UI, "wait")).await;
    assert_eq!(app.get(UnblockVersion, &domain(), &(), &block(UI, "it was mended")).await, first);
    assert!(app.get(ListBlocks, &domain(), &(), &()).await.0.is_empty());
    assert_eq!(*result(&app.promote("production", &[UI]).await, 0), CopyResult::Copied);
    let page = app.get(ListHistory, &domain(), &HistoryQuery::default(), &()).await;
    let rows: Vec<_> =
        page.rows.iter().map(|told| &told.row.entry).filter(|row| row.run.is_none() && row.plan.is_none()).collect();
    let told = |row: usize| (rows[row].action.as_str(), rows[row].reason.as_deref().unwrap_or_default());
    assert_eq!((told(0), told(1)), (("UnblockVersion", "it was mended"), ("BlockVersion", "wait")));
    let row = rows[1];
    let names = [&row.format, &row.namespace, &row.package, &row.version].map(|name| name.as_deref().unwrap());
    assert_eq!((names, row.result), (["npm", "acme", "ui", "1.4.0"], HistoryResult::Done));
}

#[tokio::test]
async fn a_plan_tells_what_was_blocked_after_it_was_made() {
    let app = TestApp::acme().await;
    let plan = app.plan("production", &[UI, "billing-sdk@0.9.1"]).await;
    app.get(BlockVersion, &domain(), &(), &block(UI, "It holds a key.")).await;
    let opened = app.get(GetPlan, &plan_path(&plan.id), &(), &()).await;
    assert_eq!(opened.changes.len(), 1);
    let told = &opened.changes[0];
    assert_eq!(told.choice, choices(&[UI])[0]);
    let [Drift::Verdict { then: Verdict::New, now: Verdict::Blocked(now) }, Drift::Tags] = &told.what[..] else {
        panic!("{told:?}")
    };
    assert_eq!(now.reason, BlockedReason::ByTeam);
    let run = app.start(&plan).await;
    let run = app.ended(&run.summary.id).await;
    assert!(matches!(result(&run, 0), CopyResult::Refused { code, .. } if code == "BLOCKED"), "{run:?}");
    assert_eq!(*result(&run, 1), CopyResult::Copied);
    assert!(!is_in_production(&app, "1.4.0").await);
}

#[tokio::test]
async fn a_row_that_waits_is_refused_when_its_version_is_blocked_meanwhile() {
    let app = TestApp::acme().await;
    let plan = app.plan("production", &[UI, "@acme/ui@1.3.1"]).await;
    app.faults.plan(COPY, 1, Effect::Throttle(1));
    let id = app.start(&plan).await.summary.id;
    app.wait(&id, |run| matches!(run.summary.state, RunState::Waiting(_))).await;
    app.steer(&id, RunAction::Stop).await;
    app.wait(&id, |run| run.summary.state == RunState::Stopped).await;
    app.get(BlockVersion, &domain(), &(), &block(UI, "It holds a key.")).await;
    app.steer(&id, RunAction::GoOn).await;
    let run = app.ended(&id).await;
    let CopyResult::Refused { code, message } = result(&run, 0) else { panic!("{run:?}") };
    assert_eq!((code.as_str(), message.ends_with("It holds a key.")), ("BLOCKED", true));
    assert_eq!(*result(&run, 1), CopyResult::Copied);
    assert!(!is_in_production(&app, "1.4.0").await);
}

#[tokio::test]
async fn the_closure_proposes_another_version_or_says_that_there_is_none() {
    let app = TestApp::acme().await;
    let name = "release".parse().unwrap();
    let new = NewRepository { name, description: "Empty".parse().unwrap(), tags: Vec::new() };
    app.get(CreateRepository, &domain(), &(), &new).await;
    let of = async |package: &str| {
        let closure = app.get(PreviewClosure, &domain(), &(), &ask("release", &[UI])).await;
        closure.rows.into_iter().find(|row| row.package.full_name() == package).unwrap().answer
    };
    let Answer::Proposed(first) = of("@acme/core").await else { panic!() };
    app.get(BlockVersion, &domain(), &(), &block(&format!("@acme/core@{first}"), "wrong")).await;
    let Answer::Proposed(second) = of("@acme/core").await else { panic!() };
    assert!(second != first, "{second}");
    for version in ["@acme/icons@2.1.0", "@acme/icons@2.0.0"] {
        app.get(BlockVersion, &domain(), &(), &block(version, "It is not ours.")).await;
    }
    let answer = of("@acme/icons").await;
    let Answer::Missing { why } = answer else { panic!("{answer:?}") };
    assert_eq!(why, "2.0.0 would do. Blocked from promotion by You, on this machine: It is not ours.");
}

#[tokio::test]
async fn a_change_of_a_block_needs_a_reason_and_something_to_change() {
    let app = TestApp::acme().await;
    for (reason, status) in [(" ", StatusCode::BAD_REQUEST), (&*"r".repeat(501), StatusCode::BAD_REQUEST)] {
        let answer = app.ask(BlockVersion, &domain(), &(), &block(UI, reason)).await;
        assert_eq!(answer.problem(), (status, ProblemCode::BadRequest));
    }
    let conflict = (StatusCode::CONFLICT, ProblemCode::Conflict);
    assert_eq!(app.ask(UnblockVersion, &domain(), &(), &block(UI, "why not")).await.problem(), conflict);
    app.get(BlockVersion, &domain(), &(), &block(UI, &"ü".repeat(500))).await;
    let again = app.ask(BlockVersion, &domain(), &(), &block(UI, "twice")).await;
    assert_eq!(again.problem(), conflict);
    assert!(again.text().contains("@acme/ui 1.4.0 is blocked already"), "{}", again.text());
    let answer = app.ask(UnblockVersion, &domain(), &(), &block(UI, " ")).await;
    assert_eq!(answer.problem(), (StatusCode::BAD_REQUEST, ProblemCode::BadRequest));
    assert_eq!(app.get(ListBlocks, &domain(), &(), &()).await.0.len(), 1);
    assert!(app.faults.seen("").is_empty(), "AWS is not asked");
}
