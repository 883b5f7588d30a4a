//! CreateDomain, DescribeDomain, ListDomains, DeleteDomain.

use aws_sdk_codeartifact::types::{DomainStatus, Tag};

use crate::support::{ACCOUNT, acme, empty, publish_kit, refused};

#[tokio::test]
async fn a_new_domain_is_described_as_it_was_created() {
    let client = acme(&[]).await;
    let domain = client.describe_domain().domain("acme").send().await.unwrap().domain.unwrap();
    assert_eq!(domain.name(), Some("acme"));
    assert_eq!(domain.owner(), Some(ACCOUNT));
    assert_eq!(domain.arn(), Some("arn:aws:codeartifact:eu-west-1:111122223333:domain/acme"));
    assert_eq!(domain.status(), Some(&DomainStatus::Active));
    assert_eq!((domain.repository_count(), domain.asset_size_bytes()), (0, 0));
    assert!(domain.created_time().is_some());
    assert!(domain.encryption_key().unwrap().starts_with("arn:aws:kms:eu-west-1:111122223333:key/"));
    assert!(domain.s3_bucket_arn().unwrap().starts_with("arn:aws:s3:::assets-"));
}

#[tokio::test]
async fn an_asset_in_two_repositories_counts_once_in_the_size_of_the_domain() {
    let client = acme(&["dev", "prod"]).await;
    publish_kit(&client, "dev", "1", "a.txt", "12345", false).await;
    publish_kit(&client, "prod", "1", "b.txt", "12345", false).await;
    publish_kit(&client, "prod", "2", "c.txt", "123", false).await;
    let domain = client.describe_domain().domain("acme").send().await.unwrap().domain.unwrap();
    assert_eq!((domain.repository_count(), domain.asset_size_bytes()), (2, 8));
}

#[tokio::test]
async fn a_key_is_answered_as_its_arn_whichever_way_it_was_named() {
    let (_, client) = empty();
    let arn = "arn:aws:kms:eu-west-1:111122223333:key/1234";
    for (domain, key) in [("by-id", "1234"), ("by-arn", arn)] {
        let made = client.create_domain().domain(domain).encryption_key(key).send().await.unwrap();
        assert_eq!(made.domain().unwrap().encryption_key(), Some(arn), "{key}");
    }
    let made = client.create_domain().domain("by-alias").encryption_key("alias/mine").send().await.unwrap();
    assert!(made.domain().unwrap().encryption_key().unwrap().starts_with("arn:aws:kms:eu-west-1:111122223333:key/"));
}

#[tokio::test]
async fn a_key_of_another_account_is_refused_with_its_own_reason() {
    let (_, client) = empty();
    let key = "arn:aws:kms:eu-west-1:999999999999:key/1";
    let error =
        client.create_domain().domain("acme").encryption_key(key).send().await.unwrap_err().into_service_error();
    let aws_sdk_codeartifact::operation::create_domain::CreateDomainError::ValidationException(error) = error else {
        panic!("{error:?}")
    };
    assert_eq!(error.reason().unwrap().as_str(), "ENCRYPTION_KEY_ERROR");
}

#[tokio::test]
async fn a_name_that_is_taken_is_a_conflict() {
    let client = acme(&[]).await;
    let error = client.create_domain().domain("acme").send().await.unwrap_err().into_service_error();
    let aws_sdk_codeartifact::operation::create_domain::CreateDomainError::ConflictException(error) = error else {
        panic!("{error:?}")
    };
    assert_eq!(error.resource_id(), Some("acme"));
    assert_eq!(error.resource_type().unwrap().as_str(), "domain");
}

#[tokio::test]
async fn the_eleventh_domain_exceeds_the_quota() {
    let (_, client) = empty();
    for number in 0..10 {
        client.create_domain().domain(format!("acme-{number}")).send().await.unwrap();
    }
    refused(client.create_domain().domain("one-more").send().await).is(402, "ServiceQuotaExceededException", "10");
}

#[tokio::test]
async fn a_domain_that_does_not_exist_is_answered_in_aws_words() {
    let (_, client) = empty();
    refused(client.describe_domain().domain("nowhere").send().await).is(
        404,
        "ResourceNotFoundException",
        "Domain not found. Domain 'nowhere' owned by account '111122223333' does not exist",
    );
}

#[tokio::test]
async fn a_domain_of_another_account_does_not_exist_here() {
    let client = acme(&[]).await;
    let result = client.describe_domain().domain("acme").domain_owner("999999999999").send().await;
    refused(result).is(404, "ResourceNotFoundException", "owned by account '999999999999'");
}

#[tokio::test]
async fn domains_are_listed_by_name() {
    let (_, client) = empty();
    for name in ["zeta", "acme"] {
        client.create_domain().domain(name).send().await.unwrap();
    }
    let listed = client.list_domains().send().await.unwrap();
    let names: Vec<_> = listed.domains().iter().filter_map(|domain| domain.name()).collect();
    assert_eq!(names, ["acme", "zeta"]);
}

#[tokio::test]
async fn a_domain_with_repositories_cannot_be_deleted() {
    let client = acme(&["dev"]).await;
    refused(client.delete_domain().domain("acme").send().await).is(
        409,
        "ConflictException",
        "Domain must contain 0 repositories before deletion",
    );
}

#[tokio::test]
async fn a_deleted_domain_is_gone_and_its_name_is_free() {
    let client = acme(&[]).await;
    let deleted = client.delete_domain().domain("acme").send().await.unwrap().domain.unwrap();
    assert_eq!(deleted.status(), Some(&DomainStatus::Deleted));
    refused(client.describe_domain().domain("acme").send().await).is(404, "ResourceNotFoundException", "acme");
    client.create_domain().domain("acme").send().await.unwrap();
}

#[tokio::test]
async fn deleting_a_domain_that_does_not_exist_is_no_error() {
    let (_, client) = empty();
    assert!(client.delete_domain().domain("nowhere").send().await.unwrap().domain.is_none());
}

#[tokio::test]
async fn tags_given_at_creation_are_kept() {
    let (_, client) = empty();
    let tag = Tag::builder().key("team").value("platform").build().unwrap();
    let made = client.create_domain().domain("acme").tags(tag.clone()).send().await.unwrap();
    let arn = made.domain().unwrap().arn().unwrap().to_owned();
    let listed = client.list_tags_for_resource().resource_arn(arn).send().await.unwrap();
    assert_eq!(listed.tags(), [tag]);
}
