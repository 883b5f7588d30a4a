//! Short messages: shown for a moment, and spoken by screen readers.

use std::time::Duration;

use leptos::prelude::*;

/// How long a message stays on screen.
const SHOWN_FOR: Duration = Duration::from_secs(6);

/// Says things. A context of the whole program.
#[derive(Clone, Copy)]
pub struct Announcer {
    message: RwSignal<Option<(u32, String)>>,
}

impl Announcer {
    /// Nothing said yet.
    pub fn new() -> Self {
        Self { message: RwSignal::new(None) }
    }

    /// Shows a message and has it spoken.
    pub fn say(self, text: impl Into<String>) {
        let text = text.into();
        let number = self.message.with_untracked(|message| message.as_ref().map_or(0, |(number, _)| number + 1));
        self.message.set(Some((number, text)));
        set_timeout(
            move || {
                // Only when nothing newer is on screen.
                if self.message.with_untracked(|message| message.as_ref().is_some_and(|(shown, _)| *shown == number)) {
                    self.message.set(None);
                }
            },
            SHOWN_FOR,
        );
    }
}

/// Where the messages appear. Stands in the page from the start, as screen readers need it to.
#[component]
pub fn Announcements() -> impl IntoView {
    let announcer = expect_context::<Announcer>();
    view! {
        <div class="announcements" role="status" aria-live="polite">
            {move || announcer.message.get().map(|(_, text)| view! { <p class="announcement">{text}</p> })}
        </div>
    }
}
