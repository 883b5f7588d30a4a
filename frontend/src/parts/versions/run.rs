//! Taking a step with many versions, once.

use leptos::prelude::*;
use shared::api::{ChangeStatuses, RepositoryPath};
use shared::problem::Problem;
use shared::status::{StatusChanges, StatusOutcome, StatusResult, Step};

use crate::api::{Api, Freshness, Reads};
use crate::ui::{Announcer, count};

/// How it stands.
#[derive(Debug, Clone, PartialEq)]
enum Stage {
    Choosing,
    Running,
    /// No answer came: what happened has to be looked up.
    Unanswered(Problem),
    Done(StatusChanges, StatusOutcome),
}

/// One run at a time: the step chosen and what came of it.
#[derive(Clone, Copy)]
pub struct BatchRun {
    api: Api,
    reads: Reads,
    announcer: Announcer,
    stage: RwSignal<Stage>,
    /// The step chosen. Stays through every failure.
    pub step: RwSignal<Option<Step>>,
}

impl BatchRun {
    /// Nothing sent yet.
    pub fn new() -> Self {
        Self {
            api: expect_context(),
            reads: expect_context(),
            announcer: expect_context(),
            stage: RwSignal::new(Stage::Choosing),
            step: RwSignal::new(None),
        }
    }

    /// It is under way, tracked.
    pub fn running(self) -> bool {
        *self.stage.read() == Stage::Running
    }

    /// Why there was no answer, tracked.
    pub fn problem(self) -> Option<Problem> {
        match &*self.stage.read() {
            Stage::Unanswered(problem) => Some(problem.clone()),
            Stage::Choosing | Stage::Running | Stage::Done(..) => None,
        }
    }

    /// What was asked and what came of it, tracked.
    pub fn outcome(self) -> Option<(StatusChanges, StatusOutcome)> {
        match &*self.stage.read() {
            Stage::Done(changes, outcome) => Some((changes.clone(), outcome.clone())),
            Stage::Choosing | Stage::Running | Stage::Unanswered(_) => None,
        }
    }

    /// Goes back to choosing.
    pub fn choose_again(self) {
        self.stage.set(Stage::Choosing);
    }

    /// Takes the step. A second press while it is under way does nothing.
    pub fn start(self, path: RepositoryPath, changes: StatusChanges) {
        if *self.stage.read_untracked() == Stage::Running {
            return;
        }
        self.stage.set(Stage::Running);
        leptos::task::spawn_local(async move {
            match self.api.send::<ChangeStatuses>(&path, &(), &changes, Freshness::Anew).await {
                Ok(outcome) => {
                    let done = outcome.rows.iter().filter(|row| row.result == StatusResult::Done).count();
                    let left = outcome.rows.len() - done;
                    let words = if left == 0 { String::new() } else { format!(" {left} did not.") };
                    self.announcer.say(format!("{} took the step.{words}", count(done, "version")));
                    self.stage.try_set(Stage::Done(changes, (*outcome).clone()));
                }
                Err(problem) => drop(self.stage.try_set(Stage::Unanswered(problem))),
            }
            // The list shows at once what has changed.
            self.reads.refresh();
        });
    }
}
