//! Taking a whole domain away: what will be lost, in which order, and doing it with its progress.

use leptos::prelude::*;
use shared::api::{DeleteDomain, DeleteRepository, DeleteRepositoryPolicy, DomainPath, RepositoryPath, SetUpstreams};
use shared::cleanup::{self, Deletion};
use shared::command;
use shared::names::RepositoryName;
use shared::permission::{PolicyGlance, SeenRevision};
use shared::person::Role;
use shared::problem::ProblemCode;

mod lost;
mod policies;

use lost::Lost;
use policies::policies;

use crate::api::{Reads, Request};
use crate::parts::{Absent, DomainData, Me, Next, ProblemNotice, RunList, Runner, Task, TextField};
use crate::place::{Place, SetUpPlace};
use crate::ui::{Announcer, Button, ButtonKind, Command, EmptyState, SkeletonRows, count};

/// What the parts of the page share. A context of the page.
#[derive(Clone, Copy)]
struct CleanUp {
    data: DomainData,
    /// The policies of the repositories, once they are read.
    policies: RwSignal<Option<Vec<PolicyGlance>>>,
    runner: Runner,
    /// All was deleted by the run on this page.
    finished: RwSignal<bool>,
}

impl CleanUp {
    /// What is left to delete, once it is known. Tracked.
    fn plan(self) -> Option<Vec<Deletion>> {
        let map = self.data.map.get()?;
        let policies = self.policies.get()?;
        Some(cleanup::plan(&self.data.path().domain, &map.repositories, &policies))
    }
}

/// Takes the domain of the context away.
#[component]
pub fn CleanUpPage() -> impl IntoView {
    let data = expect_context::<DomainData>();
    let finished = RwSignal::new(false);
    let gone = Memo::new(move |_| {
        finished.get() || data.problem.read().as_ref().is_some_and(|problem| problem.code == ProblemCode::NotFound)
    });
    let clean_up = CleanUp { data, policies: policies(data), runner: Runner::new(), finished };
    provide_context(clean_up);
    let known = Memo::new(move |_| clean_up.data.map.read().is_some() && clean_up.policies.read().is_some());
    let retry = Callback::new(move |()| data.resource.refetch());
    let failing = move || {
        let problem = data.problem.get().filter(|_| !gone.get())?;
        Some(view! { <ProblemNotice what="What is there could not be read." problem retry /> })
    };
    view! {
        <main class="page clean-up" id="main" tabindex="-1">
            <h1>{format!("Clean up {}", data.path().domain)}</h1>
            <p class="page__about">"Takes the whole domain away: policies, repositories with every package they hold, and the domain itself. Nothing of it can be brought back."</p>
            {failing}
            {move || match (gone.get(), known.get()) {
                (true, _) => view! { <Gone /> }.into_any(),
                (false, true) => view! { <Lost /><Delete /> }.into_any(),
                (false, false) => view! { <SkeletonRows rows=6 what="what is there" /> }.into_any(),
            }}
            <Run />
            <Machine />
        </main>
    }
}

/// Nothing is left.
#[component]
fn Gone() -> impl IntoView {
    let data = expect_context::<CleanUp>().data;
    let again = SetUpPlace::of(&data.path()).map(|place| Place::SetUp(Box::new(place)).href());
    view! {
        <EmptyState title=format!("There is no domain {}", data.path().domain)>
            <p>"Nothing of it is left in CodeArtifact."</p>
            <p class="empty__actions">
                <a class="button button--primary" href=Place::Connections.href()>"All domains"</a>
                {again.map(|href| view! { <a class="button" href=href>"Set it up again"</a> })}
            </p>
        </EmptyState>
    }
}

/// The order, the commands, the name to be typed, and the button.
#[component]
fn Delete() -> impl IntoView {
    let (clean_up, announcer, reads) =
        (expect_context::<CleanUp>(), expect_context::<Announcer>(), expect_context::<Reads>());
    let data = clean_up.data;
    let plan = Memo::new(move |_| clean_up.plan().unwrap_or_default());
    let typed = RwSignal::new(String::new());
    let name = data.path().domain.to_string();
    let (expected, hint) = (name.clone(), format!("Type {name}. This cannot be undone."));
    let refusal =
        Signal::derive(move || (typed.read().trim() != expected).then(|| format!("Type {expected} to confirm.")));
    let refusal = expect_context::<Me>().unless(Role::Admin, refusal);
    let press = move || {
        let domain = data.path();
        let tasks = plan.get_untracked().into_iter().map(|deletion| task(&domain, &deletion)).collect();
        clean_up.runner.run(tasks, move |all| {
            announcer.say(if all {
                format!("The domain {} is gone.", domain.domain)
            } else {
                "Not everything was deleted.".to_owned()
            });
            match all {
                true => clean_up.finished.set(true),
                // The plan is made anew from what is left.
                false => reads.refresh(),
            }
        });
    };
    let order = move || plan.get().iter().map(|deletion| view! { <li>{deletion.title()}</li> }).collect::<Vec<_>>();
    let commands = move || {
        let options = data.command_options.get();
        let texts =
            plan.get().iter().map(|deletion| deletion.command(&data.path().domain, &options)).collect::<Vec<_>>();
        view! { <Command text=command::in_turn(texts) /> }
    };
    let busy = Signal::derive(move || clean_up.runner.running());
    view! {
        <section class="clean-up__plan" aria-labelledby="plan-title">
            <div class="clean-up__do">
                <h2 id="plan-title" class="form-page__title">{move || format!("In this order: {}", count(plan.read().len(), "call"))}</h2>
                <p class="muted">"First what takes from others, last what others take from. It stops at the first call that fails and can be run again: what is gone by then is left out."</p>
                <ol class="ground__calls">{order}</ol>
                <div class="confirm">
                    <TextField id="confirm-name" label="Its name, to confirm" value=typed hint code=true />
                    <p class="form-page__foot">
                        <Button kind=ButtonKind::Danger busy disabled_reason=refusal on_click=press>"Delete all of it"</Button>
                        <span class="form-page__why" aria-hidden="true">{move || refusal.get()}</span>
                    </p>
                </div>
            </div>
            <div class="step__commands">
                <h2 class="form-page__title">"Same thing, by command"</h2>
                {commands}
            </div>
        </section>
    }
}

fn task(domain: &DomainPath, deletion: &Deletion) -> Task {
    let on = |repository: &RepositoryName| RepositoryPath {
        connection: domain.connection.clone(),
        domain: domain.domain.clone(),
        repository: repository.clone(),
    };
    let request = match deletion {
        Deletion::Policy(repository, revision) => {
            let seen = SeenRevision { revision: revision.clone() };
            Request::of::<DeleteRepositoryPolicy>(&on(repository), &seen, &())
        }
        Deletion::Upstreams(repository, new) => Request::of::<SetUpstreams>(&on(repository), &(), new),
        Deletion::Repository(repository) => Request::of::<DeleteRepository>(&on(repository), &(), &()),
        Deletion::Domain(_) => Request::of::<DeleteDomain>(domain, &(), &()),
    };
    // What somebody else deleted meanwhile is gone all the same.
    Task { title: deletion.title(), request, absent: Absent::Fine, next: Box::new(|_| Next::Done) }
}

#[component]
fn Run() -> impl IntoView {
    let clean_up = expect_context::<CleanUp>();
    view! { <RunList runner=clean_up.runner what="Not everything could be deleted." /> }
}

/// What is left on a developer's machine.
#[component]
fn Machine() -> impl IntoView {
    view! {
        <section class="clean-up__machine" aria-labelledby="machine-title">
            <h2 id="machine-title" class="form-page__title">"On your machine"</h2>
            <p class="muted">"npm and pip go on asking the repository they were signed in to until this is undone. Headwater cannot see or change that."</p>
            <Command text=cleanup::LOCAL.join("\n") />
        </section>
    }
}
