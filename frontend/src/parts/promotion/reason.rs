//! Why a promotion is made.

use leptos::prelude::*;
use shared::promotion::LONGEST_REASON;

/// The reason, with how much room is left.
#[component]
pub fn ReasonField(reason: RwSignal<String>) -> impl IntoView {
    let length = move || reason.read().chars().count();
    view! {
        <div class="field">
            <label class="promote__title" for="promote-reason">"Reason"</label>
            <textarea
                id="promote-reason"
                class="input promote__reason"
                rows="3"
                placeholder="For whoever reads the log: release, ticket"
                aria-required="true"
                aria-invalid=move || (length() > LONGEST_REASON).then_some("true")
                aria-describedby="promote-reason-length"
                prop:value=move || reason.get()
                on:input=move |event| reason.set(event_target_value(&event))
            ></textarea>
            <p id="promote-reason-length" class="promote__length" class:promote__length--over=move || { length() > LONGEST_REASON }>
                {move || format!("{} of {LONGEST_REASON}", length())}
            </p>
        </div>
    }
}

/// Why this reason will not do; none if it will.
pub fn refusal(reason: &str) -> Option<String> {
    let length = reason.trim().chars().count();
    match length {
        0 => Some("Give a reason first.".to_owned()),
        _ if length > LONGEST_REASON => {
            Some(format!("The reason is {} too long.", crate::ui::count(length - LONGEST_REASON, "character")))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_needed_and_has_a_limit() {
        assert!(refusal(" \n").is_some());
        assert_eq!(refusal("Release 24.11"), None);
        assert_eq!(refusal(&"ü".repeat(LONGEST_REASON)), None);
        assert!(refusal(&"ü".repeat(LONGEST_REASON + 1)).unwrap().contains("1 character too long"));
    }
}
