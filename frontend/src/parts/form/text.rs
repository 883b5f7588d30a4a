//! A text to be typed, with the rule that it must keep.

use std::str::FromStr;

use leptos::prelude::*;
use shared::names::NameError;

use crate::ui::Prose;

/// Why a typed text is no `T`; none while nothing is typed, or when it is one.
pub fn problem_of<T: FromStr<Err = NameError>>(text: &str) -> Option<String> {
    if text.is_empty() { None } else { text.parse::<T>().err().map(|error| format!("{error}.")) }
}

/// Why a form cannot be sent: a field that breaks its rule says more than this.
pub const MARKED: &str = "Correct what is marked in red first.";

/// A label, a field, and the rule below it, in red while it is broken.
#[component]
pub fn TextField(
    id: &'static str,
    label: &'static str,
    value: RwSignal<String>,
    /// The rule, or what the field is for.
    #[prop(into)]
    hint: String,
    /// Which rule is broken; none if none is. Tracked.
    #[prop(optional, into)]
    problem: Signal<Option<String>>,
    /// More than one line.
    #[prop(optional)]
    lines: Option<u32>,
    /// Shows code rather than prose.
    #[prop(optional)]
    code: bool,
    #[prop(optional)] placeholder: &'static str,
) -> impl IntoView {
    let hint_id = format!("{id}-hint");
    let class = if code { "input input--code" } else { "input" };
    let invalid = move || problem.read().is_some().then_some("true");
    let typed = move |event| value.set(event_target_value(&event));
    let described = hint_id.clone();
    let field = match lines {
        Some(lines) => view! {
            <textarea
                id=id
                class=class
                rows=lines.to_string()
                placeholder=placeholder
                spellcheck="false"
                aria-invalid=invalid
                aria-describedby=described
                prop:value=move || value.get()
                on:input=typed
            ></textarea>
        }
        .into_any(),
        None => view! {
            <input
                id=id
                class=class
                type="text"
                placeholder=placeholder
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                aria-invalid=invalid
                aria-describedby=described
                prop:value=move || value.get()
                on:input=typed
            />
        }
        .into_any(),
    };
    view! {
        <div class="field">
            <label class="field__label" for=id>{label}</label>
            {field}
            <p id=hint_id class="field__hint" class:field__hint--broken=move || problem.read().is_some()>
                {move || view! { <Prose text=problem.get().unwrap_or_else(|| hint.clone()) /> }}
            </p>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use shared::names::DomainName;

    use super::problem_of;

    #[test]
    fn nothing_typed_breaks_no_rule_yet() {
        assert_eq!(problem_of::<DomainName>(""), None);
        assert_eq!(problem_of::<DomainName>("my-company"), None);
        assert!(problem_of::<DomainName>("My company").unwrap().starts_with("A domain name has 2 to 50"));
    }
}
