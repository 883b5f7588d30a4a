//! TagResource, UntagResource, ListTagsForResource.

use aws_sdk_codeartifact::Client;
use aws_sdk_codeartifact::types::Tag;

use crate::support::{acme, refused};

const DOMAIN: &str = "arn:aws:codeartifact:eu-west-1:111122223333:domain/acme";
const REPOSITORY: &str = "arn:aws:codeartifact:eu-west-1:111122223333:repository/acme/dev";

fn tag(key: &str, value: &str) -> Tag {
    Tag::builder().key(key).value(value).build().unwrap()
}

async fn tags(client: &Client, arn: &str) -> Vec<(String, String)> {
    let listed = client.list_tags_for_resource().resource_arn(arn).send().await.unwrap();
    listed.tags().iter().map(|tag| (tag.key().to_owned(), tag.value().to_owned())).collect()
}

#[tokio::test]
async fn tags_are_added_overwritten_and_taken_away() {
    let client = acme(&["dev"]).await;
    for arn in [DOMAIN, REPOSITORY] {
        client.tag_resource().resource_arn(arn).tags(tag("a", "1")).tags(tag("b", "")).send().await.unwrap();
        client.tag_resource().resource_arn(arn).tags(tag("a", "2")).send().await.unwrap();
        assert_eq!(tags(&client, arn).await, [("a".into(), "2".into()), ("b".into(), String::new())]);
        client.untag_resource().resource_arn(arn).tag_keys("a").tag_keys("not-there").send().await.unwrap();
        assert_eq!(tags(&client, arn).await, [("b".into(), String::new())]);
    }
}

#[tokio::test]
async fn fifty_tags_fit_and_the_51st_exceeds_the_quota() {
    let client = acme(&["dev"]).await;
    let fifty = (0..50).map(|number| tag(&format!("k{number}"), "v")).collect();
    client.tag_resource().resource_arn(REPOSITORY).set_tags(Some(fifty)).send().await.unwrap();
    client.tag_resource().resource_arn(REPOSITORY).tags(tag("k0", "new")).send().await.unwrap();
    let one_more = client.tag_resource().resource_arn(REPOSITORY).tags(tag("k50", "v")).send().await;
    refused(one_more).is(402, "ServiceQuotaExceededException", "50");
    assert_eq!(tags(&client, REPOSITORY).await.len(), 50);
}

#[tokio::test]
async fn a_key_is_given_once_and_does_not_begin_with_aws() {
    let client = acme(&["dev"]).await;
    let put = |tags: Vec<Tag>| client.tag_resource().resource_arn(REPOSITORY).set_tags(Some(tags)).send();
    refused(put(vec![tag("k", "1"), tag("k", "2")]).await).is(400, "ValidationException", "more than once");
    refused(put(vec![tag("AWS:k", "1")]).await).is(400, "ValidationException", "reserved");
    refused(put(vec![tag(&"k".repeat(129), "1")]).await).is(400, "ValidationException", "tags.1.member.key");
    refused(put(vec![tag("k", &"v".repeat(257))]).await).is(400, "ValidationException", "tags.1.member.value");
    put(vec![tag(&"ü".repeat(128), &"v".repeat(256))]).await.unwrap();
}

#[tokio::test]
async fn a_list_of_more_than_200_tags_or_keys_is_refused() {
    let client = acme(&["dev"]).await;
    let many = (0..201).map(|number| tag(&format!("k{number}"), "v")).collect();
    let put = client.tag_resource().resource_arn(REPOSITORY).set_tags(Some(many)).send().await;
    refused(put).is(400, "ValidationException", "less than or equal to 200");
    let keys = (0..201).map(|number| format!("k{number}")).collect();
    let untag = client.untag_resource().resource_arn(REPOSITORY).set_tag_keys(Some(keys)).send().await;
    refused(untag).is(400, "ValidationException", "less than or equal to 200");
}

#[tokio::test]
async fn resources_that_do_not_exist_have_no_tags() {
    let client = acme(&[]).await;
    let base = "arn:aws:codeartifact:eu-west-1:111122223333";
    let not_found = "ResourceNotFoundException";
    for (arn, status, code, words) in [
        (format!("{base}:domain/gone"), 404, not_found, "'gone'"),
        (format!("{base}:repository/acme/gone"), 404, not_found, "'gone'"),
        (format!("{base}:package-group/acme/npm/%2a"), 404, not_found, "/npm/*"),
        ("arn:aws:codeartifact:us-east-1:111122223333:domain/acme".to_owned(), 400, "ValidationException", "us-east-1"),
        ("nonsense".to_owned(), 400, "ValidationException", "nonsense"),
    ] {
        refused(client.list_tags_for_resource().resource_arn(&arn).send().await).is(status, code, words);
        refused(client.tag_resource().resource_arn(&arn).tags(tag("k", "v")).send().await).is(status, code, words);
        refused(client.untag_resource().resource_arn(&arn).tag_keys("k").send().await).is(status, code, words);
    }
}
