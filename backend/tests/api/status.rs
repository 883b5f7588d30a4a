//! Changing the status of versions.

use http::StatusCode;
use shared::api::{ChangeStatus, DescribeVersion};
use shared::problem::{Problem, ProblemCode};
use shared::status::{StatusChange, Step};
use shared::version::PackageVersionStatus::{self, Archived, Disposed, Published, Unlisted};

use crate::support::{Answer, TestApp, npm, npm_version, repository};

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
