//! A button that says why when it cannot be pressed.

use leptos::prelude::*;

use super::Announcer;

/// How much a button stands out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// One of several things to do.
    #[default]
    Plain,
    /// The one thing to do here.
    Primary,
    /// What cannot be undone.
    Danger,
    /// Small, beside what it acts on.
    Small,
}

impl ButtonKind {
    fn class(self) -> &'static str {
        match self {
            Self::Plain => "button",
            Self::Primary => "button button--primary",
            Self::Danger => "button button--danger",
            Self::Small => "button button--small",
        }
    }
}

/// A button. While it is disabled it stays in the tab order, so that everybody can find out why.
#[component]
pub fn Button(
    #[prop(optional)] kind: ButtonKind,
    /// Its work is under way: it cannot be pressed again.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Why it cannot be pressed; none enables it.
    #[prop(optional, into)]
    disabled_reason: Signal<Option<String>>,
    /// Its name, where the text inside does not say enough.
    #[prop(optional, into)]
    label: MaybeProp<String>,
    on_click: impl Fn() + 'static,
    children: Children,
) -> impl IntoView {
    draw(kind, busy, disabled_reason, label, Box::new(on_click), children())
}

/// All of it that is the same for every button.
fn draw(
    kind: ButtonKind,
    busy: Signal<bool>,
    disabled_reason: Signal<Option<String>>,
    label: MaybeProp<String>,
    on_click: Box<dyn Fn()>,
    text: AnyView,
) -> AnyView {
    let announcer = expect_context::<Announcer>();
    let press = move |_| {
        if busy.get_untracked() {
            return;
        }
        match disabled_reason.get_untracked() {
            Some(reason) => announcer.say(reason),
            None => on_click(),
        }
    };
    view! {
        <button
            type="button"
            class=kind.class()
            aria-label=move || label.get()
            aria-busy=move || busy.get().then_some("true")
            aria-disabled=move || (busy.get() || disabled_reason.read().is_some()).then_some("true")
            aria-description=move || disabled_reason.get()
            title=move || disabled_reason.get()
            on:click=press
        >
            {text}
        </button>
    }
    .into_any()
}
