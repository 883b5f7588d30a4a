use std::collections::BTreeMap;

use super::*;
use crate::doctor::{examine, take};
use crate::package::MatrixRow;
use crate::repository::sample::repository;
use crate::version::{Origin, VersionSummary};

fn acme() -> Known {
    Known {
        domain: Some("acme".parse().unwrap()),
        repositories: Some(vec![
            repository("npm-store", &[], Some("public:npmjs")),
            repository("team-dev", &["npm-store"], None),
            repository("staging", &[], None),
        ]),
        ..Known::default()
    }
}

/// A matrix of `ui`: versions, each with the repositories that hold it and its status there.
fn matrix(question: &Question, versions: &[(&str, &str, PackageVersionStatus)]) -> PackageMatrix {
    let rows = versions.iter().map(|(version, name, status)| MatrixRow {
        version: version.parse().unwrap(),
        cells: BTreeMap::from([(
            name.parse().unwrap(),
            VersionSummary {
                version: version.parse().unwrap(),
                revision: None,
                status: Some(*status),
                origin: Origin::Unknown,
            },
        )]),
    });
    let mut repositories: Vec<RepositoryName> = versions.iter().map(|(_, name, _)| name.parse().unwrap()).collect();
    repositories.dedup();
    PackageMatrix {
        package: question.package.clone(),
        repositories,
        versions: rows.collect(),
        unread: Vec::new(),
        read_at: 0.0,
    }
}

const PUBLISHED: PackageVersionStatus = PackageVersionStatus::Published;

/// What is told of a log that wants `ui` of a repository, when the domain holds these versions.
fn told(repository: &str, version: &str, versions: &[(&str, &str, PackageVersionStatus)], upstream: bool) -> Diagnosis {
    let host = "acme-111122223333.d.codeartifact.eu-west-1.amazonaws.com";
    let log = format!(
        "npm error code E404\nnpm error 404 Not Found - GET https://{host}/npm/{repository}/ui\nnpm error 404  'ui@{version}' is not in this registry."
    );
    let report = examine(&take(&log).text, &acme());
    let (question, before) = (report.question.unwrap(), report.cause.unwrap());
    assert_eq!(question.version.as_deref(), (version != "*").then_some(version));
    let matrix = matrix(&question, versions);
    let control = Some(OriginControl { publish: true, upstream });
    let held = Held { matrix: (!versions.is_empty()).then_some(&matrix), control };
    answer(&question, &acme(), held, &before)
}

#[test]
fn a_package_of_nobody_could_be_fetched_or_not() {
    let fetched = told("team-dev", "*", &[], true);
    assert_eq!(fetched.cause, Cause::NotFound);
    assert!(fetched.because.contains("npm-store would fetch it from public:npmjs"), "{}", fetched.because);
    let alone = told("staging", "*", &[], true);
    assert!(alone.because.contains("no repository that staging searches is connected"), "{}", alone.because);
}

#[test]
fn a_package_of_a_repository_that_is_not_searched_can_be_brought_near() {
    let found = told("staging", "*", &[("1.0.0", "team-dev", PUBLISHED)], true);
    assert_eq!(found.because, "team-dev holds ui, and staging searches none of these.");
    assert!(found.commands[0].contains("--upstreams repositoryName=team-dev"), "{:?}", found.commands);
}

#[test]
fn origin_control_hides_what_upstreams_hold() {
    let versions = [("2.0.0", "npm-store", PUBLISHED), ("1.0.0", "team-dev", PUBLISHED)];
    let found = told("team-dev", "2.0.0", &versions, false);
    assert_eq!(found.cause, Cause::OriginBlocked);
    assert!(found.commands[0].ends_with("--restrictions publish=ALLOW,upstream=ALLOW"), "{:?}", found.commands);
    // The repository's own version is given out all the same.
    assert_eq!(told("team-dev", "1.0.0", &versions, false).cause, Cause::TokenExpired);
}

#[test]
fn a_version_can_be_hidden_or_never_have_been() {
    let archived = told("team-dev", "1.0.0", &[("1.0.0", "team-dev", PackageVersionStatus::Archived)], true);
    assert_eq!(archived.cause, Cause::VersionNotFound);
    assert!(archived.because.contains("the version is archived"), "{}", archived.because);
    let other = told("team-dev", "9.0.0", &[("1.0.0", "npm-store", PUBLISHED)], true);
    assert!(
        other.because.contains("version 9.0.0 cannot. The newest that can be installed is 1.0.0."),
        "{}",
        other.because
    );
}

#[test]
fn a_package_that_is_there_points_to_the_token() {
    let found = told("team-dev", "1.0.0", &[("1.0.0", "npm-store", PUBLISHED)], true);
    assert_eq!(found.cause, Cause::TokenExpired);
    assert!(found.because.contains("ui can be had from team-dev"), "{}", found.because);
}
