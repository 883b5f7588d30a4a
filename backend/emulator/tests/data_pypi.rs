//! The Python endpoints: upload, project page, files.
#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

#[path = "support/data.rs"]
mod support;

use axum::body::Body;
use codeartifact_emulator::model::{Origin, Status};
use codeartifact_emulator::rules::content::{hashes, revision};
use http::{Method, StatusCode};
use serde_json::json;
use support::{Bench, pypi, python};

const JSON: &str = "application/vnd.pypi.simple.v1+json";

#[tokio::test]
async fn an_upload_is_seen_on_the_page_and_fetched() {
    let bench = Bench::new(&[("dev", &[], None)]);
    let package = python("Acme.Billing", "1.0");
    let wheel = package.wheel("py3-none-any");
    assert_eq!(bench.upload_python("dev", &package, wheel.clone()).await.status, StatusCode::OK);
    let page = bench.get("pypi/dev/simple/acme-billing/").await;
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    let link =
        format!("<a href=\"1.0/{}#sha256={}\" data-requires-python=\"&gt;=3.8\"", wheel.0, hashes(&wheel.1).sha256);
    assert!(page.text().contains(&link), "{}", page.text());
    let file = bench.get(&format!("pypi/dev/simple/acme-billing/1.0/{}", wheel.0)).await;
    assert_eq!(file.body, wheel.1);
    let version = bench.package("dev", &pypi("acme-billing")).unwrap().versions["1.0"].clone();
    assert_eq!(version.content.metadata.summary.as_deref(), Some("made by a test"));
    assert_eq!(version.origin, Origin::Internal { repository: "dev".to_owned() });
}

#[tokio::test]
async fn any_spelling_of_the_name_leads_to_the_page() {
    let bench = Bench::new(&[("dev", &[], None)]);
    let package = python("acme-billing", "1.0");
    bench.upload_python("dev", &package, package.sdist()).await;
    for spelt in ["acme-billing", "Acme_Billing", "ACME..billing"] {
        assert_eq!(bench.get(&format!("pypi/dev/simple/{spelt}/")).await.status, StatusCode::OK, "{spelt}");
    }
    let without_slash = bench.get("pypi/dev/simple/acme-billing").await;
    assert_eq!(
        (without_slash.status, without_slash.header("location")),
        (StatusCode::MOVED_PERMANENTLY, "acme-billing/")
    );
    assert_eq!(bench.get("pypi/dev/simple/").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_page_comes_as_the_client_asks() {
    let bench = Bench::new(&[("dev", &[], None)]);
    let package = python("acme", "1.0");
    bench.upload_python("dev", &package, package.wheel("py3-none-any")).await;
    let page = async |accept: &str| {
        bench.send(Method::GET, "pypi/dev/simple/acme/", &[("accept", accept)], Body::empty()).await
    };
    let pip =
        page("application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html; q=0.1, text/html; q=0.01")
            .await;
    assert_eq!(pip.header("content-type"), JSON);
    let document = pip.json();
    assert_eq!((&document["meta"]["api-version"], &document["name"]), (&json!("1.1"), &json!("acme")));
    assert_eq!(document["versions"], json!(["1.0"]));
    let file = &document["files"][0];
    assert_eq!(file["url"], "1.0/acme-1.0-py3-none-any.whl");
    assert_eq!((&file["requires-python"], &file["yanked"]), (&json!(">=3.8"), &json!(false)));
    assert!(file["size"].as_u64().unwrap() > 0 && file["hashes"]["sha256"].is_string());
    assert_eq!(page("text/html").await.header("content-type"), "text/html; charset=utf-8");
    assert_eq!(
        page("application/vnd.pypi.simple.v1+html").await.header("content-type"),
        "application/vnd.pypi.simple.v1+html"
    );
    assert_eq!(page("image/png").await.status, StatusCode::NOT_ACCEPTABLE);
}

#[tokio::test]
async fn further_files_join_the_version_and_give_it_a_new_revision() {
    let bench = Bench::new(&[("dev", &[], None)]);
    let package = python("acme", "1.0");
    bench.upload_python("dev", &package, package.sdist()).await;
    let before = bench.package("dev", &pypi("acme")).unwrap().versions["1.0"].clone();
    assert_eq!(bench.upload_python("dev", &package, package.wheel("py3-none-any")).await.status, StatusCode::OK);
    let after = bench.package("dev", &pypi("acme")).unwrap().versions["1.0"].clone();
    assert_eq!((before.content.assets.len(), after.content.assets.len()), (1, 2));
    assert_ne!(revision(&before.content), revision(&after.content));
    assert_eq!(before.published, after.published);
}

#[tokio::test]
async fn the_same_file_again_is_fine_and_other_bytes_under_its_name_are_not() {
    let bench = Bench::new(&[("dev", &[], None)]);
    let package = python("acme", "1.0");
    let (file, bytes) = package.sdist();
    bench.upload_python("dev", &package, (file.clone(), bytes.clone())).await;
    assert_eq!(bench.upload_python("dev", &package, (file.clone(), bytes)).await.status, StatusCode::OK);
    let mut other = package;
    other.code = "changed = True\n";
    let answer = bench.upload_python("dev", &package, (file, other.sdist().1)).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(answer.text().contains("already exists"), "{}", answer.text());
}

#[tokio::test]
async fn an_upload_that_disagrees_with_itself_is_refused() {
    let bench = Bench::new(&[("dev", &[], None)]);
    let package = python("acme", "1.0");
    let (file, bytes) = package.sdist();
    let fields = |name, version, digest| {
        vec![(":action", "file_upload"), ("name", name), ("version", version), ("sha256_digest", digest)]
    };
    for (what, fields, file) in [
        ("digest", fields("acme", "1.0", "00"), file.as_str()),
        ("name", fields("other", "1.0", ""), file.as_str()),
        ("version", fields("acme", "2.0", ""), file.as_str()),
        ("file name", fields("acme", "1.0", ""), "acme-1.0.exe"),
        ("folder", fields("acme", "1.0", ""), "../acme-1.0.tar.gz"),
        ("action", vec![(":action", "submit")], file.as_str()),
    ] {
        let answer = bench.upload("dev", &fields, file, &bytes).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{what}: {}", answer.text());
    }
    let not_a_form = bench.send(Method::POST, "pypi/dev/", &[("content-type", "application/json")], "{}").await;
    assert_eq!(not_a_form.status, StatusCode::BAD_REQUEST);
    assert_eq!(bench.held("dev", &pypi("acme")), Vec::<String>::new());
}

#[tokio::test]
async fn the_status_decides_what_is_listed_and_what_is_downloaded() {
    let bench = Bench::new(&[("dev", &[], None)]);
    for version in ["1.0", "2.0"] {
        let package = python("acme", version);
        bench.upload_python("dev", &package, package.wheel("py3-none-any")).await;
    }
    for (status, listed, download) in [
        (Status::Published, true, StatusCode::OK),
        (Status::Unlisted, false, StatusCode::OK),
        (Status::Archived, false, StatusCode::NOT_FOUND),
        (Status::Disposed, false, StatusCode::NOT_FOUND),
    ] {
        bench.set_status("dev", &pypi("acme"), "2.0", status);
        assert_eq!(bench.get("pypi/dev/simple/acme/").await.text().contains("acme-2.0"), listed, "{status:?}");
        assert_eq!(
            bench.get("pypi/dev/simple/acme/2.0/acme-2.0-py3-none-any.whl").await.status,
            download,
            "{status:?}"
        );
    }
}

#[tokio::test]
async fn a_name_cannot_break_out_of_the_page() {
    let bench = Bench::new(&[("dev", &[], None)]);
    let mut package = python("acme", "1.0");
    package.requires_python = ">=3.8\"><script>alert(1)</script>";
    bench.upload_python("dev", &package, package.wheel("py3-none-any")).await;
    let page = bench.get("pypi/dev/simple/acme/").await.text();
    assert!(!page.contains("<script>"), "{page}");
    assert_eq!(bench.get("pypi/dev/simple/%3Cscript%3E/").await.status, StatusCode::NOT_FOUND);
}
