//! Copying.

use leptos::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::{Announcer, Glyph, Icon};

/// A button that copies a text to the clipboard and says so.
#[component]
pub fn CopyButton(
    #[prop(into)] text: String,
    /// What is copied, such as `command`.
    #[prop(into)]
    what: String,
) -> impl IntoView {
    let announcer = expect_context::<Announcer>();
    let name = format!("Copy {what}");
    let copy = move |_| {
        let promise = window().navigator().clipboard().write_text(&text);
        let what = what.clone();
        leptos::task::spawn_local(async move {
            announcer.say(match JsFuture::from(promise).await {
                Ok(_) => format!("Copied the {what}."),
                Err(_) => format!("The browser did not allow copying. Select the {what} and copy it by keyboard."),
            });
        });
    };
    view! {
        <button type="button" class="icon-button copy" aria-label=name.clone() title=name on:click=copy>
            <Icon glyph=Glyph::Copy />
        </button>
    }
}
