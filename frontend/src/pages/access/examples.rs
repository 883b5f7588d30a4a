//! A policy to begin with, where there is none.

use std::str::FromStr;

use leptos::prelude::*;
use shared::names::{AccountId, NameError, OrganizationId};
use shared::permission::{Example, Grantee};
use shared::policy::Level;

use super::draft::Draft;
use crate::parts::{DomainData, TextField, problem_of};
use crate::ui::Button;

/// Offers policies to begin with while nothing is typed.
#[component]
pub fn Examples(level: Level, draft: Draft) -> impl IntoView {
    let empty = Memo::new(move |_| draft.text.read().trim().is_empty());
    move || empty.get().then(|| view! { <Choice level draft /> })
}

#[component]
fn Choice(level: Level, draft: Draft) -> impl IntoView {
    let data = expect_context::<DomainData>();
    let examples = Example::of(level);
    let chosen = RwSignal::new(0_usize);
    let (account, organization) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let example = Memo::new(move |_| examples.get(chosen.get()).copied());
    let grantee = Memo::new(move |_| match example.get() {
        None => Err("Choose an example.".to_owned()),
        Some(Example::Team) => match data.map.read().as_ref() {
            Some(map) => Ok(Grantee::Account(map.domain.owner.clone())),
            None => Err("The domain is still being read.".to_owned()),
        },
        Some(Example::Account) => parsed(&account.read(), "Give the number of the account first.", Grantee::Account),
        Some(Example::Organization) => {
            parsed(&organization.read(), "Give the id of the organization first.", Grantee::Organization)
        }
    });
    let refusal = Signal::derive(move || grantee.read().as_ref().err().cloned());
    let write = move || {
        if let (Some(example), Ok(grantee)) = (example.get_untracked(), &*grantee.read_untracked()) {
            draft.write(example.document(level, grantee));
        }
    };
    let options = examples.iter().enumerate().map(|(place, example)| {
        view! { <option value=place.to_string()>{example.title(level)}</option> }
    });
    view! {
        <fieldset class="examples">
            <legend class="form-page__title">"Start from an example"</legend>
            <div class="field">
                <label class="field__label" for="policy-example">"Example"</label>
                <select id="policy-example" class="input"
                    on:change=move |event| chosen.set(event_target_value(&event).parse().unwrap_or_default())>
                    {options.collect::<Vec<_>>()}
                </select>
            </div>
            {move || match example.get() {
                Some(Example::Account) => view! {
                    <TextField id="policy-account" label="Account" value=account code=true placeholder="444455556666"
                        hint="The 12 digits of the account that gets access. It decides itself which of its people may use it."
                        problem=Signal::derive(move || problem_of::<AccountId>(&account.read())) />
                }
                .into_any(),
                Some(Example::Organization) => view! {
                    <TextField id="policy-organization" label="Organization" value=organization code=true placeholder="o-exampleorgid"
                        hint="Its id in AWS Organizations: o- and 10 to 32 letters and digits."
                        problem=Signal::derive(move || problem_of::<OrganizationId>(&organization.read())) />
                }
                .into_any(),
                Some(Example::Team) | None => ().into_any(),
            }}
            <p class="form-page__foot">
                <Button disabled_reason=refusal on_click=write>"Write this example"</Button>
                <span class="form-page__why" aria-hidden="true">{move || refusal.get()}</span>
            </p>
        </fieldset>
    }
}

/// Whom the example is about, or why that cannot be told yet.
fn parsed<T>(text: &str, missing: &str, grantee: fn(T) -> Grantee) -> Result<Grantee, String>
where
    T: FromStr<Err = NameError>,
{
    let text = text.trim();
    if text.is_empty() {
        return Err(missing.to_owned());
    }
    text.parse().map(grantee).map_err(|error| format!("{error}."))
}
