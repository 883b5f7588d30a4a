//! The form of a protection, and what it would protect.

use leptos::prelude::*;
use shared::person::Person;
use shared::protection::{MOST_APPROVALS, Pattern, Protection, Weekday};

use super::draft::Draft;
use crate::parts::{Change, DomainData, Name, ProblemNotice, TextField};
use crate::ui::{Button, ButtonKind, Field, Notice, Prose, Tone, count};

/// A protection being made or changed.
#[derive(Clone)]
pub struct Editing {
    /// The revision that was there when the person began.
    pub seen: RwSignal<u64>,
    /// The pattern that it had; none for a new one.
    pub before: Option<Pattern>,
    pub draft: Draft,
}

/// The form.
#[component]
pub fn ProtectionForm(
    editing: Editing,
    /// Who has the role to approve; nothing where one person is alone.
    approvers: Option<Vec<Person>>,
    /// The revision that is there now.
    revision: Signal<u64>,
    /// Why nothing can be saved; none if it can. Tracked.
    refusal: Signal<Option<String>>,
    change: Change,
    save: Callback<Protection>,
    cancel: Callback<()>,
) -> impl IntoView {
    let Editing { seen, before, draft } = editing;
    let typed = Memo::new(move |_| draft.typed());
    let title = match &before {
        None => "Protect repositories".to_owned(),
        Some(pattern) => format!("Protection of {pattern}"),
    };
    let named = title.clone();
    let meanwhile = Memo::new(move |_| seen.get() != revision.get());
    let why = Signal::derive(move || {
        let meanwhile = meanwhile.get().then(|| "Look first at what somebody else changed.".to_owned());
        refusal.get().or(meanwhile).or_else(|| typed.read().as_ref().err().cloned())
    });
    let pressed = move || {
        if let Ok(protection) = typed.get_untracked() {
            save.run(protection);
        }
    };
    let people = approvers.clone();
    view! {
        <section class="form-page protection__form" aria-label=named>
            <div class="form-page__fields">
                <h2>{title}</h2>
                <TextField id="protection-pattern" label="Repositories" value=draft.pattern code=true placeholder="prod-*"
                    hint="A name, or a pattern in which `*` stands for any letters. Repositories made later count too."
                    problem=Signal::derive(move || draft.pattern_problem()) />
                <Approvals draft approvers=people />
                <TextField id="protection-sources" label="Only from" value=draft.sources code=true placeholder="staging, team-*"
                    hint="Names or patterns of source repositories. Empty: from any."
                    problem=Signal::derive(move || draft.sources_problem()) />
                <Window draft />
                {move || meanwhile.get().then(|| view! {
                    <Notice tone=Tone::Warn>
                        <p class="notice__title">"Somebody changed the protections since you began."</p>
                        <p>"The list above is what is there now."</p>
                        <Button on_click=move || seen.set(revision.get_untracked())>"I have seen it"</Button>
                    </Notice>
                })}
                {move || change.problem().map(|problem| view! { <ProblemNotice what="The protections could not be saved." problem /> })}
                <p class="form-page__foot">
                    <Button kind=ButtonKind::Primary busy=Signal::derive(move || change.busy()) disabled_reason=why on_click=pressed>"Save the protection"</Button>
                    <Button on_click=move || cancel.run(())>"Cancel"</Button>
                    <span class="form-page__why" aria-hidden="true">{move || why.get()}</span>
                </p>
            </div>
            <div class="form-page__side">
                <h2 class="form-page__title">"What it does"</h2>
                {move || typed.get().ok().map(|protection| view! { <Preview protection approvers=approvers.clone() /> })}
                {move || typed.read().is_err().then(|| view! { <p class="muted">"Stands here as soon as the form can be sent."</p> })}
                <p class="field__hint">"AWS knows nothing of protections, so there is no "<code>"aws"</code>" command for them."</p>
            </div>
        </section>
    }
}

/// How many must approve, and who may.
#[component]
fn Approvals(draft: Draft, approvers: Option<Vec<Person>>) -> impl IntoView {
    let numbers = (0..=MOST_APPROVALS).map(move |number| {
        let text = match number {
            0 => "None".to_owned(),
            number => count(usize::from(number), "approval"),
        };
        view! { <option value=number.to_string() selected=move || draft.approvals.get() == number>{text}</option> }
    });
    // Who is named and has left, or lost the role, is shown too: otherwise nobody could take them out.
    let mut people: Vec<(String, String)> =
        approvers.iter().flatten().map(|person| (person.id.clone(), person.name.clone())).collect();
    for id in draft.approvers.get_untracked() {
        if !people.iter().any(|(known, _)| *known == id) {
            people.push((id.clone(), format!("{id} (has not the role now)")));
        }
    }
    let tick = move |(id, name): (String, String)| {
        let (ticked, told) = (id.clone(), id);
        let toggle = move |event| {
            let on = event_target_checked(&event);
            draft.approvers.update(|ids| {
                ids.retain(|known| *known != told);
                if on {
                    ids.push(told.clone());
                }
            });
        };
        view! {
            <label class="tick">
                <input type="checkbox" prop:checked=move || draft.approvers.read().contains(&ticked) on:change=toggle />
                {name}
            </label>
        }
    };
    let people = StoredValue::new(people);
    view! {
        <Field label="Approvals" for_id="protection-approvals">
            <select id="protection-approvals" class="input"
                on:change=move |event| draft.approvals.set(event_target_value(&event).parse().unwrap_or(1))>
                {numbers.collect::<Vec<_>>()}
            </select>
        </Field>
        {move || (draft.approvals.get() > 0 && !people.read_value().is_empty()).then(|| view! {
            <fieldset class="ticks">
                <legend class="form-page__title">"Who may approve"</legend>
                <p class="field__hint">"None ticked: everybody who has the role approver. Who made a plan never approves it."</p>
                <div class="ticks__list">{people.get_value().into_iter().map(tick).collect::<Vec<_>>()}</div>
            </fieldset>
        })}
    }
}

/// When promotions may start.
#[component]
fn Window(draft: Draft) -> impl IntoView {
    let day = move |day: Weekday| {
        let toggle = move |event| {
            let on = event_target_checked(&event);
            draft.days.update(|days| {
                days.retain(|known| *known != day);
                if on {
                    days.push(day);
                }
            });
        };
        view! {
            <label class="tick">
                <input type="checkbox" prop:checked=move || draft.days.read().contains(&day) on:change=toggle />
                {day.short()}
            </label>
        }
    };
    let time = move |id: &'static str, label: &'static str, value: RwSignal<String>| {
        view! {
            <Field label for_id=id>
                <input id=id class="input" type="time" prop:value=move || value.get()
                    on:input=move |event| value.set(event_target_value(&event)) />
            </Field>
        }
    };
    view! {
        <label class="tick">
            <input type="checkbox" prop:checked=move || draft.limited.get()
                on:change=move |event| draft.limited.set(event_target_checked(&event)) />
            "Promotions start at certain times only"
        </label>
        {move || draft.limited.get().then(|| view! {
            <fieldset class="ticks">
                <legend class="form-page__title">"Change window"</legend>
                <p class="field__hint">"A run that has started goes on after the window has closed. An end that is not later than the beginning is on the next day."</p>
                <div class="ticks__list protection__days">{Weekday::ALL.map(day).into_iter().collect::<Vec<_>>()}</div>
                <div class="protection__times">
                    {time("protection-from", "From", draft.from)}
                    {time("protection-to", "To", draft.to)}
                </div>
                <TextField id="protection-offset" label="Clock, ahead of UTC" value=draft.offset code=true
                    hint="Such as +01:00. It does not follow summer time."
                    problem=Signal::derive(move || draft.offset_problem()) />
            </fieldset>
        })}
    }
}

/// Which repositories it would protect, who could approve, and what it asks for.
#[component]
fn Preview(protection: Protection, approvers: Option<Vec<Person>>) -> impl IntoView {
    let data = expect_context::<DomainData>();
    let pattern = protection.pattern.clone();
    let matches = move || view! { <Matches pattern=pattern.clone() data /> };
    let needed = usize::from(protection.approvals);
    let can = approvers.as_ref().map(|people| {
        people.iter().filter(|person| protection.lets(&person.id)).map(|person| person.name.clone()).collect::<Vec<_>>()
    });
    let warning = match &can {
        _ if needed == 0 => None,
        None => Some(
            "You are alone here, so nobody can approve: every promotion into these repositories is refused until Headwater runs with `--people FILE`."
                .to_owned(),
        ),
        Some(names) if names.len() < needed => {
            Some(format!("Only {} may approve: every promotion into these repositories is refused.", count(names.len(), "person")))
        }
        Some(_) => None,
    };
    view! {
        <dl class="facts-list">
            <div><dt>"Protects now"</dt><dd>{matches}</dd></div>
            <div><dt>"Asks for"</dt><dd>{protection.words()}</dd></div>
            {can.filter(|_| needed > 0).map(|names| view! {
                <div><dt>"May approve"</dt><dd>{if names.is_empty() { "nobody".to_owned() } else { names.join(", ") }}</dd></div>
            })}
        </dl>
        {warning.map(|text| view! { <Notice tone=Tone::Warn><p><Prose text /></p></Notice> })}
        <p class="field__hint">"Plans that were made before are held to it too. Publishing, changing a status and undoing are not."</p>
    }
}

/// The repositories that a pattern matches now.
#[component]
pub fn Matches(pattern: Pattern, data: DomainData) -> impl IntoView {
    move || {
        let map = data.map.read();
        let Some(map) = map.as_ref() else { return "…".into_any() };
        let names = map.repositories.iter().map(|repository| &repository.name).filter(|name| pattern.matches(name));
        let names: Vec<_> = names.map(|name| name.as_str()).collect();
        match names.as_slice() {
            [] => view! { <span class="muted">"No repository now"</span> }.into_any(),
            names => view! { <Name text=names.join(", ") /> }.into_any(),
        }
    }
}
