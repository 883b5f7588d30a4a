//! CopyPackageVersions.

use std::collections::HashMap;

use aws_sdk_codeartifact::Client;
use aws_sdk_codeartifact::operation::copy_package_versions::CopyPackageVersionsOutput;
use aws_sdk_codeartifact::operation::copy_package_versions::builders::CopyPackageVersionsFluentBuilder;
use aws_sdk_codeartifact::types::{PackageFormat, PackageVersionStatus as Status};

use crate::support::{acme, publish_kit, refused};

fn copy(client: &Client) -> CopyPackageVersionsFluentBuilder {
    let call = client.copy_package_versions().domain("acme").source_repository("dev").destination_repository("prod");
    call.format(PackageFormat::Generic).namespace("tools").package("kit")
}

/// The versions in `successfulVersions`.
pub fn copied(answer: &CopyPackageVersionsOutput) -> Vec<String> {
    let mut versions: Vec<_> = answer.successful_versions().unwrap().keys().cloned().collect();
    versions.sort();
    versions
}

/// The versions in `failedVersions`, with code and message.
pub fn failed(answer: &CopyPackageVersionsOutput) -> Vec<(String, String, String)> {
    let told = answer.failed_versions().unwrap().iter();
    let mut told: Vec<_> = told
        .map(|(version, error)| {
            let code = error.error_code().unwrap().as_str().to_owned();
            (version.clone(), code, error.error_message().unwrap().to_owned())
        })
        .collect();
    told.sort();
    told
}

async fn revision(client: &Client, repository: &str, version: &str) -> String {
    let call = client.describe_package_version().domain("acme").repository(repository).format(PackageFormat::Generic);
    let answer = call.namespace("tools").package("kit").package_version(version).send().await.unwrap();
    answer.package_version.unwrap().revision.unwrap()
}

async fn set_status(client: &Client, repository: &str, version: &str, status: Status) {
    let call = client.update_package_versions_status().domain("acme").repository(repository);
    let call = call.format(PackageFormat::Generic).namespace("tools").package("kit").versions(version);
    let answer = call.target_status(status).send().await.unwrap();
    assert!(answer.failed_versions().unwrap().is_empty(), "{answer:?}");
}

#[tokio::test]
async fn versions_are_copied_with_their_content_and_where_they_came_from() {
    let client = acme(&["dev", "prod"]).await;
    for version in ["1", "2"] {
        publish_kit(&client, "dev", version, "a.txt", version, false).await;
    }
    let answer = copy(&client).versions("1").versions("2").send().await.unwrap();
    assert_eq!(copied(&answer), ["1", "2"]);
    assert!(failed(&answer).is_empty());
    assert_eq!(answer.successful_versions().unwrap()["1"].status(), Some(&Status::Published));
    assert_eq!(revision(&client, "prod", "1").await, revision(&client, "dev", "1").await);
    let describe = client.describe_package_version().domain("acme").repository("prod").format(PackageFormat::Generic);
    let told = describe.namespace("tools").package("kit").package_version("1").send().await.unwrap();
    let origin = told.package_version.unwrap().origin.unwrap();
    assert_eq!(origin.domain_entry_point().unwrap().repository_name(), Some("dev"));
}

#[tokio::test]
async fn identical_versions_are_in_neither_map() {
    let client = acme(&["dev", "prod"]).await;
    for repository in ["dev", "prod"] {
        publish_kit(&client, repository, "1", "a.txt", "same", false).await;
    }
    publish_kit(&client, "dev", "2", "a.txt", "new", false).await;
    let answer = copy(&client).versions("1").versions("2").send().await.unwrap();
    assert_eq!(copied(&answer), ["2"]);
    assert!(failed(&answer).is_empty());
    let again = copy(&client).versions("1").versions("2").send().await.unwrap();
    assert!(copied(&again).is_empty() && failed(&again).is_empty());
}

#[tokio::test]
async fn different_versions_are_left_alone_unless_overwriting_is_allowed() {
    let client = acme(&["dev", "prod"]).await;
    publish_kit(&client, "dev", "1", "a.txt", "dev", false).await;
    publish_kit(&client, "prod", "1", "a.txt", "prod", false).await;
    publish_kit(&client, "dev", "2", "a.txt", "new", false).await;
    let answer = copy(&client).versions("1").versions("2").send().await.unwrap();
    assert!(copied(&answer).is_empty());
    assert_eq!(
        failed(&answer),
        [
            ("1".into(), "ALREADY_EXISTS".into(), "Version 1 already exists".into()),
            ("2".into(), "SKIPPED".into(), "Version 2 was skipped".into()),
        ]
    );
    let answer = copy(&client).versions("1").allow_overwrite(true).send().await.unwrap();
    assert_eq!(copied(&answer), ["1"]);
    assert_eq!(revision(&client, "prod", "1").await, revision(&client, "dev", "1").await);
}

#[tokio::test]
async fn one_version_that_is_not_there_copies_none() {
    let client = acme(&["dev", "prod"]).await;
    publish_kit(&client, "dev", "1", "a.txt", "a", false).await;
    let answer = copy(&client).versions("1").versions("5.6.7").send().await.unwrap();
    assert_eq!(
        failed(&answer),
        [
            ("1".into(), "SKIPPED".into(), "Version 1 was skipped".into()),
            ("5.6.7".into(), "NOT_FOUND".into(), "Could not find version 5.6.7".into()),
        ]
    );
    let list = client.list_packages().domain("acme").repository("prod").send().await.unwrap();
    assert!(list.packages().is_empty());
}

#[tokio::test]
async fn a_revision_pins_what_is_copied() {
    let client = acme(&["dev", "prod"]).await;
    publish_kit(&client, "dev", "1", "a.txt", "a", false).await;
    let current = revision(&client, "dev", "1").await;
    let answer = copy(&client).version_revisions("1", "old=").send().await.unwrap();
    let words = format!("current revision: {current}, expected revision: old=");
    assert_eq!(failed(&answer), [("1".into(), "MISMATCHED_REVISION".into(), words)]);
    let answer = copy(&client).version_revisions("1", current).send().await.unwrap();
    assert_eq!(copied(&answer), ["1"]);
}

#[tokio::test]
async fn either_versions_or_revisions_and_at_least_one() {
    let client = acme(&["dev", "prod"]).await;
    publish_kit(&client, "dev", "1", "a.txt", "a", false).await;
    let none = copy(&client).send().await;
    refused(none).is(400, "ValidationException", "You must specify versions or versionRevisions");
    let both = copy(&client).versions("1").version_revisions("1", "r=").send().await;
    refused(both).is(400, "ValidationException", "You cannot specify both");
    let empty = copy(&client).set_versions(Some(Vec::new())).send().await;
    refused(empty).is(400, "ValidationException", "at least one version");
    let empty = copy(&client).set_version_revisions(Some(HashMap::new())).send().await;
    refused(empty).is(400, "ValidationException", "at least one version");
}

#[tokio::test]
async fn the_status_of_the_source_decides_whether_a_version_can_be_copied() {
    for (status, may) in [(Status::Published, true), (Status::Unlisted, true), (Status::Archived, false)] {
        let client = acme(&["dev", "prod"]).await;
        publish_kit(&client, "dev", "1", "a.txt", "a", false).await;
        set_status(&client, "dev", "1", status.clone()).await;
        let answer = copy(&client).versions("1").send().await.unwrap();
        if may {
            assert_eq!(answer.successful_versions().unwrap()["1"].status(), Some(&status), "{answer:?}");
        } else {
            assert_eq!(failed(&answer)[0].1, "NOT_ALLOWED", "{answer:?}");
        }
    }
    let client = acme(&["dev", "prod"]).await;
    publish_kit(&client, "dev", "1", "a.txt", "a", true).await;
    assert_eq!(failed(&copy(&client).versions("1").send().await.unwrap())[0].1, "NOT_ALLOWED");
}

#[tokio::test]
async fn a_disposed_version_in_the_destination_is_not_brought_back() {
    let client = acme(&["dev", "prod"]).await;
    publish_kit(&client, "dev", "1", "a.txt", "a", false).await;
    copy(&client).versions("1").send().await.unwrap();
    let dispose = client.dispose_package_versions().domain("acme").repository("prod").format(PackageFormat::Generic);
    dispose.namespace("tools").package("kit").versions("1").send().await.unwrap();
    let answer = copy(&client).versions("1").allow_overwrite(true).send().await.unwrap();
    assert_eq!(failed(&answer)[0].1, "NOT_ALLOWED");
}

#[tokio::test]
async fn what_is_named_must_exist_and_differ() {
    let client = acme(&["dev", "prod"]).await;
    let package = copy(&client).versions("1").send().await;
    refused(package).is(404, "ResourceNotFoundException", "Package not found in repository. RepoId: dev");
    let source = copy(&client).source_repository("gone").versions("1").send().await;
    refused(source).is(404, "ResourceNotFoundException", "'gone'");
    let destination = copy(&client).destination_repository("gone").versions("1").send().await;
    refused(destination).is(404, "ResourceNotFoundException", "'gone'");
    let domain = copy(&client).domain("nowhere").versions("1").send().await;
    refused(domain).is(404, "ResourceNotFoundException", "Domain not found");
    let same = copy(&client).destination_repository("dev").versions("1").send().await;
    refused(same).is(400, "ValidationException", "same repository");
}

#[tokio::test]
async fn a_package_that_comes_into_being_by_a_copy_has_the_controls_of_its_source() {
    let client = acme(&["dev", "prod"]).await;
    publish_kit(&client, "dev", "1", "a.txt", "a", false).await;
    copy(&client).versions("1").send().await.unwrap();
    let describe = |repository: &str| {
        let call = client.describe_package().domain("acme").repository(repository).format(PackageFormat::Generic);
        call.namespace("tools").package("kit").send()
    };
    let (source, copied) = (describe("dev").await.unwrap(), describe("prod").await.unwrap());
    assert_eq!(source.package, copied.package);
}
