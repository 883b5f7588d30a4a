//! Two repositories side by side.

use http::StatusCode;
use shared::api::{
    ChangeStatus, CompareRepositories, CompareVersions, ComparisonQuery, DiffVersionFiles, FileComparisonQuery,
    ListInventories, VersionComparisonQuery,
};
use shared::comparison::{
    ComparedPackage, ComparisonPage, DiffLine, EntryContent, FileComparison, HeldVersion, PackageKind, VersionKind,
};
use shared::inventory::Inventory;
use shared::problem::{Problem, ProblemCode};
use shared::promotion::DifferenceKind;
use shared::status::{StatusChange, Step};
use shared::version::PackageVersionStatus;

use crate::support::{Effect, TestApp, domain, npm, npm_version, repository, request};

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

/// Archives a version of `@acme/ui` in `team-dev`, as it stands on the left of a page.
async fn archive(app: &TestApp, page: &ComparisonPage, version: &str) {
    let version = npm_version("@acme/ui", version).version;
    let held = ui(page).versions.iter().find(|one| one.version == version);
    let change = StatusChange {
        package: npm("@acme/ui"),
        version,
        revision: held.and_then(|one| one.left.clone()?.revision),
        expected: PackageVersionStatus::Published,
        step: Step::Archive,
    };
    app.get(ChangeStatus, &repository("team-dev"), &(), &change).await;
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
    archive(&app, &first, "1.3.1").await;
    let page = compare(&app, "team-dev", "staging").await;
    let held = ui(&page).versions.iter().find(|one| one.version.as_str() == "1.3.1").unwrap().left.clone();
    assert_eq!(held.unwrap().status, Some(PackageVersionStatus::Archived));
}

/// The recorded states of a repository, the last one first.
async fn states(app: &TestApp, name: &str) -> Vec<Inventory> {
    app.get(ListInventories, &repository(name), &(), &()).await
}

/// The states, once they are as wanted: what was read is recorded after it was told.
async fn recorded(app: &TestApp, name: &str, wanted: impl Fn(&[Inventory]) -> bool) -> Vec<Inventory> {
    for _ in 0..1000 {
        let states = states(app, name).await;
        if wanted(&states) {
            return states;
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    panic!("{name} has other states: {:?}", states(app, name).await)
}

async fn anew(app: &TestApp, left: &str, right: &str) -> ComparisonPage {
    let request = request::<CompareRepositories>(&domain(), &query(left, right), &(), Some(&app.token));
    let (mut parts, body) = request.into_parts();
    parts.headers.insert(http::header::CACHE_CONTROL, http::HeaderValue::from_static("no-cache"));
    app.send(http::Request::from_parts(parts, body)).await.json()
}

#[tokio::test]
async fn a_repository_is_compared_with_what_it_held_at_a_recorded_time() {
    let app = TestApp::acme().await;
    assert_eq!(states(&app, "team-dev").await, []);
    let now = compare(&app, "team-dev", "staging").await;
    let before = recorded(&app, "team-dev", |states| states.len() == 1).await.remove(0);
    let held = now.packages.iter().flat_map(|one| &one.versions).filter(|version| version.left.is_some()).count();
    assert_eq!((before.versions, before.last), (held, before.at));
    archive(&app, &now, "1.3.1").await;
    anew(&app, "team-dev", "staging").await;
    recorded(&app, "team-dev", |states| states.len() == 2).await;
    let earlier = format!("team-dev@{}", before.at);
    app.faults.forget();
    let page = compare(&app, &earlier, "team-dev").await;
    assert!(app.faults.seen("").is_empty(), "both come from the store");
    let version = ui(&page).versions.iter().find(|one| one.version.as_str() == "1.3.1").unwrap();
    let status = |held: &Option<HeldVersion>| held.as_ref().unwrap().status;
    assert_eq!(status(&version.left), Some(PackageVersionStatus::Published));
    assert_eq!(status(&version.right), Some(PackageVersionStatus::Archived));
    let nothing = format!("team-dev@{}", before.at.0 - 1);
    let answer = app.ask(CompareRepositories, &domain(), &query(&nothing, "team-dev"), &()).await;
    assert_eq!(answer.problem(), (StatusCode::NOT_FOUND, ProblemCode::NotFound));
    let answer = app.ask(CompareVersions, &domain(), &version_query(&earlier, "staging", "1.4.0"), &()).await;
    assert_eq!(answer.problem(), (StatusCode::BAD_REQUEST, ProblemCode::BadRequest));
}

#[tokio::test]
async fn reading_the_same_again_makes_the_last_state_longer() {
    let app = TestApp::acme().await;
    compare(&app, "team-dev", "staging").await;
    let first = recorded(&app, "staging", |states| states.len() == 1).await.remove(0);
    let again = anew(&app, "team-dev", "staging").await;
    assert!(again.read_at > first.at.seconds());
    let states = recorded(&app, "staging", |states| states[0].last > first.last).await;
    let [last] = &states[..] else { panic!("{states:?}") };
    assert_eq!(last.at, first.at);
}

#[tokio::test]
async fn a_repository_that_could_not_be_read_whole_is_not_recorded() {
    let app = TestApp::acme().await;
    app.faults.plan("POST /v1/package/versions?", 1, Effect::Deny);
    let page = compare(&app, "team-dev", "staging").await;
    let unread = page.packages.iter().find_map(|one| one.unread.first()).unwrap().repository.clone();
    let whole = if unread.as_str() == "staging" { "team-dev" } else { "staging" };
    recorded(&app, whole, |states| states.len() == 1).await;
    assert_eq!(states(&app, unread.as_str()).await, []);
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
