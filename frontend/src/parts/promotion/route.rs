//! From where to where.

use leptos::prelude::*;
use shared::names::RepositoryName;
use shared::topology::Role;

use crate::parts::{DomainData, Name};
use crate::place::Place;
use crate::ui::{Glyph, Icon};

/// Source and target of a promotion that is decided.
#[component]
pub fn Route(from: RepositoryName, to: RepositoryName) -> impl IntoView {
    let label = format!("From {from} to {to}");
    view! {
        <div class="route" role="group" aria-label=label>
            <Stop label="From" name=from />
            <span class="route__arrow"><Icon glyph=Glyph::Arrow /></span>
            <Stop label="To" name=to />
        </div>
    }
}

#[component]
fn Stop(label: &'static str, name: RepositoryName) -> impl IntoView {
    let data = expect_context::<DomainData>();
    let href = Place::repository(&data.path(), &name).href();
    let text = name.to_string();
    let role = Memo::new(move |_| data.role(&name).map(Role::as_str).unwrap_or_default());
    view! {
        <span class="route__stop" data-role=move || role.get()>
            <span class="route__label">{label}</span>
            <a href=href><strong><Name text /></strong></a>
        </span>
    }
}
