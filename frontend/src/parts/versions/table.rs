//! The list to choose versions from.

use std::time::Duration;

use leptos::ev::{KeyboardEvent, MouseEvent};
use leptos::html::Tbody;
use leptos::prelude::*;
use shared::api::RepositoryPath;
use shared::names::VersionName;
use shared::package::PackageKey;
use shared::promotion::VersionChoice;
use shared::version::{PackageVersionStatus, VersionSummary};
use wasm_bindgen::JsCast;

use super::Selection;
use crate::parts::version::origin;
use crate::parts::{BlockMark, Name, StatusChip};
use crate::place::{Held, Place};
use crate::ui::{Button, Field, Select, count};

/// How many versions are shown at first, and how many more each time.
const STEP: usize = 200;

/// Versions with their boxes: Shift chooses a range, the arrows go from one to the next.
#[component]
pub fn VersionTable(selection: Selection, path: RepositoryPath, package: PackageKey) -> impl IntoView {
    let most = RwSignal::new(STEP);
    let body = NodeRef::<Tbody>::new();
    let rows = move || {
        let listed = selection.listed.read();
        listed.iter().take(most.get()).cloned().enumerate().collect::<Vec<_>>()
    };
    let all = Memo::new(move |_| selection.of_listed());
    let listed = Memo::new(move |_| selection.listed.read().len());
    let label = move || format!("Choose all {} listed", listed.get());
    let keys = move |event: KeyboardEvent| on_key(&event, selection, body);
    let row = move |(place, one): (usize, VersionSummary)| view! { <Row place one selection path=path.clone() package=package.clone() /> };
    view! {
        <Narrow selection />
        <div class="table-frame versions__list" tabindex="0" role="group" aria-label="Versions">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col" class="versions__box">
                            <input type="checkbox" aria-label=label prop:checked=move || all.get().0
                                prop:indeterminate=move || all.get() == (false, true) on:change=move |_| selection.press_all() />
                        </th>
                        <th scope="col">"Version"</th>
                        <th scope="col">"Status"</th>
                        <th scope="col">"Origin"</th>
                    </tr>
                </thead>
                <tbody node_ref=body on:keydown=keys>
                    <For each=rows key=|(place, one)| (*place, one.version.clone(), one.status) children=row />
                </tbody>
            </table>
        </div>
        <p class="matrix__foot">
            <span class="muted" role="status">{move || count(listed.get(), "version")}" listed"</span>
            {move || (most.get() < listed.get()).then(|| view! {
                <Button on_click=move || most.update(|most| *most += STEP)>"Show more versions"</Button>
            })}
            <span class="muted versions__keys">"Shift for a range, arrow keys to move, Ctrl+A for all listed"</span>
        </p>
    }
}

/// What narrows the list.
#[component]
fn Narrow(selection: Selection) -> impl IntoView {
    let options = PackageVersionStatus::ALL.map(|status| (status.as_str(), status.as_str()));
    view! {
        <div class="versions__narrow">
            <div class="field">
                <label class="field__label" for="versions-part">"Version contains"</label>
                <input id="versions-part" class="input" type="search" autocomplete="off" spellcheck="false" placeholder="-beta"
                    prop:value=move || selection.part.get() on:input=move |event| selection.part.set(event_target_value(&event)) />
            </div>
            <Field label="Status" for_id="versions-status">
                <Select id="versions-status" any="Any status" options=options.to_vec()
                    value=Signal::derive(move || selection.status.get().map(|status| status.as_str().to_owned()).unwrap_or_default())
                    on_choose=move |word: String| selection.status.set(word.parse().ok()) />
            </Field>
        </div>
    }
}

#[component]
fn Row(
    place: usize,
    one: VersionSummary,
    selection: Selection,
    path: RepositoryPath,
    package: PackageKey,
) -> impl IntoView {
    let version = StoredValue::new(one.version.clone());
    let chosen = Memo::new(move |_| selection.holds(&version.read_value()));
    let press = move |event: MouseEvent| {
        if event.shift_key() {
            selection.press_to(&version.read_value());
            // The range decides what the box shows, and the browser turns it after this.
            let input = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
            let show = move || {
                if let (Some(input), Some(chosen)) = (input, chosen.try_get_untracked()) {
                    input.set_checked(chosen);
                }
            };
            set_timeout(show, Duration::ZERO);
        } else {
            selection.press(&version.read_value());
        }
    };
    let held = Held { repository: path.repository.clone(), version: one.version.clone() };
    let href = Place::package(&path.domain_path(), &package, Some(held)).href();
    let choice = Some(VersionChoice { package, version: one.version.clone() });
    let label = format!("Choose {}", one.version);
    view! {
        <tr class:versions__chosen=move || chosen.get()>
            <td class="versions__box">
                <input type="checkbox" aria-label=label data-place=place.to_string() prop:checked=move || chosen.get() on:click=press />
            </td>
            <th scope="row"><a href=href><Name text=one.version.as_str() /></a></th>
            <td><StatusChip status=one.status /><BlockMark choice /></td>
            <td class="versions__origin">{origin(&one.origin)}</td>
        </tr>
    }
}

/// The arrows go to the next box, with Shift they choose on the way; Ctrl+A chooses all that is listed.
fn on_key(event: &KeyboardEvent, selection: Selection, body: NodeRef<Tbody>) {
    if event.key() == "a" && (event.ctrl_key() || event.meta_key()) {
        event.prevent_default();
        if !untrack(|| selection.of_listed().0) {
            selection.press_all();
        }
        return;
    }
    let step = match event.key().as_str() {
        "ArrowDown" => 1,
        "ArrowUp" => -1,
        _ => return,
    };
    let Some(place) = place_of(event) else { return };
    let Some(next) = place.checked_add_signed(step) else { return };
    let found =
        body.get_untracked().and_then(|body| body.query_selector(&format!("[data-place=\"{next}\"]")).ok().flatten());
    let Some(found) = found.and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok()) else { return };
    event.prevent_default();
    let _ = found.focus();
    if event.shift_key() {
        extend(selection, place, next);
    }
}

/// Chooses both ends of a step, so that holding Shift chooses a range.
fn extend(selection: Selection, from: usize, to: usize) {
    let version = |place: usize| selection.listed.read_untracked().get(place).map(|one| one.version.clone());
    let both: Vec<VersionName> = [from, to].into_iter().filter_map(version).collect();
    for one in both {
        if untrack(|| !selection.holds(&one)) {
            selection.press(&one);
        }
    }
}

fn place_of(event: &KeyboardEvent) -> Option<usize> {
    let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    target.get_attribute("data-place")?.parse().ok()
}
