//! One step for many versions: a result for each, whatever happens on the way.

use std::collections::BTreeMap;

use http::StatusCode;
use shared::api::{ChangeStatus, ChangeStatuses, ListVersions, VersionsQuery};
use shared::package::PackageKey;
use shared::problem::ProblemCode;
use shared::status::{MOST_VERSIONS, SeenVersion, StatusChange, StatusChanges, StatusOutcome, StatusResult, Step};
use shared::version::PackageVersionStatus::{self, Archived, Published, Unlisted};
use shared::version::VersionSummary;

use crate::support::{Effect, TestApp, npm, repository};

const UPDATE: &str = "/v1/package/versions/update_status";
const DISPOSE: &str = "/v1/package/versions/dispose";
const DELETE: &str = "/v1/package/versions/delete";

async fn versions(app: &TestApp) -> Vec<VersionSummary> {
    let PackageKey { format, namespace, name } = npm("@acme/ui");
    let query = VersionsQuery { format, namespace, package: name, status: None, next: None };
    let answer = app.ask(ListVersions, &repository("team-dev"), &query, &()).await;
    if answer.status == StatusCode::NOT_FOUND {
        return Vec::new();
    }
    answer.json::<shared::version::VersionPage>().versions
}

async fn statuses(app: &TestApp) -> BTreeMap<String, PackageVersionStatus> {
    versions(app).await.into_iter().map(|one| (one.version.to_string(), one.status.unwrap())).collect()
}

/// The step for all versions as they are seen now.
async fn all(app: &TestApp, step: Step) -> StatusChanges {
    StatusChanges { package: npm("@acme/ui"), step, versions: step.plan(&versions(app).await).takes }
}

/// The step for the versions that are published now; one of `@acme/ui` is unlisted from the beginning.
async fn published(app: &TestApp, step: Step) -> StatusChanges {
    let mut changes = all(app, step).await;
    changes.versions.retain(|seen| seen.expected == Published);
    changes
}

/// What somebody else does meanwhile.
async fn meanwhile(app: &TestApp, version: &str, expected: PackageVersionStatus, step: Step) {
    let version = version.parse().unwrap();
    let change = StatusChange { package: npm("@acme/ui"), version, revision: None, expected, step };
    assert_eq!(app.ask(ChangeStatus, &repository("team-dev"), &(), &change).await.status, StatusCode::OK);
}

async fn run(app: &TestApp, changes: &StatusChanges) -> StatusOutcome {
    app.get(ChangeStatuses, &repository("team-dev"), &(), changes).await
}

fn words(outcome: &StatusOutcome) -> BTreeMap<String, String> {
    let word = |result: &StatusResult| match result {
        StatusResult::Done => "done".to_owned(),
        StatusResult::Refused { code, .. } => code.clone(),
        StatusResult::Failed(_) => "failed".to_owned(),
        StatusResult::Unknown(_) => "unknown".to_owned(),
    };
    outcome.rows.iter().map(|row| (row.version.to_string(), word(&row.result))).collect()
}

fn is(outcome: &StatusOutcome, word: &str) -> bool {
    words(outcome).values().all(|one| one == word)
}

#[tokio::test]
async fn many_versions_go_together_through_their_life() {
    let app = TestApp::acme().await;
    for (step, to) in [(Step::Unlist, Some(Unlisted)), (Step::Archive, Some(Archived)), (Step::Dispose, None)] {
        let changes = all(&app, step).await;
        assert!(changes.versions.len() > 3);
        let outcome = run(&app, &changes).await;
        assert!(is(&outcome, "done"), "{outcome:?}");
        let asked: Vec<_> = changes.versions.iter().map(|seen| &seen.version).collect();
        assert_eq!(outcome.rows.iter().map(|row| &row.version).collect::<Vec<_>>(), asked, "in the order asked");
        assert!(outcome.rows.iter().all(|row| row.request_id.is_some()));
        if let Some(to) = to {
            assert!(statuses(&app).await.values().all(|status| *status == to));
        }
    }
    assert!(is(&run(&app, &all(&app, Step::Delete).await).await, "done"));
    assert!(versions(&app).await.is_empty());
}

#[tokio::test]
async fn each_status_takes_a_call_of_its_own() {
    let app = TestApp::acme().await;
    let changes = all(&app, Step::Archive).await;
    app.faults.forget();
    assert!(is(&run(&app, &changes).await, "done"));
    assert_eq!(app.faults.seen(UPDATE).len(), 2);
}

#[tokio::test]
async fn what_others_changed_is_refused_alone_and_the_rest_goes_on() {
    let app = TestApp::acme().await;
    let mut changes = published(&app, Step::Unlist).await;
    meanwhile(&app, "1.4.0", Published, Step::Archive).await;
    meanwhile(&app, "1.3.1", Published, Step::Delete).await;
    let other = changes.versions.iter_mut().find(|seen| seen.version.as_str() == "1.3.2").unwrap();
    other.revision = Some("another=".parse().unwrap());
    let mut told = words(&run(&app, &changes).await);
    for (version, code) in [("1.4.0", "MISMATCHED_STATUS"), ("1.3.1", "NOT_FOUND"), ("1.3.2", "MISMATCHED_REVISION")] {
        assert_eq!(told.remove(version).as_deref(), Some(code));
    }
    assert!(!told.is_empty() && told.values().all(|word| word == "done"), "{told:?}");
    let now = statuses(&app).await;
    assert_eq!((now["1.4.0"], now["1.3.2"]), (Archived, Published));
    assert!(told.keys().all(|version| now[version] == Unlisted));
}

#[tokio::test]
async fn a_lost_answer_is_settled_by_reading_and_never_sent_twice() {
    for (step, part) in [(Step::Unlist, UPDATE), (Step::Dispose, DISPOSE), (Step::Delete, DELETE)] {
        for effect in [Effect::ResetAfter, Effect::FaultAfter, Effect::GarbageAfter] {
            let app = TestApp::acme().await;
            let changes = published(&app, step).await;
            app.faults.plan(part, 1, effect.clone());
            let outcome = run(&app, &changes).await;
            assert!(is(&outcome, "done"), "{step:?} {effect:?}: {outcome:?}");
            assert_eq!(app.faults.seen(part).len(), 1, "{step:?} {effect:?}");
        }
    }
}

#[tokio::test]
async fn what_did_not_happen_is_told_as_failed_and_what_stays_open_as_unknown() {
    for (effect, word) in [
        (Effect::FaultBefore, "failed"),
        (Effect::Deny, "failed"),
        (Effect::Expired, "failed"),
        (Effect::ResetBefore, "unknown"),
    ] {
        let app = TestApp::acme().await;
        let (changes, before) = (published(&app, Step::Archive).await, statuses(&app).await);
        app.faults.plan(UPDATE, 1, effect.clone());
        let outcome = run(&app, &changes).await;
        assert!(is(&outcome, word), "{effect:?}: {outcome:?}");
        assert_eq!(statuses(&app).await, before);
        // What failed can be tried again alone.
        assert!(is(&run(&app, &changes).await, "done"), "{effect:?}");
    }
}

#[tokio::test]
async fn one_call_that_is_lost_leaves_the_others_their_results() {
    let app = TestApp::acme().await;
    let changes = all(&app, Step::Archive).await;
    // Published versions come first, by their status.
    app.faults.plan(UPDATE, 1, Effect::ResetBefore);
    let mut told = words(&run(&app, &changes).await);
    assert_eq!(told.remove("1.3.0").as_deref(), Some("done"));
    assert!(told.values().all(|word| word == "unknown"), "{told:?}");
}

#[tokio::test]
async fn a_throttled_call_is_sent_again() {
    let app = TestApp::acme().await;
    let changes = all(&app, Step::Unlist).await;
    app.faults.plan(UPDATE, 2, Effect::Throttle(0));
    assert!(is(&run(&app, &changes).await, "done"));
    assert_eq!(app.faults.seen(UPDATE).len(), 3);
}

#[tokio::test]
async fn a_request_that_breaks_a_rule_asks_aws_nothing() {
    let app = TestApp::acme().await;
    app.faults.forget();
    let seen =
        |n: usize| SeenVersion { version: format!("1.0.{n}").parse().unwrap(), revision: None, expected: Archived };
    for (step, versions) in [
        (Step::Archive, vec![seen(1)]),
        (Step::Publish, vec![]),
        (Step::Publish, (0..=MOST_VERSIONS).map(seen).collect()),
    ] {
        let changes = StatusChanges { package: npm("@acme/ui"), step, versions };
        let answer = app.ask(ChangeStatuses, &repository("team-dev"), &(), &changes).await;
        assert_eq!(answer.problem(), (StatusCode::BAD_REQUEST, ProblemCode::BadRequest));
    }
    assert!(app.faults.seen("").is_empty());
}
