//! Several calls, one after the other, with their progress: it stops at the first that fails, and can be stopped.

use leptos::prelude::*;
use shared::problem::{Problem, ProblemCode};

use crate::api::{Answer, Api, Freshness, Request};
use crate::parts::ProblemNotice;
use crate::ui::{Button, ButtonKind, Glyph, Icon, count, pause};

/// How often a call is tried again that found what the call before it made not there yet, two seconds apart.
/// CodeArtifact shows what is made with some delay.
const TRIES: u32 = 5;

/// One call of a run.
pub struct Task {
    /// What it does, in words.
    pub title: String,
    /// The call.
    pub request: Request,
    /// What it means that something is not there.
    pub absent: Absent,
    /// What follows an answer that came well.
    pub next: Box<dyn Fn(&Answer) -> Next>,
}

/// What follows an answer that came well.
pub enum Next {
    /// Nothing: it is done.
    Done,
    /// Nothing: what was asked was refused all the same.
    Refused(Problem),
    /// Another call, at once.
    Ask(Request),
    /// Another call in a moment: what was begun is not at its end.
    Look(Request),
}

/// What it means for a call that something is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Absent {
    /// It may not be there yet.
    Wait,
    /// That is what was wanted.
    Fine,
}

/// How a call of a run stands.
#[derive(Debug, Clone, PartialEq)]
enum Stands {
    Waiting,
    Running,
    Done,
    Failed(Problem),
    /// The run ended before it.
    Left,
}

/// How a call of a run ended.
enum Ended {
    Done,
    Failed(Problem),
    /// It was to stop while it waited to try again, so nothing happened.
    Stopped,
}

#[derive(Debug, Clone, PartialEq)]
struct Row {
    title: String,
    stands: Stands,
}

/// A run. It lives as long as the page that shows it: who leaves the page ends it after the call under way.
#[derive(Clone, Copy)]
pub struct Runner {
    api: Api,
    rows: RwSignal<Vec<Row>>,
    running: RwSignal<bool>,
    stopping: RwSignal<bool>,
}

impl Runner {
    /// Nothing run yet.
    pub fn new() -> Self {
        Self {
            api: expect_context(),
            rows: RwSignal::new(Vec::new()),
            running: RwSignal::new(false),
            stopping: RwSignal::new(false),
        }
    }

    /// It is under way, tracked.
    pub fn running(self) -> bool {
        self.running.get()
    }

    /// Forgets what was run. A run under way stays, and so does its button that stops it.
    pub fn clear(self) {
        if !self.running.get_untracked() {
            self.rows.set(Vec::new());
        }
    }

    /// Runs the calls, then goes on with `done`, which is told whether all of them were done.
    /// Does nothing while a run is under way.
    pub fn run(self, tasks: Vec<Task>, done: impl FnOnce(bool) + 'static) {
        if self.running.get_untracked() {
            return;
        }
        self.running.set(true);
        self.stopping.set(false);
        let row = |task: &Task| Row { title: task.title.clone(), stands: Stands::Waiting };
        self.rows.set(tasks.iter().map(row).collect());
        leptos::task::spawn_local(async move {
            let Some(all) = self.go(tasks).await else { return };
            self.running.try_set(false);
            done(all);
        });
    }

    /// Tells whether all were done; nothing when the page is gone.
    async fn go(self, tasks: Vec<Task>) -> Option<bool> {
        let total = tasks.len();
        for (place, task) in tasks.into_iter().enumerate() {
            if self.stopping.try_get_untracked()? {
                self.leave(place, total)?;
                return Some(false);
            }
            self.mark(place, Stands::Running)?;
            match self.one(task, place > 0).await? {
                Ended::Done => self.mark(place, Stands::Done)?,
                Ended::Failed(problem) => {
                    self.mark(place, Stands::Failed(problem))?;
                    self.leave(place + 1, total)?;
                    return Some(false);
                }
                Ended::Stopped => {
                    self.leave(place, total)?;
                    return Some(false);
                }
            }
        }
        Some(true)
    }

    /// One call, tried again while what it needs may not be there yet; nothing when the page is gone.
    async fn one(self, task: Task, follows: bool) -> Option<Ended> {
        let mut tries = 0;
        let mut request = task.request;
        loop {
            match self.api.deliver(request.clone(), Freshness::Anew).await {
                Ok(answer) => match (task.next)(&answer) {
                    Next::Done => return Some(Ended::Done),
                    Next::Refused(problem) => return Some(Ended::Failed(problem)),
                    Next::Ask(another) => {
                        request = another;
                        continue;
                    }
                    // A stop does not end what has been begun.
                    Next::Look(another) => {
                        request = another;
                        pause(500).await;
                        self.stopping.try_get_untracked()?;
                        continue;
                    }
                },
                Err(problem) if problem.code == ProblemCode::NotFound && task.absent == Absent::Fine => {
                    drop(problem);
                    return Some(Ended::Done);
                }
                // Nothing happened, so it can be asked again.
                Err(problem) if problem.code == ProblemCode::NotFound && follows && tries < TRIES => tries += 1,
                Err(problem) => return Some(Ended::Failed(problem)),
            }
            // Before the wait and after it: a stop is not kept waiting, and nothing is asked once the page is gone.
            if self.stopping.try_get_untracked()? {
                return Some(Ended::Stopped);
            }
            pause(2000).await;
            if self.stopping.try_get_untracked()? {
                return Some(Ended::Stopped);
            }
        }
    }

    fn mark(self, place: usize, stands: Stands) -> Option<()> {
        self.rows.try_update(|rows| {
            if let Some(row) = rows.get_mut(place) {
                row.stands = stands;
            }
        })
    }

    fn leave(self, from: usize, total: usize) -> Option<()> {
        (from..total).try_for_each(|place| self.mark(place, Stands::Left))
    }
}

/// The calls of a run, each with how it stands, and a button that stops it.
#[component]
pub fn RunList(
    runner: Runner,
    /// What could not be done, should a call fail, such as `Not everything could be made.`
    what: &'static str,
) -> impl IntoView {
    let rows = move || {
        let rows = runner.rows.get();
        rows.into_iter().map(|row| view! { <RunRow row /> }).collect::<Vec<_>>()
    };
    let failed = move || {
        let rows = runner.rows.read();
        let problem = rows.iter().find_map(|row| match &row.stands {
            Stands::Failed(problem) => Some(problem.clone()),
            _ => None,
        })?;
        Some(view! { <ProblemNotice what problem /> })
    };
    let summary = move || {
        let rows = runner.rows.read();
        let done = rows.iter().filter(|row| row.stands == Stands::Done).count();
        let left = rows.len() - done;
        match (runner.running.get(), left) {
            (true, _) => format!("{done} of {} done. Leaving the page ends it after the call under way.", rows.len()),
            (false, 0) => format!("{} done.", count(done, "call")),
            (false, left) => format!("{} done, {left} not. Press again to do what is left.", count(done, "call")),
        }
    };
    let stop = move || runner.stopping.set(true);
    move || {
        (!runner.rows.read().is_empty()).then(|| view! {
            <div class="run">
                <ol class="run__list" aria-label="Progress">{rows}</ol>
                {failed}
                <p class="run__foot">
                    <span class="muted">{summary}</span>
                    <Show when=move || runner.running.get()>
                        <Button kind=ButtonKind::Small busy=Signal::derive(move || runner.stopping.get()) on_click=stop>"Stop"</Button>
                    </Show>
                </p>
            </div>
        })
    }
}

#[component]
fn RunRow(row: Row) -> impl IntoView {
    let (glyph, word, class) = match row.stands {
        Stands::Waiting => (Glyph::Dash, "waits", "run__row"),
        Stands::Running => (Glyph::Refresh, "under way", "run__row run__row--running"),
        Stands::Done => (Glyph::Check, "done", "run__row run__row--done"),
        Stands::Failed(_) => (Glyph::Cross, "failed", "run__row run__row--failed"),
        Stands::Left => (Glyph::Dash, "not done", "run__row"),
    };
    view! { <li class=class><Icon glyph /><span class="run__title">{row.title}</span><span class="run__word">{word}</span></li> }
}
