//! Permissions policies: read, written and deleted, with two people at it.

use http::StatusCode;
use shared::api::{
    DeleteDomainPolicy, DeleteRepositoryPolicy, DomainPath, GetDomainPolicy, GetRepositoryPolicy, GlanceAtPolicies,
    SetDomainPolicy, SetRepositoryPolicy,
};
use shared::permission::{GlancePolicies, NewPolicy, Policy, SeenPolicy, SeenRevision};
use shared::problem::{Problem, ProblemCode};

use crate::support::{Answer, Effect, TestApp, domain, repository};

/// A good policy that allows an action to everybody, with white space that must stay.
fn document(action: &str) -> String {
    format!(
        "{{\n   \"Version\": \"2012-10-17\",\n\t\"Statement\": [{{\"Effect\":\"Allow\", \"Principal\":\"*\", \"Action\":\"codeartifact:{action}\", \"Resource\":\"*\"}}]\n}}\n"
    )
}

fn new(seen: Option<&Policy>, action: &str) -> NewPolicy {
    NewPolicy { seen: seen.map(SeenPolicy::from), document: document(action).parse().unwrap() }
}

fn revision(policy: &Policy) -> SeenRevision {
    SeenRevision { revision: policy.revision.clone().unwrap() }
}

async fn set(app: &TestApp, new: &NewPolicy) -> Answer {
    app.ask(SetRepositoryPolicy, &repository("team-dev"), &(), new).await
}

async fn now(app: &TestApp) -> Option<Policy> {
    app.get(GetRepositoryPolicy, &repository("team-dev"), &(), &()).await
}

#[tokio::test]
async fn a_repository_is_given_a_policy_and_it_stays_as_it_was_typed() {
    let app = TestApp::acme().await;
    assert_eq!(now(&app).await, None);
    let put: Policy = set(&app, &new(None, "ReadFromRepository")).await.json();
    assert_eq!(put.document, document("ReadFromRepository"));
    assert_eq!(put.arn, "arn:aws:codeartifact:eu-west-1:111122223333:repository/acme/team-dev");
    assert_eq!(now(&app).await, Some(put.clone()));
    let second: Policy = set(&app, &new(Some(&put), "DescribeRepository")).await.json();
    assert_ne!(second.revision, put.revision);
    assert_eq!(now(&app).await, Some(second.clone()));
    app.get(DeleteRepositoryPolicy, &repository("team-dev"), &revision(&second), &()).await;
    assert_eq!(now(&app).await, None);
}

#[tokio::test]
async fn the_policy_of_a_domain_is_replaced_and_deleted() {
    let app = TestApp::acme().await;
    let before = app.get(GetDomainPolicy, &domain(), &(), &()).await.unwrap();
    let put = app.get(SetDomainPolicy, &domain(), &(), &new(Some(&before), "DescribeDomain")).await;
    assert_eq!(put.arn, "arn:aws:codeartifact:eu-west-1:111122223333:domain/acme");
    assert_eq!(app.get(GetDomainPolicy, &domain(), &(), &()).await, Some(put.clone()));
    app.get(DeleteDomainPolicy, &domain(), &revision(&put), &()).await;
    assert_eq!(app.get(GetDomainPolicy, &domain(), &(), &()).await, None);
}

#[tokio::test]
async fn who_saw_another_policy_or_none_overwrites_nothing() {
    let app = TestApp::acme().await;
    let first: Policy = set(&app, &new(None, "ReadFromRepository")).await.json();
    // A second person who also saw none.
    let late = set(&app, &new(None, "DescribeRepository")).await;
    assert_eq!(late.problem(), (StatusCode::CONFLICT, ProblemCode::Conflict));
    let second: Policy = set(&app, &new(Some(&first), "ListPackages")).await.json();
    let stale = set(&app, &new(Some(&first), "DescribeRepository")).await;
    assert_eq!(stale.problem(), (StatusCode::CONFLICT, ProblemCode::Conflict));
    let problem: Problem = stale.json();
    assert!(problem.message.starts_with("The policy of team-dev has changed since you saw it."), "{}", problem.message);
    assert!(problem.request_id.is_some());
    let delete = app.ask(DeleteRepositoryPolicy, &repository("team-dev"), &revision(&first), &()).await;
    assert_eq!(delete.problem(), (StatusCode::CONFLICT, ProblemCode::Conflict));
    assert_eq!(now(&app).await, Some(second.clone()));
    app.get(DeleteRepositoryPolicy, &repository("team-dev"), &revision(&second), &()).await;
    let gone = set(&app, &new(Some(&second), "DescribeRepository")).await;
    assert_eq!(gone.problem(), (StatusCode::CONFLICT, ProblemCode::Conflict));
    assert_eq!(now(&app).await, None);
}

#[tokio::test]
async fn a_policy_that_was_seen_without_a_revision_is_compared_by_its_text() {
    let app = TestApp::acme().await;
    let first: Policy = set(&app, &new(None, "ReadFromRepository")).await.json();
    let unnamed = Policy { revision: None, ..first.clone() };
    let other = Policy { document: document("ListPackages"), ..unnamed.clone() };
    assert_eq!(set(&app, &new(Some(&other), "DescribeRepository")).await.status, StatusCode::CONFLICT);
    assert_eq!(now(&app).await, Some(first));
    assert_eq!(set(&app, &new(Some(&unnamed), "DescribeRepository")).await.status, StatusCode::OK);
}

#[tokio::test]
async fn what_codeartifact_refuses_is_refused_with_its_reason_and_changes_nothing() {
    let app = TestApp::acme().await;
    let before = app.get(GetDomainPolicy, &domain(), &(), &()).await;
    let seen = before.as_ref().map(SeenPolicy::from);
    for (document, reason) in
        [("{", "not valid"), ("[]", "no Statement"), (r#"{"Statement":{"Effect":"Allow"}}"#, "Principal")]
    {
        let new = NewPolicy { seen: seen.clone(), document: document.parse().unwrap() };
        let answer = app.ask(SetDomainPolicy, &domain(), &(), &new).await;
        assert_eq!(answer.problem(), (StatusCode::BAD_REQUEST, ProblemCode::BadRequest));
        let problem: Problem = answer.json();
        assert!(problem.message.contains(reason) && problem.request_id.is_some(), "{}", problem.message);
    }
    assert_eq!(app.get(GetDomainPolicy, &domain(), &(), &()).await, before);
}

#[tokio::test]
async fn a_document_that_is_too_long_is_refused_with_the_rule_before_aws_is_asked() {
    let app = TestApp::acme().await;
    let (most, longer) = (" ".repeat(7168 - 120), " ".repeat(7169));
    let send = |document: &str| {
        let body = serde_json::json!({ "seen": null, "document": document }).to_string();
        let address = "/api/connections/demo/domains/acme/repositories/team-dev/policy";
        let request = http::Request::post(address).header("authorization", format!("Bearer {}", app.token));
        app.send(request.header("content-type", "application/json").body(body.into()).unwrap())
    };
    app.faults.forget();
    let refused = send(&longer).await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
    assert!(refused.text().contains("A policy document has 1 to 7,168 characters"), "{}", refused.text());
    assert!(app.faults.seen("").is_empty());
    // Characters, not bytes: these are two bytes each.
    let wide = most.replace(' ', "ä");
    let document = format!(r#"{{"Statement":{{"Sid":"{wide}","Effect":"Deny","Principal":"*","Action":"*"}}}}"#);
    assert_eq!(send(&document).await.status, StatusCode::OK);
}

#[tokio::test]
async fn no_policy_is_told_apart_from_no_such_domain_or_repository() {
    let app = TestApp::acme().await;
    assert_eq!(now(&app).await, None);
    let nowhere = app.ask(GetRepositoryPolicy, &repository("nowhere"), &(), &()).await;
    assert_eq!(nowhere.problem(), (StatusCode::NOT_FOUND, ProblemCode::NotFound));
    let nowhere = DomainPath { domain: "nowhere".parse().unwrap(), ..domain() };
    let nowhere = app.ask(GetDomainPolicy, &nowhere, &(), &()).await;
    assert_eq!(nowhere.problem(), (StatusCode::NOT_FOUND, ProblemCode::NotFound));
}

#[tokio::test]
async fn a_glance_tells_who_has_a_policy_and_one_failure_spoils_nothing_else() {
    let app = TestApp::acme().await;
    app.faults.plan("GET /v1/repository/permissions/policy?domain=acme&repository=staging", 1, Effect::Deny);
    let repositories = ["production", "team-dev", "staging"].map(|name| name.parse().unwrap()).to_vec();
    let told = app.get(GlanceAtPolicies, &domain(), &(), &GlancePolicies { repositories }).await;
    let told: Vec<_> =
        told.iter().map(|one| (one.repository.as_str(), one.policy.is_some(), one.problem.is_some())).collect();
    assert_eq!(told, [("production", true, false), ("team-dev", false, false), ("staging", false, true)]);
    let many = (0..=GlancePolicies::MOST).map(|number| format!("r{number:02}").parse().unwrap()).collect();
    let many = app.ask(GlanceAtPolicies, &domain(), &(), &GlancePolicies { repositories: many }).await;
    assert_eq!(many.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_put_whose_answer_is_lost_is_not_sent_again() {
    let app = TestApp::acme().await;
    app.faults.plan("PUT /v1/repository/permissions/policy", 1, Effect::ResetAfter);
    let answer = set(&app, &new(None, "ReadFromRepository")).await;
    assert_eq!(answer.problem().1, ProblemCode::Unreachable);
    assert_eq!(app.faults.seen("PUT /v1/repository/permissions/policy").len(), 1);
    assert_eq!(now(&app).await.unwrap().document, document("ReadFromRepository"));
}
