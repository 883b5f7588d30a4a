//! Two repositories side by side.

use leptos::prelude::*;
use shared::comparison::Side;
use shared::problem::Problem;

use crate::navigation::Navigation;
use crate::parts::{
    ChooseMany, ComparisonContents, ComparisonFilters, ComparisonListing, ComparisonTable, DomainData, KindFacets,
    KnownBlocks, OtherSource, ProblemNotice, ShownLines, SideFields,
};
use crate::place::{ComparisonFilter, ComparisonPlace, Place};
use crate::ui::{Button, EmptyState, SkeletonRows, ago, count, grouped, now};

/// Which packages and versions two repositories have, and what of it is not the same.
#[component]
pub fn ComparisonPage() -> impl IntoView {
    let (navigation, data) = (expect_context::<Navigation>(), expect_context::<DomainData>());
    let place = Memo::new(move |before: Option<&ComparisonPlace>| match &*navigation.place().read() {
        Some(Place::Comparison(place)) if place.version.is_none() => place.clone(),
        // The page is being left: what it shows must not change on the way out.
        _ => before.cloned().unwrap_or_else(|| ComparisonPlace::of(&data.path(), None, None)),
    });
    let sides = Memo::new(move |_| {
        let place = place.read();
        place.left.clone().zip(place.right.clone()).filter(|(left, right)| left != right)
    });
    let left = Memo::new(move |_| place.read().left.clone());
    let right = Memo::new(move |_| place.read().right.clone());
    let choose = Callback::new(move |(left, right): (Option<Side>, Option<Side>)| {
        let filter = place.get_untracked().filter;
        let chosen = ComparisonPlace::between(&data.path(), left, right);
        navigation.replace(&Place::Comparison(ComparisonPlace { filter, ..chosen }));
    });
    let listing = ComparisonListing::read(data.path(), sides);
    KnownBlocks::provide(data.path());
    view! {
        <div class="domain__page repository comparison">
            <header class="page-head">
                <h1>"Compare repositories"</h1>
                <p class="page__about">"What the left repository holds itself, next to the right one. Nothing is changed by looking; what is chosen is promoted from left to right. What is read here is recorded, so that a repository can also be compared with what it held earlier."</p>
            </header>
            <SideFields left right choose />
            {move || match sides.get() {
                None => view! { <Undecided same=left.get().is_some() && left.get() == right.get() /> }.into_any(),
                Some((left, right)) => view! { <Compared listing place sides left right /> }.into_any(),
            }}
        </div>
    }
}

#[component]
fn Undecided(same: bool) -> impl IntoView {
    let (title, words) = match same {
        true => (
            "Both sides are the same",
            "Choose another repository for one of them, or what it held at an earlier time.",
        ),
        false => (
            "Choose two repositories",
            "Such as the one that a team publishes to on the left, and production on the right: then the list shows what waits to be promoted.",
        ),
    };
    view! {
        <EmptyState title>
            <p>{words}</p>
        </EmptyState>
    }
}

/// Why nothing can be chosen where a side is of an earlier time.
const EARLIER: &str = "To choose versions for a promotion, compare both repositories as they are now.";

/// What stands where the list is.
#[derive(Debug, Clone, PartialEq)]
enum Shown {
    Table,
    Skeleton,
    /// Neither side has a package.
    Nothing,
    NoMatch,
    OnlyTheProblem,
}

#[component]
fn Compared(
    listing: ComparisonListing,
    place: Memo<ComparisonPlace>,
    sides: Memo<Option<(Side, Side)>>,
    left: Side,
    right: Side,
) -> impl IntoView {
    let navigation = expect_context::<Navigation>();
    let filter = Memo::new(move |_| place.read().filter.clone());
    let narrow = Callback::new(move |filter: ComparisonFilter| {
        navigation.replace(&Place::Comparison(ComparisonPlace { filter, ..place.get_untracked() }));
    });
    let lines = ShownLines::of(listing.entries, filter);
    let contents = ComparisonContents::of(place.get_untracked().domain, sides);
    let retry = Callback::new(move |()| listing.retry());
    let shown = Memo::new(move |_| {
        let (entries, listed) = (listing.entries.read(), !lines.packages.read().is_empty());
        match (entries.is_empty(), listing.pending(), listing.problem.read().is_some()) {
            (true, true, _) => Shown::Skeleton,
            (true, false, true) => Shown::OnlyTheProblem,
            (true, false, false) => Shown::Nothing,
            (false, _, _) if listed => Shown::Table,
            (false, _, _) => Shown::NoMatch,
        }
    });
    let total = Signal::derive(move || (listing.entries.read().len(), listing.complete.get()));
    let problem = move || {
        listing.problem.get().map(|problem: Problem| {
            view! { <ProblemNotice what="The repositories could not be compared." problem retry /> }
        })
    };
    let earlier = left.time().is_some() || right.time().is_some();
    let (sides_shown, from) = (StoredValue::new((left.clone(), right)), left.repository().clone());
    view! {
        {problem}
        {move || listing.progress.get().map(|(done, all)| view! {
            <p class="comparison__progress" role="status">
                <progress max=all.to_string() value=done.to_string() aria-label="Packages read"></progress>
                {move || listing.shown_of.get().map(|at| format!("Shown as it was {} ago. ", ago(now() - at)))}
                {format!("Reading the versions: {} of {}", grouped(done as u64), count(all, "package"))}
            </p>
        })}
        {move || listing.complete.get().then(|| view! { <Verdict listing /> })}
        <KindFacets listing filter narrow />
        <ComparisonFilters filter narrow />
        {(!earlier).then(|| view! { <OtherSource repository=from.clone() /> })}
        {match earlier {
            true => view! { <p class="muted">{EARLIER}</p> }.into_any(),
            false => view! { <ChooseMany shown=lines left=from /> }.into_any(),
        }}
        {move || {
            let (left, right) = sides_shown.get_value();
            match shown.get() {
                Shown::Table => view! { <ComparisonTable shown=lines contents place left right total /> }.into_any(),
                Shown::Skeleton => view! { <SkeletonRows rows=12 what="the differences" /> }.into_any(),
                Shown::Nothing => view! {
                    <EmptyState title="Neither side holds a package"><p>"There is nothing to compare yet."</p></EmptyState>
                }.into_any(),
                Shown::NoMatch => view! {
                    <EmptyState title="No package is listed">
                        <p>"None is of this kind, format and name."</p>
                        <Button on_click=move || narrow.run(ComparisonFilter::default())>"Show all packages"</Button>
                    </EmptyState>
                }.into_any(),
                Shown::OnlyTheProblem => ().into_any(),
            }
        }}
    }
}

/// Says when there is no difference at all.
#[component]
fn Verdict(listing: ComparisonListing) -> impl IntoView {
    let equal = Memo::new(move |_| {
        let entries = listing.entries.read();
        !entries.is_empty() && entries.iter().all(|entry| entry.unlike == 0 && entry.compared.unread.is_empty())
    });
    move || {
        equal.get().then(|| view! { <p class="comparison__equal" role="status">"Both sides hold the same versions with the same content."</p> })
    }
}
