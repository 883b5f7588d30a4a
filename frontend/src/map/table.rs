//! The map as a table: the same information, sorted and filtered, for narrow windows and for those who prefer it.

use leptos::prelude::*;

use super::state::MapState;
use crate::parts::{DomainData, Name};
use crate::place::Selected;
use crate::ui::{Chip, Glyph, Icon, Tone, grouped};

mod rows;
use rows::{Column, Row, Sorting};

/// How many of its feeders a row names; the others are counted.
const MOST_NAMED: usize = 3;

/// The map as a table.
#[component]
pub fn MapTable(state: MapState) -> impl IntoView {
    let data = expect_context::<DomainData>();
    let sorting = RwSignal::new(Sorting { by: Column::Role, descending: false });
    let rows = Memo::new(move |_| {
        let found = state.found.read();
        let only = (!state.search.read().trim().is_empty()).then_some(&**found);
        rows::rows(&state.chart.read(), &data.counts.read(), only, sorting.get())
    });
    let is_empty = move || rows.read().is_empty();
    view! {
        <div class="map-table" tabindex="0" role="region" aria-label="Repositories as a table">
            <table class="table">
                <thead>
                    <tr>{Column::ALL.map(|column| view! { <Heading column sorting /> }).into_iter().collect::<Vec<_>>()}</tr>
                </thead>
                <tbody>
                    <For each=move || rows.get() key=Clone::clone let:row>
                        <RowView state row />
                    </For>
                </tbody>
            </table>
            <Show when=is_empty>
                <p class="map-table__none">
                    {move || format!("No name holds \u{201c}{}\u{201d}. ", state.search.read().trim())}
                    <button type="button" class="button button--small" on:click=move |_| state.search.set(String::new())>
                        "Show all"
                    </button>
                </p>
            </Show>
        </div>
    }
}

#[component]
fn Heading(column: Column, sorting: RwSignal<Sorting>) -> impl IntoView {
    let sort = move || {
        let sorting = sorting.get();
        (sorting.by == column).then_some(if sorting.descending { "descending" } else { "ascending" })
    };
    view! {
        <th scope="col" class=class_of(column) aria-sort=sort>
            <button type="button" on:click=move |_| sorting.update(|sorting| *sorting = sorting.clicked(column))>
                {column.title()}
            </button>
        </th>
    }
}

/// The class of a column's cells.
fn class_of(column: Column) -> &'static str {
    match column {
        Column::Name => "map-table__name",
        Column::Role => "map-table__role",
        Column::Packages | Column::Feeds => "map-table__number",
        Column::Upstreams => "map-table__feeders",
        Column::State => "map-table__state",
    }
}

#[component]
fn RowView(state: MapState, row: Row) -> impl IntoView {
    let key = match row.name.parse() {
        Ok(name) if row.is_repository => Selected::Repository(name),
        _ => Selected::Source(row.name.clone()),
    };
    let current = {
        let key = key.clone();
        move || (state.selected.read().as_ref() == Some(&key)).then_some("true")
    };
    // A narrow window shows the table unasked: links keep the view that the address asks for.
    let href = move || state.place(Some(key.clone()), state.view()).href();
    let packages = match row.packages {
        Some((count, more)) => format!("{}{}", grouped(count), if more { "+" } else { "" }),
        None => String::new(),
    };
    let repository = row.is_repository.then(|| row.name.clone());
    view! {
        <tr data-repository=repository>
            <th scope="row" class=class_of(Column::Name)>
                <a href=href aria-current=current>
                    <i class="swatch" data-role=row.role></i>
                    <Name text=row.name />
                </a>
            </th>
            <td class=class_of(Column::Role)>{row.role}</td>
            <td class=class_of(Column::Packages)>{packages}</td>
            <td class=class_of(Column::Upstreams)>{feeders(&row.upstreams)}</td>
            <td class=class_of(Column::Feeds)>{row.feeds}</td>
            <td class=class_of(Column::State)>
                {row.leaks.then(|| view! { <span class="chip chip--danger"><Icon glyph=Glyph::Warning />"leak"</span> })}
                {row.unread.then(|| view! { <Chip tone=Tone::Warn text="not read" /> })}
            </td>
        </tr>
    }
}

/// The first feeders by name, and how many more there are.
fn feeders(names: &[String]) -> String {
    let named = names.iter().take(MOST_NAMED).cloned().collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(MOST_NAMED) {
        0 => named,
        more => format!("{named} and {more} more"),
    }
}
