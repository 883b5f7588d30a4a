//! What a fetch through a chain of repositories leaves behind, and what origin controls hide.
//!
//! The rules are those of the CodeArtifact user guide, "Package retention from upstream repositories" and "Package origin controls".
#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

#[path = "support/data.rs"]
mod support;

use std::collections::BTreeSet;

use codeartifact_emulator::model::{Origin, OriginControl, Status};
use http::StatusCode;
use support::{Bench, npm, pypi, python};

type Shape = &'static [(&'static str, &'static [&'static str], Option<&'static str>)];

const CHAIN: Shape = &[("a", &["b"], None), ("b", &["c"], None), ("c", &[], Some("public:npmjs"))];
const NONE: Vec<String> = Vec::new();

#[tokio::test]
async fn a_public_version_stays_where_it_was_asked_for_and_where_it_came_in() {
    let bench = Bench::new(CHAIN);
    assert_eq!(bench.get("npm/a/lodash").await.status, StatusCode::OK);
    for repository in ["a", "b", "c"] {
        assert_eq!(bench.held(repository, &npm("lodash")), NONE, "listing alone keeps nothing");
    }
    assert_eq!(bench.get("npm/a/lodash/-/lodash-4.17.21.tgz").await.status, StatusCode::OK);
    assert_eq!(bench.held("a", &npm("lodash")), ["4.17.21"]);
    assert_eq!(bench.held("b", &npm("lodash")), NONE);
    assert_eq!(bench.held("c", &npm("lodash")), ["4.17.21"]);
    let kept = bench.package("a", &npm("lodash")).unwrap();
    assert_eq!(kept.origin_control, OriginControl { publish: false, upstream: true });
    assert_eq!(kept.versions["4.17.21"].origin, Origin::External { connection: "public:npmjs".to_owned() });
}

#[tokio::test]
async fn a_version_of_the_domain_stays_where_it_was_asked_for_only() {
    let bench = Bench::new(CHAIN);
    bench.publish_npm("c", "@acme/ui", "1.0.0").await;
    assert_eq!(bench.get("npm/a/@acme/ui/-/ui-1.0.0.tgz").await.status, StatusCode::OK);
    assert_eq!(bench.held("a", &npm("@acme/ui")), ["1.0.0"]);
    assert_eq!(bench.held("b", &npm("@acme/ui")), NONE);
    let kept = bench.package("a", &npm("@acme/ui")).unwrap().versions["1.0.0"].clone();
    assert_eq!(kept.origin, Origin::Internal { repository: "c".to_owned() });
}

#[tokio::test]
async fn a_version_that_stands_in_between_is_not_fetched_from_outside_again() {
    let bench = Bench::new(CHAIN);
    bench.get("npm/b/lodash/-/lodash-4.17.21.tgz").await;
    bench.emulator.with_state(|state| {
        let c = state.domains.get_mut("acme").unwrap().repositories.get_mut("c").unwrap();
        c.packages.clear();
        c.external_connection = None;
    });
    assert_eq!(bench.get("npm/a/lodash/-/lodash-4.17.21.tgz").await.status, StatusCode::OK);
    assert_eq!(bench.held("a", &npm("lodash")), ["4.17.21"]);
    assert_eq!(bench.held("c", &npm("lodash")), NONE);
}

#[tokio::test]
async fn a_kept_version_survives_its_upstream() {
    let bench = Bench::new(CHAIN);
    bench.get("npm/a/lodash/-/lodash-4.17.21.tgz").await;
    bench.emulator.with_state(|state| {
        let repositories = &mut state.domains.get_mut("acme").unwrap().repositories;
        repositories.remove("c");
        repositories.get_mut("b").unwrap().upstreams.clear();
    });
    assert_eq!(bench.get("npm/a/lodash").await.json()["versions"].as_object().unwrap().len(), 1);
    assert_eq!(bench.get("npm/a/lodash/-/lodash-4.17.21.tgz").await.status, StatusCode::OK);
    assert_eq!(bench.get("npm/a/lodash/-/lodash-4.17.20.tgz").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn all_files_of_a_python_version_come_along() {
    let bench = Bench::new(&[("a", &["store"], None), ("store", &[], Some("public:pypi"))]);
    assert_eq!(
        bench.get("pypi/a/simple/requests/2.32.3/requests-2.32.3-py3-none-any.whl").await.status,
        StatusCode::OK
    );
    for repository in ["a", "store"] {
        let version = bench.package(repository, &pypi("requests")).unwrap().versions["2.32.3"].clone();
        let files: Vec<&str> = version.content.assets.keys().map(String::as_str).collect();
        assert_eq!(files, ["requests-2.32.3-py3-none-any.whl", "requests-2.32.3.tar.gz"]);
        assert_eq!(version.content.metadata.dependencies.len(), 4);
    }
    assert_eq!(bench.held("a", &pypi("requests")), ["2.32.3"]);
}

#[tokio::test]
async fn the_first_publication_shuts_the_upstreams_out() {
    let bench = Bench::new(&[("dev", &["store"], None), ("store", &[], Some("public:npmjs"))]);
    assert_eq!(bench.publish_npm("dev", "lodash", "9.0.0").await.status, StatusCode::CREATED);
    assert_eq!(
        bench.package("dev", &npm("lodash")).unwrap().origin_control,
        OriginControl { publish: true, upstream: false }
    );
    let versions: BTreeSet<String> =
        bench.get("npm/dev/lodash").await.json()["versions"].as_object().unwrap().keys().cloned().collect();
    assert_eq!(versions, BTreeSet::from(["9.0.0".to_owned()]));
    assert_eq!(bench.get("npm/dev/lodash/-/lodash-4.17.21.tgz").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_version_that_can_be_fetched_cannot_be_published() {
    let bench =
        Bench::new(&[("dev", &["store", "base"], None), ("store", &[], Some("public:npmjs")), ("base", &[], None)]);
    let public = bench.publish_npm("dev", "lodash", "4.17.21").await;
    assert_eq!(public.status, StatusCode::CONFLICT);
    assert!(public.text().contains("public:npmjs"), "{}", public.text());
    bench.publish_npm("base", "ui", "1.0.0").await;
    let internal = bench.publish_npm("dev", "ui", "1.0.0").await;
    assert_eq!(internal.status, StatusCode::CONFLICT);
    assert!(internal.text().contains("base"), "{}", internal.text());
}

#[tokio::test]
async fn a_python_version_that_can_be_fetched_cannot_be_uploaded() {
    let bench = Bench::new(&[("store", &[], Some("public:pypi"))]);
    let package = python("requests", "2.32.3");
    assert_eq!(bench.upload_python("store", &package, package.sdist()).await.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn a_package_from_outside_takes_no_publication() {
    let bench = Bench::new(&[("store", &[], Some("public:npmjs"))]);
    bench.get("npm/store/lodash/-/lodash-4.17.21.tgz").await;
    let answer = bench.publish_npm("store", "lodash", "99.0.0").await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(answer.text().contains("BLOCK"), "{}", answer.text());
}

#[tokio::test]
async fn a_block_in_the_middle_hides_what_lies_beyond() {
    let bench = Bench::new(CHAIN);
    bench.publish_npm("b", "lodash", "9.0.0").await;
    let seen = bench.get("npm/a/lodash").await.json()["versions"].clone();
    assert_eq!(seen.as_object().unwrap().keys().collect::<Vec<_>>(), ["9.0.0"]);
}

#[tokio::test]
async fn the_status_upstream_decides_what_can_be_pulled_through() {
    for (status, fetched) in [
        (Status::Published, StatusCode::OK),
        (Status::Unlisted, StatusCode::OK),
        (Status::Archived, StatusCode::NOT_FOUND),
        (Status::Disposed, StatusCode::NOT_FOUND),
    ] {
        let bench = Bench::new(&[("dev", &["base"], None), ("base", &[], None)]);
        bench.publish_npm("base", "ui", "1.0.0").await;
        let package = python("acme", "1.0");
        bench.upload_python("base", &package, package.wheel("py3-none-any")).await;
        bench.set_status("base", &npm("ui"), "1.0.0", status);
        bench.set_status("base", &pypi("acme"), "1.0", status);
        assert_eq!(bench.get("npm/dev/ui/-/ui-1.0.0.tgz").await.status, fetched, "{status:?}");
        let file = "pypi/dev/simple/acme/1.0/acme-1.0-py3-none-any.whl";
        assert_eq!(bench.get(file).await.status, fetched, "{status:?}");
        for key in [npm("ui"), pypi("acme")] {
            let kept = bench
                .package("dev", &key)
                .map(|package| package.versions.into_values().map(|kept| kept.status).collect());
            let expected = (fetched == StatusCode::OK).then(|| vec![status]);
            assert_eq!(kept, expected, "{key:?}");
        }
    }
}
