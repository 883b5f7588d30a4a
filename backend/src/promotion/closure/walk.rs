//! Following what is needed, breadth first, so that the first way to a package is a shortest one.

use std::collections::{BTreeMap, HashMap, VecDeque};

use shared::closure::{Answer, Asked, ClosureRow, DependencyKind, UnreadVersion};
use shared::names::RepositoryName;
use shared::package::PackageKey;
use shared::promotion::VersionChoice;
use shared::version::Dependency;

use super::known::{Known, Node, Wanted};
use super::lookup::{Lookup, Together, Unknown, installs_one};
use crate::requirement::{Meaning, Need};

/// A way from one version to the next.
struct Edge {
    to: usize,
    required: bool,
}

/// A version on the way.
struct Step {
    node: Node,
    /// The one that led here; none for a chosen version.
    from: Option<usize>,
    edges: Vec<Edge>,
    /// Rows that it asks for, and whether it does not work without.
    rows: Vec<((PackageKey, usize), bool)>,
}

/// What was found on the way.
pub struct Walk<'a> {
    source: &'a RepositoryName,
    known: &'a Known,
    lookup: Lookup<'a>,
    steps: Vec<Step>,
    seen: HashMap<Node, usize>,
    waiting: VecDeque<usize>,
    answers: HashMap<(PackageKey, String), Result<Answer, Unknown>>,
    rows: BTreeMap<PackageKey, Vec<ClosureRow>>,
    /// Ranges that the source has to answer.
    pub together: Together,
    /// What has to be read to know more.
    pub wanted: Wanted,
    /// Versions whose dependencies could not be read.
    pub unread: Vec<UnreadVersion>,
    /// There was more than may be followed.
    pub capped: bool,
}

impl<'a> Walk<'a> {
    /// From the chosen versions, as far as is known, over at most `most` versions.
    pub fn run(source: &'a RepositoryName, chosen: &[VersionChoice], lookup: Lookup<'a>, most: usize) -> Self {
        let mut walk = Self {
            source,
            known: lookup.known,
            lookup,
            steps: Vec::new(),
            seen: HashMap::new(),
            waiting: VecDeque::new(),
            answers: HashMap::new(),
            rows: BTreeMap::new(),
            together: Together::new(),
            wanted: Wanted::default(),
            unread: Vec::new(),
            capped: false,
        };
        for choice in chosen {
            walk.go(None, Node { choice: choice.clone(), at: source.clone(), extras: Default::default() }, most);
        }
        while let Some(step) = walk.waiting.pop_front() {
            walk.follow(step, most);
        }
        walk
    }

    /// How many versions were followed.
    pub fn followed(&self) -> usize {
        self.steps.len()
    }

    /// Comes to a version, for the first time or again; none where there are too many.
    fn go(&mut self, from: Option<usize>, node: Node, most: usize) -> Option<usize> {
        if let Some(step) = self.seen.get(&node) {
            return Some(*step);
        }
        if self.steps.len() >= most {
            self.capped = true;
            return None;
        }
        let step = self.steps.len();
        self.seen.insert(node.clone(), step);
        self.steps.push(Step { node, from, edges: Vec::new(), rows: Vec::new() });
        self.waiting.push_back(step);
        Some(step)
    }

    fn follow(&mut self, step: usize, most: usize) {
        let node = self.steps[step].node.clone();
        match self.known.needs.get(&node) {
            None => {
                self.wanted.nodes.insert(node);
            }
            Some(Err(problem)) => self.unread.push(UnreadVersion { choice: node.choice, problem: problem.clone() }),
            Some(Ok(needs)) => {
                for (dependency, meaning) in needs {
                    self.take(step, dependency, meaning, most);
                }
            }
        }
    }

    fn take(&mut self, step: usize, dependency: &Dependency, meaning: &Meaning, most: usize) {
        match meaning {
            Meaning::NotNeeded => {}
            Meaning::Elsewhere(why) => {
                let format = self.steps[step].node.choice.package.format;
                let (namespace, name) = (dependency.namespace.clone(), dependency.package.clone());
                let package = PackageKey { format, namespace, name };
                let asked = (dependency.requirement.as_str(), DependencyKind::Runtime, None);
                self.row(step, package, asked, Answer::NotResolved { why: why.clone() });
            }
            Meaning::Needs(need) => self.need(step, dependency, need, most),
        }
    }

    fn need(&mut self, step: usize, dependency: &Dependency, need: &Need, most: usize) {
        let question = (need.package.clone(), dependency.requirement.clone());
        let answer = self.answers.entry(question).or_insert_with(|| self.lookup.answer(need)).clone();
        let answer = match answer {
            Ok(answer) => answer,
            Err(Unknown::Versions) => {
                self.wanted.packages.insert(need.package.clone());
                return;
            }
            Err(Unknown::Tags) => {
                self.wanted.tags.insert(need.package.clone());
                return;
            }
        };
        if matches!(answer, Answer::Proposed(_)) && installs_one(need.package.format) {
            let ranges = self.together.entry(need.package.clone()).or_default();
            ranges.insert(dependency.requirement.clone(), need.range.clone());
        }
        for node in self.next(need, &answer) {
            if let Some(to) = self.go(Some(step), node, most) {
                self.steps[step].edges.push(Edge { to, required: need.kind != DependencyKind::Optional });
            }
        }
        let asked = (dependency.requirement.as_str(), need.kind, need.condition.clone());
        self.row(step, need.package.clone(), asked, answer);
    }

    /// The versions to follow: a proposal with all it needs, and what extras bring to a version that is there already.
    fn next(&self, need: &Need, answer: &Answer) -> Vec<Node> {
        let (version, at) = match answer {
            Answer::Chosen(version) | Answer::Proposed(version) => (version, self.source),
            Answer::InTarget { version, repository } => (version, repository),
            _ => return Vec::new(),
        };
        let choice = VersionChoice { package: need.package.clone(), version: version.clone() };
        let node = Node { choice, at: at.clone(), extras: Default::default() };
        let with_extras = (!need.extras.is_empty()).then(|| Node { extras: need.extras.clone(), ..node.clone() });
        let whole = !matches!(answer, Answer::InTarget { .. });
        whole.then_some(node).into_iter().chain(with_extras).collect()
    }

    fn row(
        &mut self,
        step: usize,
        package: PackageKey,
        (requirement, kind, condition): (&str, DependencyKind, Option<String>),
        answer: Answer,
    ) {
        let by = self.steps[step].node.choice.clone();
        let rows = self.rows.entry(package.clone()).or_default();
        let place = rows.iter().position(|row| row.answer == answer).unwrap_or(rows.len());
        if place == rows.len() {
            let mut path = vec![by.clone()];
            let mut at = self.steps[step].from;
            while let Some(before) = at {
                // A version with extras and the same without are one for whoever reads the path.
                if path.last() != Some(&self.steps[before].node.choice) {
                    path.push(self.steps[before].node.choice.clone());
                }
                at = self.steps[before].from;
            }
            path.reverse();
            let package = package.clone();
            rows.push(ClosureRow { package, asked: Vec::new(), path, required: false, answer });
        }
        let asked = &mut rows[place].asked;
        let same = |one: &&mut Asked| one.requirement == requirement && one.kind == kind && one.condition == condition;
        match asked.iter_mut().find(same) {
            Some(one) => one.others += 1,
            None => asked.push(Asked { requirement: requirement.to_owned(), kind, condition, by, others: 0 }),
        }
        self.steps[step].rows.push(((package, place), kind != DependencyKind::Optional));
    }

    /// The rows by package, each with whether something that is promoted does not work without it.
    pub fn rows(&mut self) -> Vec<ClosureRow> {
        let mut needed = vec![false; self.steps.len()];
        let mut waiting: Vec<usize> = (0..self.steps.len()).filter(|step| self.steps[*step].from.is_none()).collect();
        while let Some(step) = waiting.pop() {
            if std::mem::replace(&mut needed[step], true) {
                continue;
            }
            let Step { edges, rows, .. } = &self.steps[step];
            waiting.extend(edges.iter().filter(|edge| edge.required).map(|edge| edge.to));
            for ((package, place), _) in rows.iter().filter(|(_, required)| *required) {
                if let Some(row) = self.rows.get_mut(package).and_then(|rows| rows.get_mut(*place)) {
                    row.required = true;
                }
            }
        }
        std::mem::take(&mut self.rows).into_values().flatten().collect()
    }
}
