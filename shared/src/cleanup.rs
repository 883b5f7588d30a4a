//! Taking a whole domain away: what is deleted, in an order that works.

use crate::command;
use crate::feeding::NewUpstreams;
use crate::names::{DomainName, PolicyRevision, RepositoryName};
use crate::permission::PolicyGlance;
use crate::repository::Repository;

/// One call that takes something away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deletion {
    /// The permissions policy of a repository, as it was seen.
    Policy(RepositoryName, PolicyRevision),
    /// The upstreams of a repository, where repositories take from each other in a circle.
    Upstreams(RepositoryName, NewUpstreams),
    /// A repository with all that it holds.
    Repository(RepositoryName),
    /// The domain.
    Domain(DomainName),
}

impl Deletion {
    /// What it does, in words.
    pub fn title(&self) -> String {
        match self {
            Self::Policy(repository, _) => format!("Delete the policy of {repository}"),
            Self::Upstreams(repository, _) => format!("Let {repository} take from no repository"),
            Self::Repository(repository) => format!("Delete the repository {repository}"),
            Self::Domain(domain) => format!("Delete the domain {domain}"),
        }
    }

    /// The command that equals it; `options` are the connection's, such as `--profile prod`.
    pub fn command(&self, domain: &DomainName, options: &[String]) -> String {
        match self {
            Self::Policy(repository, revision) => {
                command::delete_policy(domain, Some(repository), Some(revision), options)
            }
            Self::Upstreams(repository, new) => command::set_upstreams(domain, repository, &new.upstreams, options),
            Self::Repository(repository) => command::delete_repository(domain, repository, options),
            Self::Domain(domain) => command::delete_domain(domain, options),
        }
    }
}

/// What is left to delete: policies, then repositories, those first from which nobody takes any more, then the domain.
/// A policy whose revision is not known goes with its repository, as that of the domain goes with the domain.
pub fn plan(domain: &DomainName, repositories: &[Repository], policies: &[PolicyGlance]) -> Vec<Deletion> {
    let revision = |glance: &PolicyGlance| glance.policy.as_ref().and_then(|policy| policy.revision.clone());
    let policies = policies.iter().filter_map(|glance| Some((glance.repository.clone(), revision(glance)?)));
    let mut deletions: Vec<Deletion> =
        policies.map(|(repository, revision)| Deletion::Policy(repository, revision)).collect();
    let mut left: Vec<&Repository> = repositories.iter().collect();
    left.sort_by(|a, b| a.name.cmp(&b.name));
    // The repositories whose upstreams have been taken away: they take from nobody.
    let mut loosened: Vec<&RepositoryName> = Vec::new();
    while !left.is_empty() {
        let takes = |one: &Repository, from: &RepositoryName| {
            !loosened.contains(&&one.name) && one.upstreams.contains(from) && &one.name != from
        };
        let (free, held): (Vec<&Repository>, Vec<&Repository>) =
            left.iter().partition(|repository| !left.iter().any(|other| takes(other, &repository.name)));
        if free.is_empty() {
            // They go round in a circle. The first that still takes from somebody lets go.
            let Some(first) = held.iter().find(|one| !loosened.contains(&&one.name)) else { break };
            let new = NewUpstreams { seen: first.upstreams.clone(), upstreams: Vec::new() };
            deletions.push(Deletion::Upstreams(first.name.clone(), new));
            loosened.push(&first.name);
        }
        deletions.extend(free.iter().map(|repository| Deletion::Repository(repository.name.clone())));
        left = held;
    }
    deletions.push(Deletion::Domain(domain.clone()));
    deletions
}

/// What undoes on a developer's machine what `aws codeartifact login` did there. Which repository npm was signed in to is
/// not known here, and without it no command can name its token: a note says where it stands.
pub const LOCAL: [&str; 5] = [
    "npm config delete registry",
    "pip config unset global.index-url",
    "rm -rf my-custom-package dev-policy.json prod-policy.json",
    "# npm keeps the token in ~/.npmrc, in a line //HOST/npm/REPOSITORY/:_authToken=... of this domain. Take it out as well:",
    "# npm config delete //HOST/npm/REPOSITORY/:_authToken",
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::permission::Policy;
    use crate::problem::{Problem, ProblemCode};
    use crate::repository::sample;

    fn repository(name: &str, upstreams: &[&str]) -> Repository {
        sample::repository(name, upstreams, None)
    }

    fn titles(repositories: &[Repository], policies: &[PolicyGlance]) -> Vec<String> {
        plan(&"acme".parse().unwrap(), repositories, policies).iter().map(Deletion::title).collect()
    }

    #[test]
    fn policies_go_first_then_what_nobody_takes_from_and_the_domain_last() {
        let repositories = [
            repository("npm-store", &[]),
            repository("production", &["team-dev"]),
            repository("pypi-store", &[]),
            repository("team-dev", &["npm-store", "pypi-store"]),
        ];
        let glance = |name: &str, revision: Option<&str>| PolicyGlance {
            repository: name.parse().unwrap(),
            policy: Some(Policy {
                document: "{}".into(),
                revision: revision.map(|revision| revision.parse().unwrap()),
                arn: String::new(),
            }),
            problem: None,
        };
        let problem = Some(Problem::new(ProblemCode::Forbidden, "No."));
        let unread = PolicyGlance { policy: None, problem, ..glance("production", None) };
        let policies = [glance("team-dev", Some("r=")), glance("npm-store", None), unread];
        assert_eq!(
            titles(&repositories, &policies),
            [
                "Delete the policy of team-dev",
                "Delete the repository production",
                "Delete the repository team-dev",
                "Delete the repository npm-store",
                "Delete the repository pypi-store",
                "Delete the domain acme",
            ]
        );
    }

    #[test]
    fn a_circle_is_opened_once_and_only_where_it_must_be() {
        let circle = [repository("aa", &["bb"]), repository("bb", &["aa"]), repository("cc", &["aa"])];
        assert_eq!(
            titles(&circle, &[]),
            [
                "Delete the repository cc",
                "Let aa take from no repository",
                "Delete the repository bb",
                "Delete the repository aa",
                "Delete the domain acme",
            ]
        );
    }

    #[test]
    fn undoing_the_login_names_the_token_that_npm_keeps_and_runs_nothing_made_up() {
        let (notes, commands): (Vec<&str>, Vec<&str>) = LOCAL.into_iter().partition(|line| line.starts_with('#'));
        assert!(notes.iter().any(|note| note.contains("npm config delete //HOST/npm/REPOSITORY/:_authToken")));
        assert!(commands.iter().all(|command| !command.contains("HOST")), "{commands:?}");
    }

    #[test]
    fn an_empty_domain_is_only_the_domain() {
        assert_eq!(titles(&[], &[]), ["Delete the domain acme"]);
    }

    proptest! {
        #[test]
        fn whatever_takes_from_whatever_each_is_deleted_once_and_after_all_that_take_from_it(
            edges in proptest::collection::vec((0_usize..8, 0_usize..8), 0..20)
        ) {
            let names: Vec<String> = (0..8).map(|number| format!("r{number}")).collect();
            let repositories: Vec<Repository> = (0..8).map(|one| {
                let from: Vec<&str> = edges.iter().filter(|(a, _)| *a == one).map(|(_, b)| names[*b].as_str()).collect();
                repository(&names[one], &from)
            }).collect();
            let mut left: Vec<Repository> = repositories.clone();
            for deletion in plan(&"acme".parse().unwrap(), &repositories, &[]) {
                match deletion {
                    Deletion::Upstreams(name, _) => {
                        left.iter_mut().filter(|one| one.name == name).for_each(|one| one.upstreams.clear());
                    }
                    Deletion::Repository(name) => {
                        prop_assert!(left.iter().all(|one| one.name == name || !one.upstreams.contains(&name)));
                        let before = left.len();
                        left.retain(|one| one.name != name);
                        prop_assert_eq!(left.len(), before - 1);
                    }
                    Deletion::Domain(_) => prop_assert!(left.is_empty()),
                    Deletion::Policy(..) => prop_assert!(false, "there is none"),
                }
            }
        }
    }
}
