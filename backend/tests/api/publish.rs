//! Publishing files of generic packages, and what happens when something breaks on the way.

use axum::body::Body;
use bytes::Bytes;
use futures_util::stream;
use headwater::looking::LOOKS;
use http::{Request, StatusCode};
use sha2::{Digest, Sha256};
use shared::api::{AssetQuery, Endpoint, PreviewPublication, PublishAsset, VersionQuery};
use shared::format::PackageFormat;
use shared::problem::{Problem, ProblemCode};
use shared::publishing::{Published, Standing, Then};
use shared::version::PackageVersionStatus;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::{Answer, Effect, TestApp, repository};

const PUBLISH: &str = "POST /v1/package/version/publish";

fn query(name: &str, content: &[u8], then: Then) -> AssetQuery {
    AssetQuery {
        namespace: "acme".parse().unwrap(),
        package: "tool".parse().unwrap(),
        version: "1.0.0".parse().unwrap(),
        asset: name.parse().unwrap(),
        sha256: hex::encode(Sha256::digest(content)).parse().unwrap(),
        then,
    }
}

fn request(app: &TestApp, query: &AssetQuery, length: usize, body: Body) -> Request<Body> {
    Request::put(PublishAsset::address(&repository("team-dev"), query))
        .header("authorization", format!("Bearer {}", app.token))
        .header("content-type", "application/octet-stream")
        .header("content-length", length)
        .body(body)
        .unwrap()
}

async fn send(app: &TestApp, query: &AssetQuery, content: &'static [u8]) -> Answer {
    app.send(request(app, query, content.len(), Body::from(content))).await
}

async fn standing(app: &TestApp) -> Standing {
    let version = VersionQuery {
        format: PackageFormat::Generic,
        namespace: Some("acme".parse().unwrap()),
        package: "tool".parse().unwrap(),
        version: "1.0.0".parse().unwrap(),
    };
    app.get(PreviewPublication, &repository("team-dev"), &version, &()).await
}

async fn names(app: &TestApp) -> Vec<String> {
    standing(app).await.assets.into_iter().map(|asset| asset.name).collect()
}

#[tokio::test]
async fn a_version_stays_unfinished_until_its_last_file() {
    let app = TestApp::acme().await;
    assert_eq!(standing(&app).await, Standing { status: None, assets: vec![], origin_control: None });
    let first = send(&app, &query("a.bin", b"one", Then::Unfinished), b"one").await;
    assert_eq!(first.json::<Published>().status, Some(PackageVersionStatus::Unfinished));
    let after = standing(&app).await;
    assert_eq!((after.status, after.assets.len()), (Some(PackageVersionStatus::Unfinished), 1));
    let last = send(&app, &query("b.bin", b"two", Then::Published), b"two").await;
    assert_eq!(last.json::<Published>().status, Some(PackageVersionStatus::Published));
    let after = standing(&app).await;
    assert_eq!(after.assets[1].sha256(), Some(query("b.bin", b"two", Then::Published).sha256.as_str()));
    assert!(after.origin_control.is_some_and(|control| control.publish));
}

#[tokio::test]
async fn an_empty_file_can_be_published() {
    let app = TestApp::acme().await;
    assert_eq!(send(&app, &query("empty", b"", Then::Published), b"").await.status, StatusCode::OK);
    assert_eq!(standing(&app).await.assets[0].size, 0);
}

#[tokio::test]
async fn a_file_that_is_not_the_one_announced_is_not_published() {
    let app = TestApp::acme().await;
    let answer = send(&app, &query("a.bin", b"one", Then::Published), b"two").await;
    assert_eq!(answer.problem(), (StatusCode::BAD_REQUEST, ProblemCode::BadRequest));
    assert!(answer.json::<Problem>().message.contains("its SHA-256 differs"));
    assert_eq!(standing(&app).await.status, None);
}

#[tokio::test]
async fn a_file_says_its_length_and_type_and_is_not_too_large() {
    let app = TestApp::acme().await;
    let query = query("a.bin", b"one", Then::Published);
    let without = |field: &str| {
        let mut request = request(&app, &query, 3, Body::from("one"));
        request.headers_mut().remove(field);
        app.send(request)
    };
    assert_eq!(without("content-length").await.status, StatusCode::BAD_REQUEST);
    assert_eq!(without("content-type").await.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let large = app.send(request(&app, &query, (5 << 30) + 1, Body::from("one"))).await;
    assert_eq!(large.problem(), (StatusCode::PAYLOAD_TOO_LARGE, ProblemCode::TooLarge));
    assert!(app.faults.seen("").is_empty());
}

#[tokio::test]
async fn the_same_file_again_changes_nothing_and_another_one_is_refused() {
    let app = TestApp::acme().await;
    for _ in 0..2 {
        assert_eq!(send(&app, &query("a.bin", b"one", Then::Published), b"one").await.status, StatusCode::OK);
    }
    let other = send(&app, &query("a.bin", b"two", Then::Published), b"two").await;
    assert_eq!(other.problem(), (StatusCode::CONFLICT, ProblemCode::Conflict));
    let more = send(&app, &query("b.bin", b"two", Then::Published), b"two").await;
    assert_eq!(more.problem(), (StatusCode::CONFLICT, ProblemCode::Conflict));
    assert_eq!(names(&app).await, ["a.bin"]);
}

#[tokio::test]
async fn a_file_whose_answer_is_lost_is_found_by_reading_and_not_sent_again() {
    for effect in [Effect::FaultAfter, Effect::ResetAfter, Effect::GarbageAfter] {
        let app = TestApp::acme().await;
        app.faults.plan(PUBLISH, 1, effect.clone());
        let answer = send(&app, &query("a.bin", b"one", Then::Published), b"one").await;
        assert_eq!(answer.json::<Published>().status, Some(PackageVersionStatus::Published), "{effect:?}");
        assert_eq!(app.faults.seen(PUBLISH).len(), 1, "{effect:?}");
    }
}

#[tokio::test]
async fn a_file_that_did_not_arrive_is_told_so_with_the_words_of_aws() {
    for (effect, code, words) in [
        (Effect::FaultBefore, ProblemCode::Unexpected, "The file is not there. It can be sent again"),
        (Effect::ResetBefore, ProblemCode::Unreachable, "The file is not there. It can be sent again"),
        (Effect::Deny, ProblemCode::Forbidden, "is not authorized"),
        (Effect::Throttle(7), ProblemCode::Throttled, "Rate exceeded"),
    ] {
        let app = TestApp::acme().await;
        app.faults.plan(PUBLISH, 1, effect.clone());
        let answer = send(&app, &query("a.bin", b"one", Then::Published), b"one").await;
        let problem = answer.json::<Problem>();
        assert_eq!(problem.code, code, "{effect:?}");
        assert!(problem.message.contains(words), "{effect:?}: {}", problem.message);
        assert_eq!(app.faults.seen(PUBLISH).len(), 1, "{effect:?}");
        assert_eq!(standing(&app).await.status, None);
    }
}

#[tokio::test]
async fn what_cannot_be_settled_by_reading_says_so() {
    let app = TestApp::acme().await;
    app.faults.plan(PUBLISH, 1, Effect::ResetAfter);
    app.faults.plan("GET /v1/package/version?", LOOKS.len(), Effect::Deny);
    let answer = send(&app, &query("a.bin", b"one", Then::Published), b"one").await;
    assert!(answer.json::<Problem>().message.contains("could not be read"), "{}", answer.text());
}

#[tokio::test]
async fn a_file_that_is_seen_a_moment_later_is_found_all_the_same() {
    let app = TestApp::acme().await;
    app.faults.plan(PUBLISH, 1, Effect::ResetAfter);
    app.faults.plan("GET /v1/package/version?", LOOKS.len() - 1, Effect::Deny);
    let answer = send(&app, &query("a.bin", b"one", Then::Published), b"one").await;
    assert_eq!(answer.json::<Published>().status, Some(PackageVersionStatus::Published));
    assert_eq!(app.faults.seen(PUBLISH).len(), 1);
}

#[tokio::test]
async fn a_connection_cut_in_the_middle_leaves_the_version_as_it_was_and_sending_goes_on_later() {
    let app = TestApp::acme().await;
    send(&app, &query("a.bin", b"one", Then::Unfinished), b"one").await;
    let last = query("b.bin", b"two", Then::Published);
    let address = app.serve().await;
    let mut browser = TcpStream::connect(address).await.unwrap();
    let head = format!(
        "PUT {} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {}\r\nContent-Type: application/octet-stream\r\nContent-Length: 3\r\n\r\ntw",
        PublishAsset::address(&repository("team-dev"), &last),
        app.token
    );
    browser.write_all(head.as_bytes()).await.unwrap();
    while app.faults.seen(PUBLISH).len() < 2 {
        tokio::task::yield_now().await;
    }
    browser.shutdown().await.unwrap();
    let mut rest = Vec::new();
    // Cut off either with a refusal or without a word.
    let _ = browser.read_to_end(&mut rest).await;
    app.state.work.done().await;
    let after = standing(&app).await;
    assert_eq!((after.status, after.assets.len()), (Some(PackageVersionStatus::Unfinished), 1));
    assert_eq!(send(&app, &last, b"two").await.status, StatusCode::OK);
    assert_eq!(standing(&app).await.status, Some(PackageVersionStatus::Published));
}

#[tokio::test]
async fn a_large_file_is_never_held_as_a_whole() {
    const PIECE: usize = 1 << 20;
    const PIECES: usize = 32;
    let app = TestApp::acme().await;
    // CodeArtifact takes nothing yet: whatever is read meanwhile stands in memory here.
    app.faults.plan(PUBLISH, 1, Effect::Hold);
    let content = vec![7_u8; PIECE * PIECES];
    let query = query("large.bin", &content, Then::Published);
    let given = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let count = given.clone();
    let pieces = stream::iter((0..PIECES).map(move |_| {
        count.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        Ok::<_, std::io::Error>(Bytes::from(vec![7_u8; PIECE]))
    }));
    let sending = app.send(request(&app, &query, content.len(), Body::from_stream(pieces)));
    let looking = async {
        app.faults.reached().await;
        // Everybody gets many turns: what wants to read on can.
        for _ in 0..2_000 {
            tokio::task::yield_now().await;
        }
        let read = given.load(std::sync::atomic::Ordering::SeqCst);
        app.faults.release();
        read
    };
    let (answer, read) = tokio::join!(sending, looking);
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert!(read < 16, "{read} MiB were read while nothing was taken");
    assert_eq!(given.load(std::sync::atomic::Ordering::SeqCst), PIECES);
}
