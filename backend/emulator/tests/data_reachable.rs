//! Publishing what could be fetched from elsewhere (user guide, "Publishing packages" and "Package origin controls").
#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

#[path = "support/data.rs"]
mod support;

use codeartifact_emulator::model::Status;
use http::StatusCode;
use support::{Bench, npm, pypi, python};

/// `dev` keeps the source archive of acme 1.0 that was published to `base`.
async fn retained() -> Bench {
    let bench = Bench::new(&[("dev", &["base"], None), ("base", &[], None)]);
    let package = python("acme", "1.0");
    bench.upload_python("base", &package, package.sdist()).await;
    assert_eq!(bench.get("pypi/dev/simple/acme/1.0/acme-1.0.tar.gz").await.status, StatusCode::OK);
    assert_eq!(bench.held("dev", &pypi("acme")), ["1.0"]);
    bench
}

async fn upload_wheel(bench: &Bench, repository: &str) -> (StatusCode, String) {
    let package = python("acme", "1.0");
    let answer = bench.upload_python(repository, &package, package.wheel("py3-none-any")).await;
    (answer.status, answer.text())
}

#[tokio::test]
async fn a_retained_python_version_takes_no_upload_while_its_upstream_has_it() {
    let bench = retained().await;
    let (status, words) = upload_wheel(&bench, "dev").await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(words.contains("the upstream base"), "{words}");
}

#[tokio::test]
async fn a_retained_python_version_takes_an_upload_once_its_upstream_is_blocked() {
    let bench = retained().await;
    bench.change("dev", &pypi("acme"), |package| package.origin_control.upstream = false);
    assert_eq!(upload_wheel(&bench, "dev").await.0, StatusCode::OK);
}

#[tokio::test]
async fn a_retained_python_version_takes_no_upload_while_its_public_source_has_it() {
    let bench = Bench::new(&[("store", &[], Some("public:pypi"))]);
    assert_eq!(bench.get("pypi/store/simple/six/1.17.0/six-1.17.0.tar.gz").await.status, StatusCode::OK);
    bench.change("store", &pypi("six"), |package| package.origin_control.publish = true);
    let package = python("six", "1.17.0");
    let answer = bench.upload_python("store", &package, package.wheel("cp311-cp311-linux_x86_64")).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(answer.text().contains("public:pypi"), "{}", answer.text());
}

#[tokio::test]
async fn a_version_published_here_takes_files_even_if_an_upstream_has_it_too() {
    let bench = Bench::new(&[("dev", &["base"], None), ("base", &[], None)]);
    let package = python("acme", "1.0");
    for repository in ["dev", "base"] {
        assert_eq!(bench.upload_python(repository, &package, package.sdist()).await.status, StatusCode::OK);
    }
    bench.change("dev", &pypi("acme"), |package| package.origin_control.upstream = true);
    assert_eq!(upload_wheel(&bench, "dev").await.0, StatusCode::OK);
}

#[tokio::test]
async fn what_cannot_be_pulled_from_the_upstream_can_be_published() {
    for (status, answer) in [
        (Status::Published, StatusCode::CONFLICT),
        (Status::Unlisted, StatusCode::CONFLICT),
        (Status::Archived, StatusCode::CREATED),
        (Status::Disposed, StatusCode::CREATED),
    ] {
        let bench = Bench::new(&[("dev", &["base"], None), ("base", &[], None)]);
        bench.publish_npm("base", "ui", "1.0.0").await;
        bench.set_status("base", &npm("ui"), "1.0.0", status);
        assert_eq!(bench.publish_npm("dev", "ui", "1.0.0").await.status, answer, "{status:?}");
    }
}

#[tokio::test]
async fn what_the_store_has_archived_can_be_published_although_the_public_registry_has_it() {
    let bench = Bench::new(&[("dev", &["store"], None), ("store", &[], Some("public:npmjs"))]);
    bench.get("npm/store/lodash/-/lodash-4.17.21.tgz").await;
    assert_eq!(bench.publish_npm("dev", "lodash", "4.17.21").await.status, StatusCode::CONFLICT);
    bench.set_status("store", &npm("lodash"), "4.17.21", Status::Archived);
    assert_eq!(bench.get("npm/dev/lodash/-/lodash-4.17.21.tgz").await.status, StatusCode::NOT_FOUND);
    assert_eq!(bench.publish_npm("dev", "lodash", "4.17.21").await.status, StatusCode::CREATED);
}
