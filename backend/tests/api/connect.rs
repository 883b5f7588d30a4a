//! What clients need: endpoints, and tokens on request.

use http::StatusCode;
use shared::api::{CreateToken, GetRepositoryEndpoints, SetUpstreams};
use shared::feeding::NewUpstreams;
use shared::format::PackageFormat;
use shared::problem::ProblemCode;
use shared::token::{NewToken, TokenLife};

use crate::support::{Effect, TestApp, domain, repository};

fn now() -> f64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs_f64()
}

#[tokio::test]
async fn every_format_has_its_endpoint_and_is_asked_for_once() {
    let app = TestApp::acme().await;
    let told = app.get(GetRepositoryEndpoints, &repository("team-dev"), &(), &()).await;
    assert_eq!(told.endpoints.len(), PackageFormat::ALL.len());
    for (format, endpoint) in &told.endpoints {
        assert!(endpoint.starts_with("http://127.0.0.1:"), "{endpoint}");
        assert!(endpoint.contains(&format!("/{format}/")) && endpoint.ends_with("team-dev/"), "{endpoint}");
    }
    app.get(GetRepositoryEndpoints, &repository("team-dev"), &(), &()).await;
    assert_eq!(app.faults.seen("GET /v1/repository/endpoint").len(), PackageFormat::ALL.len());
    // What is changed may be gone: it is asked for anew.
    let names = vec!["npm-store".parse().unwrap(), "pypi-store".parse().unwrap()];
    let same = NewUpstreams { seen: names.clone(), upstreams: names };
    app.get(SetUpstreams, &repository("team-dev"), &(), &same).await;
    app.get(GetRepositoryEndpoints, &repository("team-dev"), &(), &()).await;
    assert_eq!(app.faults.seen("GET /v1/repository/endpoint").len(), 2 * PackageFormat::ALL.len());
}

#[tokio::test]
async fn a_repository_that_is_not_there_has_no_endpoints() {
    let app = TestApp::acme().await;
    let answer = app.ask(GetRepositoryEndpoints, &repository("nowhere"), &(), &()).await;
    assert_eq!(answer.problem(), (StatusCode::NOT_FOUND, ProblemCode::NotFound));
}

#[tokio::test]
async fn a_token_lives_as_long_as_was_asked_and_each_one_is_new() {
    let app = TestApp::acme().await;
    for (life, _) in TokenLife::CHOICES {
        let answer = app.ask(CreateToken, &domain(), &(), &NewToken { life }).await;
        assert_eq!(answer.headers["cache-control"], "no-store");
        let issued: shared::token::IssuedToken = answer.json();
        let lives = issued.expires - now();
        assert!((lives - f64::from(life.seconds())).abs() < 30.0, "{lives} of {life:?}");
        assert!(issued.token.len() > 100, "{}", issued.token.len());
    }
    assert_eq!(app.faults.seen("/v1/authorization-token").len(), TokenLife::CHOICES.len());
}

#[tokio::test]
async fn a_life_that_no_token_can_have_asks_aws_nothing() {
    let app = TestApp::acme().await;
    let body = |life: u32| {
        let request = http::Request::post("/api/connections/demo/domains/acme/token");
        let request = request.header("authorization", format!("Bearer {}", app.token));
        request.header("content-type", "application/json").body(format!("{{\"life\":{life}}}").into()).unwrap()
    };
    for bad in [1, 899, 43_201] {
        let answer = app.send(body(bad)).await;
        assert_eq!(answer.problem(), (StatusCode::BAD_REQUEST, ProblemCode::BadRequest), "{bad}");
        assert!(answer.text().contains("900 to 43200 seconds"), "{}", answer.text());
    }
    assert!(app.faults.seen("/v1/authorization-token").is_empty());
}

#[tokio::test]
async fn who_may_have_no_token_is_told_so() {
    let app = TestApp::acme().await;
    app.faults.plan("/v1/authorization-token", 1, Effect::Deny);
    let answer = app.ask(CreateToken, &domain(), &(), &NewToken { life: TokenLife::CHOICES[0].0 }).await;
    assert_eq!(answer.problem(), (StatusCode::FORBIDDEN, ProblemCode::Forbidden));
    assert_eq!(answer.headers["cache-control"], "no-store");
}
