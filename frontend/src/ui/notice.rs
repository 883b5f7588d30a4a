//! What stands where there is nothing, or where something went wrong.

use leptos::prelude::*;

use super::{Button, Glyph, Icon, Prose, Tone};

/// A remark about the page or a part of it.
#[component]
pub fn Notice(tone: Tone, children: Children) -> impl IntoView {
    let (class, glyph) = match tone {
        Tone::Danger => ("notice notice--danger", Glyph::Warning),
        Tone::Warn => ("notice notice--warn", Glyph::Warning),
        Tone::Ok => ("notice notice--ok", Glyph::Check),
        Tone::Info | Tone::Plain => ("notice", Glyph::Dash),
    };
    view! { <div class=class><Icon glyph /><div class="notice__body">{children()}</div></div> }
}

/// What went wrong, under which request id, and a way to try again.
#[component]
pub fn ErrorNotice(
    /// What could not be done, such as `The packages could not be read`.
    #[prop(into)]
    what: String,
    /// Why, and what to do.
    #[prop(into)]
    message: String,
    request_id: Option<String>,
    /// Tries again.
    #[prop(optional, into)]
    retry: Option<Callback<()>>,
) -> impl IntoView {
    view! {
        <div class="notice notice--danger" role="alert">
            <Icon glyph=Glyph::Warning />
            <div class="notice__body">
                <p class="notice__title">{what}</p>
                <p><Prose text=message /></p>
                {request_id.map(|id| view! { <p class="notice__id">"Request " <code>{id}</code></p> })}
                {retry.map(|retry| view! { <Button on_click=move || retry.run(())>"Try again"</Button> })}
            </div>
        </div>
    }
}

/// Nothing here, and the next step.
#[component]
pub fn EmptyState(#[prop(into)] title: String, children: Children) -> impl IntoView {
    view! { <div class="empty"><h2 class="empty__title">{title}</h2>{children()}</div> }
}
