//! Plans: made, kept, opened. Nothing changes at AWS.

use http::StatusCode;
use shared::api::{
    CompareRepositories, ComparisonQuery, CreatePlan, CreateRepository, CreateRun, GetPlan, PreviewClosure,
    PreviewPromotion,
};
use shared::closure::Decisions;
use shared::format::PackageFormat;
use shared::needs::Fate;
use shared::plan::{Drift, LIFETIME, NewPlan, Plan};
use shared::problem::ProblemCode;
use shared::promotion::{PreviewRequest, Verdict};
use shared::repository::NewRepository;
use shared::run::NewRun;

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

/// A repository that reaches nothing, so that what a version needs is not there.
async fn release(app: &TestApp) {
    let new = NewRepository { name: "release".parse().unwrap(), description: "".parse().unwrap(), tags: vec![] };
    app.get(CreateRepository, &domain(), &(), &new).await;
}

fn fates(plan: &Plan) -> Vec<(String, Fate)> {
    let rows = &plan.needs.as_ref().unwrap().rows;
    rows.iter().map(|need| (need.row.package.full_name(), need.fate())).collect()
}

#[tokio::test]
async fn a_plan_keeps_what_its_versions_need_and_what_was_decided() {
    let app = TestApp::acme().await;
    release(&app).await;
    let open = NewPlan { needs: Some(Decisions::default()), ..new_plan("release", &["@acme/ui@1.4.0"]) };
    let plan = app.get(CreatePlan, &domain(), &(), &open).await;
    let names = ["lodash", "@acme/core", "@acme/icons"].map(str::to_owned);
    assert_eq!(fates(&plan), names.clone().map(|name| (name, Fate::Undecided)));

    let asked = PreviewRequest { from: open.from.clone(), to: open.to.clone(), versions: open.versions.clone() };
    let closure = app.get(PreviewClosure, &domain(), &(), &asked).await;
    let mut decisions = Decisions::default();
    closure.rows.iter().for_each(|row| decisions.leave(row, "It is bundled."));
    let left = app.get(CreatePlan, &domain(), &(), &NewPlan { needs: Some(decisions.clone()), ..open.clone() }).await;
    assert_eq!(fates(&left), names.map(|name| (name, Fate::Left)));
    assert_eq!(left.needs.as_ref().unwrap().rows[0].left.as_deref(), Some("It is bundled."));

    let mut other = Decisions::default();
    closure.rows.iter().for_each(|row| other.leave(row, "Another reason."));
    let other = app.get(CreatePlan, &domain(), &(), &NewPlan { needs: Some(other), ..open }).await;
    assert!(plan.hash != left.hash && left.hash != other.hash, "a decision is part of what is approved");
    let opened = app.get(GetPlan, &plan_path(&left.id), &(), &()).await;
    assert_eq!(opened.plan, left);
}

#[tokio::test]
async fn a_plan_with_something_needed_undecided_is_not_run() {
    let app = TestApp::acme().await;
    release(&app).await;
    let open = NewPlan { needs: Some(Decisions::default()), ..new_plan("release", &["@acme/ui@1.4.0"]) };
    let plan = app.get(CreatePlan, &domain(), &(), &open).await;
    let run = NewRun { hash: plan.hash.clone(), reason: "release".into() };
    let answer = app.ask(CreateRun, &plan_path(&plan.id), &(), &run).await;
    assert_eq!(answer.problem(), (StatusCode::CONFLICT, ProblemCode::Conflict));
    assert!(answer.text().contains("lodash and 2 other packages"), "{}", answer.text());
    assert!(app.faults.seen("/copy").is_empty());
    // What needs nothing that is missing runs.
    let whole = NewPlan { needs: Some(Decisions::default()), ..new_plan("release", &["@acme/icons@2.1.0"]) };
    let whole = app.get(CreatePlan, &domain(), &(), &whole).await;
    assert!(whole.needs.is_some());
    app.start(&whole).await;
}

#[tokio::test]
async fn a_decision_about_something_else_decides_nothing() {
    let app = TestApp::acme().await;
    release(&app).await;
    // Of another version of the need: the source proposes @acme/core 2.3.1.
    let stale = serde_json::json!([{
        "subject": { "package": npm("@acme/core"), "proposed": "2.0.0" }, "reason": "Not yet.",
    }]);
    let stale: Decisions = serde_json::from_value(stale).unwrap();
    let plan = NewPlan { needs: Some(stale), ..new_plan("release", &["@acme/ui@1.4.0"]) };
    let plan = app.get(CreatePlan, &domain(), &(), &plan).await;
    assert!(fates(&plan).iter().all(|(_, fate)| *fate == Fate::Undecided), "{:?}", fates(&plan));
    let empty: Decisions = serde_json::from_value(serde_json::json!([{
        "subject": { "package": npm("@acme/core"), "proposed": "2.3.1" }, "reason": " ",
    }]))
    .unwrap();
    let bad = NewPlan { needs: Some(empty), ..new_plan("release", &["@acme/ui@1.4.0"]) };
    let answer = app.ask(CreatePlan, &domain(), &(), &bad).await;
    assert_eq!(answer.problem(), (StatusCode::BAD_REQUEST, ProblemCode::BadRequest));
}

#[tokio::test]
async fn a_plan_of_yesterday_is_shown_as_expired_and_not_run() {
    let app = TestApp::acme().await;
    let mut plan = app.plan("production", &["@acme/ui@1.4.0"]).await;
    // The same plan, made a day earlier.
    let day = f64::from(LIFETIME);
    (plan.id, plan.made_at, plan.expires_at) =
        ("0123456789abcdef0123".parse().unwrap(), plan.made_at - day, plan.expires_at - day);
    let mut writing = app.state.store.write().await.unwrap();
    headwater::store::plans::insert(&mut writing, &domain().connection, &plan).await.unwrap();
    writing.commit().await.unwrap();
    let opened = app.get(GetPlan, &plan_path(&plan.id), &(), &()).await;
    assert!(opened.expired && opened.runs.is_empty());
    let run = NewRun { hash: plan.hash.clone(), reason: "release".into() };
    let answer = app.ask(CreateRun, &plan_path(&plan.id), &(), &run).await;
    assert_eq!(answer.problem(), (StatusCode::CONFLICT, ProblemCode::Conflict));
    assert!(answer.text().contains("older than 24 hours") && app.faults.seen("/copy").is_empty(), "{}", answer.text());
}
