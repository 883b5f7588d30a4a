//! The last look: what the recipe has people ask for when they are through, with the live answers.

use leptos::prelude::*;
use shared::api::{ConnectionPath, VerifySetup};
use shared::problem::Problem;
use shared::recipe::{Question, Told, Verification};

use super::SetUp;
use crate::api::{Api, Freshness};
use crate::parts::{Name, ProblemNotice};
use crate::ui::{Button, ButtonKind, Command, Glyph, Icon, Moment, count};

/// How many entries of a list are shown.
const SHOWN: usize = 12;

/// Asks everything at once, and shows each answer beside the command that asks the same.
#[component]
pub fn Verify() -> impl IntoView {
    let (set_up, api) = (expect_context::<SetUp>(), expect_context::<Api>());
    let answer = RwSignal::new(None::<Result<std::sync::Arc<Verification>, Problem>>);
    let busy = RwSignal::new(false);
    let ask = move || {
        let place = set_up.place.get_untracked();
        busy.set(true);
        leptos::task::spawn_local(async move {
            let path = ConnectionPath { connection: place.connection };
            let told = api.send::<VerifySetup>(&path, &place.recipe.names, &(), Freshness::Anew).await;
            busy.try_set(false);
            // Answers about other names, which were typed meanwhile, would mislead.
            let still = set_up.place.try_with_untracked(|now| now.recipe.names == place.recipe.names);
            if still == Some(true) {
                answer.try_set(Some(told));
            }
        });
    };
    // And so would answers that stand there already.
    Effect::new(move |before: Option<_>| {
        let names = set_up.place.read().recipe.names.clone();
        if before.is_some_and(|before| before != names) {
            answer.set(None);
        }
        names
    });
    let refusal = Signal::derive(move || {
        let domain = || set_up.state().is_none_or(|state| state.domain.is_none());
        set_up.refusal().or_else(|| domain().then(|| "Make the domain first: step 1.".to_owned()))
    });
    let failed = move || {
        let problem = answer.read().as_ref().and_then(|answer| answer.as_ref().err().cloned())?;
        Some(view! { <ProblemNotice what="It could not be verified." problem /> })
    };
    let asked = move || {
        let told = answer.get().and_then(Result::ok)?;
        Some(view! { <p class="muted">"Asked "<Moment at=told.read_at />". Ask again after a change."</p> })
    };
    let rows = Question::ALL.into_iter().map(move |question| {
        let told = move || {
            let told = answer.get().and_then(Result::ok)?;
            Some(show(question, &told))
        };
        let command = Memo::new(move |_| question.command(&set_up.place.read().recipe.names, &set_up.options.get()));
        view! {
            <div class="step__body verify__row">
                <div class="step__do">
                    <h3 class="verify__title">{title(question)}</h3>
                    {told}
                </div>
                <div class="step__commands">{move || view! { <Command text=command.get() /> }}</div>
            </div>
        }
    });
    view! {
        <section class="step verify" id="verify" aria-labelledby="verify-title">
            <div class="verify__head">
                <h2 class="step__title" id="verify-title">"See for yourself"</h2>
                <p>"What is there, asked of CodeArtifact at this moment. Each question has its command: both must tell the same."</p>
                <p class="form-page__foot">
                    <Button kind=ButtonKind::Primary busy disabled_reason=refusal on_click=ask>"Ask now"</Button>
                    <span class="form-page__why" aria-hidden="true">{move || refusal.get()}</span>
                </p>
                {failed}
                {asked}
            </div>
            {rows.collect::<Vec<_>>()}
        </section>
    }
}

fn title(question: Question) -> &'static str {
    match question {
        Question::Domains => "Domains of the account",
        Question::Repositories => "Repositories of the domain",
        Question::Packages => "Packages in the team repository",
        Question::Version => "Your version",
        Question::Token => "A token",
        Question::Endpoints => "Where package managers find it",
    }
}

fn show(question: Question, told: &Verification) -> AnyView {
    match question {
        Question::Domains => answer(&told.domains, |names| list(names.iter().map(ToString::to_string).collect())),
        Question::Repositories => {
            answer(&told.repositories, |names| list(names.iter().map(ToString::to_string).collect()))
        }
        Question::Packages => answer(&told.packages, |packages| {
            list(packages.iter().map(|package| format!("{} ({})", package.full_name(), package.format)).collect())
        }),
        Question::Version => answer(&told.version, |version| {
            let status = version.status.map_or("in a status that Headwater does not know", |status| status.as_str());
            list(vec![format!("{} is {status}", version.version)])
        }),
        Question::Token => answer(&told.token_length, |length| {
            let told = format!("A token of {} came. It stays in the server.", count(*length, "character"));
            view! { <p class="step__part step__part--done"><Icon glyph=Glyph::Check /><span>{told}</span></p> }
                .into_any()
        }),
        Question::Endpoints => {
            let each = told.endpoints.iter().map(|(_, told)| answer(told, |address| list(vec![address.clone()])));
            each.collect::<Vec<_>>().into_any()
        }
    }
}

fn answer<T>(told: &Told<T>, show: impl FnOnce(&T) -> AnyView) -> AnyView {
    match told {
        Ok(value) => show(value),
        Err(problem) => view! {
            <p class="step__part step__part--conflict"><Icon glyph=Glyph::Cross /><span>{problem.message.clone()}</span></p>
        }
        .into_any(),
    }
}

fn list(texts: Vec<String>) -> AnyView {
    let more = texts.len().saturating_sub(SHOWN);
    if texts.is_empty() {
        return view! { <p class="muted">"None."</p> }.into_any();
    }
    let rows = texts.into_iter().take(SHOWN).map(|text| {
        view! { <li class="step__part step__part--done"><Icon glyph=Glyph::Check /><Name text /></li> }
    });
    view! {
        <ul class="step__parts">{rows.collect::<Vec<_>>()}</ul>
        {(more > 0).then(|| view! { <p class="muted">{format!("and {more} more")}</p> })}
    }
    .into_any()
}
