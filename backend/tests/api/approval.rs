//! Protected repositories: what runs, what does not, and who says so.

use std::sync::Arc;

use futures_util::future::join_all;
use headwater::access::{Access, people::People};
use http::StatusCode;
use shared::api::{
    ApprovePlan, CreateRun, CreateUndo, GetApproval, GetPlan, ListPlans, ListProtections, RejectPlan, SetProtections,
};
use shared::approval::{Approval, NewApproval, NewRejection, Obstacle, Void, VoteRefusal};
use shared::plan::{OpenedPlan, Plan};
use shared::problem::{Problem, ProblemCode};
use shared::protection::{ChangeWindow, NewProtections, Protection, Weekday};
use shared::run::{NewRun, RunState};
use shared::undo::{NewUndo, UndoHow};

use crate::support::people::list;
use crate::support::runs::{plan_path, protection, run_path};
use crate::support::{Answer, TestApp, domain};

const UI: &[&str] = &["@acme/ui@1.4.0"];

/// The five people, with protections set by the admin, and `promoter` signed in.
async fn protected(list: Vec<Protection>) -> TestApp {
    let mut app = TestApp::people().await;
    app.sign_in("admin");
    app.get(SetProtections, &domain(), &(), &NewProtections { seen: 0, list }).await;
    app.sign_in("promoter");
    app
}

impl TestApp {
    async fn approve(&self, plan: &Plan) -> Answer {
        self.ask(ApprovePlan, &plan_path(&plan.id), &(), &NewApproval { hash: plan.hash.clone() }).await
    }

    async fn reject(&self, plan: &Plan, reason: &str) -> Answer {
        let body = NewRejection { hash: plan.hash.clone(), reason: reason.into() };
        self.ask(RejectPlan, &plan_path(&plan.id), &(), &body).await
    }

    async fn run_it(&self, plan: &Plan) -> Answer {
        let body = NewRun { hash: plan.hash.clone(), reason: "release".into() };
        self.ask(CreateRun, &plan_path(&plan.id), &(), &body).await
    }

    async fn opened(&self, plan: &Plan) -> OpenedPlan {
        self.get(GetPlan, &plan_path(&plan.id), &(), &()).await
    }

    fn copies(&self) -> usize {
        self.faults.seen("copy").len()
    }
}

/// Refused, in words that hold these, and nothing was copied.
fn refused(app: &TestApp, answer: &Answer, status: StatusCode, words: &str) {
    assert_eq!(answer.status, status, "{}", answer.text());
    assert!(answer.json::<Problem>().message.contains(words), "{}", answer.text());
    assert_eq!(app.copies(), 0);
}

#[tokio::test]
async fn a_plan_into_a_protected_repository_runs_once_it_is_approved() {
    let mut app = protected(vec![protection("prod*", 1)]).await;
    let plan = app.plan("production", UI).await;
    refused(&app, &app.run_it(&plan).await, StatusCode::FORBIDDEN, "1 approval is missing");
    let waiting = app.get(ListPlans, &domain(), &(), &()).await;
    let standing = app.get(GetApproval, &plan_path(&plan.id), &(), &()).await;
    assert_eq!(standing, app.opened(&plan).await.approval);
    assert!(waiting.len() == 1 && waiting[0].id == plan.id && waiting[0].approval.waits());
    app.sign_in("approver");
    let approval: Approval = app.approve(&plan).await.json();
    assert!(approval.obstacles.is_empty(), "{approval:?}");
    assert_eq!(approval.refusal, Some(VoteRefusal::Already));
    app.sign_in("promoter");
    let run = app.start(&plan).await;
    let run = app.ended(&run.summary.id).await;
    assert_eq!((run.summary.state, run.summary.counts.done), (RunState::Ended, 1));
    let opened = app.opened(&plan).await;
    assert_eq!(opened.approval.votes[0].vote.by.name, "Anna Approver");
    assert!(app.get(ListPlans, &domain(), &(), &()).await.is_empty());
}

#[tokio::test]
async fn an_approval_is_for_one_plan_and_is_used_once() {
    let mut app = protected(vec![protection("production", 1)]).await;
    let plan = app.plan("production", UI).await;
    let other = app.plan("production", &["@acme/ui@1.3.1"]).await;
    app.sign_in("approver");
    assert_eq!(app.approve(&plan).await.status, StatusCode::OK);
    app.sign_in("promoter");
    refused(&app, &app.run_it(&other).await, StatusCode::FORBIDDEN, "approval is missing");
    let run = app.start(&plan).await;
    app.ended(&run.summary.id).await;
    // Asked again it is the same run, and the approved deed is not done twice.
    assert_eq!(app.start(&plan).await.summary.id, run.summary.id);
    assert_eq!(app.copies(), 1);
    // The same versions again are another plan, which nobody has approved.
    let again = app.plan("production", UI).await;
    assert_eq!(app.run_it(&again).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn whoever_made_a_plan_cannot_approve_it() {
    let mut app = protected(vec![protection("production", 1)]).await;
    app.sign_in("both");
    let plan = app.plan("production", UI).await;
    assert_eq!(app.opened(&plan).await.approval.refusal, Some(VoteRefusal::Requester));
    refused(&app, &app.approve(&plan).await, StatusCode::FORBIDDEN, "You made this plan");
    refused(&app, &app.reject(&plan, "no").await, StatusCode::FORBIDDEN, "You made this plan");
    refused(&app, &app.run_it(&plan).await, StatusCode::FORBIDDEN, "1 approval is missing");
}

#[tokio::test]
async fn who_is_not_an_approver_or_not_named_cannot_approve() {
    let named = Protection { approvers: vec!["both".into()], ..protection("production", 1) };
    let mut app = protected(vec![named]).await;
    let plan = app.plan("production", UI).await;
    for (id, words) in [
        ("viewer", "the role approver"),
        ("promoter", "the role approver"),
        ("admin", "the role approver"),
        ("approver", "not among those"),
    ] {
        app.sign_in(id);
        refused(&app, &app.approve(&plan).await, StatusCode::FORBIDDEN, words);
    }
    app.sign_in("both");
    assert_eq!(app.approve(&plan).await.status, StatusCode::OK);
}

#[tokio::test]
async fn nobody_counts_twice_and_two_at_the_same_moment_both_count() {
    let mut app = protected(vec![protection("production", 2)]).await;
    let plan = app.plan("production", UI).await;
    app.sign_in("approver");
    let one = app.token.clone();
    let twice = join_all([app.approve(&plan), app.approve(&plan)]).await;
    assert_eq!(twice.iter().filter(|answer| answer.status == StatusCode::OK).count(), 1);
    refused(&app, &app.approve(&plan).await, StatusCode::CONFLICT, "already");
    assert_eq!(app.opened(&plan).await.approval.demands[0].given, 1);

    app.sign_in("promoter");
    let plan = app.plan("production", &["@acme/ui@1.3.1"]).await;
    app.sign_in("both");
    let two = app.token.clone();
    let body = NewApproval { hash: plan.hash.clone() };
    let request = |token: &str| crate::support::request::<ApprovePlan>(&plan_path(&plan.id), &(), &body, Some(token));
    let both = join_all([app.send(request(&one)), app.send(request(&two))]).await;
    assert!(both.iter().all(|answer| answer.status == StatusCode::OK));
    assert!(app.opened(&plan).await.approval.obstacles.is_empty());
}

#[tokio::test]
async fn a_rejection_needs_a_reason_and_ends_the_plan() {
    let mut app = protected(vec![protection("production", 1)]).await;
    let plan = app.plan("production", UI).await;
    app.sign_in("approver");
    assert_eq!(app.approve(&plan).await.status, StatusCode::OK);
    assert_eq!(app.reject(&plan, " ").await.status, StatusCode::BAD_REQUEST);
    // Whoever said yes may still say no, before it runs.
    let approval: Approval = app.reject(&plan, "Not before the release").await.json();
    assert!(
        matches!(&approval.obstacles[..], [Obstacle::Rejected { reason, .. }] if reason == "Not before the release")
    );
    app.sign_in("both");
    refused(&app, &app.approve(&plan).await, StatusCode::CONFLICT, "rejected");
    refused(&app, &app.run_it(&plan).await, StatusCode::FORBIDDEN, "Anna Approver rejected it: Not before");
}

#[tokio::test]
async fn an_approval_is_void_when_the_target_has_changed_since() {
    let mut app = protected(vec![protection("production", 1)]).await;
    let plan = app.plan("production", UI).await;
    app.sign_in("approver");
    assert_eq!(app.approve(&plan).await.status, StatusCode::OK);
    // A tag that the promotion moves is elsewhere now.
    app.emulator.with_state(|state| {
        let production = state.domains.get_mut("acme").unwrap().repositories.get_mut("production").unwrap();
        let ui = production.packages.iter_mut().find(|(key, _)| key.name == "ui").unwrap().1;
        ui.dist_tags.remove("latest");
    });
    let approval = app.opened(&plan).await.approval;
    assert_eq!(approval.votes[0].void, Some(Void::Changed));
    app.sign_in("both");
    refused(&app, &app.approve(&plan).await, StatusCode::CONFLICT, "have changed");
    refused(&app, &app.run_it(&plan).await, StatusCode::FORBIDDEN, "have changed");
}

#[tokio::test]
async fn an_approval_is_void_when_its_giver_has_lost_the_role_or_left() {
    for change in [("roles = [\"approver\"]", "roles = [\"viewer\"]"), ("\"approver\"\nname", "\"left\"\nname")] {
        let mut app = protected(vec![protection("production", 1)]).await;
        let plan = app.plan("production", UI).await;
        app.sign_in("approver");
        assert_eq!(app.approve(&plan).await.status, StatusCode::OK);
        let changed = list().replace(change.0, change.1);
        assert_ne!(changed, list());
        let mut state = app.state.clone();
        state.access = Arc::new(Access::of(People::parse(&changed).unwrap()));
        app.router =
            headwater::app::router(state.clone(), headwater::guard::host::Hosts::on_port(crate::support::PORT));
        app.state = state;
        app.sign_in("promoter");
        refused(&app, &app.run_it(&plan).await, StatusCode::FORBIDDEN, "1 approval is missing");
        assert_eq!(app.opened(&plan).await.approval.votes[0].void, Some(Void::RoleLost));
    }
}

#[tokio::test]
async fn another_hash_is_neither_approved_nor_run() {
    let mut app = protected(vec![protection("production", 1)]).await;
    let plan = app.plan("production", UI).await;
    let other = Plan { hash: "0".repeat(64), ..plan.clone() };
    app.sign_in("approver");
    refused(&app, &app.approve(&other).await, StatusCode::CONFLICT, "not the plan that you saw");
    refused(&app, &app.reject(&other, "no").await, StatusCode::CONFLICT, "not the plan that you saw");
}

#[tokio::test]
async fn only_allowed_sources_and_open_windows_let_a_run_start() {
    // Any hour but this one, whatever the time is.
    let now = headwater::clock::seconds();
    let hour = (now / 3600.0).floor() as i64 % 24;
    let from = u16::try_from((hour + 2) % 24 * 60).unwrap();
    let to = u16::try_from((hour + 3) % 24 * 60).unwrap();
    let window = ChangeWindow::new(Weekday::ALL.to_vec(), from, to, 0).unwrap();
    let closed = Protection { window: Some(window), ..protection("production", 0) };
    let source = Protection { sources: vec!["staging".parse().unwrap()], ..protection("prod*", 0) };
    for (list, words) in [(closed, "The change window is closed"), (source, "takes promotions only from staging")] {
        let app = protected(vec![list]).await;
        let plan = app.plan("production", UI).await;
        refused(&app, &app.run_it(&plan).await, StatusCode::FORBIDDEN, words);
        assert_eq!(app.opened(&plan).await.approval.refusal, Some(VoteRefusal::NotAsked));
    }
}

#[tokio::test]
async fn a_protection_that_comes_after_a_plan_holds_for_it_too() {
    let mut app = TestApp::people().await;
    app.sign_in("promoter");
    let plan = app.plan("production", UI).await;
    app.sign_in("admin");
    let new = NewProtections { seen: 0, list: vec![protection("*", 1)] };
    app.get(SetProtections, &domain(), &(), &new).await;
    app.sign_in("promoter");
    refused(&app, &app.run_it(&plan).await, StatusCode::FORBIDDEN, "1 approval is missing");
}

#[tokio::test]
async fn going_back_needs_no_approval() {
    let mut app = protected(vec![protection("production", 1)]).await;
    let plan = app.plan("production", UI).await;
    app.sign_in("approver");
    app.approve(&plan).await;
    app.sign_in("promoter");
    let run = app.start(&plan).await.summary.id;
    app.ended(&run).await;
    let undo = NewUndo { how: UndoHow::Delete, reason: "broken".into() };
    let undo = app.get(CreateUndo, &run_path(&run), &(), &undo).await;
    assert_eq!(app.ended(&undo.summary.id).await.summary.counts.done, 1);
}

#[tokio::test]
async fn one_person_alone_is_told_that_there_is_nobody_to_approve() {
    let app = TestApp::acme().await;
    let new = NewProtections { seen: 0, list: vec![protection("production", 1)] };
    app.get(SetProtections, &domain(), &(), &new).await;
    assert_eq!(app.get(ListProtections, &domain(), &(), &()).await.approvers, None);
    let plan = app.plan("production", UI).await;
    assert_eq!(app.opened(&plan).await.approval.refusal, Some(VoteRefusal::Alone));
    refused(&app, &app.run_it(&plan).await, StatusCode::FORBIDDEN, "--people FILE");
    refused(&app, &app.approve(&plan).await, StatusCode::CONFLICT, "second person");
    // What is not protected is promoted as before.
    assert_eq!(app.promote("staging", &["@acme/ui@1.3.1"]).await.summary.state, RunState::Ended);
}

#[tokio::test]
async fn protections_that_changed_meanwhile_are_not_overwritten() {
    let mut app = protected(vec![protection("production", 1)]).await;
    app.sign_in("admin");
    let stale = NewProtections { seen: 0, list: vec![] };
    let answer = app.ask(SetProtections, &domain(), &(), &stale).await;
    assert_eq!(answer.problem(), (StatusCode::CONFLICT, ProblemCode::Conflict));
    let never = NewProtections { seen: u64::try_from(i64::MAX).unwrap(), list: vec![] };
    assert_eq!(app.ask(SetProtections, &domain(), &(), &never).await.status, StatusCode::CONFLICT);
    let bad = NewProtections { seen: 1, list: vec![protection("production", 6)] };
    assert_eq!(app.ask(SetProtections, &domain(), &(), &bad).await.status, StatusCode::BAD_REQUEST);
    let held = app.get(ListProtections, &domain(), &(), &()).await;
    assert_eq!((held.protections.revision, held.protections.list.len()), (1, 1));
    assert_eq!(held.protections.by.unwrap().name, "Ada Admin");
    let ids: Vec<_> = held.approvers.unwrap().into_iter().map(|person| person.id).collect();
    assert_eq!(ids, ["approver", "both"]);
    let fresh = NewProtections { seen: 1, list: vec![] };
    assert_eq!(app.get(SetProtections, &domain(), &(), &fresh).await.revision, 2);
}

#[tokio::test]
async fn approvals_rejections_and_protections_stand_in_the_record() {
    use headwater::store::audit::{self, HistoryFilter};
    let mut app = protected(vec![protection("production", 1)]).await;
    let plan = app.plan("production", UI).await;
    app.sign_in("approver");
    app.approve(&plan).await;
    app.reject(&plan, "too early").await;
    let rows = audit::newest(&app.state.store, &HistoryFilter::default(), 50).await.unwrap();
    let of = |action: &str| rows.iter().find(|row| row.entry.action == action).map(|row| row.entry.clone()).unwrap();
    assert_eq!(of("SetProtections").detail.as_deref(), Some("production: 1 approval"));
    assert_eq!(of("ApprovePlan").plan.as_deref(), Some(plan.id.as_str()));
    let rejected = of("RejectPlan");
    assert_eq!((rejected.person.as_str(), rejected.reason.as_deref()), ("approver", Some("too early")));
}
