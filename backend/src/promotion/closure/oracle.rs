//! The rule against an oracle that knows nothing of graphs: small registries, brute force, and whole numbers for versions.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use shared::closure::{Answer, ClosureRow};
use shared::format::PackageFormat;
use shared::names::{RepositoryName, VersionName};
use shared::package::PackageKey;
use shared::promotion::VersionChoice;
use shared::version::{Dependency, PackageVersionStatus};

use super::known::{Held, Known, Node, Offered};
use super::solve::{Solution, solve};

/// A version: package and number.
type Version = (u8, u8);

/// A dependency: package, the lowest and the highest number that will do, and whether it works without.
type Edge = (u8, u8, u8, bool);

/// Which versions there are in the source and in the target, and what each needs.
#[derive(Debug, Clone, Default)]
pub struct Registry {
    source: BTreeMap<Version, Vec<Edge>>,
    target: BTreeSet<Version>,
}

fn repository(name: &str) -> RepositoryName {
    name.parse().unwrap()
}

fn package(format: PackageFormat, number: u8) -> PackageKey {
    PackageKey { format, namespace: None, name: format!("p{number}").parse().unwrap() }
}

fn version(number: u8) -> VersionName {
    format!("{number}.0.0").parse().unwrap()
}

fn choice(format: PackageFormat, (name, number): Version) -> VersionChoice {
    VersionChoice { package: package(format, name), version: version(number) }
}

fn requirement(format: PackageFormat, (_, low, high, _): Edge) -> String {
    let between = if format == PackageFormat::Pypi { "," } else { " " };
    format!(">={low}.0.0{between}<={high}.0.0")
}

impl Registry {
    fn known(&self, format: PackageFormat, wanted: super::known::Wanted, known: &mut Known) {
        for node in wanted.nodes {
            assert!(!known.needs.contains_key(&node), "{node:?} is read once");
            let dependencies = self.dependencies(format, &node);
            known.learn(node, Ok(dependencies));
        }
        for package in wanted.packages {
            let held = self.held(&package);
            assert!(known.held.insert(package, Ok(held)).is_none(), "a package is read once");
        }
        assert!(wanted.tags.is_empty());
    }

    fn dependencies(&self, format: PackageFormat, node: &Node) -> Vec<Dependency> {
        let found = self.source.iter().find(|(version, _)| choice(format, **version) == node.choice);
        let edges = found.map(|(_, edges)| edges.as_slice()).unwrap_or_default();
        let dependency = |edge: &Edge| Dependency {
            namespace: None,
            package: package(format, edge.0).name,
            kind: Some(if edge.3 { "optional" } else { "regular" }.to_owned()),
            requirement: requirement(format, *edge),
        };
        edges.iter().map(dependency).collect()
    }

    fn held(&self, of: &PackageKey) -> Held {
        let is_it = |found: &&Version| package(of.format, found.0) == *of;
        let status = Some(PackageVersionStatus::Published);
        let target = self.target.iter().filter(is_it).map(|found| (version(found.1), (status, repository("target"))));
        let source =
            self.source.keys().filter(is_it).map(|found| (version(found.1), Offered { status, external: false }));
        let occupied = self.target.iter().filter(is_it).map(|found| version(found.1)).collect();
        Held { target: target.collect(), source: source.collect(), occupied, ..Held::default() }
    }

    /// The rule, with everything read as it is wanted.
    pub fn solve(&self, format: PackageFormat, chosen: &[Version], most: usize) -> Solution {
        let chosen: Vec<VersionChoice> = chosen.iter().map(|version| choice(format, *version)).collect();
        let mut known = Known::default();
        loop {
            let solution = solve(&repository("source"), &chosen, &known, most);
            if solution.wanted.is_empty() {
                return solution;
            }
            self.known(format, solution.wanted, &mut known);
        }
    }

    /// What there is of a dependency.
    fn answer(&self, chosen: &[Version], edge: Edge) -> (&'static str, Option<u8>) {
        let highest = |all: &mut dyn Iterator<Item = Version>| {
            all.filter(|found| found.0 == edge.0 && (edge.1..=edge.2).contains(&found.1)).map(|found| found.1).max()
        };
        if let Some(number) = highest(&mut chosen.iter().copied()) {
            return ("chosen", Some(number));
        }
        if let Some(number) = highest(&mut self.target.iter().copied()) {
            return ("target", Some(number));
        }
        match highest(&mut self.source.keys().copied()) {
            Some(number) => ("proposed", Some(number)),
            None => ("missing", None),
        }
    }

    /// Every version that is followed, with its distance from a chosen one and whether it is required; until nothing changes.
    fn followed(&self, chosen: &[Version]) -> BTreeMap<Version, (usize, bool)> {
        let mut found: BTreeMap<Version, (usize, bool)> = chosen.iter().map(|version| (*version, (0, true))).collect();
        loop {
            let before = found.clone();
            for (version, (distance, required)) in &before {
                for edge in self.source.get(version).into_iter().flatten() {
                    if let ("chosen" | "proposed", Some(number)) = self.answer(chosen, *edge) {
                        let next = found.entry((edge.0, number)).or_insert((usize::MAX, false));
                        next.0 = next.0.min(distance + 1);
                        next.1 |= *required && !edge.3;
                    }
                }
            }
            if found == before {
                return found;
            }
        }
    }
}

fn told(answer: &Answer) -> (&'static str, Option<VersionName>) {
    match answer {
        Answer::Chosen(version) => ("chosen", Some(version.clone())),
        Answer::InTarget { version, .. } => ("target", Some(version.clone())),
        Answer::Proposed(version) => ("proposed", Some(version.clone())),
        Answer::Missing { .. } => ("missing", None),
        other => panic!("{other:?}"),
    }
}

/// Package, answer, requirements, required, length of the path.
type Row = (PackageKey, (&'static str, Option<VersionName>), BTreeSet<String>, bool, usize);

fn rows(rows: &[ClosureRow]) -> BTreeSet<Row> {
    let row = |row: &ClosureRow| {
        let asked = row.asked.iter().map(|asked| asked.requirement.clone()).collect();
        (row.package.clone(), told(&row.answer), asked, row.required, row.path.len())
    };
    rows.iter().map(row).collect()
}

fn expected(registry: &Registry, chosen: &[Version]) -> BTreeSet<Row> {
    let npm = PackageFormat::Npm;
    let mut rows = BTreeMap::<_, (BTreeSet<String>, bool, usize)>::new();
    for (followed, (distance, required)) in registry.followed(chosen) {
        for edge in registry.source.get(&followed).into_iter().flatten() {
            let (word, number) = registry.answer(chosen, *edge);
            let row = rows.entry((edge.0, (word, number.map(version)))).or_insert((BTreeSet::new(), false, usize::MAX));
            row.0.insert(requirement(npm, *edge));
            row.1 |= required && !edge.3;
            row.2 = row.2.min(distance + 1);
        }
    }
    let row = |((name, answer), (asked, required, length)): (_, (_, _, _))| {
        (package(npm, name), answer, asked, required, length)
    };
    rows.into_iter().map(row).collect()
}

fn registry() -> impl Strategy<Value = Registry> {
    let edge = (0..6u8, 1..5u8, 0..3u8, prop::bool::weighted(0.2))
        .prop_map(|(name, low, width, optional)| (name, low, low + width, optional));
    let edges = prop::collection::vec(edge, 0..4);
    let source = prop::collection::btree_map((0..6u8, 1..5u8), edges, 1..16);
    let target = prop::collection::btree_set((0..6u8, 1..5u8), 0..6);
    (source, target).prop_map(|(source, target)| Registry { source, target })
}

proptest! {
    #[test]
    fn the_closure_is_what_brute_force_finds(registry in registry(), picks in prop::collection::vec(any::<prop::sample::Index>(), 1..3)) {
        let all: Vec<Version> = registry.source.keys().copied().collect();
        let chosen: BTreeSet<Version> = picks.iter().map(|pick| *pick.get(&all)).collect();
        let chosen: Vec<Version> = chosen.into_iter().collect();
        let solution = registry.solve(PackageFormat::Npm, &chosen, 1000);
        prop_assert_eq!(rows(&solution.rows), expected(&registry, &chosen));
        prop_assert_eq!(solution.followed, registry.followed(&chosen).len());
        prop_assert!(!solution.capped && solution.unread.is_empty());
    }

    #[test]
    fn every_step_of_a_path_needs_the_next_one(registry in registry(), pick in any::<prop::sample::Index>()) {
        let all: Vec<Version> = registry.source.keys().copied().collect();
        let chosen = [*pick.get(&all)];
        for row in registry.solve(PackageFormat::Npm, &chosen, 1000).rows {
            prop_assert_eq!(&row.path[0], &choice(PackageFormat::Npm, chosen[0]));
            let names = row.path.iter().skip(1).map(|next| &next.package).chain([&row.package]);
            for (step, next) in row.path.iter().zip(names) {
                let node = Node { choice: step.clone(), at: repository("source"), extras: BTreeSet::new() };
                let needs = registry.dependencies(PackageFormat::Npm, &node);
                prop_assert!(needs.iter().any(|need| need.package == next.name));
            }
        }
    }

    /// pip installs one version: where one fits all that ask, it is the one that is proposed.
    #[test]
    fn python_gets_one_version_for_all_where_there_is_one(lows in prop::collection::vec(1..5u8, 2..5), highs in prop::collection::vec(3..8u8, 2..5)) {
        let edges: Vec<Edge> = lows.iter().zip(&highs).map(|(low, high)| (9, *low, (*high).max(*low), false)).collect();
        let mut source: BTreeMap<Version, Vec<Edge>> = (1..8).map(|number| ((9, number), Vec::new())).collect();
        for (name, edge) in (0..).zip(&edges) {
            source.insert((name, 1), vec![*edge]);
        }
        let chosen: Vec<Version> = (0..).zip(&edges).map(|(name, _)| (name, 1)).collect();
        let proposals = Registry { source, target: BTreeSet::new() }.solve(PackageFormat::Pypi, &chosen, 1000).rows;
        let (low, high) = (edges.iter().map(|edge| edge.1).max().unwrap(), edges.iter().map(|edge| edge.2).min().unwrap());
        if low <= high {
            prop_assert_eq!(proposals.len(), 1);
            prop_assert_eq!(told(&proposals[0].answer), ("proposed", Some(version(high))));
        }
    }
}

#[test]
fn a_chain_of_thousands_is_followed_to_the_limit_and_no_further() {
    let source = (0..250u8).flat_map(|name| (0..30u8).map(move |number| (name, number)));
    let next = |(name, number): Version| match number {
        29 => (name + 1, 0, 0, false),
        _ => (name, number + 1, number + 1, false),
    };
    let registry =
        Registry { source: source.map(|version| (version, vec![next(version)])).collect(), ..Registry::default() };
    let all = registry.solve(PackageFormat::Npm, &[(245, 0)], 5000);
    assert!(!all.capped && all.followed == 150 && all.rows.iter().any(|row| told(&row.answer).0 == "missing"));
    let capped = registry.solve(PackageFormat::Npm, &[(245, 0)], 100);
    assert!(capped.capped && capped.followed == 100);
}

#[test]
fn a_cycle_comes_back_to_what_is_chosen() {
    let source = BTreeMap::from([((0, 1), vec![(1, 1, 1, false)]), ((1, 1), vec![(0, 1, 2, false), (1, 1, 1, false)])]);
    let rows = Registry { source, ..Registry::default() }.solve(PackageFormat::Npm, &[(0, 1)], 10).rows;
    assert_eq!(rows.iter().map(|row| told(&row.answer).0).collect::<Vec<_>>(), ["chosen", "proposed"]);
}
