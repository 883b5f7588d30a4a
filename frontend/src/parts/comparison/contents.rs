//! Whether versions of another revision hold other files: read for the rows in view only.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use leptos::prelude::*;
use shared::api::{CompareVersions, DomainPath, VersionComparisonQuery};
use shared::comparison::{Side, VersionComparison};
use shared::problem::Problem;
use shared::promotion::VersionChoice;

use crate::api::{Api, Freshness, Reads};

/// How many are read at the same time.
const MOST_AT_ONCE: usize = 6;

/// What was read of a version.
pub type Content = Result<Arc<VersionComparison>, Problem>;

/// What was read of versions that both sides hold.
#[derive(Clone, Copy)]
pub struct Contents {
    api: Api,
    domain: StoredValue<DomainPath>,
    sides: Memo<Option<(Side, Side)>>,
    answers: RwSignal<HashMap<VersionChoice, Content>>,
    wanted: StoredValue<Vec<VersionChoice>>,
    under_way: StoredValue<HashSet<VersionChoice>>,
    question: StoredValue<u32>,
}

impl Contents {
    /// Nothing read yet. Forgets what it knows when the sides change, and when somebody wants the page read anew.
    pub fn of(domain: DomainPath, sides: Memo<Option<(Side, Side)>>) -> Self {
        let reads = expect_context::<Reads>();
        let this = Self {
            api: expect_context(),
            domain: StoredValue::new(domain),
            sides,
            answers: RwSignal::new(HashMap::new()),
            wanted: StoredValue::new(Vec::new()),
            under_way: StoredValue::new(HashSet::new()),
            question: StoredValue::new(0),
        };
        Effect::new(move |before: Option<()>| {
            sides.track();
            reads.generation();
            if before.is_some() {
                this.question.update_value(|question| *question += 1);
                this.under_way.set_value(HashSet::new());
                this.answers.set(HashMap::new());
                this.start();
            }
        });
        this
    }

    /// What was read of a version; none while it has not been. Tracked.
    pub fn get(self, choice: &VersionChoice) -> Option<Content> {
        self.answers.read().get(choice).cloned()
    }

    /// These are in view, and no others.
    pub fn want(self, choices: Vec<VersionChoice>) {
        self.wanted.set_value(choices);
        self.start();
    }

    /// Reads of what is in view as many as may be read at the same time.
    fn start(self) {
        let Some((left, right)) = self.sides.get_untracked() else { return };
        let free = MOST_AT_ONCE.saturating_sub(self.under_way.with_value(HashSet::len));
        let known = |choice: &VersionChoice| {
            self.answers.with_untracked(|answers| answers.contains_key(choice))
                || self.under_way.with_value(|under_way| under_way.contains(choice))
        };
        let next: Vec<VersionChoice> = self
            .wanted
            .with_value(|wanted| wanted.iter().filter(|choice| !known(choice)).take(free).cloned().collect());
        let number = self.question.get_value();
        for choice in next {
            self.under_way.update_value(|under_way| {
                under_way.insert(choice.clone());
            });
            let query = query(&choice, left.clone(), right.clone());
            leptos::task::spawn_local(async move {
                let (api, domain) = (self.api, self.domain.get_value());
                let read = api.send::<CompareVersions>(&domain, &query, &(), Freshness::Cached).await;
                if self.question.try_get_value() == Some(number) {
                    self.under_way.update_value(|under_way| {
                        under_way.remove(&choice);
                    });
                    self.answers.update(|answers| drop(answers.insert(choice, read)));
                    self.start();
                }
            });
        }
    }
}

/// Asks about a version of both sides.
pub fn query(choice: &VersionChoice, left: Side, right: Side) -> VersionComparisonQuery {
    let VersionChoice { package, version } = choice.clone();
    let (format, namespace, package) = (package.format, package.namespace, package.name);
    VersionComparisonQuery { left, right, format, namespace, package, version }
}
