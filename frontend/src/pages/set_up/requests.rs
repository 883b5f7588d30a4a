//! The calls of the recipe as requests to the API.

use leptos::prelude::*;
use shared::api::{
    ConnectionPath, CreateDomain, CreatePlan, CreateRepository, CreateRun, DomainPath, GetRun, PlanPath,
    RepositoryPath, RunPath, SetConnection, SetRepositoryPolicy, SetUpstreams,
};
use shared::feeding::Connect;
use shared::names::RepositoryName;
use shared::plan::{NewPlan, Plan};
use shared::problem::{Problem, ProblemCode};
use shared::promotion::{CopyResult, VersionChoice};
use shared::recipe::{Call, Promotion, Step, calls};
use shared::run::{NewRun, RowState, Run};

use super::{RunAt, SetUp};
use crate::api::{Answer, Request};
use crate::parts::{Absent, Next, Task};

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
            next: next(&domain, call),
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
        Call::Promote(request) => Request::of::<CreatePlan>(domain, &(), &plan(request)),
    }
}

/// What follows a call. A promotion is a plan, its run, and looking at the run until it is at its end.
fn next(domain: &DomainPath, call: Call) -> Box<dyn Fn(&Answer) -> Next> {
    let Call::Promote(asked) = call else { return Box::new(|_| Next::Done) };
    let domain = domain.clone();
    Box::new(move |answer| {
        if let Some(plan) = answer.value::<Plan>() {
            return run_it(&domain, &asked, &plan);
        }
        match answer.value::<Run>() {
            Some(run) if run.summary.state.is_moving() => {
                let DomainPath { connection, domain } = domain.clone();
                let path = RunPath { connection, domain, run: run.summary.id.clone() };
                Next::Look(Request::of::<GetRun>(&path, &(), &()))
            }
            Some(run) => judge(&run).map_or(Next::Done, Next::Refused),
            None => Next::Done,
        }
    })
}

fn plan(asked: &Promotion) -> NewPlan {
    let versions = asked
        .versions
        .iter()
        .map(|pin| VersionChoice { package: pin.package.clone(), version: pin.version.clone() })
        .collect();
    NewPlan { from: asked.from.clone(), to: asked.to.clone(), versions, reason: asked.reason.clone(), needs: None }
}

/// Runs the plan if it has the content that was seen.
fn run_it(domain: &DomainPath, asked: &Promotion, plan: &Plan) -> Next {
    let seen = plan.seen.rows.iter().map(|row| row.revision.as_ref());
    if !seen.eq(asked.versions.iter().map(|pin| Some(&pin.revision))) {
        let message = "The version has other content than a moment ago. Nothing was promoted; press again.";
        return Next::Refused(Problem::new(ProblemCode::Conflict, message));
    }
    let DomainPath { connection, domain } = domain.clone();
    let path = PlanPath { connection, domain, plan: plan.id.clone() };
    Next::Ask(Request::of::<CreateRun>(&path, &(), &NewRun { hash: plan.hash.clone(), reason: plan.reason.clone() }))
}

/// Why a run did not bring what was asked; none if it did.
fn judge(run: &Run) -> Option<Problem> {
    run.rows.iter().find_map(|row| match &row.state {
        RowState::Ended(CopyResult::Copied | CopyResult::AlreadySame) => None,
        RowState::Ended(CopyResult::Refused { code, message }) => Some(Problem {
            code: ProblemCode::Conflict,
            message: format!("{message} ({code})"),
            request_id: row.request_id.clone(),
        }),
        RowState::Ended(CopyResult::Failed(problem) | CopyResult::Unknown(problem)) => Some(problem.clone()),
        RowState::Waiting | RowState::UnderWay | RowState::Checking => Some(Problem::new(
            ProblemCode::Conflict,
            "The promotion rests before its end. Open it in the list of promotions.",
        )),
    })
}
