//! Connections.

use http::StatusCode;
use shared::api::{ConnectionPath, IdentifyConnection, ListConnections, ListDomains, ListRepositoryNames};
use shared::connection::ConnectionKind;
use shared::problem::ProblemCode;

use crate::support::{Effect, TestApp, domain};

#[tokio::test]
async fn each_connection_names_its_caller_or_says_why_not() {
    let app = TestApp::acme().await;
    let connections = app.get(ListConnections, &(), &(), &()).await;
    let [demo, nowhere] = &connections[..] else { panic!("{connections:?}") };
    assert_eq!(demo.account.as_ref().unwrap().as_str(), "111122223333");
    assert!(demo.caller.as_ref().unwrap().starts_with("arn:aws:"));
    assert_eq!((demo.kind, demo.region.as_str()), (ConnectionKind::Embedded, "eu-west-1"));
    assert_eq!(demo.command_options, ["--region", "eu-west-1", "--endpoint-url", app.endpoint.as_str()]);
    // Who does not answer at once is asked on its own.
    assert_eq!(nowhere.account, None);
    let path = ConnectionPath { connection: nowhere.key.clone() };
    let mending = app.get(IdentifyConnection, &path, &(), &()).await.mending.unwrap();
    assert_eq!(mending.problem.code, ProblemCode::Unreachable);
    assert_eq!(mending.title, "Nothing answers at the endpoint");
    let path = ConnectionPath { connection: demo.key.clone() };
    let identity = app.get(IdentifyConnection, &path, &(), &()).await;
    assert_eq!(identity.caller, demo.account.clone().zip(demo.caller.clone()));
    assert_eq!((identity.source.as_str(), identity.mending), ("the embedded CodeArtifact", None));
}

#[tokio::test]
async fn the_repositories_of_an_account_are_told_by_domain() {
    let app = TestApp::acme().await;
    let path = ConnectionPath { connection: "demo".parse().unwrap() };
    let told = app.get(ListRepositoryNames, &path, &(), &()).await;
    let [acme] = &told[..] else { panic!("{told:?}") };
    assert_eq!((acme.domain.as_str(), acme.repositories.len()), ("acme", 7));
    assert!(acme.repositories.is_sorted());
}

#[tokio::test]
async fn who_we_are_is_asked_once() {
    let app = TestApp::acme().await;
    for _ in 0..3 {
        app.get(ListConnections, &(), &(), &()).await;
    }
    assert_eq!(
        app.faults.seen("POST / ").len() + app.faults.seen("POST /").iter().filter(|call| *call == "POST /").count(),
        1
    );
}

#[tokio::test]
async fn credentials_that_aws_does_not_accept_are_told_apart() {
    let app = TestApp::acme().await;
    let path = ConnectionPath { connection: "nowhere".parse().unwrap() };
    assert_eq!(
        app.ask(ListDomains, &path, &(), &()).await.problem(),
        (StatusCode::GATEWAY_TIMEOUT, ProblemCode::Unreachable)
    );
    let path = ConnectionPath { connection: "other".parse().unwrap() };
    assert_eq!(app.ask(ListDomains, &path, &(), &()).await.problem(), (StatusCode::NOT_FOUND, ProblemCode::NotFound));
    app.faults.plan("/v1/domains", 1, Effect::Deny);
    let path = ConnectionPath { connection: domain().connection };
    let denied = app.ask(ListDomains, &path, &(), &()).await;
    assert_eq!(denied.problem(), (StatusCode::FORBIDDEN, ProblemCode::Forbidden));
    assert!(denied.text().contains("11111111-2222-3333-4444-555555555555"), "AWS's request id is told");
    app.faults.plan("/v1/domains", 1, Effect::Expired);
    assert_eq!(
        app.ask(ListDomains, &path, &(), &()).await.problem(),
        (StatusCode::BAD_GATEWAY, ProblemCode::Credentials)
    );
    let domains = app.get(ListDomains, &path, &(), &()).await;
    assert_eq!(domains.iter().map(|domain| domain.name.as_str()).collect::<Vec<_>>(), ["acme"]);
}
