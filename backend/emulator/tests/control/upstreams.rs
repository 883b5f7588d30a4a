//! Which upstreams and external connections a repository may have.

use aws_sdk_codeartifact::Client;
use aws_sdk_codeartifact::error::SdkError;
use aws_sdk_codeartifact::operation::update_repository::{UpdateRepositoryError, UpdateRepositoryOutput};
use aws_sdk_codeartifact::types::{PackageFormat, UpstreamRepository};

use crate::support::{acme, refused};

async fn set(
    client: &Client,
    repository: &str,
    upstreams: &[&str],
) -> Result<UpdateRepositoryOutput, SdkError<UpdateRepositoryError>> {
    let named = upstreams.iter().map(|name| UpstreamRepository::builder().repository_name(*name).build().unwrap());
    client.update_repository().domain("acme").repository(repository).set_upstreams(Some(named.collect())).send().await
}

#[tokio::test]
async fn the_order_of_upstreams_is_kept() {
    let client = acme(&["dev", "re-b", "re-a", "re-c"]).await;
    let updated = set(&client, "dev", &["re-b", "re-c", "re-a"]).await.unwrap().repository.unwrap();
    let order: Vec<_> = updated.upstreams().iter().filter_map(|upstream| upstream.repository_name()).collect();
    assert_eq!(order, ["re-b", "re-c", "re-a"]);
}

#[tokio::test]
async fn ten_direct_upstreams_are_taken_and_eleven_exceed_the_quota() {
    let names: Vec<String> = (0..11).map(|number| format!("up-{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let client = acme(&names).await;
    client.create_repository().domain("acme").repository("dev").send().await.unwrap();
    set(&client, "dev", &names[..10]).await.unwrap();
    refused(set(&client, "dev", &names).await).is(402, "ServiceQuotaExceededException", "10");
}

#[tokio::test]
async fn an_upstream_must_exist_in_the_same_domain() {
    let client = acme(&["dev"]).await;
    client.create_domain().domain("other").send().await.unwrap();
    client.create_repository().domain("other").repository("store").send().await.unwrap();
    refused(set(&client, "dev", &["store"]).await).is(404, "ResourceNotFoundException", "'store' in domain 'acme'");
}

#[tokio::test]
async fn an_upstream_is_listed_once_and_is_not_the_repository_itself() {
    let client = acme(&["dev", "store"]).await;
    refused(set(&client, "dev", &["store", "store"]).await).is(400, "ValidationException", "more than once");
    refused(set(&client, "dev", &["dev"]).await).is(400, "ValidationException", "its own upstream");
}

#[tokio::test]
async fn upstreams_cannot_go_round_in_a_circle() {
    let client = acme(&["re-a", "re-b", "re-c"]).await;
    set(&client, "re-a", &["re-b"]).await.unwrap();
    set(&client, "re-b", &["re-c"]).await.unwrap();
    refused(set(&client, "re-c", &["re-a"]).await).is(400, "ValidationException", "among its own upstreams");
}

#[tokio::test]
async fn a_diamond_of_upstreams_is_no_circle() {
    let client = acme(&["re-a", "re-b", "re-c", "re-d"]).await;
    set(&client, "re-b", &["re-d"]).await.unwrap();
    set(&client, "re-c", &["re-d"]).await.unwrap();
    set(&client, "re-a", &["re-b", "re-c"]).await.unwrap();
}

#[tokio::test]
async fn an_external_connection_is_told_with_its_format() {
    let client = acme(&["store"]).await;
    let associate = client.associate_external_connection().domain("acme").repository("store");
    let made = associate.external_connection("public:maven-central").send().await.unwrap().repository.unwrap();
    let connection = &made.external_connections()[0];
    assert_eq!(connection.external_connection_name(), Some("public:maven-central"));
    assert_eq!(connection.package_format(), Some(&PackageFormat::Maven));
    assert_eq!(connection.status().unwrap().as_str(), "AVAILABLE");
}

#[tokio::test]
async fn a_second_external_connection_is_refused_in_aws_words() {
    let client = acme(&["store"]).await;
    let associate = |name: &str| {
        client.associate_external_connection().domain("acme").repository("store").external_connection(name).send()
    };
    associate("public:npmjs").await.unwrap();
    let words = "ExternalConnections for repositories are currently limited to 1";
    refused(associate("public:pypi").await).is(400, "ValidationException", words);
}

#[tokio::test]
async fn an_external_connection_and_upstreams_exclude_each_other() {
    let client = acme(&["store", "dev"]).await;
    let associate = |repository: &str| {
        let call = client.associate_external_connection().domain("acme").repository(repository);
        call.external_connection("public:npmjs").send()
    };
    associate("store").await.unwrap();
    refused(set(&client, "store", &["dev"]).await).is(400, "ValidationException", "external connection");
    refused(set(&client, "store", &[]).await).is(400, "ValidationException", "external connection");
    set(&client, "dev", &["store"]).await.unwrap();
    refused(associate("dev").await).is(400, "ValidationException", "upstream");
}

#[tokio::test]
async fn only_the_connections_that_aws_has_can_be_associated() {
    let client = acme(&["store"]).await;
    let associate = client.associate_external_connection().domain("acme").repository("store");
    let result = associate.external_connection("public:elsewhere").send().await;
    refused(result).is(400, "ValidationException", "does not exist");
}

#[tokio::test]
async fn a_connection_can_be_taken_away_once() {
    let client = acme(&["store"]).await;
    let associate = client.associate_external_connection().domain("acme").repository("store");
    associate.external_connection("public:npmjs").send().await.unwrap();
    let disassociate = || {
        let call = client.disassociate_external_connection().domain("acme").repository("store");
        call.external_connection("public:npmjs").send()
    };
    let left = disassociate().await.unwrap().repository.unwrap();
    assert!(left.external_connections().is_empty());
    refused(disassociate().await).is(404, "ResourceNotFoundException", "public:npmjs");
}

#[tokio::test]
async fn connections_need_a_repository_that_exists() {
    let client = acme(&[]).await;
    let associate = client.associate_external_connection().domain("acme").repository("gone");
    let result = associate.external_connection("public:npmjs").send().await;
    refused(result).is(404, "ResourceNotFoundException", "gone");
    let disassociate = client.disassociate_external_connection().domain("acme").repository("gone");
    let result = disassociate.external_connection("public:npmjs").send().await;
    refused(result).is(404, "ResourceNotFoundException", "gone");
}
