//! The pages of a repository's package list, one after the other.

use leptos::prelude::*;
use shared::api::{ListPackages, PackagesQuery, RepositoryPath};
use shared::package::{PackagePage, PackageSummary};
use shared::problem::Problem;

use crate::api::{Api, Freshness, Reads};
use crate::place::PackageFilter;
use crate::ui::now;

/// The packages read so far, and how to read on.
#[derive(Clone, Copy)]
pub struct Listing {
    api: Api,
    reads: Reads,
    repository: StoredValue<RepositoryPath>,
    filter: StoredValue<PackageFilter>,
    freshness: StoredValue<Freshness>,
    rows: RwSignal<Vec<PackageSummary>>,
    state: RwSignal<State>,
    /// Answers to an older question are thrown away.
    question: StoredValue<u32>,
    /// The filter that let the rows through: the last one whose first page has come.
    shown: RwSignal<PackageFilter>,
}

/// How reading stands.
#[derive(Debug, Clone, PartialEq)]
enum State {
    /// A page is being read.
    Pending,
    /// The next page can be read.
    More(String),
    /// All pages have been read.
    Complete,
    /// A page could not be read: the one that is named, or the first.
    Failed(Problem, Option<String>),
}

impl Listing {
    /// Nothing read yet.
    pub fn of(repository: RepositoryPath) -> Self {
        Self {
            api: expect_context(),
            reads: expect_context(),
            repository: StoredValue::new(repository),
            filter: StoredValue::new(PackageFilter::default()),
            freshness: StoredValue::new(Freshness::Cached),
            rows: RwSignal::new(Vec::new()),
            state: RwSignal::new(State::Pending),
            question: StoredValue::new(0),
            shown: RwSignal::new(PackageFilter::default()),
        }
    }

    /// Reads the first page of what a filter lets through. What is there stays until it has come.
    pub fn start(self, filter: PackageFilter, freshness: Freshness) {
        self.filter.set_value(filter);
        self.freshness.set_value(freshness);
        self.question.update_value(|question| *question += 1);
        self.read(None);
    }

    /// Reads the next page, if there is one and none is being read.
    pub fn more(self) {
        if let State::More(next) = self.state.get_untracked() {
            self.read(Some(next));
        }
    }

    /// Reads the page that failed again.
    pub fn retry(self) {
        if let State::Failed(_, page) = self.state.get_untracked() {
            self.read(page);
        }
    }

    /// The packages read so far.
    pub fn rows(self) -> RwSignal<Vec<PackageSummary>> {
        self.rows
    }

    /// The filter that let the rows through. Tracked.
    pub fn shown(self) -> PackageFilter {
        self.shown.get()
    }

    /// A page is being read, or more are to come. Tracked.
    pub fn pending(self) -> bool {
        matches!(&*self.state.read(), State::Pending | State::More(_))
    }

    /// The next page can be read now. Tracked.
    pub fn has_more(self) -> bool {
        matches!(&*self.state.read(), State::More(_))
    }

    /// All pages have been read. Tracked.
    pub fn complete(self) -> bool {
        *self.state.read() == State::Complete
    }

    /// Why a page could not be read. Tracked.
    pub fn problem(self) -> Option<Problem> {
        match &*self.state.read() {
            State::Failed(problem, _) => Some(problem.clone()),
            _ => None,
        }
    }

    fn read(self, page: Option<String>) {
        self.state.set(State::Pending);
        let question = self.question.get_value();
        let query = self.query(page.clone());
        leptos::task::spawn_local(async move {
            let path = self.repository.get_value();
            let answer =
                self.reads.watch(self.api.send::<ListPackages>(&path, &query, &(), self.freshness.get_value())).await;
            if self.question.try_get_value() != Some(question) {
                return; // Another question has been asked since, or the person has left the page.
            }
            match answer {
                Ok(told) => self.arrived(&told, page.is_none()),
                Err(problem) => self.failed(problem, page),
            }
        });
    }

    fn arrived(self, page: &PackagePage, first: bool) {
        self.reads.note(now());
        self.rows.update(|rows| {
            if first {
                rows.clear();
            }
            rows.extend(page.packages.iter().cloned());
        });
        self.state.set(page.next.clone().map_or(State::Complete, State::More));
        if self.shown.with_untracked(|shown| self.filter.with_value(|filter| shown != filter)) {
            self.shown.set(self.filter.get_value());
        }
        // A page may bring nothing that the filter lets through; with no rows at all, nobody scrolls for more.
        if self.rows.read_untracked().is_empty() {
            self.more();
        }
    }

    fn failed(self, problem: Problem, page: Option<String>) {
        // What another filter let through must not stand here as if it matched.
        if self.shown.with_untracked(|shown| self.filter.with_value(|filter| shown != filter)) {
            self.rows.update(Vec::clear);
        }
        self.state.set(State::Failed(problem, page));
    }

    fn query(self, next: Option<String>) -> PackagesQuery {
        let filter = self.filter.get_value();
        let prefix = Some(filter.prefix).filter(|prefix| !prefix.is_empty());
        PackagesQuery { prefix, format: filter.format, status: filter.status, next }
    }
}
