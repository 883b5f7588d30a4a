//! The text of a policy with the numbers of its lines.

use std::collections::BTreeMap;

use leptos::prelude::*;
use shared::policy::{Finding, Severity};

/// How many lines are seen at least, and at most.
const LINES: (usize, usize) = (12, 36);

/// A field for the text, with numbered lines. The Tab key leaves it, as everywhere.
#[component]
pub fn NumberedText(
    text: RwSignal<String>,
    /// Marked beside their lines. Tracked.
    findings: Signal<Vec<Finding>>,
    field: NodeRef<leptos::html::Textarea>,
) -> impl IntoView {
    let numbers = NodeRef::<leptos::html::Div>::new();
    let lines = Memo::new(move |_| text.read().split('\n').count());
    let marked = Memo::new(move |_| {
        let mut marked = BTreeMap::new();
        for finding in findings.read().iter() {
            let severity: &mut Severity = marked.entry(finding.line).or_insert(finding.severity);
            *severity = finding.severity.min(*severity);
        }
        marked
    });
    let invalid = move || findings.read().iter().any(|finding| finding.severity == Severity::Error).then_some("true");
    let follow = move |_| {
        if let (Some(field), Some(numbers)) = (field.get_untracked(), numbers.get_untracked()) {
            numbers.set_scroll_top(field.scroll_top());
        }
    };
    let numbered = move || {
        let marked = marked.read();
        let number = |line: usize| match marked.get(&line) {
            None => view! { <span>{line}</span> }.into_any(),
            Some(Severity::Error) => view! { <span class="code__line--error">{line}</span> }.into_any(),
            Some(Severity::Warning) => view! { <span class="code__line--warning">{line}</span> }.into_any(),
        };
        (1..=lines.get()).map(number).collect::<Vec<_>>()
    };
    view! {
        <div class="field">
            <label class="field__label" for="policy-document">"Policy document"</label>
            <div class="code">
                <div class="code__numbers" aria-hidden="true" node_ref=numbers>{numbered}</div>
                <textarea
                    id="policy-document"
                    class="code__text"
                    wrap="off"
                    rows=move || lines.get().clamp(LINES.0, LINES.1).to_string()
                    spellcheck="false"
                    autocomplete="off"
                    autocapitalize="none"
                    aria-invalid=invalid
                    aria-describedby="policy-findings"
                    node_ref=field
                    prop:value=move || text.get()
                    on:input=move |event| text.set(event_target_value(&event))
                    on:scroll=follow
                ></textarea>
            </div>
        </div>
    }
}

/// How many UTF-16 units stand before a line and column, both counted from 1: what a browser counts in.
pub fn offset(text: &str, line: usize, column: usize) -> u32 {
    let units = |text: &str| text.chars().map(char::len_utf16).sum::<usize>();
    let mut before = 0;
    for (number, one) in text.split('\n').enumerate() {
        if number + 1 == line {
            let within: String = one.chars().take(column.saturating_sub(1)).collect();
            return u32::try_from(before + units(&within)).unwrap_or(u32::MAX);
        }
        before += units(one) + 1;
    }
    u32::try_from(before.saturating_sub(1)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::offset;

    #[test]
    fn a_place_is_counted_as_a_browser_counts() {
        let text = "ab\n😀cd\n";
        assert_eq!(offset(text, 1, 1), 0);
        assert_eq!(offset(text, 2, 1), 3);
        assert_eq!(offset(text, 2, 2), 5);
        assert_eq!(offset(text, 3, 1), 8);
        assert_eq!(offset(text, 9, 9), 8);
        assert_eq!(offset(text, 1, 99), 2);
    }
}
