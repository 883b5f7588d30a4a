//! How a plan stands with the protection of its target, and saying yes or no to it.

use leptos::prelude::*;
use shared::api::{ApprovePlan, GetApproval, PlanPath, RejectPlan};
use shared::approval::{Approval, CountedVote, Demand, NewApproval, NewRejection, Obstacle, Said, VoteRefusal};
use shared::person::Person;
use shared::plan::OpenedPlan;

use super::reason;
use crate::api::{Api, Freshness, Reading};
use crate::parts::{Change, ProblemNotice};
use crate::place::Place;
use crate::ui::{Announcer, Button, ButtonKind, Chip, Glyph, Icon, Moment, Prose, Tone, count, pause};

/// How often to look whether somebody has said something, in milliseconds. Only this server is asked, not AWS.
const ROUND: i32 = 3000;

/// What somebody is about to say about a plan: it stays while the plan is read anew.
#[derive(Clone, Copy)]
pub struct Say {
    change: Change,
    why: RwSignal<String>,
    rejecting: RwSignal<bool>,
}

impl Say {
    /// Nothing said yet.
    pub fn new() -> Self {
        Self { change: Change::new(), why: RwSignal::new(String::new()), rejecting: RwSignal::new(false) }
    }

    /// Reads the plan anew when somebody else has said something about it, while the page is open and can be seen.
    pub fn follow(self, path: PlanPath, reading: Reading<OpenedPlan>) {
        let api: Api = expect_context();
        leptos::task::spawn_local(async move {
            loop {
                pause(ROUND).await;
                // The page is gone.
                if self.why.try_get_untracked().is_none() {
                    return;
                }
                let Some(shown) = untrack(|| reading.get()) else { continue };
                let waits = !shown.approval.demands.is_empty() && shown.runs.is_empty() && !shown.expired;
                if document().hidden() || !waits {
                    continue;
                }
                let now = api.send::<GetApproval>(&path, &(), &(), Freshness::Anew).await;
                if self.why.try_get_untracked().is_none() {
                    return;
                }
                if now.is_ok_and(|now| !now.is_as(&shown.approval)) {
                    reading.refetch();
                }
            }
        });
    }
}

/// How it stands, in few words.
pub fn standing(approval: &Approval) -> (Tone, String) {
    let missing = approval.obstacles.iter().filter_map(|what| match what {
        Obstacle::Missing { missing, .. } => Some(usize::from(*missing)),
        _ => None,
    });
    if approval.is_rejected() {
        (Tone::Danger, "Rejected".to_owned())
    } else if approval.obstacles.iter().any(|what| matches!(what, Obstacle::Source { .. })) {
        (Tone::Danger, "Not from this source".to_owned())
    } else if approval.obstacles.iter().any(|what| matches!(what, Obstacle::Alone { .. })) {
        (Tone::Warn, "Nobody can approve".to_owned())
    } else if approval.obstacles.iter().any(|what| matches!(what, Obstacle::Changed)) {
        (Tone::Warn, "Approvals are void".to_owned())
    } else if let Some(missing) = missing.max() {
        (Tone::Warn, format!("Waits for {}", count(missing, "approval")))
    } else if !approval.obstacles.is_empty() {
        (Tone::Warn, "Waits for its change window".to_owned())
    } else if approval.is_asked() {
        (Tone::Ok, "Approved".to_owned())
    } else {
        (Tone::Ok, "Nothing is in the way".to_owned())
    }
}

/// What the protection asks for, what people said, and the buttons. Nothing where the target is not protected.
#[component]
pub fn ApprovalSection(
    path: PlanPath,
    /// What an approval is given for.
    hash: String,
    approval: Approval,
    /// It was run, or has expired: nothing can be said any more.
    ended: bool,
    say: Say,
) -> impl IntoView {
    if approval.demands.is_empty() {
        return ().into_any();
    }
    let (tone, text) = standing(&approval);
    let votes = approval.votes.iter().cloned().map(|counted| view! { <VoteRow counted /> }).collect::<Vec<_>>();
    let demands = approval.demands.iter().cloned().map(|demand| view! { <DemandRow demand ended /> });
    let demands = demands.collect::<Vec<_>>();
    let obstacles = approval.obstacles.iter().filter(|_| !ended).cloned();
    let obstacles = obstacles.map(|obstacle| view! { <ObstacleRow obstacle /> }).collect::<Vec<_>>();
    let rules = Place::Protection(path.domain_path()).href();
    let buttons = !ended && approval.is_asked();
    let refusal = approval.refusal;
    view! {
        <section class="approval" aria-labelledby="approval-title">
            <div class="approval__head">
                <h2 class="promote__title" id="approval-title">"Approval"</h2>
                {(!ended).then(|| view! { <Chip tone text /> })}
                <a class="approval__rules" href=rules>"Protection"</a>
            </div>
            <ul class="approval__list">{demands}{votes}{obstacles}</ul>
            {buttons.then(|| view! { <Buttons path hash refusal say /> })}
        </section>
    }
    .into_any()
}

/// One line with its sign.
#[component]
fn Line(tone: Tone, word: &'static str, children: Children) -> impl IntoView {
    let (class, glyph) = match tone {
        Tone::Ok => ("checks__sign checks__sign--ok", Glyph::Check),
        Tone::Warn => ("checks__sign checks__sign--warn", Glyph::Warning),
        Tone::Danger => ("checks__sign checks__sign--danger", Glyph::Cross),
        Tone::Plain | Tone::Info => ("checks__sign", Glyph::Dash),
    };
    view! {
        <li>
            <span class=class><Icon glyph /><span class="visually-hidden">{word}": "</span></span>
            <span>{children()}</span>
        </li>
    }
}

#[component]
fn DemandRow(demand: Demand, ended: bool) -> impl IntoView {
    let Demand { protection, given, can } = demand;
    let wanted = protection.approvals;
    let pattern = protection.pattern.to_string();
    let about = match wanted {
        0 => protection.words(),
        wanted => {
            let more = protection.words();
            let more = more.split_once("; ").map(|(_, more)| format!("; {more}")).unwrap_or_default();
            format!("{} of {}{more}", given.min(wanted), count(usize::from(wanted), "approval"))
        }
    };
    let met = wanted > 0 && given >= wanted;
    let names: Vec<_> = can.iter().map(|Person { name, .. }| name.as_str()).collect();
    let can = (wanted > given && !ended && !names.is_empty()).then(|| format!("Can approve: {}.", names.join(", ")));
    view! {
        <Line tone=if met { Tone::Ok } else { Tone::Plain } word=if met { "Given" } else { "Asked for" }>
            "The protection of "<code>{pattern}</code>": "{about}
            <small>{can}</small>
        </Line>
    }
}

#[component]
fn VoteRow(counted: CountedVote) -> impl IntoView {
    let CountedVote { vote, void } = counted;
    let (tone, word, text) = match (&vote.said, void) {
        (Said::Rejected(_), _) => (Tone::Danger, "No", " rejected it on "),
        (Said::Approved, Some(_)) => (Tone::Warn, "Void", " approved it on "),
        (Said::Approved, None) => (Tone::Ok, "Yes", " approved it on "),
    };
    view! {
        <Line tone word>
            <strong>{vote.by.name}</strong>{text}<Moment at=vote.at time=true />
            <small>{void.map(|void| void.words())}</small>
        </Line>
    }
}

#[component]
fn ObstacleRow(obstacle: Obstacle) -> impl IntoView {
    let tone = match obstacle {
        Obstacle::Rejected { .. } | Obstacle::Source { .. } => Tone::Danger,
        _ => Tone::Warn,
    };
    let opens = match obstacle {
        Obstacle::Window { opens_at, .. } => Some(opens_at),
        _ => None,
    };
    view! {
        <Line tone word="In the way">
            <Prose text=obstacle.words() />
            {opens.map(|at| view! { " It opens next on "<Moment at time=true />"." })}
        </Line>
    }
}

/// Yes, and no with a reason.
#[component]
fn Buttons(path: PlanPath, hash: String, refusal: Option<VoteRefusal>, say: Say) -> impl IntoView {
    let announcer = expect_context::<Announcer>();
    let Say { change, why, rejecting } = say;
    let approve_refusal = Signal::derive(move || refusal.map(|refusal| refusal.words().to_owned()));
    let reject_refusal = Signal::derive(move || {
        refusal.filter(|refusal| !refusal.lets_reject()).map(|refusal| refusal.words().to_owned())
    });
    let asked = StoredValue::new((path, hash));
    let approve = move || {
        let (path, hash) = asked.get_value();
        change.send::<ApprovePlan>(&path, &NewApproval { hash }, move || {
            rejecting.try_set(false);
            announcer.say("You approved the plan.");
        });
    };
    let reject = move || {
        let (path, hash) = asked.get_value();
        let reason = why.get_untracked().trim().to_owned();
        change.send::<RejectPlan>(&path, &NewRejection { hash, reason }, move || {
            rejecting.try_set(false);
            why.try_set(String::new());
            announcer.say("You rejected the plan.");
        });
    };
    let busy = Signal::derive(move || change.busy());
    let why_not = Signal::derive(move || reject_refusal.get().or_else(|| reason::refusal(&why.read())));
    view! {
        {move || change.problem().map(|problem| view! { <ProblemNotice what="Nothing was said about the plan." problem /> })}
        <p class="approval__about">
            "An approval is for this plan as it is, and is used once: nothing is copied before somebody runs it. A rejection ends the plan for good. AWS knows of neither, so there is no "<code>"aws"</code>" command for them."
        </p>
        <Show when=move || !rejecting.get()>
            <p class="form-page__foot">
                <Button kind=ButtonKind::Primary busy disabled_reason=approve_refusal on_click=approve>"Approve"</Button>
                <Button busy disabled_reason=reject_refusal on_click=move || rejecting.set(true)>"Reject…"</Button>
                <span class="form-page__why" aria-hidden="true">{move || approve_refusal.get().map(|text| view! { <Prose text /> })}</span>
            </p>
        </Show>
        <Show when=move || rejecting.get()>
            <div class="field approval__no">
                <label class="field__label" for="approval-why">"Why it is rejected"</label>
                <textarea id="approval-why" class="input" rows="2" aria-required="true"
                    prop:value=move || why.get()
                    on:input=move |event| why.set(event_target_value(&event))></textarea>
            </div>
            <p class="form-page__foot">
                <Button kind=ButtonKind::Danger busy disabled_reason=why_not on_click=reject>"Reject for good"</Button>
                <Button on_click=move || rejecting.set(false)>"Do not reject"</Button>
                <span class="form-page__why" aria-hidden="true">{move || why_not.get()}</span>
            </p>
        </Show>
    }
}
