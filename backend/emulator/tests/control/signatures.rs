//! Signature Version 4: what is not exactly what the holder of the key signed is refused.

use std::time::{Duration, SystemTime};

use aws_sdk_codeartifact::Client;
use aws_sdk_codeartifact::primitives::ByteStream;
use aws_sdk_codeartifact::types::PackageFormat;
use axum::body::Body;
use codeartifact_emulator::{Clock, Emulator, Options};
use http::{HeaderValue, Method, Request, header};

use crate::support::{Refusal, client, client_with, in_process, refused, sha256, tampering};

/// What a client is told whose signed request `DescribeDomain` is changed on its way.
async fn tampered(tamper: impl Fn(Request<Body>) -> Request<Body> + Clone + Send + Sync + 'static) -> Refusal {
    let emulator = Emulator::new(Options::default());
    let honest = client(&emulator, in_process(&emulator));
    honest.create_domain().domain("acme").send().await.unwrap();
    let changed = client(&emulator, tampering(&emulator, tamper));
    refused(changed.describe_domain().domain("acme").domain_owner("111122223333").send().await)
}

/// What a client of an emulator with these options is told, and whose credentials are these.
async fn signed_with(options: Options, key: Option<&str>, secret: Option<&str>, session: Option<&str>) -> Refusal {
    let emulator = Emulator::new(options);
    let options = emulator.options();
    let (key, secret) = (key.unwrap_or(&options.access_key_id), secret.unwrap_or(&options.secret_access_key));
    let client = client_with(in_process(&emulator), "eu-west-1", key, secret, session);
    refused(client.list_domains().send().await)
}

fn with_header(mut request: Request<Body>, name: &'static str, value: &str) -> Request<Body> {
    request.headers_mut().insert(name, HeaderValue::from_str(value).unwrap());
    request
}

fn replace_in_authorization(request: Request<Body>, from: &str, to: &str) -> Request<Body> {
    let signed = request.headers()[header::AUTHORIZATION].to_str().unwrap().to_owned();
    assert!(signed.contains(from), "{signed}");
    with_header(request, "authorization", &signed.replace(from, to))
}

#[tokio::test]
async fn a_request_without_a_signature_is_refused() {
    let refusal = tampered(|mut request| {
        request.headers_mut().remove(header::AUTHORIZATION);
        request
    });
    refusal.await.is(403, "MissingAuthenticationTokenException", "Missing Authentication Token");
}

#[tokio::test]
async fn another_scheme_is_an_incomplete_signature() {
    let refusal = tampered(|request| with_header(request, "authorization", "Bearer abc"));
    refusal.await.is(403, "IncompleteSignatureException", "AWS4-HMAC-SHA256");
}

#[tokio::test]
async fn each_part_of_the_authorization_header_is_needed() {
    for part in ["Credential", "SignedHeaders", "Signature"] {
        let refusal = tampered(move |request| replace_in_authorization(request, &format!("{part}="), "Other=")).await;
        refusal.is(403, "IncompleteSignatureException", part);
    }
}

#[tokio::test]
async fn a_scope_that_is_not_complete_is_an_incomplete_signature() {
    let refusal = tampered(|request| replace_in_authorization(request, "/aws4_request", "")).await;
    refusal.is(403, "IncompleteSignatureException", "Credential");
}

#[tokio::test]
async fn a_request_without_a_date_is_an_incomplete_signature() {
    let refusal = tampered(|mut request| {
        request.headers_mut().remove("x-amz-date");
        request
    });
    refusal.await.is(403, "IncompleteSignatureException", "X-Amz-Date");
    for date in ["now", "20261123 121128Z", "20261323T121128Z", "+0261123T121128Z"] {
        let refusal = tampered(move |request| with_header(request, "x-amz-date", date)).await;
        refusal.is(403, "IncompleteSignatureException", "ISO-8601");
    }
}

#[tokio::test]
async fn a_forged_signature_is_refused() {
    let refusal = signed_with(Options::default(), None, Some("not-the-secret"), None).await;
    refusal.is(403, "InvalidSignatureException", "does not match the signature you provided");
}

#[tokio::test]
async fn an_unknown_key_is_refused() {
    let refusal = signed_with(Options::default(), Some("AKIAUNKNOWN"), None, None).await;
    refusal.is(403, "UnrecognizedClientException", "security token included in the request is invalid");
}

#[tokio::test]
async fn an_altered_query_is_refused() {
    let refusal = tampered(|mut request| {
        *request.uri_mut() = request.uri().to_string().replace("domain=acme", "domain=evil").parse().unwrap();
        request
    });
    refusal.await.is(403, "InvalidSignatureException", "does not match");
}

#[tokio::test]
async fn another_method_than_the_signed_one_is_refused() {
    let refusal = tampered(|mut request| {
        *request.method_mut() = Method::DELETE;
        request
    });
    refusal.await.is(403, "InvalidSignatureException", "does not match");
}

#[tokio::test]
async fn an_altered_signed_header_is_refused() {
    let refusal = tampered(|request| with_header(request, "host", "evil.test")).await;
    refusal.is(403, "InvalidSignatureException", "does not match");
}

#[tokio::test]
async fn an_amazon_header_that_is_not_signed_is_refused() {
    let refusal = tampered(|request| with_header(request, "x-amz-extra", "1")).await;
    refusal.is(403, "InvalidSignatureException", "'x-amz-extra' must be a 'SignedHeader'");
}

#[tokio::test]
async fn a_signature_replayed_with_another_body_is_refused() {
    let emulator = Emulator::new(Options::default());
    let other = |request: Request<Body>| request.map(|_| Body::from(r#"{"maxResults":1}"#));
    let client = client(&emulator, tampering(&emulator, other));
    refused(client.list_domains().send().await).is(403, "InvalidSignatureException", "does not match");
}

#[tokio::test]
async fn another_region_or_service_is_out_of_scope() {
    let emulator = Emulator::new(Options::default());
    let options = emulator.options();
    let (key, secret) = (&options.access_key_id, &options.secret_access_key);
    let client = client_with(in_process(&emulator), "us-west-2", key, secret, None);
    refused(client.list_domains().send().await).is(403, "InvalidSignatureException", "region");
    let refusal = tampered(|request| replace_in_authorization(request, "/codeartifact/", "/sts/")).await;
    refusal.is(403, "InvalidSignatureException", "correct service: 'codeartifact'");
}

#[tokio::test]
async fn a_scope_of_another_day_is_refused() {
    let refusal = tampered(|request| {
        let day = request.headers()["x-amz-date"].to_str().unwrap()[..8].to_owned();
        replace_in_authorization(request, &format!("/{day}/"), "/20200101/")
    });
    refusal.await.is(403, "InvalidSignatureException", "Date in Credential scope");
}

fn clock_off_by(ahead: bool, seconds: u64) -> Options {
    let off = Duration::from_secs(seconds);
    let tell = move || if ahead { SystemTime::now() + off } else { SystemTime::now() - off };
    Options { clock: Clock::new(tell), ..Options::default() }
}

#[tokio::test]
async fn a_stale_signature_is_refused() {
    let refusal = signed_with(clock_off_by(true, 15 * 60 + 5), None, None, None).await;
    refusal.is(403, "InvalidSignatureException", "Signature expired");
}

#[tokio::test]
async fn a_signature_from_the_future_is_refused() {
    let refusal = signed_with(clock_off_by(false, 15 * 60 + 5), None, None, None).await;
    refusal.is(403, "InvalidSignatureException", "not yet current");
}

#[tokio::test]
async fn a_clock_that_is_14_minutes_off_is_near_enough() {
    for ahead in [true, false] {
        let emulator = Emulator::new(clock_off_by(ahead, 14 * 60));
        client(&emulator, in_process(&emulator)).list_domains().send().await.unwrap();
    }
}

#[tokio::test]
async fn a_session_needs_its_token_and_no_other() {
    let session = || Options { session_token: Some("session".to_owned()), ..Options::default() };
    let unrecognized = "UnrecognizedClientException";
    signed_with(session(), None, None, None).await.is(403, unrecognized, "invalid");
    signed_with(session(), None, None, Some("other")).await.is(403, unrecognized, "invalid");
    signed_with(Options::default(), None, None, Some("session")).await.is(403, unrecognized, "invalid");
}

#[tokio::test]
async fn an_expired_session_is_refused() {
    let ended = SystemTime::now() - Duration::from_secs(1);
    let session = Some("session".to_owned());
    let options = Options { session_token: session, session_expires: Some(ended), ..Options::default() };
    signed_with(options, None, None, Some("session")).await.is(403, "ExpiredTokenException", "expired");
}

#[tokio::test]
async fn values_that_need_encoding_are_signed_alike_on_both_ends() {
    let emulator = Emulator::new(Options::default());
    let client = client(&emulator, in_process(&emulator));
    client.create_domain().domain("acme").send().await.unwrap();
    let get = client.describe_package().domain("acme").repository("dev").format(PackageFormat::Npm);
    let result = get.package("~a+b=c&d%20é$*'()!;:@,€\u{200b}").send().await;
    refused(result).is(404, "ResourceNotFoundException", "Repository not found");
}

#[tokio::test]
async fn an_asset_with_another_hash_than_the_request_says_is_refused() {
    let emulator = Emulator::new(Options::default());
    let client = client(&emulator, in_process(&emulator));
    client.create_domain().domain("acme").send().await.unwrap();
    client.create_repository().domain("acme").repository("dev").send().await.unwrap();
    refused(publish(&client, "bytes", &sha256("other")).await).is(400, "ValidationException", "SHA-256");
    refused(publish(&client, "bytes", "abc").await).is(400, "ValidationException", "assetSHA256");
    publish(&client, "bytes", &sha256("bytes")).await.unwrap();
}

type Published = Result<
    aws_sdk_codeartifact::operation::publish_package_version::PublishPackageVersionOutput,
    aws_sdk_codeartifact::error::SdkError<
        aws_sdk_codeartifact::operation::publish_package_version::PublishPackageVersionError,
    >,
>;

async fn publish(client: &Client, bytes: &'static str, hash: &str) -> Published {
    let call = client.publish_package_version().domain("acme").repository("dev").format(PackageFormat::Generic);
    let call = call.namespace("tools").package("kit").package_version("1").asset_name("a.txt");
    call.asset_content(ByteStream::from_static(bytes.as_bytes())).asset_sha256(hash).send().await
}
