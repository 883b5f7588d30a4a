use proptest::prelude::*;

use super::*;
use crate::repository::sample;

fn repository(name: &str, upstreams: &[&str]) -> Repository {
    sample::repository(name, upstreams, None)
}

fn store(name: &str, connection: &str) -> Repository {
    sample::repository(name, &[], Some(connection))
}

fn names(order: &SearchOrder) -> Vec<&str> {
    order.steps.iter().map(|step| step.repository.as_str()).collect()
}

/// The domain of the recipe that newcomers follow.
fn recipe() -> Vec<Repository> {
    vec![
        store("npm-store", "public:npmjs"),
        store("pypi-store", "public:pypi"),
        repository("team-dev", &["npm-store", "pypi-store"]),
        repository("production", &["team-dev"]),
    ]
}

#[test]
fn upstreams_are_searched_depth_first_as_the_user_guide_draws_it() {
    let repositories = [
        repository("my_repo", &["aa", "bb"]),
        repository("aa", &["cc", "dd"]),
        repository("dd", &["ee"]),
        repository("bb", &[]),
        repository("cc", &[]),
        repository("ee", &[]),
    ];
    let order = Topology::new(&repositories).search_order(&"my_repo".parse().unwrap());
    assert_eq!(names(&order), ["my_repo", "aa", "cc", "dd", "ee", "bb"]);
}

#[test]
fn a_version_is_kept_where_it_was_asked_for_and_where_it_came_in() {
    let repositories = recipe();
    let order = Topology::new(&repositories).search_order(&"production".parse().unwrap());
    let kept: Vec<_> = order.steps.iter().map(|step| (step.repository.as_str(), step.retention.as_str())).collect();
    assert_eq!(
        kept,
        [
            ("production", "keeps a copy"),
            ("team-dev", "passes through"),
            ("npm-store", "keeps a copy"),
            ("pypi-store", "keeps a copy")
        ]
    );
}

#[test]
fn no_more_than_25_repositories_are_searched() {
    let all: Vec<String> = (0..30).map(|n| format!("r{n:02}")).collect();
    let repositories: Vec<_> = (0..30)
        .map(|n| repository(&all[n], &all.get(n + 1).map(String::as_str).into_iter().collect::<Vec<_>>()))
        .collect();
    let order = Topology::new(&repositories).search_order(&"r00".parse().unwrap());
    assert_eq!((order.steps.len(), order.beyond.len()), (25, 5));
}

#[test]
fn a_team_upstream_of_production_is_a_leak_for_each_registry_behind_it() {
    let repositories = recipe();
    let leaks = Topology::new(&repositories).leaks();
    assert_eq!(leaks.len(), 2);
    assert_eq!(leaks[0].headline(), "Anything on public:npmjs can reach production.");
    assert_eq!(
        leaks[0].path.iter().map(RepositoryName::as_str).collect::<Vec<_>>(),
        ["production", "team-dev", "npm-store"]
    );
    assert!(leaks[0].explanation().starts_with("team-dev is an upstream"));
}

#[test]
fn a_team_repository_without_a_registry_leaks_what_is_published_to_it() {
    let repositories = [repository("team-dev", &[]), repository("prod", &["team-dev"])];
    let leaks = Topology::new(&repositories).leaks();
    assert_eq!(leaks[0].headline(), "Anything published to team-dev can reach prod.");
}

#[test]
fn production_behind_staging_alone_does_not_leak() {
    let repositories = [repository("staging", &[]), repository("production", &["staging"])];
    assert_eq!(Topology::new(&repositories).leaks(), []);
}

#[test]
fn production_with_its_own_external_connection_leaks() {
    let repositories = [store("production", "public:npmjs")];
    let leaks = Topology::new(&repositories).leaks();
    assert_eq!(leaks[0].headline(), "Anything on public:npmjs can reach production.");
    assert!(leaks[0].explanation().starts_with("It has an external connection"));
}

#[test]
fn roles_are_read_from_whole_words() {
    for (name, role) in [
        ("team-dev", Role::Team),
        ("product-team", Role::Team),
        ("production", Role::Production),
        ("web.prod", Role::Production),
        ("staging", Role::Staging),
        ("release-candidates", Role::Staging),
        ("npm-store", Role::Store),
    ] {
        assert_eq!(Role::of(&repository(name, &[])), role, "{name}");
    }
}

proptest! {
    #[test]
    fn every_search_order_is_finite_and_names_each_repository_once(edges in proptest::collection::vec((0usize..12, 0usize..12), 0..60)) {
        let all: Vec<String> = (0..12).map(|n| format!("r{n:02}")).collect();
        let repositories: Vec<_> = (0..12)
            .map(|n| {
                let upstreams: Vec<&str> = edges.iter().filter(|(a, _)| *a == n).map(|(_, b)| all[*b].as_str()).collect();
                repository(&all[n], &upstreams)
            })
            .collect();
        let order = Topology::new(&repositories).search_order(&"r00".parse().unwrap());
        let mut seen = BTreeSet::new();
        prop_assert!(order.steps.iter().all(|step| seen.insert(step.repository.clone())));
        prop_assert_eq!(order.steps[0].repository.as_str(), "r00");
    }
}
