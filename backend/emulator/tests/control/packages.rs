//! ListPackages, DescribePackage, DeletePackage, PutPackageOriginConfiguration.

use aws_sdk_codeartifact::Client;
use aws_sdk_codeartifact::types::{AllowPublish, AllowUpstream, PackageFormat, PackageOriginRestrictions};

use crate::support::{acme, publish_kit, refused};

fn restrictions(publish: AllowPublish, upstream: AllowUpstream) -> PackageOriginRestrictions {
    PackageOriginRestrictions::builder().publish(publish).upstream(upstream).build().unwrap()
}

/// Makes a package without versions.
async fn make(client: &Client, format: PackageFormat, namespace: Option<&str>, name: &str, publish: AllowPublish) {
    let call = client.put_package_origin_configuration().domain("acme").repository("dev").format(format).package(name);
    let call = call.set_namespace(namespace.map(str::to_owned));
    call.restrictions(restrictions(publish, AllowUpstream::Allow)).send().await.unwrap();
}

async fn stocked() -> Client {
    let client = acme(&["dev", "empty"]).await;
    make(&client, PackageFormat::Npm, Some("acme"), "ui", AllowPublish::Allow).await;
    make(&client, PackageFormat::Npm, Some("acme-labs"), "ui-lab", AllowPublish::Allow).await;
    make(&client, PackageFormat::Npm, None, "ui-kit", AllowPublish::Block).await;
    make(&client, PackageFormat::Pypi, None, "ui-py", AllowPublish::Block).await;
    make(&client, PackageFormat::Maven, Some("com.acme"), "ui", AllowPublish::Allow).await;
    client
}

#[tokio::test]
async fn filters_combine() {
    let client = stocked().await;
    let list = || client.list_packages().domain("acme").repository("dev");
    let cases = [
        (list(), &["ui", "ui", "ui-lab", "ui-kit", "ui-py"][..]),
        (list().format(PackageFormat::Npm), &["ui", "ui-lab", "ui-kit"]),
        (list().format(PackageFormat::Npm).namespace("acme"), &["ui", "ui-lab"]),
        (list().format(PackageFormat::Npm).namespace("acme").package_prefix("ui-"), &["ui-lab"]),
        (list().namespace("com").package_prefix("u"), &["ui"]),
        (list().package_prefix("ui-"), &["ui-lab", "ui-kit", "ui-py"]),
        (list().publish(AllowPublish::Block), &["ui-kit", "ui-py"]),
        (list().upstream(AllowUpstream::Block), &[]),
        (list().format(PackageFormat::Cargo), &[]),
    ];
    for (call, expected) in cases {
        let told = format!("{call:?}");
        let answer = call.send().await.unwrap();
        let mut names: Vec<_> = answer.packages().iter().filter_map(|package| package.package()).collect();
        let mut expected = expected.to_vec();
        names.sort_unstable();
        expected.sort_unstable();
        assert_eq!(names, expected, "{told}");
    }
}

#[tokio::test]
async fn a_namespace_cannot_be_the_only_filter() {
    let client = stocked().await;
    let result = client.list_packages().domain("acme").repository("dev").namespace("acme").send().await;
    refused(result).is(400, "ValidationException", "namespace cannot be the only filter");
}

#[tokio::test]
async fn a_list_shows_this_repository_alone() {
    let client = stocked().await;
    let answer = client.list_packages().domain("acme").repository("empty").send().await.unwrap();
    assert!(answer.packages().is_empty());
    let gone = client.list_packages().domain("acme").repository("gone").send().await;
    refused(gone).is(404, "ResourceNotFoundException", "gone");
}

#[tokio::test]
async fn a_package_is_described_with_its_origin_configuration() {
    let client = stocked().await;
    let describe = client.describe_package().domain("acme").repository("dev").format(PackageFormat::Npm);
    let package = describe.package("ui-kit").send().await.unwrap().package.unwrap();
    assert_eq!((package.name(), package.namespace()), (Some("ui-kit"), None));
    let held = package.origin_configuration().unwrap().restrictions().unwrap();
    assert_eq!(held, &restrictions(AllowPublish::Block, AllowUpstream::Allow));
}

#[tokio::test]
async fn a_package_that_is_not_in_the_repository_is_answered_in_aws_words() {
    let client = acme(&["dev"]).await;
    let describe = client.describe_package().domain("acme").repository("dev").format(PackageFormat::Npm);
    refused(describe.namespace("acme").package("ui").send().await).is(
        404,
        "ResourceNotFoundException",
        "Package not found in repository. RepoId: dev, \
         Package = PackageCoordinate{packageType=npm, namespace=acme, packageName=ui}",
    );
    let delete = client.delete_package().domain("acme").repository("dev").format(PackageFormat::Npm);
    refused(delete.package("lodash").send().await).is(
        404,
        "ResourceNotFoundException",
        "PackageCoordinate{packageType=npm, packageName=lodash}",
    );
}

#[tokio::test]
async fn a_namespace_is_needed_or_forbidden_by_the_format() {
    let client = acme(&["dev"]).await;
    let describe = |format| client.describe_package().domain("acme").repository("dev").format(format).package("p");
    for format in [PackageFormat::Maven, PackageFormat::Swift, PackageFormat::Generic] {
        refused(describe(format).send().await).is(400, "ValidationException", "namespace is required");
    }
    for format in [PackageFormat::Pypi, PackageFormat::Nuget, PackageFormat::Ruby, PackageFormat::Cargo] {
        refused(describe(format).namespace("n").send().await).is(400, "ValidationException", "have no namespace");
    }
    refused(describe(PackageFormat::Npm).namespace("n").send().await).is(404, "ResourceNotFoundException", "Package");
}

#[tokio::test]
async fn a_deleted_package_takes_its_versions_and_its_controls_with_it() {
    let client = acme(&["dev"]).await;
    publish_kit(&client, "dev", "1", "a.txt", "a", false).await;
    let delete = client.delete_package().domain("acme").repository("dev").format(PackageFormat::Generic);
    let deleted = delete.namespace("tools").package("kit").send().await.unwrap().deleted_package.unwrap();
    assert_eq!((deleted.package(), deleted.namespace()), (Some("kit"), Some("tools")));
    let list = client.list_packages().domain("acme").repository("dev").send().await.unwrap();
    assert!(list.packages().is_empty());
    publish_kit(&client, "dev", "1", "a.txt", "other bytes", false).await;
}

#[tokio::test]
async fn origin_controls_are_replaced_together() {
    let client = stocked().await;
    let put = client.put_package_origin_configuration().domain("acme").repository("dev").format(PackageFormat::Npm);
    let wanted = restrictions(AllowPublish::Allow, AllowUpstream::Block);
    let answer = put.package("ui-kit").restrictions(wanted.clone()).send().await.unwrap();
    assert_eq!(answer.origin_configuration().unwrap().restrictions(), Some(&wanted));
    let put = client.put_package_origin_configuration().domain("acme").repository("dev").format(PackageFormat::Npm);
    let unknown = restrictions(AllowPublish::from("MAYBE"), AllowUpstream::Block);
    let result = put.package("ui-kit").restrictions(unknown).send().await;
    refused(result).is(400, "ValidationException", "'MAYBE' at 'restrictions.publish'");
}

#[tokio::test]
async fn origin_controls_need_a_repository_and_not_a_package() {
    let client = acme(&["dev"]).await;
    let put = |repository: &str| {
        let call = client.put_package_origin_configuration().domain("acme").repository(repository);
        let call = call.format(PackageFormat::Npm).package("new");
        call.restrictions(restrictions(AllowPublish::Allow, AllowUpstream::Allow)).send()
    };
    refused(put("gone").await).is(404, "ResourceNotFoundException", "Repository not found");
    put("dev").await.unwrap();
    let versions = client.list_package_versions().domain("acme").repository("dev").format(PackageFormat::Npm);
    let answer = versions.package("new").send().await.unwrap();
    assert!(answer.versions().is_empty());
    assert_eq!(answer.default_display_version(), None);
}
