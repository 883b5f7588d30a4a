//! The steps that the chosen versions can take, what each would do, and the button that does it.

use leptos::prelude::*;
use shared::api::RepositoryPath;
use shared::command;
use shared::names::VersionName;
use shared::package::PackageKey;
use shared::person::Role;
use shared::status::{MOST_VERSIONS, Plan, StatusChanges, Step};

use super::{BatchRun, Selection};
use crate::parts::{DomainData, Me, ProblemNotice, TextField};
use crate::ui::{Button, ButtonKind, Command, count};

/// How many versions are named before one asks for the rest.
const NAMED: usize = 12;

/// The steps, the preview of the one chosen, its commands, and the button.
#[component]
pub fn StepForm(selection: Selection, run: BatchRun, path: RepositoryPath, package: PackageKey) -> impl IntoView {
    let data = expect_context::<DomainData>();
    let chosen = Memo::new(move |_| selection.chosen());
    let hidden = move || {
        let listed = selection.listed.read();
        chosen.read().iter().filter(|one| !listed.contains(one)).count()
    };
    let offered = Memo::new(move |_| {
        let chosen = chosen.read();
        let plans = Step::ALL.into_iter().map(|step| (step, step.plan(&*chosen)));
        plans.filter(|(_, plan)| !plan.takes.is_empty()).collect::<Vec<_>>()
    });
    let plan = Memo::new(move |_| {
        let step = run.step.get()?;
        offered.read().iter().find(|(one, _)| *one == step).cloned()
    });
    let typed = RwSignal::new(String::new());
    let phrase = Memo::new(move |_| {
        plan.read().as_ref().filter(|(step, _)| step.is_for_good()).map(|(step, plan)| phrase(*step, plan))
    });
    let refusal = expect_context::<Me>().unless(
        Role::Admin,
        Signal::derive(move || {
            if chosen.read().is_empty() {
                return Some("Choose versions in the list first.".to_owned());
            }
            match (&*plan.read(), phrase.get()) {
                (None, _) => Some("Choose a step first.".to_owned()),
                (Some((_, plan)), _) if plan.takes.len() > MOST_VERSIONS => {
                    Some(format!("At most {MOST_VERSIONS} versions are changed at once. Choose fewer."))
                }
                (Some(_), Some(phrase)) if *typed.read().trim() != phrase => {
                    Some(format!("Type “{phrase}” to confirm."))
                }
                (Some(_), _) => None,
            }
        }),
    );
    let asked = StoredValue::new((path, package));
    let request = move |step: Step, plan: &Plan| StatusChanges {
        package: asked.read_value().1.clone(),
        step,
        versions: plan.takes.clone(),
    };
    let press = move || {
        if let Some((step, plan)) = plan.get_untracked() {
            typed.set(String::new());
            run.start(asked.read_value().0.clone(), request(step, &plan));
        }
    };
    let commands = move || {
        let (step, plan) = plan.get()?;
        let repository = asked.read_value().0.repository.clone();
        let options = data.command_options.get();
        let all = command::change_statuses(&data.path().domain, &repository, &request(step, &plan), &options);
        let title = match all.len() {
            1 => "Same thing, by command".to_owned(),
            number => format!("Same thing, by {number} commands: one a status and hundred versions"),
        };
        let all = all.into_iter().map(|text| view! { <Command text /> }).collect::<Vec<_>>();
        Some(
            view! { <section class="versions__commands" aria-label="Commands"><h3 class="form-page__title">{title}</h3>{all}</section> },
        )
    };
    let foot = move || {
        let (step, plan) = plan.get()?;
        let kind = if step.is_for_good() { ButtonKind::Danger } else { ButtonKind::Primary };
        let text = format!("{} {}", step.verb(), count(plan.takes.len(), "version"));
        Some(
            view! { <Button kind busy=Signal::derive(move || run.running()) disabled_reason=refusal on_click=press>{text}</Button> },
        )
    };
    view! {
        <section class="versions__form" aria-label="Change the status">
            <h2 class="form-page__title">{move || format!("{} chosen", count(chosen.read().len(), "version"))}</h2>
            {move || match hidden() {
                0 => None,
                number => Some(view! { <p class="muted">{format!("{number} of them not listed now.")}</p> }),
            }}
            <Choices offered chosen_none=Signal::derive(move || chosen.read().is_empty()) step=run.step />
            {move || plan.get().map(|(step, plan)| preview(step, &plan, &asked.read_value().0))}
            {move || phrase.get().map(|phrase| view! {
                <TextField id="versions-confirm" label="To confirm" value=typed code=true hint=format!("Type “{phrase}”. This cannot be undone.") />
            })}
            {move || run.problem().map(|problem| view! {
                <ProblemNotice what="No answer came. The list shows what has changed by now." problem />
            })}
            <p class="form-page__foot">
                {foot}
                <span class="form-page__why" aria-hidden="true">{move || refusal.get()}</span>
            </p>
            {commands}
        </section>
    }
}

/// Only the steps that at least one chosen version can take.
#[component]
fn Choices(offered: Memo<Vec<(Step, Plan)>>, chosen_none: Signal<bool>, step: RwSignal<Option<Step>>) -> impl IntoView {
    let choice = move |one: Step, takes: usize, all: usize| {
        let id = format!("many-{}", one.verb());
        let number = if takes == all { format!("all {all}") } else { format!("{takes} of {all}") };
        view! {
            <div class="steps__one">
                <input type="radio" name="many-step" id=id.clone() aria-describedby=format!("{id}-means")
                    prop:checked=move || step.get() == Some(one) on:change=move |_| step.set(Some(one)) />
                <label for=id.clone()>{one.verb()}<span class="muted">{format!(" {number}")}</span></label>
                <p id=format!("{id}-means") class="field__hint">{one.meaning()}</p>
            </div>
        }
    };
    move || {
        if chosen_none.get() {
            return view! { <p class="muted">"Choose versions in the list. The steps that they can take stand here then."</p> }.into_any();
        }
        let offered = offered.read();
        if offered.is_empty() {
            return view! { <p class="muted">"No step is known for these versions."</p> }.into_any();
        }
        let choices =
            offered.iter().map(|(one, plan)| choice(*one, plan.takes.len(), plan.takes.len() + plan.skips.len()));
        view! {
            <div class="steps" role="radiogroup" aria-label="Step">{choices.collect::<Vec<_>>()}</div>
        }
        .into_any()
    }
}

/// What the step would do, and what it would leave as it is.
fn preview(step: Step, plan: &Plan, path: &RepositoryPath) -> impl IntoView + use<> {
    let number = count(plan.takes.len(), "version");
    let change = match step.target() {
        Some(target) => format!("{number} in {} will be {}.", path.repository, target.as_str()),
        None => format!("{number} in {} will be gone.", path.repository),
    };
    let takes: Vec<String> = plan.takes.iter().map(|seen| seen.version.to_string()).collect();
    let skips: Vec<(VersionName, String)> = plan.skips.clone();
    let skipped = (!skips.is_empty()).then(|| {
        let lines: Vec<String> = skips.iter().map(|(version, why)| format!("{version} {why}")).collect();
        view! {
            <h4 class="versions__small">{format!("Skipped: {}", count(skips.len(), "version"))}</h4>
            {names(lines)}
        }
    });
    view! {
        <section class="feeding__preview" aria-label="What would change">
            <h3 class="form-page__title">"What would change"</h3>
            <p>{change}</p>
            {names(takes)}
            {skipped}
            <p class="field__hint">"Each only if it still has the status and content shown here. Copies in other repositories stay as they are."</p>
        </section>
    }
}

/// A list that shows its first lines, and the rest when asked.
fn names(lines: Vec<String>) -> impl IntoView {
    let item = |line: &String| view! { <li>{line.clone()}</li> };
    let first = lines.iter().take(NAMED).map(item).collect::<Vec<_>>();
    let rest = lines.iter().skip(NAMED).map(item).collect::<Vec<_>>();
    let rest = (!rest.is_empty()).then(|| view! {
        <details><summary>{format!("{} more", rest.len())}</summary><ul class="versions__names">{rest}</ul></details>
    });
    view! { <ul class="versions__names">{first}</ul>{rest} }
}

/// What has to be typed before something is lost for good.
fn phrase(step: Step, plan: &Plan) -> String {
    format!("{} {}", step.verb().to_lowercase(), count(plan.takes.len(), "version"))
}
