//! Runs, when AWS or the network breaks in the middle.

use shared::problem::ProblemCode;
use shared::promotion::CopyResult;
use shared::run::{RowState, Run, RunAction, RunState};

use crate::promotion::is_in_production;
use crate::support::runs::result;
use crate::support::{Effect, TestApp};

const COPY: &str = "POST /v1/package/versions/copy";
const READ: &str = "GET /v1/package/version?";

async fn run_with(app: &TestApp, times: usize, effect: Effect) -> Run {
    let plan = app.plan("production", &["@acme/ui@1.4.0"]).await;
    app.faults.plan(COPY, times, effect);
    app.start(&plan).await
}

#[tokio::test]
async fn a_copy_that_happened_is_found_out_whatever_the_answer_was() {
    for effect in [Effect::FaultAfter, Effect::ResetAfter, Effect::GarbageAfter, Effect::BothMaps] {
        let app = TestApp::acme().await;
        let run = run_with(&app, 1, effect.clone()).await;
        let run = app.ended(&run.summary.id).await;
        assert_eq!(*result(&run, 0), CopyResult::Copied, "{effect:?}");
        assert_eq!(app.faults.seen(COPY).len(), 1, "{effect:?}: it is not sent again");
    }
}

#[tokio::test]
async fn a_copy_that_did_not_happen_is_sent_again_after_looking() {
    for effect in [Effect::FaultBefore, Effect::ResetBefore] {
        let app = TestApp::acme().await;
        let run = run_with(&app, 2, effect.clone()).await;
        let run = app.ended(&run.summary.id).await;
        assert_eq!(*result(&run, 0), CopyResult::Copied, "{effect:?}");
        assert_eq!((app.faults.seen(COPY).len(), run.rows[0].attempts), (3, 3), "{effect:?}");
        assert!(is_in_production(&app, "1.4.0").await);
    }
}

#[tokio::test]
async fn a_throttled_run_says_so_and_waits_as_long_as_aws_asks() {
    let app = TestApp::acme().await;
    let begin = tokio::time::Instant::now();
    let run = run_with(&app, 1, Effect::Throttle(2)).await;
    let waiting = app.wait(&run.summary.id, |run| matches!(run.summary.state, RunState::Waiting(_))).await;
    let RunState::Waiting(problem) = waiting.summary.state else { unreachable!() };
    assert_eq!(problem.code, ProblemCode::Throttled);
    assert!(problem.message.starts_with("AWS asks to wait 2 s."), "{problem}");
    let ended = app.ended(&run.summary.id).await;
    assert!(begin.elapsed() > std::time::Duration::from_millis(1500), "{:?}", begin.elapsed());
    assert_eq!(*result(&ended, 0), CopyResult::Copied);
}

#[tokio::test]
async fn nobody_copies_while_aws_has_asked_to_wait() {
    let app = TestApp::acme().await;
    let plan = app.plan("production", &["@acme/ui@1.4.0", "@acme/core@2.3.0", "billing-sdk@0.9.1"]).await;
    app.faults.plan(COPY, 1, Effect::Throttle(2));
    let begin = tokio::time::Instant::now();
    let id = app.start(&plan).await.summary.id;
    app.wait(&id, |run| matches!(run.summary.state, RunState::Waiting(_))).await;
    let sent = app.faults.seen(COPY).len();
    app.wait(&id, |_| app.faults.seen(COPY).len() > sent).await;
    assert!(begin.elapsed() > std::time::Duration::from_millis(1500), "a copy was sent after {:?}", begin.elapsed());
    assert_eq!(app.ended(&id).await.summary.counts.done, 3);
}

#[tokio::test]
async fn a_run_without_credentials_pauses_and_goes_on_when_they_are_mended() {
    let app = TestApp::acme().await;
    let run = run_with(&app, 1, Effect::Expired).await;
    let paused = app.wait(&run.summary.id, |run| matches!(run.summary.state, RunState::Paused(_))).await;
    let RunState::Paused(problem) = &paused.summary.state else { unreachable!() };
    assert_eq!(problem.code, ProblemCode::Credentials);
    assert_eq!(paused.rows[0].state, RowState::Waiting);
    app.steer(&run.summary.id, RunAction::GoOn).await;
    assert_eq!(*result(&app.ended(&run.summary.id).await, 0), CopyResult::Copied);
}

#[tokio::test]
async fn a_denied_copy_fails_with_the_words_of_aws_and_can_be_tried_again() {
    let app = TestApp::acme().await;
    let run = run_with(&app, 1, Effect::Deny).await;
    let run = app.ended(&run.summary.id).await;
    assert_eq!(run.rows[0].request_id.as_deref(), Some("11111111-2222-3333-4444-555555555555"));
    assert!(matches!(result(&run, 0), CopyResult::Failed(problem) if problem.code == ProblemCode::Forbidden));
    app.steer(&run.summary.id, RunAction::GoOn).await;
    assert_eq!(*result(&app.ended(&run.summary.id).await, 0), CopyResult::Copied);
}

#[tokio::test]
async fn what_cannot_be_read_after_a_doubt_is_never_sent_again_blindly() {
    let app = TestApp::acme().await;
    let run = run_with(&app, 1, Effect::ResetAfter).await;
    app.faults.plan(READ, 8, Effect::ResetBefore);
    app.wait(&run.summary.id, |run| matches!(run.summary.state, RunState::Waiting(_))).await;
    assert_eq!(app.run(&run.summary.id).await.rows[0].state, RowState::Checking);
    let ended = app.ended(&run.summary.id).await;
    assert_eq!(*result(&ended, 0), CopyResult::Copied);
    assert_eq!(app.faults.seen(COPY).len(), 1);
}

#[tokio::test]
async fn what_may_not_be_read_after_a_doubt_is_told_as_unknown() {
    let app = TestApp::acme().await;
    let run = run_with(&app, 1, Effect::ResetAfter).await;
    app.faults.plan(READ, usize::MAX, Effect::Deny);
    let run = app.ended(&run.summary.id).await;
    assert!(
        matches!(result(&run, 0), CopyResult::Unknown(problem) if problem.code == ProblemCode::Forbidden),
        "{run:?}"
    );
    assert_eq!(app.faults.seen(COPY).len(), 1, "it is not sent again");
}

#[tokio::test]
async fn a_run_whose_calls_fail_for_ever_ends_and_says_so() {
    let app = TestApp::acme().await;
    let run = run_with(&app, usize::MAX, Effect::FaultBefore).await;
    let run = app.ended(&run.summary.id).await;
    assert!(matches!(result(&run, 0), CopyResult::Failed(_)), "{run:?}");
    assert_eq!(app.faults.seen(COPY).len(), 5);
    assert!(!is_in_production(&app, "1.4.0").await);
}

#[tokio::test]
async fn one_broken_package_does_not_stop_the_others() {
    let app = TestApp::acme().await;
    let plan = app.plan("production", &["@acme/ui@1.4.0", "billing-sdk@0.9.1"]).await;
    app.faults.plan("copy?domain=acme&package=billing-sdk", usize::MAX, Effect::Deny);
    app.faults.plan("package=billing-sdk", 1, Effect::Deny);
    let run = app.start(&plan).await;
    let run = app.ended(&run.summary.id).await;
    assert_eq!(*result(&run, 0), CopyResult::Copied);
    assert!(matches!(result(&run, 1), CopyResult::Failed(_)), "{run:?}");
}
