//! What a retained version tells of its public source: when it was uploaded, whether it is yanked, how large its files are
//! (user guide, "Package retention from upstream repositories"; PEP 700).
#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

#[path = "support/registry.rs"]
mod registry;
#[path = "support/data.rs"]
mod support;

use std::time::{Duration, UNIX_EPOCH};

use axum::body::Body;
use bytes::Bytes;
use codeartifact_emulator::rules::content::revision;
use http::{Method, StatusCode};
use registry::{Registry, npm_bench, pypi_bench};
use serde_json::{Value, json};
use support::{Bench, npm, pypi, python};

const UPLOADED: &str = "2020-01-02T03:04:05.678901Z";
const WHEEL: &str = "acme-1.0-py3-none-any.whl";

async fn page(bench: &Bench, path: &str) -> Value {
    let accept = [("accept", "application/vnd.pypi.simple.v1+json")];
    bench.send(Method::GET, path, &accept, Body::empty()).await.json()
}

fn set_upstreams(bench: &Bench, upstreams: &[&str]) {
    bench.emulator.with_state(|state| {
        let dev = state.domains.get_mut("acme").unwrap().repositories.get_mut("dev").unwrap();
        dev.upstreams = upstreams.iter().map(|&name| name.to_owned()).collect();
    });
}

async fn fetch(bench: &Bench, file: &str) -> StatusCode {
    bench.get(&format!("pypi/dev/simple/acme/1.0/{file}")).await.status
}

/// A registry with the wheel of acme 1.0, and a bench that has fetched it to `dev` by way of `store`.
async fn imported(entry: Value) -> (Registry, Bench, (String, Bytes)) {
    let registry = Registry::start().await;
    let wheel = python("acme", "1.0").wheel("py3-none-any");
    registry.put_pypi("acme", &[(&wheel, entry)]);
    let bench = pypi_bench(&registry);
    assert_eq!(fetch(&bench, WHEEL).await, StatusCode::OK);
    (registry, bench, wheel)
}

async fn stop(registry: Registry) {
    registry.task.abort();
    assert!(registry.task.await.unwrap_err().is_cancelled());
}

#[tokio::test]
async fn a_retained_python_file_keeps_the_upload_time_of_its_source() {
    let (registry, bench, _) = imported(json!({ "upload-time": UPLOADED })).await;
    stop(registry).await;
    for repository in ["dev", "store"] {
        let page = page(&bench, &format!("pypi/{repository}/simple/acme/")).await;
        assert_eq!(page["files"][0]["upload-time"], UPLOADED, "{repository}");
    }
    let html = bench.get("pypi/dev/simple/acme/").await.text();
    assert!(html.contains(&format!("data-upload-time=\"{UPLOADED}\"")), "{html}");
}

#[tokio::test]
async fn a_retained_npm_version_keeps_the_time_of_its_source() {
    let registry = Registry::start().await;
    registry.put_npm("ui", "1.0.0");
    let bench = npm_bench(&registry);
    bench.get("npm/dev/ui/-/ui-1.0.0.tgz").await;
    let published = bench.package("dev", &npm("ui")).unwrap().versions["1.0.0"].published;
    assert_eq!(published, UNIX_EPOCH + Duration::from_secs(1_790_000_000), "the API tells when it came in");
    stop(registry).await;
    for repository in ["dev", "store"] {
        let time = bench.get(&format!("npm/{repository}/ui")).await.json()["time"].clone();
        assert_eq!((&time["1.0.0"], &time["modified"]), (&json!("2020-01-02T03:04:05.000Z"), &time["1.0.0"]));
    }
}

#[tokio::test]
async fn the_time_of_a_public_version_is_not_that_of_our_own_version_of_the_same_number() {
    let registry = Registry::start().await;
    registry.put_npm("ui", "1.0.0");
    let bench = npm_bench(&registry);
    set_upstreams(&bench, &[]);
    bench.publish_npm("dev", "ui", "1.0.0").await;
    set_upstreams(&bench, &["store"]);
    bench.change("dev", &npm("ui"), |package| package.origin_control.upstream = true);
    let document = bench.get("npm/dev/ui").await.json();
    assert!(document["time"]["1.0.0"].as_str().unwrap().starts_with("2026-"), "{document}");
}

#[tokio::test]
async fn what_was_yanked_stays_yanked_while_the_source_is_down() {
    let (registry, bench, wheel) = imported(json!({ "yanked": "at import" })).await;
    let stored = |repository: &str| {
        bench.package(repository, &pypi("acme")).unwrap().versions["1.0"].content.assets[WHEEL].yanked.clone()
    };
    for repository in ["dev", "store"] {
        assert_eq!(stored(repository).as_deref(), Some("at import"));
    }
    registry.put_pypi("acme", &[(&wheel, json!({ "yanked": true }))]);
    assert_eq!(page(&bench, "pypi/dev/simple/acme/").await["files"][0]["yanked"], json!(true));
    stop(registry).await;
    for repository in ["dev", "store"] {
        assert_eq!(stored(repository).as_deref(), Some(""));
        let page = page(&bench, &format!("pypi/{repository}/simple/acme/")).await;
        assert_eq!(page["files"][0]["yanked"], json!(true), "{repository}");
    }
}

#[tokio::test]
async fn a_version_whose_upstream_is_blocked_does_not_follow_its_source() {
    let (registry, bench, wheel) = imported(json!({})).await;
    bench.change("store", &pypi("acme"), |package| package.origin_control.upstream = false);
    registry.put_pypi("acme", &[(&wheel, json!({ "yanked": "broken" }))]);
    assert_eq!(page(&bench, "pypi/dev/simple/acme/").await["files"][0]["yanked"], json!(false));
    let stored = bench.package("store", &pypi("acme")).unwrap().versions["1.0"].content.assets[WHEEL].yanked.clone();
    assert_eq!(stored, None);
}

#[tokio::test]
async fn yanking_leaves_the_revision_as_it_is() {
    let (registry, bench, wheel) = imported(json!({})).await;
    let current = || revision(&bench.package("dev", &pypi("acme")).unwrap().versions["1.0"].content);
    let before = current();
    registry.put_pypi("acme", &[(&wheel, json!({ "yanked": "broken" }))]);
    page(&bench, "pypi/dev/simple/acme/").await;
    assert_eq!(current(), before);
}

#[tokio::test]
async fn the_page_says_version_1_1_only_when_it_tells_every_size() {
    let (registry, wheel) = (Registry::start().await, python("acme", "1.0").wheel("py3-none-any"));
    let bench = pypi_bench(&registry);
    registry.put_pypi("acme", &[(&wheel, json!({ "size": wheel.1.len() }))]);
    let told = page(&bench, "pypi/dev/simple/acme/").await;
    assert_eq!((&told["meta"]["api-version"], &told["files"][0]["size"]), (&json!("1.1"), &json!(wheel.1.len())));
    registry.put("/simple/acme/", "text/html", format!("<a href=\"/files/{WHEEL}\">{WHEEL}</a>"));
    let told = page(&bench, "pypi/dev/simple/acme/").await;
    assert_eq!((&told["meta"]["api-version"], told["files"][0].get("size")), (&json!("1.0"), None));
    fetch(&bench, WHEEL).await;
    assert_eq!(page(&bench, "pypi/dev/simple/acme/").await["meta"]["api-version"], json!("1.1"));
}

#[tokio::test]
async fn the_page_of_a_built_in_package_tells_every_size() {
    let bench = Bench::new(&[("store", &[], Some("public:pypi"))]);
    let told = page(&bench, "pypi/store/simple/six/").await;
    assert_eq!(told["meta"]["api-version"], json!("1.1"));
    for file in told["files"].as_array().unwrap() {
        let address = format!("pypi/store/simple/six/{}", file["url"].as_str().unwrap());
        assert_eq!(json!(bench.get(&address).await.body.len()), file["size"], "{file}");
    }
}
