//! Runs, when nothing breaks.

use http::StatusCode;
use shared::api::{AfterQuery, CreateRun, ListRuns, RunsQuery, WatchRun};
use shared::problem::ProblemCode;
use shared::promotion::CopyResult;
use shared::run::{NewRun, RowState, RunAction, RunState};

use crate::promotion::is_in_production;
use crate::support::runs::{plan_path, result, run_path};
use crate::support::{Effect, TestApp, domain, request};

const COPY: &str = "POST /v1/package/versions/copy";

#[tokio::test]
async fn a_run_does_what_its_plan_says() {
    let app = TestApp::acme().await;
    let versions = ["@acme/ui@1.4.0", "@acme/ui@1.3.2", "@acme/ui@9.9.9", "billing-sdk@0.9.1"];
    let run = app.promote("production", &versions).await;
    assert_eq!(*result(&run, 0), CopyResult::Copied);
    assert_eq!(*result(&run, 1), CopyResult::AlreadySame);
    assert!(matches!(result(&run, 2), CopyResult::Refused { code, .. } if code == "BLOCKED"));
    assert_eq!(*result(&run, 3), CopyResult::Copied);
    assert!(is_in_production(&app, "1.4.0").await);
    assert!(run.rows[0].request_id.is_some() && run.rows[0].attempts == 1 && run.rows[1].attempts == 0);
    let counts = run.summary.counts;
    assert_eq!((counts.done, counts.same, counts.failed, counts.all()), (2, 1, 1, 4));
    assert!(run.summary.ended_at.is_some_and(|ended| ended >= run.summary.started_at));
    assert_eq!(app.faults.seen(COPY).len(), 2, "one call a package");
}

#[tokio::test]
async fn a_plan_is_run_once_however_often_somebody_asks() {
    let app = TestApp::acme().await;
    let plan = app.plan("production", &["@acme/ui@1.4.0"]).await;
    let (one, other) = tokio::join!(app.start(&plan), app.start(&plan));
    assert_eq!(one.summary.id, other.summary.id);
    app.ended(&one.summary.id).await;
    assert_eq!(app.start(&plan).await.summary.id, one.summary.id);
    assert_eq!(app.faults.seen(COPY).len(), 1);
}

#[tokio::test]
async fn a_run_is_refused_without_a_reason_or_for_a_plan_that_nobody_saw() {
    let app = TestApp::acme().await;
    let plan = app.plan("production", &["@acme/ui@1.4.0"]).await;
    let new = NewRun { hash: plan.hash.clone(), reason: " ".into() };
    let answer = app.ask(CreateRun, &plan_path(&plan.id), &(), &new).await;
    assert_eq!(answer.problem(), (StatusCode::BAD_REQUEST, ProblemCode::BadRequest));
    let new = NewRun { hash: "0".repeat(64), reason: "release".into() };
    let answer = app.ask(CreateRun, &plan_path(&plan.id), &(), &new).await;
    assert_eq!(answer.problem(), (StatusCode::CONFLICT, ProblemCode::Conflict));
    let answer = app.ask(CreateRun, &plan_path(&"0".repeat(20).parse().unwrap()), &(), &new).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert!(app.faults.seen(COPY).is_empty());
}

#[tokio::test]
async fn the_intent_stands_in_the_journal_before_the_call() {
    let app = TestApp::acme().await;
    let plan = app.plan("production", &["@acme/ui@1.4.0"]).await;
    app.faults.plan(COPY, 1, Effect::Hold);
    let run = app.start(&plan).await;
    app.faults.reached().await;
    let now = app.run(&run.summary.id).await;
    assert_eq!((&now.rows[0].state, now.rows[0].attempts), (&RowState::UnderWay, 1));
    app.faults.release();
    app.ended(&run.summary.id).await;
}

#[tokio::test]
async fn a_run_that_was_stopped_goes_on_when_it_is_asked_to() {
    let app = TestApp::acme().await;
    let plan = app.plan("production", &["@acme/ui@1.4.0", "@acme/core@2.3.0", "billing-sdk@0.9.1"]).await;
    app.faults.plan(COPY, 3, Effect::Throttle(1));
    let run = app.start(&plan).await;
    let id = run.summary.id;
    app.wait(&id, |run| matches!(run.summary.state, RunState::Waiting(_))).await;
    app.steer(&id, RunAction::Stop).await;
    let stopped = app.wait(&id, |run| run.summary.state == RunState::Stopped).await;
    assert_eq!(stopped.summary.counts.waiting, 3);
    let sent = app.faults.seen(COPY).len();
    app.steer(&id, RunAction::GoOn).await;
    let ended = app.ended(&id).await;
    assert_eq!(ended.summary.counts.done, 3);
    assert!(app.faults.seen(COPY).len() > sent);
    let answer =
        app.ask(shared::api::SteerRun, &run_path(&id), &(), &shared::run::Steer { action: RunAction::GoOn }).await;
    assert_eq!(answer.problem(), (StatusCode::CONFLICT, ProblemCode::Conflict), "nothing is left to do");
}

#[tokio::test]
async fn a_call_under_way_comes_to_its_end_when_a_run_is_stopped() {
    let app = TestApp::acme().await;
    let plan = app.plan("production", &["@acme/ui@1.4.0"]).await;
    app.faults.plan(COPY, 1, Effect::Hold);
    let id = app.start(&plan).await.summary.id;
    app.faults.reached().await;
    assert_eq!(app.steer(&id, RunAction::Stop).await.summary.state, RunState::Stopping);
    app.faults.release();
    let ended = app.ended(&id).await;
    assert_eq!(*result(&ended, 0), CopyResult::Copied);
}

#[tokio::test]
async fn one_bad_version_is_named_and_the_others_are_sent_again() {
    let app = TestApp::acme().await;
    let plan = app.plan("production", &["@acme/ui@1.4.0", "@acme/ui@1.5.0-beta.1"]).await;
    app.emulator.with_state(|state| {
        let team = state.domains.get_mut("acme").unwrap().repositories.get_mut("team-dev").unwrap();
        let ui = team.packages.iter_mut().find(|(key, _)| key.name == "ui").unwrap().1;
        ui.versions.remove("1.5.0-beta.1");
    });
    let run = app.start(&plan).await;
    let run = app.ended(&run.summary.id).await;
    assert_eq!(*result(&run, 0), CopyResult::Copied);
    assert!(matches!(result(&run, 1), CopyResult::Refused { code, .. } if code == "NOT_FOUND"), "{run:?}");
    assert_eq!(app.faults.seen(COPY).len(), 2);
}

#[tokio::test]
async fn what_the_plan_did_not_say_is_not_done() {
    let app = TestApp::acme().await;
    let plan = app.plan("production", &["@acme/ui@1.3.2"]).await;
    app.emulator.with_state(|state| {
        let production = state.domains.get_mut("acme").unwrap().repositories.get_mut("production").unwrap();
        let ui = production.packages.iter_mut().find(|(key, _)| key.name == "ui").unwrap().1;
        ui.versions.remove("1.3.2");
    });
    let run = app.start(&plan).await;
    let run = app.ended(&run.summary.id).await;
    assert!(matches!(result(&run, 0), CopyResult::Refused { code, .. } if code == "CHANGED"), "{run:?}");
    assert!(app.faults.seen(COPY).is_empty());
}

#[tokio::test]
async fn runs_are_listed_newest_first_and_by_repository() {
    let app = TestApp::acme().await;
    let first = app.promote("production", &["@acme/ui@1.4.0"]).await.summary;
    let second = app.promote("staging", &["@acme/ui@1.3.2"]).await.summary;
    let list = async |query: RunsQuery| {
        let page = app.get(ListRuns, &domain(), &query, &()).await;
        assert!(!page.more);
        page.runs.into_iter().map(|run| run.id).collect::<Vec<_>>()
    };
    let all = RunsQuery::default();
    assert_eq!(list(all.clone()).await, [second.id.clone(), first.id.clone()]);
    let before = RunsQuery { before: Some(second.id.clone()), ..all.clone() };
    let staging = RunsQuery { repository: Some("staging".parse().unwrap()), ..all };
    assert_eq!(list(staging).await, [second.id]);
    assert_eq!(list(before).await, [first.id]);
}

#[tokio::test]
async fn a_stream_tells_every_change_and_ends_with_the_run() {
    let app = TestApp::acme().await;
    let plan = app.plan("production", &["@acme/ui@1.4.0", "billing-sdk@0.9.1"]).await;
    app.faults.plan(COPY, 1, Effect::Hold);
    let run = app.start(&plan).await;
    let (events, ()) = tokio::join!(app.events(&run.summary.id, run.at), async {
        app.faults.reached().await;
        app.faults.release();
    });
    assert!(events.windows(2).all(|two| two[0].at < two[1].at));
    let last = events.last().unwrap();
    assert_eq!(last.summary.state, RunState::Ended);
    // Whoever applies the events has the run.
    let mut rows = run.rows.clone();
    for (place, row) in events.iter().flat_map(|event| event.rows.clone()) {
        rows[place as usize] = row;
    }
    let ended = app.run(&run.summary.id).await;
    assert_eq!((rows, last.summary.clone(), last.at), (ended.rows, ended.summary, ended.at));
    // A stream that broke goes on where it was; one of a run at rest ends at once.
    let half = events[events.len() / 2].at;
    assert!(app.events(&run.summary.id, half).await.iter().all(|event| event.at > half));
    assert!(app.events(&run.summary.id, ended.at).await.is_empty());
}

#[tokio::test]
async fn a_session_has_so_many_streams_and_no_more() {
    let app = TestApp::acme().await;
    let plan = app.plan("production", &["@acme/ui@1.4.0"]).await;
    app.faults.plan(COPY, 1, Effect::Hold);
    let id = app.start(&plan).await.summary.id;
    app.faults.reached().await;
    let mut streams = Vec::new();
    for _ in 0..9 {
        use tower::ServiceExt;
        let mut ask = request::<WatchRun>(&run_path(&id), &AfterQuery { after: 0 }, &(), Some(&app.token));
        ask.headers_mut().insert("host", crate::support::OUR_HOST.parse().unwrap());
        streams.push(app.router.clone().oneshot(ask).await.unwrap());
    }
    let statuses: Vec<_> = streams.iter().map(|stream| stream.status()).collect();
    assert!(statuses[..8].iter().all(|status| *status == StatusCode::OK));
    assert_eq!(statuses[8], StatusCode::TOO_MANY_REQUESTS);
    drop(streams);
    app.faults.release();
    assert!(!app.events(&id, 0).await.is_empty());
}

#[tokio::test]
async fn more_versions_than_a_call_may_have_are_several_calls_in_order() {
    let app = TestApp::acme().await;
    app.emulator.with_state(|state| {
        let team = state.domains.get_mut("acme").unwrap().repositories.get_mut("team-dev").unwrap();
        let ui = team.packages.iter_mut().find(|(key, _)| key.name == "ui").unwrap().1;
        let version = ui.versions["1.4.0"].clone();
        for n in 0..150 {
            let mut version = version.clone();
            version.version = format!("7.0.{n}");
            ui.versions.insert(version.version.clone(), version);
        }
    });
    let names: Vec<String> = (0..150).map(|n| format!("@acme/ui@7.0.{n}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let run = app.promote("production", &names).await;
    assert_eq!(run.summary.counts.done, 150);
    assert_eq!(app.faults.seen(COPY).len(), 2);
    let versions: Vec<_> = run.rows.iter().map(|row| row.choice.version.to_string()).collect();
    assert!(versions.iter().zip(0..).all(|(version, n)| *version == format!("7.0.{n}")));
}
