//! The answer: allowed or denied, by which statement, and what would change it.

use leptos::prelude::*;
use shared::policy::explain::{
    Change, Decisive, Explanation, Place as Where, Policies, Request, capital, needed_beside,
};
use shared::problem::Problem;

use super::{Answer, Asking};
use crate::parts::{DomainData, ProblemNotice};
use crate::place::{ExplainPlace, Place};
use crate::ui::{Chip, CopyButton, Prose, Tone};

/// The answer to what is asked now, or what is missing for one.
#[component]
pub fn Verdict(
    asking: Asking,
    answer: Memo<Result<Answer, String>>,
    /// Why a policy could not be read. Tracked.
    problem: Signal<Option<Problem>>,
) -> impl IntoView {
    let sentence = move || match &*answer.read() {
        Ok(answer) => answer.decisions.iter().map(|(_, one)| one.sentence()).collect::<Vec<_>>().join(" "),
        Err(missing) => missing.clone(),
    };
    view! {
        <section class="explain__answer" aria-label="Answer">
            <h2 class="form-page__title">"What AWS decides"</h2>
            // Whoever reads by ear hears the answer change; the rest is there to be read.
            <p class="visually-hidden" role="status">{sentence}</p>
            {move || problem.get().map(|problem| view! { <ProblemNotice what="A policy could not be read." problem /> })}
            {move || match answer.get() {
                Err(missing) => view! { <p class="muted">{missing}</p> }.into_any(),
                Ok(Answer { policies, decisions }) => {
                    let beside = decisions.first().map(|(request, _)| needed_beside(&request.action)).unwrap_or_default();
                    let decisions = decisions
                        .into_iter()
                        .map(|(request, explanation)| view! { <Decision asking request explanation policies=policies.clone() /> })
                        .collect::<Vec<_>>();
                    view! { {decisions} {(!beside.is_empty()).then(|| view! { <Beside asking beside /> })} }.into_any()
                }
            }}
        </section>
    }
}

/// What is commonly needed beside the action; each can be asked.
#[component]
fn Beside(asking: Asking, beside: &'static [(&'static str, &'static str)]) -> impl IntoView {
    let one = |(action, what_for): &(&'static str, &'static str)| {
        let place = ExplainPlace { action: Some((*action).to_owned()), ..asking.place() };
        let href = Place::ExplainAccess(place).href();
        view! { <li><a href=href>{*action}</a>{format!(": {what_for}.")}</li> }
    };
    view! {
        <h3 class="form-page__title">"Also needed"</h3>
        <ul class="decision__list">{beside.iter().map(one).collect::<Vec<_>>()}</ul>
    }
}

#[component]
fn Decision(asking: Asking, request: Request, explanation: Explanation, policies: Policies) -> impl IntoView {
    let (word, tone) = if explanation.allowed { ("Allowed", Tone::Ok) } else { ("Denied", Tone::Danger) };
    let rest = explanation.sentence();
    let rest = rest.strip_prefix(word).unwrap_or(&rest).trim_start_matches([':', ' ']).to_owned();
    let decisive: Vec<_> = explanation
        .decisive
        .iter()
        .map(|one| view! { <Statement one=one.clone() policies=policies.clone() /> })
        .collect();
    let missed: Vec<_> = explanation
        .missed
        .iter()
        .map(|(one, why)| view! { <li><Prose text=format!("{} would allow it, but {why}.", capital(&one.words())) /></li> })
        .collect();
    let changes: Vec<_> = explanation
        .changes
        .iter()
        .map(|change| view! { <Mend asking change=change.clone() policies=policies.clone() /> })
        .collect();
    let several = changes.len() > 1;
    view! {
        <article class="decision" class:decision--allowed=explanation.allowed>
            <p class="decision__what"><Chip text=word tone /><code>{request.action}</code></p>
            <p class="decision__on">"on "<code>{request.resource}</code></p>
            <p class="decision__why"><Prose text=capital(&rest) /></p>
            {decisive}
            {(!missed.is_empty()).then(|| view! { <h3 class="form-page__title">"Nearly"</h3><ul class="decision__list">{missed}</ul> })}
            {(!changes.is_empty()).then(|| view! {
                <h3 class="form-page__title">{if several { "The smallest change that would allow it: all of these" } else { "The smallest change that would allow it" }}</h3>
                <ul class="decision__list">{changes}</ul>
            })}
        </article>
    }
}

/// A statement that decided, as it reads.
#[component]
fn Statement(one: Decisive, policies: Policies) -> impl IntoView {
    let policy = policies.all().into_iter().find(|(place, _)| *place == one.place).map(|(_, policy)| policy);
    let text = policy.and_then(|policy| policy.statements.get(one.statement)).map(|statement| statement.to_json(0));
    let title = capital(&one.words());
    view! {
        <figure class="statement">
            <figcaption>{title.clone()}</figcaption>
            <pre tabindex="0" role="region" aria-label=title>{text}</pre>
        </figure>
    }
}

/// A change, with the statement to add where it is one.
#[component]
fn Mend(asking: Asking, change: Change, policies: Policies) -> impl IntoView {
    let data = expect_context::<DomainData>();
    let json = change.json();
    let editor = match change.place() {
        Where::Domain => Some((Place::DomainAccess(data.path()).href(), "Edit the domain's policy")),
        Where::Repository => asking
            .place()
            .repository
            .map(|name| (Place::access(&data.path(), &name).href(), "Edit the repository's policy")),
        Where::Identity(_) | Where::Boundary | Where::Session => None,
    };
    view! {
        <li>
            <Prose text=change.words(&policies) />
            {json.map(|text| view! {
                <div class="command">
                    <pre tabindex="0" role="region" aria-label="Statement to add">{text.clone()}</pre>
                    <CopyButton text what="statement" />
                </div>
            })}
            {editor.map(|(href, text)| view! { <a href=href>{text}</a> })}
        </li>
    }
}
