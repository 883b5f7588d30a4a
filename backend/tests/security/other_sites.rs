//! Requests that another site makes in the same browser.

use axum::body::Body;
use http::{Method, Request, StatusCode};
use shared::api::{ALL, Method as Word};

use crate::support::{self, OUR_HOST, TestApp};

/// An address of every endpoint, with its placeholders filled.
fn addresses() -> Vec<(Method, String)> {
    let mut all: Vec<_> = ALL
        .iter()
        .map(|(_, method, path)| {
            let path =
                path.replace("{connection}", "demo").replace("{domain}", "acme").replace("{repository}", "team-dev");
            (support::method(*method), path)
        })
        .collect();
    all.extend(
        ["/", "/pol.js", "/api", "/api/nothing", "/nothing.js", "/c/demo/acme"]
            .map(|path| (Method::GET, path.to_owned())),
    );
    all.push((Method::POST, "/api/csp".to_owned()));
    all
}

fn request(app: &TestApp, method: &Method, path: &str, fields: &[(&str, &str)]) -> Request<Body> {
    let mut request =
        Request::builder().method(method).uri(path).header("authorization", format!("Bearer {}", app.token));
    for (name, value) in fields {
        request = request.header(*name, *value);
    }
    request.header("content-type", "application/json").body(Body::from("{}")).unwrap()
}

#[tokio::test]
async fn every_route_is_closed_to_a_rebound_name() {
    let app = TestApp::acme().await;
    for (method, path) in addresses() {
        let fields = [
            ("host", "rebind.evil.example:4000"),
            ("origin", "http://rebind.evil.example:4000"),
            ("sec-fetch-site", "same-origin"),
        ];
        let answer = app.send(request(&app, &method, &path, &fields)).await;
        assert_eq!(answer.status, StatusCode::MISDIRECTED_REQUEST, "{method} {path}");
    }
    assert!(app.faults.seen("").is_empty());
}

#[tokio::test]
async fn twenty_forms_of_a_host_and_three_are_let_in() {
    let app = TestApp::acme().await;
    let mut let_in = 0;
    for host in [
        "127.0.0.1:4000",
        "localhost:4000",
        "[::1]:4000",
        "127.0.0.1",
        "localhost",
        "127.0.0.1:4001",
        "127.0.0.1:04000",
        "0.0.0.0:4000",
        "127.1:4000",
        "2130706433:4000",
        "0x7f000001:4000",
        "localhost.:4000",
        "LOCALHOST:4000",
        "LocalHost:4000",
        "user@127.0.0.1:4000",
        "127.0.0.1:4000.evil.example",
        "127.0.0.1.evil.example:4000",
        "evil.example",
        "[::ffff:127.0.0.1]:4000",
        "[0:0:0:0:0:0:0:1]:4000",
    ] {
        let status = app.send(request(&app, &Method::GET, "/api/connections", &[("host", host)])).await.status;
        assert!(matches!(status, StatusCode::OK | StatusCode::MISDIRECTED_REQUEST), "{host}: {status}");
        let_in += usize::from(status == StatusCode::OK);
    }
    assert_eq!(let_in, 3);
}

#[tokio::test]
async fn a_target_that_names_another_host_is_refused() {
    let app = TestApp::acme().await;
    for (target, status) in [
        (format!("http://{OUR_HOST}/api/connections"), StatusCode::OK),
        ("http://evil.example/api/connections".to_owned(), StatusCode::MISDIRECTED_REQUEST),
        ("http://evil.example:4000/".to_owned(), StatusCode::MISDIRECTED_REQUEST),
        (format!("https://{OUR_HOST}/"), StatusCode::MISDIRECTED_REQUEST),
    ] {
        assert_eq!(app.send(request(&app, &Method::GET, &target, &[])).await.status, status, "{target}");
    }
}

#[tokio::test]
async fn nothing_is_changed_for_another_site() {
    let app = TestApp::acme().await;
    for (method, path) in addresses().into_iter().filter(|(method, _)| *method != Method::GET) {
        for fields in [
            &[("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")][..],
            &[("origin", "http://localhost:3000"), ("sec-fetch-site", "same-site")],
            &[("sec-fetch-site", "cross-site")],
        ] {
            let answer = app.send(request(&app, &method, &path, fields)).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{method} {path} {fields:?}");
        }
        if path != "/api/csp" {
            for origin in ["https://evil.example", "http://127.0.0.1:4001", "https://127.0.0.1:4000", "null", ""] {
                let answer = app.send(request(&app, &method, &path, &[("origin", origin)])).await;
                assert_eq!(answer.status, StatusCode::FORBIDDEN, "{method} {path} {origin}");
            }
        }
    }
    assert!(app.faults.seen("").is_empty());
}

#[tokio::test]
async fn no_answer_lets_another_origin_read_it() {
    let app = TestApp::acme().await;
    for (method, path) in addresses() {
        for origin in ["https://evil.example", "https://127.0.0.1.evil.com", "null", "http://127.0.0.1:4000"] {
            let answer = app.send(request(&app, &method, &path, &[("origin", origin)])).await;
            let cors = answer.headers.keys().find(|name| name.as_str().starts_with("access-control-"));
            assert_eq!(cors, None, "{method} {path} {origin}");
        }
    }
    let ask = [("origin", "https://evil.example"), ("access-control-request-method", "POST")];
    let answer = app.send(request(&app, &Method::OPTIONS, "/api/connections", &ask)).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn the_api_cannot_be_embedded() {
    let app = TestApp::acme().await;
    for (method, path) in addresses().into_iter().filter(|(_, path)| path.starts_with("/api")) {
        for dest in ["script", "image", "iframe", "object", "embed", "style", "document", "worker"] {
            let answer = app.send(request(&app, &method, &path, &[("sec-fetch-dest", dest)])).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{method} {path} {dest}");
        }
    }
}

#[tokio::test]
async fn a_method_cannot_be_disguised() {
    let app = TestApp::acme().await;
    for name in ["x-http-method-override", "x-http-method", "x-method-override"] {
        let answer = app.send(request(&app, &Method::GET, "/api/connections", &[(name, "DELETE")])).await;
        assert_eq!(answer.status, StatusCode::OK);
        let answer = app.send(request(&app, &Method::POST, "/api/connections?_method=GET", &[(name, "GET")])).await;
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    }
}

#[tokio::test]
async fn there_is_no_web_socket() {
    let app = TestApp::acme().await;
    for path in ["/", "/api/connections", "/api/live"] {
        let fields =
            [("upgrade", "websocket"), ("connection", "upgrade"), ("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==")];
        assert_eq!(
            app.send(request(&app, &Method::GET, path, &fields)).await.status,
            StatusCode::BAD_REQUEST,
            "{path}"
        );
    }
}

#[tokio::test]
async fn no_get_changes_anything() {
    let app = TestApp::acme().await;
    for (_, path) in addresses() {
        for _ in 0..2 {
            app.send(request(&app, &Method::GET, &path, &[])).await;
        }
    }
    for change in ["copy", "PUT ", "DELETE ", "status", "dispose"] {
        assert_eq!(app.faults.seen(change), [""; 0]);
    }
    assert!(ALL.iter().any(|(_, method, _)| *method == Word::Get));
}
