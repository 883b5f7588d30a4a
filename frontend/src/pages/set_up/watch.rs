//! What is there, looked at again every few seconds while somebody looks at the page.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use shared::api::{ConnectionPath, DescribeSetup};
use shared::problem::Problem;
use shared::recipe::{Names, SetupState};

use crate::api::{Api, Freshness, Reads};

/// How often it looks.
const EVERY: Duration = Duration::from_secs(3);

/// How long names must rest before they are looked for: they change with every key.
const REST: Duration = Duration::from_millis(350);

/// What is there of all that the recipe makes.
#[derive(Clone, Copy)]
pub struct Watch {
    api: Api,
    reads: Reads,
    path: StoredValue<ConnectionPath>,
    names: Memo<Names>,
    /// How many looks were begun, and how many of them are still under way.
    looks: StoredValue<(u32, u32)>,
    /// As it was last read; none while the present names have not been looked for.
    pub state: RwSignal<Option<Arc<SetupState>>>,
    /// Why the last look failed, if it did.
    pub problem: RwSignal<Option<Problem>>,
}

impl Watch {
    /// Looks for these names from now on, until the page is left. A page that is hidden does not look.
    pub fn start(path: ConnectionPath, names: Memo<Names>) -> Self {
        let watch = Self {
            api: expect_context(),
            reads: expect_context(),
            path: StoredValue::new(path),
            names,
            looks: StoredValue::new((0, 0)),
            state: RwSignal::new(None),
            problem: RwSignal::new(None),
        };
        Effect::new(move |before: Option<(Names, u32)>| {
            let (names, generation) = (names.get(), watch.reads.generation());
            match before {
                Some((known, _)) if known != names => {
                    watch.state.set(None);
                    let rested = names.clone();
                    set_timeout(
                        move || {
                            if watch.names.try_get_untracked() == Some(rested) {
                                watch.look(Freshness::Cached);
                            }
                        },
                        REST,
                    );
                }
                // Somebody wants everything read anew.
                Some((_, known)) if known != generation => watch.look(Freshness::Anew),
                Some(_) => {}
                None => watch.look(Freshness::Cached),
            }
            (names, generation)
        });
        if let Ok(ticking) = set_interval_with_handle(move || watch.tick(), EVERY) {
            on_cleanup(move || ticking.clear());
        }
        let shown = window_event_listener_untyped("visibilitychange", move |_| watch.tick());
        on_cleanup(move || shown.remove());
        watch
    }

    /// Looks at once: something was just changed.
    pub fn look_anew(self) {
        self.look(Freshness::Anew);
    }

    fn tick(self) {
        if !document().hidden() && self.looks.try_get_value().is_some_and(|(_, under_way)| under_way == 0) {
            self.look(Freshness::Cached);
        }
    }

    fn look(self, freshness: Freshness) {
        let Some(names) = self.names.try_get_untracked() else { return };
        let path = self.path.get_value();
        self.looks.update_value(|(begun, under_way)| (*begun, *under_way) = (*begun + 1, *under_way + 1));
        let (number, _) = self.looks.get_value();
        leptos::task::spawn_local(async move {
            let answer = self.api.send::<DescribeSetup>(&path, &names, &(), freshness).await;
            if self.looks.try_update_value(|(_, under_way)| *under_way -= 1).is_none() {
                return; // The page was left.
            }
            // An answer to an older look, or about other names, is thrown away.
            let is_last = self.looks.get_value().0 == number;
            if is_last && self.names.try_get_untracked().as_ref() == Some(&names) {
                self.take(answer);
            }
        });
    }

    fn take(self, answer: Result<Arc<SetupState>, Problem>) {
        match answer {
            Ok(state) => {
                self.reads.note(state.read_at);
                let told = |known: &Option<Arc<SetupState>>| {
                    known
                        .as_ref()
                        .is_some_and(|known| SetupState { read_at: state.read_at, ..(**known).clone() } == *state)
                };
                // What tells the same leaves the page as it is.
                if self.state.try_with_untracked(|known| told(known)) == Some(false) {
                    self.state.set(Some(state));
                }
                self.set_problem(None);
            }
            Err(problem) => self.set_problem(Some(problem)),
        }
    }

    fn set_problem(self, problem: Option<Problem>) {
        if self.problem.try_with_untracked(|known| *known != problem) == Some(true) {
            self.problem.set(problem);
        }
    }
}
