//! Promoting, when AWS or the network breaks in the middle.

use shared::problem::ProblemCode;
use shared::promotion::{CopyResult, OutcomeRow};

use crate::promotion::{is_in_production, pins, promote};
use crate::support::{Effect, TestApp};

const COPY: &str = "POST /v1/package/versions/copy";
const READ: &str = "GET /v1/package/version?";

async fn promote_with(app: &TestApp, effect: Effect) -> OutcomeRow {
    let pins = pins(app, &["1.4.0"]).await;
    app.faults.plan(COPY, 1, effect);
    promote(app, "production", pins).await.remove(0)
}

#[tokio::test]
async fn a_throttled_copy_is_sent_again_after_the_time_that_aws_names() {
    let app = TestApp::acme().await;
    let row = promote_with(&app, Effect::Throttle(1)).await;
    assert_eq!(row.result, CopyResult::Copied);
    assert_eq!(app.faults.seen(COPY).len(), 2);
}

#[tokio::test]
async fn a_copy_that_is_throttled_for_long_fails_and_says_so() {
    let app = TestApp::acme().await;
    let row = promote_with(&app, Effect::Throttle(600)).await;
    let CopyResult::Failed(problem) = row.result else { panic!("{row:?}") };
    assert_eq!(problem.code, ProblemCode::Throttled);
    assert!(!is_in_production(&app, "1.4.0").await);
}

#[tokio::test]
async fn a_denied_copy_fails_with_the_words_and_the_id_of_aws() {
    let app = TestApp::acme().await;
    let row = promote_with(&app, Effect::Deny).await;
    assert_eq!(row.request_id.as_deref(), Some("11111111-2222-3333-4444-555555555555"));
    let CopyResult::Failed(problem) = row.result else { panic!("{row:?}") };
    assert_eq!(problem.code, ProblemCode::Forbidden);
}

#[tokio::test]
async fn a_copy_that_happened_is_found_out_whatever_the_answer_was() {
    for effect in [Effect::FaultAfter, Effect::ResetAfter, Effect::GarbageAfter] {
        let app = TestApp::acme().await;
        let row = promote_with(&app, effect.clone()).await;
        assert_eq!(row.result, CopyResult::Copied, "{effect:?}");
        assert_eq!(app.faults.seen(COPY).len(), 1, "{effect:?}: it is not sent again");
        assert!(is_in_production(&app, "1.4.0").await);
    }
}

#[tokio::test]
async fn a_fault_of_aws_that_copied_nothing_is_a_failure() {
    let app = TestApp::acme().await;
    let row = promote_with(&app, Effect::FaultBefore).await;
    assert!(matches!(row.result, CopyResult::Failed(_)), "{row:?}");
    assert_eq!(app.faults.seen(COPY).len(), 1);
    assert!(!is_in_production(&app, "1.4.0").await);
}

#[tokio::test]
async fn a_broken_connection_and_an_empty_target_leave_it_open() {
    let app = TestApp::acme().await;
    let row = promote_with(&app, Effect::ResetBefore).await;
    let CopyResult::Unknown(problem) = &row.result else { panic!("{row:?}") };
    assert_eq!(problem.code, ProblemCode::Unreachable);
    assert_eq!(app.faults.seen(COPY).len(), 1, "it is not sent again");
}

#[tokio::test]
async fn what_cannot_be_read_afterwards_is_unknown() {
    let app = TestApp::acme().await;
    let pins = pins(&app, &["1.4.0"]).await;
    app.faults.plan(COPY, 1, Effect::ResetAfter);
    app.faults.plan(READ, usize::MAX, Effect::Deny);
    let row = promote(&app, "production", pins).await.remove(0);
    assert!(matches!(row.result, CopyResult::Unknown(_)), "{row:?}");
}

#[tokio::test]
async fn one_broken_package_does_not_stop_the_others() {
    let app = TestApp::acme().await;
    let mut pins = pins(&app, &["1.4.0"]).await;
    let other = crate::support::npm("billing-sdk");
    let mut other_pin = pins[0].clone();
    other_pin.package = other;
    pins.push(other_pin);
    app.faults.plan("package=billing-sdk", 1, Effect::Deny);
    let rows = promote(&app, "production", pins).await;
    assert_eq!(rows[0].result, CopyResult::Copied);
    assert!(matches!(rows[1].result, CopyResult::Failed(_)), "{:?}", rows[1]);
}
