//! What came of a step that many versions took.

use leptos::prelude::*;
use shared::api::RepositoryPath;
use shared::names::VersionName;
use shared::status::{StatusChanges, StatusOutcome, StatusResult, StatusRow, Step};

use crate::parts::Name;
use crate::place::Place;
use crate::ui::{Button, ButtonKind, Chip, Notice, RequestCell, Results, Tone, count};

/// A result for each version, and how to go on.
#[component]
pub fn BatchOutcome(
    path: RepositoryPath,
    changes: StatusChanges,
    outcome: StatusOutcome,
    /// Goes back to choosing, with these chosen.
    #[prop(into)]
    again: Callback<Vec<VersionName>>,
) -> impl IntoView {
    let step = changes.step;
    let left: Vec<VersionName> =
        outcome.rows.iter().filter(|row| row.result != StatusResult::Done).map(|row| row.version.clone()).collect();
    let unknown = outcome.rows.iter().filter(|row| matches!(row.result, StatusResult::Unknown(_))).count();
    let done = outcome.rows.len() - left.len();
    let (tone, title) = match (done, left.len()) {
        (done, 0) => (Tone::Ok, format!("{} {}", count(done, "version"), past(step))),
        (0, left) => (Tone::Danger, format!("None of {} {}", count(left, "version"), past(step))),
        (done, left) => (Tone::Warn, format!("{} {}, {left} not", count(done, "version"), past(step))),
    };
    let news = match (left.is_empty(), unknown) {
        (true, _) => format!("{} shows it now. Copies in other repositories are as they were.", path.repository),
        (false, 0) => "What was refused or failed is as it was before.".to_owned(),
        (false, _) => {
            "What is unknown was looked up and could not be settled. The list tells, once it is read anew.".to_owned()
        }
    };
    // The page has changed under the button that was pressed: whoever reads by ear or keyboard goes on here.
    let heading = NodeRef::<leptos::html::H2>::new();
    Effect::new(move |_| {
        if let Some(heading) = heading.get() {
            let _ = heading.focus();
        }
    });
    let rows = outcome.rows.into_iter().map(|row| row_of(step, row)).collect::<Vec<_>>();
    let package = Place::package(&path.domain_path(), &changes.package, None).href();
    let number = left.len();
    view! {
        <section class="outcome" aria-label="Result">
            <h2 class="versions__result" tabindex="-1" node_ref=heading>{title}</h2>
            <Notice tone><p>{news}</p></Notice>
            <Results columns=&["Version", "Result"]>{rows}</Results>
            <p class="outcome__actions">
                {(number > 0).then(|| view! {
                    <Button kind=ButtonKind::Primary on_click=move || again.run(left.clone())>{format!("Look at the {number} again")}</Button>
                })}
                <Button on_click=move || again.run(Vec::new())>"Choose other versions"</Button>
                <a class="button" href=package>"Open the package"</a>
            </p>
        </section>
    }
}

fn row_of(step: Step, row: StatusRow) -> impl IntoView {
    view! {
        <tr>
            <th scope="row" class="plan__version"><Name text=row.version.as_str() /></th>
            <td class="plan__verdict">{result(step, row.result)}</td>
            <RequestCell id=row.request_id />
        </tr>
    }
}

fn result(step: Step, result: StatusResult) -> AnyView {
    match result {
        StatusResult::Done => view! { <Chip tone=Tone::Ok text=past(step) /> }.into_any(),
        StatusResult::Refused { code, message } => {
            view! { <Chip tone=Tone::Danger text="refused" /><small>{message}" "<code>{code}</code></small> }.into_any()
        }
        StatusResult::Failed(problem) => {
            view! { <Chip tone=Tone::Danger text="failed" /><small>"It is as it was. "{problem.message}</small> }
                .into_any()
        }
        StatusResult::Unknown(problem) => view! {
            <Chip tone=Tone::Warn text="unknown" />
            <small>"Whether it happened could not be found out. "{problem.message}</small>
        }
        .into_any(),
    }
}

fn past(step: Step) -> &'static str {
    match step {
        Step::Publish => "published",
        Step::Unlist => "unlisted",
        Step::Archive => "archived",
        Step::Dispose => "disposed",
        Step::Delete => "deleted",
    }
}
