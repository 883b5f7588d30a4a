//! What differs inside a file of a version: asked for on demand, shown line by line.

use leptos::prelude::*;
use shared::api::{DiffVersionFiles, FileComparisonQuery};
use shared::comparison::{ArchiveDifference, DiffLine, EntryContent, EntryDifference, FileComparison};

use crate::api::{Reads, Request};
use crate::parts::{DomainData, Loaded, Words};
use crate::ui::{Button, Chip, SkeletonRows, Tone, bytes, count, grouped};

/// How many files are unfolded at first.
const UNFOLDED: usize = 3;

/// A way to see what differs inside a file; then what does.
#[component]
pub fn FileDifference(query: FileComparisonQuery) -> impl IntoView {
    let (data, reads) = (expect_context::<DomainData>(), expect_context::<Reads>());
    let asked = RwSignal::new(false);
    let name = query.asset.to_string();
    let sides = (query.left.to_string(), query.right.to_string());
    let query = StoredValue::new(query);
    let reading = reads.reading::<DiffVersionFiles>(move || {
        asked.get().then(|| Request::of::<DiffVersionFiles>(&data.path(), &query.read_value(), &()))
    });
    let label = format!("Show what differs inside {name}");
    view! {
        {move || if asked.get() {
            let sides = sides.clone();
            view! {
                <Loaded
                    reading
                    what="The file"
                    placeholder=|| view! { <SkeletonRows rows=4 what="both files" /> }
                    ready=move |read| inside(&read, &sides)
                />
            }.into_any()
        } else {
            view! { <p><Button label=label.clone() on_click=move || asked.set(true)>"Show what differs inside"</Button></p> }.into_any()
        }}
    }
}

fn inside(read: &FileComparison, sides: &(String, String)) -> AnyView {
    match read {
        FileComparison::Refused(why) => view! { <p>{why.clone()}</p> }.into_any(),
        FileComparison::Read(read) => difference(read, sides),
    }
}

fn difference(read: &ArchiveDifference, (left, right): &(String, String)) -> AnyView {
    if read.entries.is_empty() {
        let same =
            "The files inside are all the same: only the way they were packed differs, such as their times or order.";
        return view! { <p>{same}</p> }.into_any();
    }
    let differ = read.entries.len() + read.left_out;
    let verb = if differ == 1 { "differs" } else { "differ" };
    let rest = match read.same {
        0 => String::new(),
        1 => ", 1 is the same".to_owned(),
        same => format!(", {} are the same", grouped(same as u64)),
    };
    let entries = read.entries.iter().cloned().enumerate().map(|(place, entry)| entry_view(place, entry));
    let left_out = (read.left_out > 0).then(|| {
        view! { <p class="muted">{format!("{} more differ and are not shown here.", count(read.left_out, "file"))}</p> }
    });
    view! {
        <p class="muted">
            {format!("{} inside {verb}{rest}. − stands in {left} only, + in {right} only.", count(differ, "file"))}
        </p>
        <div class="entries">{entries.collect::<Vec<_>>()}</div>
        {left_out}
    }
    .into_any()
}

fn entry_view(place: usize, entry: EntryDifference) -> AnyView {
    let (word, tone, size) = match (entry.left, entry.right) {
        (Some(left), Some(right)) if left == right => ("changed", Tone::Warn, bytes(left)),
        (Some(left), Some(right)) => ("changed", Tone::Warn, format!("{} → {}", bytes(left), bytes(right))),
        (Some(left), None) => ("only left", Tone::Info, bytes(left)),
        (None, Some(right)) => ("only right", Tone::Info, bytes(right)),
        (None, None) => ("", Tone::Plain, String::new()),
    };
    let label = format!("Lines of {}", entry.name);
    let content = match entry.content {
        EntryContent::Text(lines) if lines.is_empty() => {
            view! { <p class="muted">"Only the line break at the end differs, or one of them is empty."</p> }.into_any()
        }
        EntryContent::Text(lines) => view! {
            <div class="difference difference--wrapped" role="group" tabindex="0" aria-label=label>
                {lines.into_iter().map(line).collect::<Vec<_>>()}
            </div>
        }
        .into_any(),
        EntryContent::NotShown => {
            view! { <p class="muted">"It is no text, or longer than 512 KiB: its lines are not compared."</p> }.into_any()
        }
        EntryContent::LeftOut => {
            view! { <p class="muted">"So much differs that the lines of this file are left out. Compare it on your machine."</p> }
                .into_any()
        }
    };
    view! {
        <details class="entry" open={place < UNFOLDED}>
            <summary><code><Words text=entry.name /></code><Chip tone text=word /><span class="muted">{size}</span></summary>
            {content}
        </details>
    }
    .into_any()
}

fn line(line: DiffLine) -> AnyView {
    // The signs are words for who listens, and can be left out when lines are copied.
    let sign = |sign: &'static str, word: &'static str| {
        view! { <span class="difference__sign" aria-hidden="true">{sign}</span><span class="visually-hidden">{word}</span> }
    };
    match line {
        DiffLine::Same(text) => {
            view! { <div class="difference__line">{sign(" ", "")}<Words text /></div> }.into_any()
        }
        DiffLine::Removed(text) => {
            view! { <del class="difference__line difference__line--removed">{sign("−", "Only left: ")}<Words text /></del> }.into_any()
        }
        DiffLine::Added(text) => {
            view! { <ins class="difference__line difference__line--added">{sign("+", "Only right: ")}<Words text /></ins> }.into_any()
        }
        DiffLine::Gap(1) => view! { <div class="difference__gap">"1 line is not shown"</div> }.into_any(),
        DiffLine::Gap(number) => {
            view! { <div class="difference__gap">{format!("{} lines are not shown", grouped(number as u64))}</div> }
                .into_any()
        }
    }
}
