//! The protections of a domain: which repositories a promotion cannot simply be made into.

use leptos::prelude::*;
use shared::api::{ListProtections, SetProtections};
use shared::protection::{MOST_PROTECTIONS, NewProtections, Pattern, Protection, ProtectionList};

mod blocked;
mod draft;
mod form;

use blocked::BlockedVersions;
use draft::Draft;
use form::{Editing, Matches, ProtectionForm};

use crate::api::{Reads, Request};
use crate::parts::{Change, DomainData, Loaded, Me, Name, ProblemNotice};
use crate::place::Place;
use crate::ui::{Announcer, Button, ButtonKind, EmptyState, Moment, Notice, SkeletonRows, Tone, after_paint};

/// What is done on the page: it stays while the list is read anew.
#[derive(Clone, Copy)]
struct Desk {
    announcer: Announcer,
    change: Change,
    list: Signal<Option<ProtectionList>>,
    /// Why this person may change nothing; none if they may.
    refusal: Signal<Option<String>>,
    /// The revision that was there, and the protection; none for a new one.
    editing: RwSignal<Option<(u64, Option<Protection>)>>,
    removing: RwSignal<Option<Pattern>>,
}

impl Desk {
    fn edit(self, protection: Option<Protection>) {
        let seen = self.list.read_untracked().as_ref().map_or(0, |list| list.protections.revision);
        self.change.settle();
        self.removing.set(None);
        self.editing.set(Some((seen, protection)));
        focus("protection-pattern");
    }

    /// Replaces the list by one in which `change` was made, if it is still what the person saw.
    fn set(self, data: DomainData, seen: u64, said: String, change: impl FnOnce(&mut Vec<Protection>)) {
        let Some(mut list) = self.list.get_untracked().map(|list| list.protections.list) else { return };
        change(&mut list);
        self.change.send::<SetProtections>(&data.path(), &NewProtections { seen, list }, move || {
            self.editing.try_set(None);
            self.removing.try_set(None);
            self.announcer.say(said);
        });
    }
}

/// Puts the focus on what is about to be drawn.
fn focus(id: &'static str) {
    use wasm_bindgen::JsCast;
    after_paint(move || {
        let found = document().get_element_by_id(id).and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok());
        if let Some(found) = found {
            let _ = found.focus();
        }
    });
}

/// The protections, and a form for each.
#[component]
pub fn ProtectionPage() -> impl IntoView {
    let (data, reads) = (expect_context::<DomainData>(), expect_context::<Reads>());
    let reading =
        reads.reading::<ListProtections>(move || Some(Request::of::<ListProtections>(&data.path(), &(), &())));
    let me = expect_context::<Me>();
    let list = Memo::new(move |_| reading.get().map(|list| (*list).clone()));
    let desk = Desk {
        announcer: expect_context(),
        change: Change::new(),
        list: list.into(),
        refusal: Signal::derive(move || me.refusal("SetProtections")),
        editing: RwSignal::new(None),
        removing: RwSignal::new(None),
    };
    let domain = data.path().domain.to_string();
    view! {
        <div class="domain__page protection">
            <header class="page-head">
                <div class="page-head__title">
                    <h1>"Protection of "<Name text=domain /></h1>
                    <a class="button button--small" href=Place::promotions(&data.path(), None).href()>"Promotions"</a>
                </div>
                <p class="page__about">
                    "A promotion into a protected repository needs what its protections ask for; where several match, all of them hold. It is Headwater's own rule: AWS knows nothing of it, and whoever has AWS credentials can copy without Headwater."
                </p>
            </header>
            <Loaded reading what="The protections" placeholder=|| view! { <SkeletonRows rows=3 what="protections" /> }
                ready=move |list| view! { <List list=(*list).clone() desk /> }.into_any() />
            <Removal desk />
            <Edit desk />
            <BlockedVersions />
        </div>
    }
}

#[component]
fn List(list: ProtectionList, desk: Desk) -> impl IntoView {
    let alone = list.approvers.is_none();
    let ProtectionList { protections, approvers } = list;
    let full = protections.list.len() >= MOST_PROTECTIONS;
    let refusal = Signal::derive(move || {
        let full = full.then(|| format!("A domain has at most {MOST_PROTECTIONS} protections."));
        desk.refusal.get().or(full)
    });
    let add = move || view! { <Button disabled_reason=refusal on_click=move || desk.edit(None)>"Protect repositories"</Button> };
    let names = approvers.unwrap_or_default();
    let rows = protections.list.iter().cloned();
    let rows = rows.map(|protection| view! { <Row protection names=names.clone() desk /> }).collect::<Vec<_>>();
    let changed = protections.by.as_ref().zip(protections.changed_at).map(|(by, at)| {
        view! { <p class="muted">"Changed last by "{by.name.clone()}", "<Moment at time=true />"."</p> }
    });
    view! {
        {alone.then(|| view! {
            <Notice tone=Tone::Warn>
                <p class="notice__title">"Approval is not available: you are alone here."</p>
                <p>"A protection that asks for approvals refuses every promotion until Headwater is started with "<code>"--people FILE"</code>", so that several people can sign in. Sources and change windows hold all the same."</p>
            </Notice>
        })}
        {match rows.is_empty() {
            true => view! {
                <EmptyState title="No repository is protected">
                    <p>"Whoever may promote can promote into each of them at any time, and nobody else needs to agree."</p>
                    {add()}
                </EmptyState>
            }.into_any(),
            false => view! {
                <div class="table-frame">
                    <table class="table promotions__table" aria-label="Protections">
                        <thead>
                            <tr>
                                <th scope="col">"Repositories"</th>
                                <th scope="col">"Asks for"</th>
                                <th scope="col">"Who may approve"</th>
                                <th scope="col">"Protects now"</th>
                                <th scope="col"><span class="visually-hidden">"Actions"</span></th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
                <p class="form-page__foot protection__add">{add()}{changed}</p>
            }.into_any(),
        }}
    }
}

#[component]
fn Row(protection: Protection, names: Vec<shared::person::Person>, desk: Desk) -> impl IntoView {
    let data = expect_context::<DomainData>();
    let name = |id: &String| {
        let known = names.iter().find(|person| person.id == *id);
        known.map_or_else(|| format!("{id} (has not the role now)"), |person| person.name.clone())
    };
    let who = match (protection.approvals, protection.approvers.as_slice()) {
        (0, _) => "—".to_owned(),
        (_, []) => "Everybody with the role approver".to_owned(),
        (_, ids) => ids.iter().map(name).collect::<Vec<_>>().join(", "),
    };
    let pattern = protection.pattern.clone();
    let (edit, delete) = (format!("Edit the protection of {pattern}"), format!("Delete the protection of {pattern}"));
    let (words, gone) = (protection.words(), pattern.clone());
    let remove = move || {
        desk.change.settle();
        desk.editing.set(None);
        desk.removing.set(Some(gone.clone()));
        focus("protection-removal");
    };
    view! {
        <tr>
            <th scope="row"><code>{pattern.to_string()}</code></th>
            <td>{words}</td>
            <td>{who}</td>
            <td><Matches pattern data /></td>
            <td>
                <span class="protection__tools">
                    <Button kind=ButtonKind::Small label=edit disabled_reason=desk.refusal on_click=move || desk.edit(Some(protection.clone()))>"Edit"</Button>
                    <Button kind=ButtonKind::Small label=delete disabled_reason=desk.refusal on_click=remove>"Delete"</Button>
                </span>
            </td>
        </tr>
    }
}

/// What deleting a protection means, before it is done.
#[component]
fn Removal(desk: Desk) -> impl IntoView {
    let data = expect_context::<DomainData>();
    move || {
        let pattern = desk.removing.get()?;
        let seen = desk.list.read_untracked().as_ref()?.protections.revision;
        let (gone, said) = (pattern.clone(), format!("Deleted the protection of {pattern}."));
        let delete = move || {
            let gone = gone.clone();
            desk.set(data, seen, said.clone(), move |list| list.retain(|one| one.pattern != gone));
        };
        Some(view! {
            <section class="confirm" aria-label="Delete the protection" id="protection-removal" tabindex="-1">
                <h2 class="form-page__title">{format!("Delete the protection of {pattern}?")}</h2>
                <ul class="confirm__lost">
                    <li>"It protects now: "<Matches pattern=pattern.clone() data /></li>
                    <li>"Plans that wait under it alone can be run at once, without approval."</li>
                    <li>"Other protections of the same repositories stay. Nothing in AWS changes."</li>
                </ul>
                {move || desk.change.problem().map(|problem| view! { <ProblemNotice what="The protection could not be deleted." problem /> })}
                <p class="form-page__foot">
                    <Button kind=ButtonKind::Danger busy=Signal::derive(move || desk.change.busy()) disabled_reason=desk.refusal on_click=delete>"Delete the protection"</Button>
                    <Button on_click=move || desk.removing.set(None)>"Keep it"</Button>
                </p>
            </section>
        })
    }
}

/// The form, while something is edited.
#[component]
fn Edit(desk: Desk) -> impl IntoView {
    let data = expect_context::<DomainData>();
    let revision = Signal::derive(move || desk.list.read().as_ref().map_or(0, |list| list.protections.revision));
    move || {
        let (seen, protection) = desk.editing.get()?;
        let before = protection.as_ref().map(|protection| protection.pattern.clone());
        let editing =
            Editing { seen: RwSignal::new(seen), before: before.clone(), draft: Draft::of(protection.as_ref()) };
        let seen = editing.seen;
        let approvers = desk.list.read_untracked().as_ref()?.approvers.clone();
        let save = Callback::new(move |protection: Protection| {
            let said = format!("Saved the protection of {}.", protection.pattern);
            let before = before.clone();
            desk.set(data, seen.get_untracked(), said, move |list| {
                match list.iter_mut().find(|one| Some(&one.pattern) == before.as_ref()) {
                    Some(one) => *one = protection,
                    None => list.push(protection),
                }
            });
        });
        let cancel = Callback::new(move |()| desk.editing.set(None));
        Some(view! {
            <ProtectionForm editing approvers revision refusal=desk.refusal change=desk.change save cancel />
        })
    }
}
