//! What came of many calls, a row for each.

use leptos::prelude::*;

use super::CopyButton;

/// A table of results. Its last column is the request id that AWS gave.
#[component]
pub fn Results(
    /// The headings before the last.
    columns: &'static [&'static str],
    /// Rows that end with a [`RequestCell`].
    children: Children,
) -> impl IntoView {
    let headings = columns.iter().chain(&["AWS request"]).map(|text| view! { <th scope="col">{*text}</th> });
    view! {
        <div class="table-frame">
            <table class="table plan">
                <thead><tr>{headings.collect::<Vec<_>>()}</tr></thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
}

/// The request id of a row, to be copied; empty where nothing was asked.
#[component]
pub fn RequestCell(id: Option<String>) -> impl IntoView {
    let shown = id.map(|id| {
        view! { <span class="outcome__request"><code title=id.clone()>{id.clone()}</code><CopyButton text=id what="request id" /></span> }
    });
    view! { <td>{shown}</td> }
}
