//! Which two repositories are compared, and as of when.

use leptos::prelude::*;
use shared::comparison::Side;
use shared::names::RepositoryName;
use shared::topology::{Lane, Role};

use super::times::TimeField;
use crate::parts::DomainData;
use crate::ui::Button;

/// The two sides, and what swaps them.
#[component]
pub fn SideFields(
    left: Memo<Option<Side>>,
    right: Memo<Option<Side>>,
    /// Takes both sides.
    #[prop(into)]
    choose: Callback<(Option<Side>, Option<Side>)>,
) -> impl IntoView {
    let lone = Signal::derive(move || {
        (left.read().is_none() && right.read().is_none()).then(|| "Choose a repository first.".to_owned())
    });
    let swap = move || choose.run((right.get_untracked(), left.get_untracked()));
    view! {
        <div class="sides">
            <SideField id="compare-left" label="Left" chosen=left other=right take=move |side| choose.run((side, right.get_untracked())) />
            <Button label="Swap the sides" disabled_reason=lone on_click=swap>"⇄ Swap"</Button>
            <SideField id="compare-right" label="Right" chosen=right other=left take=move |side| choose.run((left.get_untracked(), side)) />
        </div>
    }
}

#[component]
fn SideField(
    id: &'static str,
    label: &'static str,
    chosen: Memo<Option<Side>>,
    other: Memo<Option<Side>>,
    #[prop(into)] take: Callback<Option<Side>>,
) -> impl IntoView {
    let data = expect_context::<DomainData>();
    let repository = Memo::new(move |_| chosen.read().as_ref().map(|side| side.repository().clone()));
    let role = Memo::new(move |_| repository.get().and_then(|name| data.role(&name)).map(Role::as_str));
    let options = move || {
        let (chosen, other) = (repository.get(), other.get());
        let other = other.as_ref().map(Side::repository);
        let lanes = [Lane::Release, Lane::Teams, Lane::Stores];
        lanes.map(|lane| group(data, lane, chosen.as_ref(), other)).into_iter().flatten().collect::<Vec<_>>()
    };
    let choose = move |event| take.run(event_target_value(&event).parse().ok().map(Side::Now));
    view! {
        <span class="route__stop sides__side" data-role=move || role.get()>
            <label class="route__label" for=id>{label}</label>
            <select id=id class="route__select" on:change=choose>
                <option value="" disabled selected=move || repository.read().is_none()>"Choose a repository"</option>
                {options}
            </select>
            <TimeField id=format!("{id}-time") label chosen take />
        </span>
    }
}

/// The repositories of a lane. The other side's may be chosen too: at another time it holds something else.
fn group(
    data: DomainData,
    lane: Lane,
    chosen: Option<&RepositoryName>,
    other: Option<&RepositoryName>,
) -> Option<impl IntoView + use<>> {
    let map = data.map.read();
    let of_lane = map.as_ref()?.repositories.iter().filter(|repository| Role::of(repository).lane() == lane);
    let options = of_lane.map(|repository| {
        let (value, selected) = (repository.name.to_string(), Some(&repository.name) == chosen);
        let remark = if Some(&repository.name) == other && !selected { " (the other side)" } else { "" };
        view! { <option value=value.clone() selected=selected>{value.clone()}{remark}</option> }
    });
    let options: Vec<_> = options.collect();
    (!options.is_empty()).then(|| view! { <optgroup label=lane.title()>{options}</optgroup> })
}
