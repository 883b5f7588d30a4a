//! Sending one change, once.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use shared::api::Endpoint;
use shared::problem::Problem;

use crate::api::{Answer, Api, Freshness, Reads, Request};

/// How a change stands.
#[derive(Debug, Clone, PartialEq)]
enum Stage {
    Typing,
    Sending,
    Failed(Problem),
}

/// One change at a time.
#[derive(Clone, Copy)]
pub struct Change {
    api: Api,
    reads: Reads,
    stage: RwSignal<Stage>,
}

impl Change {
    /// Nothing sent yet.
    pub fn new() -> Self {
        Self { api: expect_context(), reads: expect_context(), stage: RwSignal::new(Stage::Typing) }
    }

    /// It is under way, tracked.
    pub fn busy(self) -> bool {
        *self.stage.read() == Stage::Sending
    }

    /// Why it failed, tracked.
    pub fn problem(self) -> Option<Problem> {
        match &*self.stage.read() {
            Stage::Failed(problem) => Some(problem.clone()),
            Stage::Typing | Stage::Sending => None,
        }
    }

    /// Leaves a failure behind: something else has been decided since.
    pub fn settle(self) {
        let failed = matches!(*self.stage.read_untracked(), Stage::Failed(_));
        if failed {
            self.stage.set(Stage::Typing);
        }
    }

    /// Sends it, then goes on with `done`. A second press while it is under way does nothing. What was typed stays
    /// through every failure.
    pub fn send<E: Endpoint<Query = ()>>(self, path: &E::Path, body: &E::Body, done: impl FnOnce() + 'static)
    where
        E::Answer: Send + Sync + 'static,
    {
        self.deliver(Request::of::<E>(path, &(), body), Box::new(move |_| done()));
    }

    /// As [`Self::send`], with a query, and goes on with what was answered.
    pub fn ask<E: Endpoint>(
        self,
        path: &E::Path,
        query: &E::Query,
        body: &E::Body,
        done: impl FnOnce(Arc<E::Answer>) + 'static,
    ) where
        E::Answer: Send + Sync + 'static,
    {
        let done = move |answer: &Answer| answer.value().map_or((), done);
        self.deliver(Request::of::<E>(path, query, body), Box::new(done));
    }

    fn deliver(self, request: Request, done: Box<dyn FnOnce(&Answer)>) {
        if *self.stage.read_untracked() == Stage::Sending {
            return;
        }
        self.stage.set(Stage::Sending);
        leptos::task::spawn_local(async move {
            match self.api.deliver(request, Freshness::Anew).await {
                Ok(answer) => {
                    self.stage.try_set(Stage::Typing);
                    done(&answer);
                }
                // Its effect may be open: what is shown is read anew all the same.
                Err(problem) => drop(self.stage.try_set(Stage::Failed(problem))),
            }
            // A moment later: the page that was left must not ask once more for what may be gone.
            set_timeout(move || self.reads.refresh(), Duration::ZERO);
        });
    }
}
