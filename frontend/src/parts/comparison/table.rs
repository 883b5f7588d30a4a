//! The lines of a comparison.

use leptos::html::Div;
use leptos::prelude::*;
use shared::comparison::{PackageKind, Side, VersionKind};
use shared::promotion::VersionChoice;

use super::contents::Contents;
use super::row::{Lines, Row, differing};
use super::shown::{Line, ShownLines};
use crate::parts::package_list::Window;
use crate::place::{ComparisonFilter, ComparisonPlace};
use crate::ui::{count, grouped, moment};

/// Of how many versions of a package that is not opened the files are compared.
const MOST_OF_PACKAGE: usize = 3;

/// The lines of a comparison. Draws those in view, and reads what these still need.
#[component]
pub fn ComparisonTable(
    shown: ShownLines,
    contents: Contents,
    place: Memo<ComparisonPlace>,
    left: Side,
    right: Side,
    /// How many packages there are, and whether these are all.
    #[prop(into)]
    total: Signal<(usize, bool)>,
) -> impl IntoView {
    let (scroller, sheet) = (NodeRef::<Div>::new(), NodeRef::<Div>::new());
    let window = Window::over(scroller, sheet, Signal::derive(move || shown.lines.read().len()));
    let earlier = left.time().is_some() || right.time().is_some();
    let lines = Lines { shown, contents, place, left: StoredValue::new(left.repository().clone()), earlier };
    let filter = Memo::new(move |_| place.read().filter.clone());
    // Another filter's rows begin at the top.
    Effect::new(move |before: Option<ComparisonFilter>| {
        let filter = filter.get();
        if let (true, Some(scroller)) = (before.is_some_and(|before| before != filter), scroller.get_untracked()) {
            scroller.set_scroll_top(0);
        }
        filter
    });
    let in_view = move || {
        let range = window.range();
        let lines = shown.lines.read();
        range.filter_map(|index| lines.get(index).cloned().map(|line| (index, line))).collect::<Vec<_>>()
    };
    Effect::new(move |_| {
        // What an earlier time's files were is not known.
        if !earlier {
            contents.want(in_view().into_iter().flat_map(|(_, line)| wanted(line)).collect());
        }
    });
    let key = |(index, line): &(usize, Line)| match line {
        Line::Package(entry) => (*index, std::sync::Arc::as_ptr(entry) as usize, None),
        Line::Version(entry, at) => (*index, std::sync::Arc::as_ptr(entry) as usize, Some(*at)),
    };
    let said = move || {
        let (number, listed) = (total.get(), shown.packages.read().len());
        let all = if number.1 { "" } else { " so far" };
        format!("{} of {} listed{all}", count(listed, "package"), grouped(number.0 as u64))
    };
    view! {
        <div class="packages comparison__table" role="table" aria-label="Differences" aria-rowcount=move || (shown.lines.read().len() + 1).to_string()>
            <div role="rowgroup" class="packages__head">
                <div role="row" class="packages__row" aria-rowindex="1">
                    <span role="columnheader"><span class="visually-hidden">"Choose"</span></span>
                    <span role="columnheader">"Package"</span>
                    <span role="columnheader">"Format"</span>
                    {head("Left", &left)}
                    {head("Right", &right)}
                    <span role="columnheader">"Difference"</span>
                </div>
            </div>
            <div role="rowgroup" class="packages__scroller" node_ref=scroller on:scroll=move |_| window.measure()>
                <div role="presentation" class="packages__sheet" node_ref=sheet style:--rows=move || shown.lines.read().len().to_string()>
                    <For each=in_view key=key let((index, line))>
                        <Row index line lines />
                    </For>
                </div>
            </div>
        </div>
        <p class="packages__total" role="status">{said}</p>
    }
}

/// The head of a side's column.
fn head(label: &'static str, side: &Side) -> impl IntoView + use<> {
    let name = side.repository().to_string();
    let time = side.time().map(|time| format!(", {}", moment(time.seconds())));
    let title = format!("Newest in {name}{}", time.as_deref().unwrap_or_default());
    view! { <span role="columnheader" title=title>{label}": "{name}{time}</span> }
}

/// The versions whose files a line in view tells of.
fn wanted(line: Line) -> Vec<VersionChoice> {
    match line {
        Line::Package(entry) if entry.kind == PackageKind::Unread => Vec::new(),
        Line::Package(entry) => {
            let mut choices = differing(&entry);
            choices.truncate(MOST_OF_PACKAGE);
            choices
        }
        Line::Version(entry, at) => {
            let version = entry.compared.versions.get(at).filter(|version| version.kind() == VersionKind::Differs);
            let package = entry.compared.package.clone();
            version.map(|version| VersionChoice { package, version: version.version.clone() }).into_iter().collect()
        }
    }
}
