//! What the tests of the data plane share: an emulator on a clock that they turn, and one request through its router.
#![allow(dead_code, reason = "each test file uses its own part")]

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::body::Body;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use codeartifact_emulator::archive::make::{File, Python, tar_gz};
use codeartifact_emulator::model::{Domain, Format, Package, PackageGroups, PackageKey, Repository, Status};
use codeartifact_emulator::rules::content::hashes;
use codeartifact_emulator::{Clock, Emulator, Options};
use http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

pub const ACCOUNT: &str = "111122223333";

/// An emulator with one domain `acme`.
pub struct Bench {
    pub emulator: Emulator,
    pub token: String,
    time: Arc<Mutex<SystemTime>>,
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.text()))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

impl Bench {
    /// Repositories are given as name, upstreams, external connection.
    pub fn new(repositories: &[(&str, &[&str], Option<&str>)]) -> Self {
        Self::with_sources(repositories, &[])
    }

    pub fn with_sources(repositories: &[(&str, &[&str], Option<&str>)], sources: &[(&str, String)]) -> Self {
        let time = Arc::new(Mutex::new(UNIX_EPOCH + Duration::from_secs(1_790_000_000)));
        let told = Arc::clone(&time);
        let emulator = Emulator::new(Options {
            clock: Clock::new(move || *told.lock().unwrap()),
            sources: sources.iter().map(|(name, url)| ((*name).to_owned(), url.clone())).collect(),
            ..Options::default()
        });
        emulator.with_state(|state| state.domains.insert("acme".to_owned(), domain(repositories)));
        let (token, _) = emulator.authorization_token("acme", Duration::from_secs(3600));
        Self { emulator, token, time }
    }

    pub fn advance(&self, by: Duration) {
        *self.time.lock().unwrap() += by;
    }

    /// A request as it stands; `path` after the format begins with the repository.
    pub async fn raw(&self, request: Request<Body>) -> Answer {
        let response = self.emulator.router().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        Answer { status: parts.status, headers: parts.headers, body: body.collect().await.unwrap().to_bytes() }
    }

    pub async fn send(&self, method: Method, path: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> Answer {
        let mut request = Request::builder().method(method).uri(address(path)).header("host", "localhost:9");
        if !headers.iter().any(|(name, _)| *name == "authorization") {
            request = request.header("authorization", format!("Bearer {}", self.token));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.raw(request.body(body.into()).unwrap()).await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], Body::empty()).await
    }

    pub async fn publish_npm(&self, repository: &str, name: &str, version: &str) -> Answer {
        self.put_npm(repository, &publication(name, version, "")).await
    }

    pub async fn put_npm(&self, repository: &str, publication: &Value) -> Answer {
        let name = publication["name"].as_str().unwrap().replace('/', "%2f");
        self.send(Method::PUT, &format!("npm/{repository}/{name}"), &[], publication.to_string()).await
    }

    pub async fn upload(&self, repository: &str, fields: &[(&str, &str)], file: &str, bytes: &[u8]) -> Answer {
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend(
                format!("--frontier\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes(),
            );
        }
        body.extend(
            format!("--frontier\r\nContent-Disposition: form-data; name=\"content\"; filename=\"{file}\"\r\nContent-Type: application/octet-stream\r\n\r\n").bytes(),
        );
        body.extend(bytes);
        body.extend(b"\r\n--frontier--\r\n");
        let kind = [("content-type", "multipart/form-data; boundary=frontier")];
        self.send(Method::POST, &format!("pypi/{repository}/"), &kind, body).await
    }

    /// Uploads as twine does.
    pub async fn upload_python(&self, repository: &str, python: &Python<'_>, (file, bytes): (String, Bytes)) -> Answer {
        let digest = hashes(&bytes).sha256;
        let fields = [
            (":action", "file_upload"),
            ("name", python.name),
            ("version", python.version),
            ("sha256_digest", digest.as_str()),
        ];
        self.upload(repository, &fields, &file, &bytes).await
    }

    /// Versions of a package that stand in this very repository.
    pub fn held(&self, repository: &str, key: &PackageKey) -> Vec<String> {
        self.package(repository, key).map(|package| package.versions.into_keys().collect()).unwrap_or_default()
    }

    pub fn package(&self, repository: &str, key: &PackageKey) -> Option<Package> {
        self.emulator.with_state(|state| state.domains["acme"].repositories[repository].packages.get(key).cloned())
    }

    pub fn set_status(&self, repository: &str, key: &PackageKey, version: &str, status: Status) {
        self.change(repository, key, |package| package.versions.get_mut(version).unwrap().status = status);
    }

    pub fn change(&self, repository: &str, key: &PackageKey, work: impl FnOnce(&mut Package)) {
        self.emulator.with_state(|state| {
            let repository = state.domains.get_mut("acme").unwrap().repositories.get_mut(repository).unwrap();
            work(repository.packages.get_mut(key).unwrap());
        });
    }
}

/// `FORMAT/REPOSITORY/REST` as the data plane's path.
pub fn address(path: &str) -> String {
    let (format, rest) = path.split_once('/').unwrap();
    format!("/{format}/d/acme-{ACCOUNT}/{rest}")
}

fn domain(repositories: &[(&str, &[&str], Option<&str>)]) -> Domain {
    let repository = |(name, upstreams, connection): &(&str, &[&str], Option<&str>)| Repository {
        name: (*name).to_owned(),
        description: None,
        upstreams: upstreams.iter().map(|&upstream| upstream.to_owned()).collect(),
        external_connection: connection.map(str::to_owned),
        created: UNIX_EPOCH,
        tags: BTreeMap::new(),
        policy: None,
        packages: BTreeMap::new(),
    };
    Domain {
        name: "acme".to_owned(),
        created: UNIX_EPOCH,
        encryption_key: String::new(),
        tags: BTreeMap::new(),
        policy: None,
        repositories: repositories.iter().map(|given| (given.0.to_owned(), repository(given))).collect(),
        package_groups: PackageGroups::new(UNIX_EPOCH),
    }
}

pub fn npm(name: &str) -> PackageKey {
    let (namespace, name) = codeartifact_emulator::archive::npm::split_name(name);
    PackageKey { format: Format::Npm, namespace, name }
}

pub fn pypi(name: &str) -> PackageKey {
    PackageKey { format: Format::Pypi, namespace: None, name: name.to_owned() }
}

/// What `npm publish` puts. `code` makes the bytes differ.
pub fn publication(name: &str, version: &str, code: &str) -> Value {
    let manifest = json!({ "name": name, "version": version, "description": "made by a test" });
    let text = manifest.to_string();
    publication_of(manifest, &[("package.json", &text), ("index.js", code), ("README.md", "# hello")])
}

pub fn publication_of(mut manifest: Value, files: &[File<'_>]) -> Value {
    with_tarball(&mut manifest, &tar_gz("package", files))
}

pub fn with_tarball(manifest: &mut Value, tarball: &Bytes) -> Value {
    let (name, version) =
        (manifest["name"].as_str().unwrap().to_owned(), manifest["version"].as_str().unwrap().to_owned());
    manifest["dist"] = json!({ "shasum": hashes(tarball).sha1, "tarball": "http://guess.invalid/x.tgz" });
    let attachment = json!({ "content_type": "application/octet-stream", "data": STANDARD.encode(tarball), "length": tarball.len() });
    json!({
        "_id": name, "name": name, "dist-tags": { "latest": version }, "versions": { version.clone(): manifest },
        "access": null, "_attachments": { format!("{name}-{version}.tgz"): attachment },
    })
}

pub fn python<'a>(name: &'a str, version: &'a str) -> Python<'a> {
    Python {
        name,
        version,
        summary: "made by a test",
        requires_python: ">=3.8",
        requires: &[],
        readme: "# hello\n",
        code: "",
    }
}
