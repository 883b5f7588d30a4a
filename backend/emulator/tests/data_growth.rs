//! Retained Python versions show the files that their source got later
//! (user guide, "Package retention from upstream repositories").
#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

#[path = "support/registry.rs"]
mod registry;
#[path = "support/data.rs"]
mod support;

use axum::body::Body;
use codeartifact_emulator::model::Status;
use http::{Method, StatusCode};
use registry::{Registry, pypi_bench};
use serde_json::{Value, json};
use support::{Bench, pypi, python};

async fn page(bench: &Bench, path: &str) -> Value {
    let accept = [("accept", "application/vnd.pypi.simple.v1+json")];
    bench.send(Method::GET, path, &accept, Body::empty()).await.json()
}

/// The names of the files that the page of acme in `repository` shows.
async fn shown(bench: &Bench, repository: &str) -> Vec<String> {
    let page = page(bench, &format!("pypi/{repository}/simple/acme/")).await;
    let names = page["files"].as_array().unwrap().iter().map(|file| file["filename"].as_str().unwrap().to_owned());
    names.collect()
}

const SDIST: &str = "acme-1.0.tar.gz";
const WHEEL: &str = "acme-1.0-py3-none-any.whl";

/// `dev` keeps the source archive of acme 1.0 of `base`, to which a wheel was added since.
async fn grown() -> Bench {
    let bench = Bench::new(&[("dev", &["base"], None), ("base", &[], None)]);
    let package = python("acme", "1.0");
    bench.upload_python("base", &package, package.sdist()).await;
    assert_eq!(fetch(&bench, SDIST).await, StatusCode::OK);
    assert_eq!(bench.upload_python("base", &package, package.wheel("py3-none-any")).await.status, StatusCode::OK);
    bench
}

async fn fetch(bench: &Bench, file: &str) -> StatusCode {
    bench.get(&format!("pypi/dev/simple/acme/1.0/{file}")).await.status
}

fn files(bench: &Bench, repository: &str) -> usize {
    bench.package(repository, &pypi("acme")).unwrap().versions["1.0"].content.assets.len()
}

#[tokio::test]
async fn a_retained_python_version_gains_files_from_its_upstream_repository() {
    let bench = grown().await;
    assert_eq!((shown(&bench, "dev").await, files(&bench, "dev")), (vec![WHEEL.to_owned(), SDIST.to_owned()], 1));
    assert_eq!(fetch(&bench, WHEEL).await, StatusCode::OK);
    assert_eq!(files(&bench, "dev"), 2);
}

#[tokio::test]
async fn an_unlisted_version_gains_files_and_an_archived_one_does_not() {
    for (status, answer, held) in [(Status::Unlisted, StatusCode::OK, 2), (Status::Archived, StatusCode::NOT_FOUND, 1)]
    {
        let bench = grown().await;
        bench.set_status("dev", &pypi("acme"), "1.0", status);
        assert_eq!((fetch(&bench, WHEEL).await, files(&bench, "dev")), (answer, held), "{status:?}");
    }
}

#[tokio::test]
async fn a_retained_version_gains_nothing_from_what_is_archived_or_blocked() {
    let bench = grown().await;
    bench.set_status("base", &pypi("acme"), "1.0", Status::Archived);
    assert_eq!(
        (shown(&bench, "dev").await, fetch(&bench, WHEEL).await),
        (vec![SDIST.to_owned()], StatusCode::NOT_FOUND)
    );
    bench.set_status("base", &pypi("acme"), "1.0", Status::Published);
    bench.change("dev", &pypi("acme"), |package| package.origin_control.upstream = false);
    assert_eq!(
        (shown(&bench, "dev").await, fetch(&bench, WHEEL).await),
        (vec![SDIST.to_owned()], StatusCode::NOT_FOUND)
    );
}

#[tokio::test]
async fn a_version_that_was_published_here_gains_nothing_from_upstream() {
    let bench = Bench::new(&[("dev", &["base"], None), ("base", &[], None)]);
    let package = python("acme", "1.0");
    bench.upload_python("dev", &package, package.sdist()).await;
    bench.upload_python("base", &package, package.wheel("py3-none-any")).await;
    bench.change("dev", &pypi("acme"), |package| package.origin_control.upstream = true);
    assert_eq!(
        (shown(&bench, "dev").await, fetch(&bench, WHEEL).await),
        (vec![SDIST.to_owned()], StatusCode::NOT_FOUND)
    );
}

#[tokio::test]
async fn a_version_that_was_published_here_gains_nothing_from_its_own_copy_upstream() {
    let bench = Bench::new(&[("dev", &["base"], None), ("base", &[], None)]);
    let package = python("acme", "1.0");
    bench.upload_python("dev", &package, package.sdist()).await;
    bench.change("dev", &pypi("acme"), |package| package.origin_control.upstream = true);
    let copy = bench.package("dev", &pypi("acme")).unwrap();
    bench.emulator.with_state(|state| {
        let repositories = &mut state.domains.get_mut("acme").unwrap().repositories;
        repositories.get_mut("base").unwrap().packages.insert(pypi("acme"), copy);
    });
    bench.upload_python("base", &package, package.wheel("py3-none-any")).await;
    assert_eq!((files(&bench, "base"), shown(&bench, "dev").await), (2, vec![SDIST.to_owned()]));
    assert_eq!((fetch(&bench, WHEEL).await, files(&bench, "dev")), (StatusCode::NOT_FOUND, 1));
}

#[tokio::test]
async fn a_version_that_an_upstream_keeps_and_blocks_is_seen_as_it_stands_there() {
    let bench = Bench::new(&[("dev", &["middle", "base"], None), ("middle", &["base"], None), ("base", &[], None)]);
    let package = python("acme", "1.0");
    bench.upload_python("base", &package, package.sdist()).await;
    bench.get(&format!("pypi/middle/simple/acme/1.0/{SDIST}")).await;
    bench.upload_python("base", &package, package.wheel("py3-none-any")).await;
    assert_eq!(shown(&bench, "dev").await, [WHEEL, SDIST]);
    bench.change("middle", &pypi("acme"), |package| package.origin_control.upstream = false);
    assert_eq!(
        (shown(&bench, "dev").await, fetch(&bench, WHEEL).await),
        (vec![SDIST.to_owned()], StatusCode::NOT_FOUND)
    );
}

#[tokio::test]
async fn a_public_package_of_the_same_name_adds_nothing_to_a_version_of_the_domain() {
    let registry = Registry::start().await;
    let package = python("acme", "1.0");
    registry.put_pypi("acme", &[(&package.wheel("py3-none-any"), json!({}))]);
    let bench = pypi_bench(&registry);
    bench.emulator.with_state(|state| {
        let repositories = &mut state.domains.get_mut("acme").unwrap().repositories;
        repositories.get_mut("store").unwrap().external_connection = None;
    });
    bench.upload_python("store", &package, package.sdist()).await;
    assert_eq!(fetch(&bench, SDIST).await, StatusCode::OK);
    bench.emulator.with_state(|state| {
        let repositories = &mut state.domains.get_mut("acme").unwrap().repositories;
        let store = repositories.get_mut("store").unwrap();
        store.external_connection = Some("public:pypi".to_owned());
        store.packages.clear();
    });
    assert_eq!(
        (shown(&bench, "dev").await, fetch(&bench, WHEEL).await),
        (vec![SDIST.to_owned()], StatusCode::NOT_FOUND)
    );
}
