//! Undoing a run.

use http::StatusCode;
use shared::api::{CreateUndo, DescribeVersion, GetRun, PreviewUndo};
use shared::names::RunId;
use shared::problem::ProblemCode;
use shared::promotion::CopyResult;
use shared::run::{Run, RunKind};
use shared::undo::{NewUndo, TagReturn, UndoHow, UndoPreview, UndoQuery, UndoStep};
use shared::version::PackageVersionStatus;

use crate::promotion::is_in_production;
use crate::support::runs::{result, run_path};
use crate::support::{Effect, TestApp, npm_version, repository};

const DELETE: &str = "POST /v1/package/versions/delete";

async fn preview(app: &TestApp, run: &RunId, how: UndoHow) -> UndoPreview {
    app.get(PreviewUndo, &run_path(run), &UndoQuery { how }, &()).await
}

async fn undo(app: &TestApp, run: &RunId, how: UndoHow) -> Run {
    let new = NewUndo { how, reason: "a mistake".into() };
    let undo = app.get(CreateUndo, &run_path(run), &(), &new).await;
    app.ended(&undo.summary.id).await
}

/// The tags of `@acme/ui` that production has of its own.
fn tags(app: &TestApp) -> Vec<(String, String)> {
    app.emulator.with_state(|state| {
        let production = &state.domains["acme"].repositories["production"];
        let ui = production.packages.iter().find(|(key, _)| key.name == "ui").unwrap().1;
        ui.dist_tags.iter().map(|(tag, version)| (tag.clone(), version.clone())).collect()
    })
}

fn set_tag(app: &TestApp, tag: &str, version: &str) {
    app.emulator.with_state(|state| {
        let acme = state.domains.get_mut("acme").unwrap();
        let production = acme.repositories.get_mut("production").unwrap();
        let ui = production.packages.iter_mut().find(|(key, _)| key.name == "ui").unwrap().1;
        ui.dist_tags.insert(tag.to_owned(), version.to_owned());
    });
}

#[tokio::test]
async fn undoing_takes_away_what_the_run_made_and_puts_its_tags_back() {
    for how in [UndoHow::Delete, UndoHow::Archive] {
        let app = TestApp::acme().await;
        let before = tags(&app);
        let run = app.promote("production", &["@acme/ui@1.4.0", "@acme/ui@1.3.2", "@acme/ui@1.5.0-beta.1"]).await;
        assert_ne!(tags(&app), before);
        let undone = undo(&app, &run.summary.id, how).await;
        assert_eq!(undone.summary.kind, RunKind::Undo(run.summary.id.clone()));
        assert_eq!((result(&undone, 0), result(&undone, 2)), (&CopyResult::Copied, &CopyResult::Copied));
        assert!(matches!(&undone.rows[1].undo, Some(UndoStep::Leave(why)) if why.contains("before the run")));
        assert_eq!(tags(&app), before, "{how:?}");
        let old = app.run(&run.summary.id).await;
        assert_eq!(old.summary.undone_by, Some(undone.summary.id));
        assert!(is_in_production(&app, "1.3.2").await, "what was there before is left");
        let query = npm_version("@acme/ui", "1.4.0");
        let now = app.ask(DescribeVersion, &repository("production"), &query, &()).await;
        match how {
            UndoHow::Delete => assert_eq!(now.status, StatusCode::NOT_FOUND),
            UndoHow::Archive => {
                let detail = now.json::<shared::version::VersionDetail>();
                assert_eq!(detail.summary.status, Some(PackageVersionStatus::Archived));
            }
        }
    }
}

#[tokio::test]
async fn a_preview_of_an_undoing_says_what_goes_back_and_what_is_lost_and_changes_nothing() {
    let app = TestApp::acme().await;
    let run = app.promote("production", &["@acme/ui@1.4.0", "@acme/ui@1.5.0-beta.1"]).await;
    set_tag(&app, "latest", "1.3.2");
    app.faults.forget();
    let rows = preview(&app, &run.summary.id, UndoHow::Delete).await.rows;
    let UndoStep::TakeAway { status, tags, lost } = &rows[0].step else { panic!("{rows:?}") };
    assert_eq!((*status, tags.len()), (PackageVersionStatus::Published, 0));
    assert!(lost[0].tag == "latest" && lost[0].why.contains("1.3.2"), "{lost:?}");
    let UndoStep::TakeAway { tags, .. } = &rows[1].step else { panic!("{rows:?}") };
    assert_eq!(*tags, [TagReturn { tag: "next".into(), to: None }]);
    assert!(app.faults.seen("").iter().all(|call| !call.contains("delete") && !call.starts_with("PUT")));
}

#[tokio::test]
async fn what_somebody_changed_since_is_left_alone_with_the_reason() {
    let app = TestApp::acme().await;
    let run = app.promote("production", &["@acme/ui@1.4.0", "@acme/ui@1.5.0-beta.1"]).await;
    app.emulator.with_state(|state| {
        let acme = state.domains.get_mut("acme").unwrap();
        let production = acme.repositories.get_mut("production").unwrap();
        let ui = production.packages.iter_mut().find(|(key, _)| key.name == "ui").unwrap().1;
        let mut other = ui.versions["1.3.2"].clone();
        other.version = "1.4.0".to_owned();
        ui.versions.insert("1.4.0".to_owned(), other);
        ui.versions.remove("1.5.0-beta.1");
    });
    let undone = undo(&app, &run.summary.id, UndoHow::Delete).await;
    let why = |row: usize| match &undone.rows[row].undo {
        Some(UndoStep::Leave(why)) => why.clone(),
        other => panic!("{other:?}"),
    };
    assert!(undone.summary.ended_at.is_some());
    assert!(why(0).contains("other content") && why(1).contains("gone"), "{undone:?}");
    assert!(app.faults.seen(DELETE).is_empty());
    assert!(is_in_production(&app, "1.4.0").await);
}

#[tokio::test]
async fn an_undoing_whose_answer_is_lost_is_settled_by_reading() {
    for effect in [Effect::ResetAfter, Effect::FaultAfter, Effect::ResetBefore] {
        let app = TestApp::acme().await;
        let run = app.promote("production", &["@acme/ui@1.4.0"]).await;
        app.faults.plan(DELETE, 1, effect.clone());
        let undone = undo(&app, &run.summary.id, UndoHow::Delete).await;
        assert_eq!(*result(&undone, 0), CopyResult::Copied, "{effect:?}");
        let calls = if matches!(effect, Effect::ResetBefore) { 2 } else { 1 };
        assert_eq!(app.faults.seen(DELETE).len(), calls, "{effect:?}");
        assert!(!is_in_production(&app, "1.4.0").await);
    }
}

#[tokio::test]
async fn a_run_is_undone_once_and_an_undoing_never() {
    let app = TestApp::acme().await;
    let run = app.promote("production", &["@acme/ui@1.4.0"]).await;
    let one = undo(&app, &run.summary.id, UndoHow::Delete).await;
    let other = undo(&app, &run.summary.id, UndoHow::Delete).await;
    assert_eq!(one.summary.id, other.summary.id);
    let ask = UndoQuery { how: UndoHow::Delete };
    let answer = app.ask(PreviewUndo, &run_path(&one.summary.id), &ask, &()).await;
    assert_eq!(answer.problem(), (StatusCode::CONFLICT, ProblemCode::Conflict));
    let again = app.ask(GetRun, &run_path(&one.summary.id), &(), &()).await.json::<Run>();
    assert_eq!(again.summary.reason, "a mistake");
    // The version can be promoted again.
    assert_eq!(*result(&app.promote("production", &["@acme/ui@1.4.0"]).await, 0), CopyResult::Copied);
}

#[tokio::test]
async fn a_run_at_work_is_not_undone() {
    let app = TestApp::acme().await;
    let plan = app.plan("production", &["@acme/ui@1.4.0"]).await;
    app.faults.plan("POST /v1/package/versions/copy", 1, Effect::Hold);
    let run = app.start(&plan).await.summary.id;
    app.faults.reached().await;
    let ask = UndoQuery { how: UndoHow::Delete };
    let answer = app.ask(PreviewUndo, &run_path(&run), &ask, &()).await;
    assert_eq!(answer.problem(), (StatusCode::CONFLICT, ProblemCode::Conflict));
    app.faults.release();
    app.ended(&run).await;
}
