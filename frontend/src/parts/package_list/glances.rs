//! What the rows in view show of their versions: asked in batches once scrolling rests, and kept.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use leptos::prelude::*;
use shared::api::{GlanceAtPackages, RepositoryPath};
use shared::package::{GlancePackages, PackageGlance, PackageKey};
use shared::problem::Problem;

use crate::api::{Api, Freshness, Reads};

/// How long scrolling must rest before the rows in view are asked about.
const REST: Duration = Duration::from_millis(120);

/// Versions at a glance of one repository's packages.
#[derive(Clone, Copy)]
pub struct Glances {
    api: Api,
    reads: Reads,
    repository: StoredValue<RepositoryPath>,
    known: RwSignal<HashMap<PackageKey, PackageGlance>>,
    problem: RwSignal<Option<Problem>>,
    /// Asked about, since the page was last read anew.
    asked: StoredValue<HashSet<PackageKey>>,
    in_view: StoredValue<Vec<PackageKey>>,
    generation: StoredValue<u32>,
    timer: StoredValue<Option<TimeoutHandle>>,
}

impl Glances {
    /// Nothing asked yet.
    pub fn of(repository: RepositoryPath) -> Self {
        let reads = expect_context::<Reads>();
        let glances = Self {
            api: expect_context(),
            reads,
            repository: StoredValue::new(repository),
            known: RwSignal::new(HashMap::new()),
            problem: RwSignal::new(None),
            asked: StoredValue::new(HashSet::new()),
            in_view: StoredValue::new(Vec::new()),
            generation: StoredValue::new(reads.generation_untracked()),
            timer: StoredValue::new(None),
        };
        on_cleanup(move || glances.stop_timer());
        glances
    }

    /// What is known of a package, tracked.
    pub fn get(self, package: &PackageKey) -> Option<PackageGlance> {
        self.known.read().get(package).cloned()
    }

    /// Why the last batch could not be read. Tracked.
    pub fn problem(self) -> Option<Problem> {
        self.problem.get()
    }

    /// These packages are in view now. Reads what is not known of them, and all of it again when the page is read anew.
    pub fn want(self, packages: Vec<PackageKey>) {
        self.reads.generation();
        self.in_view.set_value(packages);
        self.stop_timer();
        self.timer.set_value(set_timeout_with_handle(move || self.ask(), REST).ok());
    }

    /// Asks again about what is in view.
    pub fn retry(self) {
        self.problem.set(None);
        self.ask();
    }

    fn ask(self) {
        let generation = self.reads.generation_untracked();
        let freshness = if generation == self.generation.get_value() { Freshness::Cached } else { Freshness::Anew };
        if freshness == Freshness::Anew {
            self.generation.set_value(generation);
            self.asked.update_value(HashSet::clear);
        }
        let new: Vec<PackageKey> = self.asked.with_value(|asked| {
            self.in_view.get_value().into_iter().filter(|package| !asked.contains(package)).collect()
        });
        self.asked.update_value(|asked| asked.extend(new.iter().cloned()));
        for batch in new.chunks(GlancePackages::MOST) {
            leptos::task::spawn_local(self.read(batch.to_vec(), freshness, generation));
        }
    }

    async fn read(self, packages: Vec<PackageKey>, freshness: Freshness, generation: u32) {
        let (path, body) = (self.repository.get_value(), GlancePackages { packages });
        let answer = self.reads.watch(self.api.send::<GlanceAtPackages>(&path, &(), &body, freshness)).await;
        if self.generation.try_get_value() != Some(generation) {
            return; // It was asked anew since: an older answer must not come after a newer one.
        }
        match answer {
            Ok(told) => {
                self.problem.try_set(None);
                self.known.try_update(|known| {
                    known.extend(told.iter().map(|glance| (glance.package.clone(), glance.clone())))
                });
            }
            Err(problem) => {
                self.problem.try_set(Some(problem));
                self.asked.try_update_value(|asked| asked.retain(|package| !body.packages.contains(package)));
            }
        }
    }

    fn stop_timer(self) {
        if let Some(Some(timer)) = self.timer.try_get_value() {
            timer.clear();
        }
    }
}
