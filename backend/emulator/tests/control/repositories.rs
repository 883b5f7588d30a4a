//! CreateRepository, DescribeRepository, UpdateRepository, DeleteRepository and the two lists.

use aws_sdk_codeartifact::types::{Tag, UpstreamRepository};

use crate::support::{ACCOUNT, acme, empty, refused};

fn upstream(name: &str) -> UpstreamRepository {
    UpstreamRepository::builder().repository_name(name).build().unwrap()
}

#[tokio::test]
async fn a_new_repository_is_described_as_it_was_created() {
    let client = acme(&["store"]).await;
    let tag = Tag::builder().key("k").value("").build().unwrap();
    let create = client.create_repository().domain("acme").repository("Team.dev_1").description("For the team");
    create.upstreams(upstream("store")).tags(tag).send().await.unwrap();
    let described = client.describe_repository().domain("acme").repository("Team.dev_1").send().await.unwrap();
    let repository = described.repository().unwrap();
    assert_eq!(repository.name(), Some("Team.dev_1"));
    assert_eq!(repository.administrator_account(), Some(ACCOUNT));
    assert_eq!((repository.domain_name(), repository.domain_owner()), (Some("acme"), Some(ACCOUNT)));
    assert_eq!(repository.arn(), Some("arn:aws:codeartifact:eu-west-1:111122223333:repository/acme/Team.dev_1"));
    assert_eq!(repository.description(), Some("For the team"));
    assert_eq!(repository.upstreams()[0].repository_name(), Some("store"));
    assert!(repository.created_time().is_some());
}

#[tokio::test]
async fn empty_lists_are_told_as_empty_lists() {
    let client = acme(&["dev"]).await;
    let described = client.describe_repository().domain("acme").repository("dev").send().await.unwrap();
    let repository = described.repository.unwrap();
    assert_eq!(repository.upstreams, Some(Vec::new()));
    assert_eq!(repository.external_connections, Some(Vec::new()));
    assert_eq!(repository.description, None);
}

#[tokio::test]
async fn a_repository_name_that_is_taken_is_a_conflict_and_case_counts() {
    let client = acme(&["dev"]).await;
    let again = client.create_repository().domain("acme").repository("dev").send().await;
    refused(again).is(409, "ConflictException", "dev");
    client.create_repository().domain("acme").repository("DEV").send().await.unwrap();
}

#[tokio::test]
async fn the_1001st_repository_of_a_domain_exceeds_the_quota() {
    let client = acme(&[]).await;
    for number in 0..1000 {
        client.create_repository().domain("acme").repository(format!("r-{number}")).send().await.unwrap();
    }
    let one_more = client.create_repository().domain("acme").repository("one-more").send().await;
    refused(one_more).is(402, "ServiceQuotaExceededException", "1000");
}

#[tokio::test]
async fn a_repository_needs_a_domain() {
    let (_, client) = empty();
    let created = client.create_repository().domain("nowhere").repository("dev").send().await;
    refused(created).is(404, "ResourceNotFoundException", "Domain not found");
    let described = client.describe_repository().domain("nowhere").repository("dev").send().await;
    refused(described).is(404, "ResourceNotFoundException", "Domain not found");
}

#[tokio::test]
async fn a_repository_that_does_not_exist_is_answered_with_its_name_and_kind() {
    let client = acme(&[]).await;
    let described = client.describe_repository().domain("acme").repository("gone").send().await;
    let error = described.unwrap_err().into_service_error();
    let aws_sdk_codeartifact::operation::describe_repository::DescribeRepositoryError::ResourceNotFoundException(error) =
        error
    else {
        panic!("{error:?}")
    };
    assert_eq!(error.resource_id(), Some("gone"));
    assert_eq!(error.resource_type().unwrap().as_str(), "repository");
}

#[tokio::test]
async fn an_update_replaces_what_it_names_and_leaves_the_rest() {
    let client = acme(&["one", "two", "dev"]).await;
    let update = || client.update_repository().domain("acme").repository("dev");
    update().description("first").upstreams(upstream("one")).send().await.unwrap();
    let described = update().upstreams(upstream("two")).send().await.unwrap().repository.unwrap();
    assert_eq!(described.description(), Some("first"));
    assert_eq!(described.upstreams()[0].repository_name(), Some("two"));
    let described = update().description("").send().await.unwrap().repository.unwrap();
    assert_eq!((described.description(), described.upstreams().len()), (Some(""), 1));
    let described = update().set_upstreams(Some(Vec::new())).send().await.unwrap().repository.unwrap();
    assert!(described.upstreams().is_empty());
    update().send().await.unwrap();
}

#[tokio::test]
async fn a_deleted_repository_leaves_the_upstream_lists_of_others() {
    let client = acme(&["store", "other"]).await;
    let create = client.create_repository().domain("acme").repository("dev");
    create.upstreams(upstream("store")).upstreams(upstream("other")).send().await.unwrap();
    let deleted = client.delete_repository().domain("acme").repository("store").send().await.unwrap();
    assert_eq!(deleted.repository().unwrap().name(), Some("store"));
    let dev = client.describe_repository().domain("acme").repository("dev").send().await.unwrap().repository.unwrap();
    let left: Vec<_> = dev.upstreams().iter().filter_map(|upstream| upstream.repository_name()).collect();
    assert_eq!(left, ["other"]);
}

#[tokio::test]
async fn deleting_a_repository_that_does_not_exist_is_no_error_but_its_domain_must_exist() {
    let client = acme(&[]).await;
    assert!(client.delete_repository().domain("acme").repository("gone").send().await.unwrap().repository.is_none());
    let nowhere = client.delete_repository().domain("nowhere").repository("gone").send().await;
    refused(nowhere).is(404, "ResourceNotFoundException", "Domain not found");
}

#[tokio::test]
async fn lists_filter_by_prefix_and_administrator() {
    let client = acme(&["team-a", "team-b", "store"]).await;
    client.create_domain().domain("other").send().await.unwrap();
    client.create_repository().domain("other").repository("team-z").send().await.unwrap();
    let all = client.list_repositories().repository_prefix("team").send().await.unwrap();
    let names: Vec<_> = all.repositories().iter().filter_map(|repository| repository.name()).collect();
    assert_eq!(names, ["team-a", "team-b", "team-z"]);
    let list = || client.list_repositories_in_domain().domain("acme");
    let ours = list().administrator_account(ACCOUNT).repository_prefix("st").send().await.unwrap();
    assert_eq!(ours.repositories().len(), 1);
    assert_eq!(ours.repositories()[0].domain_name(), Some("acme"));
    let foreign = list().administrator_account("999999999999").send().await.unwrap();
    assert!(foreign.repositories().is_empty());
    let nowhere = client.list_repositories_in_domain().domain("nowhere").send().await;
    refused(nowhere).is(404, "ResourceNotFoundException", "Domain not found");
}
