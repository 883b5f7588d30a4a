//! The packages of a repository. Only the rows in view stand in the page, so that thousands stay smooth.

use leptos::html::Div;
use leptos::prelude::*;
use shared::api::RepositoryPath;

mod glances;
mod listing;
mod row;
mod window;

use glances::Glances;
pub use listing::Listing;
use row::Row;
pub use window::Window;

use super::ProblemNotice;
use crate::place::Place;
use crate::ui::{EmptyState, SkeletonRows, count};

/// How many rows before the end the next page is asked for.
const AHEAD: usize = 60;

/// What stands where the list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    Rows,
    Skeleton,
    Nothing,
    OnlyTheProblem,
}

/// The packages that a listing holds. Reads further pages as one scrolls.
#[component]
pub fn PackageList(
    listing: Listing,
    repository: RepositoryPath,
    /// What stands here when no package matches.
    #[prop(into)]
    empty: ViewFn,
) -> impl IntoView {
    let retry = Callback::new(move |()| listing.retry());
    // A memo, so that the rows are drawn once and not anew with every page.
    let shown = Memo::new(move |_| match (listing.rows().read().is_empty(), listing.pending(), listing.problem()) {
        (false, _, _) => Shown::Rows,
        (true, true, _) => Shown::Skeleton,
        (true, false, None) => Shown::Nothing,
        (true, false, Some(_)) => Shown::OnlyTheProblem,
    });
    view! {
        {move || listing.problem().map(|problem| {
            view! { <ProblemNotice what="The packages could not be read." problem retry /> }
        })}
        {move || match shown.get() {
            Shown::Rows => view! { <Rows listing repository=repository.clone() /> }.into_any(),
            Shown::Skeleton => view! { <SkeletonRows rows=12 what="packages" /> }.into_any(),
            Shown::Nothing => empty.run().into_any(),
            Shown::OnlyTheProblem => ().into_any(),
        }}
    }
}

#[component]
fn Rows(listing: Listing, repository: RepositoryPath) -> impl IntoView {
    let scroller = NodeRef::<Div>::new();
    let sheet = NodeRef::<Div>::new();
    let rows = listing.rows();
    let window = Window::over(scroller, sheet, Signal::derive(move || rows.read().len()));
    let glances = Glances::of(repository.clone());

    // The next page, in good time. Asked again when a page brought nothing that the filter lets through.
    Effect::new(move |_| {
        let near_end = window.range().end + AHEAD >= rows.read().len();
        if near_end && listing.has_more() {
            listing.more();
        }
    });
    // Another filter's rows begin at the top.
    Effect::new(move |before: Option<()>| {
        listing.shown();
        if let (Some(()), Some(scroller)) = (before, scroller.get_untracked()) {
            scroller.set_scroll_top(0);
        }
    });
    Effect::new(move |_| {
        let in_view = rows.read().get(window.range()).unwrap_or_default().to_vec();
        glances.want(in_view.into_iter().map(|row| row.package).collect());
    });

    let shown = move || {
        let range = window.range();
        let rows = rows.read();
        range.filter_map(|index| rows.get(index).cloned().map(|row| (index, row))).collect::<Vec<_>>()
    };
    let total = move || {
        let so_far = if listing.complete() { "" } else { " so far" };
        format!("{}{so_far}", count(rows.read().len(), "package"))
    };
    let repository = StoredValue::new(repository);
    view! {
        {move || glances.problem().map(|problem| view! {
            <ProblemNotice what="The versions of some rows could not be read." problem retry=Callback::new(move |()| glances.retry()) />
        })}
        <div class="packages" role="table" aria-label="Packages" aria-rowcount=move || if listing.complete() { (rows.read().len() + 1) as i32 } else { -1 }>
            <div role="rowgroup" class="packages__head">
                <div role="row" class="packages__row" aria-rowindex="1">
                    <span role="columnheader"><span class="visually-hidden">"Choose"</span></span>
                    <span role="columnheader">"Package"</span>
                    <span role="columnheader">"Format"</span>
                    <span role="columnheader">"Shown version"</span>
                    <span role="columnheader">"Versions"</span>
                    <span role="columnheader">"Origin control"</span>
                </div>
            </div>
            <div role="rowgroup" class="packages__scroller" node_ref=scroller on:scroll=move |_| window.measure()>
                <div role="presentation" class="packages__sheet" node_ref=sheet style:--rows=move || rows.read().len().to_string()>
                    <For each=shown key=|(index, row)| (*index, row.clone().package) let((index, summary))>
                        <Row index summary glances repository=repository.get_value() />
                    </For>
                </div>
            </div>
        </div>
        <p class="packages__total" role="status">{total}</p>
    }
}

/// No package matches.
#[component]
pub fn NoPackages(
    /// Something narrows the list.
    filtered: bool,
    /// Shows all packages.
    #[prop(into)]
    clear: Callback<()>,
    repository: RepositoryPath,
) -> impl IntoView {
    if filtered {
        view! {
            <EmptyState title="No package matches">
                <p>"CodeArtifact compares the beginning of the name, without scope or group, and minds capitals."</p>
                <crate::ui::Button on_click=move || clear.run(())>"Show all packages"</crate::ui::Button>
            </EmptyState>
        }
        .into_any()
    } else {
        view! {
            <EmptyState title="No packages yet">
                <p>"Packages arrive when somebody publishes here, when a package manager fetches them through an upstream, or by promotion."</p>
                <p class="empty__actions">
                    <a class="button button--primary" href=Place::Publish(repository.clone()).href()>"Publish the first"</a>
                    <a class="button" href=Place::connect(&repository.domain_path(), &repository.repository).href()>"Connect a package manager"</a>
                </p>
            </EmptyState>
        }
        .into_any()
    }
}
