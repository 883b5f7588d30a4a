//! Paging at its boundaries, and tokens that do not belong.

use aws_sdk_codeartifact::Client;
use aws_sdk_codeartifact::types::PackageFormat;
use codeartifact_emulator::{Emulator, Options};

use crate::support::{acme, client, in_process, publish_kit, refused};

/// A domain with this many repositories.
async fn stocked(count: usize) -> Client {
    let client = acme(&[]).await;
    for number in 0..count {
        client.create_repository().domain("acme").repository(format!("r-{number:04}")).send().await.unwrap();
    }
    client
}

/// Sizes of the pages, read to the end; every repository must come exactly once.
async fn pages(client: &Client, size: Option<i32>, expected: usize) -> Vec<usize> {
    let mut names = Vec::new();
    let mut sizes = Vec::new();
    let mut token = None;
    loop {
        let call = client.list_repositories_in_domain().domain("acme").set_max_results(size);
        let page = call.set_next_token(token).send().await.unwrap();
        sizes.push(page.repositories().len());
        names.extend(page.repositories().iter().map(|repository| repository.name().unwrap().to_owned()));
        token = page.next_token;
        if token.is_none() {
            break;
        }
    }
    let expected: Vec<_> = (0..expected).map(|number| format!("r-{number:04}")).collect();
    assert_eq!(names, expected);
    sizes
}

#[tokio::test]
async fn pages_hold_as_many_as_asked_for_and_the_last_has_no_token() {
    for (count, size, expected) in [
        (0, Some(10), &[0][..]),
        (1, Some(10), &[1]),
        (10, Some(10), &[10]),
        (11, Some(10), &[10, 1]),
        (3, Some(1), &[1, 1, 1]),
        (50, None, &[50]),
        (51, None, &[50, 1]),
        (120, Some(1000), &[120]),
    ] {
        let client = stocked(count).await;
        assert_eq!(pages(&client, size, count).await, expected, "{count} by {size:?}");
    }
}

#[tokio::test]
async fn a_page_has_from_1_to_1000_entries() {
    let client = stocked(1).await;
    for (size, words) in
        [(0, "greater than or equal to 1"), (-1, "greater than or equal to 1"), (1001, "less than or equal to 1000")]
    {
        let list = client.list_repositories().max_results(size).send().await;
        refused(list).is(400, "ValidationException", words);
        let domains = client.list_domains().max_results(size).send().await;
        refused(domains).is(400, "ValidationException", &format!("Value '{size}' at 'maxResults'"));
    }
    for size in [1, 1000] {
        client.list_repositories().max_results(size).send().await.unwrap();
        client.list_domains().max_results(size).send().await.unwrap();
    }
}

#[tokio::test]
async fn a_token_of_another_list_is_refused() {
    let client = stocked(2).await;
    let list = || client.list_repositories_in_domain().domain("acme").max_results(1);
    let token = list().send().await.unwrap().next_token.unwrap();
    assert!(!token.contains(char::is_whitespace) && token.len() <= 2000);
    list().next_token(&token).send().await.unwrap();
    let words = "pagination token is not valid";
    let prefix = list().repository_prefix("r-").next_token(&token).send().await;
    refused(prefix).is(400, "ValidationException", words);
    refused(client.list_repositories().next_token(&token).send().await).is(400, "ValidationException", words);
    refused(client.list_domains().next_token(&token).send().await).is(400, "ValidationException", words);
}

#[tokio::test]
async fn a_token_that_was_never_given_is_refused() {
    let client = stocked(2).await;
    for token in ["x", "e30", "////", "null", &"a".repeat(2000)] {
        let list = client.list_repositories().next_token(token).send().await;
        refused(list).is(400, "ValidationException", "pagination token is not valid");
    }
    for token in ["", "a b", &"a".repeat(2001)] {
        let list = client.list_repositories().next_token(token).send().await;
        refused(list).is(400, "ValidationException", "'nextToken'");
    }
}

#[tokio::test]
async fn an_entry_that_goes_between_two_pages_takes_no_other_with_it() {
    let client = stocked(4).await;
    let list = || client.list_repositories_in_domain().domain("acme").max_results(2);
    let first = list().send().await.unwrap();
    client.delete_repository().domain("acme").repository("r-0001").send().await.unwrap();
    client.create_repository().domain("acme").repository("r-0000a").send().await.unwrap();
    let second = list().next_token(first.next_token.unwrap()).send().await.unwrap();
    let names: Vec<_> = second.repositories().iter().filter_map(|repository| repository.name()).collect();
    assert_eq!(names, ["r-0002", "r-0003"]);
}

#[tokio::test]
async fn every_list_can_be_read_page_by_page() {
    let client = acme(&["dev"]).await;
    client.create_domain().domain("other").send().await.unwrap();
    client.create_repository().domain("other").repository("dev").send().await.unwrap();
    for (version, asset) in [("1", "a"), ("1", "b"), ("2", "a")] {
        publish_kit(&client, "dev", version, asset, asset, true).await;
    }
    let put = client.put_package_origin_configuration().domain("acme").repository("dev").format(PackageFormat::Npm);
    let open = aws_sdk_codeartifact::types::PackageOriginRestrictions::builder()
        .publish(aws_sdk_codeartifact::types::AllowPublish::Allow)
        .upstream(aws_sdk_codeartifact::types::AllowUpstream::Allow);
    put.package("p").restrictions(open.build().unwrap()).send().await.unwrap();
    macro_rules! counts {
        ($list:expr, $expected:expr) => {{
            let mut pages = $list.into_paginator().page_size(1).send();
            let mut count = 0;
            while let Some(page) = pages.next().await {
                page.unwrap();
                count += 1;
            }
            assert_eq!(count, $expected, stringify!($list));
        }};
    }
    counts!(client.list_domains(), 2);
    counts!(client.list_repositories(), 2);
    counts!(client.list_packages().domain("acme").repository("dev"), 2);
    let versions = client.list_package_versions().domain("acme").repository("dev").format(PackageFormat::Generic);
    counts!(versions.namespace("tools").package("kit"), 2);
    let assets = client.list_package_version_assets().domain("acme").repository("dev").format(PackageFormat::Generic);
    counts!(assets.namespace("tools").package("kit").package_version("1"), 2);
}

#[tokio::test]
async fn packages_come_by_the_hundred() {
    let emulator = Emulator::new(Options::default());
    let client = client(&emulator, in_process(&emulator));
    client.create_domain().domain("acme").send().await.unwrap();
    client.create_repository().domain("acme").repository("dev").send().await.unwrap();
    let open = aws_sdk_codeartifact::types::PackageOriginRestrictions::builder()
        .publish(aws_sdk_codeartifact::types::AllowPublish::Allow)
        .upstream(aws_sdk_codeartifact::types::AllowUpstream::Allow);
    let open = open.build().unwrap();
    for number in 0..101 {
        let put = client.put_package_origin_configuration().domain("acme").repository("dev");
        let put = put.format(PackageFormat::Npm).package(format!("p{number}")).restrictions(open.clone());
        put.send().await.unwrap();
    }
    let list = || client.list_packages().domain("acme").repository("dev");
    let first = list().send().await.unwrap();
    assert_eq!(first.packages().len(), 100);
    let second = list().next_token(first.next_token.unwrap()).send().await.unwrap();
    assert_eq!((second.packages().len(), second.next_token()), (1, None));
}

#[tokio::test]
async fn names_of_the_greatest_length_still_make_tokens_of_2000_characters() {
    let client = acme(&["dev"]).await;
    let open = aws_sdk_codeartifact::types::PackageOriginRestrictions::builder()
        .publish(aws_sdk_codeartifact::types::AllowPublish::Allow)
        .upstream(aws_sdk_codeartifact::types::AllowUpstream::Allow);
    let open = open.build().unwrap();
    for last in ["a", "b", "c"] {
        let name = format!("{}{last}", "𝄞".repeat(254));
        let put = client.put_package_origin_configuration().domain("acme").repository("dev");
        let put = put.format(PackageFormat::Npm).namespace("𝄞".repeat(255)).package(name).restrictions(open.clone());
        put.send().await.unwrap();
    }
    let list = client.list_packages().domain("acme").repository("dev");
    let found: Vec<_> = list.into_paginator().page_size(1).items().send().collect::<Result<Vec<_>, _>>().await.unwrap();
    let mut names: Vec<_> = found.iter().map(|package| package.package().unwrap().chars().last().unwrap()).collect();
    names.sort_unstable();
    assert_eq!(names, ['a', 'b', 'c']);
}
