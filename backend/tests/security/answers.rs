//! What every answer carries, whatever its status.

use axum::Router;
use axum::body::Body;
use axum::routing::get;
use headwater::app;
use headwater::guard::headers::FIXED;
use headwater::guard::host::Hosts;
use http::{Request, StatusCode};
use tower::ServiceExt;

use crate::support::{OUR_HOST, TestApp};

const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'; require-trusted-types-for 'script'; trusted-types default; report-uri /api/csp";

fn plain(method: &str, path: &str) -> http::request::Builder {
    Request::builder().method(method).uri(path).header("host", OUR_HOST)
}

#[tokio::test]
async fn every_status_carries_the_security_headers() {
    let app = TestApp::acme().await;
    let signed =
        |method: &str, path: &str| plain(method, path).header("authorization", format!("Bearer {}", app.token));
    let json = |request: http::request::Builder, body: &str| {
        request.header("content-type", "application/json").body(Body::from(body.to_owned())).unwrap()
    };
    let counts = "/api/connections/demo/domains/acme/package-counts";
    let many = (0..65).fold(plain("GET", "/"), |request, n| request.header(format!("x-{n}"), "v"));
    for (request, status) in [
        (plain("GET", "/").body(Body::empty()).unwrap(), 200),
        (plain("HEAD", "/").body(Body::empty()).unwrap(), 200),
        (plain("GET", "/pol.js").body(Body::empty()).unwrap(), 200),
        (signed("GET", "/api/connections").body(Body::empty()).unwrap(), 200),
        (signed("GET", "/api/connections/A").body(Body::empty()).unwrap(), 404),
        (signed("GET", "/api/connections/demo/domains/A").body(Body::empty()).unwrap(), 400),
        (plain("GET", "/api/connections").body(Body::empty()).unwrap(), 401),
        (plain("POST", "/").header("origin", "https://evil.example").body(Body::empty()).unwrap(), 403),
        (plain("GET", "/nothing.js").body(Body::empty()).unwrap(), 404),
        (plain("POST", "/").body(Body::empty()).unwrap(), 405),
        (json(signed("POST", counts), &" ".repeat(70_000)), 413),
        (signed("POST", counts).body(Body::from("{}")).unwrap(), 415),
        (Request::get("/").header("host", "evil.example").body(Body::empty()).unwrap(), 421),
        (Request::get("/").header("host", OUR_HOST).header("host", OUR_HOST).body(Body::empty()).unwrap(), 400),
        (many.body(Body::empty()).unwrap(), 431),
        (signed("GET", "/api/connections/nowhere/domains").body(Body::empty()).unwrap(), 504),
    ] {
        let what = format!("{} {}", request.method(), request.uri());
        let answer = app.send(request).await;
        assert_eq!(answer.status.as_u16(), status, "{what}: {}", answer.text());
        for (name, value) in FIXED {
            assert_eq!(answer.headers[name], value, "{what}");
        }
        assert!(answer.headers.contains_key("x-request-id"), "{what}");
        assert!(!answer.headers.contains_key("set-cookie"), "{what}");
        if what.contains("/api") {
            assert_eq!(answer.headers["cache-control"], "no-store", "{what}");
        }
    }
}

#[test]
fn the_policy_is_this_one_to_the_letter() {
    assert_eq!(FIXED[0], ("content-security-policy", POLICY));
}

#[tokio::test]
async fn a_panic_is_an_answer_with_an_id_and_without_its_words() {
    let routes = Router::new().route(
        "/",
        get(|| async {
            if true {
                panic!("secret words")
            }
        }),
    );
    let router = app::guard(routes, Hosts::on_port(4000));
    let response = router.oneshot(plain("GET", "/").body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(response.headers()["content-security-policy"], POLICY);
    let id = response.headers()["x-request-id"].to_str().unwrap().to_owned();
    let body = http_body_util::BodyExt::collect(response.into_body()).await.unwrap().to_bytes();
    let body = String::from_utf8(body.to_vec()).unwrap();
    assert!(body.contains(&id) && !body.contains("secret words"), "{body}");
}

#[tokio::test]
async fn reports_of_the_page_are_taken_from_itself_only_and_not_too_long() {
    let app = TestApp::acme().await;
    let report = |body: String| {
        let request =
            plain("POST", "/api/csp").header("sec-fetch-site", "same-origin").header("sec-fetch-dest", "report");
        request
            .header("origin", "null")
            .header("content-type", "application/csp-report")
            .body(Body::from(body))
            .unwrap()
    };
    assert_eq!(app.send(report("{\"csp-report\":{}}".into())).await.status, StatusCode::OK);
    assert_eq!(app.send(report("x".repeat(16 * 1024 + 1))).await.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn the_policy_script_makes_the_default_policy_only() {
    let app = TestApp::acme().await;
    let script = app.send(plain("GET", "/pol.js").body(Body::empty()).unwrap()).await;
    assert_eq!(script.headers["content-type"], "text/javascript; charset=utf-8");
    assert_eq!(script.text().matches("createPolicy(").count(), 1);
    assert!(script.text().contains("createPolicy(\"default\"") && !script.text().contains("createScript:"));
}
