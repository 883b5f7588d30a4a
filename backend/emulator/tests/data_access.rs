//! Who may enter the package managers' endpoints.
#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

#[path = "support/data.rs"]
mod support;

use std::time::Duration;

use axum::body::Body;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::{Method, StatusCode};
use support::Bench;

async fn status_with(bench: &Bench, authorization: &str) -> StatusCode {
    bench.send(Method::GET, "npm/dev/-/ping", &[("authorization", authorization)], Body::empty()).await.status
}

#[tokio::test]
async fn a_token_opens_as_bearer_and_as_the_password_of_basic() {
    let bench = Bench::new(&[("dev", &[], None)]);
    let basic = |user: &str| format!("Basic {}", STANDARD.encode(format!("{user}:{}", bench.token)));
    assert_eq!(status_with(&bench, &format!("Bearer {}", bench.token)).await, StatusCode::OK);
    assert_eq!(status_with(&bench, &basic("aws")).await, StatusCode::OK);
    assert_eq!(status_with(&bench, &basic("token")).await, StatusCode::OK);
}

#[tokio::test]
async fn without_a_token_both_schemes_are_offered() {
    let bench = Bench::new(&[("dev", &[], None)]);
    for path in ["npm/dev/lodash", "pypi/dev/simple/requests/"] {
        let answer = bench.send(Method::GET, path, &[("authorization", "")], Body::empty()).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        assert_eq!(answer.header("www-authenticate"), "Basic realm=\"acme/dev\", Bearer realm=\"acme/dev\"");
        assert!(answer.text().contains("aws codeartifact login"), "{}", answer.text());
    }
}

#[tokio::test]
async fn a_wrong_token_is_refused() {
    let bench = Bench::new(&[("dev", &[], None)]);
    assert_eq!(status_with(&bench, "Bearer nonsense").await, StatusCode::UNAUTHORIZED);
    assert_eq!(status_with(&bench, &format!("Bearer {}x", bench.token)).await, StatusCode::UNAUTHORIZED);
    assert_eq!(status_with(&bench, "Basic !!!").await, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_token_of_another_domain_is_refused() {
    let bench = Bench::new(&[("dev", &[], None)]);
    let (other, _) = bench.emulator.authorization_token("other", Duration::from_secs(900));
    assert_eq!(status_with(&bench, &format!("Bearer {other}")).await, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn an_expired_token_is_refused_in_plain_words() {
    let bench = Bench::new(&[("dev", &[], None)]);
    bench.advance(Duration::from_secs(3599));
    assert_eq!(bench.get("npm/dev/-/ping").await.status, StatusCode::OK);
    bench.advance(Duration::from_secs(1));
    let answer = bench.get("npm/dev/-/ping").await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert!(answer.json()["error"].as_str().unwrap().contains("expired"), "{}", answer.text());
}

#[tokio::test]
async fn an_unknown_repository_is_not_found_and_only_told_to_who_has_a_token() {
    let bench = Bench::new(&[("dev", &[], None)]);
    assert_eq!(bench.get("npm/nowhere/-/ping").await.status, StatusCode::NOT_FOUND);
    let stranger = bench.send(Method::GET, "npm/nowhere/-/ping", &[("authorization", "Bearer x")], Body::empty()).await;
    assert_eq!(stranger.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn formats_without_a_package_manager_here_say_so() {
    let bench = Bench::new(&[("dev", &[], None)]);
    let answer = bench.get("maven/dev/com/acme/a/1.0/a-1.0.pom").await;
    assert_eq!(answer.status, StatusCode::NOT_IMPLEMENTED);
    assert!(answer.text().contains("maven"), "{}", answer.text());
}
