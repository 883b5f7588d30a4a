//! Choosing many packages of a comparison for a promotion.

use leptos::prelude::*;
use shared::comparison::PackageKind;
use shared::names::RepositoryName;
use shared::promotion::{MOST_VERSIONS, VersionChoice};

use super::shown::ShownLines;
use crate::parts::{KnownBlocks, Tray};
use crate::ui::{Announcer, Button, ButtonKind, count, grouped};

/// Puts the newest version of every listed package of a kind into the tray.
#[component]
pub fn ChooseMany(shown: ShownLines, left: RepositoryName) -> impl IntoView {
    let told = RwSignal::new(None::<String>);
    let left = StoredValue::new(left);
    let newer = bulk(shown, left, told, PackageKind::LeftNewer, "that are newer on the left");
    let only = bulk(shown, left, told, PackageKind::OnlyLeft, "only on the left");
    view! {
        <div class="comparison__bulk">
            <span class="muted">"Choose the newest version of"</span>
            {newer}
            {only}
            <span class="muted" role="status">{move || told.get()}</span>
        </div>
    }
}

fn bulk(
    shown: ShownLines,
    left: StoredValue<RepositoryName>,
    told: RwSignal<Option<String>>,
    kind: PackageKind,
    words: &'static str,
) -> AnyView {
    let (tray, announcer, blocks) =
        (expect_context::<Tray>(), expect_context::<Announcer>(), expect_context::<KnownBlocks>());
    let choices = Memo::new(move |_| blocks.free(&newest(shown, kind)));
    let number = move || choices.read().len();
    let refusal = Signal::derive(move || match number() {
        0 => Some(format!("No listed package is {}.", words.trim_start_matches("that are "))),
        _ => tray.refusal(&left.read_value()),
    });
    let choose = move || {
        let wanted = choices.get_untracked();
        let before = tray.contents_untracked().versions.len();
        tray.put_all(&left.read_value(), wanted.iter().cloned());
        let contents = tray.contents_untracked();
        let inside = wanted.iter().filter(|choice| contents.versions.contains(choice)).count();
        let text = if inside < wanted.len() {
            format!(
                "{} of {} are chosen: a promotion takes at most {MOST_VERSIONS} versions. Promote these, then compare again.",
                grouped(inside as u64),
                grouped(wanted.len() as u64)
            )
        } else {
            format!("{} more chosen.", count(contents.versions.len() - before, "version"))
        };
        announcer.say(text.clone());
        told.set(Some(text));
    };
    view! {
        <Button kind=ButtonKind::Small disabled_reason=refusal on_click=choose>
            {move || format!("{} {words}", count(number(), "package"))}
        </Button>
    }
    .into_any()
}

/// The newest version of each listed package of a kind, where it can be promoted.
fn newest(shown: ShownLines, kind: PackageKind) -> Vec<VersionChoice> {
    let packages = shown.packages.read();
    let of_kind = packages.iter().filter(|shown| shown.0.kind == kind);
    let choice = of_kind.filter_map(|shown| {
        let compared = &shown.0.compared;
        let newest = compared.newest_left()?;
        let version = compared.promotable().find(|version| *version == newest)?.clone();
        Some(VersionChoice { package: compared.package.clone(), version })
    });
    choice.collect()
}
