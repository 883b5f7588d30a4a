//! PublishPackageVersion.

use aws_sdk_codeartifact::Client;
use aws_sdk_codeartifact::error::SdkError;
use aws_sdk_codeartifact::operation::publish_package_version::{
    PublishPackageVersionError, PublishPackageVersionOutput,
};
use aws_sdk_codeartifact::primitives::ByteStream;
use aws_sdk_codeartifact::types::{
    AllowPublish, AllowUpstream, HashAlgorithm, PackageFormat, PackageOriginRestrictions, PackageVersionStatus,
};

use crate::support::{acme, publish_kit, refused, sha256};

type Published = Result<PublishPackageVersionOutput, SdkError<PublishPackageVersionError>>;

async fn publish(client: &Client, version: &str, asset: &str, bytes: &str, unfinished: Option<bool>) -> Published {
    let call = client.publish_package_version().domain("acme").repository("dev").format(PackageFormat::Generic);
    let call = call.namespace("tools").package("kit").package_version(version).asset_name(asset);
    let call = call.asset_content(ByteStream::from(bytes.as_bytes().to_vec())).asset_sha256(sha256(bytes));
    call.set_unfinished(unfinished).send().await
}

#[tokio::test]
async fn a_published_asset_is_answered_with_its_digests() {
    let client = acme(&["dev"]).await;
    let answer = publish(&client, "1.0", "a.txt", "abc", None).await.unwrap();
    assert_eq!(answer.format(), Some(&PackageFormat::Generic));
    assert_eq!((answer.namespace(), answer.package(), answer.version()), (Some("tools"), Some("kit"), Some("1.0")));
    assert_eq!(answer.status(), Some(&PackageVersionStatus::Published));
    let revision = answer.version_revision().unwrap();
    assert!(revision.len() == 44 && revision.ends_with('='), "{revision}");
    let asset = answer.asset().unwrap();
    assert_eq!((asset.name(), asset.size()), ("a.txt", Some(3)));
    let hashes = asset.hashes().unwrap();
    // The published test vectors of each algorithm for "abc".
    assert_eq!(hashes[&HashAlgorithm::Md5], "900150983cd24fb0d6963f7d28e17f72");
    assert_eq!(hashes[&HashAlgorithm::Sha1], "a9993e364706816aba3e25717850c26c9cd0d89d");
    assert_eq!(hashes[&HashAlgorithm::Sha256], "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert!(hashes[&HashAlgorithm::Sha512].starts_with("ddaf35a193617abacc417349ae204131"));
}

#[tokio::test]
async fn an_unfinished_version_takes_more_assets_until_one_finishes_it() {
    let client = acme(&["dev"]).await;
    let first = publish(&client, "1", "a.txt", "a", Some(true)).await.unwrap();
    assert_eq!(first.status(), Some(&PackageVersionStatus::Unfinished));
    let second = publish(&client, "1", "b.txt", "b", Some(false)).await.unwrap();
    assert_eq!(second.status(), Some(&PackageVersionStatus::Published));
    assert_ne!(first.version_revision(), second.version_revision());
    let late = publish(&client, "1", "c.txt", "c", Some(true)).await;
    refused(late).is(409, "ConflictException", "c.txt");
}

#[tokio::test]
async fn the_same_asset_again_is_fine_and_changes_nothing() {
    let client = acme(&["dev"]).await;
    let first = publish(&client, "1", "a.txt", "a", None).await.unwrap();
    let again = publish(&client, "1", "a.txt", "a", Some(true)).await.unwrap();
    assert_eq!(again.status(), Some(&PackageVersionStatus::Published));
    assert_eq!(first.version_revision(), again.version_revision());
}

#[tokio::test]
async fn other_bytes_under_the_same_name_are_a_conflict() {
    let client = acme(&["dev"]).await;
    publish(&client, "1", "a.txt", "a", Some(true)).await.unwrap();
    refused(publish(&client, "1", "a.txt", "b", None).await).is(409, "ConflictException", "a.txt");
}

#[tokio::test]
async fn an_archived_or_disposed_version_still_occupies_its_name() {
    let client = acme(&["dev"]).await;
    publish(&client, "1", "a.txt", "a", None).await.unwrap();
    let update = client.update_package_versions_status().domain("acme").repository("dev");
    let update = update.format(PackageFormat::Generic).namespace("tools").package("kit").versions("1");
    update.target_status(PackageVersionStatus::Archived).send().await.unwrap();
    refused(publish(&client, "1", "a.txt", "a", None).await).is(409, "ConflictException", "Archived");
    let dispose = client.dispose_package_versions().domain("acme").repository("dev");
    let dispose = dispose.format(PackageFormat::Generic).namespace("tools").package("kit").versions("1");
    dispose.send().await.unwrap();
    refused(publish(&client, "1", "a.txt", "a", None).await).is(409, "ConflictException", "Disposed");
}

#[tokio::test]
async fn only_generic_packages_are_published_this_way() {
    let client = acme(&["dev"]).await;
    let call = client.publish_package_version().domain("acme").repository("dev").format(PackageFormat::Npm);
    let call = call.package("kit").package_version("1").asset_name("package.tgz");
    let call = call.asset_content(ByteStream::from_static(b"a")).asset_sha256(sha256("a"));
    refused(call.send().await).is(400, "ValidationException", "generic only");
}

#[tokio::test]
async fn the_first_publish_shuts_upstreams_out() {
    let client = acme(&["dev"]).await;
    publish_kit(&client, "dev", "1", "a.txt", "a", false).await;
    let describe = client.describe_package().domain("acme").repository("dev").format(PackageFormat::Generic);
    let package = describe.namespace("tools").package("kit").send().await.unwrap().package.unwrap();
    let held = package.origin_configuration().unwrap().restrictions().unwrap();
    assert_eq!((held.publish(), held.upstream()), (&AllowPublish::Allow, &AllowUpstream::Block));
}

#[tokio::test]
async fn a_package_that_blocks_publishing_takes_nothing() {
    let client = acme(&["dev"]).await;
    let blocked = PackageOriginRestrictions::builder().publish(AllowPublish::Block).upstream(AllowUpstream::Allow);
    let put = client.put_package_origin_configuration().domain("acme").repository("dev");
    let put =
        put.format(PackageFormat::Generic).namespace("tools").package("kit").restrictions(blocked.build().unwrap());
    put.send().await.unwrap();
    refused(publish(&client, "1", "a.txt", "a", None).await).is(403, "AccessDeniedException", "blocked");
    let list = client.list_package_versions().domain("acme").repository("dev").format(PackageFormat::Generic);
    assert!(list.namespace("tools").package("kit").send().await.unwrap().versions().is_empty());
}

#[tokio::test]
async fn a_version_has_at_most_350_assets_in_ireland() {
    let client = acme(&["dev"]).await;
    for number in 0..350 {
        publish(&client, "1", &format!("a{number}"), "a", Some(true)).await.unwrap();
    }
    refused(publish(&client, "1", "one-more", "a", Some(true)).await).is(402, "ServiceQuotaExceededException", "350");
    publish(&client, "1", "a0", "a", None).await.unwrap();
}

#[tokio::test]
async fn asset_names_follow_the_rule_of_generic_packages() {
    let client = acme(&["dev"]).await;
    for (number, name) in ["a", "ü.txt", "~!@^&()-`_+[]{};,.", "one two", "Ⅷ٣ǅʰ", "..."].into_iter().enumerate() {
        publish(&client, &format!("1.{number}"), name, "a", None).await.unwrap();
    }
    for name in [".", "..", " a", "a ", "a  b", "a/b", "a\\b", "a*b", "a:b", "a#b", "a%b", "½", "e\u{301}"] {
        refused(publish(&client, "2", name, "a", None).await).is(400, "ValidationException", "Asset name");
    }
    refused(publish(&client, "2", "a\u{202e}b", "a", None).await).is(400, "ValidationException", r"\P{C}+");
}

#[tokio::test]
async fn publishing_needs_a_repository_that_exists() {
    let client = acme(&[]).await;
    refused(publish(&client, "1", "a.txt", "a", None).await).is(404, "ResourceNotFoundException", "Repository");
}
