//! As of when a repository is compared: now, or a recorded time.

use leptos::prelude::*;
use shared::api::{DomainPath, ListInventories, RepositoryPath};
use shared::comparison::Side;
use shared::inventory::Inventory;

use crate::api::{Reads, Request};
use crate::parts::DomainData;
use crate::ui::{count, moment};

/// Chooses the time of a side. Nothing while no repository is chosen.
#[component]
pub fn TimeField(
    id: String,
    /// What the side is called.
    label: &'static str,
    chosen: Memo<Option<Side>>,
    /// Takes the side at its new time.
    take: Callback<Option<Side>>,
) -> impl IntoView {
    let (data, reads) = (expect_context::<DomainData>(), expect_context::<Reads>());
    let repository = Memo::new(move |_| chosen.read().as_ref().map(|side| side.repository().clone()));
    let time = Memo::new(move |_| chosen.read().as_ref().and_then(Side::time));
    let states = reads.reading::<ListInventories>(move || {
        let (DomainPath { connection, domain }, repository) = (data.path(), repository.get()?);
        Some(Request::of::<ListInventories>(&RepositoryPath { connection, domain, repository }, &(), &()))
    });
    let choose = move |event| {
        let Some(name) = repository.get_untracked() else { return };
        take.run(Some(match event_target_value(&event).parse() {
            Ok(time) => Side::At(name, time),
            Err(_) => Side::Now(name),
        }));
    };
    let options = move || {
        let (states, time) = (states.get().map(|states| states.to_vec()).unwrap_or_default(), time.get());
        // A time of the address that is not recorded stays to be seen; what is wrong with it is told below.
        let unknown = time.filter(|time| states.iter().all(|state| state.at != *time));
        let unknown = unknown.map(|time| {
            view! { <option value=time.to_string() selected=true>{moment(time.seconds())}</option> }
        });
        let known = states.iter().map(|state| {
            view! { <option value=state.at.to_string() selected=time == Some(state.at)>{words(state)}</option> }
        });
        let known = known.collect::<Vec<_>>();
        view! { <option value="" selected=time.is_none()>"now"</option>{unknown}{known} }
    };
    move || {
        repository.read().is_some().then(|| {
            view! {
                <label class="visually-hidden" for=id.clone()>{label}" as of"</label>
                <select id=id.clone() class="route__select sides__time" on:change=choose>{options}</select>
            }
        })
    }
}

/// A recorded state in a line.
fn words(state: &Inventory) -> String {
    let Inventory { at, last, versions, .. } = state;
    let (at, last, versions) = (moment(at.seconds()), moment(last.seconds()), count(*versions, "version"));
    match at == last {
        true => format!("{at} · {versions}"),
        false => format!("{at}, until {last} · {versions}"),
    }
}
