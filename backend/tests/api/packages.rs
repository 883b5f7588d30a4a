//! Packages of a repository, and across a domain.

use std::collections::BTreeSet;

use http::StatusCode;
use shared::api::{DescribePackageMatrix, GlanceAtPackages, ListPackages, PackageQuery, PackagesQuery};
use shared::format::PackageFormat;
use shared::package::GlancePackages;
use shared::problem::ProblemCode;
use shared::version::PackageVersionStatus;

use crate::support::{Effect, TestApp, domain, npm, repository};

async fn list(app: &TestApp, query: PackagesQuery) -> Vec<String> {
    let page = app.get(ListPackages, &repository("team-dev"), &query, &()).await;
    assert_eq!(page.next, None);
    page.packages.iter().map(|summary| summary.package.full_name()).collect()
}

#[tokio::test]
async fn packages_are_listed_with_their_origin_control() {
    let app = TestApp::acme().await;
    let page = app.get(ListPackages, &repository("team-dev"), &PackagesQuery::default(), &()).await;
    let ui = page.packages.iter().find(|summary| summary.package == npm("@acme/ui")).unwrap();
    assert!(ui.origin_control.unwrap().publish);
    assert!(page.packages.len() > 5);
}

#[tokio::test]
async fn prefix_and_format_narrow_the_list() {
    let app = TestApp::acme().await;
    let with = |prefix: &str, format| PackagesQuery { prefix: Some(prefix.into()), format, ..PackagesQuery::default() };
    assert_eq!(list(&app, with("bill", None)).await, ["billing-sdk"]);
    assert_eq!(list(&app, with("bill", Some(PackageFormat::Pypi))).await, [""; 0]);
    assert_eq!(list(&app, with("@acme/u", None)).await, ["@acme/ui"]);
    assert_eq!(list(&app, with("@ac", None)).await.len(), 3);
    assert_eq!(list(&app, with("@ac/", None)).await, [""; 0], "a scope with its slash is meant whole");
}

#[tokio::test]
async fn a_status_keeps_the_packages_that_have_such_a_version() {
    let app = TestApp::acme().await;
    for status in PackageVersionStatus::ALL {
        let query = PackagesQuery { status: Some(status), ..PackagesQuery::default() };
        let listed: BTreeSet<_> = list(&app, query).await.into_iter().collect();
        let page = app.get(ListPackages, &repository("team-dev"), &PackagesQuery::default(), &()).await;
        let packages = page.packages.into_iter().map(|summary| summary.package).collect();
        let glances = app.get(GlanceAtPackages, &repository("team-dev"), &(), &GlancePackages { packages }).await;
        let having = glances.iter().filter(|glance| glance.statuses.contains_key(&status));
        assert_eq!(listed, having.map(|glance| glance.package.full_name()).collect(), "{status:?}");
        assert!(!listed.is_empty(), "the story has {status:?}");
    }
}

#[tokio::test]
async fn a_repository_that_is_not_there_is_not_found() {
    let app = TestApp::acme().await;
    let answer = app.ask(ListPackages, &repository("nowhere"), &PackagesQuery::default(), &()).await;
    assert_eq!(answer.problem(), (StatusCode::NOT_FOUND, ProblemCode::NotFound));
}

#[tokio::test]
async fn a_page_that_aws_did_not_name_is_refused() {
    let app = TestApp::acme().await;
    let query = PackagesQuery { next: Some("bm90aGluZw==".into()), ..PackagesQuery::default() };
    let answer = app.ask(ListPackages, &repository("team-dev"), &query, &()).await;
    assert_eq!(answer.problem(), (StatusCode::BAD_REQUEST, ProblemCode::BadRequest));
}

#[tokio::test]
async fn a_glance_tells_the_shown_version_and_counts_by_status() {
    let app = TestApp::acme().await;
    let ask = GlancePackages { packages: vec![npm("@acme/ui"), npm("no-such-package")] };
    let glances = app.get(GlanceAtPackages, &repository("team-dev"), &(), &ask).await;
    assert_eq!(glances[0].shown.as_ref().unwrap().version.as_str(), "1.4.0");
    assert_eq!(glances[0].statuses[&PackageVersionStatus::Unlisted], 1);
    assert_eq!(glances[1].problem.as_ref().unwrap().code, ProblemCode::NotFound);
    let ask = GlancePackages { packages: vec![npm("@acme/ui"); 51] };
    let answer = app.ask(GlanceAtPackages, &repository("team-dev"), &(), &ask).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_package_is_shown_across_the_domain_newest_first() {
    let app = TestApp::acme().await;
    let query = PackageQuery::from(&npm("@acme/ui"));
    let matrix = app.get(DescribePackageMatrix, &domain(), &query, &()).await;
    let names: Vec<_> = matrix.repositories.iter().map(|name| name.as_str()).collect();
    assert_eq!(names, ["production", "staging", "team-dev"]);
    let versions: Vec<_> = matrix.versions.iter().map(|row| row.version.as_str()).collect();
    assert_eq!(versions, ["1.5.0-beta.1", "1.4.0", "1.3.2", "1.3.1", "1.3.0"]);
    let cells = &matrix.versions[1].cells;
    let revision = |name: &str| cells[&name.parse().unwrap()].revision.clone().unwrap();
    assert_ne!(revision("staging"), revision("team-dev"), "the story's version with two contents");
}

#[tokio::test]
async fn a_repository_that_cannot_be_asked_is_named_and_the_rest_is_shown() {
    let app = TestApp::acme().await;
    app.faults.plan("repository=staging", 1, Effect::Deny);
    let query = PackageQuery::from(&npm("@acme/ui"));
    let matrix = app.get(DescribePackageMatrix, &domain(), &query, &()).await;
    assert_eq!(matrix.unread[0].repository.as_str(), "staging");
    assert_eq!(matrix.repositories.len(), 2);
}

#[tokio::test]
async fn a_package_that_nobody_holds_is_not_found() {
    let app = TestApp::acme().await;
    let query = PackageQuery::from(&npm("@acme/nothing"));
    let answer = app.ask(DescribePackageMatrix, &domain(), &query, &()).await;
    assert_eq!(answer.problem(), (StatusCode::NOT_FOUND, ProblemCode::NotFound));
}
