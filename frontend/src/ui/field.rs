//! Controls with their labels.

use leptos::prelude::*;

/// A label over its control.
#[component]
pub fn Field(
    label: &'static str,
    /// The `id` of the control.
    for_id: &'static str,
    children: Children,
) -> impl IntoView {
    view! { <div class="field"><label class="field__label" for=for_id>{label}</label>{children()}</div> }
}

/// A choice among words, or none of them.
#[component]
pub fn Select(
    id: &'static str,
    /// What choosing none is called.
    any: &'static str,
    /// Values and their texts.
    options: Vec<(&'static str, &'static str)>,
    /// The chosen value; empty for none.
    #[prop(into)]
    value: Signal<String>,
    /// Takes the chosen value; empty for none.
    #[prop(into)]
    on_choose: Callback<String>,
) -> impl IntoView {
    let options = options.into_iter().map(|(key, text)| {
        view! { <option value=key selected=move || *value.read() == key>{text}</option> }
    });
    view! {
        <select id=id class="input" prop:value=move || value.get() on:change=move |event| on_choose.run(event_target_value(&event))>
            <option value="">{any}</option>
            {options.collect::<Vec<_>>()}
        </select>
    }
}
