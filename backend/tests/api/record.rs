//! Every change leaves a row in the record before anybody is told of it; reading leaves none.

use http::StatusCode;
use shared::api::{ALL, ChangeStatuses, DeleteRepository, SetConnection, UpdateRepository};
use shared::feeding::Connect;
use shared::history::{HistoryResult, HistoryRow, records};
use shared::problem::ProblemCode;
use shared::repository::DescribedAnew;
use shared::status::{SeenVersion, StatusChanges, Step};
use shared::version::PackageVersionStatus::Published;

use crate::every_endpoint::{good, promoted};
use crate::support::runs::choices;
use crate::support::{Effect, TestApp, npm, repository};
use headwater::store::audit::{self, HistoryFilter};

/// All rows, oldest first.
async fn rows(app: &TestApp) -> Vec<HistoryRow> {
    audit::oldest(&app.state.store, &HistoryFilter::default(), 1000).await.unwrap()
}

fn anew() -> DescribedAnew {
    DescribedAnew { description: "In other words".parse().unwrap() }
}

#[tokio::test]
async fn every_endpoint_that_changes_something_leaves_rows_and_no_other_does() {
    let app = TestApp::acme().await;
    let promoted = promoted(&app).await;
    for (name, method, _) in ALL.iter().filter(|(name, ..)| *name != "DeleteSession") {
        let before = rows(&app).await.len();
        app.send(good(&app, name, Some(&app.token), &promoted)).await;
        let mut new = rows(&app).await.split_off(before);
        // What a run does is recorded as it ends, whoever is asking by then.
        new.retain(|row| row.entry.run.is_none() || row.entry.version.is_none());
        assert_eq!(!new.is_empty(), records(name, *method), "{name}: {new:?}");
        for HistoryRow { entry, .. } in new {
            assert_eq!((entry.action.as_str(), entry.connection.as_deref()), (*name, Some("demo")));
            assert!(entry.domain.is_some() && entry.person == "local" && entry.at > 1_700_000_000.0, "{entry:?}");
            let of_none = ["ApprovePlan", "BlockVersion", "RejectPlan", "SetProtections", "SteerRun", "UnblockVersion"]
                .contains(name);
            assert!(
                of_none || name.contains("Domain") || *name == "CreateToken" || entry.repository.is_some(),
                "{entry:?}"
            );
        }
    }
    assert!(audit::verify(&app.state.store, None).await.unwrap().is_ok());
}

#[tokio::test]
async fn each_version_of_a_promotion_has_its_row_with_reason_source_and_request_id() {
    let app = TestApp::acme().await;
    let versions = ["@acme/ui@1.4.0", "@acme/ui@1.3.2", "@acme/ui@9.9.9"];
    let run = app.promote("production", &versions).await;
    let rows = rows(&app).await;
    for (choice, told, result) in choices(&versions)
        .iter()
        .zip(run.rows)
        .zip([HistoryResult::Done, HistoryResult::Same, HistoryResult::Refused])
        .map(|((choice, told), result)| (choice, told, result))
    {
        let of_it = rows.iter().filter(|row| row.entry.version.as_deref() == Some(choice.version.as_str()));
        let entries: Vec<_> = of_it.map(|row| &row.entry).collect();
        let [entry] = entries[..] else { panic!("{entries:?}") };
        assert_eq!(entry.result, result);
        assert_eq!((entry.source.as_deref(), entry.repository.as_deref()), (Some("team-dev"), Some("production")));
        assert_eq!((entry.namespace.as_deref(), entry.package.as_deref()), (Some("acme"), Some("ui")));
        assert_eq!((entry.reason.as_deref(), &entry.request_id), (Some("release"), &told.request_id));
    }
}

#[tokio::test]
async fn many_versions_that_change_their_status_have_a_row_each() {
    let app = TestApp::acme().await;
    let seen = |version: &str| SeenVersion { version: version.parse().unwrap(), revision: None, expected: Published };
    let versions = vec![seen("1.4.0"), seen("9.9.9")];
    let changes = StatusChanges { package: npm("@acme/ui"), step: Step::Archive, versions };
    app.get(ChangeStatuses, &repository("team-dev"), &(), &changes).await;
    let rows = rows(&app).await;
    let told: Vec<_> = rows.iter().map(|row| (row.entry.version.as_deref().unwrap(), row.entry.result)).collect();
    assert_eq!(told, [("1.4.0", HistoryResult::Done), ("9.9.9", HistoryResult::Refused)]);
    assert!(rows[1].entry.detail.as_ref().unwrap().len() > "archive: ".len(), "{rows:?}");
}

#[tokio::test]
async fn the_row_of_a_success_has_awss_id_of_the_call_that_changed_something() {
    let app = TestApp::acme().await;
    let connect = Connect { registry: "public:npmjs".parse().unwrap(), connected: false };
    app.get(SetConnection, &repository("npm-store"), &(), &connect).await;
    let entry = rows(&app).await.pop().unwrap().entry;
    assert_eq!((entry.result, entry.detail.as_deref()), (HistoryResult::Done, Some("public:npmjs")));
    assert!(entry.request_id.is_some_and(|id| id.len() > 20));
}

#[tokio::test]
async fn what_aws_refuses_and_what_nobody_knows_is_told_apart() {
    let app = TestApp::acme().await;
    for (effect, result) in [(Effect::Deny, HistoryResult::Refused), (Effect::ResetAfter, HistoryResult::Unknown)] {
        app.faults.plan("PUT /v1/repository?", 1, effect);
        let answer = app.ask(UpdateRepository, &repository("team-data"), &(), &anew()).await;
        assert_ne!(answer.status, StatusCode::OK);
        let entry = rows(&app).await.pop().unwrap().entry;
        assert_eq!(entry.result, result, "{entry:?}");
        assert!(entry.detail.is_some());
    }
}

#[tokio::test]
async fn what_cannot_be_recorded_is_not_done() {
    let app = TestApp::acme().await;
    app.state.store.close().await;
    let answer = app.ask(DeleteRepository, &repository("team-data"), &(), &()).await;
    assert_eq!(answer.problem(), (StatusCode::SERVICE_UNAVAILABLE, ProblemCode::Unavailable));
    assert!(answer.text().contains("Nothing was changed") && answer.headers.contains_key("retry-after"));
    assert!(app.faults.seen("DELETE").is_empty());
}

#[tokio::test]
async fn each_version_of_a_run_has_its_row_once_with_plan_and_run() {
    let app = TestApp::acme().await;
    let (plan, run) = promoted(&app).await;
    let rows = rows(&app).await;
    let actions: Vec<&str> = rows.iter().map(|row| row.entry.action.as_str()).collect();
    assert_eq!(actions, ["CreatePlan", "CreateRun", "CreatePromotion"], "{rows:?}");
    let entry = &rows[2].entry;
    assert_eq!((entry.action.as_str(), entry.result), ("CreatePromotion", HistoryResult::Done));
    assert_eq!((entry.plan.clone(), entry.run.clone()), (Some(plan.id.to_string()), Some(run.to_string())));
    assert_eq!((entry.package.as_deref(), entry.version.as_deref()), (Some("ui"), Some("1.4.0")));
    assert!(entry.request_id.is_some() && entry.reason.is_some());
}
