//! Where CodeArtifact looks for a package, in order.

use leptos::prelude::*;
use shared::topology::{MOST_SEARCHED, SearchOrder, SearchStep};

use super::{RepositoryLink, Section};

/// The search order of a repository, and what lies beyond its limit.
#[component]
pub fn SearchOrderList(order: SearchOrder) -> impl IntoView {
    let beyond = order.beyond.len();
    let steps = order.steps.into_iter().enumerate().map(|(place, step)| step_view(place + 1, step)).collect::<Vec<_>>();
    view! {
        <Section title="Search order">
            <ol class="search-order">{steps}</ol>
            {(beyond > 0).then(|| {
                let names = order.beyond.iter().map(|name| name.as_str()).collect::<Vec<_>>().join(", ");
                view! {
                    <details class="search-order__beyond">
                        <summary>{format!("{beyond} more {} never searched", if beyond == 1 { "is" } else { "are" })}</summary>
                        <p>{format!("CodeArtifact searches {MOST_SEARCHED} repositories at most. Beyond them: {names}.")}</p>
                    </details>
                }
            })}
        </Section>
    }
}

fn step_view(place: usize, step: SearchStep) -> impl IntoView {
    view! {
        <li class="search-order__step">
            <span class="search-order__place" aria-hidden="true">{place}</span>
            <RepositoryLink name=step.repository />
            <span class="search-order__retention">{step.retention.as_str()}</span>
        </li>
    }
}
