//! ListPackageVersions, DescribePackageVersion, GetPackageVersionReadme, ListPackageVersionDependencies.

use aws_sdk_codeartifact::types::{
    PackageFormat, PackageVersionOriginType, PackageVersionSortType, PackageVersionStatus,
};
use serde_json::json;

use crate::npm;
use crate::support::{acme, empty, publish_kit, refused};

#[tokio::test]
async fn a_generic_version_is_described() {
    let client = acme(&["dev"]).await;
    publish_kit(&client, "dev", "1.0", "a.txt", "a", true).await;
    let describe = client.describe_package_version().domain("acme").repository("dev").format(PackageFormat::Generic);
    let describe = describe.namespace("tools").package("kit").package_version("1.0");
    let version = describe.send().await.unwrap().package_version.unwrap();
    assert_eq!((version.package_name(), version.display_name()), (Some("kit"), Some("kit")));
    assert_eq!(version.status(), Some(&PackageVersionStatus::Unfinished));
    assert!(version.published_time().is_some());
    let origin = version.origin().unwrap();
    assert_eq!(origin.origin_type(), Some(&PackageVersionOriginType::Internal));
    assert_eq!(origin.domain_entry_point().unwrap().repository_name(), Some("dev"));
}

#[tokio::test]
async fn an_npm_version_tells_what_its_manifest_says() {
    let (emulator, client) = empty();
    client.create_domain().domain("acme").send().await.unwrap();
    client.create_repository().domain("acme").repository("dev").send().await.unwrap();
    let manifest = json!({
        "name": "@acme/ui", "version": "1.4.0", "description": "Buttons", "homepage": "https://acme.test/ui",
        "license": "MIT", "readme": "# UI", "dependencies": { "@acme/icons": "^1.0.0", "left-pad": "1.3.0" },
        "devDependencies": { "vitest": "^3" }, "peerDependencies": { "react": ">=18" },
    });
    npm::publish(&emulator, &client, "dev", "latest", "1", manifest).await;
    let describe = client.describe_package_version().domain("acme").repository("dev").format(PackageFormat::Npm);
    let describe = describe.namespace("acme").package("ui").package_version("1.4.0");
    let version = describe.send().await.unwrap().package_version.unwrap();
    assert_eq!(version.display_name(), Some("@acme/ui"));
    assert_eq!((version.summary(), version.home_page()), (Some("Buttons"), Some("https://acme.test/ui")));
    assert_eq!(version.licenses()[0].name(), Some("MIT"));

    let list = client.list_package_version_dependencies().domain("acme").repository("dev").format(PackageFormat::Npm);
    let answer = list.namespace("acme").package("ui").package_version("1.4.0").send().await.unwrap();
    assert_eq!(answer.version_revision(), version.revision());
    let mut told: Vec<_> = answer
        .dependencies()
        .iter()
        .map(|found| {
            (
                found.dependency_type().unwrap(),
                found.namespace(),
                found.package().unwrap(),
                found.version_requirement().unwrap(),
            )
        })
        .collect();
    told.sort_unstable();
    assert_eq!(
        told,
        [
            ("dev", None, "vitest", "^3"),
            ("peer", None, "react", ">=18"),
            ("regular", None, "left-pad", "1.3.0"),
            ("regular", Some("acme"), "icons", "^1.0.0"),
        ]
    );

    let readme = client.get_package_version_readme().domain("acme").repository("dev").format(PackageFormat::Npm);
    let readme = readme.namespace("acme").package("ui").package_version("1.4.0").send().await.unwrap();
    assert_eq!(readme.readme(), Some("# UI"));
    assert_eq!(readme.version_revision(), version.revision());
}

#[tokio::test]
async fn a_version_without_a_readme_is_answered_in_aws_words() {
    let client = acme(&["dev"]).await;
    publish_kit(&client, "dev", "1.0", "a.txt", "a", false).await;
    let readme = client.get_package_version_readme().domain("acme").repository("dev").format(PackageFormat::Generic);
    let result = readme.namespace("tools").package("kit").package_version("1.0").send().await;
    refused(result).is(404, "ResourceNotFoundException", "The readme file of this package version is not found");
}

#[tokio::test]
async fn versions_are_filtered_by_status_and_origin() {
    let client = acme(&["dev"]).await;
    publish_kit(&client, "dev", "1", "a.txt", "a", false).await;
    publish_kit(&client, "dev", "2", "a.txt", "a", true).await;
    let list = || {
        let call = client.list_package_versions().domain("acme").repository("dev").format(PackageFormat::Generic);
        call.namespace("tools").package("kit")
    };
    for (call, expected) in [
        (list(), &["1", "2"][..]),
        (list().status(PackageVersionStatus::Unfinished), &["2"]),
        (list().status(PackageVersionStatus::Deleted), &[]),
        (list().origin_type(PackageVersionOriginType::Internal), &["1", "2"]),
        (list().origin_type(PackageVersionOriginType::External), &[]),
    ] {
        let told = format!("{call:?}");
        let answer = call.send().await.unwrap();
        let versions: Vec<_> = answer.versions().iter().map(|version| version.version()).collect();
        assert_eq!(versions, expected, "{told}");
        assert_eq!(answer.default_display_version(), Some("1"), "{told}");
    }
    let call = list().status(PackageVersionStatus::from("Lost"));
    refused(call.send().await).is(400, "ValidationException", "'Lost' at 'status'");
    let call = list().sort_by(PackageVersionSortType::from("NAME"));
    refused(call.send().await).is(400, "ValidationException", "'NAME' at 'sortBy'");
    let call = list().origin_type(PackageVersionOriginType::from("HERE"));
    refused(call.send().await).is(400, "ValidationException", "'HERE' at 'originType'");
}

#[tokio::test]
async fn the_newest_versions_come_first_when_asked_for() {
    let client = acme(&["dev"]).await;
    for version in ["b", "c", "a"] {
        publish_kit(&client, "dev", version, "a.txt", "a", false).await;
    }
    let list = client.list_package_versions().domain("acme").repository("dev").format(PackageFormat::Generic);
    let list = list.namespace("tools").package("kit").sort_by(PackageVersionSortType::PublishedTime);
    let pages = list.into_paginator().page_size(1).items().send();
    let versions: Vec<_> = pages.collect::<Result<Vec<_>, _>>().await.unwrap();
    let versions: Vec<_> = versions.iter().map(|version| version.version()).collect();
    assert_eq!(versions, ["a", "c", "b"]);
}

#[tokio::test]
async fn npm_shows_the_version_that_latest_names() {
    let (emulator, client) = empty();
    client.create_domain().domain("acme").send().await.unwrap();
    client.create_repository().domain("acme").repository("dev").send().await.unwrap();
    npm::publish(&emulator, &client, "dev", "latest", "1", json!({ "name": "kit", "version": "1.0.0" })).await;
    npm::publish(&emulator, &client, "dev", "next", "2", json!({ "name": "kit", "version": "2.0.0" })).await;
    let list = client.list_package_versions().domain("acme").repository("dev").format(PackageFormat::Npm);
    let answer = list.package("kit").send().await.unwrap();
    assert_eq!(answer.default_display_version(), Some("1.0.0"));
    assert_eq!(answer.versions().len(), 2);
}

#[tokio::test]
async fn versions_upstream_are_not_seen() {
    let client = acme(&["store"]).await;
    publish_kit(&client, "store", "1", "a.txt", "a", false).await;
    let store = aws_sdk_codeartifact::types::UpstreamRepository::builder().repository_name("store").build().unwrap();
    client.create_repository().domain("acme").repository("dev").upstreams(store).send().await.unwrap();
    let list = client.list_package_versions().domain("acme").repository("dev").format(PackageFormat::Generic);
    let result = list.namespace("tools").package("kit").send().await;
    refused(result).is(404, "ResourceNotFoundException", "Package not found in repository. RepoId: dev");
}

#[tokio::test]
async fn a_version_that_does_not_exist_is_not_found_by_any_operation() {
    let client = acme(&["dev"]).await;
    publish_kit(&client, "dev", "1", "a.txt", "a", false).await;
    let gone = "Package version not found";
    macro_rules! asks {
        ($operation:ident) => {{
            let call = client.$operation().domain("acme").repository("dev").format(PackageFormat::Generic);
            let call = call.namespace("tools").package("kit").package_version("9");
            refused(call.send().await).is(404, "ResourceNotFoundException", gone);
        }};
    }
    asks!(describe_package_version);
    asks!(get_package_version_readme);
    asks!(list_package_version_dependencies);
    asks!(list_package_version_assets);
}
