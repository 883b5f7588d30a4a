//! Changing the status of a version.

use leptos::prelude::*;
use shared::api::{ChangeStatus, RepositoryPath};
use shared::command;
use shared::names::{RepositoryName, VersionName};
use shared::package::PackageKey;
use shared::person::Role;
use shared::status::{StatusChange, Step};
use shared::version::VersionSummary;

use crate::navigation::Navigation;
use crate::parts::{Change, DomainData, Me, ProblemNotice, TextField};
use crate::place::Place;
use crate::ui::{Announcer, Button, ButtonKind, Command};

/// The changes of a status on the page of a package. A context of that page: the form is drawn anew with what the page
/// reads afterwards, and why a change was refused stays.
#[derive(Clone, Copy)]
pub struct StatusChanges {
    change: Change,
    /// What the last one was about.
    about: RwSignal<Option<(RepositoryName, VersionName)>>,
}

impl StatusChanges {
    /// Nothing changed yet.
    pub fn new() -> Self {
        Self { change: Change::new(), about: RwSignal::new(None) }
    }
}

/// The steps that may follow, each with what it means; what is for good asks for the version.
#[component]
pub fn StatusForm(path: RepositoryPath, package: PackageKey, summary: VersionSummary) -> impl IntoView {
    let (data, navigation, announcer) =
        (expect_context::<DomainData>(), expect_context::<Navigation>(), expect_context::<Announcer>());
    let Some(status) = summary.status else { return ().into_any() };
    let StatusChanges { change, about } = expect_context();
    let this = StoredValue::new((path.repository.clone(), summary.version.clone()));
    // The notice of another version is left behind with it.
    let problem = move || change.problem().filter(|_| about.read().as_ref() == Some(&*this.read_value()));
    let step = RwSignal::new(None::<Step>);
    let typed = RwSignal::new(String::new());
    let version = StoredValue::new(summary.version.clone());
    let for_good = Memo::new(move |_| step.get().is_some_and(Step::is_for_good));
    let refusal = expect_context::<Me>().unless(
        Role::Admin,
        Signal::derive(move || match step.get() {
            None => Some("Choose a step first.".to_owned()),
            Some(step) if step.is_for_good() && typed.read().trim() != version.read_value().as_str() => {
                Some(format!("Type {} to confirm.", *version.read_value()))
            }
            Some(_) => None,
        }),
    );
    let many = Place::versions(&path.domain_path(), &path.repository, &package).href();
    let asked = StoredValue::new((path, package, summary));
    let request = move |step: Step| {
        let asked = asked.read_value();
        StatusChange {
            package: asked.1.clone(),
            version: asked.2.version.clone(),
            revision: asked.2.revision.clone(),
            expected: status,
            step,
        }
    };
    let commands = move || {
        let asked = asked.read_value();
        let text = command::change_status(
            &data.path().domain,
            &asked.0.repository,
            &request(step.get()?),
            &data.command_options.get(),
        );
        Some(view! { <Command text /> })
    };
    let press = move || {
        let Some(step) = step.get_untracked() else { return };
        let asked = asked.read_value();
        let (repository, version) = this.get_value();
        about.set(Some(this.get_value()));
        change.send::<ChangeStatus>(&asked.0, &request(step), move || match step.target() {
            Some(target) => announcer.say(format!("{version} is {} now.", target.as_str().to_lowercase())),
            None => {
                announcer.say(format!("Deleted {version}."));
                // Not to the package: its list of versions still names this one for a moment.
                navigation.go(&Place::repository(&data.path(), &repository));
            }
        });
    };
    let choice = move |one: Step| {
        let id = format!("step-{}", one.verb());
        view! {
            <div class="steps__one">
                <input type="radio" name="status-step" id=id.clone() aria-describedby=format!("{id}-means")
                    prop:checked=move || step.get() == Some(one) on:change=move |_| { change.settle(); step.set(Some(one)); } />
                <label for=id.clone()>{one.verb()}</label>
                <p id=format!("{id}-means") class="field__hint">{one.meaning()}</p>
            </div>
        }
    };
    view! {
        <section class="status-form">
            <h3 class="version__title">"Status"</h3>
            <div class="steps" role="radiogroup" aria-label="Change the status">
                {Step::offered(status).iter().map(|one| choice(*one)).collect::<Vec<_>>()}
            </div>
            {move || for_good.get().then(|| view! {
                <TextField id="status-confirm" label="Its version, to confirm" value=typed code=true
                    hint=format!("Type {}. This cannot be undone.", *version.read_value()) />
            })}
            {move || problem().map(|problem| view! { <ProblemNotice what="The status could not be changed." problem /> })}
            {move || step.get().map(|step| {
                let kind = if step.is_for_good() { ButtonKind::Danger } else { ButtonKind::Plain };
                view! {
                    <p class="form-page__foot">
                        <Button kind busy=Signal::derive(move || change.busy()) disabled_reason=refusal on_click=press>{step.verb()}" this version"</Button>
                        <span class="form-page__why" aria-hidden="true">{move || refusal.get()}</span>
                    </p>
                }
            })}
            {commands}
            <p><a href=many>"Change several versions at once"</a></p>
        </section>
    }
    .into_any()
}
