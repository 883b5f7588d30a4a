//! A command to copy.

use leptos::prelude::*;

use super::CopyButton;

/// A shell command as it would be typed, with a button that copies it.
#[component]
pub fn Command(#[prop(into)] text: String) -> impl IntoView {
    // A document in a command is read by its indentation: its lines are not broken.
    let indented = text.lines().any(|line| line.starts_with("    "));
    view! {
        <div class="command" class:command--indented=indented>
            // What does not fit is scrolled to, so the keyboard has to reach it.
            <pre tabindex="0" aria-label="Command">{text.clone()}</pre>
            <CopyButton text what="command" />
        </div>
    }
}
