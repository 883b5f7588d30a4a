//! What is wrong or doubtful in what is typed, with a way to each place.

use std::time::Duration;

use leptos::prelude::*;
use shared::policy::{Finding, MOST_BYTES, Severity};

use super::text::offset;
use crate::ui::{Chip, Prose, Tone, count, grouped};

/// How long the keyboard rests before the list changes.
const REST: Duration = Duration::from_millis(300);

/// The findings as they were when the keyboard last rested.
pub fn rested(findings: Memo<Vec<Finding>>) -> Signal<Vec<Finding>> {
    let rested = RwSignal::new(findings.get_untracked());
    let turn = StoredValue::new(0_u32);
    Effect::new(move |before: Option<()>| {
        findings.track();
        turn.update_value(|turn| *turn += 1);
        let this = turn.get_value();
        let settle = move || {
            if turn.try_get_value() == Some(this) {
                rested.set(findings.get_untracked());
            }
        };
        if before.is_some() {
            set_timeout(settle, REST);
        }
    });
    rested.into()
}

/// Why it cannot be saved; none if nothing is wrong.
pub fn refusal(findings: &[Finding]) -> Option<String> {
    let mut errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
    let first = errors.next()?;
    let more = match errors.count() {
        0 => String::new(),
        number => format!(" ({} more)", count(number, "error")),
    };
    Some(format!("Line {}, column {}: {}{more}", first.line, first.column, first.message).replace('`', ""))
}

/// How long the text is, and the findings as a list.
#[component]
pub fn Findings(
    findings: Signal<Vec<Finding>>,
    text: RwSignal<String>,
    field: NodeRef<leptos::html::Textarea>,
) -> impl IntoView {
    let go = Callback::new(move |(line, column): (usize, usize)| {
        let Some(field) = field.get_untracked() else { return };
        let place = offset(&text.read_untracked(), line, column);
        // The caret first: focus then brings it into view.
        let _ = field.set_selection_range(place, place);
        let _ = field.focus();
    });
    let length = Memo::new(move |_| text.read().chars().count());
    let too_long = move || length.get() > MOST_BYTES;
    let found = move || {
        let number = |severity| findings.read().iter().filter(|finding| finding.severity == severity).count();
        match (number(Severity::Error), number(Severity::Warning)) {
            _ if text.read().trim().is_empty() => String::new(),
            (0, 0) => "Nothing to correct.".to_owned(),
            (errors, 0) => format!("{}.", count(errors, "error")),
            (0, warnings) => format!("{}: it can be saved as it is.", count(warnings, "warning")),
            (errors, warnings) => format!("{}, {}.", count(errors, "error"), count(warnings, "warning")),
        }
    };
    view! {
        <div class="findings" id="policy-findings">
            <p class="findings__sum">
                <span role="status">{found}</span>
                <span class="findings__length" class:field__hint--broken=too_long>
                    {move || format!("{} of {} characters", grouped(length.get() as u64), grouped(MOST_BYTES as u64))}
                </span>
            </p>
            <ul class="findings__list">
                {move || findings.get().into_iter().map(|finding| view! { <Entry finding go /> }).collect::<Vec<_>>()}
            </ul>
        </div>
    }
}

#[component]
fn Entry(finding: Finding, go: Callback<(usize, usize)>) -> impl IntoView {
    let Finding { line, column, severity, message, mend } = finding;
    let (word, tone) = match severity {
        Severity::Error => ("Error", Tone::Danger),
        Severity::Warning => ("Warning", Tone::Warn),
    };
    view! {
        <li class="findings__one">
            <Chip text=word tone />
            <div class="findings__words">
                <button type="button" class="findings__place" on:click=move |_| go.run((line, column))>
                    {format!("Line {line}, column {column}")}
                </button>
                " "<Prose text=message />
                {mend.map(|mend| view! { <span class="findings__mend">" "<Prose text=mend /></span> })}
            </div>
        </li>
    }
}
