//! Where a promotion goes.

use leptos::prelude::*;
use shared::names::RepositoryName;
use shared::topology::{Lane, Role};

use crate::parts::{DomainData, Name};
use crate::ui::{Glyph, Icon};

/// From where, and a choice of where to.
#[component]
pub fn TargetField(
    from: RepositoryName,
    #[prop(into)] to: Signal<Option<RepositoryName>>,
    /// Takes the chosen target.
    #[prop(into)]
    choose: Callback<RepositoryName>,
) -> impl IntoView {
    let data = expect_context::<DomainData>();
    let word = |role: Option<Role>| role.map(Role::as_str).unwrap_or_default();
    let source = from.clone();
    let from_role = Memo::new(move |_| word(data.role(&source)));
    let to_role = Memo::new(move |_| word(to.get().and_then(|to| data.role(&to))));
    let options = {
        let from = from.clone();
        move || {
            // From the right of the map to the left: what one promotes to stands to the right, mostly.
            let lanes = [Lane::Release, Lane::Teams, Lane::Stores];
            lanes.map(|lane| group(data, lane, &from, to.get().as_ref())).into_iter().flatten().collect::<Vec<_>>()
        }
    };
    let chosen = move |event| {
        if let Ok(name) = event_target_value(&event).parse() {
            choose.run(name);
        }
    };
    view! {
        <div class="route">
            <span class="route__stop" data-role=move || from_role.get()>
                <span class="route__label">"From"</span>
                <strong><Name text=from.as_str() /></strong>
            </span>
            <span class="route__arrow"><Icon glyph=Glyph::Arrow /></span>
            <span class="route__stop" data-role=move || to_role.get()>
                <label class="route__label" for="promote-to">"To"</label>
                <select id="promote-to" class="route__select" on:change=chosen>
                    <option value="" disabled selected=move || to.read().is_none()>"Choose a repository"</option>
                    {options}
                </select>
            </span>
        </div>
    }
}

/// The repositories of a lane. One that cannot be a target says why.
fn group(
    data: DomainData,
    lane: Lane,
    from: &RepositoryName,
    to: Option<&RepositoryName>,
) -> Option<impl IntoView + use<>> {
    let map = data.map.read();
    let repositories = &map.as_ref()?.repositories;
    let options: Vec<_> = repositories
        .iter()
        .filter(|repository| Role::of(repository).lane() == lane)
        .map(|repository| {
            let refusal = if &repository.name == from { " (the source itself)" } else { "" };
            let (value, selected) = (repository.name.to_string(), Some(&repository.name) == to);
            view! { <option value=value.clone() disabled=!refusal.is_empty() selected=selected>{value.clone()}{refusal}</option> }
        })
        .collect();
    (!options.is_empty()).then(|| view! { <optgroup label=lane.title()>{options}</optgroup> })
}
