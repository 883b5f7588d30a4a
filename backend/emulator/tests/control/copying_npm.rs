//! CopyPackageVersions of npm packages: dist-tags, and versions that stand upstream.

use aws_sdk_codeartifact::Client;
use aws_sdk_codeartifact::operation::copy_package_versions::builders::CopyPackageVersionsFluentBuilder;
use aws_sdk_codeartifact::types::{
    AllowPublish, AllowUpstream, PackageFormat, PackageOriginRestrictions, UpstreamRepository,
};
use codeartifact_emulator::Emulator;
use serde_json::json;

use crate::copying::{copied, failed};
use crate::npm;
use crate::support::{empty, refused};

/// `dev` has the upstream `store`; the npm package `kit` stands where each test puts it.
async fn npm_domain() -> (Emulator, Client) {
    let (emulator, client) = empty();
    client.create_domain().domain("acme").send().await.unwrap();
    for repository in ["store", "prod"] {
        client.create_repository().domain("acme").repository(repository).send().await.unwrap();
    }
    let store = UpstreamRepository::builder().repository_name("store").build().unwrap();
    client.create_repository().domain("acme").repository("dev").upstreams(store).send().await.unwrap();
    (emulator, client)
}

fn copy_npm(client: &Client) -> CopyPackageVersionsFluentBuilder {
    let call = client.copy_package_versions().domain("acme").source_repository("dev").destination_repository("prod");
    call.format(PackageFormat::Npm).package("kit")
}

async fn latest(client: &Client, repository: &str) -> Option<String> {
    let list = client.list_package_versions().domain("acme").repository(repository).format(PackageFormat::Npm);
    list.package("kit").send().await.unwrap().default_display_version
}

#[tokio::test]
async fn upstreams_of_the_source_are_searched_only_when_asked_for() {
    let (emulator, client) = npm_domain().await;
    npm::publish(&emulator, &client, "store", "latest", "1", json!({ "name": "kit", "version": "1.0.0" })).await;
    let alone = copy_npm(&client).versions("1.0.0").send().await;
    refused(alone).is(404, "ResourceNotFoundException", "Package not found in repository. RepoId: dev");
    let answer = copy_npm(&client).versions("1.0.0").include_from_upstream(true).send().await.unwrap();
    assert_eq!(copied(&answer), ["1.0.0"]);
    let kept = client.list_packages().domain("acme").repository("dev").send().await.unwrap();
    assert!(kept.packages().is_empty());
}

#[tokio::test]
async fn a_package_that_blocks_upstreams_hides_them_from_a_copy_too() {
    let (emulator, client) = npm_domain().await;
    npm::publish(&emulator, &client, "store", "latest", "1", json!({ "name": "kit", "version": "1.0.0" })).await;
    let closed = PackageOriginRestrictions::builder().publish(AllowPublish::Allow).upstream(AllowUpstream::Block);
    let put = client.put_package_origin_configuration().domain("acme").repository("dev").format(PackageFormat::Npm);
    put.package("kit").restrictions(closed.build().unwrap()).send().await.unwrap();
    let answer = copy_npm(&client).versions("1.0.0").include_from_upstream(true).send().await.unwrap();
    assert_eq!(failed(&answer)[0].1, "NOT_FOUND");
}

#[tokio::test]
async fn npm_dist_tags_come_along_and_overwrite() {
    let (emulator, client) = npm_domain().await;
    npm::publish(&emulator, &client, "prod", "latest", "0", json!({ "name": "kit", "version": "0.9.0" })).await;
    npm::publish(&emulator, &client, "dev", "latest", "1", json!({ "name": "kit", "version": "1.0.0" })).await;
    npm::publish(&emulator, &client, "dev", "next", "2", json!({ "name": "kit", "version": "2.0.0" })).await;
    assert_eq!(latest(&client, "prod").await.as_deref(), Some("0.9.0"));
    copy_npm(&client).versions("2.0.0").send().await.unwrap();
    assert_eq!(latest(&client, "prod").await.as_deref(), Some("0.9.0"));
    copy_npm(&client).versions("1.0.0").send().await.unwrap();
    assert_eq!(latest(&client, "prod").await.as_deref(), Some("1.0.0"));
}
