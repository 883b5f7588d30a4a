//! Two repositories side by side.

use http::StatusCode;
use shared::api::{
    ChangeStatus, CompareRepositories, CompareVersions, ComparisonQuery, DiffVersionFiles, FileComparisonQuery,
    VersionComparisonQuery,
};
use shared::comparison::{
    ComparedPackage, ComparisonPage, DiffLine, EntryContent, FileComparison, PackageKind, VersionKind,
};
use shared::problem::{Problem, ProblemCode};
use shared::promotion::DifferenceKind;
use shared::status::{StatusChange, Step};
use shared::version::PackageVersionStatus;

use crate::support::{Effect, TestApp, domain, npm, npm_version, repository};

fn query(left: &str, right: &str) -> ComparisonQuery {
    ComparisonQuery { left: left.parse().unwrap(), right: right.parse().unwrap(), next: None }
}

fn version_query(left: &str, right: &str, version: &str) -> VersionComparisonQuery {
    let ui = npm_version("@acme/ui", version);
    VersionComparisonQuery {
        left: left.parse().unwrap(),
        right: right.parse().unwrap(),
        format: ui.format,
        namespace: ui.namespace,
        package: ui.package,
        version: ui.version,
    }
}

async fn compare(app: &TestApp, left: &str, right: &str) -> ComparisonPage {
    app.get(CompareRepositories, &domain(), &query(left, right), &()).await
}

fn ui(page: &ComparisonPage) -> &ComparedPackage {
    page.packages.iter().find(|one| one.package == npm("@acme/ui")).unwrap()
}

fn kind(package: &ComparedPackage, version: &str) -> VersionKind {
    package.versions.iter().find(|one| one.version.as_str() == version).unwrap().kind()
}

#[tokio::test]
async fn two_repositories_are_joined_by_package_and_version() {
    let app = TestApp::acme().await;
    let page = compare(&app, "team-dev", "staging").await;
    assert_eq!((page.total, page.next.as_deref()), (page.packages.len(), None));
    let package = ui(&page);
    assert_eq!(kind(package, "1.4.0"), VersionKind::Differs);
    assert_eq!(kind(package, "1.3.2"), VersionKind::Same);
    assert_eq!(kind(package, "1.3.1"), VersionKind::OnlyLeft);
    assert_eq!(package.versions[0].version.as_str(), "1.5.0-beta.1", "newest first");
    let back = compare(&app, "staging", "team-dev").await;
    assert_eq!(kind(ui(&back), "1.3.1"), VersionKind::OnlyRight);
    assert!(page.packages.is_sorted_by(|one, other| one.package < other.package));
}

#[tokio::test]
async fn versions_of_another_revision_are_told_apart_by_their_hashes() {
    let app = TestApp::acme().await;
    let read = app.get(CompareVersions, &domain(), &version_query("team-dev", "staging", "1.4.0"), &()).await;
    let [file] = read.files.as_slice() else { panic!("{read:?}") };
    assert_eq!((file.name.as_str(), file.kind), ("package.tgz", DifferenceKind::Changed));
    let (source, target) = (file.source.as_ref().unwrap(), file.target.as_ref().unwrap());
    assert_ne!(source.sha256, target.sha256);
    assert!(source.size > 0 && source.sha256.as_ref().unwrap().len() == 64);
    let same = app.get(CompareVersions, &domain(), &version_query("team-dev", "staging", "1.3.2"), &()).await;
    assert_eq!((same.files.len(), same.same), (0, 1));
    let answer = app.ask(CompareVersions, &domain(), &version_query("team-dev", "staging", "1.3.1"), &()).await;
    assert_eq!(answer.problem(), (StatusCode::NOT_FOUND, ProblemCode::NotFound));
}

#[tokio::test]
async fn a_comparison_is_kept_for_a_moment_and_forgotten_when_something_changes() {
    let app = TestApp::acme().await;
    let first = compare(&app, "team-dev", "staging").await;
    app.faults.forget();
    assert_eq!(compare(&app, "team-dev", "staging").await, first);
    assert!(app.faults.seen("").is_empty(), "the second answer came from the cache");
    let version = npm_version("@acme/ui", "1.3.1");
    let revision = ui(&first).versions.iter().find(|one| one.version == version.version);
    let revision = revision.and_then(|one| one.left.clone()?.revision);
    let change = StatusChange {
        package: npm("@acme/ui"),
        version: version.version.clone(),
        revision,
        expected: PackageVersionStatus::Published,
        step: Step::Archive,
    };
    app.get(ChangeStatus, &repository("team-dev"), &(), &change).await;
    let page = compare(&app, "team-dev", "staging").await;
    let held = ui(&page).versions.iter().find(|one| one.version == version.version).unwrap().left.clone();
    assert_eq!(held.unwrap().status, Some(PackageVersionStatus::Archived));
}

#[tokio::test]
async fn a_side_that_cannot_be_listed_is_named() {
    let app = TestApp::acme().await;
    let answer = app.ask(CompareRepositories, &domain(), &query("team-dev", "nowhere"), &()).await;
    assert_eq!(answer.problem(), (StatusCode::NOT_FOUND, ProblemCode::NotFound));
    let message = answer.json::<Problem>().message;
    assert!(message.starts_with("nowhere, on the right, could not be listed"), "{message}");
    app.faults.forget();
    let answer = app.ask(CompareRepositories, &domain(), &query("team-dev", "team-dev"), &()).await;
    assert_eq!(answer.problem(), (StatusCode::BAD_REQUEST, ProblemCode::BadRequest));
    let wrong = ComparisonQuery { next: Some("npm".to_owned()), ..query("team-dev", "staging") };
    let answer = app.ask(CompareRepositories, &domain(), &wrong, &()).await;
    assert_eq!(answer.problem(), (StatusCode::BAD_REQUEST, ProblemCode::BadRequest));
    assert!(app.faults.seen("").is_empty());
}

#[tokio::test]
async fn a_package_that_cannot_be_read_says_so_and_is_read_again_the_next_time() {
    let app = TestApp::acme().await;
    app.faults.plan("POST /v1/package/versions?", 1, Effect::Deny);
    let page = compare(&app, "team-dev", "staging").await;
    let unread: Vec<_> = page.packages.iter().filter(|one| one.kind() == PackageKind::Unread).collect();
    assert_eq!(unread.len(), 1);
    assert_eq!(unread[0].unread[0].problem.code, ProblemCode::Forbidden);
    let page = compare(&app, "team-dev", "staging").await;
    assert!(page.packages.iter().all(|one| one.unread.is_empty()));
}

#[tokio::test]
async fn what_differs_inside_an_archive_is_told_line_by_line() {
    let app = TestApp::acme().await;
    let query = FileComparisonQuery::of(version_query("team-dev", "staging", "1.4.0"), "package.tgz".parse().unwrap());
    let read = app.get(DiffVersionFiles, &domain(), &query, &()).await;
    let FileComparison::Read(read) = read else { panic!("{read:?}") };
    assert!(!read.entries.is_empty() && read.left_out == 0, "{read:?}");
    let lines: Vec<_> = read
        .entries
        .iter()
        .filter_map(|entry| if let EntryContent::Text(lines) = &entry.content { Some(lines) } else { None })
        .flatten()
        .collect();
    assert!(lines.iter().any(|line| matches!(line, DiffLine::Removed(_) | DiffLine::Added(_))), "{read:?}");
    let gone = FileComparisonQuery { asset: "other.tgz".parse().unwrap(), ..query };
    let answer = app.ask(DiffVersionFiles, &domain(), &gone, &()).await;
    assert_eq!(answer.problem(), (StatusCode::NOT_FOUND, ProblemCode::NotFound));
}
