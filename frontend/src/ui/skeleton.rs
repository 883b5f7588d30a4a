//! The shape of what comes. The sheet shows it only after 150 ms, so that what comes at once does not flicker.

use leptos::prelude::*;

/// A line of text to come.
#[component]
pub fn Skeleton(
    /// Such as `skeleton--title`.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    view! { <span class=format!("skeleton {class}")></span> }
}

/// Rows to come.
#[component]
pub fn SkeletonRows(
    rows: usize,
    /// What is being read, for screen readers.
    #[prop(into)]
    what: String,
) -> impl IntoView {
    view! {
        <div class="skeleton-rows" role="status">
            <span class="visually-hidden">{format!("Reading {what}.")}</span>
            {(0..rows).map(|_| view! { <Skeleton class="skeleton--row" /> }).collect::<Vec<_>>()}
        </div>
    }
}
