//! The end of the chain of hashes, and walking all of it.

use leptos::prelude::*;
use shared::api::VerifyHistory;
use shared::history::{ChainEnd, HistoryCheck};
use shared::problem::Problem;

use crate::api::{Api, Freshness, Request};
use crate::parts::ProblemNotice;
use crate::ui::{Button, ButtonKind, Command, Moment, Notice, Tone, grouped};

/// How the record shows that nobody changed it, and what to keep elsewhere.
#[component]
pub fn Chain(end: ChainEnd) -> impl IntoView {
    if end.seq == 0 {
        return ().into_any();
    }
    let api = expect_context::<Api>();
    let came = RwSignal::new(None::<Result<HistoryCheck, Problem>>);
    let busy = RwSignal::new(false);
    let press = move || {
        busy.set(true);
        leptos::task::spawn_local(async move {
            let request = Request::of::<VerifyHistory>(&(), &(), &());
            let answer = api.deliver(request, Freshness::Anew).await;
            let check = answer.and_then(|answer| answer.value::<HistoryCheck>().ok_or_else(crate::api::unreadable));
            // The page may have been left meanwhile.
            came.try_set(Some(check.map(|check| (*check).clone())));
            busy.try_set(false);
        });
    };
    let rows = grouped(end.seq.unsigned_abs());
    let command = format!("headwater audit verify --head {}:{}", end.seq, end.hash);
    view! {
        <section class="history__chain" aria-labelledby="history-chain">
            <h2 id="history-chain">"Can this be trusted?"</h2>
            <p>
                {format!("The record of this server has {rows} rows, of all its domains. Each holds a hash of the one before, so a row that is changed, removed or put in breaks the chain.")}
            </p>
            <p class="history__verify">
                <Button kind=ButtonKind::Small busy on_click=press>"Check the chain now"</Button>
            </p>
            <div role="status">{move || came.get().map(|came| view! { <Came came /> })}</div>
            <p>"Rows missing at the end show only against an end that was kept elsewhere. This is the end now; later, this command compares with it:"</p>
            <Command text=command />
        </section>
    }
    .into_any()
}

#[component]
fn Came(came: Result<HistoryCheck, Problem>) -> impl IntoView {
    match came {
        Err(problem) => view! { <ProblemNotice what="The chain could not be checked." problem /> }.into_any(),
        Ok(HistoryCheck { wrong: Some(wrong), .. }) => view! {
            <Notice tone=Tone::Danger>
                <p class="notice__title">{format!("Row {} is wrong: {}", wrong.seq, wrong.what)}</p>
                <p>"Somebody who can write to Headwater's store has changed it. Compare with an earlier export, and with CloudTrail."</p>
            </Notice>
        }
        .into_any(),
        Ok(HistoryCheck { end, read_at, .. }) => {
            let rows = grouped(end.map(|end| end.seq.unsigned_abs()).unwrap_or_default());
            view! {
                <Notice tone=Tone::Ok>
                    <p>{format!("All {rows} rows are what was written. Checked ")}<Moment at=read_at time=true />"."</p>
                </Notice>
            }
            .into_any()
        }
    }
}
