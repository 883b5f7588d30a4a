//! Permissions policies of domains and repositories.

use aws_sdk_codeartifact::Client;

use crate::support::{acme, refused};

const POLICY: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"codeartifact:ReadFromRepository","Resource":"*"}]}"#;

async fn put(client: &Client, revision: Option<&str>) -> String {
    let call = client.put_repository_permissions_policy().domain("acme").repository("dev").policy_document(POLICY);
    let put = call.set_policy_revision(revision.map(str::to_owned)).send().await.unwrap();
    put.policy.unwrap().revision.unwrap()
}

#[tokio::test]
async fn a_repository_policy_is_kept_as_it_was_put() {
    let client = acme(&["dev"]).await;
    let revision = put(&client, None).await;
    let got = client.get_repository_permissions_policy().domain("acme").repository("dev").send().await.unwrap();
    let policy = got.policy().unwrap();
    assert_eq!(policy.document(), Some(POLICY));
    assert_eq!(policy.revision(), Some(revision.as_str()));
    assert_eq!(policy.resource_arn(), Some("arn:aws:codeartifact:eu-west-1:111122223333:repository/acme/dev"));
}

#[tokio::test]
async fn a_domain_policy_is_put_by_the_body_and_kept() {
    let client = acme(&[]).await;
    let call = client.put_domain_permissions_policy().domain("acme").domain_owner("111122223333");
    let put = call.policy_document(POLICY).send().await.unwrap();
    let got = client.get_domain_permissions_policy().domain("acme").send().await.unwrap();
    assert_eq!(got.policy(), put.policy());
    assert_eq!(got.policy().unwrap().resource_arn(), Some("arn:aws:codeartifact:eu-west-1:111122223333:domain/acme"));
    let deleted = client.delete_domain_permissions_policy().domain("acme").send().await.unwrap();
    assert_eq!(deleted.policy(), put.policy());
    let gone = client.get_domain_permissions_policy().domain("acme").send().await;
    refused(gone).is(404, "ResourceNotFoundException", "no permissions policy");
}

#[tokio::test]
async fn each_put_makes_a_new_revision_and_an_old_one_is_a_conflict() {
    let client = acme(&["dev"]).await;
    let first = put(&client, None).await;
    let second = put(&client, Some(&first)).await;
    assert_ne!(first, second);
    let call = client.put_repository_permissions_policy().domain("acme").repository("dev").policy_document(POLICY);
    refused(call.policy_revision(&first).send().await).is(409, "ConflictException", &first);
    let delete = || client.delete_repository_permissions_policy().domain("acme").repository("dev");
    refused(delete().policy_revision(&first).send().await).is(409, "ConflictException", &first);
    let deleted = delete().policy_revision(&second).send().await.unwrap();
    assert_eq!(deleted.policy().unwrap().revision(), Some(second.as_str()));
    refused(delete().send().await).is(404, "ResourceNotFoundException", "no permissions policy");
}

#[tokio::test]
async fn a_revision_where_no_policy_is_set_is_a_conflict() {
    let client = acme(&[]).await;
    let call = client.put_domain_permissions_policy().domain("acme").policy_document(POLICY);
    refused(call.policy_revision("seen").send().await).is(409, "ConflictException", "seen");
}

#[tokio::test]
async fn a_document_that_is_no_policy_is_refused_with_what_is_wrong() {
    let client = acme(&["dev"]).await;
    for (document, words) in [
        ("{", "not valid"),
        ("[]", "no Statement"),
        (r#"{"Statement":[]}"#, "no Statement"),
        (r#"{"Version":"2020-01-01","Statement":[{}]}"#, "Version"),
        (r#"{"Statement":[{"Effect":"Maybe"}]}"#, "Effect"),
        (r#"{"Statement":{"Effect":"Allow","Action":"*"}}"#, "Principal"),
        (r#"{"Statement":[{"Effect":"Deny","Principal":"*"}]}"#, "Action"),
    ] {
        let call = client.put_repository_permissions_policy().domain("acme").repository("dev");
        refused(call.policy_document(document).send().await).is(400, "ValidationException", words);
    }
    let gone = client.get_repository_permissions_policy().domain("acme").repository("dev").send().await;
    refused(gone).is(404, "ResourceNotFoundException", "dev");
}

#[tokio::test]
async fn a_document_has_at_most_7168_characters() {
    let client = acme(&["dev"]).await;
    let put = |length: usize| {
        let document = format!("{POLICY}{}", " ".repeat(length - POLICY.len()));
        client.put_repository_permissions_policy().domain("acme").repository("dev").policy_document(document).send()
    };
    put(7168).await.unwrap();
    refused(put(7169).await).is(400, "ValidationException", "less than or equal to 7168");
}

#[tokio::test]
async fn policies_need_a_resource_that_exists() {
    let client = acme(&[]).await;
    let gone = "ResourceNotFoundException";
    let repository = || client.put_repository_permissions_policy().domain("acme").repository("gone");
    refused(repository().policy_document(POLICY).send().await).is(404, gone, "Repository not found");
    let domain = client.put_domain_permissions_policy().domain("nowhere").policy_document(POLICY);
    refused(domain.send().await).is(404, gone, "Domain not found");
    let get = client.get_repository_permissions_policy().domain("acme").repository("gone");
    refused(get.send().await).is(404, gone, "Repository not found");
    refused(client.get_domain_permissions_policy().domain("nowhere").send().await).is(404, gone, "Domain not found");
    let delete = client.delete_domain_permissions_policy().domain("nowhere");
    refused(delete.send().await).is(404, gone, "Domain not found");
    let delete = client.delete_repository_permissions_policy().domain("acme").repository("gone");
    refused(delete.send().await).is(404, gone, "Repository not found");
}
