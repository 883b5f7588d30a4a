//! A word about something, with a colour and an icon that say the same.

use leptos::prelude::*;

use super::{Glyph, Icon};

/// What a chip's colour and icon say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tone {
    /// A fact.
    #[default]
    Plain,
    /// A fact to notice.
    Info,
    /// Good.
    Ok,
    /// Look twice.
    Warn,
    /// Wrong.
    Danger,
}

impl Tone {
    fn class(self) -> &'static str {
        match self {
            Self::Plain => "chip",
            Self::Info => "chip chip--info",
            Self::Ok => "chip chip--ok",
            Self::Warn => "chip chip--warn",
            Self::Danger => "chip chip--danger",
        }
    }

    fn glyph(self) -> Option<Glyph> {
        match self {
            Self::Plain | Self::Info => None,
            Self::Ok => Some(Glyph::Check),
            Self::Warn => Some(Glyph::Warning),
            Self::Danger => Some(Glyph::Cross),
        }
    }
}

/// A word about something.
#[component]
pub fn Chip(
    #[prop(optional)] tone: Tone,
    /// More, on hover.
    #[prop(optional, into)]
    title: Option<String>,
    #[prop(into)] text: String,
) -> impl IntoView {
    view! { <span class=tone.class() title=title>{tone.glyph().map(|glyph| view! { <Icon glyph /> })}{text}</span> }
}
