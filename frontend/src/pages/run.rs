//! A promotion, or its undoing, on its way and at its end. It lives in the back end: this page only watches and steers.

use leptos::prelude::*;
use shared::api::{HistoryQuery, RunPath};
use shared::run::RunKind;

use crate::navigation::Navigation;
use crate::parts::{DomainData, ProblemNotice, Route, Words};
use crate::place::{Place, RowsShown, RunPlace};
use crate::ui::{Chip, Moment, SkeletonRows, ago};

mod actions;
mod live;
mod news;
mod pace;
mod progress;
mod rows;
mod words;

use actions::Actions;
use live::Live;
use news::News;
use progress::Progress;
use rows::Rows;
pub use rows::{back, gone};
pub use words::{CountChips, state_chip};

/// One run, live.
#[component]
pub fn RunPage(path: RunPath) -> impl IntoView {
    let live = Live::of(path);
    let known = Memo::new(move |_| live.summary.read().is_some());
    view! {
        <div class="domain__page run-page">
            {move || live.problem().map(|problem| view! {
                <ProblemNotice what="The run could not be read." problem retry=Callback::new(move |()| live.retry()) />
            })}
            {move || match (known.get(), live.problem().is_some()) {
                (true, _) => view! { <Whole live /> }.into_any(),
                (false, true) => view! { <h1 class="visually-hidden">"Run"</h1> }.into_any(),
                (false, false) => view! { <SkeletonRows rows=6 what="the run" /> }.into_any(),
            }}
        </div>
    }
}

#[component]
fn Whole(live: Live) -> impl IntoView {
    let navigation = expect_context::<Navigation>();
    let show = Memo::new(move |before: Option<&Option<RowsShown>>| match &*navigation.place().read() {
        Some(Place::Run(place)) => place.show,
        // The page is being left: what it shows must not change on the way out.
        _ => before.copied().flatten(),
    });
    let choose = Callback::new(move |show| {
        navigation.replace(&Place::Run(RunPlace { run: live.path(), show }));
    });
    view! {
        <Head live />
        <Progress live show choose />
        <News live choose />
        <Actions live />
        <Rows live show choose />
    }
}

/// What it is, how it stands, who started it and why.
#[component]
fn Head(live: Live) -> impl IntoView {
    let data = expect_context::<DomainData>();
    let title = Memo::new(move |_| live.summary.read().as_ref().map(words::title).unwrap_or_default());
    let undone = Memo::new(move |_| live.summary.read().as_ref().is_some_and(|summary| summary.undone_by.is_some()));
    // What does not change while it runs is drawn once.
    let fixed = live.summary.get_untracked();
    let state = Memo::new(move |_| live.summary.read().as_ref().map(|summary| (summary.state.clone(), summary.counts)));
    let ended = Memo::new(move |_| live.summary.read().as_ref().and_then(|summary| summary.ended_at));
    let started = fixed.as_ref().map(|summary| summary.started_at).unwrap_or_default();
    let heading = NodeRef::<leptos::html::H1>::new();
    // The page has changed under the button that was pressed: whoever reads by ear or keyboard goes on here. Who opens
    // the page by its address begins at the top, as everywhere.
    Effect::new(move |_| {
        let arrived = document().active_element().is_some_and(|element| element.id() == "main");
        if let (Some(heading), true) = (heading.get(), arrived) {
            let _ = heading.focus();
        }
    });
    view! {
        <header class="run-page__head">
            <div class="page-head__title">
                <h1 tabindex="-1" node_ref=heading class:undone=move || undone.get()>{move || title.get()}</h1>
                {move || state.get().map(|(state, counts)| {
                    let (tone, text) = state_chip(&state, &counts);
                    view! { <Chip tone text /> }
                })}
            </div>
            {fixed.map(|summary| {
                let about = format!("Reason: {}", summary.reason);
                let of_run = HistoryQuery { run: Some(summary.id.clone()), ..HistoryQuery::default() };
                let history = Place::history(&data.path(), of_run).href();
                let plan = match summary.kind {
                    RunKind::Promotion(plan) => Some((Place::plan(&data.path(), &plan).href(), "Its plan")),
                    RunKind::Undo(run) => Some((Place::run(&data.path(), &run).href(), "The run that it undoes")),
                };
                view! {
                    <Route from=summary.from to=summary.to />
                    <p class="page__about run-page__reason"><Words text=about /></p>
                    <p class="run-page__facts">
                        "Started by "{summary.by.name}" · "<Moment at=summary.started_at time=true />
                        {move || ended.get().map(|ended| format!(" · took {}", ago(ended - started)))}
                        {plan.map(|(href, text)| view! { " · "<a href=href>{text}</a> })}
                        " · "<a href=history>"In the history"</a>
                    </p>
                }
            })}
        </header>
    }
}
