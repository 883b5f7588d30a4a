//! A run as it stands now: read once, then kept up to date by its stream of events.

use std::cell::RefCell;

use leptos::prelude::*;
use shared::api::{AfterQuery, GetRun, RunPath, WatchRun};
use shared::problem::{Problem, ProblemCode};
use shared::run::{Run, RunEvent, RunRow, RunSummary};
use web_sys::AbortController;

use super::pace::Pace;
use crate::api::{Api, Reading, Reads, Request};
use crate::ui::{now, pause};

/// How long it waits before it connects anew, in milliseconds: first, and at most.
const WAITS: (i32, i32) = (500, 15_000);

/// How the stream of events stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// None is needed: nothing happens.
    Idle,
    /// It is open, or being opened for the first time.
    Open,
    /// It broke, and is opened again.
    Broken,
}

thread_local! {
    /// The stream that this tab has open. A browser allows few at a time, so a second one ends the first.
    static OPEN: RefCell<Option<AbortController>> = const { RefCell::new(None) };
}

/// A run on the page. What it watches goes on when the page is left: the other pages must hear of its end.
#[derive(Clone, Copy)]
pub struct Live {
    path: StoredValue<RunPath>,
    api: Api,
    reads: Reads,
    reading: Reading<Run>,
    /// All but the rows; none while it has not been read.
    pub summary: RwSignal<Option<RunSummary>>,
    /// Each row changes by itself, so that five hundred of them are drawn once.
    pub rows: RwSignal<Vec<ArcRwSignal<RunRow>>>,
    /// How the stream stands.
    pub link: RwSignal<Link>,
    /// How quickly it comes along; none while it is at rest.
    pub pace: RwSignal<Option<Pace>>,
    at: StoredValue<u64>,
}

impl Live {
    /// Reads a run, and watches it while it moves.
    pub fn of(path: RunPath) -> Self {
        let (api, reads) = (expect_context::<Api>(), expect_context::<Reads>());
        let path = StoredValue::new(path);
        let live = Self {
            path,
            api,
            reads,
            reading: reads.reading::<GetRun>(move || Some(Request::of::<GetRun>(&path.read_value(), &(), &()))),
            summary: RwSignal::new(None),
            rows: RwSignal::new(Vec::new()),
            link: RwSignal::new(Link::Idle),
            pace: RwSignal::new(None),
            at: StoredValue::new(0),
        };
        Effect::new(move |_| {
            if let Some(run) = live.reading.get() {
                live.take(&run);
            }
        });
        live
    }

    /// Its address in the API.
    pub fn path(self) -> RunPath {
        self.path.get_value()
    }

    /// Why it could not be read, tracked.
    pub fn problem(self) -> Option<Problem> {
        self.reading.problem().get()
    }

    /// Reads it again.
    pub fn retry(self) {
        self.reading.refetch();
    }

    /// Takes the whole run, unless something newer is known, and watches it if it moves.
    pub fn take(self, run: &Run) {
        let known = self.summary.with_untracked(Option::is_some);
        if known && run.at < self.at.get_value() {
            return;
        }
        self.at.set_value(run.at);
        let rows = self.rows.get_untracked();
        if rows.len() == run.rows.len() {
            rows.iter().zip(&run.rows).for_each(|(row, now)| put(row, now));
        } else {
            self.rows.set(run.rows.iter().cloned().map(ArcRwSignal::new).collect());
        }
        self.put_summary(&run.summary);
        if run.summary.state.is_moving() && self.link.get_untracked() == Link::Idle {
            self.watch();
        }
    }

    /// Takes a change. Nothing happens once the page is closed.
    fn apply(self, event: &RunEvent) {
        if self.at.try_get_value().is_none_or(|at| event.at <= at) {
            return;
        }
        self.at.set_value(event.at);
        let rows = self.rows.get_untracked();
        for (place, row) in &event.rows {
            if let Some(known) = rows.get(*place as usize) {
                put(known, row);
            }
        }
        self.put_summary(&event.summary);
    }

    fn put_summary(self, summary: &RunSummary) {
        if !summary.state.is_moving() {
            self.pace.set(None);
        } else if self.pace.read_untracked().is_none() {
            self.pace.set(Some(Pace::begin(now(), summary)));
        }
        if self.summary.read_untracked().as_ref() != Some(summary) {
            self.summary.set(Some(summary.clone()));
        }
    }

    /// Follows the stream of events until the run rests, connecting anew whenever it breaks.
    fn watch(self) {
        let abort = take_stream();
        let Some(abort) = abort else { return };
        self.link.set(Link::Open);
        let (path, mut after) = (self.path.get_value(), self.at.get_value());
        leptos::task::spawn_local(async move {
            let mut abort = abort;
            let mut wait = WAITS.0;
            loop {
                match self.api.listen::<WatchRun>(&path, &AfterQuery { after }, abort.clone()).await {
                    Ok(mut events) => {
                        self.link.try_set(Link::Open);
                        while let Some(event) = events.next::<RunEvent>().await {
                            (wait, after) = (WAITS.0, event.at);
                            self.apply(&event);
                            if !event.summary.state.is_moving() {
                                self.link.try_set(Link::Idle);
                                // The map and the lists show at once what has changed.
                                self.reads.refresh();
                                return;
                            }
                        }
                    }
                    // Signing in anew, or reading the page anew, opens another one.
                    Err(Problem { code: ProblemCode::NotSignedIn | ProblemCode::NotFound, .. }) => {
                        self.link.try_set(Link::Idle);
                        return;
                    }
                    Err(_) => {}
                }
                // Another stream was opened instead of this one.
                if !is_open(&abort) {
                    return;
                }
                self.link.try_set(Link::Broken);
                pause(wait).await;
                wait = (wait * 2).min(WAITS.1);
                if self.came_to_rest() {
                    self.link.try_set(Link::Idle);
                    self.reads.refresh();
                    return;
                }
                match (is_open(&abort), take_stream()) {
                    (true, Some(next)) => abort = next,
                    _ => return,
                }
            }
        });
    }
}

impl Live {
    /// What was read meanwhile tells that nothing more happens. Where no stream gets through, reading tells what it
    /// would have told; a page that was left does not read.
    fn came_to_rest(self) -> bool {
        let Some(summary) = self.summary.try_get_untracked() else { return false };
        let rests = summary.is_some_and(|summary| !summary.state.is_moving());
        if !rests {
            self.reading.refetch();
        }
        rests
    }
}

/// Makes way for another stream, and gives what ends it.
fn take_stream() -> Option<AbortController> {
    // Only a browser older than this program's WebAssembly has none.
    let next = AbortController::new().ok()?;
    if let Some(before) = OPEN.replace(Some(next.clone())) {
        before.abort();
    }
    Some(next)
}

fn is_open(abort: &AbortController) -> bool {
    OPEN.with_borrow(|open| open.as_ref() == Some(abort))
}

fn put(row: &ArcRwSignal<RunRow>, now: &RunRow) {
    if *row.read_untracked() != *now {
        row.set(now.clone());
    }
}
