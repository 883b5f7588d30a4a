//! A small registry on a loopback socket, for the external connections of tests.
#![allow(dead_code, reason = "each test file uses its own part")]

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use codeartifact_emulator::archive::make::tar_gz;
use codeartifact_emulator::rules::content::hashes;
use http::{HeaderMap, StatusCode, Uri, header};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::support::Bench;

/// What a registry answers, by path: content type and bytes.
pub type Pages = Arc<Mutex<BTreeMap<String, (&'static str, Bytes)>>>;

/// The `Authorization` of each request, in order.
pub type Authorizations = Arc<Mutex<Vec<Option<String>>>>;

/// A registry whose pages can be changed while it runs.
pub struct Registry {
    pub address: String,
    pub pages: Pages,
    pub authorizations: Authorizations,
    pub task: tokio::task::JoinHandle<()>,
}

impl Registry {
    pub async fn start() -> Self {
        let (pages, authorizations) = (Pages::default(), Authorizations::default());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().fallback(serve).with_state((Arc::clone(&pages), Arc::clone(&authorizations)));
        let task = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { address, pages, authorizations, task }
    }

    pub fn put(&self, path: &str, content_type: &'static str, bytes: impl Into<Bytes>) {
        self.pages.lock().unwrap().insert(path.to_owned(), (content_type, bytes.into()));
    }

    /// A Python index page as JSON, its files at `/files/NAME`. With each goes what its entry tells beside name, address and digest.
    pub fn put_pypi(&self, name: &str, files: &[(&(String, Bytes), Value)]) {
        let entry = |((file, bytes), more): &(&(String, Bytes), Value)| {
            self.put(&format!("/files/{file}"), "application/octet-stream", bytes.clone());
            let url = format!("{}/files/{file}", self.address);
            let mut entry = json!({ "filename": file, "url": url, "hashes": { "sha256": hashes(bytes).sha256 } });
            entry.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            entry
        };
        let files: Vec<Value> = files.iter().map(entry).collect();
        let page = json!({ "meta": { "api-version": "1.1" }, "name": name, "files": files });
        self.put(&format!("/simple/{name}/"), "application/vnd.pypi.simple.v1+json", page.to_string());
    }

    /// A package with one version, its tarball under a path of the registry's own.
    pub fn put_npm(&self, name: &str, version: &str) -> Bytes {
        let manifest = json!({ "name": name, "version": version });
        let tarball = tar_gz("package", &[("package.json", &manifest.to_string()), ("README.md", "# from outside")]);
        let mut manifest = manifest;
        manifest["dist"] =
            json!({ "tarball": format!("{}/files/{version}.tgz", self.address), "shasum": hashes(&tarball).sha1 });
        let document = json!({
            "name": name, "dist-tags": { "latest": version }, "versions": { version: manifest }, "time": { version: "2020-01-02T03:04:05.000Z" },
        });
        self.put(&format!("/{}", name.replace('/', "%2F")), "application/json", document.to_string());
        self.put(&format!("/files/{version}.tgz"), "application/octet-stream", tarball.clone());
        tarball
    }
}

async fn serve(State((pages, seen)): State<(Pages, Authorizations)>, uri: Uri, headers: HeaderMap) -> Response {
    let authorization = headers.get(header::AUTHORIZATION).map(|value| value.to_str().unwrap().to_owned());
    seen.lock().unwrap().push(authorization);
    match pages.lock().unwrap().get(uri.path()) {
        Some(("redirect", target)) => (StatusCode::FOUND, [(header::LOCATION, target.to_vec())]).into_response(),
        Some((content_type, bytes)) => ([(header::CONTENT_TYPE, *content_type)], bytes.clone()).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// `dev`, which fetches npm packages from the registry through `store`.
pub fn npm_bench(registry: &Registry) -> Bench {
    Bench::with_sources(
        &[("dev", &["store"], None), ("store", &[], Some("public:npmjs"))],
        &[("public:npmjs", format!("{}/", registry.address))],
    )
}

/// The same for Python packages.
pub fn pypi_bench(registry: &Registry) -> Bench {
    Bench::with_sources(
        &[("dev", &["store"], None), ("store", &[], Some("public:pypi"))],
        &[("public:pypi", format!("{}/simple", registry.address))],
    )
}
