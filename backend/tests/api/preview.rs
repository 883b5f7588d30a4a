//! What a promotion would do.

use http::StatusCode;
use shared::api::{PreviewPromotion, SetRepositoryPolicy, SetUpstreams};
use shared::effect::{Content, Effect as Effects, Reachable};
use shared::feeding::NewUpstreams;
use shared::format::PackageFormat;
use shared::package::PackageKey;
use shared::permission::NewPolicy;
use shared::problem::ProblemCode;
use shared::promotion::{BlockedReason, DifferenceKind, Preview, PreviewRequest, PreviewRow, Verdict, VersionChoice};
use shared::version::PackageVersionStatus;

use crate::support::{Effect, TestApp, domain, npm, repository};

fn choice(package: PackageKey, version: &str) -> VersionChoice {
    VersionChoice { package, version: version.parse().unwrap() }
}

fn ask(to: &str, versions: Vec<VersionChoice>) -> PreviewRequest {
    PreviewRequest { from: "team-dev".parse().unwrap(), to: to.parse().unwrap(), versions }
}

async fn preview(app: &TestApp, to: &str, versions: Vec<VersionChoice>) -> Preview {
    app.get(PreviewPromotion, &domain(), &(), &ask(to, versions)).await
}

#[tokio::test]
async fn each_row_has_its_verdict_in_the_order_asked() {
    let app = TestApp::acme().await;
    let rows = ["1.4.0", "1.3.2", "9.9.9", "1.3.1"].map(|version| choice(npm("@acme/ui"), version));
    let preview = preview(&app, "staging", rows.to_vec()).await;
    assert_eq!(preview.rows.iter().map(|row| row.choice.clone()).collect::<Vec<_>>(), rows);
    let Verdict::Different(files) = &preview.rows[0].verdict else { panic!("{:?}", preview.rows[0]) };
    assert_eq!((files[0].name.as_str(), files[0].kind), ("package.tgz", DifferenceKind::Changed));
    assert_eq!(preview.rows[1].verdict, Verdict::Same);
    let Verdict::Blocked(blocked) = &preview.rows[2].verdict else { panic!("{:?}", preview.rows[2]) };
    assert_eq!(blocked.reason, BlockedReason::NotInSource);
    assert!(blocked.explanation.contains("team-dev does not hold @acme/ui 9.9.9"));
    assert_eq!(preview.rows[3].verdict, Verdict::New);
    assert!(preview.rows[3].revision.is_some());
    assert!(preview.rows.iter().all(|row| row.in_target.as_ref().unwrap().as_str() == "1.3.2"));
}

#[tokio::test]
async fn tags_that_would_move_are_told_with_from_and_to() {
    let app = TestApp::acme().await;
    let rows = ["1.4.0", "1.5.0-beta.1", "1.3.1", "1.3.2"].map(|version| choice(npm("@acme/ui"), version));
    let preview = preview(&app, "production", rows.to_vec()).await;
    let tags = |row: usize| {
        preview.rows[row]
            .tags
            .iter()
            .map(|tag| (tag.tag.as_str(), tag.from.as_ref().map(|from| from.as_str()), tag.to.as_str()))
            .collect::<Vec<_>>()
    };
    assert_eq!(tags(0), [("latest", Some("1.3.2"), "1.4.0")]);
    assert_eq!(tags(1), [("next", None, "1.5.0-beta.1")]);
    assert_eq!((tags(2), tags(3)), (vec![], vec![]));
    assert!(preview.rows.iter().all(|row| row.tags_problem.is_none()));
}

#[tokio::test]
async fn a_status_that_does_not_allow_it_says_what_would() {
    let app = TestApp::acme().await;
    for (status, word) in [
        (PackageVersionStatus::Unfinished, "not finished"),
        (PackageVersionStatus::Archived, "Set its status to Published"),
        (PackageVersionStatus::Disposed, "gone for good"),
    ] {
        let (package, version) = find(&app, status).await;
        let preview = preview(&app, "staging", vec![VersionChoice { package, version }]).await;
        let Verdict::Blocked(blocked) = &preview.rows[0].verdict else { panic!("{preview:?}") };
        assert_eq!(blocked.reason, BlockedReason::Status);
        assert!(blocked.explanation.contains(word), "{}", blocked.explanation);
    }
    let (package, version) = find(&app, PackageVersionStatus::Unlisted).await;
    let preview = preview(&app, "production", vec![VersionChoice { package, version }]).await;
    assert_eq!(preview.rows[0].verdict, Verdict::New, "an Unlisted version may go on");
}

/// Some version of `team-dev` in a status.
async fn find(app: &TestApp, status: PackageVersionStatus) -> (PackageKey, shared::names::VersionName) {
    use shared::api::{ListPackages, ListVersions, PackagesQuery, VersionsQuery};
    let query = PackagesQuery { status: Some(status), ..PackagesQuery::default() };
    let page = app.get(ListPackages, &repository("team-dev"), &query, &()).await;
    let package = page.packages[0].package.clone();
    let PackageKey { format, namespace, name } = package.clone();
    let query = VersionsQuery { format, namespace, package: name, status: Some(status), next: None };
    let page = app.get(ListVersions, &repository("team-dev"), &query, &()).await;
    (package, page.versions[0].version.clone())
}

#[tokio::test]
async fn one_row_that_cannot_be_read_does_not_fail_the_others() {
    let app = TestApp::acme().await;
    app.faults.plan("package=billing-sdk", usize::MAX, Effect::Deny);
    let rows = [choice(npm("billing-sdk"), "0.9.1"), choice(npm("@acme/ui"), "1.3.1")];
    let preview = preview(&app, "production", rows.to_vec()).await;
    let Verdict::Blocked(blocked) = &preview.rows[0].verdict else { panic!("{preview:?}") };
    assert_eq!(blocked.reason, BlockedReason::Unreadable);
    assert_eq!(preview.rows[1].verdict, Verdict::New);
}

#[tokio::test]
async fn tags_that_cannot_be_read_are_said_to_be_missing() {
    let app = TestApp::acme().await;
    app.faults.plan("/v1/authorization-token", usize::MAX, Effect::Deny);
    let preview = preview(&app, "production", vec![choice(npm("@acme/ui"), "1.4.0")]).await;
    assert_eq!(preview.rows[0].verdict, Verdict::New);
    assert_eq!(preview.rows[0].tags_problem.as_ref().unwrap().code, ProblemCode::Forbidden);
}

#[tokio::test]
async fn one_token_serves_all_packages() {
    let app = TestApp::acme().await;
    let rows = ["@acme/ui", "billing-sdk", "@acme/core"].map(|name| choice(npm(name), "1.4.0"));
    preview(&app, "production", rows.to_vec()).await;
    assert!(app.faults.seen("/v1/authorization-token").len() <= 1);
}

#[tokio::test]
async fn nothing_is_asked_for_a_request_that_breaks_a_rule() {
    let app = TestApp::acme().await;
    let ui = choice(npm("@acme/ui"), "1.4.0");
    for bad in [ask("team-dev", vec![ui.clone()]), ask("staging", vec![]), ask("staging", vec![ui.clone(), ui])] {
        let answer = app.ask(PreviewPromotion, &domain(), &(), &bad).await;
        assert_eq!(answer.problem(), (StatusCode::BAD_REQUEST, ProblemCode::BadRequest));
    }
    assert!(app.faults.seen("").is_empty());
}

#[tokio::test]
async fn a_target_that_is_not_there_is_not_found() {
    let app = TestApp::acme().await;
    let bad = ask("nowhere", vec![choice(npm("@acme/ui"), "1.4.0")]);
    let answer = app.ask(PreviewPromotion, &domain(), &(), &bad).await;
    assert_eq!(answer.problem(), (StatusCode::NOT_FOUND, ProblemCode::NotFound));
}

#[tokio::test]
async fn a_python_version_has_no_tags() {
    let app = TestApp::acme().await;
    let package = PackageKey { format: PackageFormat::Pypi, namespace: None, name: "acme-billing".parse().unwrap() };
    let version = {
        use shared::api::{ListVersions, VersionsQuery};
        let query = VersionsQuery {
            format: package.format,
            namespace: None,
            package: package.name.clone(),
            status: None,
            next: None,
        };
        app.get(ListVersions, &repository("team-dev"), &query, &()).await.versions[0].version.clone()
    };
    let preview = preview(&app, "production", vec![VersionChoice { package, version }]).await;
    assert!(preview.rows[0].tags.is_empty() && preview.rows[0].tags_problem.is_none());
    assert!(app.faults.seen("/v1/authorization-token").is_empty());
}

/// Versions of a package of team-dev, all new to `target`, which other tests do not look at.
fn plant(app: &TestApp, package: &str, versions: usize) -> Vec<VersionChoice> {
    let made = (0..versions).map(|number| format!("7.0.{number}")).collect::<Vec<_>>();
    app.emulator.with_state(|state| {
        let team = state.domains.get_mut("acme").unwrap().repositories.get_mut("team-dev").unwrap();
        let (key, ui) = team.packages.iter().find(|(key, _)| key.name == "ui").unwrap();
        let (mut key, mut new) = (key.clone(), ui.clone());
        (key.namespace, key.name) = (None, package.to_owned());
        let like = new.versions.values().next().unwrap().clone();
        new.versions.clear();
        new.dist_tags.clear();
        for version in &made {
            let mut one = like.clone();
            one.version.clone_from(version);
            new.versions.insert(version.clone(), one);
        }
        team.packages.insert(key, new);
    });
    made.iter().map(|version| choice(npm(package), version)).collect()
}

#[tokio::test]
async fn many_versions_of_a_package_take_no_more_calls_than_a_few() {
    let app = TestApp::acme().await;
    let chosen = plant(&app, "many", 300);
    let counted = async |number: usize| {
        app.faults.forget();
        let preview = preview(&app, "staging", chosen[..number].to_vec()).await;
        assert!(preview.rows.iter().all(|row| row.verdict == Verdict::New), "{preview:?}");
        app.faults.seen("").len()
    };
    counted(3).await;
    let few = counted(3).await;
    assert_eq!(counted(300).await, few);
    assert!(few < 25, "{few} calls");
}

#[tokio::test]
async fn what_the_target_reaches_already_is_told_with_the_upstream_that_answers() {
    let app = TestApp::acme().await;
    // team-dev is an upstream of production, and is none of shared-libs.
    let chosen = plant(&app, "reached", 1);
    let to_production = preview(&app, "production", chosen.clone()).await;
    let reachable = |content| Effects::Reachable(Reachable { through: "team-dev".parse().unwrap(), content });
    assert!(to_production.rows[0].effects.contains(&reachable(Content::Same)), "{to_production:?}");
    let other = preview(&app, "shared-libs", chosen).await;
    let [first, kept] = &other.rows[0].effects[..] else { panic!("{other:?}") };
    assert!(matches!(first, Effects::FirstOfPackage(Some(_))), "{first:?}");
    assert_eq!(kept, &Effects::Kept { grows: false });
}

/// Sets origin control of @acme/ui in production.
fn let_upstreams_feed(app: &TestApp, upstream: bool) {
    app.emulator.with_state(|state| {
        let production = state.domains.get_mut("acme").unwrap().repositories.get_mut("production").unwrap();
        let ui = production.packages.iter_mut().find(|(key, _)| key.name == "ui").unwrap().1;
        ui.origin_control.upstream = upstream;
    });
}

#[tokio::test]
async fn an_upstream_before_the_source_answers_and_its_other_content_is_told() {
    let app = TestApp::acme().await;
    let upstreams = NewUpstreams {
        seen: vec!["team-dev".parse().unwrap()],
        upstreams: vec!["staging".parse().unwrap(), "team-dev".parse().unwrap()],
    };
    app.get(SetUpstreams, &repository("production"), &(), &upstreams).await;
    let_upstreams_feed(&app, true);
    // The story's 1.4.0 of staging has other bytes than that of team-dev.
    let preview = preview(&app, "production", vec![choice(npm("@acme/ui"), "1.4.0")]).await;
    let other = Reachable { through: "staging".parse().unwrap(), content: Content::Other };
    assert!(preview.rows[0].effects.contains(&Effects::Reachable(other)), "{preview:?}");
}

#[tokio::test]
async fn a_package_whose_upstreams_are_blocked_in_the_target_is_not_reachable() {
    let app = TestApp::acme().await;
    let row = async || preview(&app, "production", vec![choice(npm("@acme/ui"), "1.4.0")]).await.rows.remove(0);
    let reachable = |row: &PreviewRow| row.effects.iter().any(|effect| matches!(effect, Effects::Reachable(_)));
    let_upstreams_feed(&app, true);
    assert!(reachable(&row().await));
    let_upstreams_feed(&app, false);
    let blocked = row().await;
    assert!(!reachable(&blocked));
    let control = |effect: &Effects| matches!(effect, Effects::Control(control) if !control.upstream);
    assert!(blocked.effects.iter().any(control), "{blocked:?}");
}

#[tokio::test]
async fn effects_that_cannot_be_read_are_said_to_be_missing_and_the_verdict_stays() {
    let app = TestApp::acme().await;
    app.faults.plan("GET /v1/package?", usize::MAX, Effect::Deny);
    let preview = preview(&app, "production", vec![choice(npm("@acme/ui"), "1.4.0")]).await;
    assert_eq!(preview.rows[0].verdict, Verdict::New);
    assert_eq!(preview.rows[0].effects_problem.as_ref().unwrap().code, ProblemCode::Forbidden);
}

/// The policy of a repository: everybody may read it, and one statement denies.
async fn deny(app: &TestApp, of: &str, action: &str, resource: &str) {
    let document = serde_json::json!({ "Version": "2012-10-17", "Statement": [{
        "Sid": "Freeze", "Effect": "Deny", "Principal": "*", "Action": action, "Resource": resource,
    }]});
    let new = NewPolicy { seen: None, document: document.to_string().parse().unwrap() };
    app.get(SetRepositoryPolicy, &repository(of), &(), &new).await;
}

#[tokio::test]
async fn a_copy_that_a_policy_plainly_denies_is_blocked_and_the_statement_named() {
    for (of, action) in [("staging", "codeartifact:CopyPackageVersions"), ("team-dev", "codeartifact:Read*")] {
        let app = TestApp::acme().await;
        let rows = ["1.3.1", "1.3.2"].map(|version| choice(npm("@acme/ui"), version));
        deny(&app, of, action, "*").await;
        let seen = preview(&app, "staging", rows.to_vec()).await;
        let Verdict::Blocked(blocked) = &seen.rows[0].verdict else { panic!("{:?}", seen.rows[0]) };
        assert_eq!(blocked.reason, BlockedReason::Policy);
        assert!(blocked.explanation.starts_with(&format!("Statement \"Freeze\" of the policy of {of} denies")));
        assert!(seen.rows[0].tags.is_empty() && seen.rows[0].effects.is_empty() && seen.rows[0].revision.is_some());
        assert_eq!(seen.rows[1].verdict, Verdict::Same, "nothing is copied there");
    }
}

#[tokio::test]
async fn a_policy_that_denies_something_else_blocks_nothing() {
    let app = TestApp::acme().await;
    deny(&app, "staging", "codeartifact:DeletePackageVersions", "*").await;
    deny(&app, "team-dev", "codeartifact:CopyPackageVersions", "*").await;
    let row = async || preview(&app, "staging", vec![choice(npm("@acme/ui"), "1.3.1")]).await.rows.remove(0);
    assert_eq!(row().await.verdict, Verdict::New);
}

#[tokio::test]
async fn policies_that_may_not_be_read_block_nothing() {
    let app = TestApp::acme().await;
    let row = async || preview(&app, "staging", vec![choice(npm("@acme/ui"), "1.3.1")]).await.rows.remove(0);
    deny(&app, "staging", "codeartifact:CopyPackageVersions", "*").await;
    assert!(matches!(row().await.verdict, Verdict::Blocked(_)));
    app.faults.plan("/permissions/policy", usize::MAX, Effect::Deny);
    assert_eq!(row().await.verdict, Verdict::New);
}
