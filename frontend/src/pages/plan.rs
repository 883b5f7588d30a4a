//! A saved plan: what was seen when it was made, what is not so any more, and running it.

use std::sync::Arc;

use leptos::prelude::*;
use shared::api::{DomainPath, GetPlan, HistoryQuery, PlanPath};
use shared::command;
use shared::plan::{Drift, OpenedPlan, RowChange};
use shared::promotion::Preview;

use crate::api::{Reads, Request};
use crate::navigation::Navigation;
use crate::parts::{
    ApprovalSection, Checks, DomainData, Loaded, PlanSummary, PlanTable, PlannedNeedsSection, ReasonField, Route, Run,
    Say, StartProblem, Tray, pins, undecided,
};
use crate::place::{Place, PromotePlace};
use crate::ui::{Button, ButtonKind, Command, CopyButton, Moment, Notice, Prose, SkeletonRows, Tone, ago, count, now};

/// A saved plan.
#[component]
pub fn PlanPage(path: PlanPath) -> impl IntoView {
    let reads = expect_context::<Reads>();
    let asked = StoredValue::new(path);
    let reading = reads.reading::<GetPlan>(move || Some(Request::of::<GetPlan>(&asked.read_value(), &(), &())));
    // What is typed belongs to the page, not to what is drawn anew: it stays while the plan is read.
    let run = Run::of_plan();
    let begun = StoredValue::new(false);
    let say = Say::new();
    say.follow(asked.get_value(), reading);
    let ready = move |opened: Arc<OpenedPlan>| {
        if !begun.get_value() {
            begun.set_value(true);
            run.reason.set(opened.plan.reason.clone());
        }
        view! { <Opened opened=(*opened).clone() run say /> }.into_any()
    };
    view! {
        <Loaded
            reading
            what="The plan"
            placeholder=|| view! { <div class="domain__page"><SkeletonRows rows=6 what="the plan" /></div> }
            ready
        />
    }
}

#[component]
fn Opened(opened: OpenedPlan, run: Run, say: Say) -> impl IntoView {
    let OpenedPlan { plan, now: anew, changes, runs, expired, approval } = opened;
    let number = pins(&plan.seen).len();
    let title = match number {
        0 => "A plan with nothing to promote".to_owned(),
        number => format!("Plan: promote {}", count(number, "version")),
    };
    let link = window().location().origin().unwrap_or_default();
    let data = expect_context::<DomainData>();
    let link = link + &Place::plan(&data.path(), &plan.id).href();
    let run_as = runs.first().map(|run| Place::run(&data.path(), run).href());
    let refusal = match (&run_as, expired) {
        (Some(_), _) => Some("It was run already: a plan is run once.".to_owned()),
        (None, true) => Some("It has expired. Plan again.".to_owned()),
        (None, false) => undecided(&plan).or_else(|| approval.refusal_to_run()),
    };
    let of_plan = HistoryQuery { plan: Some(plan.id.clone()), ..HistoryQuery::default() };
    let history = Place::history(&data.path(), of_plan).href();
    let ended = run_as.is_some() || expired;
    let DomainPath { connection, domain } = data.path();
    let plan_path = PlanPath { connection, domain, plan: plan.id.clone() };
    let needs = plan.needs.clone();
    let seen = plan.seen.clone();
    let shown = anew.unwrap_or_else(|| seen.clone());
    view! {
        <div class="promote">
            <div class="domain__page promote__plan">
                <div class="page-head__title">
                    <h1>{title}</h1>
                    <span class="plan__link"><CopyButton text=link what="link" /></span>
                </div>
                <p class="page__about">
                    "Made by "{plan.by.name.clone()}" · "<Moment at=plan.made_at time=true />
                    {run_as.is_none().then(|| view! { " · "{expiry(plan.expires_at, expired)} })}
                    {run_as.is_some().then(|| view! { " · "<a href=history>"In the history"</a> })}
                </p>
                <Route from=seen.from.clone() to=seen.to.clone() />
                {run_as.map(|href| view! {
                    <Notice tone=Tone::Info>
                        <p>"This plan was run. "<a href=href>"Open its run"</a></p>
                    </Notice>
                })}
                {(expired && runs.is_empty()).then(|| view! {
                    <Notice tone=Tone::Warn>
                        <p>"This plan has expired: it can be read, and planned again, but no longer run."</p>
                    </Notice>
                })}
                {(!changes.is_empty()).then(|| view! { <Changed changes=changes.clone() /> })}
                <ApprovalSection path=plan_path hash=plan.hash.clone() approval ended say />
                <StartProblem run />
                <PlanSummary rows=seen.rows.clone() />
                <PlanTable preview=seen.clone() changes />
                <PlannedNeedsSection needs />
            </div>
            <Side seen shown plan run refusal ended />
        </div>
    }
}

/// Until when it can be run.
fn expiry(at: f64, expired: bool) -> AnyView {
    if expired {
        view! { "expired on "<Moment at time=true /> }.into_any()
    } else {
        view! { {format!("expires in {}, on ", ago(at - now()))}<Moment at time=true /> }.into_any()
    }
}

/// What is not as it was, over the rows that say it one by one.
#[component]
fn Changed(changes: Vec<RowChange>) -> impl IntoView {
    let content =
        changes.iter().filter(|change| change.what.iter().any(|what| matches!(what, Drift::Content { .. }))).count();
    let lost = (content > 0).then(|| {
        format!(
            "{} other content now and would not be copied.",
            if content == 1 { "1 row has".to_owned() } else { format!("{content} rows have") }
        )
    });
    view! {
        <Notice tone=Tone::Warn>
            <p class="notice__title">{format!("{} not as when the plan was made.", if changes.len() == 1 {
                "1 row is".to_owned()
            } else {
                format!("{} rows are", changes.len())
            })}</p>
            {lost.map(|lost| view! { <p>{lost}</p> })}
            <p>"Each of them says what differs. To take what is there now, plan again."</p>
        </Notice>
    }
}

/// Checks, reason, commands and the buttons.
#[component]
fn Side(
    /// What was seen when the plan was made.
    seen: Preview,
    /// What is there now, where that was read.
    shown: Preview,
    plan: shared::plan::Plan,
    run: Run,
    /// Why the plan cannot be run at all; none if it can.
    refusal: Option<String>,
    /// It was run, or has expired.
    ended: bool,
) -> impl IntoView {
    let data = expect_context::<DomainData>();
    let (domain, to) = (data.path(), seen.to.clone());
    let pinned = pins(&seen);
    let number = pinned.len();
    let (from, target) = (seen.from.clone(), seen.to.clone());
    let commands = move || {
        let commands = command::promote(&data.path().domain, &from, &target, &pinned, &data.command_options.get());
        (!ended && !commands.is_empty()).then(|| {
            view! {
                <section>
                    <h2 class="promote__title">"Same thing, by command"</h2>
                    <Command text=command::in_turn(commands) />
                </section>
            }
        })
    };
    let check = seen.clone();
    let why = Signal::derive(move || refusal.clone().or_else(|| run.refusal(Some(&to), Some(&check))));
    let again = StoredValue::new(seen);
    let plan = StoredValue::new(plan);
    let start = move || run.start_plan(domain.clone(), plan.get_value());
    view! {
        <aside class="promote__side" aria-label="Before promoting">
            {(!ended).then(|| view! {
                <section>
                    <h2 class="promote__title">"Checks"</h2>
                    {move || view! { <Checks preview=shown.clone() map=data.map.get() /> }}
                </section>
            })}
            {match ended {
                false => view! { <ReasonField reason=run.reason /> }.into_any(),
                true => view! {
                    <section>
                        <h2 class="promote__title">"Reason"</h2>
                        <p class="run-page__reason">{plan.read_value().reason.clone()}</p>
                    </section>
                }.into_any(),
            }}
            {commands}
            <div class="promote__foot">
                <PlanAgain seen=again.get_value() />
                <Button kind=ButtonKind::Primary busy=Signal::derive(move || run.running()) disabled_reason=why on_click=start>
                    {move || match (run.running(), number) {
                        (true, _) => "Starting…".to_owned(),
                        (false, 0) => "Promote".to_owned(),
                        (false, number) => format!("Promote {}", count(number, "version")),
                    }}
                </Button>
                <span class="promote__why" aria-hidden="true">{move || why.get().map(|text| view! { <Prose text /> })}</span>
            </div>
        </aside>
    }
}

/// Puts the versions into the tray and plans them as they are now.
#[component]
fn PlanAgain(seen: Preview) -> impl IntoView {
    let (data, navigation, tray) =
        (expect_context::<DomainData>(), expect_context::<Navigation>(), expect_context::<Tray>());
    let from = seen.from.clone();
    let refusal = Signal::derive(move || tray.refusal(&from));
    let press = move || {
        seen.rows.iter().for_each(|row| tray.put(&seen.from, row.choice.clone()));
        navigation.go(&Place::Promote(PromotePlace { domain: data.path(), to: Some(seen.to.clone()) }));
    };
    view! { <Button disabled_reason=refusal on_click=press>"Plan again"</Button> }
}
