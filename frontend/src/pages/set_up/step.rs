//! One step: why it exists, what is there of it, what does it, and the same by command.

use leptos::prelude::*;
use shared::api::RepositoryPath;
use shared::command;
use shared::recipe::{Part, ProductionTakes, Recipe, Standing, Step, StepStanding, calls, commands};

use super::progress::{Sign, chip};
use super::{RunAt, SetUp, words};
use crate::navigation::Navigation;
use crate::parts::RunList;
use crate::place::{GeneratePlace, Place, SetUpPlace};
use crate::ui::{Announcer, Button, ButtonKind, Command, Glyph, Icon, Notice, Tone};

/// One step. It is open unless it was done when the page was opened: nothing closes under the eyes of whoever reads it.
#[component]
pub fn StepSection(step: Step) -> impl IntoView {
    let (set_up, announcer) = (expect_context::<SetUp>(), expect_context::<Announcer>());
    let standing = Memo::new(move |_| set_up.standing(step));
    let open = RwSignal::new(true);
    Effect::new(move |before: Option<Option<StepStanding>>| {
        let now = standing.get();
        match before.flatten() {
            None if now == Some(StepStanding::Done) => open.set(false),
            Some(before) if before != StepStanding::Done && now == Some(StepStanding::Done) => {
                announcer.say(format!("Step {} is done.", step.number()));
            }
            _ => {}
        }
        now.or(before.flatten())
    });
    let id = format!("step-{}", step.number());
    let (heading, labelled) = (format!("{id}-title"), format!("{id}-title"));
    view! {
        <section class="step" id=id aria-labelledby=labelled>
            <details class="step__fold" prop:open=move || open.get()>
                <summary class="step__head">
                    <Sign step standing />
                    <h2 class="step__title" id=heading>
                        <span class="visually-hidden">{format!("Step {}: ", step.number())}</span>
                        {words::title(step)}
                    </h2>
                    {move || standing.get().map(chip)}
                </summary>
                <div class="step__body">
                    <div class="step__do">
                        <p>{move || words::why(step, &set_up.place.read().recipe.names)}</p>
                        {(step == Step::Upstreams).then(|| view! { <Production /> })}
                        <Parts step />
                        <Act step />
                        <Elsewhere step />
                    </div>
                    <Commands step />
                </div>
            </details>
        </section>
    }
}

/// What is there of the step.
#[component]
fn Parts(step: Step) -> impl IntoView {
    let set_up = expect_context::<SetUp>();
    let parts = Memo::new(move |_| set_up.parts(step));
    move || {
        parts.get().map(|parts| {
            let rows = parts.into_iter().map(row).collect::<Vec<_>>();
            view! { <ul class="step__parts" aria-label="What is there">{rows}</ul> }
        })
    }
}

fn row(part: Part) -> AnyView {
    let (glyph, word, class) = match part.standing {
        Standing::Done => (Glyph::Check, "There: ", "step__part step__part--done"),
        Standing::Missing => (Glyph::Dash, "Not there yet: ", "step__part"),
        Standing::Conflict => (Glyph::Cross, "In the way: ", "step__part step__part--conflict"),
        Standing::Unknown => (Glyph::Warning, "Not readable: ", "step__part step__part--unknown"),
    };
    view! {
        <li class=class>
            <Icon glyph />
            <span><span class="visually-hidden">{word}</span>{part.what}{part.remark.map(|remark| view! { <small>{remark}</small> })}</span>
        </li>
    }
    .into_any()
}

/// What does the step: a button, a tick by hand, or what to do on one's machine.
#[component]
fn Act(step: Step) -> impl IntoView {
    match step {
        Step::Identity | Step::SignIn => view! { <ByHand step /> }.into_any(),
        Step::Install | Step::Publish => view! { <Watching step /> }.into_any(),
        Step::Domain | Step::Repositories | Step::Connections | Step::Upstreams | Step::Promote | Step::Permissions => {
            view! { <ByButton step /> }.into_any()
        }
    }
}

#[component]
fn ByButton(step: Step) -> impl IntoView {
    let set_up = expect_context::<SetUp>();
    let standing = Memo::new(move |_| set_up.standing(step));
    let left = Memo::new(move |_| {
        set_up.state().map(|state| calls(&[step], &set_up.recipe(), &state).len()).unwrap_or_default()
    });
    let refusal = Signal::derive(move || {
        let nothing = || (left.get() == 0).then(|| "Nothing is left that this page can do here.".to_owned());
        set_up.refusal_of(step).or_else(nothing)
    });
    let here = Memo::new(move |_| set_up.run_at.get() == Some(RunAt::Step(step)));
    let busy = Signal::derive(move || here.get() && set_up.runner.running());
    let text = move || match standing.get() {
        Some(StepStanding::Half(..)) => "Do what is left",
        _ => "Do this step",
    };
    let label = Signal::derive(move || Some(format!("{}: {}", text(), words::title(step))));
    let press = move || set_up.run(RunAt::Step(step), &[step]);
    view! {
        <Show when=move || standing.get() != Some(StepStanding::Done)>
            <p class="form-page__foot">
                <Button kind=ButtonKind::Primary busy disabled_reason=refusal label on_click=press>{text}</Button>
                <span class="form-page__why" aria-hidden="true">{move || refusal.get()}</span>
            </p>
        </Show>
        <Show when=move || here.get()>
            <RunList runner=set_up.runner what="This step could not be finished." />
        </Show>
    }
}

#[component]
fn ByHand(step: Step) -> impl IntoView {
    let (set_up, navigation) = (expect_context::<SetUp>(), expect_context::<Navigation>());
    let ticked = move || set_up.place.read().ticked.contains(&step);
    let toggle = move |_| {
        let mut place = set_up.place.get_untracked();
        if !place.ticked.remove(&step) {
            place.ticked.insert(step);
        }
        navigation.replace(&Place::SetUp(Box::new(place)));
    };
    view! {
        <label class="step__hand">
            <input type="checkbox" prop:checked=ticked on:change=toggle />
            "I have done this"
        </label>
    }
}

#[component]
fn Watching(step: Step) -> impl IntoView {
    let set_up = expect_context::<SetUp>();
    let standing = Memo::new(move |_| set_up.standing(step));
    let needs =
        Memo::new(move |_| set_up.state().and_then(|state| shared::recipe::needs(step, &set_up.recipe(), &state)));
    move || {
        let text = match (standing.get()?, needs.get()) {
            (StepStanding::Done, _) => return None,
            (_, Some(needs)) => needs,
            (_, None) => "Watching: this ticks by itself.".to_owned(),
        };
        Some(view! { <p class="step__watching"><Icon glyph=Glyph::Search />{text}</p> })
    }
}

/// Where the page does more of the same, once there is a domain to do it in.
#[component]
fn Elsewhere(step: Step) -> impl IntoView {
    let set_up = expect_context::<SetUp>();
    let there = Memo::new(move |_| set_up.state().is_some_and(|state| state.domain.is_some()));
    move || {
        there.get().then_some(())?;
        let (domain, team) = (set_up.domain(), set_up.place.read().recipe.names.team.clone());
        let (place, text) = match step {
            Step::Identity => {
                (Place::GeneratePolicy(GeneratePlace::new(domain)), "Generate policies for other people".to_owned())
            }
            Step::SignIn => (Place::connect(&domain, &team), format!("Connect other clients to {team}")),
            Step::Publish => (
                Place::Publish(RepositoryPath {
                    connection: domain.connection,
                    domain: domain.domain,
                    repository: team.clone(),
                }),
                format!("Publish a file to {team} from here"),
            ),
            Step::Permissions => (Place::access(&domain, &team), format!("Edit the policy of {team}")),
            Step::Domain | Step::Repositories | Step::Connections | Step::Upstreams | Step::Install | Step::Promote => {
                return None;
            }
        };
        Some(view! { <p><a href=place.href()>{text}</a></p> })
    }
}

/// What feeds production: the recipe's way, and the safer one.
#[component]
fn Production() -> impl IntoView {
    let (set_up, navigation) = (expect_context::<SetUp>(), expect_context::<Navigation>());
    let chosen = Memo::new(move |_| set_up.place.read().recipe.production);
    let choose = move |production: ProductionTakes| {
        let place = set_up.place.get_untracked();
        let recipe = Recipe { production, ..place.recipe };
        navigation.replace(&Place::SetUp(Box::new(SetUpPlace { recipe, ..place })));
    };
    let choice = move |production: ProductionTakes, id: &'static str, text: Signal<String>, hint: Signal<String>| {
        view! {
            <div class="steps__one">
                <input type="radio" name="production" id=id aria-describedby=format!("{id}-hint")
                    prop:checked=move || chosen.get() == production on:change=move |_| choose(production) />
                <label for=id>{text}</label>
                <p class="field__hint" id=format!("{id}-hint")>{hint}</p>
            </div>
        }
    };
    let names = move || set_up.place.read().recipe.names.clone();
    view! {
        <fieldset class="steps step__choice">
            <legend class="form-page__title">{move || format!("What feeds {}?", names().production)}</legend>
            {choice(
                ProductionTakes::FromTeam,
                "production-from-team",
                Signal::derive(move || format!("{}, as the recipe is written", names().team)),
                Signal::derive(|| "Easy to begin with, and open to everything.".to_owned()),
            )}
            {choice(
                ProductionTakes::OnlyPromoted,
                "production-promoted",
                Signal::derive(|| "No repository: only what is promoted".to_owned()),
                Signal::derive(|| "Safer. Step 9 is then the only way in.".to_owned()),
            )}
        </fieldset>
        <Show when=move || chosen.get() == ProductionTakes::FromTeam>
            <Notice tone=Tone::Warn>
                <p class="notice__title">{move || format!("Everything can reach {}", names().production)}</p>
                <p>{move || {
                    let names = names();
                    format!(
                        "What {0} can install, {1} can install too: every package of public:npmjs and public:pypi, and whatever a developer publishes to {0}, promoted or not. Choose the other way to let only promoted packages in.",
                        names.team, names.production
                    )
                }}</p>
            </Notice>
        </Show>
    }
}

/// The same by command.
#[component]
fn Commands(step: Step) -> impl IntoView {
    let set_up = expect_context::<SetUp>();
    let offer = Memo::new(move |_| {
        let state = set_up.state()?;
        let texts = commands(step, &set_up.recipe(), &state, &set_up.options.get());
        if texts.is_empty() {
            return Some(Err(no_command(state.domain.is_some(), set_up.standing(step)?)));
        }
        Some(Ok(command::in_turn(texts)))
    });
    let title = if matches!(step, Step::Identity | Step::SignIn | Step::Install | Step::Publish) {
        "On your machine"
    } else {
        "Same thing, by command"
    };
    move || {
        let body = match offer.get()? {
            Ok(text) => view! { <Command text /> }.into_any(),
            Err(why) => view! { <p class="muted">{why}</p> }.into_any(),
        };
        Some(view! {
            <div class="step__commands">
                <h3 class="form-page__title">{title}</h3>
                {body}
            </div>
        })
    }
}

/// Why a step has no command at all.
fn no_command(has_domain: bool, standing: StepStanding) -> &'static str {
    match (has_domain, standing) {
        (false, _) => "Stands here once the domain is made: the document names its account.",
        (true, StepStanding::Unknown) => "No command is offered: what is there could not be read.",
        (true, _) => "No command is offered: something else is in the way, and the recipe leaves it alone.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_without_a_command_says_why() {
        assert!(no_command(false, StepStanding::Open).starts_with("Stands here once the domain is made"));
        assert!(no_command(true, StepStanding::Conflict).contains("something else is in the way"));
        assert!(no_command(true, StepStanding::Unknown).contains("could not be read"));
    }
}
