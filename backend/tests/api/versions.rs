//! Versions of a package: lists, details, files, dependencies, readmes.

use http::StatusCode;
use shared::api::{
    DescribeVersion, GetReadme, ListAssets, ListDependencies, ListVersions, VersionQuery, VersionsQuery,
};
use shared::format::PackageFormat;
use shared::problem::ProblemCode;
use shared::readme::Node;
use shared::version::{Origin, PackageVersionStatus};

use crate::support::{TestApp, npm_version, repository};

fn versions(name: &str, status: Option<PackageVersionStatus>) -> VersionsQuery {
    let VersionQuery { format, namespace, package, .. } = npm_version(name, "0");
    VersionsQuery { format, namespace, package, status, next: None }
}

#[tokio::test]
async fn versions_are_listed_newest_first() {
    let app = TestApp::acme().await;
    let page = app.get(ListVersions, &repository("team-dev"), &versions("@acme/ui", None), &()).await;
    assert_eq!(page.shown.unwrap().as_str(), "1.4.0");
    let listed: Vec<_> = page.versions.iter().map(|version| version.version.as_str()).collect();
    assert_eq!(listed, ["1.5.0-beta.1", "1.4.0", "1.3.2", "1.3.1", "1.3.0"]);
    let query = versions("@acme/ui", Some(PackageVersionStatus::Unlisted));
    let page = app.get(ListVersions, &repository("team-dev"), &query, &()).await;
    assert_eq!(page.versions.len(), 1);
}

#[tokio::test]
async fn a_version_is_told_in_full() {
    let app = TestApp::acme().await;
    let detail = app.get(DescribeVersion, &repository("team-dev"), &npm_version("@acme/ui", "1.4.0"), &()).await;
    assert_eq!(detail.summary.status, Some(PackageVersionStatus::Published));
    assert_eq!(detail.summary.origin, Origin::Internal(Some("team-dev".parse().unwrap())));
    assert!(detail.summary.revision.is_some() && detail.published.is_some() && detail.description.is_some());
}

#[tokio::test]
async fn files_have_all_four_digests_strongest_last() {
    let app = TestApp::acme().await;
    let assets = app.get(ListAssets, &repository("team-dev"), &npm_version("@acme/ui", "1.4.0"), &()).await;
    assert_eq!(assets[0].name, "package.tgz");
    let algorithms: Vec<_> = assets[0].hashes.iter().map(|(name, digest)| (name.as_str(), digest.len())).collect();
    assert_eq!(algorithms, [("MD5", 32), ("SHA-1", 40), ("SHA-256", 64), ("SHA-512", 128)]);
    assert!(assets[0].size > 0);
}

#[tokio::test]
async fn dependencies_are_told_as_the_package_states_them() {
    let app = TestApp::acme().await;
    let dependencies = app.get(ListDependencies, &repository("team-dev"), &npm_version("@acme/ui", "1.4.0"), &()).await;
    let icons = dependencies.iter().find(|dependency| dependency.package.as_str() == "icons").unwrap();
    assert_eq!(icons.namespace.as_ref().unwrap().as_str(), "acme");
    assert!(!icons.requirement.is_empty());
}

#[tokio::test]
async fn a_readme_is_nodes_and_its_html_is_text() {
    let app = TestApp::acme().await;
    let readme = app.get(GetReadme, &repository("team-dev"), &npm_version("@acme/ui", "1.4.0"), &()).await.unwrap();
    assert!(matches!(readme.nodes[0], Node::Heading(1, _)));
    let json = serde_json::to_string(&readme).unwrap();
    assert!(json.contains("onerror"), "the hostile line is shown, as text");
    assert!(!readme.cut);
}

#[tokio::test]
async fn no_readme_is_none_and_no_version_is_not_found() {
    let app = TestApp::acme().await;
    let generic = VersionQuery {
        format: PackageFormat::Generic,
        namespace: Some("acme".parse().unwrap()),
        package: "installer".parse().unwrap(),
        version: "0.0.0".parse().unwrap(),
    };
    for query in [generic, npm_version("@acme/ui", "9.9.9"), npm_version("nothing", "1.0.0")] {
        let answer = app.ask(GetReadme, &repository("team-dev"), &query, &()).await;
        assert_eq!(answer.problem(), (StatusCode::NOT_FOUND, ProblemCode::NotFound), "{query:?}");
    }
    app.faults.plan("/v1/package/version/readme", 1, crate::support::Effect::NotFound);
    let readme = app.get(GetReadme, &repository("team-dev"), &npm_version("@acme/ui", "1.4.0"), &()).await;
    assert_eq!(readme, None);
}
