//! Several views of one thing, one shown at a time.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// A list of tabs, and the panel of the chosen one. The arrow keys go from tab to tab.
#[component]
pub fn Tabs(
    /// What the tabs are views of.
    label: &'static str,
    /// Begins the ids of tabs and panel.
    id: &'static str,
    tabs: Vec<&'static str>,
    chosen: RwSignal<usize>,
    /// What the panel shows, by the number of its tab.
    panel: Callback<usize, AnyView>,
) -> impl IntoView {
    let number = tabs.len();
    let go = move |event: leptos::ev::KeyboardEvent| {
        let now = chosen.get_untracked();
        let next = match event.key().as_str() {
            "ArrowRight" => (now + 1) % number,
            "ArrowLeft" => (now + number - 1) % number,
            "Home" => 0,
            "End" => number - 1,
            _ => return,
        };
        event.prevent_default();
        chosen.set(next);
        let tab = document().get_element_by_id(&format!("{id}-tab-{next}"));
        if let Some(tab) = tab.and_then(|tab| tab.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = tab.focus();
        }
    };
    let drawn = tabs.into_iter().enumerate().map(move |(index, text)| {
        let is_chosen = move || chosen.get() == index;
        view! {
            <button
                type="button"
                role="tab"
                class="views__tab"
                id=format!("{id}-tab-{index}")
                aria-controls=format!("{id}-panel")
                aria-selected=move || is_chosen().to_string()
                tabindex=move || if is_chosen() { "0" } else { "-1" }
                on:click=move |_| chosen.set(index)
            >
                {text}
            </button>
        }
    });
    view! {
        <div class="views">
            <div class="views__list" role="tablist" aria-label=label on:keydown=go>{drawn.collect::<Vec<_>>()}</div>
            <div class="views__panel" role="tabpanel" id=format!("{id}-panel") aria-labelledby=move || format!("{id}-tab-{}", chosen.get())>
                {move || panel.run(chosen.get())}
            </div>
        </div>
    }
}
