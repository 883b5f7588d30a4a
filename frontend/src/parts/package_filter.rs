//! What narrows the packages of a repository.

use std::time::Duration;

use leptos::prelude::*;
use shared::format::PackageFormat;
use shared::version::PackageVersionStatus;

use crate::place::PackageFilter;
use crate::ui::{Field, Select};

/// How long typing must rest before the list is read.
const REST: Duration = Duration::from_millis(250);

/// Prefix, format and status.
#[component]
pub fn FilterBar(
    #[prop(into)] filter: Signal<PackageFilter>,
    /// Shows another selection.
    #[prop(into)]
    narrow: Callback<PackageFilter>,
) -> impl IntoView {
    let typed = RwSignal::new(filter.get_untracked().prefix);
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(Some(timer)) = timer.try_get_value() {
            timer.clear();
        }
    };
    on_cleanup(stop);
    let apply = move || narrow.run(PackageFilter { prefix: typed.get_untracked(), ..filter.get_untracked() });
    let typing = move |event| {
        typed.set(event_target_value(&event));
        stop();
        timer.set_value(set_timeout_with_handle(apply, REST).ok());
    };
    // The address can change without typing: by the browser's back, or by "Show all packages".
    Effect::new(move |before: Option<String>| {
        let prefix = filter.read().prefix.clone();
        if before.is_some_and(|before| before != prefix) && prefix != typed.get_untracked().trim() {
            typed.set(prefix.clone());
        }
        prefix
    });
    let formats = || PackageFormat::ALL.iter().map(|format| (format.as_str(), format.as_str())).collect();
    let statuses = || PackageVersionStatus::ALL.iter().map(|status| (status.as_str(), status.as_str())).collect();
    view! {
        <form class="filter-bar" role="search" on:submit=move |event| { event.prevent_default(); stop(); apply(); }>
            <Field label="Name starts with" for_id="filter-prefix">
                <input
                    id="filter-prefix"
                    class="input"
                    type="search"
                    placeholder="Without scope or group"
                    maxlength="255"
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=move || typed.get()
                    on:input=typing
                />
            </Field>
            <Field label="Format" for_id="filter-format">
                <Select
                    id="filter-format"
                    any="Every format"
                    options=formats()
                    value=Signal::derive(move || filter.read().format.map(PackageFormat::as_str).unwrap_or_default().to_owned())
                    on_choose=move |word: String| narrow.run(PackageFilter { format: word.parse().ok(), ..filter.get_untracked() })
                />
            </Field>
            <Field label="Has versions that are" for_id="filter-status">
                <Select
                    id="filter-status"
                    any="In any status"
                    options=statuses()
                    value=Signal::derive(move || filter.read().status.map(PackageVersionStatus::as_str).unwrap_or_default().to_owned())
                    on_choose=move |word: String| narrow.run(PackageFilter { status: word.parse().ok(), ..filter.get_untracked() })
                />
            </Field>
        </form>
    }
}
