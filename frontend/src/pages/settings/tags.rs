//! The tags of a domain or repository, to be added, changed and removed.

use leptos::prelude::*;
use shared::api::{DomainPath, ListDomainTags, ListRepositoryTags, RepositoryPath, SetDomainTags, SetRepositoryTags};
use shared::command;
use shared::names::{TagKey, TagValue};
use shared::tag::{HeldTags, MOST_TAGS, NewTags, Tag, TagChange};

use crate::api::{Reading, Reads, Request};
use crate::parts::{Change, DomainData, FormPage, Loaded, MARKED, problem_of};
use crate::ui::{Announcer, Button, ButtonKind, Notice, Prose, SkeletonRows, Tone};

/// Whose tags they are.
#[derive(Debug, Clone)]
enum Owner {
    Domain(DomainPath),
    Repository(RepositoryPath),
}

/// The tags of a domain.
#[component]
pub fn DomainTags(path: DomainPath) -> impl IntoView {
    let asked = path.clone();
    let reading = expect_context::<Reads>()
        .reading::<ListDomainTags>(move || Some(Request::of::<ListDomainTags>(&asked, &(), &())));
    draw(reading, Owner::Domain(path))
}

/// The tags of a repository.
#[component]
pub fn RepositoryTags(path: RepositoryPath) -> impl IntoView {
    let asked = path.clone();
    let reading = expect_context::<Reads>()
        .reading::<ListRepositoryTags>(move || Some(Request::of::<ListRepositoryTags>(&asked, &(), &())));
    draw(reading, Owner::Repository(path))
}

/// The form is drawn once: what is typed stays while the tags are read anew.
fn draw(reading: Reading<HeldTags>, owner: Owner) -> AnyView {
    let now = Memo::new(move |_| reading.get().map(|held| (*held).clone()));
    let come = Memo::new(move |_| now.read().is_some());
    let owner = StoredValue::new(owner);
    view! {
        {move || (!come.get()).then(|| view! {
            <Loaded reading what="The tags" placeholder=|| view! { <SkeletonRows rows=2 what="tags" /> } ready=|_| ().into_any() />
        })}
        {move || come.get().then(|| now.get_untracked()).flatten().map(|held| view! { <TagsForm held now owner=owner.get_value() /> })}
    }
    .into_any()
}

/// A tag as it is typed. Its signals belong to nobody: rows are made wherever something happens.
#[derive(Debug, Clone)]
struct Row {
    id: u32,
    key: ArcRwSignal<String>,
    value: ArcRwSignal<String>,
}

/// The tags as they were when the person began, and as they are typed.
#[derive(Clone, Copy)]
struct Draft {
    seen: RwSignal<Vec<Tag>>,
    rows: RwSignal<Vec<Row>>,
    next: StoredValue<u32>,
    /// What was there before the last save: it is told until the tags are read anew, and is nobody else's change.
    before: RwSignal<Option<Vec<Tag>>>,
}

impl Draft {
    fn of(tags: Vec<Tag>) -> Self {
        let draft = Self {
            seen: RwSignal::new(Vec::new()),
            rows: RwSignal::new(Vec::new()),
            next: StoredValue::new(0),
            before: RwSignal::new(None),
        };
        draft.take(tags);
        draft
    }

    /// Begins anew with these.
    fn take(self, tags: Vec<Tag>) {
        let rows = tags.iter().map(|tag| self.row(tag.key.as_str(), tag.value.as_str())).collect();
        self.rows.set(rows);
        self.seen.set(tags);
    }

    fn row(self, key: &str, value: &str) -> Row {
        let id = self.next.get_value();
        self.next.set_value(id + 1);
        Row { id, key: ArcRwSignal::new(key.to_owned()), value: ArcRwSignal::new(value.to_owned()) }
    }

    /// The tags that are typed, or why they are none. Tracked.
    fn typed(self) -> Result<Vec<Tag>, String> {
        let rows = self.rows.read();
        let mut tags = Vec::<Tag>::new();
        for row in rows.iter() {
            if row.key.read().is_empty() {
                return Err("Give every tag a key, or remove it.".to_owned());
            }
            let (Ok(key), Ok(value)) = (row.key.read().parse::<TagKey>(), row.value.read().parse::<TagValue>()) else {
                return Err(MARKED.to_owned());
            };
            if tags.iter().any(|known| known.key == key) {
                return Err(format!("The key {key} stands there twice."));
            }
            tags.push(Tag { key, value });
        }
        if tags.len() > MOST_TAGS {
            return Err(format!("There are at most {MOST_TAGS} tags. Remove {}.", tags.len() - MOST_TAGS));
        }
        Ok(tags)
    }
}

#[component]
fn TagsForm(held: HeldTags, now: Memo<Option<HeldTags>>, owner: Owner) -> impl IntoView {
    let (data, announcer) = (expect_context::<DomainData>(), expect_context::<Announcer>());
    let change = Change::new();
    let HeldTags { arn, tags, of_aws } = held;
    let draft = Draft::of(tags);
    let typed = Memo::new(move |_| draft.typed());
    let there = Memo::new(move |_| now.read().as_ref().map(|held| held.tags.clone()));
    let difference = Memo::new(move |_| Some(TagChange::between(&draft.seen.read(), typed.read().as_ref().ok()?)));
    let nothing = Memo::new(move |_| difference.read().as_ref().is_some_and(TagChange::is_empty));
    // While nothing was changed here, the form follows what is there.
    Effect::new(move |_| {
        let there = there.get();
        if *draft.before.read_untracked() != there {
            draft.before.set(None);
        }
        if let Some(there) = there.filter(|there| nothing.get_untracked() && *there != *draft.seen.read_untracked()) {
            draft.take(there);
        }
    });
    let refusal = Signal::derive(move || match &*typed.read() {
        Err(why) => Some(why.clone()),
        Ok(_) => nothing.get().then(|| "Nothing is changed yet.".to_owned()),
    });
    let command =
        Signal::derive(move || command::change_tags(&arn, difference.read().as_ref()?, &data.command_options.get()));
    let send = Callback::new(move |()| {
        let Ok(tags) = typed.get_untracked() else { return };
        let body = NewTags { seen: draft.seen.get_untracked(), tags: tags.clone() };
        let done = move || {
            draft.before.try_set(there.try_get_untracked().flatten());
            draft.seen.try_set(tags);
            announcer.say("Saved the tags.");
        };
        match &owner {
            Owner::Domain(path) => change.send::<SetDomainTags>(path, &body, done),
            Owner::Repository(path) => change.send::<SetRepositoryTags>(path, &body, done),
        }
    });
    let add = move || {
        let row = draft.row("", "");
        let id = format!("tag-key-{}", row.id);
        draft.rows.update(|rows| rows.push(row));
        // Once it has been drawn.
        request_animation_frame(move || focus(&id));
    };
    let full = Signal::derive(move || {
        (draft.rows.read().len() >= MOST_TAGS).then(|| format!("There are at most {MOST_TAGS} tags."))
    });
    let of_aws = (!of_aws.is_empty()).then(
        || view! { <p class="field__hint">{format!("Given by AWS, and not to be changed: {}", of_aws.join(", "))}</p> },
    );
    view! {
        <FormPage
            part=true
            title="Tags"
            about="Costs can be told apart by them, and policies can ask for them. Up to 50, each with a key of its own; nothing secret."
            what="The tags could not be saved."
            change
            action="Save the tags"
            refusal
            command
            send
        >
            <Meanwhile draft there change />
            {move || draft.rows.read().is_empty().then(|| view! { <p class="muted">"None yet."</p> })}
            {move || (!draft.rows.read().is_empty()).then(|| view! {
                <p class="tags__row tags__head" aria-hidden="true"><span class="field__label">"Key"</span><span class="field__label">"Value"</span></p>
            })}
            <ul class="tags" aria-label="Tags">
                <For each=move || draft.rows.get() key=|row| row.id let(row)><TagRow draft row /></For>
            </ul>
            <p><Button kind=ButtonKind::Small disabled_reason=full on_click=add>"Add a tag"</Button></p>
            {of_aws}
            {move || {
                let words = difference.get().filter(|change| !change.is_empty())?.words(&draft.seen.read());
                let lines = words.into_iter().map(|line| view! { <li>{line}</li> }).collect::<Vec<_>>();
                Some(view! {
                    <section class="feeding__preview" aria-label="What would change">
                        <h3 class="form-page__title">"What would change"</h3>
                        <ul class="confirm__lost">{lines}</ul>
                    </section>
                })
            }}
        </FormPage>
    }
}

#[component]
fn TagRow(draft: Draft, row: Row) -> impl IntoView {
    let id = row.id;
    let (key, value) = (RwSignal::from(row.key), RwSignal::from(row.value));
    let problem = Memo::new(move |_| {
        let twice = || {
            let (rows, key) = (draft.rows.read(), key.read());
            let same = rows.iter().filter(|one| *one.key.read() == *key).count();
            (!key.is_empty() && same > 1).then(|| "This key stands there twice.".to_owned())
        };
        problem_of::<TagKey>(&key.read()).or_else(twice).or_else(|| problem_of::<TagValue>(&value.read()))
    });
    let remove = move || draft.rows.update(|rows| rows.retain(|one| one.id != id));
    let invalid = move || problem.read().is_some().then_some("true");
    let problem_id = format!("tag-problem-{id}");
    let named = move |what: &str| match key.read().as_str() {
        "" => format!("{what} of the new tag"),
        key => format!("{what} of {key}"),
    };
    let removes = Signal::derive(move || match key.read().as_str() {
        "" => "Remove the new tag".to_owned(),
        key => format!("Remove {key}"),
    });
    view! {
        <li class="tags__row">
            <input
                id=format!("tag-key-{id}")
                class="input input--code"
                aria-label="Key"
                placeholder="team"
                autocomplete="off"
                spellcheck="false"
                aria-invalid=invalid
                aria-describedby=problem_id.clone()
                prop:value=move || key.get()
                on:input=move |event| key.set(event_target_value(&event))
            />
            <input
                class="input input--code"
                aria-label=move || named("Value")
                placeholder="platform"
                autocomplete="off"
                spellcheck="false"
                aria-invalid=invalid
                aria-describedby=problem_id.clone()
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            />
            <Button kind=ButtonKind::Small label=removes on_click=remove>"Remove"</Button>
            <p id=problem_id.clone() class="field__hint field__hint--broken tags__problem">{move || problem.get().map(|text| view! { <Prose text /> })}</p>
        </li>
    }
}

/// Both lists side by side, when somebody else changed the one that is there.
#[component]
fn Meanwhile(draft: Draft, there: Memo<Option<Vec<Tag>>>, change: Change) -> impl IntoView {
    let told = |tags: &[Tag]| match tags {
        [] => "none".to_owned(),
        tags => tags.iter().map(|tag| format!("{}={}", tag.key, tag.value)).collect::<Vec<_>>().join(", "),
    };
    move || {
        let there = there.get().filter(|there| !TagChange::between(&draft.seen.read(), there).is_empty())?;
        let saved_since = draft.before.read().as_ref() == Some(&there);
        // A save that was refused tells that what is there counts all the same.
        if saved_since && change.problem().is_none() {
            return None;
        }
        let mine = draft.typed().map(|tags| told(&tags)).unwrap_or_else(|why| why);
        let (shown, take, keep) = (told(&there), there.clone(), there);
        Some(view! {
            <Notice tone=Tone::Warn>
                <p class="notice__title">"Somebody changed the tags since you began."</p>
                <dl class="facts-list">
                    <div><dt>"There now"</dt><dd>{shown}</dd></div>
                    <div><dt>"Yours"</dt><dd>{mine}</dd></div>
                </dl>
                <p class="form-page__foot">
                    <Button on_click=move || draft.take(take.clone())>"Take what is there"</Button>
                    <Button on_click=move || draft.seen.set(keep.clone())>"Keep mine"</Button>
                </p>
            </Notice>
        })
    }
}

fn focus(id: &str) {
    use wasm_bindgen::JsCast;
    let found = document().get_element_by_id(id).and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(found) = found {
        let _ = found.focus();
    }
}
