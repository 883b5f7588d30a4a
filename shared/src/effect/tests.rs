use std::collections::BTreeMap;

use super::*;
use crate::names::Revision;
use crate::repository::sample;

fn name(text: &str) -> RepositoryName {
    text.parse().unwrap()
}

fn version(text: &str) -> VersionName {
    text.parse().unwrap()
}

fn summary(status: PackageVersionStatus, place: &RepositoryName) -> VersionSummary {
    let revision: Revision = place.as_str().parse().unwrap();
    VersionSummary {
        version: version("1.0.0"),
        revision: Some(revision),
        status: Some(status),
        origin: Origin::Unknown,
    }
}

/// A small generator, so that a failing seed is the same everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

/// A domain in which some repositories have the version, and some block what comes from above for its package.
struct World {
    repositories: Vec<Repository>,
    held: BTreeMap<RepositoryName, VersionSummary>,
    blocked: Vec<RepositoryName>,
}

impl World {
    fn of(seed: u64) -> Self {
        let mut dice = Dice(seed);
        let names: Vec<RepositoryName> = (0..2 + dice.roll(7)).map(|number| name(&format!("r{number}x"))).collect();
        let mut repositories = Vec::new();
        let (mut held, mut blocked) = (BTreeMap::new(), Vec::new());
        for own in &names {
            let mut repository = sample::repository(own.as_str(), &[], None);
            for upstream in &names {
                if upstream != own && dice.roll(3) == 0 {
                    repository.upstreams.push(upstream.clone());
                }
            }
            if dice.roll(2) == 0 && *own != names[0] {
                let status = PackageVersionStatus::ALL[usize::try_from(dice.roll(5)).unwrap()];
                held.insert(own.clone(), summary(status, own));
            }
            if dice.roll(4) == 0 {
                blocked.push(own.clone());
            }
            repositories.push(repository);
        }
        Self { repositories, held, blocked }
    }

    /// By hand: depth first, each repository once, nothing above one that blocks.
    fn first(&self, at: &RepositoryName, seen: &mut Vec<RepositoryName>) -> Option<&VersionSummary> {
        if seen.contains(at) {
            return None;
        }
        seen.push(at.clone());
        if let Some(found) = self.held.get(at) {
            return Some(found);
        }
        if self.blocked.contains(at) {
            return None;
        }
        let repository = self.repositories.iter().find(|one| one.name == *at)?;
        repository.upstreams.iter().find_map(|upstream| self.first(upstream, seen))
    }
}

#[test]
fn the_first_repository_that_has_a_version_answers_as_in_a_search_by_hand() {
    let mut answered = 0;
    for seed in 0..5000 {
        let world = World::of(seed);
        let target = &world.repositories[0].name;
        let open = opened(&world.repositories, |name| world.blocked.contains(name));
        let found = answers(&open, target, &version("1.0.0"), |name, _| world.held.get(name));
        let fetched = [PackageVersionStatus::Published, PackageVersionStatus::Unlisted].map(Some);
        let by_hand = world.first(target, &mut Vec::new()).filter(|found| fetched.contains(&found.status));
        assert_eq!(found.map(|(_, summary)| summary), by_hand, "seed {seed}");
        answered += usize::from(by_hand.is_some());
    }
    assert!((500..4500).contains(&answered), "{answered} of 5000 say nothing");
}

#[test]
fn files_grow_only_where_something_from_outside_may_still_come_in() {
    let outside = Origin::External(Some("public:pypi".to_owned()));
    let control = |upstream| Some(OriginControl { publish: false, upstream });
    assert!(grows(PackageFormat::Pypi, &outside, true, control(true)));
    assert!(grows(PackageFormat::Maven, &outside, true, None));
    assert!(!grows(PackageFormat::Npm, &outside, true, None), "npm has one file");
    assert!(!grows(PackageFormat::Pypi, &Origin::Internal(None), true, None), "published here");
    assert!(!grows(PackageFormat::Pypi, &outside, false, None), "nothing feeds the repository");
    assert!(!grows(PackageFormat::Pypi, &outside, true, control(false)), "upstreams are blocked");
}

#[test]
fn only_what_is_not_so_for_every_row_stands_beside_a_row() {
    let control = |publish, upstream| Effect::Control(OriginControl { publish, upstream });
    assert!(!control(true, true).is_particular() && control(false, true).is_particular());
    assert!(!Effect::Kept { grows: false }.is_particular() && Effect::FirstOfPackage(None).is_particular());
}
