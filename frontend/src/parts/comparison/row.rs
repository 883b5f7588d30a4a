//! One line of a comparison.

use std::sync::Arc;

use leptos::prelude::*;
use shared::comparison::{HeldVersion, PackageKind, VersionKind};
use shared::names::{RepositoryName, VersionName};
use shared::promotion::VersionChoice;

use super::contents::{Content, Contents};
use super::listing::Entry;
use super::shown::{Line, ShownLines};
use super::words;
use crate::parts::{BlockMark, ChooseBox, KnownBlocks, Name, StatusChip, Tray};
use crate::place::ComparisonPlace;
use crate::ui::{Announcer, Chip, Tone, count};

/// What all lines share.
#[derive(Clone, Copy)]
pub struct Lines {
    /// Which lines are shown.
    pub shown: ShownLines,
    /// What is known of the files.
    pub contents: Contents,
    /// The place shown, for links to the files.
    pub place: Memo<ComparisonPlace>,
    /// The repository on the left.
    pub left: StoredValue<RepositoryName>,
    /// A side is of an earlier time: nothing can be chosen, and files are not known.
    pub earlier: bool,
}

/// A package, or a version of an opened one.
#[component]
pub fn Row(index: usize, line: Line, lines: Lines) -> impl IntoView {
    let cells = match &line {
        Line::Package(entry) => package(entry, lines),
        Line::Version(entry, at) => version(entry, *at, lines),
    };
    let is_version = matches!(line, Line::Version(..));
    view! {
        <div role="row" class="packages__row" class:comparison__version=is_version aria-rowindex=(index + 2).to_string() style:--index=index.to_string()>
            {cells}
        </div>
    }
}

fn package(entry: &Arc<Entry>, lines: Lines) -> AnyView {
    let key = entry.compared.package.clone();
    let open = {
        let key = key.clone();
        Memo::new(move |_| lines.shown.is_open(&key))
    };
    let label = move |name: &str| format!("{} the versions of {name}", if open.get() { "Hide" } else { "Show" });
    let name = entry.name.clone();
    let (word, tone) = words::of_package(entry.kind);
    let newest = |version: Option<&VersionName>| match version {
        Some(version) => view! { <Name text=version.as_str() /> }.into_any(),
        None => view! { <span class="muted">"—"</span> }.into_any(),
    };
    view! {
        <span role="cell" class="packages__choose">{(!lines.earlier).then(|| view! { <ChoosePackage entry=Arc::clone(entry) left=lines.left /> })}</span>
        <span role="cell" class="packages__name">
            <button type="button" class="comparison__open" aria-expanded=move || open.get().to_string() aria-label=move || label(&name)
                on:click=move |_| lines.shown.turn(&key)>
                <span class="comparison__angle" aria-hidden="true">{move || if open.get() { "▾" } else { "▸" }}</span>
                <Name text=entry.name.clone() />
            </button>
        </span>
        <span role="cell" class="packages__format">{entry.compared.package.format.as_str()}</span>
        <span role="cell" class="packages__version">{newest(entry.compared.newest_left())}</span>
        <span role="cell" class="packages__version">{newest(entry.compared.newest_right())}</span>
        <span role="cell" class="packages__statuses" title=words::explained(entry.kind)>
            <Chip tone text=word />
            {in_numbers(entry, lines)}
        </span>
    }
    .into_any()
}

/// How many versions of an entry are only on one side, and what is known of those of another revision.
fn in_numbers(entry: &Arc<Entry>, lines: Lines) -> AnyView {
    if let Some(unread) = entry.compared.unread.first() {
        let text = format!("{}: {}", unread.repository, unread.problem.message);
        return view! { <span class="muted" title=text.clone()>{text.clone()}</span> }.into_any();
    }
    let number = |kind| entry.compared.count(kind);
    let mut parts = Vec::new();
    for (kind, words) in [(VersionKind::OnlyLeft, "only left"), (VersionKind::OnlyRight, "only right")] {
        if number(kind) > 0 {
            parts.push(format!("{} {words}", count(number(kind), "version")));
        }
    }
    let differing = entry.differing;
    let known = {
        let entry = Arc::clone(entry);
        move || match (differing, lines.earlier) {
            (0, _) => None,
            (_, true) => Some(format!("{} of another revision", count(differing, "version")).into_any()),
            (_, false) => Some(of_differing(&entry, lines.contents)),
        }
    };
    view! { <span class="muted">{parts.join(", ")}</span><span class="comparison__known">{known}</span> }.into_any()
}

/// What is known of the versions of another revision.
fn of_differing(entry: &Entry, contents: Contents) -> AnyView {
    let choices = differing(entry);
    let known: Vec<Content> = choices.iter().filter_map(|choice| contents.get(choice)).collect();
    let differ = known.iter().flatten().filter(|read| !read.files.is_empty()).count();
    if differ > 0 {
        let text = format!("{} with other files", count(differ, "version"));
        return view! { <Chip tone=Tone::Danger text /> }.into_any();
    }
    let all_same = known.len() == choices.len() && known.iter().all(Result::is_ok);
    let total = count(choices.len(), "version");
    match (known.len(), all_same) {
        (0, _) => format!("{total} of another revision: reading the files…"),
        (_, true) => format!("{total} of another revision with the same files"),
        (_, false) => format!("{total} of another revision"),
    }
    .into_any()
}

/// The versions of an entry that both sides hold, not of the same revision.
pub fn differing(entry: &Entry) -> Vec<VersionChoice> {
    let package = &entry.compared.package;
    let differing = entry.compared.versions.iter().filter(|version| version.kind() == VersionKind::Differs);
    differing.map(|version| VersionChoice { package: package.clone(), version: version.version.clone() }).collect()
}

fn version(entry: &Arc<Entry>, at: usize, lines: Lines) -> AnyView {
    let Some(compared) = entry.compared.versions.get(at) else { return ().into_any() };
    let choice = VersionChoice { package: entry.compared.package.clone(), version: compared.version.clone() };
    let name = format!("{} {}", entry.name, compared.version);
    let obstacle = match entry.kind {
        PackageKind::Unread => Some("A side of this package could not be read.".to_owned()),
        _ => compared.obstacle().map(words::obstacle),
    };
    let kind = compared.kind();
    let (word, tone) = words::of_version(kind);
    let held = |held: Option<&HeldVersion>| match held {
        Some(held) => view! { <StatusChip status=held.status /> }.into_any(),
        None => view! { <span class="muted">"not here"</span> }.into_any(),
    };
    let (chosen, looked, marked) = (choice.clone(), choice.clone(), Some(choice.clone()));
    let files = (kind == VersionKind::Differs && !lines.earlier).then(|| {
        let href = move || lines.place.get().looking_at(looked.clone()).href();
        view! { <span class="comparison__known">{move || content(lines.contents.get(&choice))}</span><a class="comparison__files" href=href>"Compare files"</a> }
    });
    view! {
        <span role="cell" class="packages__choose">
            {(!lines.earlier).then(|| view! { <ChooseBox label=format!("Choose {name}") from=lines.left.get_value() choice=Some(chosen) obstacle /> })}
        </span>
        <span role="cell" class="packages__name comparison__of"><Name text=compared.version.as_str() /></span>
        <span role="cell" class="packages__format"></span>
        <span role="cell" class="packages__version">{held(compared.left.as_ref())}</span>
        <span role="cell" class="packages__version">{held(compared.right.as_ref())}</span>
        <span role="cell" class="packages__statuses"><Chip tone text=word /><BlockMark choice=marked />{files}</span>
    }
    .into_any()
}

/// What is known of the files of a version of another revision.
fn content(read: Option<Content>) -> AnyView {
    match read {
        None => view! { <span class="muted">"reading the files…"</span> }.into_any(),
        Some(Ok(read)) if read.files.is_empty() => view! { <Chip tone=Tone::Plain text="same files" /> }.into_any(),
        Some(Ok(read)) => view! { <span>{count(read.files.len(), "other file")}</span> }.into_any(),
        Some(Err(problem)) => {
            view! { <span class="muted" title=problem.message>"files not readable"</span> }.into_any()
        }
    }
}

/// The box that puts all versions of a package that can be promoted into the tray, or takes them out.
#[component]
fn ChoosePackage(entry: Arc<Entry>, left: StoredValue<RepositoryName>) -> impl IntoView {
    let (tray, announcer, blocks) =
        (expect_context::<Tray>(), expect_context::<Announcer>(), expect_context::<KnownBlocks>());
    let package = &entry.compared.package;
    let choices =
        entry.compared.promotable().map(|version| VersionChoice { package: package.clone(), version: version.clone() });
    let all = choices.collect::<Vec<_>>();
    let choices = Memo::new(move |_| blocks.free(&all));
    let total = Memo::new(move |_| choices.read().len());
    let chosen =
        Memo::new(move |_| choices.read().iter().filter(|choice| tray.holds(&left.read_value(), choice)).count());
    let refusal = Memo::new(move |_| match (total.get(), chosen.get()) {
        (0, _) => Some("Nothing of it can be promoted from left to right.".to_owned()),
        (total, chosen) if chosen == total => None,
        _ => tray.refusal(&left.read_value()),
    });
    let label = move || match total.get() {
        0 => format!("Choose {}", entry.name),
        total => format!("Choose {} of {}", count(total, "version"), entry.name),
    };
    let toggle = move |event: leptos::ev::MouseEvent| {
        if let Some(refusal) = refusal.get_untracked() {
            event.prevent_default();
            announcer.say(refusal);
        } else if chosen.get_untracked() == total.get_untracked() {
            tray.take_all(choices.read_untracked().iter());
        } else {
            tray.put_all(&left.read_value(), choices.get_untracked().into_iter());
        }
    };
    view! {
        <input
            type="checkbox"
            class="choose"
            aria-label=label
            aria-disabled=move || refusal.read().is_some().then_some("true")
            aria-description=move || refusal.get()
            title=move || refusal.get()
            prop:checked={move || total.get() > 0 && chosen.get() == total.get()}
            prop:indeterminate=move || (1..total.get()).contains(&chosen.get())
            on:click=toggle
        />
    }
}
