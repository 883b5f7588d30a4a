//! The calls of the recipe as requests to the API.

use std::sync::Arc;

use leptos::prelude::*;
use shared::api::{
    ConnectionPath, CreateDomain, CreatePromotion, CreateRepository, DomainPath, RepositoryPath, SetConnection,
    SetRepositoryPolicy, SetUpstreams,
};
use shared::feeding::Connect;
use shared::names::RepositoryName;
use shared::problem::{Problem, ProblemCode};
use shared::promotion::{CopyResult, PromotionOutcome};
use shared::recipe::{Call, Step, calls};

use super::{RunAt, SetUp};
use crate::api::{Answer, Request};
use crate::parts::{Absent, Task};

impl SetUp {
    /// Does what is missing of these steps, one call after the other.
    pub fn run(self, at: RunAt, steps: &[Step]) {
        let Some(state) = self.watch.state.get_untracked() else { return };
        let place = self.place.get_untracked();
        let domain = place.domain();
        let tasks = calls(steps, &place.recipe, &state).into_iter().map(|call| Task {
            title: call.title(),
            request: request(&domain, &call),
            absent: Absent::Wait,
            judge,
        });
        self.run_at.set(Some(at));
        self.runner.run(tasks.collect(), move |all| {
            self.announcer.say(if all { "Done." } else { "Not everything was done." });
            self.watch.look_anew();
        });
    }
}

fn request(domain: &DomainPath, call: &Call) -> Request {
    let connection = ConnectionPath { connection: domain.connection.clone() };
    let on = |repository: &RepositoryName| RepositoryPath {
        connection: domain.connection.clone(),
        domain: domain.domain.clone(),
        repository: repository.clone(),
    };
    match call {
        Call::CreateDomain(new) => Request::of::<CreateDomain>(&connection, &(), new),
        Call::CreateRepository(new) => Request::of::<CreateRepository>(domain, &(), new),
        Call::Connect(repository, registry) => {
            Request::of::<SetConnection>(&on(repository), &(), &Connect { registry: *registry, connected: true })
        }
        Call::SetUpstreams(repository, new) => Request::of::<SetUpstreams>(&on(repository), &(), new),
        Call::SetPolicy(repository, new) => Request::of::<SetRepositoryPolicy>(&on(repository), &(), new),
        Call::Promote(request) => Request::of::<CreatePromotion>(domain, &(), request),
    }
}

/// A promotion answers well even if nothing was copied: its rows tell.
fn judge(answer: &Answer) -> Option<Problem> {
    let outcome: Arc<PromotionOutcome> = answer.value()?;
    outcome.rows.iter().find_map(|row| match &row.result {
        CopyResult::Copied | CopyResult::AlreadySame => None,
        CopyResult::Refused { code, message } => Some(Problem {
            code: ProblemCode::Conflict,
            message: format!("{message} ({code})"),
            request_id: row.request_id.clone(),
        }),
        CopyResult::Failed(problem) | CopyResult::Unknown(problem) => Some(problem.clone()),
    })
}
