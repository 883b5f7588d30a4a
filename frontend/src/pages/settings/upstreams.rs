//! The upstreams of a repository, to be ordered, added and removed, with what that would change.

use leptos::prelude::*;
use shared::api::{RepositoryPath, SetUpstreams};
use shared::command;
use shared::feeding::{self, Consequences, NewUpstreams};
use shared::names::RepositoryName;
use shared::repository::Repository;

use crate::parts::{Change, DomainData, FormPage, Name};
use crate::ui::{Announcer, Button, ButtonKind, Notice, Tone};

type Names = Vec<RepositoryName>;

/// The list as it was when the person began, and as it is to be.
#[derive(Clone, Copy)]
struct Draft {
    seen: RwSignal<Names>,
    list: RwSignal<Names>,
    /// What was there before the last save: it is told until the list is read anew, and is nobody else's change.
    before: RwSignal<Option<Names>>,
}

impl Draft {
    fn of(names: Names) -> Self {
        Self { seen: RwSignal::new(names.clone()), list: RwSignal::new(names), before: RwSignal::new(None) }
    }
}

/// A list that is proposed elsewhere, such as on the map: it follows what is done there, and tells what is done here.
#[derive(Clone, Copy)]
pub struct Proposed {
    /// The list; none when nothing is proposed any longer.
    pub list: Signal<Option<Vec<RepositoryName>>>,
    /// Told when the list is changed here.
    pub changed: Callback<Vec<RepositoryName>>,
    /// Told when it has been saved.
    pub saved: Callback<()>,
}

impl Proposed {
    fn follow(self, draft: Draft) {
        if let Some(list) = self.list.get_untracked() {
            draft.list.set(list);
        }
        Effect::new(move |_| {
            if let Some(list) = self.list.get().filter(|list| *list != *draft.list.read_untracked()) {
                draft.list.set(list);
            }
        });
        Effect::watch(move || draft.list.get(), move |list, _, _| self.changed.run(list.clone()), false);
    }
}

/// A form for the list of upstreams.
#[component]
pub fn Upstreams(
    path: RepositoryPath,
    repository: Repository,
    /// Where the list comes from, when not from here.
    #[prop(optional)]
    proposed: Option<Proposed>,
) -> impl IntoView {
    let (data, announcer) = (expect_context::<DomainData>(), expect_context::<Announcer>());
    let change = Change::new();
    let draft = Draft::of(repository.upstreams);
    if let Some(proposed) = proposed {
        proposed.follow(draft);
    }
    let title = match proposed {
        Some(_) => format!("Upstreams of {}", path.repository),
        None => "Upstreams".to_owned(),
    };
    let name = StoredValue::new(path.repository.clone());
    let now = Memo::new(move |_| upstreams_now(data, &name.read_value()));
    // A repository has upstreams or an external connection: with one, no upstream is offered.
    let connected = Memo::new(move |_| {
        let map = data.map.read();
        let repository = map.as_ref()?.repositories.iter().find(|one| one.name == *name.read_value())?;
        repository.external_connections.first().map(|connection| connection.name.clone())
    });
    // While nothing was changed here, the list follows what is there.
    Effect::new(move |_| {
        let now = now.get();
        if *draft.before.read_untracked() != now {
            draft.before.set(None);
        }
        if let Some(now) = now.filter(|now| {
            *draft.list.read_untracked() == *draft.seen.read_untracked() && *draft.seen.read_untracked() != *now
        }) {
            draft.seen.set(now.clone());
            draft.list.set(now);
        }
    });
    let refusal = Signal::derive(move || {
        let map = data.map.read();
        let Some(map) = map.as_ref() else { return Some("The repositories are still being read.".to_owned()) };
        let list = draft.list.read();
        if *list == *draft.seen.read() {
            return Some(match connected.get() {
                Some(name) => format!("It fetches from {name}: it cannot have upstreams."),
                None => "Nothing is changed yet.".to_owned(),
            });
        }
        feeding::refusal(&map.repositories, &name.read_value(), &list)
    });
    let command = Signal::derive(move || {
        let options = data.command_options.get();
        Some(command::set_upstreams(&data.path().domain, &name.read_value(), &draft.list.read(), &options))
    });
    let send = Callback::new(move |()| {
        let body = NewUpstreams { seen: draft.seen.get_untracked(), upstreams: draft.list.get_untracked() };
        let saved = body.upstreams.clone();
        change.send::<SetUpstreams>(&path, &body, move || {
            draft.before.try_set(now.try_get_untracked().flatten());
            draft.seen.try_set(saved);
            announcer.say("Saved the upstreams.");
            if let Some(proposed) = proposed {
                proposed.saved.run(());
            }
        });
    });
    view! {
        <FormPage
            part=true
            title
            about="Where it looks for a package that it does not hold, highest priority first. Each upstream is searched with its own upstreams before the next one."
            what="The upstreams could not be saved."
            change
            action="Save the upstreams"
            refusal
            command
            send
        >
            <Meanwhile draft now change />
            <List draft connected />
            {move || connected.read().is_none().then(|| view! { <Add draft name /> })}
            <Preview draft name />
        </FormPage>
    }
}

fn upstreams_now(data: DomainData, name: &RepositoryName) -> Option<Names> {
    let map = data.map.read();
    map.as_ref()?.repositories.iter().find(|one| &one.name == name).map(|one| one.upstreams.clone())
}

/// Both lists side by side, when somebody else changed the one that is there.
#[component]
fn Meanwhile(draft: Draft, now: Memo<Option<Names>>, change: Change) -> impl IntoView {
    let told = |names: &Names| match names.as_slice() {
        [] => "none".to_owned(),
        names => names.iter().map(|name| name.as_str()).collect::<Vec<_>>().join(", "),
    };
    move || {
        let now = now.get().filter(|now| *now != *draft.seen.read())?;
        let saved_since = draft.before.read().as_ref() == Some(&now);
        // A save that was refused tells that what is there counts all the same.
        if saved_since && change.problem().is_none() {
            return None;
        }
        let (there, mine) = (told(&now), told(&draft.list.read()));
        let (take, keep) = (now.clone(), now);
        Some(view! {
            <Notice tone=Tone::Warn>
                <p class="notice__title">"Somebody changed the upstreams since you began."</p>
                <dl class="facts-list">
                    <div><dt>"There now"</dt><dd>{there}</dd></div>
                    <div><dt>"Yours"</dt><dd>{mine}</dd></div>
                </dl>
                <p class="form-page__foot">
                    <Button on_click=move || { draft.seen.set(take.clone()); draft.list.set(take.clone()); }>"Take what is there"</Button>
                    <Button on_click=move || draft.seen.set(keep.clone())>"Keep mine"</Button>
                </p>
            </Notice>
        })
    }
}

/// The list, with buttons that move and remove.
#[component]
fn List(
    draft: Draft,
    /// The external connection that the repository has.
    connected: Memo<Option<String>>,
) -> impl IntoView {
    let announcer = expect_context::<Announcer>();
    let row = move |place: usize, name: RepositoryName, last: usize| {
        let text = name.to_string();
        let swap = move |other: usize, how: &'static str| {
            let said = draft.list.try_update(|list| {
                list.swap(place, other);
                format!("{} moved {how}, now number {}.", list[other], other + 1)
            });
            announcer.say(said.unwrap_or_default());
        };
        let remove = move || {
            draft.list.update(|list| drop(list.remove(place)));
        };
        let (up, down, gone) = (format!("Move {text} up"), format!("Move {text} down"), format!("Remove {text}"));
        view! {
            <li class="feeding__row">
                <span class="search-order__place">{place + 1}</span>
                <Name text />
                <span class="feeding__tools">
                    {(place > 0).then(|| view! { <Button kind=ButtonKind::Small label=up on_click=move || swap(place - 1, "up")>"Up"</Button> })}
                    {(place < last).then(|| view! { <Button kind=ButtonKind::Small label=down on_click=move || swap(place + 1, "down")>"Down"</Button> })}
                    <Button kind=ButtonKind::Small label=gone on_click=remove>"Remove"</Button>
                </span>
            </li>
        }
    };
    let rows = move || {
        let list = draft.list.get();
        let last = list.len().saturating_sub(1);
        list.into_iter().enumerate().map(|(place, name)| row(place, name, last)).collect::<Vec<_>>()
    };
    view! {
        {move || draft.list.read().is_empty().then(|| {
            let told = match connected.get() {
                Some(name) => format!("None: it fetches from {name}. A repository has upstreams or an external connection, not both: take the connection away before you add an upstream."),
                None => "None: it offers only what is published or promoted to it.".to_owned(),
            };
            view! { <p class="muted">{told}</p> }
        })}
        <ol class="feeding" aria-label="Upstreams">{rows}</ol>
    }
}

/// Adds a repository at the end of the list.
#[component]
fn Add(draft: Draft, name: StoredValue<RepositoryName>) -> impl IntoView {
    let data = expect_context::<DomainData>();
    let others = move || {
        let map = data.map.read();
        let known = map.as_ref().map(|map| map.repositories.as_slice()).unwrap_or_default().iter().map(|one| &one.name);
        let free = known.filter(|one| **one != *name.read_value() && !draft.list.read().contains(one));
        free.map(|one| view! { <option value=one.to_string()>{one.to_string()}</option> }).collect::<Vec<_>>()
    };
    let add = move |event| {
        if let Ok(chosen) = event_target_value(&event).parse() {
            draft.list.update(|list| list.push(chosen));
        }
    };
    view! {
        <div class="field">
            <label class="field__label" for="add-upstream">"Add an upstream"</label>
            <select id="add-upstream" class="input" prop:value=move || { draft.list.track(); String::new() } on:change=add>
                <option value="">"Choose a repository"</option>
                {others}
            </select>
        </div>
    }
}

/// What the list would change.
#[component]
fn Preview(draft: Draft, name: StoredValue<RepositoryName>) -> impl IntoView {
    let data = expect_context::<DomainData>();
    let effect = Memo::new(move |_| {
        let map = data.map.read();
        let list = draft.list.read();
        let changed = *list != *draft.seen.read();
        map.as_ref().filter(|_| changed).map(|map| feeding::effect(&map.repositories, &name.read_value(), &list))
    });
    let line = |title: &'static str, names: &Names| {
        let names: Vec<String> = names.iter().map(ToString::to_string).collect();
        (!names.is_empty()).then(|| view! { <div><dt>{title}</dt><dd>{names.join(", ")}</dd></div> })
    };
    move || {
        effect.get().map(|effect: Consequences| {
            let leaks = effect.leaks.iter().map(|leak| view! { <p>{leak.clone()}</p> }).collect::<Vec<_>>();
            view! {
                <section class="feeding__preview" aria-label="What would change">
                    <h3 class="form-page__title">"What would change"</h3>
                    <dl class="facts-list">
                        {line("Search order", &effect.order)}
                        {line("Gained", &effect.gained)}
                        {line("Lost", &effect.lost)}
                    </dl>
                    {(!leaks.is_empty()).then(|| view! { <Notice tone=Tone::Danger><p class="notice__title">"New leaks"</p>{leaks}</Notice> })}
                    {effect.warning().map(|warning| view! { <Notice tone=Tone::Warn><p>{warning}</p></Notice> })}
                </section>
            }
        })
    }
}
