//! A domain without repositories.

use leptos::prelude::*;
use shared::command;
use shared::repository::NewRepository;

use super::super::DomainData;
use crate::place::Place;
use crate::ui::{Command, EmptyState};

/// The repository that the command makes.
const FIRST: &str = "npm-store";

/// Says that there is nothing yet, and how to make the first repository.
#[component]
pub fn NoRepositories() -> impl IntoView {
    let data = expect_context::<DomainData>();
    let command = move || {
        let new = NewRepository { name: FIRST.parse().ok()?, description: "".parse().ok()?, tags: Vec::new() };
        Some(command::create_repository(&data.path().domain, &new, &data.command_options.get()))
    };
    view! {
        <EmptyState title=format!("{} has no repositories yet", data.path().domain)>
            <p>"A domain starts with a store: a repository that holds what comes from a public registry. "</p>
            <p class="empty__actions">
                <a class="button button--primary" href=Place::NewRepository(data.path()).href()>"Make a repository"</a>
                {Place::set_up(&data.path()).map(|place| view! { <a class="button" href=place.href()>"Set up step by step"</a> })}
            </p>
            {move || command().map(|text| view! { <Command text /> })}
        </EmptyState>
    }
}
