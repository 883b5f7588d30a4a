//! The set-up recipe as a guided list: each step says why it exists, shows what it will do and the same by command, does
//! it, and ticks itself from what is there.

use std::sync::Arc;

use leptos::prelude::*;
use shared::api::{ConnectionPath, DomainPath};
use shared::person::Role;
use shared::recipe::{Part, Recipe, SetupState, Step, StepStanding, needs, parts, standing};

mod ground;
mod names;
mod progress;
mod requests;
mod step;
mod verify;
mod watch;
mod words;

use ground::Ground;
use names::NamesForm;
use progress::Progress;
use step::StepSection;
use verify::Verify;
use watch::Watch;

use crate::navigation::Navigation;
use crate::parts::{Connections, Me, ProblemNotice, Runner};
use crate::place::{Place, SetUpPlace};
use crate::ui::{Announcer, EmptyState};

/// What all parts of the page share. A context of the page.
#[derive(Clone, Copy)]
struct SetUp {
    /// What was chosen, as it stands in the address.
    place: Memo<SetUpPlace>,
    watch: Watch,
    runner: Runner,
    /// What is run at the moment, or was run last.
    run_at: RwSignal<Option<RunAt>>,
    /// A name above breaks its rule, so the steps still follow the names before it.
    broken: RwSignal<bool>,
    /// What to add to an `aws` command.
    options: Memo<Vec<String>>,
    announcer: Announcer,
    me: Me,
}

/// Where on the page a run was begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum RunAt {
    Ground,
    Step(Step),
}

impl SetUp {
    fn recipe(self) -> Recipe {
        self.place.read().recipe.clone()
    }

    fn domain(self) -> DomainPath {
        self.place.read().domain()
    }

    /// What is there, once it is known. Tracked.
    fn state(self) -> Option<Arc<SetupState>> {
        self.watch.state.get()
    }

    /// The parts of a step, once it is known what is there. Tracked.
    fn parts(self, step: Step) -> Option<Vec<Part>> {
        let place = self.place.read();
        let ticked: Vec<Step> = place.ticked.iter().copied().collect();
        self.state().map(|state| parts(step, &place.recipe, &state, &ticked))
    }

    /// How a step stands, once it is known what is there. Tracked.
    fn standing(self, step: Step) -> Option<StepStanding> {
        self.parts(step).map(|parts| standing(&parts))
    }

    /// Why nothing can be done now; none where it can. Tracked.
    fn refusal(self) -> Option<String> {
        if self.broken.get() {
            Some("Correct the names above first.".to_owned())
        } else if self.watch.state.read().is_none() {
            Some("What is there is still being read.".to_owned())
        } else if self.runner.running() {
            Some("Something else is being done. Wait for it, or stop it.".to_owned())
        } else {
            None
        }
    }

    /// Why nothing can be changed now; none where it can. Tracked.
    fn change_refusal(self) -> Option<String> {
        self.me.lacks(Role::Admin).or_else(|| self.refusal())
    }

    /// Why a step cannot be done now. Tracked.
    fn refusal_of(self, step: Step) -> Option<String> {
        self.change_refusal().or_else(|| self.state().and_then(|state| needs(step, &self.recipe(), &state)))
    }
}

/// The guided set-up.
#[component]
pub fn SetUpPage(path: ConnectionPath) -> impl IntoView {
    let (navigation, connections) = (expect_context::<Navigation>(), expect_context::<Connections>());
    let first = navigation.place().with_untracked(|place| match place {
        Some(Place::SetUp(place)) => Some((**place).clone()),
        _ => None,
    });
    let Some(first) = first else { return ().into_any() };
    // When the page is about to be left, the place is another one already: it keeps what it had.
    let place = Memo::new(move |before: Option<&SetUpPlace>| match &*navigation.place().read() {
        Some(Place::SetUp(place)) => (**place).clone(),
        _ => before.unwrap_or(&first).clone(),
    });
    let names = Memo::new(move |_| place.read().recipe.names.clone());
    let key = path.connection.clone();
    let connection = Memo::new(move |_| {
        let known = connections.reading.get()?;
        Some(known.iter().find(|one| one.key == key).cloned())
    });
    let set_up = SetUp {
        place,
        watch: Watch::start(path, names),
        runner: Runner::new(),
        run_at: RwSignal::new(None),
        broken: RwSignal::new(false),
        announcer: expect_context(),
        me: expect_context(),
        options: Memo::new(move |_| {
            connection
                .read()
                .as_ref()
                .and_then(|one| one.as_ref().map(|one| one.command_options.clone()))
                .unwrap_or_default()
        }),
    };
    provide_context(set_up);
    let absent = Memo::new(move |_| *connection.read() == Some(None));
    let steps = Step::ALL.into_iter().map(|step| view! { <StepSection step /> }).collect::<Vec<_>>();
    let steps = StoredValue::new_local(Some(steps));
    view! {
        <main class="page recipe" id="main" tabindex="-1">
            {move || match absent.get() {
                true => view! {
                    <EmptyState title="There is no such connection">
                        <p>"Choose one on the list of domains."</p>
                        <a class="button" href=Place::Connections.href()>"All domains"</a>
                    </EmptyState>
                }
                .into_any(),
                false => view! {
                    <Head />
                    <Failing />
                    <div class="recipe__body">
                        <Progress />
                        <div class="recipe__steps">
                            <NamesForm />
                            <Ground />
                            {steps.try_update_value(Option::take).flatten()}
                            <Verify />
                            <ToCleanUp />
                        </div>
                    </div>
                }
                .into_any(),
            }}
        </main>
    }
    .into_any()
}

#[component]
fn Head() -> impl IntoView {
    let set_up = expect_context::<SetUp>();
    let map = move || {
        let there = set_up.state().is_some_and(|state| state.domain.is_some());
        there.then(|| view! { <a class="button" href=Place::map(&set_up.domain()).href()>"Show the map"</a> })
    };
    view! {
        <header class="recipe__head">
            <div>
                <h1>"Set-up, step by step"</h1>
                <p class="page__about">"From no domain to a package of your own in production, in ten steps. Do each with its button or with the command beside it: the page looks every few seconds and ticks what is there."</p>
            </div>
            {map}
        </header>
    }
}

/// The way to take it all away again.
#[component]
fn ToCleanUp() -> impl IntoView {
    let set_up = expect_context::<SetUp>();
    move || {
        set_up.state().filter(|state| state.domain.is_some()).map(|_| {
            let href = Place::CleanUp(set_up.domain()).href();
            view! {
                <section class="ground" aria-labelledby="clean-title">
                    <h2 id="clean-title" class="form-page__title">"Only tried it?"</h2>
                    <p class="muted">"Clean-up takes the whole domain away again, in the order that works, and shows first what will be lost."</p>
                    <p><a class="button" href=href>"Clean up"</a></p>
                </section>
            }
        })
    }
}

/// Says so when what is there cannot be read.
#[component]
fn Failing() -> impl IntoView {
    let set_up = expect_context::<SetUp>();
    let retry = Callback::new(move |()| set_up.watch.look_anew());
    move || {
        let problem = set_up.watch.problem.get()?;
        Some(view! { <ProblemNotice what="What is there could not be read. The ticks may be old." problem retry /> })
    }
}
