//! How old what the page shows is, and a button that reads it anew.

use std::time::Duration;

use leptos::prelude::*;

use crate::api::Reads;
use crate::ui::{Glyph, Icon, ago, now};

/// "Read 4 s ago", and a button.
#[component]
pub fn Refresh() -> impl IntoView {
    let reads = expect_context::<Reads>();
    let clock = RwSignal::new(now());
    if let Ok(ticking) = set_interval_with_handle(move || clock.set(now()), Duration::from_secs(1)) {
        on_cleanup(move || ticking.clear());
    }
    let age = move || reads.read_at().map(|read_at| format!("Read {} ago", ago(clock.get() - read_at)));
    view! {
        <div class="refresh">
            <span class="refresh__age">{age}</span>
            <button
                type="button"
                class="icon-button"
                aria-label="Read anew"
                title="Read anew from AWS"
                aria-busy=move || reads.busy().then_some("true")
                on:click=move |_| reads.refresh()
            >
                <Icon glyph=Glyph::Refresh />
            </button>
        </div>
    }
}
