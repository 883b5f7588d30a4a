//! Which two repositories are compared.

use leptos::prelude::*;
use shared::names::RepositoryName;
use shared::topology::{Lane, Role};

use crate::parts::DomainData;
use crate::ui::Button;

/// The two sides, and what swaps them.
#[component]
pub fn SideFields(
    #[prop(into)] left: Signal<Option<RepositoryName>>,
    #[prop(into)] right: Signal<Option<RepositoryName>>,
    /// Takes both sides.
    #[prop(into)]
    choose: Callback<(Option<RepositoryName>, Option<RepositoryName>)>,
) -> impl IntoView {
    let lone = Signal::derive(move || {
        (left.read().is_none() && right.read().is_none()).then(|| "Choose a repository first.".to_owned())
    });
    let swap = move || choose.run((right.get_untracked(), left.get_untracked()));
    view! {
        <div class="sides">
            <SideField id="compare-left" label="Left" chosen=left other=right take=move |name| choose.run((name, right.get_untracked())) />
            <Button label="Swap the sides" disabled_reason=lone on_click=swap>"⇄ Swap"</Button>
            <SideField id="compare-right" label="Right" chosen=right other=left take=move |name| choose.run((left.get_untracked(), name)) />
        </div>
    }
}

#[component]
fn SideField(
    id: &'static str,
    label: &'static str,
    chosen: Signal<Option<RepositoryName>>,
    other: Signal<Option<RepositoryName>>,
    #[prop(into)] take: Callback<Option<RepositoryName>>,
) -> impl IntoView {
    let data = expect_context::<DomainData>();
    let role = Memo::new(move |_| chosen.get().and_then(|name| data.role(&name)).map(Role::as_str));
    let options = move || {
        let (chosen, other) = (chosen.get(), other.get());
        let lanes = [Lane::Release, Lane::Teams, Lane::Stores];
        lanes.map(|lane| group(data, lane, chosen.as_ref(), other.as_ref())).into_iter().flatten().collect::<Vec<_>>()
    };
    view! {
        <span class="route__stop sides__side" data-role=move || role.get()>
            <label class="route__label" for=id>{label}</label>
            <select id=id class="route__select" on:change=move |event| take.run(event_target_value(&event).parse().ok())>
                <option value="" disabled selected=move || chosen.read().is_none()>"Choose a repository"</option>
                {options}
            </select>
        </span>
    }
}

/// The repositories of a lane. The other side cannot be chosen twice, and says so.
fn group(
    data: DomainData,
    lane: Lane,
    chosen: Option<&RepositoryName>,
    other: Option<&RepositoryName>,
) -> Option<impl IntoView + use<>> {
    let map = data.map.read();
    let of_lane = map.as_ref()?.repositories.iter().filter(|repository| Role::of(repository).lane() == lane);
    let options = of_lane.map(|repository| {
        let refusal = if Some(&repository.name) == other { " (the other side)" } else { "" };
        let (value, selected) = (repository.name.to_string(), Some(&repository.name) == chosen);
        view! { <option value=value.clone() disabled=!refusal.is_empty() selected=selected>{value.clone()}{refusal}</option> }
    });
    let options: Vec<_> = options.collect();
    (!options.is_empty()).then(|| view! { <optgroup label=lane.title()>{options}</optgroup> })
}
