//! A command to copy.

use leptos::prelude::*;

use super::CopyButton;

/// A shell command as it would be typed, with a button that copies it.
#[component]
pub fn Command(#[prop(into)] text: String) -> impl IntoView {
    view! {
        <div class="command">
            // Long lines scroll sideways, so the keyboard has to reach it.
            <pre tabindex="0" aria-label="Command">{text.clone()}</pre>
            <CopyButton text what="command" />
        </div>
    }
}
