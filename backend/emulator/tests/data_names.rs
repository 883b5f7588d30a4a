//! Names that the API could not address stay out of the repositories (service model: `PackageName`, `PackageVersion`, `AssetName`).
#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

#[path = "support/registry.rs"]
mod registry;
#[path = "support/data.rs"]
mod support;

use http::StatusCode;
use registry::{Registry, npm_bench, pypi_bench};
use serde_json::json;
use support::{Bench, npm, publication, pypi, python};

#[tokio::test]
async fn an_npm_name_that_the_api_cannot_address_is_neither_published_nor_found() {
    let bench = Bench::new(&[("dev", &[], None)]);
    let longest = "a".repeat(255);
    assert_eq!(bench.publish_npm("dev", &longest, "1.0.0").await.status, StatusCode::CREATED);
    assert_eq!(bench.get(&format!("npm/dev/{longest}")).await.status, StatusCode::OK);
    let scope = format!("@{}/ui", "s".repeat(256));
    for (name, path) in [("a#b", "a%23b"), (&"a".repeat(256), &"a".repeat(256)), (&scope, &scope)] {
        let body = publication(name, "1.0.0", "").to_string();
        let put = bench.send(http::Method::PUT, &format!("npm/dev/{path}"), &[], body).await;
        assert_eq!(put.status, StatusCode::BAD_REQUEST, "{name}: {}", put.text());
        assert!(put.json()["error"].as_str().unwrap().contains("cannot be the name"), "{}", put.text());
        assert_eq!(bench.get(&format!("npm/dev/{path}")).await.status, StatusCode::NOT_FOUND, "{name}");
        assert!(bench.package("dev", &npm(name)).is_none(), "{name}");
    }
}

#[tokio::test]
async fn a_python_name_or_file_that_the_api_cannot_address_is_neither_uploaded_nor_found() {
    let bench = Bench::new(&[("dev", &[], None)]);
    let name = "a".repeat(256);
    let package = python(&name, "1.0");
    assert_eq!(bench.upload_python("dev", &package, package.sdist()).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(bench.get(&format!("pypi/dev/simple/{name}/")).await.status, StatusCode::NOT_FOUND);
    let package = python("acme", "1.0");
    let (_, bytes) = package.wheel("py3-none-any");
    for (length, answer) in [(255, StatusCode::OK), (256, StatusCode::BAD_REQUEST)] {
        let tag = "x".repeat(length - "acme-1.0-py3-none-.whl".len());
        let file = format!("acme-1.0-py3-none-{tag}.whl");
        let uploaded = bench.upload_python("dev", &package, (file, bytes.clone())).await;
        assert_eq!(uploaded.status, answer, "{length}: {}", uploaded.text());
    }
    let fields = [(":action", "file_upload"), ("name", "acme"), ("version", "1#0")];
    let uploaded = bench.upload("dev", &fields, "acme-1#0-py3-none-any.whl", &bytes).await;
    assert_eq!(uploaded.status, StatusCode::BAD_REQUEST);
    assert!(uploaded.text().contains("cannot be a version"), "{}", uploaded.text());
}

#[tokio::test]
async fn what_a_public_npm_registry_offers_under_such_a_version_is_passed_over() {
    let registry = Registry::start().await;
    registry.put_npm("ui", "1.0.0");
    let document = String::from_utf8(registry.pages.lock().unwrap()["/ui"].1.to_vec()).unwrap();
    let mut document: serde_json::Value = serde_json::from_str(&document).unwrap();
    let manifest = document["versions"]["1.0.0"].clone();
    document["versions"]["1.0.0-x#y"] = manifest;
    registry.put("/ui", "application/json", document.to_string());
    let bench = npm_bench(&registry);
    let seen = bench.get("npm/dev/ui").await.json();
    assert_eq!(seen["versions"].as_object().unwrap().keys().collect::<Vec<_>>(), ["1.0.0"]);
    assert_eq!(bench.get("npm/dev/ui/-/ui-1.0.0-x%23y.tgz").await.status, StatusCode::NOT_FOUND);
    assert!(bench.package("dev", &npm("ui")).is_none());
}

#[tokio::test]
async fn what_a_public_python_index_offers_under_such_a_name_is_passed_over() {
    let registry = Registry::start().await;
    let (good, bytes) = python("far", "1.0").wheel("py3-none-any");
    let long = format!("far-1.0-py3-none-{}.whl", "x".repeat(250));
    let strange = "far-1.0#a-py3-none-any.whl".to_owned();
    let files = [good.clone(), long.clone(), strange.clone()].map(|file| (file, bytes.clone()));
    registry.put_pypi("far", &files.each_ref().map(|file| (file, json!({}))));
    let bench = pypi_bench(&registry);
    let page = bench.get("pypi/dev/simple/far/").await.text();
    assert_eq!((page.matches("<a ").count(), page.contains(&good)), (1, true), "{page}");
    for path in [format!("1.0/{long}"), format!("1.0%23a/{}", strange.replace('#', "%23"))] {
        assert_eq!(bench.get(&format!("pypi/dev/simple/far/{path}")).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(bench.get(&format!("pypi/dev/simple/far/1.0/{good}")).await.status, StatusCode::OK);
    let kept = bench.package("dev", &pypi("far")).unwrap().versions["1.0"].content.assets.len();
    assert_eq!(kept, 1);
}
