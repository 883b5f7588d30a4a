use std::collections::BTreeMap;
use std::time::UNIX_EPOCH;

use super::*;
use crate::model::{PackageGroups, Repository};

fn domain(edges: &[(&str, &[&str])]) -> Domain {
    let repositories = edges.iter().map(|(name, upstreams)| {
        let repository = Repository {
            name: (*name).to_owned(),
            description: None,
            upstreams: upstreams.iter().map(|upstream| (*upstream).to_owned()).collect(),
            external_connection: None,
            created: UNIX_EPOCH,
            tags: BTreeMap::new(),
            policy: None,
            packages: BTreeMap::new(),
        };
        ((*name).to_owned(), repository)
    });
    Domain {
        name: "acme".to_owned(),
        created: UNIX_EPOCH,
        encryption_key: String::new(),
        tags: BTreeMap::new(),
        policy: None,
        repositories: repositories.collect(),
        package_groups: PackageGroups::new(UNIX_EPOCH),
    }
}

#[test]
fn the_example_of_the_user_guide_is_searched_in_its_order() {
    let domain =
        domain(&[("my_repo", &["A", "B"]), ("A", &["C", "D"]), ("B", &[]), ("C", &[]), ("D", &["E"]), ("E", &[])]);
    assert_eq!(search_order(&domain, "my_repo"), ["my_repo", "A", "C", "D", "E", "B"]);
}

#[test]
fn a_repository_reached_twice_is_searched_at_its_first_place() {
    let domain = domain(&[("r", &["a", "b"]), ("a", &["c"]), ("b", &["c"]), ("c", &[])]);
    assert_eq!(search_order(&domain, "r"), ["r", "a", "c", "b"]);
}

#[test]
fn a_circle_ends() {
    let domain = domain(&[("a", &["b"]), ("b", &["a"])]);
    assert_eq!(search_order(&domain, "a"), ["a", "b"]);
}

#[test]
fn names_that_are_not_there_are_left_out() {
    let domain = domain(&[("a", &["gone"])]);
    assert_eq!(search_order(&domain, "a"), ["a"]);
    assert!(search_order(&domain, "gone").is_empty());
}

#[test]
fn no_more_than_25_repositories_are_searched() {
    let names: Vec<String> = (0..40).map(|number| format!("r{number}")).collect();
    let edges: Vec<(&str, Vec<&str>)> = names
        .iter()
        .enumerate()
        .map(|(place, name)| (name.as_str(), names.get(place + 1).map(String::as_str).into_iter().collect()))
        .collect();
    let edges: Vec<(&str, &[&str])> = edges.iter().map(|(name, upstreams)| (*name, upstreams.as_slice())).collect();
    assert_eq!(search_order(&domain(&edges), "r0"), names[..25]);
}
