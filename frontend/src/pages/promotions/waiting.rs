//! Plans into protected repositories that have not been run.

use leptos::prelude::*;
use shared::api::ListPlans;
use shared::approval::WaitingPlan;

use crate::api::{Reads, Request};
use crate::parts::{DomainData, Name, ProblemNotice, Words, standing};
use crate::place::{Place, PromotionsPlace};
use crate::ui::{Chip, Moment, Tone, count};

/// The plans that wait, narrowed as the address says; nothing where none does.
#[component]
pub fn WaitingPlans(place: Memo<PromotionsPlace>) -> impl IntoView {
    let (data, reads) = (expect_context::<DomainData>(), expect_context::<Reads>());
    let reading = reads.reading::<ListPlans>(move || Some(Request::of::<ListPlans>(&data.path(), &(), &())));
    let retry = Callback::new(move |()| reading.refetch());
    let plans = Memo::new(move |_| {
        let place = place.read();
        let fits =
            |plan: &&WaitingPlan| place.repository.as_ref().is_none_or(|name| [&plan.from, &plan.to].contains(&name));
        let plans = reading.get().map(|plans| plans.iter().filter(fits).cloned().collect::<Vec<_>>());
        // An older page of what was run is about the past.
        plans.filter(|_| place.before.is_none()).unwrap_or_default()
    });
    view! {
        {move || reading.problem().get().map(|problem| view! {
            <ProblemNotice what="The plans that wait could not be read." problem retry />
        })}
        {move || {
            let plans = plans.get();
            (!plans.is_empty()).then(|| view! { <Table plans /> })
        }}
    }
}

#[component]
fn Table(plans: Vec<WaitingPlan>) -> impl IntoView {
    let mine = plans.iter().filter(|plan| is_mine(plan)).count();
    let about = match mine {
        0 => "None of them waits for you.".to_owned(),
        1 => "1 waits for your approval.".to_owned(),
        mine => format!("{mine} wait for your approval."),
    };
    let rows = plans.into_iter().map(|plan| view! { <Row plan /> }).collect::<Vec<_>>();
    view! {
        <section class="promotions__waiting" aria-labelledby="promotions-waiting">
            <h2 id="promotions-waiting">"Plans into protected repositories"</h2>
            <p class="page__about">{about}</p>
            <div class="table-frame">
                <table class="table promotions__table" aria-labelledby="promotions-waiting">
                    {super::heads()}
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
}

/// Whoever looks can approve it, and it needs them.
fn is_mine(plan: &WaitingPlan) -> bool {
    plan.approval.refusal.is_none() && plan.approval.waits()
}

#[component]
fn Row(plan: WaitingPlan) -> impl IntoView {
    let data = expect_context::<DomainData>();
    let (tone, state) = standing(&plan.approval);
    let mine = is_mine(&plan);
    view! {
        <tr>
            <th scope="row" class="promotions__what">
                <a href=Place::plan(&data.path(), &plan.id).href()>{format!("Plan of {}", count(plan.versions, "version"))}</a>
                <small>"expires on "<Moment at=plan.expires_at time=true /></small>
            </th>
            <td class="promotions__route"><Name text=plan.from.as_str() />" → "<Name text=plan.to.as_str() /></td>
            <td>
                <span class="promotions__state">
                    <Chip tone text=state />
                    {mine.then(|| view! { <Chip tone=Tone::Info text="Waiting for you" /> })}
                </span>
            </td>
            <td>{plan.by.name}<small><Moment at=plan.made_at time=true /></small></td>
            <td class="promotions__why"><Words text=plan.reason /></td>
        </tr>
    }
}
