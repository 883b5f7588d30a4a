//! Connections.

use http::StatusCode;
use shared::api::{ConnectionPath, ListConnections, ListDomains};
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
    assert_eq!((&nowhere.account, nowhere.problem.as_ref().unwrap().code), (&None, ProblemCode::Unreachable));
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
