//! Publishes npm packages the way npm does, for the tests that need what only a package manager brings.

use std::io::Write;

use aws_sdk_codeartifact::Client;
use axum::body::Body;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use codeartifact_emulator::Emulator;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::{Request, header};
use serde_json::{Value, json};
use tower::ServiceExt;

/// Publishes `manifest` (a package.json with name and version) to a repository of the domain `acme`, under a dist-tag.
/// `content` becomes the file `index.js`.
pub async fn publish(
    emulator: &Emulator,
    client: &Client,
    repository: &str,
    tag: &str,
    content: &str,
    manifest: Value,
) {
    let token = client.get_authorization_token().domain("acme").send().await.unwrap();
    let (name, version) = (manifest["name"].as_str().unwrap(), manifest["version"].as_str().unwrap());
    let tarball = tarball(&[("package/package.json", &manifest.to_string()), ("package/index.js", content)]);
    let mut told = manifest.clone();
    told["dist"] = json!({ "tarball": "http://npm.test/tarball" });
    let body = json!({
        "_id": name,
        "name": name,
        "dist-tags": { tag: version },
        "versions": { version: told },
        "_attachments": { format!("{name}-{version}.tgz"): {
            "content_type": "application/octet-stream", "data": STANDARD.encode(&tarball), "length": tarball.len(),
        } },
    });
    let address = format!("/npm/d/acme-111122223333/{repository}/{}", name.replace('/', "%2f"));
    let request = Request::put(address)
        .header(header::HOST, "npm.test")
        .header(header::AUTHORIZATION, format!("Bearer {}", token.authorization_token().unwrap()))
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(body.to_string()))
        .unwrap();
    let response = emulator.router().oneshot(request).await.unwrap();
    let status = response.status();
    let answer = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
    assert!(status.is_success(), "{status}: {}", String::from_utf8_lossy(&answer));
}

fn tarball(files: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = tar::Builder::new(Vec::new());
    for (path, text) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        header.set_mode(0o644);
        archive.append_data(&mut header, path, text.as_bytes()).unwrap();
    }
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    gzip.write_all(&archive.into_inner().unwrap()).unwrap();
    gzip.finish().unwrap()
}
