//! What the versions of a promotion need.

use axum::body::Body;
use codeartifact_emulator::archive::make;
use http::{Request, StatusCode};
use sha2::{Digest, Sha256};
use shared::api::{ArchiveQuery, ChangeStatus, CreatePlan, CreateRepository, Endpoint, PreviewClosure, PublishArchive};
use shared::closure::{Answer, Closure, ClosureRow, DependencyKind};
use shared::format::PackageFormat;
use shared::package::PackageKey;
use shared::plan::NewPlan;
use shared::problem::ProblemCode;
use shared::promotion::{PreviewRequest, VersionChoice};
use shared::repository::NewRepository;
use shared::status::{StatusChange, Step};
use shared::version::PackageVersionStatus;

use crate::support::{Effect, TestApp, domain, npm, repository};

/// A new repository that reaches nothing, for promotions.
async fn release(app: &TestApp) {
    let new =
        NewRepository { name: "release".parse().unwrap(), description: "Empty".parse().unwrap(), tags: Vec::new() };
    app.get(CreateRepository, &domain(), &(), &new).await;
}

async fn publish(app: &TestApp, package: PackageKey, version: &str, file: &str, content: Vec<u8>) {
    let query = ArchiveQuery {
        file: file.parse().unwrap(),
        sha256: hex::encode(Sha256::digest(&content)).parse().unwrap(),
        format: package.format,
        namespace: package.namespace,
        package: package.name,
        version: version.parse().unwrap(),
        tag: None,
    };
    let request = Request::put(PublishArchive::address(&repository("team-dev"), &query))
        .header("authorization", format!("Bearer {}", app.token))
        .header("content-type", "application/octet-stream")
        .header("content-length", content.len());
    let answer = app.send(request.body(Body::from(content)).unwrap()).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
}

/// Publishes an npm package with these members of its manifest.
async fn publish_npm(app: &TestApp, name: &str, version: &str, more: serde_json::Value) {
    let mut manifest = serde_json::json!({ "name": name, "version": version, "description": "A part" });
    manifest.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let content = make::tar_gz("package", &[("package.json", &manifest.to_string())]).to_vec();
    publish(app, npm(name), version, "part.tgz", content).await;
}

fn python(name: &str) -> PackageKey {
    PackageKey { format: PackageFormat::Pypi, namespace: None, name: name.parse().unwrap() }
}

/// Publishes a wheel with these lines of `Requires-Dist`.
async fn publish_wheel(app: &TestApp, name: &str, version: &str, requires: &[&str]) {
    let requires: String = requires.iter().map(|line| format!("Requires-Dist: {line}\n")).collect();
    let module = name.replace('-', "_");
    let metadata = format!("Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{requires}\n");
    let path = format!("{module}-{version}.dist-info/METADATA");
    let content = make::zip(&[(&format!("{module}/__init__.py"), ""), (&path, &metadata)]).to_vec();
    publish(app, python(name), version, &format!("{module}-{version}-py3-none-any.whl"), content).await;
}

fn choice(package: PackageKey, version: &str) -> VersionChoice {
    VersionChoice { package, version: version.parse().unwrap() }
}

fn ask(to: &str, versions: Vec<VersionChoice>) -> PreviewRequest {
    PreviewRequest { from: "team-dev".parse().unwrap(), to: to.parse().unwrap(), versions }
}

async fn closure(app: &TestApp, to: &str, versions: Vec<VersionChoice>) -> Closure {
    app.get(PreviewClosure, &domain(), &(), &ask(to, versions)).await
}

fn row<'a>(closure: &'a Closure, name: &str) -> &'a ClosureRow {
    let mut rows = closure.rows.iter().filter(|row| row.package.full_name() == name);
    let row = rows.next().unwrap_or_else(|| panic!("{name}: {closure:#?}"));
    assert!(rows.next().is_none(), "{name} once: {closure:#?}");
    row
}

fn proposed(version: &str) -> Answer {
    Answer::Proposed(version.parse().unwrap())
}

fn in_target(version: &str, repository: &str) -> Answer {
    Answer::InTarget { version: version.parse().unwrap(), repository: repository.parse().unwrap() }
}

#[tokio::test]
async fn what_the_target_lacks_is_proposed_with_all_that_it_needs() {
    let app = TestApp::acme().await;
    release(&app).await;
    let closure = closure(&app, "release", vec![choice(npm("@acme/ui"), "1.4.0")]).await;
    // 2.2.0 is the oldest in the range; lodash came from outside, and this target does not reach outside.
    for (name, answer) in [("@acme/core", "2.3.1"), ("@acme/icons", "2.1.0"), ("lodash", "4.17.21")] {
        assert_eq!(row(&closure, name).answer, proposed(answer));
        assert!(row(&closure, name).needs_decision());
    }
    let lodash = row(&closure, "lodash");
    assert_eq!(lodash.path, [choice(npm("@acme/ui"), "1.4.0"), choice(npm("@acme/core"), "2.3.1")]);
    assert_eq!(lodash.asked[0].requirement, "^4.17.21");
    assert_eq!((closure.followed, closure.capped, closure.unread.len()), (4, false, 0));
}

#[tokio::test]
async fn what_the_target_has_or_reaches_is_told_with_its_repository() {
    let app = TestApp::acme().await;
    let closure = closure(&app, "production", vec![choice(npm("billing-sdk"), "0.9.2")]).await;
    // team-dev has 2.3.1, but a package that was promoted is not fetched from upstreams unless somebody allows it.
    assert_eq!(row(&closure, "@acme/core").answer, in_target("2.2.0", "production"));
    assert_eq!(row(&closure, "express").answer, in_target("4.21.2", "team-dev"));
    assert!(closure.rows.iter().all(|row| !row.needs_decision()));
}

#[tokio::test]
async fn where_origin_control_lets_it_the_highest_version_upstream_counts() {
    let app = TestApp::acme().await;
    app.emulator.with_state(|state| {
        let production = state.domains.get_mut("acme").unwrap().repositories.get_mut("production").unwrap();
        for package in production.packages.values_mut() {
            package.origin_control.upstream = true;
        }
    });
    let closure = closure(&app, "production", vec![choice(npm("billing-sdk"), "0.9.2")]).await;
    assert_eq!(row(&closure, "@acme/core").answer, in_target("2.3.1", "team-dev"));
}

#[tokio::test]
async fn what_both_would_fetch_from_outside_is_not_promoted() {
    let app = TestApp::acme().await;
    let closure =
        closure(&app, "shared-libs", vec![choice(npm("@acme/core"), "2.3.1"), choice(npm("billing-sdk"), "0.9.2")])
            .await;
    assert_eq!(row(&closure, "lodash").answer, in_target("4.17.21", "shared-libs"));
    assert_eq!(row(&closure, "express").answer, in_target("4.21.2", "npm-store"));
    assert_eq!(row(&closure, "@acme/core").answer, Answer::Chosen("2.3.1".parse().unwrap()));
}

#[tokio::test]
async fn npm_kinds_aliases_tags_and_addresses_are_told_apart() {
    let app = TestApp::acme().await;
    release(&app).await;
    publish_npm(&app, "@acme/real", "1.2.0", serde_json::json!({})).await;
    publish_npm(&app, "@acme/host", "3.0.0", serde_json::json!({ "dependencies": { "@acme/fast": "1" } })).await;
    publish_npm(&app, "@acme/fast", "1.0.0", serde_json::json!({})).await;
    let more = serde_json::json!({
        "dependencies": { "alias": "npm:@acme/real@^1.0.0", "@acme/core": "latest", "gone": "^9.0.0", "tool": "github:acme/tool" },
        "peerDependencies": { "@acme/host": ">=3" },
        "optionalDependencies": { "speedup": "^1.0.0", "@acme/icons": "^2.0.0" },
        "devDependencies": { "@acme/ui": "*" },
    });
    publish_npm(&app, "@acme/app", "1.0.0", more).await;
    let closure = closure(&app, "release", vec![choice(npm("@acme/app"), "1.0.0")]).await;
    assert_eq!(row(&closure, "@acme/real").answer, proposed("1.2.0"));
    assert_eq!(row(&closure, "@acme/core").answer, proposed("2.3.1"));
    let host = row(&closure, "@acme/host");
    assert_eq!((&host.answer, host.asked[0].kind), (&proposed("3.0.0"), DependencyKind::Peer));
    assert!(row(&closure, "@acme/fast").needs_decision(), "what a peer needs is needed");
    assert!(matches!(&row(&closure, "gone").answer, Answer::Missing { why } if why.contains("Neither")));
    assert!(matches!(&row(&closure, "tool").answer, Answer::NotResolved { why } if why.contains("github:acme/tool")));
    for optional in ["speedup", "@acme/icons"] {
        assert!(!row(&closure, optional).needs_decision(), "{optional}");
    }
    assert!(!closure.rows.iter().any(|row| row.package == npm("@acme/ui")), "a development dependency is not needed");
}

#[tokio::test]
async fn python_markers_and_extras_decide_what_is_needed() {
    let app = TestApp::acme().await;
    release(&app).await;
    publish_wheel(&app, "acme-lib", "1.5.0", &["acme-fast>=1; extra == \"fast\"", "acme-docs; extra == \"docs\""])
        .await;
    publish_wheel(&app, "acme-fast", "1.0.0", &[]).await;
    publish_wheel(&app, "acme-win", "1.0.0", &[]).await;
    let requires = [
        "Acme_Lib[fast]>=1.2,<2",
        "acme-win; sys_platform == \"win32\"",
        "acme-old; python_version < \"3\"",
        "acme-new>=1; python_version >= \"3.8\"",
    ];
    publish_wheel(&app, "acme-app", "1.0", &requires).await;
    let closure = closure(&app, "release", vec![choice(python("acme-app"), "1.0")]).await;
    assert_eq!(row(&closure, "acme-lib").answer, proposed("1.5.0"));
    assert_eq!(row(&closure, "acme-fast").answer, proposed("1.0.0"));
    assert_eq!(row(&closure, "acme-win").asked[0].condition.as_deref(), Some("sys_platform == 'win32'"));
    assert!(matches!(row(&closure, "acme-new").answer, Answer::Missing { .. }));
    assert_eq!(row(&closure, "acme-new").asked[0].condition, None);
    assert_eq!(closure.rows.len(), 4, "{closure:#?}");
}

#[tokio::test]
async fn an_extra_of_what_the_target_has_may_need_more() {
    let app = TestApp::acme().await;
    release(&app).await;
    publish_wheel(&app, "acme-lib", "1.5.0", &["acme-fast>=1; extra == \"fast\"", "acme-base"]).await;
    publish_wheel(&app, "acme-fast", "1.0.0", &[]).await;
    publish_wheel(&app, "acme-app", "1.0", &["acme-lib[fast]"]).await;
    promote(&app, vec![choice(python("acme-lib"), "1.5.0")]).await;
    let closure = closure(&app, "release", vec![choice(python("acme-app"), "1.0")]).await;
    assert_eq!(row(&closure, "acme-lib").answer, in_target("1.5.0", "release"));
    assert_eq!(row(&closure, "acme-fast").answer, proposed("1.0.0"));
    assert_eq!(closure.rows.len(), 2);
}

async fn promote(app: &TestApp, versions: Vec<VersionChoice>) {
    let (from, to) = ("team-dev".parse().unwrap(), "release".parse().unwrap());
    let plan = app
        .get(CreatePlan, &domain(), &(), &NewPlan { from, to, versions, reason: "a test".into(), needs: None })
        .await;
    let run = app.start(&plan).await;
    app.ended(&run.summary.id).await;
}

#[tokio::test]
async fn promoting_the_proposals_leaves_nothing_to_propose() {
    let app = TestApp::acme().await;
    release(&app).await;
    let mut versions = vec![choice(npm("@acme/ui"), "1.4.0"), choice(python("acme-billing"), "1.2.0")];
    let proposals: Vec<_> =
        closure(&app, "release", versions.clone()).await.rows.iter().filter_map(ClosureRow::proposal).collect();
    assert!(proposals.len() > 5, "{proposals:?}");
    versions.extend(proposals);
    assert!(
        closure(&app, "release", versions.clone()).await.rows.iter().all(|row| matches!(row.answer, Answer::Chosen(_)))
    );
    promote(&app, versions).await;
    let after = closure(&app, "release", vec![choice(npm("@acme/ui"), "1.3.1")]).await;
    assert!(after.rows.iter().all(|row| matches!(row.answer, Answer::InTarget { .. })), "{after:#?}");
}

#[tokio::test]
async fn only_what_can_be_copied_is_proposed() {
    let app = TestApp::acme().await;
    release(&app).await;
    let change = StatusChange {
        package: npm("@acme/icons"),
        version: "2.1.0".parse().unwrap(),
        revision: None,
        expected: PackageVersionStatus::Published,
        step: Step::Archive,
    };
    app.get(ChangeStatus, &repository("team-dev"), &(), &change).await;
    let first = closure(&app, "release", vec![choice(npm("@acme/ui"), "1.4.0")]).await;
    assert_eq!(row(&first, "@acme/icons").answer, proposed("2.0.0"));
    let change = StatusChange { version: "2.0.0".parse().unwrap(), ..change };
    app.get(ChangeStatus, &repository("team-dev"), &(), &change).await;
    let second = closure(&app, "release", vec![choice(npm("@acme/ui"), "1.4.0")]).await;
    let Answer::Missing { why } = &row(&second, "@acme/icons").answer else { panic!("{second:#?}") };
    assert!(why.contains("Archived in the source"), "{why}");
}

#[tokio::test]
async fn what_cannot_be_read_is_told_and_the_rest_stays() {
    let app = TestApp::acme().await;
    release(&app).await;
    app.faults.plan("package=icons", usize::MAX, Effect::Deny);
    let closure =
        closure(&app, "release", vec![choice(npm("@acme/ui"), "1.4.0"), choice(npm("@acme/ui"), "9.9.9")]).await;
    let Answer::Unreadable(problem) = &row(&closure, "@acme/icons").answer else { panic!("{closure:#?}") };
    assert_eq!(problem.code, ProblemCode::Forbidden);
    assert_eq!(row(&closure, "@acme/core").answer, proposed("2.3.1"));
    assert_eq!(closure.unread[0].choice, choice(npm("@acme/ui"), "9.9.9"));
}

#[tokio::test]
async fn each_list_is_read_once_and_nothing_is_changed() {
    let app = TestApp::acme().await;
    release(&app).await;
    app.faults.forget();
    closure(&app, "release", vec![choice(npm("@acme/ui"), "1.4.0"), choice(npm("@acme/ui"), "1.3.2")]).await;
    for (path, calls) in [("/v1/package/version/dependencies", 5), ("/v1/package/versions", 6)] {
        let seen = app.faults.seen(path);
        assert_eq!(
            seen.iter().filter(|one| !one.contains("dependencies") || path.contains("dependencies")).count(),
            calls,
            "{seen:?}"
        );
    }
    for word in ["copy", "publish", "versions/update_status", "origin-configuration"] {
        assert_eq!(app.faults.seen(word).len(), 0);
    }
}

#[tokio::test]
async fn nothing_is_asked_for_a_request_that_breaks_a_rule() {
    let app = TestApp::acme().await;
    for (to, status, code) in [
        ("team-dev", StatusCode::BAD_REQUEST, ProblemCode::BadRequest),
        ("nowhere", StatusCode::NOT_FOUND, ProblemCode::NotFound),
    ] {
        let answer = app.ask(PreviewClosure, &domain(), &(), &ask(to, vec![choice(npm("@acme/ui"), "1.4.0")])).await;
        assert_eq!(answer.problem(), (status, code));
    }
}
