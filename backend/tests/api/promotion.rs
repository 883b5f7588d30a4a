//! What a run copies, what it refuses, and what it leaves alone.

use codeartifact_emulator::model::Package;
use http::StatusCode;
use shared::api::{DescribeDomainMap, DescribeVersion};
use shared::promotion::CopyResult;
use shared::run::Run;

use crate::support::runs::result;
use crate::support::{TestApp, domain, npm_version, repository};

const COPY: &str = "POST /v1/package/versions/copy";

/// Whether production holds a version of `@acme/ui`.
pub async fn is_in_production(app: &TestApp, version: &str) -> bool {
    let query = npm_version("@acme/ui", version);
    app.ask(DescribeVersion, &repository("production"), &query, &()).await.status == StatusCode::OK
}

/// Changes `@acme/ui` in a repository behind everybody's back.
fn change_ui(app: &TestApp, repository: &str, change: impl FnOnce(&mut Package)) {
    app.emulator.with_state(|state| {
        let repository = state.domains.get_mut("acme").unwrap().repositories.get_mut(repository).unwrap();
        change(repository.packages.iter_mut().find(|(key, _)| key.name == "ui").unwrap().1);
    });
}

/// CodeArtifact's code for a row that was refused.
fn code(run: &Run, row: usize) -> &str {
    match result(run, row) {
        CopyResult::Refused { code, .. } => code,
        other => panic!("{other:?} is no refusal"),
    }
}

#[tokio::test]
async fn the_same_promotion_again_changes_nothing() {
    let app = TestApp::acme().await;
    app.promote("production", &["@acme/ui@1.4.0"]).await;
    app.faults.forget();
    assert_eq!(*result(&app.promote("production", &["@acme/ui@1.4.0"]).await, 0), CopyResult::AlreadySame);
    assert!(app.faults.seen(COPY).is_empty());
}

#[tokio::test]
async fn each_bad_version_is_refused_by_name_and_the_others_are_copied() {
    let app = TestApp::acme().await;
    let versions = ["1.4.0", "1.3.0", "1.3.1", "1.5.0-beta.1", "1.3.2"].map(|version| format!("@acme/ui@{version}"));
    let plan = app.plan("production", &versions.each_ref().map(String::as_str)).await;
    // Since the plan was made: one has gone from the source, one has other content there, one came into the target.
    change_ui(&app, "team-dev", |ui| {
        ui.versions.remove("1.3.0");
        let mut other = ui.versions["1.4.0"].clone();
        other.version = "1.3.1".to_owned();
        ui.versions.insert("1.3.1".to_owned(), other);
    });
    change_ui(&app, "production", |ui| {
        ui.versions.remove("1.3.1");
        ui.versions.remove("1.3.0");
        let mut other = ui.versions["1.3.2"].clone();
        other.version = "1.4.0".to_owned();
        ui.versions.insert("1.4.0".to_owned(), other);
    });
    let run = app.start(&plan).await;
    let run = app.ended(&run.summary.id).await;
    assert_eq!(code(&run, 0), "ALREADY_EXISTS");
    assert_eq!((code(&run, 1), code(&run, 2)), ("NOT_FOUND", "MISMATCHED_REVISION"));
    assert_eq!((result(&run, 3), result(&run, 4)), (&CopyResult::Copied, &CopyResult::AlreadySame));
    assert!(!is_in_production(&app, "1.3.1").await);
}

#[tokio::test]
async fn what_the_target_has_with_other_content_is_left_alone() {
    let app = TestApp::acme().await;
    let query = npm_version("@acme/ui", "1.4.0");
    let before = app.get(DescribeVersion, &repository("staging"), &query, &()).await;
    let run = app.promote("staging", &["@acme/ui@1.4.0"]).await;
    assert_eq!(code(&run, 0), "ALREADY_EXISTS");
    assert_eq!(app.get(DescribeVersion, &repository("staging"), &query, &()).await, before);
    assert!(app.faults.seen(COPY).is_empty());
}

#[tokio::test]
async fn what_was_read_before_a_promotion_is_forgotten() {
    let app = TestApp::acme().await;
    let before = app.get(DescribeDomainMap, &domain(), &(), &()).await;
    app.promote("production", &["@acme/ui@1.4.0"]).await;
    assert!(app.get(DescribeDomainMap, &domain(), &(), &()).await.read_at > before.read_at);
}

#[tokio::test]
async fn many_causes_in_one_call_are_left_out_of_the_next_one_together() {
    let app = TestApp::acme().await;
    change_ui(&app, "team-dev", |ui| {
        for n in 0..60 {
            let mut version = ui.versions["1.4.0"].clone();
            version.version = format!("7.0.{n}");
            ui.versions.insert(version.version.clone(), version);
        }
    });
    let names: Vec<String> = (0..60).map(|n| format!("@acme/ui@7.0.{n}")).collect();
    let plan = app.plan("production", &names.iter().map(String::as_str).collect::<Vec<_>>()).await;
    change_ui(&app, "team-dev", |ui| (0..59).for_each(|n| drop(ui.versions.remove(&format!("7.0.{n}")))));
    let run = app.start(&plan).await;
    let run = app.ended(&run.summary.id).await;
    assert!((0..59).all(|row| code(&run, row) == "NOT_FOUND"));
    assert_eq!(*result(&run, 59), CopyResult::Copied);
    assert_eq!(app.faults.seen(COPY).len(), 2);
}
