//! Package groups as package managers meet them (user guide, "Package group origin controls").
#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

#[path = "support/data.rs"]
mod support;

use codeartifact_emulator::model::{PackageGroup, RestrictionMode, RestrictionType};
use codeartifact_emulator::rules::group::Pattern;
use http::StatusCode;
use support::{Bench, npm};

/// `app` takes from `store`, which takes from npmjs.
fn chain() -> Bench {
    Bench::new(&[("app", &["store"], None), ("store", &[], Some("public:npmjs"))])
}

/// Sets one restriction of a group, which is made if it is not there.
fn restrict(bench: &Bench, pattern: &str, kind: RestrictionType, mode: RestrictionMode, repositories: &[&str]) {
    bench.emulator.with_state(|state| {
        let groups = &mut state.domains.get_mut("acme").unwrap().package_groups.by_pattern;
        let group = groups
            .entry(Pattern::parse(pattern).unwrap())
            .or_insert_with(|| PackageGroup::new(std::time::UNIX_EPOCH, RestrictionMode::Inherit));
        let restriction = group.restrictions.get_mut(&kind).unwrap();
        restriction.mode = mode;
        restriction.repositories = repositories.iter().map(|&name| name.to_owned()).collect();
    });
}

async fn status(bench: &Bench, path: &str) -> StatusCode {
    bench.get(path).await.status
}

#[tokio::test]
async fn a_group_that_shuts_out_public_sources_lets_nothing_be_fetched() {
    let bench = chain();
    restrict(&bench, "/npm/*", RestrictionType::ExternalUpstream, RestrictionMode::Block, &[]);
    assert_eq!(status(&bench, "npm/app/lodash").await, StatusCode::NOT_FOUND);
    assert_eq!(status(&bench, "npm/store/lodash").await, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn packages_come_only_through_the_repositories_that_are_allowed() {
    let bench = chain();
    let specific = RestrictionMode::AllowSpecificRepositories;
    restrict(&bench, "/npm/*", RestrictionType::ExternalUpstream, specific, &["store"]);
    restrict(&bench, "/npm/*", RestrictionType::InternalUpstream, specific, &[]);
    assert_eq!(status(&bench, "npm/store/lodash").await, StatusCode::OK);
    assert_eq!(status(&bench, "npm/app/lodash").await, StatusCode::NOT_FOUND);
    restrict(&bench, "/npm/*", RestrictionType::InternalUpstream, specific, &["app"]);
    assert_eq!(status(&bench, "npm/app/lodash").await, StatusCode::OK);
}

#[tokio::test]
async fn a_name_that_looks_like_one_of_ours_can_be_neither_fetched_nor_published() {
    let bench = chain();
    restrict(&bench, "/npm//lo-dash$", RestrictionType::Publish, RestrictionMode::Allow, &[]);
    assert!(bench.publish_npm("app", "lo-dash", "1.0.0").await.status.is_success());
    let answer = bench.publish_npm("app", "lo_dash", "1.0.0").await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(answer.text().contains("/npm//lo-dash$"), "{}", answer.text());
    assert!(bench.held("app", &npm("lo_dash")).is_empty());
}

#[tokio::test]
async fn npm_publishes_only_where_the_group_allows() {
    let bench = chain();
    let specific = RestrictionMode::AllowSpecificRepositories;
    restrict(&bench, "/npm/acme/*", RestrictionType::Publish, specific, &["app"]);
    assert!(bench.publish_npm("app", "@acme/ui", "1.0.0").await.status.is_success());
    assert_eq!(bench.publish_npm("store", "@acme/ui", "1.0.0").await.status, StatusCode::FORBIDDEN);
    let control = bench.package("app", &npm("@acme/ui")).unwrap().origin_control;
    assert!(control.publish && control.upstream, "the group decides, the package allows everything");
}
