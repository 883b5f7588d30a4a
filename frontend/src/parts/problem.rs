//! A refusal of the API, shown.

use leptos::prelude::*;
use shared::problem::{Problem, ProblemCode};

use crate::ui::ErrorNotice;

/// What could not be done, why, and a way to try again where trying again can help.
#[component]
pub fn ProblemNotice(
    /// What could not be done, such as `The packages could not be read.`
    #[prop(into)]
    what: String,
    problem: Problem,
    /// Tries again.
    #[prop(optional, into)]
    retry: Option<Callback<()>>,
) -> impl IntoView {
    let retry = retry.filter(|_| problem.code != ProblemCode::NotFound);
    match retry {
        Some(retry) => {
            view! { <ErrorNotice what message=problem.message request_id=problem.request_id retry /> }.into_any()
        }
        None => view! { <ErrorNotice what message=problem.message request_id=problem.request_id /> }.into_any(),
    }
}
