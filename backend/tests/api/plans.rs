//! Plans: made, kept, opened. Nothing changes at AWS.

use http::StatusCode;
use shared::api::{CompareRepositories, ComparisonQuery, CreatePlan, GetPlan, PreviewClosure, PreviewPromotion};
use shared::format::PackageFormat;
use shared::plan::{Drift, NewPlan};
use shared::problem::ProblemCode;
use shared::promotion::{PreviewRequest, Verdict};

use crate::support::runs::{new_plan, plan_path};
use crate::support::{TestApp, domain, npm};

/// Calls that change something: by their method and path (service model), and what npm would send.
fn changing(calls: Vec<String>) -> Vec<String> {
    let reads = [
        "/v1/package/versions?",
        "/v1/package/version/assets",
        "/v1/package/version/dependencies",
        "/v1/authorization-token",
        "/v1/packages?",
    ];
    let is_read =
        |call: &String| call.starts_with("GET ") || reads.iter().any(|read| call.starts_with(&format!("POST {read}")));
    calls.into_iter().filter(|call| !is_read(call)).collect()
}

#[tokio::test]
async fn planning_looking_and_comparing_send_no_call_that_changes_anything() {
    let app = TestApp::acme().await;
    let versions = ["@acme/ui@1.4.0", "@acme/ui@1.3.2", "billing-sdk@0.9.1", "@acme/ui@9.9.9"];
    let plan = app.plan("production", &versions).await;
    for _ in 0..2 {
        app.get(GetPlan, &plan_path(&plan.id), &(), &()).await;
    }
    let asked = new_plan("production", &versions);
    let asked = PreviewRequest { from: asked.from, to: asked.to, versions: asked.versions };
    app.get(PreviewPromotion, &domain(), &(), &asked).await;
    app.get(PreviewClosure, &domain(), &(), &asked).await;
    let (left, right) = ("team-dev".parse().unwrap(), "production".parse().unwrap());
    app.get(CompareRepositories, &domain(), &ComparisonQuery { left, right, next: None }, &()).await;
    let calls = app.faults.seen("");
    assert!(calls.len() > 10, "it was read: {calls:?}");
    assert_eq!(changing(calls), [""; 0]);
    // The same eyes do see a change.
    let run = app.start(&plan).await;
    app.ended(&run.summary.id).await;
    assert_eq!(changing(app.faults.seen("")).len(), 2);
}

#[tokio::test]
async fn a_plan_keeps_revisions_files_verdicts_and_tags() {
    let app = TestApp::acme().await;
    let plan = app.plan("production", &["@acme/ui@1.4.0", "@acme/ui@1.3.2", "@acme/ui@9.9.9"]).await;
    let verdicts: Vec<_> = plan.seen.rows.iter().map(|row| &row.verdict).collect();
    assert!(matches!(verdicts[..], [Verdict::New, Verdict::Same, Verdict::Blocked(_)]), "{verdicts:?}");
    assert!(plan.seen.rows[0].revision.is_some() && !plan.seen.rows[0].tags.is_empty());
    let file = &plan.contents[0][0];
    assert_eq!((file.name.as_str(), file.hashes.len()), ("package.tgz", 1));
    assert_eq!(file.sha256().map(str::len), Some(64));
    assert!(plan.contents[2].is_empty());
    assert_eq!(plan.expires_at - plan.made_at, 86_400.0);
    let opened = app.get(GetPlan, &plan_path(&plan.id), &(), &()).await;
    assert_eq!(opened.plan, plan);
    assert!(opened.changes.is_empty() && !opened.expired && opened.runs.is_empty() && opened.now.is_some());
}

#[tokio::test]
async fn what_changed_since_a_plan_was_made_is_told_row_by_row() {
    let app = TestApp::acme().await;
    let plan = app.plan("production", &["@acme/ui@1.4.0", "@acme/ui@1.3.2"]).await;
    app.emulator.with_state(|state| {
        let package = state.domains.get_mut("acme").unwrap().repositories.get_mut("team-dev").unwrap();
        let ui = package.packages.iter_mut().find(|(key, _)| key.name == "ui").unwrap().1;
        ui.dist_tags.insert("latest".to_owned(), "1.3.2".to_owned());
    });
    app.promote("production", &["@acme/ui@1.4.0"]).await;
    let opened = app.get(GetPlan, &plan_path(&plan.id), &(), &()).await;
    let told = &opened.changes[0];
    assert_eq!(told.choice.version.as_str(), "1.4.0");
    let gone = Drift::Verdict { then: Verdict::New, now: Verdict::Same };
    assert!(told.what.contains(&gone) && told.what.contains(&Drift::Tags), "{told:?}");
}

#[tokio::test]
async fn a_plan_that_was_run_is_not_read_anew() {
    let app = TestApp::acme().await;
    let plan = app.plan("production", &["@acme/ui@1.4.0"]).await;
    let run = app.start(&plan).await;
    app.ended(&run.summary.id).await;
    app.faults.forget();
    let opened = app.get(GetPlan, &plan_path(&plan.id), &(), &()).await;
    assert_eq!(opened.runs, [run.summary.id]);
    assert!(opened.now.is_none() && app.faults.seen("").is_empty());
}

#[tokio::test]
async fn the_hash_is_of_what_a_plan_does_and_not_of_when_it_was_made() {
    let app = TestApp::acme().await;
    let plan = app.plan("production", &["@acme/ui@1.4.0"]).await;
    let again = app.plan("production", &["@acme/ui@1.4.0"]).await;
    assert!(plan.id != again.id && plan.hash == again.hash);
    assert_ne!(plan.hash, app.plan("production", &["@acme/ui@1.3.2"]).await.hash);
}

#[tokio::test]
async fn a_plan_that_breaks_a_rule_is_refused_before_anything_is_asked() {
    let app = TestApp::acme().await;
    let good = new_plan("production", &["@acme/ui@1.4.0"]);
    let twice = [good.versions.clone(), good.versions.clone()].concat();
    for bad in [
        NewPlan { to: good.from.clone(), ..good.clone() },
        NewPlan { versions: vec![], ..good.clone() },
        NewPlan { versions: twice, ..good.clone() },
        NewPlan { reason: "r".repeat(501), ..good.clone() },
    ] {
        let answer = app.ask(CreatePlan, &domain(), &(), &bad).await;
        assert_eq!(answer.problem(), (StatusCode::BAD_REQUEST, ProblemCode::BadRequest), "{bad:?}");
    }
    assert!(app.faults.seen("").is_empty());
    assert_eq!(npm("ui").format, PackageFormat::Npm);
}

#[tokio::test]
async fn a_plan_of_another_domain_or_connection_is_not_there() {
    let app = TestApp::acme().await;
    let plan = app.plan("production", &["@acme/ui@1.4.0"]).await;
    for (connection, domain) in [("demo", "unused"), ("nowhere", "acme")] {
        let mut path = plan_path(&plan.id);
        (path.connection, path.domain) = (connection.parse().unwrap(), domain.parse().unwrap());
        assert_eq!(app.ask(GetPlan, &path, &(), &()).await.status, StatusCode::NOT_FOUND);
    }
}
