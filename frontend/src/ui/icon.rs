//! Icons, drawn in the page.

use leptos::prelude::*;

/// What an icon shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Glyph {
    /// Arrow to the right.
    Arrow,
    /// A check mark.
    Check,
    /// A cross.
    Cross,
    /// A clock.
    Clock,
    /// Two columns.
    Columns,
    /// Angle brackets.
    Code,
    /// Two sheets.
    Copy,
    /// A circle half filled.
    Contrast,
    /// A dash.
    Dash,
    /// A key.
    Key,
    /// A door with an arrow.
    Leave,
    /// Three lines.
    Menu,
    /// Columns joined by lines.
    Map,
    /// A moon.
    Moon,
    /// A line with a beat.
    Pulse,
    /// An arrow around.
    Refresh,
    /// A magnifying glass.
    Search,
    /// A sun.
    Sun,
    /// A triangle with an exclamation mark.
    Warning,
}

impl Glyph {
    /// Strokes on a field of 16 by 16.
    fn strokes(self) -> &'static str {
        match self {
            Self::Arrow => "M2.5 8h11M9 3.5 13.5 8 9 12.5",
            Self::Check => "M3 8.5 6.5 12 13 4.5",
            Self::Cross => "M4 4l8 8M12 4l-8 8",
            Self::Clock => "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 4.5V8l2.5 1.5",
            Self::Copy => "M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8z",
            Self::Code => "M5 4 1.5 8 5 12M11 4l3.5 4L11 12",
            Self::Columns => "M2.5 3h4.5v10H2.5zM9 3h4.5v10H9z",
            Self::Contrast => "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 2v12M10 3v10M12 4.5v7",
            Self::Dash => "M4 8h8",
            Self::Key => "M5 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM8 8h6M12.5 8v2.5M10.5 8v1.8",
            Self::Leave => "M9 2.5H3v11h6M6.5 8h7M11 5.5 13.5 8 11 10.5",
            Self::Menu => "M2.5 4h11M2.5 8h11M2.5 12h11",
            Self::Map => "M2 3.5h4v3H2zM2 9.5h4v3H2zM10 6.5h4v3h-4zM6 5c3 0 1 3 4 3M6 11c3 0 1-3 4-3",
            Self::Moon => "M13 9.5A5.5 5.5 0 1 1 6.5 3a4.5 4.5 0 0 0 6.5 6.5z",
            Self::Pulse => "M1.5 8.5h3l2-5 3 9 2-4h3",
            Self::Refresh => "M13 8a5 5 0 1 1-1.5-3.5L13 6M13 2.5V6H9.5",
            Self::Search => "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM10.5 10.5 14 14",
            Self::Sun => {
                "M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6zM8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1"
            }
            Self::Warning => "M8 2.5 14 13H2zM8 6.5v3M8 11.2v.1",
        }
    }
}

/// An icon. It is decoration: whatever it says, a word says too.
#[component]
pub fn Icon(glyph: Glyph) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
            <path d=glyph.strokes() />
        </svg>
    }
}
