//! Names and texts at every limit of the service model.

use aws_sdk_codeartifact::Client;
use aws_sdk_codeartifact::types::PackageFormat;
use proptest::prelude::*;
use tokio::runtime::Runtime;

use crate::support::{acme, empty, refused};

async fn domain(client: &Client, name: &str) -> bool {
    let created = client.create_domain().domain(name).send().await;
    let accepted = created.is_ok();
    match created {
        Ok(_) => drop(client.delete_domain().domain(name).send().await.unwrap()),
        Err(_) => {
            refused(created).is(400, "ValidationException", "at 'domain' failed to satisfy constraint: Member must")
        }
    }
    accepted
}

async fn repository(client: &Client, name: &str) -> bool {
    let created = client.create_repository().domain("acme").repository(name).send().await;
    let accepted = created.is_ok();
    match created {
        Ok(_) => drop(client.delete_repository().domain("acme").repository(name).send().await.unwrap()),
        Err(_) => {
            refused(created).is(
                400,
                "ValidationException",
                "at 'repository' failed to satisfy constraint: Member must",
            );
        }
    }
    accepted
}

async fn package(client: &Client, name: &str) -> bool {
    let call = client.describe_package().domain("acme").repository("dev").format(PackageFormat::Npm).package(name);
    let refusal = refused(call.send().await);
    match refusal.status {
        404 => true,
        _ => {
            refusal.is(400, "ValidationException", "at 'package' failed to satisfy constraint: Member must");
            false
        }
    }
}

#[tokio::test]
async fn domain_names_have_2_to_50_characters_of_few_kinds() {
    let (_, client) = empty();
    let longest = "a".repeat(50);
    for name in ["ab", "a1", "a-b", "a--1", &longest] {
        assert!(domain(&client, name).await, "{name}");
    }
    let too_long = "a".repeat(51);
    for name in ["a", "Ab", "1a", "-a", "a-", "a_b", "a.b", "my_domain", "aé", &too_long] {
        assert!(!domain(&client, name).await, "{name}");
    }
}

#[tokio::test]
async fn repository_names_have_2_to_100_characters_of_few_kinds() {
    let client = acme(&[]).await;
    let longest = "a".repeat(100);
    for name in ["ab", "A.", "1_", "a-", "Z9._-", &longest] {
        assert!(repository(&client, name).await, "{name}");
    }
    let too_long = "a".repeat(101);
    for name in ["a", "_a", ".a", "-a", "a b", "a/b", "aé", &too_long] {
        assert!(!repository(&client, name).await, "{name}");
    }
}

#[tokio::test]
async fn package_names_have_1_to_255_characters_without_slash_hash_and_space() {
    let client = acme(&["dev"]).await;
    let longest = "𝄞".repeat(255);
    for name in ["a", "@", "a.b", "a\u{200b}b", "l\u{43e}dash", "a\u{202e}b", "a\u{a0}b", &longest] {
        assert!(package(&client, name).await, "{name}");
    }
    let too_long = "𝄞".repeat(256);
    // An empty name does not leave the SDK.
    for name in ["a/b", "a#b", "a b", "a\tb", "a\nb", &too_long] {
        assert!(!package(&client, name).await, "{name}");
    }
}

#[tokio::test]
async fn a_violation_is_worded_like_those_of_aws() {
    let (_, client) = empty();
    refused(client.describe_domain().domain("BAD_NAME").send().await).is(
        400,
        "ValidationException",
        r"1 validation error detected: Value 'BAD_NAME' at 'domain' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-z][a-z0-9\-]{0,48}[a-z0-9]",
    );
    let owner = client.describe_domain().domain("acme").domain_owner("12").send().await;
    refused(owner).is(
        400,
        "ValidationException",
        "Value '12' at 'domainOwner' failed to satisfy constraint: Member must have length greater than or equal to 12",
    );
}

#[tokio::test]
async fn a_description_has_at_most_1000_plain_characters() {
    let client = acme(&["dev"]).await;
    let update = |text: String| client.update_repository().domain("acme").repository("dev").description(text).send();
    update("ü".repeat(1000)).await.unwrap();
    refused(update("ü".repeat(1001)).await).is(400, "ValidationException", "'description'");
    refused(update("a\nb".to_owned()).await).is(400, "ValidationException", r"\P{C}*");
    refused(update("a\u{200b}b".to_owned()).await).is(400, "ValidationException", r"\P{C}*");
}

#[tokio::test]
async fn a_very_long_wrong_value_is_not_repeated_whole() {
    let (_, client) = empty();
    let refusal = refused(client.describe_domain().domain("x".repeat(5000)).send().await);
    assert!(refusal.message.len() < 500, "{}", refusal.message.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_name_of_the_domain_pattern_is_taken(name in "[a-z][a-z0-9-]{0,48}[a-z0-9]") {
        let runtime = Runtime::new().unwrap();
        let taken = runtime.block_on(async { domain(&empty().1, &name).await });
        prop_assert!(taken);
    }

    #[test]
    fn every_name_of_the_repository_pattern_is_taken(name in "[A-Za-z0-9][A-Za-z0-9._-]{1,99}") {
        let runtime = Runtime::new().unwrap();
        let taken = runtime.block_on(async { repository(&acme(&[]).await, &name).await });
        prop_assert!(taken);
    }

    #[test]
    fn every_name_of_the_package_pattern_arrives_as_it_was_sent(name in "[^#/\\s]{1,60}") {
        let runtime = Runtime::new().unwrap();
        let message = runtime.block_on(async {
            let client = acme(&["dev"]).await;
            let call = client.describe_package().domain("acme").repository("dev").format(PackageFormat::Npm);
            refused(call.package(&name).send().await)
        });
        prop_assert_eq!(message.status, 404);
        let expected = format!("packageName={name}}}");
        prop_assert!(message.message.ends_with(&expected), "{}", message.message);
    }

    #[test]
    fn no_text_at_all_brings_the_service_down(name in "\\PC{1,300}") {
        let runtime = Runtime::new().unwrap();
        runtime.block_on(async {
            let (_, client) = empty();
            domain(&client, &name).await;
        });
    }
}
