//! Signing in and out.

use http::StatusCode;
use shared::api::{CreateSession, DeleteSession, ListConnections};
use shared::problem::ProblemCode;
use shared::session::{Session, SignIn};

use crate::support::{Answer, TestApp, request};

async fn sign_in(app: &TestApp, secret: &str) -> Answer {
    app.send(request::<CreateSession>(&(), &(), &SignIn { secret: secret.to_owned() }, None)).await
}

async fn is_signed_in(app: &TestApp, token: &str) -> bool {
    let answer = app.send(request::<ListConnections>(&(), &(), &(), Some(token))).await;
    answer.status == StatusCode::OK
}

#[tokio::test]
async fn a_link_works_once() {
    let app = TestApp::acme().await;
    let secret = app.state.access.new_link();
    let session: Session = sign_in(&app, &secret).await.json();
    assert!(is_signed_in(&app, &session.token).await);
    assert_eq!(session.expires_in, 8 * 60 * 60);
    assert_eq!(sign_in(&app, &secret).await.problem(), (StatusCode::UNAUTHORIZED, ProblemCode::NotSignedIn));
}

#[tokio::test]
async fn a_new_link_ends_the_one_before() {
    let app = TestApp::acme().await;
    let (old, new) = (app.state.access.new_link(), app.state.access.new_link());
    assert_eq!(sign_in(&app, &old).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(sign_in(&app, &new).await.status, StatusCode::OK);
}

#[tokio::test]
async fn five_wrong_secrets_kill_the_link() {
    let app = TestApp::acme().await;
    let secret = app.state.access.new_link();
    for _ in 0..5 {
        assert_eq!(sign_in(&app, "guess").await.status, StatusCode::UNAUTHORIZED);
    }
    assert_eq!(sign_in(&app, &secret).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn wrong_used_and_absent_links_are_told_in_the_same_words() {
    let app = TestApp::acme().await;
    let absent = sign_in(&app, "guess").await.json::<shared::problem::Problem>().message;
    app.state.access.new_link();
    let wrong = sign_in(&app, "guess").await.json::<shared::problem::Problem>().message;
    assert_eq!(absent, wrong);
    assert!(absent.contains("Press Enter in the terminal"));
}

#[tokio::test]
async fn signing_out_ends_the_session_and_clears_the_browser() {
    let app = TestApp::acme().await;
    let answer = app.ask(DeleteSession, &(), &(), &()).await;
    assert_eq!((answer.status, answer.text().as_str()), (StatusCode::OK, "null"));
    assert_eq!(answer.headers["clear-site-data"], "\"cache\", \"storage\"");
    assert!(!is_signed_in(&app, &app.token).await);
}

#[tokio::test]
async fn a_token_counts_as_a_single_bearer_header_only() {
    let app = TestApp::acme().await;
    for value in [
        app.token.clone(),
        format!("bearer {}", app.token),
        format!("Basic {}", app.token),
        format!("Bearer  {}", app.token),
    ] {
        let mut request = request::<ListConnections>(&(), &(), &(), None);
        request.headers_mut().insert("authorization", value.parse().unwrap());
        assert_eq!(app.send(request).await.status, StatusCode::UNAUTHORIZED, "{value}");
    }
    let mut request = request::<ListConnections>(&(), &(), &(), Some(&app.token));
    request.headers_mut().append("authorization", "Bearer other".parse().unwrap());
    assert_eq!(app.send(request).await.status, StatusCode::UNAUTHORIZED);
}
