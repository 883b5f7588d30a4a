//! Faults: what is not there, what is too large, and what cannot be read.

use aws_sdk_codeartifact::Client;
use aws_sdk_codeartifact::error::ProvideErrorMetadata;
use aws_sdk_codeartifact::operation::RequestId;
use axum::body::Body;
use codeartifact_emulator::{Emulator, Options};
use http::{Request, StatusCode};
use tower::ServiceExt;

use crate::support::{client, empty, in_process, refused, tampering};

#[tokio::test]
async fn an_address_that_is_no_operation_is_unknown() {
    let (emulator, _) = empty();
    for (method, path) in [("GET", "/v1/nothing"), ("PATCH", "/v1/domain"), ("GET", "/"), ("POST", "/v2/domains")] {
        let request = Request::builder().method(method).uri(path).body(Body::empty()).unwrap();
        let response = emulator.router().oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::NOT_FOUND, "{method} {path}");
        assert_eq!(response.headers()["x-amzn-errortype"], "UnknownOperationException");
        assert_eq!(response.headers()["content-type"], "application/json");
    }
}

#[tokio::test]
async fn every_answer_has_a_request_id_of_its_own() {
    let (_, client) = empty();
    let mut ids = Vec::new();
    for _ in 0..2 {
        ids.push(client.list_domains().send().await.unwrap().request_id().unwrap().to_owned());
        let refused = client.describe_domain().domain("nowhere").send().await.unwrap_err();
        ids.push(refused.request_id().unwrap().to_owned());
    }
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 4);
    assert!(ids.iter().all(|id| id.len() == 36 && id.as_bytes()[14] == b'4'), "{ids:?}");
}

#[tokio::test]
async fn a_body_larger_than_a_megabyte_is_refused_before_anything_else_is_done() {
    let (emulator, _) = empty();
    let large = |request: Request<Body>| request.map(|_| Body::from(vec![b' '; (1 << 20) + 1]));
    let client = client(&emulator, tampering(&emulator, large));
    refused(client.list_domains().send().await).is(413, "RequestEntityTooLargeException", "1048576");
}

/// Sends `body` instead of the one that the client would write. The client signs it.
async fn signed_body(client: &Client, body: &'static str) -> (u16, String) {
    let operation = client.list_domains().customize().mutate_request(move |request| *request.body_mut() = body.into());
    let error = operation.send().await.unwrap_err();
    (error.raw_response().unwrap().status().as_u16(), error.message().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn a_body_that_cannot_be_read_is_a_validation_error() {
    let emulator = Emulator::new(Options::default());
    let client = client(&emulator, in_process(&emulator));
    for body in ["{", "[]", "null", r#"{"maxResults":"many"}"#] {
        let (status, message) = signed_body(&client, body).await;
        assert_eq!(status, 400, "{body}");
        assert!(message.contains("cannot be read"), "{body}: {message}");
    }
}
