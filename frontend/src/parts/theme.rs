//! Light, dark, or as the system has it.

use leptos::prelude::*;

use crate::ui::{Announcer, Glyph, Icon};

/// Where the choice is kept. `boot.js` reads it too, before the first paint.
const KEY: &str = "headwater.theme";

/// Which colours the page has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Theme {
    Auto,
    Light,
    Dark,
}

impl Theme {
    fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    fn next(self) -> Self {
        match self {
            Self::Auto => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::Auto,
        }
    }

    fn glyph(self) -> Glyph {
        match self {
            Self::Auto => Glyph::Contrast,
            Self::Light => Glyph::Sun,
            Self::Dark => Glyph::Moon,
        }
    }

    fn kept() -> Self {
        let word = storage().and_then(|storage| storage.get_item(KEY).ok().flatten());
        match word.as_deref() {
            Some("light") => Self::Light,
            Some("dark") => Self::Dark,
            _ => Self::Auto,
        }
    }

    fn keep(self) {
        if let Some(storage) = storage() {
            // Without storage the choice lasts as long as the page.
            let _ = storage.set_item(KEY, self.as_str());
        }
    }
}

/// A button that goes round the three themes.
#[component]
pub fn ThemeSwitch() -> impl IntoView {
    let announcer = expect_context::<Announcer>();
    let theme = RwSignal::new(Theme::kept());
    Effect::new(move |_| {
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("data-theme", theme.get().as_str());
        }
    });
    let switch = move |_| {
        theme.update(|theme| *theme = theme.next());
        theme.get_untracked().keep();
        announcer.say(format!("Theme: {}.", theme.get_untracked().as_str()));
    };
    let name = move || format!("Theme: {}", theme.get().as_str());
    view! {
        <button type="button" class="icon-button" aria-label=name title=name on:click=switch>
            {move || view! { <Icon glyph=theme.get().glyph() /> }}
        </button>
    }
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}
