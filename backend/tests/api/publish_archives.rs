//! Publishing npm tarballs, wheels and source archives at the endpoints of their package managers.

use axum::body::Body;
use codeartifact_emulator::archive::make;
use http::{Request, StatusCode};
use sha2::{Digest, Sha256};
use shared::api::{ArchiveQuery, Endpoint, ListAssets, PublishArchive, VersionQuery};
use shared::format::PackageFormat;
use shared::problem::{Problem, ProblemCode};
use shared::publishing::Published;
use shared::version::Asset;

use crate::support::{Answer, Effect, TestApp, repository};

fn tarball(version: &str) -> Vec<u8> {
    let manifest = format!(r#"{{"name":"@acme/dropped","version":"{version}","description":"A button"}}"#);
    make::tar_gz("package", &[("package.json", &manifest), ("README.md", "# Dropped")]).to_vec()
}

fn wheel(version: &str) -> Vec<u8> {
    let metadata = format!(
        "Metadata-Version: 2.4\nName: Acme.Dropped\nVersion: {version}\nSummary: A tool\nRequires-Dist: requests>=2\n\n# Dropped\n"
    );
    let path = format!("acme_dropped-{version}.dist-info/METADATA");
    make::zip(&[("acme_dropped/__init__.py", ""), (&path, &metadata)]).to_vec()
}

fn query(format: PackageFormat, file: &str, version: &str, content: &[u8]) -> ArchiveQuery {
    let (namespace, package) = match format {
        PackageFormat::Npm => (Some("acme".parse().unwrap()), "dropped"),
        _ => (None, "acme-dropped"),
    };
    ArchiveQuery {
        file: file.parse().unwrap(),
        sha256: hex::encode(Sha256::digest(content)).parse().unwrap(),
        format,
        namespace,
        package: package.parse().unwrap(),
        version: version.parse().unwrap(),
        tag: None,
    }
}

fn npm(version: &str) -> (ArchiveQuery, Vec<u8>) {
    let content = tarball(version);
    (query(PackageFormat::Npm, "acme-dropped.tgz", version, &content), content)
}

fn python(version: &str) -> (ArchiveQuery, Vec<u8>) {
    let content = wheel(version);
    (query(PackageFormat::Pypi, &format!("acme_dropped-{version}-py3-none-any.whl"), version, &content), content)
}

async fn send(app: &TestApp, (query, content): &(ArchiveQuery, Vec<u8>)) -> Answer {
    let request = Request::put(PublishArchive::address(&repository("team-dev"), query))
        .header("authorization", format!("Bearer {}", app.token))
        .header("content-type", "application/octet-stream")
        .header("content-length", content.len());
    app.send(request.body(Body::from(content.clone())).unwrap()).await
}

async fn assets(app: &TestApp, query: &ArchiveQuery) -> Vec<Asset> {
    let ArchiveQuery { format, namespace, package, version, .. } = query.clone();
    let asked = VersionQuery { format, namespace, package, version };
    let answer = app.ask(ListAssets, &repository("team-dev"), &asked, &()).await;
    if answer.status == StatusCode::OK { answer.json() } else { Vec::new() }
}

#[tokio::test]
async fn archives_are_published_with_the_bytes_that_were_sent() {
    let app = TestApp::acme().await;
    for archive in [npm("1.0.0"), python("1.0")] {
        let answer = send(&app, &archive).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        let held = assets(&app, &archive.0).await;
        assert_eq!(held.iter().map(Asset::sha256).collect::<Vec<_>>(), [Some(archive.0.sha256.as_str())]);
        // The very same again changes nothing.
        assert_eq!(send(&app, &archive).await.status, StatusCode::OK);
        assert_eq!(assets(&app, &archive.0).await, held);
    }
}

#[tokio::test]
async fn a_tag_is_set_to_the_version_that_is_published_with_it() {
    let app = TestApp::acme().await;
    let (mut query, content) = npm("2.0.0-rc.1");
    query.tag = Some("next".parse().unwrap());
    assert_eq!(send(&app, &(query, content)).await.status, StatusCode::OK);
    let package = crate::support::npm("@acme/dropped");
    let codeartifact = app.state.connections[0].clone();
    let repository = repository("team-dev");
    let tags = codeartifact.dist_tags(&repository.domain, &repository.repository, &package).await.unwrap();
    assert_eq!(tags.iter().map(|(tag, to)| (tag.as_str(), to.as_str())).collect::<Vec<_>>(), [("next", "2.0.0-rc.1")]);
}

#[tokio::test]
async fn a_wheel_is_added_to_a_version_and_replaces_none() {
    let app = TestApp::acme().await;
    let first = python("1.0");
    send(&app, &first).await;
    let mut second = first.clone();
    second.0.file = "acme_dropped-1.0-1-py3-none-any.whl".parse().unwrap();
    assert_eq!(send(&app, &second).await.status, StatusCode::OK);
    assert_eq!(assets(&app, &first.0).await.len(), 2);
    let (metadata, path) = ("Name: acme-dropped\nVersion: 1.0\n", "acme_dropped-1.0.dist-info/METADATA");
    let content = make::zip(&[(path, metadata)]).to_vec();
    let other = (query(PackageFormat::Pypi, first.0.file.as_str(), "1.0", &content), content);
    assert_eq!(send(&app, &other).await.problem(), (StatusCode::CONFLICT, ProblemCode::Conflict));
    assert_eq!(assets(&app, &first.0).await.len(), 2);
}

#[tokio::test]
async fn an_archive_that_is_not_the_version_announced_never_leaves() {
    let app = TestApp::acme().await;
    app.faults.forget();
    let (mut other_version, content) = npm("1.0.0");
    other_version.version = "1.0.1".parse().unwrap();
    let broken = b"not an archive".to_vec();
    let hostile = make::zip(&[("../../x", "")]).to_vec();
    for (archive, words) in [
        ((other_version, content), "The file holds @acme/dropped 1.0.0, and @acme/dropped 1.0.1 was to be published."),
        ((query(PackageFormat::Npm, "a.tgz", "1.0.0", &broken), broken), "It cannot be read"),
        ((query(PackageFormat::Pypi, "a-1.0-py3-none-any.whl", "1.0", &hostile), hostile), "a file outside of itself"),
    ] {
        let answer = send(&app, &archive).await;
        assert_eq!(answer.problem(), (StatusCode::BAD_REQUEST, ProblemCode::BadRequest));
        assert!(answer.text().contains(words), "{}", answer.text());
    }
    assert!(app.faults.seen("").is_empty());
}

#[tokio::test]
async fn a_version_with_other_content_is_a_conflict_in_the_words_of_the_endpoint() {
    let app = TestApp::acme().await;
    send(&app, &npm("1.0.0")).await;
    let manifest = r#"{"name":"@acme/dropped","version":"1.0.0"}"#;
    let content = make::tar_gz("package", &[("package.json", manifest)]).to_vec();
    let answer = send(&app, &(query(PackageFormat::Npm, "a.tgz", "1.0.0", &content), content)).await;
    assert_eq!(answer.problem(), (StatusCode::CONFLICT, ProblemCode::Conflict));
    assert!(answer.text().contains("already exists in team-dev"), "{}", answer.text());
}

#[tokio::test]
async fn an_archive_whose_answer_is_lost_is_found_by_reading() {
    for effect in [Effect::FaultAfter, Effect::ResetAfter] {
        let app = TestApp::acme().await;
        for (archive, part) in [(npm("1.0.0"), "PUT /npm/"), (python("1.0"), "POST /pypi/")] {
            app.faults.plan(part, 1, effect.clone());
            let answer = send(&app, &archive).await;
            assert_eq!(answer.status, StatusCode::OK, "{effect:?}: {}", answer.text());
            answer.json::<Published>();
            assert_eq!(app.faults.seen(part).len(), 1, "{effect:?}");
        }
    }
}

#[tokio::test]
async fn an_endpoint_that_refuses_or_breaks_is_told_and_no_token_is_shown() {
    for (effect, code) in [
        (Effect::FaultBefore, ProblemCode::Unexpected),
        (Effect::ResetBefore, ProblemCode::Unreachable),
        (Effect::Deny, ProblemCode::Forbidden),
    ] {
        let app = TestApp::acme().await;
        app.faults.plan("PUT /npm/", 1, effect.clone());
        let answer = send(&app, &npm("1.0.0")).await;
        assert_eq!(answer.json::<Problem>().code, code, "{effect:?}: {}", answer.text());
        assert!(!answer.text().contains("eyJ"), "{}", answer.text());
        assert!(assets(&app, &npm("1.0.0").0).await.is_empty());
    }
}
