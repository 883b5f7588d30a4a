//! What a promotion would do, row by row.

use leptos::prelude::*;
use shared::effect::{Content, Effect, Reachable};
use shared::names::VersionName;
use shared::plan::{Drift, RowChange};
use shared::promotion::{DifferenceKind, FileDifference, FileFacts, Preview, PreviewRow, TagMove, Verdict};

use crate::parts::{DomainData, Name, ProblemNotice, Tray};
use crate::place::{ComparisonPlace, Place};
use crate::ui::{Button, ButtonKind, Chip, Tone, bytes, count};

/// How many differing files are named.
const FILES_NAMED: usize = 4;

/// How many rows do what.
#[component]
pub fn PlanSummary(rows: Vec<PreviewRow>) -> impl IntoView {
    let number = |which: fn(&Verdict) -> bool| rows.iter().filter(|row| which(&row.verdict)).count();
    let tags: usize = rows.iter().filter(|row| row.verdict.copies()).map(|row| row.tags.len()).sum();
    let chip = |number: usize, tone: Tone, text: &str| {
        (number > 0).then(|| view! { <Chip tone text=format!("{number} {text}") /> })
    };
    view! {
        <p class="plan__summary">
            {chip(number(Verdict::copies), Tone::Ok, "new")}
            {chip(number(|verdict| matches!(verdict, Verdict::Same)), Tone::Plain, "same")}
            {chip(number(|verdict| matches!(verdict, Verdict::Different(_))), Tone::Danger, "different")}
            {chip(number(|verdict| matches!(verdict, Verdict::Blocked(_))), Tone::Danger, "blocked")}
            {(tags > 0).then(|| view! { <Chip tone=Tone::Warn text=format!("{} set", count(tags, "tag")) /> })}
        </p>
    }
}

/// What a promotion would do, row by row.
#[component]
pub fn PlanTable(
    preview: Preview,
    /// The plan is saved: no row can be left out, and these are not as they were.
    #[prop(optional, into)]
    changes: Option<Vec<RowChange>>,
) -> impl IntoView {
    let saved = changes.is_some();
    let in_target = format!("In {} {}", preview.to, if saved { "then" } else { "now" });
    let changes = changes.unwrap_or_default();
    let domain = expect_context::<DomainData>().path();
    let sides = ComparisonPlace::of(&domain, Some(&preview.from), Some(&preview.to));
    let rows = preview.rows.into_iter().map(|row| {
        let what = changes.iter().find(|change| change.choice == row.choice).map(|change| change.what.clone());
        let files = sides.looking_at(row.choice.clone()).href();
        view! { <PlanRow row files saved changes=what.unwrap_or_default() /> }
    });
    let rows = rows.collect::<Vec<_>>();
    view! {
        <div class="table-frame">
            <table class="table plan">
                <thead>
                    <tr>
                        <th scope="col">"Package"</th>
                        <th scope="col">{in_target}</th>
                        <th scope="col">"Promoting"</th>
                        <th scope="col">"Verdict"</th>
                        <th scope="col">"Side effects"</th>
                        {(!saved).then(|| view! { <th scope="col"><span class="visually-hidden">"Leave out"</span></th> })}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

#[component]
fn PlanRow(
    row: PreviewRow,
    /// Leads to what differs inside the files.
    files: String,
    saved: bool,
    changes: Vec<Drift>,
) -> impl IntoView {
    let (tray, data) = (expect_context::<Tray>(), expect_context::<DomainData>());
    let href = Place::package(&data.path(), &row.choice.package, None).href();
    let choice = StoredValue::new(row.choice.clone());
    let name = format!("{} {}", row.choice.package.full_name(), row.choice.version);
    let copies = row.verdict.copies();
    let side_effects = side_effects(&row);
    view! {
        <tr class:plan__still=!copies>
            <th scope="row" class="plan__package">
                {match saved {
                    true => view! { <a href=href><Name text=row.choice.package.full_name() /></a> }.into_any(),
                    // Where rows can still be left out, nothing leads away by mistake.
                    false => view! { <Name text=row.choice.package.full_name() /> }.into_any(),
                }}
                <small>{row.choice.package.format.as_str()}</small>
            </th>
            <td class="plan__version plan__was">{version(row.in_target)}</td>
            <td class="plan__version"><Name text=row.choice.version.as_str() /></td>
            <td class="plan__verdict">{verdict(row.verdict, files)}{changes.iter().map(drift).collect::<Vec<_>>()}</td>
            <td class="plan__effects">{side_effects}</td>
            {(!saved).then(|| view! {
                <td class="plan__actions">
                    <Button kind=ButtonKind::Small label=format!("Leave out {name}") on_click=move || tray.take(&choice.read_value())>"Leave out"</Button>
                </td>
            })}
        </tr>
    }
}

fn version(version: Option<VersionName>) -> AnyView {
    match version {
        Some(version) => view! { <Name text=version.as_str() /> }.into_any(),
        None => view! { <span class="muted">"—"</span> }.into_any(),
    }
}

fn verdict(verdict: Verdict, compared: String) -> AnyView {
    match verdict {
        Verdict::New => view! { <Chip tone=Tone::Ok text="new" /> }.into_any(),
        Verdict::Same => {
            view! { <Chip text="same" /><small>"Already there, with the same content."</small> }.into_any()
        }
        Verdict::Different(files) => {
            let inside =
                (!files.is_empty()).then(|| view! { <a class="plan__files" href=compared>"Compare files"</a> });
            view! { <Chip tone=Tone::Danger text="different" /><small>{differences(&files)}" "{inside}</small> }
                .into_any()
        }
        Verdict::Blocked(blocked) => {
            view! { <Chip tone=Tone::Danger text="blocked" /><small>{blocked.explanation}</small> }.into_any()
        }
    }
}

/// Which files differ, in words. CodeArtifact also tells versions apart whose files are the same.
fn differences(files: &[FileDifference]) -> String {
    if files.is_empty() {
        return "Same version and files, other metadata. It is left as it is.".to_owned();
    }
    let mut named: Vec<String> = files
        .iter()
        .take(FILES_NAMED)
        .map(|file| match file.kind {
            DifferenceKind::Changed => format!("{} has other bytes{}", file.name, both(file)),
            DifferenceKind::OnlyInSource => format!("{} is only in the source", file.name),
            DifferenceKind::OnlyInTarget => format!("{} is only in the target", file.name),
        })
        .collect();
    if files.len() > FILES_NAMED {
        named.push(format!("{} more differ", files.len() - FILES_NAMED));
    }
    format!("Same version, other content: {}. It is left as it is.", named.join("; "))
}

/// Size and SHA-256 on both sides, where they are told.
fn both(file: &FileDifference) -> String {
    let facts = |facts: &FileFacts| match facts.sha256.as_deref().and_then(|digest| digest.get(..12)) {
        Some(digest) => format!("{}, SHA-256 {digest}…", bytes(facts.size)),
        None => bytes(facts.size),
    };
    match (&file.source, &file.target) {
        (Some(source), Some(target)) => format!(" ({} in the source; {} in the target)", facts(source), facts(target)),
        _ => String::new(),
    }
}

/// What differs from when the plan was made.
fn drift(drift: &Drift) -> AnyView {
    let text = match drift {
        Drift::Content { .. } => "Its content is another one now: it would not be copied.".to_owned(),
        Drift::Verdict { now, .. } => match now {
            Verdict::New => "It would be copied now.".to_owned(),
            Verdict::Same => "The target has it by now, with the same content.".to_owned(),
            Verdict::Different(_) => "The target has it by now, with other content.".to_owned(),
            Verdict::Blocked(blocked) => format!("It is blocked now: {}", blocked.explanation),
        },
        Drift::Tags => "Other tags would move now.".to_owned(),
        Drift::InTarget => "The target shows another version now.".to_owned(),
        Drift::Effects => "What it brings with it is something else now.".to_owned(),
    };
    view! { <p class="plan__drift"><Chip tone=Tone::Warn text="changed" />" "{text}</p> }.into_any()
}

/// The tags that would move, and what else is not so for every row.
fn side_effects(row: &PreviewRow) -> AnyView {
    let unread = row.tags_problem.clone().map(|problem| {
        view! { <ProblemNotice what="The tags could not be read." problem /> }
    });
    let moved = if row.verdict.copies() { row.tags.as_slice() } else { &[] };
    let particular: Vec<&Effect> = row.effects.iter().filter(|effect| effect.is_particular()).collect();
    if unread.is_none() && moved.is_empty() && particular.is_empty() {
        return view! { <span class="plan__none">"—"</span> }.into_any();
    }
    let tags = moved.iter().map(tag).collect::<Vec<_>>();
    let others = particular.into_iter().map(|effect| {
        let warns = matches!(effect, Effect::Reachable(Reachable { content: Content::Other, .. }));
        view! { <p class="plan__effect" class:plan__effect--warn=warns>{effect.brief()}</p> }
    });
    view! { {unread}{tags}{others.collect::<Vec<_>>()} }.into_any()
}

fn tag(tag: &TagMove) -> impl IntoView + use<> {
    let from = tag.from.as_ref().map_or_else(|| "—".to_owned(), ToString::to_string);
    view! { <p class="plan__tag">{tag.tag.clone()}" "<b>{from}" → "{tag.to.to_string()}</b></p> }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, kind: DifferenceKind) -> FileDifference {
        FileDifference { name: name.to_owned(), kind, source: None, target: None }
    }

    #[test]
    fn every_way_to_differ_is_told_in_words() {
        assert!(differences(&[]).contains("other metadata"));
        let text = differences(&[file("a.tgz", DifferenceKind::Changed), file("b.whl", DifferenceKind::OnlyInSource)]);
        assert!(text.contains("a.tgz has other bytes; b.whl is only in the source"), "{text}");
    }

    #[test]
    fn sizes_and_digests_of_both_sides_are_told() {
        let facts = |size, digest: &str| Some(FileFacts { size, sha256: Some(digest.repeat(32)) });
        let changed = FileDifference {
            source: facts(962, "c9"),
            target: facts(1200, "54"),
            ..file("a.tgz", DifferenceKind::Changed)
        };
        let text = differences(&[changed]);
        assert!(
            text.contains(
                "(962 bytes, SHA-256 c9c9c9c9c9c9… in the source; 1.2 kB, SHA-256 545454545454… in the target)"
            ),
            "{text}"
        );
    }

    #[test]
    fn many_differing_files_are_counted() {
        let files: Vec<_> = (0..9).map(|number| file(&format!("{number}.jar"), DifferenceKind::OnlyInTarget)).collect();
        assert!(differences(&files).contains("5 more differ"));
    }
}
