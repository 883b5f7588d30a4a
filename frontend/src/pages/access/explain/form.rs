//! The fields of a question.

use leptos::prelude::*;
use shared::policy::action::{ACTIONS, Access, Action};
use shared::policy::explain::{Context, Who};
use shared::policy::generate::{Person, Wanted, sources_of};
use shared::policy::{Level, Severity, check};

use super::Asking;
use super::question::{Named, action_of, named};
use crate::parts::{DomainData, TextField};
use crate::ui::count;

/// Who, what, on what, and the policies that are pasted.
#[component]
pub fn Form(asking: Asking) -> impl IntoView {
    let who = move || match asking.principal.read().trim() {
        "" => None,
        text => text.parse::<Who>().err().map(|problem| problem.replace('`', "")),
    };
    let needs = Memo::new(move |_| asking.place().action.as_deref().and_then(action_of).map(named));
    view! {
        <form class="explain__form" on:submit=|event| event.prevent_default()>
            <TextField id="explain-principal" label="Who" value=asking.principal code=true
                placeholder="arn:aws:iam::111122223333:role/ci"
                hint="The ARN of a user, a role or a session, of any account."
                problem=Signal::derive(who) />
            <ActionField asking />
            {move || matches!(needs.get(), Some(Named::Repository | Named::Package)).then(|| view! { <RepositoryField asking /> })}
            {move || match needs.get() {
                Some(Named::Package) => view! {
                    <PackageField asking label="Package" placeholder="npm/parity/ui" hint="format/name, or format/namespace/name." />
                }
                .into_any(),
                Some(Named::Group) => view! {
                    <PackageField asking label="Package group" placeholder="/npm/parity/*" hint="The pattern of the group." />
                }
                .into_any(),
                _ => ().into_any(),
            }}
            <Identity asking />
            <details class="explain__more">
                <summary>"Boundary and further keys"</summary>
                <TextField id="explain-boundary" label="Permissions boundary" value=asking.boundary code=true lines=5
                    hint="The policy that bounds the user or the role, where there is one."
                    problem=Signal::derive(move || broken(&asking.boundary.read())) />
                <TextField id="explain-context" label="Keys of the request" value=asking.context code=true lines=3
                    placeholder="aws:PrincipalOrgID=o-a1b2c3d4e5"
                    hint="One a line, as key=value: what conditions ask for."
                    problem=Signal::derive(move || Context::parse_lines(&asking.context.read()).err().map(|problem| problem.replace('`', ""))) />
            </details>
        </form>
    }
}

/// Why a pasted policy cannot be read; none while nothing is pasted.
fn broken(text: &str) -> Option<String> {
    if text.trim().is_empty() {
        return None;
    }
    let findings = check(text, Level::Identity);
    let mut errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
    let first = errors.next()?;
    let more = match errors.count() {
        0 => String::new(),
        number => format!(" And {}.", count(number, "more error")),
    };
    let mend = first.mend.as_deref().map(|mend| format!(" {mend}")).unwrap_or_default();
    Some(format!("Line {}, column {}: {}{mend}{more}", first.line, first.column, first.message).replace('`', ""))
}

#[component]
fn ActionField(asking: Asking) -> impl IntoView {
    let typed = RwSignal::new(asking.place().action.unwrap_or_default());
    // The address can change without typing: by the browser's back.
    Effect::new(move |before: Option<Option<String>>| {
        let action = asking.place().action;
        if before.is_some_and(|before| before != action)
            && action.as_deref().unwrap_or_default() != typed.read_untracked().trim()
        {
            typed.set(action.clone().unwrap_or_default());
        }
        action
    });
    let tell = move |event| {
        let text = event_target_value(&event);
        let action = text.trim();
        let known = action_of(action).map_or_else(|| action.to_owned(), |action| action.name.to_owned());
        typed.set(text.clone());
        asking.change(|place| place.action = Some(known).filter(|known| !known.is_empty()));
    };
    let unknown = move || !typed.read().trim().is_empty() && action_of(&typed.read()).is_none();
    let hint = move || match action_of(&typed.read()) {
        Some(action) => about(action),
        None if unknown() => "CodeArtifact has no such action: choose one of the list.".to_owned(),
        None => "Type a part of its name, and choose.".to_owned(),
    };
    let options = ACTIONS.iter().map(|action| view! { <option value=action.name>{about(action)}</option> });
    view! {
        <div class="field">
            <label class="field__label" for="explain-action">"Action"</label>
            <input id="explain-action" class="input input--code" type="text" list="explain-actions" placeholder="ReadFromRepository"
                autocomplete="off" autocapitalize="none" spellcheck="false"
                aria-invalid=move || unknown().then_some("true") aria-describedby="explain-action-hint"
                prop:value=move || typed.get() on:input=tell />
            <datalist id="explain-actions">{options.collect::<Vec<_>>()}</datalist>
            <p id="explain-action-hint" class="field__hint" class:field__hint--broken=unknown>{hint}</p>
        </div>
    }
}

/// What an action does, in a line.
fn about(action: &Action) -> String {
    let does = match action.access {
        Access::List => "Lists",
        Access::Read => "Reads",
        Access::Write => "Changes something",
        Access::Tag => "Changes tags",
        Access::Permissions => "Changes who may do what",
    };
    let on: Vec<&str> = action.on.iter().map(|kind| kind.words()).collect();
    if on.is_empty() {
        format!("{does}; works on the account.")
    } else {
        format!("{does}; works on {}.", on.join(" or "))
    }
}

#[component]
fn RepositoryField(asking: Asking) -> impl IntoView {
    let data = expect_context::<DomainData>();
    let names = Memo::new(move |_| {
        let map = data.map.read();
        map.as_ref().map_or_else(Vec::new, |map| map.repositories.iter().map(|one| one.name.to_string()).collect())
    });
    let chosen = move || asking.place().repository.map(|name| name.to_string()).unwrap_or_default();
    let options = move || {
        names
            .get()
            .into_iter()
            .map(|name| {
                let (value, is) = (name.clone(), name.clone());
                view! { <option value=value selected=move || chosen() == is>{name}</option> }
            })
            .collect::<Vec<_>>()
    };
    let choose = move |event| {
        let name = event_target_value(&event).parse().ok();
        asking.change(|place| place.repository = name);
    };
    view! {
        <div class="field">
            <label class="field__label" for="explain-repository">"Repository"</label>
            <select id="explain-repository" class="input" on:change=choose>
                <option value="" selected=move || chosen().is_empty()>"Choose"</option>
                {options}
            </select>
        </div>
    }
}

#[component]
fn PackageField(asking: Asking, label: &'static str, placeholder: &'static str, hint: &'static str) -> impl IntoView {
    let tell = move |event| {
        let text = event_target_value(&event);
        asking.change(|place| place.package = Some(text.trim().to_owned()).filter(|text| !text.is_empty()));
    };
    view! {
        <div class="field">
            <label class="field__label" for="explain-package">{label}</label>
            <input id="explain-package" class="input input--code" type="text" placeholder=placeholder
                autocomplete="off" autocapitalize="none" spellcheck="false" aria-describedby="explain-package-hint"
                prop:value=move || asking.place().package.unwrap_or_default() on:input=tell />
            <p id="explain-package-hint" class="field__hint">{hint}</p>
        </div>
    }
}

/// The policy of whoever asks: pasted, or one of the generated ones.
#[component]
fn Identity(asking: Asking) -> impl IntoView {
    let data = expect_context::<DomainData>();
    let fill = move |event| {
        let Ok(person) = event_target_value(&event).parse::<Person>() else { return };
        let (Some(home), Some(map)) = (asking.home.get_untracked(), data.map.get_untracked()) else { return };
        let chosen = untrack(move || asking.place()).repository;
        let repositories: Vec<_> = match chosen {
            Some(name) => vec![name],
            None => map.repositories.iter().map(|one| one.name.clone()).collect(),
        };
        let sources = match person {
            Person::Developer => sources_of(&map.repositories, &repositories),
            // Whatever the target takes from is what a promoter copies from.
            Person::Promoter => {
                let feeds = map.repositories.iter().filter(|one| repositories.contains(&one.name));
                feeds
                    .flat_map(|one| one.upstreams.iter().cloned())
                    .filter(|name| !repositories.contains(name))
                    .collect()
            }
            Person::Consumer | Person::Publisher | Person::Administrator => Vec::new(),
        };
        let wanted = Wanted { person, home, repositories, sources, packages: None };
        asking.identity.set(wanted.policy().to_json());
    };
    let people =
        Person::ALL.into_iter().map(|person| view! { <option value=person.as_str()>{person.title()}</option> });
    view! {
        <div class="field">
            <label class="field__label" for="explain-person">"Fill in a generated policy"</label>
            <select id="explain-person" class="input" on:change=fill>
                <option value="">"None: paste one below"</option>
                {people.collect::<Vec<_>>()}
            </select>
        </div>
        <TextField id="explain-identity" label="Identity policy" value=asking.identity code=true lines=12
            placeholder="{ \"Version\": \"2012-10-17\", \"Statement\": [ … ] }"
            hint="What IAM has for the user or the role. Empty: nothing."
            problem=Signal::derive(move || broken(&asking.identity.read())) />
    }
}
