//! External connections that fetch over HTTP, from small registries on a loopback socket.
#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

#[path = "support/registry.rs"]
mod registry;
#[path = "support/data.rs"]
mod support;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use codeartifact_emulator::rules::content::hashes;
use codeartifact_emulator::sources::check_source;
use http::StatusCode;
use registry::{Registry, npm_bench, pypi_bench};
use serde_json::json;
use support::{Bench, npm, pypi, python};

#[tokio::test]
async fn an_npm_package_comes_in_from_the_source() {
    let registry = Registry::start().await;
    let tarball = registry.put_npm("@far/away", "1.0.0");
    let bench = npm_bench(&registry);
    let document = bench.get("npm/dev/@far%2faway").await.json();
    assert_eq!(
        document["versions"]["1.0.0"]["dist"]["tarball"],
        "http://localhost:9/npm/d/acme-111122223333/dev/@far/away/-/away-1.0.0.tgz"
    );
    assert_eq!(document["time"]["1.0.0"], "2020-01-02T03:04:05.000Z");
    assert_eq!(bench.get("npm/dev/@far/away/-/away-1.0.0.tgz").await.body, tarball);
    let kept = bench.package("store", &npm("@far/away")).unwrap();
    assert_eq!(kept.versions["1.0.0"].content.metadata.readme.as_deref(), Some("# from outside"));
    assert_eq!(bench.held("dev", &npm("@far/away")), ["1.0.0"]);
}

#[tokio::test]
async fn with_a_source_named_the_built_in_packages_are_gone() {
    let registry = Registry::start().await;
    let bench = npm_bench(&registry);
    assert_eq!(bench.get("npm/dev/lodash").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn while_the_source_is_down_held_versions_are_served_and_others_are_not() {
    let registry = Registry::start().await;
    registry.put_npm("kept", "1.0.0");
    let bench = npm_bench(&registry);
    assert_eq!(bench.get("npm/dev/kept/-/kept-1.0.0.tgz").await.status, StatusCode::OK);
    registry.task.abort();
    assert!(registry.task.await.unwrap_err().is_cancelled());
    let document = bench.get("npm/dev/kept").await;
    assert_eq!(document.json()["dist-tags"]["latest"], "1.0.0", "{}", document.text());
    assert_eq!(bench.get("npm/dev/kept/-/kept-1.0.0.tgz").await.status, StatusCode::OK);
    let unknown = bench.get("npm/dev/unknown").await;
    assert_eq!(unknown.status, StatusCode::BAD_GATEWAY);
    assert!(unknown.json()["error"].as_str().unwrap().contains("public:npmjs"), "{}", unknown.text());
}

#[tokio::test]
async fn altered_bytes_are_not_kept_and_not_served() {
    let registry = Registry::start().await;
    registry.put_npm("ui", "1.0.0");
    registry.put("/files/1.0.0.tgz", "application/octet-stream", "something else");
    let bench = npm_bench(&registry);
    let answer = bench.get("npm/dev/ui/-/ui-1.0.0.tgz").await;
    assert_eq!(answer.status, StatusCode::BAD_GATEWAY);
    assert!(answer.text().contains("not the one"), "{}", answer.text());
    assert!(bench.package("store", &npm("ui")).is_none() && bench.package("dev", &npm("ui")).is_none());
}

#[tokio::test]
async fn redirects_are_followed_within_a_scheme_and_not_out_of_it() {
    let registry = Registry::start().await;
    let tarball = registry.put_npm("ui", "1.0.0");
    registry.put("/moved.tgz", "application/octet-stream", tarball.clone());
    registry.put("/files/1.0.0.tgz", "redirect", format!("{}/moved.tgz", registry.address));
    let bench = npm_bench(&registry);
    assert_eq!(bench.get("npm/dev/ui/-/ui-1.0.0.tgz").await.body, tarball);
    registry.put_npm("other", "2.0.0");
    registry.put("/files/2.0.0.tgz", "redirect", registry.address.replace("http:", "https:"));
    let answer = bench.get("npm/dev/other/-/other-2.0.0.tgz").await;
    assert_eq!(answer.status, StatusCode::BAD_GATEWAY);
    assert!(answer.text().contains("another scheme"), "{}", answer.text());
}

#[tokio::test]
async fn a_password_goes_to_the_source_and_not_to_the_host_its_index_names() {
    let (registry, files) = (Registry::start().await, Registry::start().await);
    let tarball = registry.put_npm("ui", "1.0.0");
    files.put("/files/1.0.0.tgz", "application/octet-stream", tarball);
    let document = String::from_utf8(registry.pages.lock().unwrap()["/ui"].1.to_vec()).unwrap();
    registry.put("/ui", "application/json", document.replace(&registry.address, &files.address));
    let address = registry.address.replace("http://", "http://aws:se%20cret@");
    let bench = Bench::with_sources(&[("store", &[], Some("public:npmjs"))], &[("public:npmjs", address)]);
    assert_eq!(bench.get("npm/store/ui/-/ui-1.0.0.tgz").await.status, StatusCode::OK);
    let expected = format!("Basic {}", STANDARD.encode("aws:se cret"));
    assert_eq!(*registry.authorizations.lock().unwrap(), [Some(expected)]);
    assert_eq!(*files.authorizations.lock().unwrap(), [None]);
}

#[tokio::test]
async fn the_words_about_a_source_that_fails_do_not_tell_its_password() {
    let registry = Registry::start().await;
    registry.task.abort();
    assert!(registry.task.await.unwrap_err().is_cancelled());
    let address = registry.address.replace("http://", "http://aws:hunter2@");
    let bench = Bench::with_sources(&[("store", &[], Some("public:npmjs"))], &[("public:npmjs", address)]);
    let answer = bench.get("npm/store/ui").await;
    assert_eq!(answer.status, StatusCode::BAD_GATEWAY);
    assert!(!answer.text().contains("hunter2") && !format!("{:?}", bench.emulator.options()).contains("hunter2"));
}

#[tokio::test]
async fn a_source_that_answers_nonsense_is_a_bad_gateway() {
    let registry = Registry::start().await;
    registry.put("/ui", "text/html", "<h1>Welcome</h1>");
    let bench = npm_bench(&registry);
    assert_eq!(bench.get("npm/dev/ui").await.status, StatusCode::BAD_GATEWAY);
}

#[tokio::test]
async fn a_python_package_comes_in_from_an_html_index() {
    let registry = Registry::start().await;
    let package = python("Far_Away", "1.0");
    let ((wheel, wheel_bytes), (sdist, sdist_bytes)) = (package.wheel("py3-none-any"), package.sdist());
    let digest = hashes(&wheel_bytes).sha256;
    let page = format!(
        "<html><a href=\"../../files/{wheel}#sha256={digest}\" data-requires-python=\"&gt;=3.8\">{wheel}</a><a href='/files/{sdist}'>{sdist}</a></html>"
    );
    registry.put("/simple/far-away/", "text/html", page);
    registry.put(&format!("/files/{wheel}"), "application/zip", wheel_bytes.clone());
    registry.put(&format!("/files/{sdist}"), "application/gzip", sdist_bytes);
    let bench = pypi_bench(&registry);
    assert!(bench.get("pypi/dev/simple/far.away/").await.text().contains(&format!("1.0/{wheel}#sha256={digest}")));
    assert_eq!(bench.get(&format!("pypi/dev/simple/far-away/1.0/{wheel}")).await.body, wheel_bytes);
    for repository in ["dev", "store"] {
        let kept = bench.package(repository, &pypi("far-away")).unwrap().versions["1.0"].clone();
        assert_eq!(kept.content.assets.len(), 2, "all files of the version");
        assert_eq!(kept.content.assets[&wheel].requires_python.as_deref(), Some(">=3.8"));
    }
}

#[tokio::test]
async fn a_kept_python_version_gains_files_and_yanks_from_its_source() {
    let registry = Registry::start().await;
    let package = python("far", "1.0");
    let (wheel, sdist) = (package.wheel("py3-none-any"), package.sdist());
    let entry = |file: &(String, Bytes), yanked: serde_json::Value| json!({ "filename": file.0, "url": format!("{}/files/{}", registry.address, file.0), "hashes": { "sha256": hashes(&file.1).sha256 }, "yanked": yanked });
    let publish = |files: Vec<serde_json::Value>| {
        let page = json!({ "meta": { "api-version": "1.1" }, "name": "far", "files": files });
        registry.put("/simple/far/", "application/vnd.pypi.simple.v1+json", page.to_string());
    };
    registry.put(&format!("/files/{}", wheel.0), "application/zip", wheel.1.clone());
    registry.put(&format!("/files/{}", sdist.0), "application/gzip", sdist.1.clone());
    publish(vec![entry(&wheel, json!(false))]);
    let bench = pypi_bench(&registry);
    assert_eq!(bench.get(&format!("pypi/dev/simple/far/1.0/{}", wheel.0)).await.status, StatusCode::OK);
    assert_eq!(bench.package("dev", &pypi("far")).unwrap().versions["1.0"].content.assets.len(), 1);
    publish(vec![entry(&wheel, json!("broken")), entry(&sdist, json!(false))]);
    let page = bench.get("pypi/dev/simple/far/").await.text();
    assert!(page.contains("data-yanked=\"broken\"") && page.contains(&sdist.0), "{page}");
    assert_eq!(bench.get(&format!("pypi/dev/simple/far/1.0/{}", sdist.0)).await.body, sdist.1);
    for repository in ["dev", "store"] {
        assert_eq!(bench.package(repository, &pypi("far")).unwrap().versions["1.0"].content.assets.len(), 2);
    }
}

#[tokio::test]
async fn a_file_with_the_wrong_digest_is_not_kept() {
    let registry = Registry::start().await;
    let (wheel, bytes) = python("far", "1.0").wheel("py3-none-any");
    registry.put("/simple/far/", "text/html", format!("<a href=\"/files/{wheel}#sha256=00\">{wheel}</a>"));
    registry.put(&format!("/files/{wheel}"), "application/zip", bytes);
    let bench = pypi_bench(&registry);
    assert_eq!(bench.get(&format!("pypi/dev/simple/far/1.0/{wheel}")).await.status, StatusCode::BAD_GATEWAY);
    assert!(bench.package("store", &pypi("far")).is_none());
}

#[test]
fn an_address_of_no_use_is_told_early() {
    for (connection, address) in [
        ("public:npmjs", "nonsense"),
        ("public:npmjs", "file:///etc/passwd"),
        ("public:npmjs", "ftp://registry.example/"),
        ("public:maven-central", "http://127.0.0.1:1/"),
    ] {
        assert!(check_source(connection, address).is_err(), "{connection} {address}");
    }
    assert_eq!(check_source("public:pypi", "https://user:secret@index.example/simple"), Ok(()));
}
