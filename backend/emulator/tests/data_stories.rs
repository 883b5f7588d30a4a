//! The stories: what stands there from the start, seen through the endpoints and in the state.
#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

#[path = "support/data.rs"]
mod support;

use std::collections::BTreeSet;
use std::time::{Duration, UNIX_EPOCH};

use axum::body::Body;
use codeartifact_emulator::model::{Domain, Origin, Status};
use codeartifact_emulator::rules::content::revision;
use codeartifact_emulator::rules::search::search_order;
use codeartifact_emulator::seed::Story;
use codeartifact_emulator::{Clock, Emulator, Options};
use http::{Request, StatusCode};
use support::{address, npm, pypi};
use tower::ServiceExt;

fn told(story: Story) -> Emulator {
    let clock = Clock::new(|| UNIX_EPOCH + Duration::from_secs(1_790_000_000));
    Emulator::new(Options { story, clock, ..Options::default() })
}

fn look<T>(emulator: &Emulator, domain: &str, work: impl FnOnce(&Domain) -> T) -> T {
    emulator.with_state(|state| work(&state.domains[domain]))
}

async fn status(emulator: &Emulator, path: &str) -> StatusCode {
    let (token, _) = emulator.authorization_token("acme", Duration::from_secs(900));
    let request =
        Request::get(address(path)).header("authorization", format!("Bearer {token}")).body(Body::empty()).unwrap();
    emulator.router().oneshot(request).await.unwrap().status()
}

#[tokio::test]
async fn in_acme_an_unpromoted_package_can_be_installed_from_production() {
    let acme = told(Story::Acme);
    look(&acme, "acme", |domain| {
        assert_eq!(search_order(domain, "production"), ["production", "team-dev", "npm-store", "pypi-store"]);
        assert!(!domain.repositories["staging"].packages.contains_key(&npm("left-pad")));
        assert!(domain.repositories["production"].packages.contains_key(&npm("left-pad")));
    });
    assert_eq!(status(&acme, "npm/production/@acme/icons/-/icons-2.0.0.tgz").await, StatusCode::OK);
    assert_eq!(status(&acme, "pypi/production/simple/six/1.17.0/six-1.17.0-py3-none-any.whl").await, StatusCode::OK);
}

#[test]
fn acme_has_a_version_in_each_status() {
    let acme = told(Story::Acme);
    let statuses: BTreeSet<Status> = look(&acme, "acme", |domain| {
        let repositories = domain.repositories.values();
        repositories
            .flat_map(|repository| repository.packages.values())
            .flat_map(|package| package.versions.values())
            .map(|version| version.status)
            .collect()
    });
    let all = [Status::Published, Status::Unfinished, Status::Unlisted, Status::Archived, Status::Disposed];
    assert_eq!(statuses, BTreeSet::from(all));
}

#[test]
fn acme_has_one_version_with_different_content_in_two_repositories() {
    let acme = told(Story::Acme);
    look(&acme, "acme", |domain| {
        let of = |repository: &str, version: &str| {
            revision(&domain.repositories[repository].packages[&npm("@acme/ui")].versions[version].content)
        };
        assert_ne!(of("team-dev", "1.4.0"), of("staging", "1.4.0"));
        assert_eq!(of("team-dev", "1.3.2"), of("staging", "1.3.2"));
    });
}

#[test]
fn acme_has_sixty_versions_several_files_moving_tags_and_names_that_deceive() {
    let acme = told(Story::Acme);
    look(&acme, "acme", |domain| {
        let packages = |repository: &str| &domain.repositories[repository].packages;
        assert_eq!(packages("shared-libs")[&npm("@acme/build-tools")].versions.len(), 60);
        assert_eq!(packages("team-dev")[&pypi("acme-billing")].versions["1.2.0"].content.assets.len(), 3);
        assert_eq!(packages("team-dev")[&npm("@acme/ui")].dist_tags["latest"], "1.4.0");
        assert_eq!(packages("staging")[&npm("@acme/ui")].dist_tags["latest"], "1.3.2");
        assert!(packages("team-dev").contains_key(&npm("l\u{43e}dash")));
        assert!(packages("team-data").keys().any(|key| key.name.contains('\u{200b}')));
        let installer = packages("team-dev").iter().find(|(key, _)| key.name == "installer").unwrap().1;
        assert_eq!(installer.versions["5.2.0"].content.assets.len(), 2);
        let lodash = &packages("npm-store")[&npm("lodash")].versions["4.17.21"];
        assert_eq!(lodash.origin, Origin::External { connection: "public:npmjs".to_owned() });
    });
}

#[test]
fn a_company_has_the_repositories_asked_for_with_ten_packages_each() {
    for wanted in [1_u16, 2, 3, 7, 50, 500, 1000] {
        let company = told(Story::Company(wanted));
        look(&company, "company", |domain| {
            assert_eq!(domain.repositories.len(), usize::from(wanted));
            for repository in domain.repositories.values() {
                assert_eq!(repository.packages.len(), 10, "{}", repository.name);
                assert!(
                    repository.upstreams.iter().all(|upstream| domain.repositories.contains_key(upstream)),
                    "{}",
                    repository.name
                );
            }
        });
    }
}

#[test]
fn a_company_shares_its_bytes() {
    let company = told(Story::Company(300));
    let contents: BTreeSet<usize> = look(&company, "company", |domain| {
        let packages = domain.repositories.values().flat_map(|repository| repository.packages.values());
        packages
            .flat_map(|package| package.versions.values())
            .map(|version| std::sync::Arc::as_ptr(&version.content) as usize)
            .collect()
    });
    assert!(contents.len() < 150, "{} contents", contents.len());
}

#[test]
fn a_story_is_told_the_same_twice() {
    for (story, domain) in [(Story::Acme, "acme"), (Story::Company(60), "company")] {
        let tell = || {
            look(&told(story.clone()), domain, |domain| {
                let told = domain
                    .repositories
                    .values()
                    .map(|repository| format!("{} {:?}", repository.name, repository.packages));
                told.collect::<Vec<_>>()
            })
        };
        assert!(tell() == tell(), "{story}");
    }
}
