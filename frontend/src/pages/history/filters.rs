//! What narrows the history. All of it stands in the address.

use leptos::prelude::*;
use shared::api::HistoryQuery;
use shared::history::{ACTIONS, HistoryResult};
use shared::names::RepositoryName;
use shared::package::PackageKey;

use super::show;
use crate::navigation::Navigation;
use crate::parts::DomainData;
use crate::place::Place;
use crate::ui::{Field, Select};

/// Repository, kind, result, package, person and days.
#[component]
pub fn Filters(query: Memo<HistoryQuery>) -> impl IntoView {
    let (navigation, data) = (expect_context::<Navigation>(), expect_context::<DomainData>());
    let change = move |change: &dyn Fn(&mut HistoryQuery)| {
        let mut next = query.get_untracked();
        change(&mut next);
        show(navigation, data, next);
    };
    // Two actions of the same words are one choice.
    let mut actions: Vec<(&str, &str)> = Vec::new();
    for (action, words) in ACTIONS {
        if !actions.iter().any(|(_, known)| known == words) {
            actions.push((action, words));
        }
    }
    let results = HistoryResult::ALL.iter().map(|result| (result.as_str(), result.words())).collect();
    let text = |value: Option<String>| value.unwrap_or_default();
    view! {
        <form class="history__filters" role="search" on:submit=|event| event.prevent_default()>
            <Field label="Repository" for_id="history-repository">
                <Repositories query choose=Callback::new(move |word: String| change(&|query| query.repository = word.parse().ok())) />
            </Field>
            <Field label="What" for_id="history-action">
                <Select id="history-action" any="Any change" options=actions
                    value=Signal::derive(move || text(query.read().action.clone()))
                    on_choose=move |word: String| change(&|query| query.action = Some(word.clone()).filter(|word| !word.is_empty())) />
            </Field>
            <Field label="Result" for_id="history-result">
                <Select id="history-result" any="Any result" options=results
                    value=Signal::derive(move || query.read().result.map(HistoryResult::as_str).unwrap_or_default().to_owned())
                    on_choose=move |word: String| change(&|query| query.result = HistoryResult::read(&word)) />
            </Field>
            <Typed id="history-package" label="Package" placeholder="@acme/ui"
                value=Signal::derive(move || package_text(&query.read()))
                take=Callback::new(move |typed: String| change(&|query| set_package(query, typed.trim()))) />
            <Typed id="history-person" label="Who" placeholder="Part of a name"
                value=Signal::derive(move || text(query.read().person.clone()))
                take=Callback::new(move |typed: String| change(&|query| query.person = Some(typed.trim().to_owned()).filter(|typed| !typed.is_empty()))) />
            <Typed id="history-from" label="From (UTC)" kind="date"
                value=Signal::derive(move || text(query.read().from.as_ref().map(ToString::to_string)))
                take=Callback::new(move |typed: String| change(&|query| query.from = typed.parse().ok())) />
            <Typed id="history-to" label="To (UTC)" kind="date"
                value=Signal::derive(move || text(query.read().to.as_ref().map(ToString::to_string)))
                take=Callback::new(move |typed: String| change(&|query| query.to = typed.parse().ok())) />
        </form>
    }
}

/// A field whose text is taken when it is left, or by Enter.
#[component]
fn Typed(
    id: &'static str,
    label: &'static str,
    #[prop(optional)] placeholder: &'static str,
    #[prop(default = "search")] kind: &'static str,
    #[prop(into)] value: Signal<String>,
    take: Callback<String>,
) -> impl IntoView {
    view! {
        <Field label for_id=id>
            <input id=id class="input" type=kind placeholder=placeholder maxlength="300" autocomplete="off" spellcheck="false"
                prop:value=move || value.get() on:change=move |event| take.run(event_target_value(&event)) />
        </Field>
    }
}

#[component]
fn Repositories(query: Memo<HistoryQuery>, choose: Callback<String>) -> impl IntoView {
    let data = expect_context::<DomainData>();
    let chosen = Memo::new(move |_| query.read().repository.clone());
    let names = Memo::new(move |_| {
        let map = data.map.read();
        let of_map = map.iter().flat_map(|map| map.repositories.iter().map(|repository| repository.name.clone()));
        // A repository that is no longer there still has a history.
        let mut names: Vec<RepositoryName> = of_map.chain(chosen.get()).collect();
        names.sort();
        names.dedup();
        names
    });
    view! {
        <select id="history-repository" class="input" on:change=move |event| choose.run(event_target_value(&event))>
            <option value="" selected=move || chosen.read().is_none()>"Any repository"</option>
            {move || names.get().into_iter().map(|name| {
                let text = name.to_string();
                view! { <option value=text.clone() selected=move || chosen.read().as_ref() == Some(&name)>{text.clone()}</option> }
            }).collect::<Vec<_>>()}
        </select>
    }
}

/// The package as its users write it.
fn package_text(query: &HistoryQuery) -> String {
    let Some(name) = query.package.clone() else { return String::new() };
    match query.format {
        Some(format) => PackageKey { format, namespace: query.namespace.clone(), name }.full_name(),
        None => name.to_string(),
    }
}

/// Takes a name as people type it: `@acme/ui` is npm's, anything else may be of any format.
fn set_package(query: &mut HistoryQuery, typed: &str) {
    if package_text(query) == typed {
        return;
    }
    (query.format, query.namespace, query.version) = (None, None, None);
    query.package = typed.parse().ok();
    if let Some((scope, name)) = typed.strip_prefix('@').and_then(|scoped| scoped.split_once('/')) {
        query.format = "npm".parse().ok();
        query.namespace = scope.parse().ok();
        query.package = name.parse().ok();
    }
}

/// What no field shows: a version, a run, a plan. Each can be taken away.
#[component]
pub fn Narrowed(query: Memo<HistoryQuery>) -> impl IntoView {
    let data = expect_context::<DomainData>();
    let one = move |text: String, less: &dyn Fn(&mut HistoryQuery)| {
        let mut next = query.get();
        less(&mut next);
        next.before = None;
        let (href, label) = (Place::history(&data.path(), next).href(), format!("Not only {text}"));
        view! { <li>"Only "{text}" "<a class="button button--small" href=href aria-label=label>"Show all"</a></li> }
    };
    move || {
        let HistoryQuery { version, run, plan, .. } = query.get();
        let short = |id: &str| id.get(..8).unwrap_or(id).to_owned();
        let all = [
            version.map(|version| one(format!("version {version}"), &|query| query.version = None)),
            run.map(|id| one(format!("run {}", short(id.as_str())), &|query| query.run = None)),
            plan.map(|id| one(format!("plan {}", short(id.as_str())), &|query| query.plan = None)),
        ];
        let all: Vec<_> = all.into_iter().flatten().collect();
        (!all.is_empty()).then(|| view! { <ul class="history__narrowed">{all}</ul> })
    }
}
