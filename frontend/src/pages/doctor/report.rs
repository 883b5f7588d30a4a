//! What was understood, the one cause, and what else was seen.

use leptos::prelude::*;
use shared::doctor::mask::{Masked, Secret};
use shared::doctor::{Diagnosis, Evidence, Report};

use super::asking::{Asking, Stage};
use crate::ui::{Chip, Command, ErrorNotice, Glyph, Icon, Notice, Tone, count};

/// A report.
#[component]
pub fn ReportView(report: Report, asking: Asking, text: RwSignal<Masked>) -> impl IntoView {
    let empty = report.is_empty();
    let understood = report.understood.into_iter().map(|sentence| view! { <p>{sentence}</p> }).collect::<Vec<_>>();
    let cause = match report.cause {
        Some(diagnosis) => view! { <Cause diagnosis asking /> }.into_any(),
        None if empty => view! {
            <Notice tone=Tone::Info>
                <h2 class="notice__title">"This was not understood"</h2>
                <p>"It is no settings file and no log that the doctor knows, and no line of it tells of a cause that it knows. Paste the whole of what the client printed, from the command on, or the whole file."</p>
            </Notice>
        }
        .into_any(),
        None => view! {
            <Notice tone=Tone::Ok>
                <h2 class="notice__title">"Nothing wrong was seen in it"</h2>
                <p>"What it says fits this domain. If the client is refused all the same, paste what it prints: a token lives for 12 hours at most, and no file tells its age."</p>
            </Notice>
        }
        .into_any(),
    };
    let also = report.also;
    view! {
        <div class="doctor__understood">{understood}</div>
        {cause}
        {(!also.is_empty()).then(|| view! { <Also also /> })}
        <AsRead text />
    }
}

/// The one cause: as the text tells it, and made sure of by the domain where that could be asked.
#[component]
fn Cause(diagnosis: Diagnosis, asking: Asking) -> impl IntoView {
    move || {
        let (shown, note) = match asking.stage() {
            Stage::Answered(answered) => (answered, None),
            Stage::Asking(question) => {
                let words = format!("Asking the domain for {} …", question.package.full_name());
                (diagnosis.clone(), Some(view! { <p class="muted" aria-busy="true">{words}</p> }.into_any()))
            }
            Stage::Failed(problem) => (
                diagnosis.clone(),
                Some(view! { <ErrorNotice what="The domain could not be asked for the package." message=problem.message request_id=problem.request_id /> }.into_any()),
            ),
            Stage::Nothing => (diagnosis.clone(), None),
        };
        view! { <InFull diagnosis=shown /> {note} }
    }
}

#[component]
fn InFull(diagnosis: Diagnosis) -> impl IntoView {
    let steps = diagnosis.fix.into_iter().map(|step| view! { <li>{step}</li> }).collect::<Vec<_>>();
    let commands = diagnosis.commands.into_iter().map(|text| view! { <Command text /> }).collect::<Vec<_>>();
    view! {
        <article class="diagnosis">
            <p class="diagnosis__kind" role="status">
                <Icon glyph=Glyph::Warning />
                <span class="visually-hidden">"Cause: "</span>
                <span class="diagnosis__title">{diagnosis.cause.title()}</span>
            </p>
            <p>{diagnosis.because}</p>
            <EvidenceLines evidence=diagnosis.evidence />
            <h2 class="form-page__title">"What mends it"</h2>
            <ul class="diagnosis__steps">{steps}</ul>
            {commands}
            <p class="diagnosis__otherwise"><strong>"If that was not it"</strong>" "{diagnosis.otherwise}</p>
        </article>
    }
}

#[component]
fn EvidenceLines(evidence: Vec<Evidence>) -> impl IntoView {
    let lines = evidence.into_iter().map(|evidence| {
        view! { <li><span class="evidence__line">{format!("line {}", evidence.line)}</span><code>{marked(&evidence.text)}</code></li> }
    });
    view! { <ol class="evidence" aria-label="Lines that say so">{lines.collect::<Vec<_>>()}</ol> }
}

#[component]
fn Also(also: Vec<Diagnosis>) -> impl IntoView {
    let seen = also.into_iter().map(|diagnosis| {
        let lines: Vec<String> = diagnosis.evidence.iter().map(|evidence| evidence.line.to_string()).collect();
        view! {
            <li>
                <strong>{diagnosis.cause.title()}</strong>
                <p class="muted">{format!("{} (line {})", diagnosis.because, lines.join(", "))}</p>
            </li>
        }
    });
    view! {
        <section class="doctor__also" aria-label="Also seen">
            <h2 class="form-page__title">"Also seen"</h2>
            <ul>{seen.collect::<Vec<_>>()}</ul>
        </section>
    }
}

/// How many lines of the text are shown.
const MOST_SHOWN: usize = 300;

/// The text with its lines numbered and the hidden parts marked.
#[component]
fn AsRead(text: RwSignal<Masked>) -> impl IntoView {
    view! {
        <details class="doctor__read">
            <summary>
                "The text as it was read "
                {move || match text.read().count() {
                    0 => ().into_any(),
                    number => view! { <Chip tone=Tone::Ok text=format!("{} hidden", count(number, "secret")) /> }.into_any(),
                }}
            </summary>
            {move || {
                let text = text.read();
                let total = text.text.lines().count();
                let lines = text.text.lines().take(MOST_SHOWN).map(|line| view! { <li><code>{marked(line)}</code></li> });
                let lines = lines.collect::<Vec<_>>();
                view! {
                    <ol class="doctor__lines" tabindex="0" aria-label="The text as it was read">{lines}</ol>
                    {(total > MOST_SHOWN).then(|| view! { <p class="muted">{format!("and {} more", count(total - MOST_SHOWN, "line"))}</p> })}
                }
            }}
        </details>
    }
}

/// A line whose markers stand out.
fn marked(line: &str) -> AnyView {
    let mut parts = Vec::new();
    let mut rest = line;
    while let Some(start) = rest.find('‹') {
        let found = Secret::ALL.into_iter().map(Secret::marker).find(|marker| rest[start..].starts_with(marker));
        let end = start + found.map_or('‹'.len_utf8(), str::len);
        let shown = if found.is_some() { start } else { end };
        parts.push(rest[..shown].to_owned().into_any());
        if let Some(marker) = found {
            parts.push(view! { <mark class="hidden-part">{marker}</mark> }.into_any());
        }
        rest = &rest[end..];
    }
    parts.push(rest.to_owned().into_any());
    parts.into_any()
}
