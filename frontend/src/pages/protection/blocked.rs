//! The versions of a domain that are blocked from promotion, all of them.

use leptos::prelude::*;
use shared::api::ListBlocks;
use shared::block::{Block, Blocks};

use crate::api::{Reads, Request};
use crate::parts::{DomainData, Loaded, Name};
use crate::place::Place;
use crate::ui::{Moment, Prose, SkeletonRows, count};

/// Which versions are blocked, by whom and why.
#[component]
pub fn BlockedVersions() -> impl IntoView {
    let (data, reads) = (expect_context::<DomainData>(), expect_context::<Reads>());
    let reading = reads.reading::<ListBlocks>(move || Some(Request::of::<ListBlocks>(&data.path(), &(), &())));
    view! {
        <section class="protection__blocked" aria-labelledby="blocked-title">
            <h2 class="form-page__title" id="blocked-title">"Blocked versions"</h2>
            <p class="page__about">"No promotion copies them, from whichever repository. A version is blocked, and unblocked, on its own page."</p>
            <Loaded reading what="The blocked versions" placeholder=|| view! { <SkeletonRows rows=2 what="blocked versions" /> }
                ready=move |blocks| drawn(&blocks, data) />
        </section>
    }
}

fn drawn(blocks: &Blocks, data: DomainData) -> AnyView {
    match blocks.0.is_empty() {
        true => view! { <p class="muted">"No version is blocked."</p> }.into_any(),
        false => view! { <Table blocks=blocks.0.clone() data /> }.into_any(),
    }
}

#[component]
fn Table(blocks: Vec<Block>, data: DomainData) -> impl IntoView {
    let total = count(blocks.len(), "version");
    let rows = blocks.into_iter().map(|Block { choice, reason, by, at }| {
        let name = format!("{} {}", choice.package.full_name(), choice.version);
        let label = format!("History of {name}");
        view! {
            <tr>
                <th scope="row"><Name text=name /></th>
                <td>{choice.package.format.as_str()}</td>
                <td class="protection__why"><Prose text=reason /></td>
                <td>{by.name}", "<Moment at /></td>
                <td><a class="button button--small" href=Place::life_of(&data.path(), &choice).href() aria-label=label>"History"</a></td>
            </tr>
        }
    });
    let rows = rows.collect::<Vec<_>>();
    view! {
        <div class="table-frame" tabindex="0" role="group" aria-label="Blocked versions">
            <table class="table promotions__table" aria-label="Blocked versions">
                <thead>
                    <tr>
                        <th scope="col">"Version"</th>
                        <th scope="col">"Format"</th>
                        <th scope="col">"Reason"</th>
                        <th scope="col">"Blocked by"</th>
                        <th scope="col"><span class="visually-hidden">"Actions"</span></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <p class="muted" role="status">{total}" blocked"</p>
    }
}
