//! The box that puts a version into the tray.

use leptos::prelude::*;
use shared::names::RepositoryName;
use shared::promotion::VersionChoice;

use super::Tray;
use crate::parts::block_refusal;
use crate::ui::Announcer;

/// A box that puts a version into the tray or takes it out, and says why when it cannot.
#[component]
pub fn ChooseBox(
    #[prop(into)] label: Signal<String>,
    from: RepositoryName,
    /// The version; none while it is not known.
    #[prop(into)]
    choice: Signal<Option<VersionChoice>>,
    /// Why the version itself cannot be chosen.
    #[prop(into)]
    obstacle: Signal<Option<String>>,
) -> impl IntoView {
    let (tray, announcer) = (expect_context::<Tray>(), expect_context::<Announcer>());
    let (from, blocked) = (StoredValue::new(from), block_refusal());
    let chosen =
        Memo::new(move |_| choice.read().as_ref().is_some_and(|choice| tray.holds(&from.read_value(), choice)));
    let refusal = Memo::new(move |_| {
        let blocked = || choice.read().as_ref().and_then(blocked);
        let any = || obstacle.get().or_else(blocked).or_else(|| tray.refusal(&from.read_value()));
        if chosen.get() { None } else { any() }
    });
    let toggle = move |event: leptos::ev::MouseEvent| {
        if let Some(refusal) = refusal.get_untracked() {
            event.prevent_default();
            announcer.say(refusal);
        } else if let Some(choice) = choice.get_untracked() {
            if chosen.get_untracked() { tray.take(&choice) } else { tray.put(&from.read_value(), choice) }
        }
    };
    view! {
        <input
            type="checkbox"
            class="choose"
            aria-label=move || label.get()
            aria-disabled=move || refusal.read().is_some().then_some("true")
            aria-description=move || refusal.get()
            title=move || refusal.get()
            prop:checked=move || chosen.get()
            on:click=toggle
        />
    }
}
