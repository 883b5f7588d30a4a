//! A card of the map.

use leptos::prelude::*;
use shared::format::PackageFormat;
use shared::names::RepositoryName;
use shared::repository::PackageCounts;

use super::chart::Node;
use super::state::MapState;
use crate::parts::{DomainData, Name};
use crate::ui::{Glyph, Icon, grouped};

/// How many formats a card names; the others are counted.
const MOST_FORMATS: usize = 3;

/// The id of a card's element.
pub fn card_id(node: usize) -> String {
    format!("card-{node}")
}

/// A card. Its size never depends on what is loaded later, so that nothing jumps.
#[component]
pub fn CardView(
    state: MapState,
    node: usize,
    /// It is too small to be read: a plain box in the colour of its role.
    plain: bool,
) -> impl IntoView {
    let chart = state.chart.get_untracked();
    let (card, frame) = (chart.nodes[node].clone(), chart.layout.cards[node]);
    let name = card.name().to_owned();
    let repository = matches!(card, Node::Repository { .. }).then(|| name.clone());
    let leaks = matches!(card, Node::Repository { leaks: true, .. });
    let spoken = plain.then(|| name.clone());
    let role = card.role();
    let (x, y) = (frame.x as i32, frame.y as i32);
    let marked = move || state.marks.read().cards.contains(&node);
    let selected = move || {
        marked() && state.selected.read().as_ref().is_some_and(|key| state.chart.read().find(key) == Some(node))
    };
    let class = move || {
        let mut class = String::from("card");
        for (holds, modifier) in [
            (plain, " card--plain"),
            (frame.height > 60.0, " card--tall"),
            (leaks, " card--leaks"),
            (marked(), " card--marked"),
            (state.focused.get() == Some(node), " card--focused"),
            (state.found.read().contains(&node), " card--found"),
            (state.target.get() == Some(node), " card--target"),
        ] {
            if holds {
                class.push_str(modifier);
            }
        }
        class
    };
    view! {
        <div
            id=card_id(node)
            class=class
            role="option"
            aria-selected=move || if selected() { "true" } else { "false" }
            aria-label=spoken.clone()
            title=spoken
            data-node=node.to_string()
            data-repository=repository
            data-role=role
            style:inset=format!("{y}px auto auto {x}px")
        >
            {(!plain).then(|| view! { <Face state node card name /> })}
        </div>
    }
}

/// What stands on a card.
#[component]
fn Face(state: MapState, node: usize, card: Node, name: String) -> impl IntoView {
    let place = move || state.marks.read().order.get(&node).copied();
    let order = move || {
        place().map(|place| view! { <span class="card__order" title="Place in the search order">{place}</span> })
    };
    let chips = card.has_chips().then(|| chips(&card));
    let line = match card {
        Node::Source { format, .. } => {
            let format = format.map_or("", PackageFormat::as_str);
            let separator = if format.is_empty() { "" } else { " · " };
            format!("{format}{separator}external").into_any()
        }
        Node::Repository { repository, .. } => view! { <Formats name=repository.name /> }.into_any(),
    };
    view! {
        <span class="card__head"><Name text=name />{order}</span>
        <span class="card__line">{line}</span>
        {chips}
    }
}

fn chips(card: &Node) -> impl IntoView + use<> {
    let (leaks, unread) = match card {
        Node::Repository { leaks, repository, .. } => (*leaks, repository.problem.clone()),
        Node::Source { .. } => (false, None),
    };
    let chip = |class: &'static str, word: &'static str, title: String| {
        view! { <span class=class title=title><Icon glyph=Glyph::Warning />{word}</span> }
    };
    view! {
        <span class="card__chips">
            {leaks.then(|| chip("chip chip--danger", "leak", "Packages that nobody promoted reach this repository.".into()))}
            {unread.map(|problem| chip("chip chip--warn", "not read", problem.message))}
        </span>
    }
}

/// The formats of a repository with how many packages each has; empty until they are counted.
#[component]
fn Formats(name: RepositoryName) -> impl IntoView {
    let data = expect_context::<DomainData>();
    move || data.counts.read().get(&name).map(formats)
}

/// Formats and counts in one line, such as `npm 180 · pypi 34`.
fn formats(counts: &PackageCounts) -> String {
    if counts.problem.is_some() {
        return "not counted".to_owned();
    }
    if counts.formats.is_empty() {
        return "no packages".to_owned();
    }
    let more = if counts.more { "+" } else { "" };
    let told = counts.formats.iter().take(MOST_FORMATS);
    let mut parts: Vec<String> =
        told.map(|(format, count)| format!("{format} {}{more}", grouped(u64::from(*count)))).collect();
    if counts.formats.len() > MOST_FORMATS {
        parts.push(format!("{} more", counts.formats.len() - MOST_FORMATS));
    }
    parts.join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(formats: &[(PackageFormat, u32)], more: bool) -> PackageCounts {
        PackageCounts { repository: "team".parse().unwrap(), formats: formats.to_vec(), more, problem: None }
    }

    #[test]
    fn a_card_tells_formats_with_their_counts() {
        use PackageFormat::{Cargo, Generic, Maven, Npm, Pypi};
        assert_eq!(formats(&counts(&[(Npm, 1204), (Pypi, 34)], false)), "npm 1,204 · pypi 34");
        assert_eq!(
            formats(&counts(&[(Npm, 9), (Pypi, 8), (Maven, 7), (Cargo, 6), (Generic, 5)], false)),
            "npm 9 · pypi 8 · maven 7 · 2 more"
        );
        assert_eq!(formats(&counts(&[(Npm, 1000)], true)), "npm 1,000+");
        assert_eq!(formats(&counts(&[], false)), "no packages");
    }
}
