//! A comparison, read page after page.

use std::sync::Arc;

use leptos::prelude::*;
use shared::api::{CompareRepositories, ComparisonQuery, DomainPath};
use shared::comparison::{ComparedPackage, PackageKind, Side, VersionKind};
use shared::problem::Problem;

use crate::api::{Api, Freshness, Reads};
use crate::ui::now;

/// What was read longer ago than this, in seconds, is read again while it is shown.
const OLD: f64 = 60.0;

/// A package of the comparison, with what is worked out of it once.
#[derive(Debug, PartialEq, Eq)]
pub struct Entry {
    /// The package with its versions.
    pub compared: ComparedPackage,
    /// How the sides hold it.
    pub kind: PackageKind,
    /// The name as its users write it.
    pub name: String,
    /// How many versions are not the same on both sides.
    pub unlike: usize,
    /// How many versions both sides hold, not of the same revision.
    pub differing: usize,
}

impl Entry {
    fn of(compared: ComparedPackage) -> Arc<Self> {
        let unlike = compared.versions.len() - compared.count(VersionKind::Same);
        let differing = compared.count(VersionKind::Differs);
        Arc::new(Self { kind: compared.kind(), name: compared.package.full_name(), unlike, differing, compared })
    }

    /// It is shown among a kind. Versions of another revision are looked for wherever they are: also in packages that
    /// are newer on one side.
    pub fn is_of(&self, kind: PackageKind) -> bool {
        self.kind == kind || kind == PackageKind::Differs && self.differing > 0
    }
}

/// The packages read so far, and how reading goes.
#[derive(Clone, Copy)]
pub struct ComparisonListing {
    /// By format, namespace and name.
    pub entries: RwSignal<Vec<Arc<Entry>>>,
    /// Packages read so far, and how many there are; none before the first page, and once all have been read.
    pub progress: RwSignal<Option<(usize, usize)>>,
    /// All pages have been read at least once.
    pub complete: RwSignal<bool>,
    /// When what is shown while it is read again was read, epoch seconds.
    pub shown_of: RwSignal<Option<f64>>,
    /// Why the last reading failed, if it did.
    pub problem: RwSignal<Option<Problem>>,
    again: Trigger,
}

impl ComparisonListing {
    /// Reads a comparison: now, whenever the sides change, and when somebody wants the page read anew.
    pub fn read(domain: DomainPath, sides: Memo<Option<(Side, Side)>>) -> Self {
        let (api, reads) = (expect_context::<Api>(), expect_context::<Reads>());
        let this = Self {
            entries: RwSignal::new(Vec::new()),
            progress: RwSignal::new(None),
            complete: RwSignal::new(false),
            shown_of: RwSignal::new(None),
            problem: RwSignal::new(None),
            again: Trigger::new(),
        };
        let domain = StoredValue::new(domain);
        let seen = StoredValue::new(reads.generation_untracked());
        // Answers to an older question are thrown away.
        let question = StoredValue::new(0_u32);
        Effect::new(move |before: Option<Option<(Side, Side)>>| {
            let (generation, asked) = (reads.generation(), sides.get());
            this.again.track();
            let freshness = if seen.get_value() == generation { Freshness::Cached } else { Freshness::Anew };
            seen.set_value(generation);
            question.update_value(|question| *question += 1);
            let number = question.get_value();
            if before.as_ref() != Some(&asked) {
                // Rows of other sides must not be taken for these.
                this.entries.set(Vec::new());
                this.complete.set(false);
            }
            this.progress.set(None);
            this.shown_of.set(None);
            this.problem.set(None);
            if let Some((left, right)) = asked.clone() {
                let query = ComparisonQuery { left, right, next: None };
                let current = move || question.try_get_value() == Some(number);
                leptos::task::spawn_local(async move {
                    let source = Source { api, reads, domain: domain.get_value() };
                    reads.watch(this.all(source, query, freshness, current)).await;
                });
            }
            asked
        });
        this
    }

    /// Reads it again.
    pub fn retry(self) {
        self.again.notify();
    }

    /// Something is being read for the first time, tracked.
    pub fn pending(self) -> bool {
        !self.complete.get() && self.problem.read().is_none()
    }

    /// Reads it: what is known first, and again if that was long ago.
    async fn all(self, source: Source, query: ComparisonQuery, freshness: Freshness, current: impl Fn() -> bool) {
        let Some(read_at) = self.pages(&source, query.clone(), freshness, &current).await else { return };
        let of_now = [&query.left, &query.right].into_iter().any(|side| side.time().is_none());
        if of_now && freshness == Freshness::Cached && now() - read_at > OLD {
            self.shown_of.set(Some(read_at));
            self.pages(&source, query, Freshness::Anew, &current).await;
            if current() {
                self.shown_of.set(None);
            }
        }
    }

    /// Reads all pages, and tells when they were read from AWS. Rows appear as they come; those that were there before
    /// stay until all have come. None: it failed, or nobody wants them any more.
    async fn pages(
        self,
        source: &Source,
        mut query: ComparisonQuery,
        freshness: Freshness,
        current: &impl Fn() -> bool,
    ) -> Option<f64> {
        let first = self.entries.with_untracked(Vec::is_empty);
        let mut entries = Vec::new();
        let mut oldest = f64::INFINITY;
        loop {
            let page = source.api.send::<CompareRepositories>(&source.domain, &query, &(), freshness).await;
            if !current() {
                return None; // It was asked again since, or the person has left the page.
            }
            let page = match page {
                Ok(page) => page,
                Err(problem) => {
                    self.progress.set(None);
                    self.problem.set(Some(problem));
                    return None;
                }
            };
            source.reads.note(page.read_at);
            oldest = oldest.min(page.read_at);
            entries.extend(page.packages.iter().cloned().map(Entry::of));
            self.progress.set(page.next.is_some().then_some((entries.len(), page.total)));
            if first {
                self.entries.set(entries.clone());
            }
            query.next.clone_from(&page.next);
            if query.next.is_none() {
                break;
            }
        }
        if !first && self.entries.with_untracked(|known| *known != entries) {
            self.entries.set(entries);
        }
        self.complete.set(true);
        Some(oldest)
    }
}

/// Where a comparison is read from.
struct Source {
    api: Api,
    reads: Reads,
    domain: DomainPath,
}
