//! UpdatePackageVersionsStatus, DisposePackageVersions, DeletePackageVersions: transitions, and all or nothing.

use std::collections::HashMap;

use aws_sdk_codeartifact::Client;
use aws_sdk_codeartifact::types::{PackageFormat, PackageVersionError, PackageVersionStatus as Status};

use crate::support::{acme, publish_kit, refused};

macro_rules! kit {
    ($client:expr, $operation:ident) => {
        $client
            .$operation()
            .domain("acme")
            .repository("dev")
            .format(PackageFormat::Generic)
            .namespace("tools")
            .package("kit")
    };
}

/// Failed versions: code and message by version, in order.
fn failures(failed: Option<&HashMap<String, PackageVersionError>>) -> Vec<(String, String, String)> {
    let mut told: Vec<_> = failed
        .into_iter()
        .flatten()
        .map(|(version, error)| {
            let code = error.error_code().unwrap().as_str().to_owned();
            (version.clone(), code, error.error_message().unwrap().to_owned())
        })
        .collect();
    told.sort();
    told
}

/// The version `1` with this status.
async fn with_status(status: &Status) -> Client {
    let client = acme(&["dev"]).await;
    publish_kit(&client, "dev", "1", "a.txt", "a", *status == Status::Unfinished).await;
    match status {
        Status::Unlisted | Status::Archived => {
            kit!(client, update_package_versions_status)
                .versions("1")
                .target_status(status.clone())
                .send()
                .await
                .unwrap();
        }
        Status::Disposed => {
            kit!(client, dispose_package_versions).versions("1").send().await.unwrap();
        }
        _ => {}
    }
    client
}

const STORED: [Status; 5] =
    [Status::Unfinished, Status::Published, Status::Unlisted, Status::Archived, Status::Disposed];

#[tokio::test]
async fn statuses_follow_each_other_as_the_user_guide_says() {
    let targets = [Status::Published, Status::Unlisted, Status::Archived];
    // Rows are the status before, columns the targets.
    let allowed =
        [[true, true, false], [true, true, true], [true, true, true], [true, true, true], [false, false, false]];
    for (from, row) in STORED.iter().zip(allowed) {
        for (target, allowed) in targets.iter().zip(row) {
            let client = with_status(from).await;
            let call = kit!(client, update_package_versions_status).versions("1").target_status(target.clone());
            let answer = call.send().await.unwrap();
            let told = format!("{from} to {target}: {answer:?}");
            if allowed {
                let done = &answer.successful_versions().unwrap()["1"];
                assert_eq!(done.status(), Some(target), "{told}");
            } else {
                assert_eq!(failures(answer.failed_versions())[0].1, "NOT_ALLOWED", "{told}");
            }
        }
    }
}

#[tokio::test]
async fn every_version_can_be_disposed_of_and_deleted() {
    for from in &STORED {
        let client = with_status(from).await;
        let disposed = kit!(client, dispose_package_versions).versions("1").send().await.unwrap();
        assert_eq!(disposed.successful_versions().unwrap()["1"].status(), Some(&Status::Disposed), "{from}");
        let deleted = kit!(client, delete_package_versions).versions("1").send().await.unwrap();
        assert_eq!(deleted.successful_versions().unwrap()["1"].status(), Some(&Status::Deleted), "{from}");
        let listed = kit!(client, list_package_versions).send().await.unwrap();
        assert!(listed.versions().is_empty(), "{from}");
    }
}

#[tokio::test]
async fn targets_that_only_other_operations_reach_are_refused() {
    let client = with_status(&Status::Published).await;
    for target in [Status::Unfinished, Status::Disposed, Status::Deleted, Status::from("Gone")] {
        let call = kit!(client, update_package_versions_status).versions("1").target_status(target);
        refused(call.send().await).is(400, "ValidationException", "targetStatus");
    }
}

#[tokio::test]
async fn a_status_does_not_change_the_revision_and_disposing_keeps_it() {
    let client = with_status(&Status::Published).await;
    let before = kit!(client, describe_package_version).package_version("1").send().await.unwrap();
    let before = before.package_version.unwrap().revision.unwrap();
    let call = kit!(client, update_package_versions_status).versions("1").target_status(Status::Archived);
    let archived = call.send().await.unwrap();
    assert_eq!(archived.successful_versions().unwrap()["1"].revision(), Some(before.as_str()));
    let disposed = kit!(client, dispose_package_versions).versions("1").send().await.unwrap();
    assert_eq!(disposed.successful_versions().unwrap()["1"].revision(), Some(before.as_str()));
}

#[tokio::test]
async fn one_version_that_cannot_be_done_skips_all_others() {
    let client = acme(&["dev"]).await;
    for version in ["4.0.0", "4.1.0"] {
        publish_kit(&client, "dev", version, "a.txt", "a", false).await;
    }
    let call = kit!(client, update_package_versions_status).versions("4.0.0").versions("5.0.0");
    let answer = call.target_status(Status::Archived).send().await.unwrap();
    assert!(answer.successful_versions().unwrap().is_empty());
    assert_eq!(
        failures(answer.failed_versions()),
        [
            ("4.0.0".into(), "SKIPPED".into(), "version 4.0.0 is skipped".into()),
            ("5.0.0".into(), "NOT_FOUND".into(), "Could not find version 5.0.0".into()),
        ]
    );
    let disposed = kit!(client, dispose_package_versions).versions("4.0.0").versions("5.0.0").send().await.unwrap();
    assert_eq!(failures(disposed.failed_versions()).len(), 2);
    let deleted = kit!(client, delete_package_versions).versions("4.0.0").versions("5.0.0").send().await.unwrap();
    assert_eq!(failures(deleted.failed_versions()).len(), 2);
    let listed = kit!(client, list_package_versions).status(Status::Published).send().await.unwrap();
    assert_eq!(listed.versions().len(), 2);
}

#[tokio::test]
async fn an_expected_status_is_compared_in_aws_words() {
    let client = with_status(&Status::Published).await;
    let words = [(
        "1".to_owned(),
        "MISMATCHED_STATUS".to_owned(),
        "current status: Published, expected status: Unlisted".to_owned(),
    )];
    let update = kit!(client, update_package_versions_status).versions("1").target_status(Status::Archived);
    let answer = update.expected_status(Status::Unlisted).send().await.unwrap();
    assert_eq!(failures(answer.failed_versions()), words);
    let dispose = kit!(client, dispose_package_versions).versions("1").expected_status(Status::Unlisted);
    assert_eq!(failures(dispose.send().await.unwrap().failed_versions()), words);
    let delete = kit!(client, delete_package_versions).versions("1").expected_status(Status::Unlisted);
    assert_eq!(failures(delete.send().await.unwrap().failed_versions()), words);
    let delete = kit!(client, delete_package_versions).versions("1").expected_status(Status::Published);
    assert!(failures(delete.send().await.unwrap().failed_versions()).is_empty());
}

#[tokio::test]
async fn expected_revisions_are_compared_and_belong_to_the_versions_of_the_call() {
    let client = with_status(&Status::Published).await;
    let described = kit!(client, describe_package_version).package_version("1").send().await.unwrap();
    let current = described.package_version.unwrap().revision.unwrap();
    let update = || kit!(client, update_package_versions_status).versions("1").target_status(Status::Unlisted);
    let answer = update().version_revisions("1", "old=").send().await.unwrap();
    let words = format!("current revision: {current}, expected revision: old=");
    assert_eq!(failures(answer.failed_versions()), [("1".into(), "MISMATCHED_REVISION".into(), words)]);
    refused(update().version_revisions("2", "old=").send().await).is(400, "ValidationException", "versionRevisions");
    let answer = update().version_revisions("1", &current).send().await.unwrap();
    assert_eq!(answer.successful_versions().unwrap()["1"].status(), Some(&Status::Unlisted));
}

#[tokio::test]
async fn no_version_is_deleted_when_that_is_expected() {
    let client = with_status(&Status::Published).await;
    let words = "current status: Published, expected status: Deleted".to_owned();
    let expected = [("1".to_owned(), "MISMATCHED_STATUS".to_owned(), words)];
    let update = kit!(client, update_package_versions_status).versions("1").target_status(Status::Archived);
    let answer = update.expected_status(Status::Deleted).send().await.unwrap();
    assert_eq!(failures(answer.failed_versions()), expected);
    let dispose = kit!(client, dispose_package_versions).versions("1").expected_status(Status::Deleted);
    assert_eq!(failures(dispose.send().await.unwrap().failed_versions()), expected);
    let delete = kit!(client, delete_package_versions).versions("1").expected_status(Status::Deleted);
    assert_eq!(failures(delete.send().await.unwrap().failed_versions()), expected);
    let unknown = kit!(client, delete_package_versions).versions("1").expected_status(Status::from("Gone"));
    refused(unknown.send().await).is(400, "ValidationException", "expectedStatus");
}

#[tokio::test]
async fn a_call_takes_100_versions_and_a_version_named_twice_counts_once() {
    let client = with_status(&Status::Published).await;
    let call = |count: usize| {
        let versions = (0..count).map(|number| format!("1.{number}")).collect();
        kit!(client, dispose_package_versions).set_versions(Some(versions)).send()
    };
    assert_eq!(failures(call(100).await.unwrap().failed_versions()).len(), 100);
    refused(call(101).await).is(400, "ValidationException", "less than or equal to 100");
    let twice = kit!(client, dispose_package_versions).versions("1").versions("1").send().await.unwrap();
    assert_eq!(twice.successful_versions().unwrap().len(), 1);
}

#[tokio::test]
async fn batches_need_a_package_that_exists() {
    let client = acme(&["dev"]).await;
    let gone = "Package not found in repository";
    let update = kit!(client, update_package_versions_status).versions("1").target_status(Status::Published);
    refused(update.send().await).is(404, "ResourceNotFoundException", gone);
    let dispose = kit!(client, dispose_package_versions).versions("1");
    refused(dispose.send().await).is(404, "ResourceNotFoundException", gone);
    let delete = kit!(client, delete_package_versions).versions("1");
    refused(delete.send().await).is(404, "ResourceNotFoundException", gone);
}

#[tokio::test]
async fn a_deleted_version_can_be_published_again_with_other_bytes() {
    let client = with_status(&Status::Published).await;
    kit!(client, delete_package_versions).versions("1").send().await.unwrap();
    publish_kit(&client, "dev", "1", "a.txt", "other", false).await;
}
