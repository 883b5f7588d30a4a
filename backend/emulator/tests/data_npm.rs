//! The npm endpoints: publish, view, install, tags, deprecate.
#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

#[path = "support/data.rs"]
mod support;

use axum::body::Body;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use codeartifact_emulator::model::Status;
use http::{Method, StatusCode};
use serde_json::json;
use support::{Bench, npm, publication};

#[tokio::test]
async fn what_is_published_is_seen_and_fetched() {
    let bench = Bench::new(&[("dev", &[], None)]);
    assert_eq!(bench.publish_npm("dev", "@acme/ui", "1.0.0").await.status, StatusCode::CREATED);
    for path in ["npm/dev/@acme%2fui", "npm/dev/@acme/ui"] {
        let document = bench.get(path).await.json();
        assert_eq!(document["dist-tags"]["latest"], "1.0.0");
        let dist = &document["versions"]["1.0.0"]["dist"];
        assert_eq!(dist["tarball"], "http://localhost:9/npm/d/acme-111122223333/dev/@acme/ui/-/ui-1.0.0.tgz");
        assert!(dist["integrity"].as_str().unwrap().starts_with("sha512-"));
        assert_eq!(document["readme"], "# hello");
        assert!(document["time"]["1.0.0"].as_str().unwrap().starts_with("2026-"));
    }
    let tarball = bench.get("npm/dev/@acme/ui/-/ui-1.0.0.tgz").await;
    assert_eq!(tarball.status, StatusCode::OK);
    assert_eq!(
        STANDARD.encode(&tarball.body),
        publication("@acme/ui", "1.0.0", "")["_attachments"]["@acme/ui-1.0.0.tgz"]["data"]
    );
}

#[tokio::test]
async fn an_installer_gets_the_abbreviated_document() {
    let bench = Bench::new(&[("dev", &[], None)]);
    bench.publish_npm("dev", "ui", "1.0.0").await;
    let accept = [("accept", "application/vnd.npm.install-v1+json; q=1.0, application/json; q=0.8, */*")];
    let answer = bench.send(Method::GET, "npm/dev/ui", &accept, Body::empty()).await;
    assert_eq!(answer.header("content-type"), "application/vnd.npm.install-v1+json");
    let document = answer.json();
    assert!(document["versions"]["1.0.0"]["dist"]["tarball"].is_string());
    assert!(document["versions"]["1.0.0"].get("description").is_none() && document.get("readme").is_none());
}

#[tokio::test]
async fn publishing_the_same_bytes_again_changes_nothing() {
    let bench = Bench::new(&[("dev", &[], None)]);
    bench.publish_npm("dev", "ui", "1.0.0").await;
    let before = bench.package("dev", &npm("ui")).unwrap().versions["1.0.0"].clone();
    assert_eq!(bench.publish_npm("dev", "ui", "1.0.0").await.status, StatusCode::OK);
    assert_eq!(bench.package("dev", &npm("ui")).unwrap().versions["1.0.0"].content, before.content);
}

#[tokio::test]
async fn publishing_other_bytes_under_a_taken_version_is_a_conflict() {
    let bench = Bench::new(&[("dev", &[], None)]);
    bench.publish_npm("dev", "ui", "1.0.0").await;
    let answer = bench.put_npm("dev", &publication("ui", "1.0.0", "other();")).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(answer.json()["error"].as_str().unwrap().contains("already exists"));
}

#[tokio::test]
async fn a_publication_that_disagrees_with_itself_is_refused() {
    let bench = Bench::new(&[("dev", &[], None)]);
    let good = publication("ui", "1.0.0", "");
    let mut wrong_sum = good.clone();
    wrong_sum["versions"]["1.0.0"]["dist"]["shasum"] = json!("00");
    let mut wrong_length = good.clone();
    wrong_length["_attachments"]["ui-1.0.0.tgz"]["length"] = json!(1);
    let mut wrong_name = good.clone();
    wrong_name["name"] = json!("other");
    let mut two_versions = good.clone();
    two_versions["versions"]["2.0.0"] = json!({});
    let mut not_base64 = good.clone();
    not_base64["_attachments"]["ui-1.0.0.tgz"]["data"] = json!("%%%");
    let mut bad_version = good.clone();
    bad_version["versions"] = json!({ "1.0": good["versions"]["1.0.0"] });
    for (what, bad) in [
        ("sum", wrong_sum),
        ("length", wrong_length),
        ("name", wrong_name),
        ("versions", two_versions),
        ("base64", not_base64),
        ("version", bad_version),
    ] {
        let answer = bench.send(Method::PUT, "npm/dev/ui", &[], bad.to_string()).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{what}: {}", answer.text());
    }
    assert_eq!(bench.held("dev", &npm("ui")), Vec::<String>::new());
}

#[tokio::test]
async fn dist_tags_are_listed_set_and_removed() {
    let bench = Bench::new(&[("dev", &[], None)]);
    bench.publish_npm("dev", "@acme/ui", "1.0.0").await;
    let tag = "npm/dev/-/package/@acme%2fui/dist-tags/stable";
    assert_eq!(bench.send(Method::PUT, tag, &[], "\"1.0.0\"").await.status, StatusCode::CREATED);
    let listed = bench.get("npm/dev/-/package/@acme%2fui/dist-tags").await.json();
    assert_eq!(listed, json!({ "latest": "1.0.0", "stable": "1.0.0" }));
    assert_eq!(bench.send(Method::PUT, tag, &[], "\"9.0.0\"").await.status, StatusCode::NOT_FOUND);
    assert_eq!(bench.send(Method::PUT, tag, &[], "nonsense").await.status, StatusCode::BAD_REQUEST);
    assert_eq!(bench.send(Method::DELETE, tag, &[], Body::empty()).await.status, StatusCode::OK);
    assert_eq!(bench.send(Method::DELETE, tag, &[], Body::empty()).await.status, StatusCode::NOT_FOUND);
    assert_eq!(bench.get("npm/dev/-/package/@acme/ui/dist-tags").await.json(), json!({ "latest": "1.0.0" }));
}

#[tokio::test]
async fn deprecating_is_seen_by_installers_and_can_be_lifted() {
    let bench = Bench::new(&[("dev", &[], None)]);
    bench.publish_npm("dev", "ui", "1.0.0").await;
    let mut document = bench.get("npm/dev/ui?write=true").await.json();
    for words in ["use ui2", ""] {
        document["versions"]["1.0.0"]["deprecated"] = json!(words);
        assert_eq!(bench.send(Method::PUT, "npm/dev/ui", &[], document.to_string()).await.status, StatusCode::OK);
        let seen = bench.get("npm/dev/ui").await.json()["versions"]["1.0.0"]["deprecated"].clone();
        assert_eq!(seen, if words.is_empty() { json!(null) } else { json!(words) });
    }
}

#[tokio::test]
async fn upstream_tags_win_over_downstream_ones() {
    let bench = Bench::new(&[("dev", &["first", "second"], None), ("first", &[], None), ("second", &[], None)]);
    for (repository, version) in [("dev", "1.0.0"), ("first", "2.0.0"), ("second", "3.0.0")] {
        bench.publish_npm(repository, "ui", version).await;
    }
    // The first publication to dev has shut its upstreams out.
    bench.change("dev", &npm("ui"), |package| package.origin_control.upstream = true);
    bench.change("dev", &npm("ui"), |package| {
        package.dist_tags.insert("own".to_owned(), "1.0.0".to_owned());
    });
    bench.change("second", &npm("ui"), |package| {
        package.dist_tags.insert("far".to_owned(), "3.0.0".to_owned());
    });
    let tags = bench.get("npm/dev/ui").await.json()["dist-tags"].clone();
    assert_eq!(tags, json!({ "latest": "2.0.0", "own": "1.0.0", "far": "3.0.0" }));
}

#[tokio::test]
async fn a_tag_whose_upstream_value_is_not_listed_shows_the_value_downstream() {
    let bench = Bench::new(&[("dev", &["first", "second"], None), ("first", &[], None), ("second", &[], None)]);
    for (repository, version) in [("dev", "1.0.0"), ("first", "2.0.0"), ("second", "3.0.0")] {
        bench.publish_npm(repository, "ui", version).await;
    }
    bench.change("dev", &npm("ui"), |package| package.origin_control.upstream = true);
    for (hidden, shown) in [("first", "3.0.0"), ("second", "1.0.0")] {
        let version = if hidden == "first" { "2.0.0" } else { "3.0.0" };
        bench.set_status(hidden, &npm("ui"), version, Status::Unlisted);
        let expected = json!({ "latest": shown });
        assert_eq!(bench.get("npm/dev/ui").await.json()["dist-tags"], expected, "without {hidden}");
        assert_eq!(bench.get("npm/dev/-/package/ui/dist-tags").await.json(), expected, "without {hidden}");
    }
}

#[tokio::test]
async fn a_tag_that_the_public_registry_puts_on_an_archived_version_hides_no_other() {
    let bench = Bench::new(&[("dev", &["store"], None), ("store", &[], Some("public:npmjs"))]);
    bench.publish_npm("dev", "lodash", "9.0.0").await;
    bench.change("dev", &npm("lodash"), |package| package.origin_control.upstream = true);
    assert_eq!(bench.get("npm/store/lodash/-/lodash-4.17.21.tgz").await.status, StatusCode::OK);
    assert_eq!(bench.get("npm/dev/lodash").await.json()["dist-tags"], json!({ "latest": "4.17.21" }));
    bench.set_status("store", &npm("lodash"), "4.17.21", Status::Archived);
    assert_eq!(bench.get("npm/dev/lodash").await.json()["dist-tags"], json!({ "latest": "9.0.0" }));
}

#[tokio::test]
async fn the_status_decides_what_is_listed_and_what_is_downloaded() {
    let bench = Bench::new(&[("dev", &[], None)]);
    for version in ["1.0.0", "2.0.0"] {
        bench.publish_npm("dev", "ui", version).await;
    }
    for (status, listed, download) in [
        (Status::Published, true, StatusCode::OK),
        (Status::Unlisted, false, StatusCode::OK),
        (Status::Archived, false, StatusCode::NOT_FOUND),
        (Status::Disposed, false, StatusCode::NOT_FOUND),
    ] {
        bench.set_status("dev", &npm("ui"), "2.0.0", status);
        let document = bench.get("npm/dev/ui").await.json();
        assert_eq!(document["versions"].get("2.0.0").is_some(), listed, "{status:?}");
        assert_eq!(document["dist-tags"].get("latest").is_some(), listed, "{status:?}");
        assert_eq!(bench.get("npm/dev/ui/-/ui-2.0.0.tgz").await.status, download, "{status:?}");
    }
}

#[tokio::test]
async fn an_archived_version_hides_the_same_version_upstream() {
    let bench = Bench::new(&[("dev", &["base"], None), ("base", &[], None)]);
    bench.publish_npm("base", "ui", "1.0.0").await;
    assert_eq!(bench.get("npm/dev/ui/-/ui-1.0.0.tgz").await.status, StatusCode::OK);
    bench.set_status("dev", &npm("ui"), "1.0.0", Status::Archived);
    assert_eq!(bench.get("npm/dev/ui").await.status, StatusCode::NOT_FOUND);
    assert_eq!(bench.get("npm/dev/ui/-/ui-1.0.0.tgz").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_codeartifact_does_not_support_says_so() {
    let bench = Bench::new(&[("dev", &[], None)]);
    assert_eq!(bench.get("npm/dev/-/ping").await.json(), json!({}));
    assert_eq!(bench.get("npm/dev/-/whoami").await.json()["username"], "aws");
    let audit = bench
        .send(
            Method::POST,
            "npm/dev/-/npm/v1/security/advisories/bulk",
            &[("content-encoding", "gzip")],
            vec![0x1f, 0x8b],
        )
        .await;
    assert_eq!(audit.status, StatusCode::NOT_FOUND);
    assert!(audit.json()["error"].as_str().unwrap().contains("audit"));
    assert_eq!(bench.get("npm/dev/-/v1/search?text=x").await.status, StatusCode::NOT_FOUND);
    assert_eq!(bench.send(Method::DELETE, "npm/dev/ui/-rev/1", &[], Body::empty()).await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        bench.send(Method::DELETE, "npm/dev/ui", &[], Body::empty()).await.status,
        StatusCode::METHOD_NOT_ALLOWED
    );
}

#[tokio::test]
async fn a_client_that_has_the_document_is_told_so_and_head_has_no_body() {
    let bench = Bench::new(&[("dev", &[], None)]);
    bench.publish_npm("dev", "ui", "1.0.0").await;
    for path in ["npm/dev/ui", "npm/dev/ui/-/ui-1.0.0.tgz"] {
        let first = bench.get(path).await;
        let again = bench.send(Method::GET, path, &[("if-none-match", first.header("etag"))], Body::empty()).await;
        assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0));
        let head = bench.send(Method::HEAD, path, &[], Body::empty()).await;
        assert_eq!((head.status, head.body.len()), (StatusCode::OK, 0));
        assert_eq!(head.header("etag"), first.header("etag"));
        assert_eq!(head.header("content-length"), first.body.len().to_string());
    }
}
