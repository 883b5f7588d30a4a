//! Promoting what the tray holds.

use leptos::prelude::*;
use shared::api::PreviewPromotion;
use shared::approval::Approval;
use shared::command;
use shared::names::RepositoryName;
use shared::promotion::{Preview, PreviewRequest};

use crate::api::{Reading, Reads, Request};
use crate::navigation::Navigation;
use crate::parts::{
    Checks, Contents, DomainData, Guard, Loaded, Needs, NeedsSection, PlanSummary, PlanTable, Protected, ReasonField,
    Run, StartProblem, TargetField, Tray, asks, obstacle, pins,
};
use crate::place::{Place, PromotePlace};
use crate::ui::{Button, ButtonKind, Command, EmptyState, Prose, SkeletonRows, count};

/// The plan of a promotion. Starting it leads to its run.
#[component]
pub fn PromotePage() -> impl IntoView {
    let tray = expect_context::<Tray>();
    let run = Run::new();
    let planned = Memo::new(move |_| tray.contents().from);
    move || match planned.get() {
        Some(from) => view! { <Plan from run /> }.into_any(),
        None => view! { <NothingChosen /> }.into_any(),
    }
}

/// The plan: where to, what would happen, and why it is done.
#[component]
fn Plan(from: RepositoryName, run: Run) -> impl IntoView {
    let (navigation, data, tray) =
        (expect_context::<Navigation>(), expect_context::<DomainData>(), expect_context::<Tray>());
    let domain = data.path();
    let to = Memo::new(move |before: Option<&Option<RepositoryName>>| match &*navigation.place().read() {
        Some(Place::Promote(place)) => place.to.clone(),
        _ => before.cloned().flatten(),
    });
    let choose = Callback::new(move |to| {
        navigation.replace(&Place::Promote(PromotePlace { domain: data.path(), to: Some(to) }));
    });
    let needs = Needs::new(to);
    let (guard, source) = (Guard::read(), from.clone());
    let approval = Memo::new(move |_| match &*to.read() {
        Some(to) => guard.approval(&source, to),
        None => Approval::default(),
    });
    let preview = read_preview(to, needs);
    // Rows taken out of the tray leave the plan at once, without asking AWS again.
    let left = move |preview: Preview| {
        let contents = tray.contents();
        Preview {
            rows: preview.rows.into_iter().filter(|row| contents.versions.contains(&row.choice)).collect(),
            ..preview
        }
    };
    let plan = Memo::new(move |_| match (to.get(), preview.get()) {
        (Some(to), Some(preview)) if preview.to == to => Some(left((*preview).clone())),
        _ => None,
    });
    let title = move || {
        let number = plan.read().as_ref().map(|plan| pins(plan).len());
        match number.unwrap_or_else(|| tray.contents().versions.len()) {
            0 => "Nothing here to promote".to_owned(),
            number => format!("Promote {}", count(number, "version")),
        }
    };
    view! {
        <div class="promote">
            <div class="domain__page promote__plan">
                <h1>{title}</h1>
                <p class="page__about">"Every row is pinned to the content you see. If a source changes before you confirm, that row is not copied."</p>
                <TargetField from to choose />
                {move || view! { <Protected approval=approval.get() /> }}
                <StartProblem run />
                {move || match to.get() {
                    None => view! { <Undecided contents=tray.contents() /> }.into_any(),
                    Some(_) => view! {
                        <Loaded
                            reading=preview
                            what="The plan"
                            placeholder=|| view! { <SkeletonRows rows=4 what="the plan" /> }
                            ready=move |_| (move || plan.get().map(|plan| view! { <PlanSummary rows=plan.rows.clone() /><PlanTable preview=plan /> })).into_any()
                        />
                        <NeedsSection needs />
                    }.into_any(),
                }}
            </div>
            <Side to plan run needs approval domain />
        </div>
    }
}

/// What the promotion would do; nothing is asked while there is no target.
fn read_preview(to: Memo<Option<RepositoryName>>, needs: Needs) -> Reading<Preview> {
    let (reads, data, tray) = (expect_context::<Reads>(), expect_context::<DomainData>(), expect_context::<Tray>());
    reads.reading::<PreviewPromotion>(move || {
        let to = to.get();
        // Of the tray only what is put in on this page is tracked: taking a row out needs no new answer.
        needs.added.track();
        let Contents { from, versions } = tray.contents_untracked();
        let (from, to) = from.zip(to)?;
        let body = PreviewRequest { from, to, versions };
        Some(Request::of::<PreviewPromotion>(&data.path(), &(), &body))
    })
}

/// Checks, reason, commands and the button.
#[component]
fn Side(
    to: Memo<Option<RepositoryName>>,
    plan: Memo<Option<Preview>>,
    run: Run,
    needs: Needs,
    /// What the protection of the target asks for.
    approval: Memo<Approval>,
    domain: shared::api::DomainPath,
) -> impl IntoView {
    let data = expect_context::<DomainData>();
    let name = domain.domain.clone();
    let commands = move || {
        let plan = plan.get()?;
        let commands = command::promote(&name, &plan.from, &plan.to, &pins(&plan), &data.command_options.get());
        (!commands.is_empty()).then(|| {
            view! {
                <section>
                    <h2 class="promote__title">"Same thing, by command"</h2>
                    <Command text=command::in_turn(commands) />
                </section>
            }
        })
    };
    let refusal = Signal::derive(move || {
        let refusal = run.refusal(to.read().as_ref(), plan.read().as_ref()).or_else(|| needs.refusal());
        obstacle(&approval.read()).or(refusal)
    });
    let asking = Memo::new(move |_| asks(&approval.read()));
    let number = move || plan.read().as_ref().map(|plan| pins(plan).len()).unwrap_or_default();
    let save_refusal = Signal::derive(move || run.save_refusal(to.read().as_ref(), plan.read().as_ref()));
    let domain = StoredValue::new(domain);
    let save = move || {
        if let Some(plan) = plan.get_untracked() {
            run.save(domain.get_value(), &plan, needs.decided());
        }
    };
    let start = move || match plan.get_untracked() {
        // What was saved waits for somebody else's approval.
        Some(_) if asking.get_untracked() => save(),
        Some(plan) => run.start(domain.get_value(), plan, needs.decided()),
        None => {}
    };
    view! {
        <aside class="promote__side" aria-label="Before promoting">
            {move || plan.get().map(|preview| view! {
                <section>
                    <h2 class="promote__title">"Checks"</h2>
                    <Checks preview map=data.map.get() />
                </section>
            })}
            <ReasonField reason=run.reason />
            {commands}
            <div class="promote__foot">
                <Button busy=Signal::derive(move || run.saving()) disabled_reason=save_refusal on_click=save>"Save plan"</Button>
                <Button kind=ButtonKind::Primary busy=Signal::derive(move || run.running()) disabled_reason=refusal on_click=start>
                    {move || match (run.running(), number()) {
                        _ if asking.get() => "Ask for approval".to_owned(),
                        (true, _) => "Starting…".to_owned(),
                        (false, 0) => "Promote".to_owned(),
                        (false, number) => format!("Promote {}", count(number, "version")),
                    }}
                </Button>
                <span class="promote__why" aria-hidden="true">{move || refusal.get().map(|text| view! { <Prose text /> })}</span>
            </div>
        </aside>
    }
}

/// What is chosen, while there is no target to compare it with.
#[component]
fn Undecided(contents: Contents) -> impl IntoView {
    let chosen = contents.versions.into_iter().map(|choice| {
        view! { <li><code>{choice.package.full_name()}" "{choice.version.to_string()}</code></li> }
    });
    view! {
        <p>"Choose where to promote to. The plan then says what would happen to each version; nothing is changed by looking."</p>
        <ul class="promote__chosen">{chosen.collect::<Vec<_>>()}</ul>
    }
}

#[component]
fn NothingChosen() -> impl IntoView {
    let data = expect_context::<DomainData>();
    view! {
        <div class="domain__page">
            <h1 class="visually-hidden">"Promote"</h1>
            <EmptyState title="Nothing is chosen to promote">
                <p>"Open a repository and tick the packages to promote, or open a package and choose one of its versions."</p>
                <a class="button" href=Place::map(&data.path()).href()>"Show the map"</a>
            </EmptyState>
        </div>
    }
}
