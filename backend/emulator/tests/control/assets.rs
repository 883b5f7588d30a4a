//! ListPackageVersionAssets, GetPackageVersionAsset.

use aws_sdk_codeartifact::Client;
use aws_sdk_codeartifact::operation::get_package_version_asset::builders::GetPackageVersionAssetFluentBuilder;
use aws_sdk_codeartifact::types::{PackageFormat, PackageVersionStatus};

use crate::support::{acme, publish_kit, refused, sha256};

fn get(client: &Client, asset: &str) -> GetPackageVersionAssetFluentBuilder {
    let call = client.get_package_version_asset().domain("acme").repository("dev").format(PackageFormat::Generic);
    call.namespace("tools").package("kit").package_version("1").asset(asset)
}

async fn list(client: &Client) -> Vec<String> {
    let call = client.list_package_version_assets().domain("acme").repository("dev").format(PackageFormat::Generic);
    let answer = call.namespace("tools").package("kit").package_version("1").send().await.unwrap();
    answer.assets().iter().map(|asset| asset.name().to_owned()).collect()
}

#[tokio::test]
async fn an_asset_comes_with_its_name_version_and_revision() {
    let client = acme(&["dev"]).await;
    publish_kit(&client, "dev", "1", "ü 100.txt", "content", false).await;
    assert_eq!(list(&client).await, ["ü 100.txt"]);
    let answer = get(&client, "ü 100.txt").send().await.unwrap();
    assert_eq!(answer.asset_name(), Some("%C3%BC 100.txt"));
    assert_eq!(answer.package_version(), Some("1"));
    let revision = answer.package_version_revision().unwrap().to_owned();
    assert_eq!(answer.asset.collect().await.unwrap().to_vec(), b"content");
    get(&client, "ü 100.txt").package_version_revision(revision).send().await.unwrap();
}

#[tokio::test]
async fn assets_are_listed_with_size_and_hashes() {
    let client = acme(&["dev"]).await;
    publish_kit(&client, "dev", "1", "b.txt", "bb", true).await;
    publish_kit(&client, "dev", "1", "a.txt", "a", false).await;
    let call = client.list_package_version_assets().domain("acme").repository("dev").format(PackageFormat::Generic);
    let answer = call.namespace("tools").package("kit").package_version("1").send().await.unwrap();
    let told: Vec<_> = answer.assets().iter().map(|asset| (asset.name(), asset.size())).collect();
    assert_eq!(told, [("a.txt", Some(1)), ("b.txt", Some(2))]);
    let hashes = answer.assets()[0].hashes().unwrap();
    assert_eq!(hashes.len(), 4);
    assert_eq!(hashes[&aws_sdk_codeartifact::types::HashAlgorithm::Sha256], sha256("a"));
}

#[tokio::test]
async fn a_stale_revision_is_a_conflict() {
    let client = acme(&["dev"]).await;
    publish_kit(&client, "dev", "1", "a.txt", "a", false).await;
    let result = get(&client, "a.txt").package_version_revision("stale=").send().await;
    refused(result).is(409, "ConflictException", "current revision");
}

#[tokio::test]
async fn an_asset_that_does_not_exist_is_not_found() {
    let client = acme(&["dev"]).await;
    publish_kit(&client, "dev", "1", "a.txt", "a", false).await;
    refused(get(&client, "b.txt").send().await).is(404, "ResourceNotFoundException", "b.txt");
}

#[tokio::test]
async fn unlisted_assets_download_archived_ones_do_not_and_disposed_ones_are_gone() {
    let client = acme(&["dev"]).await;
    publish_kit(&client, "dev", "1", "a.txt", "a", false).await;
    let set = |status| {
        let call = client.update_package_versions_status().domain("acme").repository("dev");
        let call = call.format(PackageFormat::Generic).namespace("tools").package("kit").versions("1");
        call.target_status(status).send()
    };
    set(PackageVersionStatus::Unlisted).await.unwrap();
    get(&client, "a.txt").send().await.unwrap();
    set(PackageVersionStatus::Archived).await.unwrap();
    refused(get(&client, "a.txt").send().await).is(409, "ConflictException", "Archived");
    assert_eq!(list(&client).await, ["a.txt"]);
    let dispose = client.dispose_package_versions().domain("acme").repository("dev").format(PackageFormat::Generic);
    dispose.namespace("tools").package("kit").versions("1").send().await.unwrap();
    refused(get(&client, "a.txt").send().await).is(404, "ResourceNotFoundException", "Asset not found");
    assert!(list(&client).await.is_empty());
    let domain = client.describe_domain().domain("acme").send().await.unwrap();
    assert_eq!(domain.domain().unwrap().asset_size_bytes(), 0);
}
