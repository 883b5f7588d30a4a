//! What came of a promotion.

use leptos::prelude::*;
use shared::promotion::{CopyResult, OutcomeRow, PromotionOutcome, PromotionRequest};

use super::run::arrived;
use crate::parts::{DomainData, Name};
use crate::place::{Held, Place};
use crate::ui::{Button, ButtonKind, Chip, Notice, RequestCell, Results, Tone, count};

/// What came of a promotion, row by row.
#[component]
pub fn Outcome(
    request: PromotionRequest,
    outcome: PromotionOutcome,
    /// Plans what is left in the tray.
    #[prop(into)]
    again: Callback<()>,
) -> impl IntoView {
    let data = expect_context::<DomainData>();
    let arrived = outcome.rows.iter().filter(|row| arrived(&row.result)).count();
    let left = outcome.rows.len() - arrived;
    let (tone, title) = match (arrived, left) {
        (arrived, 0) => (Tone::Ok, format!("{} promoted", count(arrived, "version"))),
        (0, left) => (Tone::Danger, format!("Nothing was promoted: {} failed", count(left, "version"))),
        (arrived, left) => (Tone::Warn, format!("{} promoted, {left} not", count(arrived, "version"))),
    };
    let news = if left == 0 {
        format!("{} has them now.", request.to)
    } else {
        "What failed is still in the tray. Nothing was overwritten.".to_owned()
    };
    // The page has changed under the button that was pressed: whoever reads by ear or keyboard goes on here.
    let heading = NodeRef::<leptos::html::H1>::new();
    Effect::new(move |_| {
        if let Some(heading) = heading.get() {
            let _ = heading.focus();
        }
    });
    let to = request.to.clone();
    let rows = outcome.rows.into_iter().map(|row| view! { <Row row to=request.to.clone() /> }).collect::<Vec<_>>();
    let target = Place::repository(&data.path(), &request.to).href();
    view! {
        <div class="domain__page outcome">
            <h1 tabindex="-1" node_ref=heading>{title}</h1>
            <p class="page__about">{format!("From {} to {}. Reason: {}", request.from, request.to, request.reason)}</p>
            <Notice tone>
                <p>{news}</p>
            </Notice>
            <Results columns=&["Package", "Version", "Result"]>{rows}</Results>
            <p class="outcome__actions">
                {(left > 0).then(|| view! {
                    <Button kind=ButtonKind::Primary on_click=move || again.run(())>{format!("Review the {left} that failed")}</Button>
                })}
                <a class="button" href=target>{format!("Open {to}")}</a>
                <a class="button" href=Place::map(&data.path()).href()>"Show the map"</a>
            </p>
        </div>
    }
}

#[component]
fn Row(row: OutcomeRow, to: shared::names::RepositoryName) -> impl IntoView {
    let data = expect_context::<DomainData>();
    let held = Held { repository: to, version: row.choice.version.clone() };
    let href = Place::package(&data.path(), &row.choice.package, Some(held)).href();
    view! {
        <tr>
            <th scope="row" class="plan__package"><a href=href><Name text=row.choice.package.full_name() /></a></th>
            <td class="plan__version"><Name text=row.choice.version.as_str() /></td>
            <td class="plan__verdict">{result(row.result)}</td>
            <RequestCell id=row.request_id />
        </tr>
    }
}

fn result(result: CopyResult) -> AnyView {
    match result {
        CopyResult::Copied => view! { <Chip tone=Tone::Ok text="copied" /> }.into_any(),
        CopyResult::AlreadySame => {
            view! { <Chip text="already there" /><small>"The target had the same content."</small> }.into_any()
        }
        CopyResult::Refused { code, message } => {
            view! { <Chip tone=Tone::Danger text="refused" /><small>{message}" "<code>{code}</code></small> }.into_any()
        }
        CopyResult::Failed(problem) => {
            view! { <Chip tone=Tone::Danger text="failed" /><small>"Nothing was copied. "{problem.message}</small> }
                .into_any()
        }
        CopyResult::Unknown(problem) => view! {
            <Chip tone=Tone::Warn text="unknown" />
            <small>"Whether it was copied could not be found out; a new plan tells. "{problem.message}</small>
        }
        .into_any(),
    }
}
