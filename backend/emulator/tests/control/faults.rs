//! Faults: what is not there, what is too large, what cannot be read, and what a test plans.

use aws_sdk_codeartifact::Client;
use aws_sdk_codeartifact::error::ProvideErrorMetadata;
use aws_sdk_codeartifact::operation::RequestId;
use axum::body::Body;
use codeartifact_emulator::wire::fault::Fault;
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

#[tokio::test]
async fn planned_faults_are_answered_once_each_and_in_order() {
    let (emulator, client) = empty();
    emulator.fail_next("ListDomains", Fault::Throttling { message: "Rate exceeded".to_owned(), retry_after: Some(2) });
    emulator.fail_next("ListDomains", Fault::AccessDenied { message: "not authorized".to_owned() });
    emulator.fail_next("DescribeDomain", Fault::Internal { message: "oops".to_owned() });
    let throttled = client.list_domains().send().await.unwrap_err().into_service_error();
    let aws_sdk_codeartifact::operation::list_domains::ListDomainsError::ThrottlingException(throttled) = throttled
    else {
        panic!("{throttled:?}")
    };
    assert_eq!(throttled.retry_after_seconds(), Some(2));
    refused(client.list_domains().send().await).is(403, "AccessDeniedException", "not authorized");
    client.list_domains().send().await.unwrap();
    refused(client.describe_domain().domain("acme").send().await).is(500, "InternalServerException", "oops");
}

#[tokio::test]
async fn a_planned_fault_changes_nothing() {
    let (emulator, client) = empty();
    emulator.fail_next("CreateDomain", Fault::Internal { message: "oops".to_owned() });
    refused(client.create_domain().domain("acme").send().await).is(500, "InternalServerException", "oops");
    assert!(client.list_domains().send().await.unwrap().domains().is_empty());
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
