//! Who a policy is for, and which repositories.

use leptos::prelude::*;
use shared::format::PackageFormat;
use shared::names::{Namespace, RepositoryName};
use shared::policy::generate::Person;

use super::Choice;
use crate::parts::{Name, TextField, problem_of};
use crate::ui::{Field, Select};

/// More repositories than this can be narrowed by typing.
const MANY: usize = 12;

/// Who it is for.
#[component]
pub fn People(choice: Choice) -> impl IntoView {
    let card = move |person: Person| {
        let (title, about) = (format!("person-{}", person.as_str()), format!("person-{}-about", person.as_str()));
        view! {
            <label class="person">
                <input
                    type="radio"
                    name="person"
                    value=person.as_str()
                    aria-labelledby=title.clone()
                    aria-describedby=about.clone()
                    prop:checked=move || choice.person() == person
                    on:change=move |_| choice.set_person(person)
                />
                <span class="person__title" id=title>{person.title()}</span>
                <span class="person__about" id=about>{person.about()}</span>
            </label>
        }
    };
    view! {
        <fieldset class="people">
            <legend class="form-page__title">"Who is it for?"</legend>
            {Person::ALL.map(card).into_iter().collect::<Vec<_>>()}
        </fieldset>
    }
}

/// Some of the repositories of the domain.
#[component]
pub fn RepositoryChoice(
    legend: &'static str,
    about: &'static str,
    all: Signal<Vec<RepositoryName>>,
    chosen: Signal<Vec<RepositoryName>>,
    toggle: Callback<(RepositoryName, bool)>,
) -> impl IntoView {
    let narrow = RwSignal::new(String::new());
    let many = Memo::new(move |_| all.read().len() > MANY);
    let shown = Memo::new(move |_| {
        let word = narrow.read().trim().to_lowercase();
        let mut names = all.get();
        names.retain(|name| name.as_str().to_lowercase().contains(&word));
        names
    });
    let entry = move |name: RepositoryName| {
        let (ticked, told) = (name.clone(), name.clone());
        let is_chosen = Memo::new(move |_| chosen.read().contains(&ticked));
        view! {
            <label class="tick">
                <input
                    type="checkbox"
                    prop:checked=move || is_chosen.get()
                    on:change=move |event| toggle.run((told.clone(), event_target_checked(&event)))
                />
                <Name text=name.to_string() />
            </label>
        }
    };
    view! {
        <fieldset class="ticks">
            <legend class="form-page__title">{legend}</legend>
            <p class="field__hint">{about}</p>
            {move || many.get().then(|| view! {
                <input
                    class="input"
                    type="search"
                    placeholder="Name has"
                    aria-label=format!("{legend}: name has")
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=move || narrow.get()
                    on:input=move |event| narrow.set(event_target_value(&event))
                />
            })}
            <div class="ticks__list">
                <For each=move || shown.get() key=RepositoryName::to_string children=entry />
                {move || shown.read().is_empty().then(|| view! { <p class="muted">"No repository is called like that."</p> })}
            </div>
        </fieldset>
    }
}

/// The packages that a publisher is held to.
#[component]
pub fn Packages(choice: Choice) -> impl IntoView {
    let formats = || PackageFormat::ALL.iter().map(|format| (format.as_str(), format.as_str())).collect();
    view! {
        <fieldset class="ticks">
            <legend class="form-page__title">"Only these packages"</legend>
            <p class="field__hint">"Publishing can be granted package by package; reading only by repository."</p>
            <Field label="Format" for_id="publisher-format">
                <Select
                    id="publisher-format"
                    any="Every format"
                    options=formats()
                    value=choice.format
                    on_choose=move |word| choice.format.set(word)
                />
            </Field>
            {move || (!choice.format.read().is_empty()).then(|| view! {
                <TextField id="publisher-namespace" label="Namespace" value=choice.namespace code=true
                    placeholder="my-company"
                    hint="An npm scope without @, a Maven group. Empty for every one."
                    problem=Signal::derive(move || problem_of::<Namespace>(&choice.namespace.read())) />
            })}
        </fieldset>
    }
}
