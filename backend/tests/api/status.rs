//! Changing the status of versions.

use http::StatusCode;
use shared::api::{ChangeStatus, DescribeVersion};
use shared::problem::{Problem, ProblemCode};
use shared::status::{StatusChange, Step};
use shared::version::PackageVersionStatus::{self, Archived, Disposed, Published, Unlisted};

use crate::support::{Answer, Effect, TestApp, npm, npm_version, repository};

const UPDATE: &str = "/v1/package/versions/update_status";

fn change(expected: PackageVersionStatus, step: Step) -> StatusChange {
    StatusChange { package: npm("@acme/ui"), version: "1.3.1".parse().unwrap(), revision: None, expected, step }
}

async fn ask(app: &TestApp, change: &StatusChange) -> Answer {
    app.ask(ChangeStatus, &repository("team-dev"), &(), change).await
}

/// The status of `@acme/ui` 1.3.1 in team-dev; none when it is gone.
async fn status(app: &TestApp) -> Option<PackageVersionStatus> {
    let query = npm_version("@acme/ui", "1.3.1");
    let answer = app.ask(DescribeVersion, &repository("team-dev"), &query, &()).await;
    (answer.status == StatusCode::OK).then(|| answer.json::<shared::version::VersionDetail>().summary.status.unwrap())
}

#[tokio::test]
async fn a_version_goes_through_its_life() {
    let app = TestApp::acme().await;
    for (from, step, to) in [
        (Published, Step::Unlist, Some(Unlisted)),
        (Unlisted, Step::Archive, Some(Archived)),
        (Archived, Step::Publish, Some(Published)),
        (Published, Step::Dispose, Some(Disposed)),
        (Disposed, Step::Delete, None),
    ] {
        assert_eq!(ask(&app, &change(from, step)).await.status, StatusCode::OK, "{step:?}");
        assert_eq!(status(&app).await, to);
    }
}

#[tokio::test]
async fn a_version_that_somebody_else_changed_stays_as_it_is() {
    let app = TestApp::acme().await;
    ask(&app, &change(Published, Step::Archive)).await;
    let answer = ask(&app, &change(Published, Step::Delete)).await;
    assert_eq!(answer.problem(), (StatusCode::CONFLICT, ProblemCode::Conflict));
    assert!(answer.json::<Problem>().message.contains("MISMATCHED_STATUS"));
    let pinned = StatusChange { revision: Some("another=".parse().unwrap()), ..change(Archived, Step::Dispose) };
    assert!(ask(&app, &pinned).await.json::<Problem>().message.contains("MISMATCHED_REVISION"));
    assert_eq!(status(&app).await, Some(Archived));
}

#[tokio::test]
async fn a_step_that_cannot_follow_asks_aws_nothing() {
    let app = TestApp::acme().await;
    app.faults.forget();
    let answer = ask(&app, &change(Disposed, Step::Publish)).await;
    assert_eq!(answer.problem(), (StatusCode::BAD_REQUEST, ProblemCode::BadRequest));
    assert!(app.faults.seen("").is_empty());
}

#[tokio::test]
async fn a_lost_answer_is_settled_by_reading_and_never_sent_twice() {
    for effect in [Effect::ResetAfter, Effect::FaultAfter, Effect::GarbageAfter] {
        let app = TestApp::acme().await;
        app.faults.plan(UPDATE, 1, effect.clone());
        assert_eq!(ask(&app, &change(Published, Step::Unlist)).await.status, StatusCode::OK, "{effect:?}");
        assert_eq!((status(&app).await, app.faults.seen(UPDATE).len()), (Some(Unlisted), 1), "{effect:?}");
    }
}

#[tokio::test]
async fn an_answer_that_says_nothing_of_the_version_is_no_success() {
    let app = TestApp::acme().await;
    for (effect, told) in [
        (Effect::ResetBefore, (StatusCode::GATEWAY_TIMEOUT, ProblemCode::Unreachable)),
        (Effect::SamePage("silent"), (StatusCode::BAD_GATEWAY, ProblemCode::Unexpected)),
    ] {
        app.faults.plan(UPDATE, 1, effect.clone());
        let answer = ask(&app, &change(Published, Step::Archive)).await;
        assert_eq!(answer.problem(), told, "{effect:?}");
        assert!(answer.json::<Problem>().message.contains("is not known"), "{effect:?}");
        assert_eq!(status(&app).await, Some(Published));
    }
}
