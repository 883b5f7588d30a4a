//! What undoing a run would do, and doing it.

use std::sync::Arc;

use leptos::prelude::*;
use shared::api::{CreateUndo, GetRun, PreviewUndo, RunPath};
use shared::command;
use shared::person::Role;
use shared::run::{Run, RunSummary};
use shared::undo::{NewUndo, UndoHow, UndoPreview, UndoQuery, UndoRow, UndoStep};

use crate::api::{Reading, Reads, Request};
use crate::navigation::Navigation;
use crate::pages::run::{back, gone};
use crate::parts::{Change, DomainData, Loaded, Me, Name, ProblemNotice, ReasonField, TextField, reason_refusal};
use crate::place::{Place, UndoPlace};
use crate::ui::{Button, ButtonKind, Chip, Command, Notice, SkeletonRows, Tone, count};

/// The preview of undoing a run.
#[component]
pub fn UndoPage(path: RunPath) -> impl IntoView {
    let (navigation, reads) = (expect_context::<Navigation>(), expect_context::<Reads>());
    let path = StoredValue::new(path);
    let how = Memo::new(move |before: Option<&UndoHow>| match &*navigation.place().read() {
        Some(Place::Undo(place)) => place.how,
        _ => before.copied().unwrap_or(UndoHow::Archive),
    });
    let choose = Callback::new(move |how| navigation.replace(&Place::Undo(UndoPlace { run: path.get_value(), how })));
    let run = reads.reading::<GetRun>(move || Some(Request::of::<GetRun>(&path.read_value(), &(), &())));
    let preview = reads.reading::<PreviewUndo>(move || {
        Some(Request::of::<PreviewUndo>(&path.read_value(), &UndoQuery { how: how.get() }, &()))
    });
    // What is typed stays while the preview is read anew.
    let typed =
        Typed { reason: RwSignal::new(String::new()), name: RwSignal::new(String::new()), change: Change::new() };
    let ready = move |run: Arc<Run>| {
        let summary = run.summary.clone();
        view! { <Whole summary how choose preview typed path=path.get_value() /> }.into_any()
    };
    view! {
        <Loaded
            reading=run
            what="The run"
            placeholder=|| view! { <div class="domain__page"><SkeletonRows rows=6 what="the run" /></div> }
            ready
        />
    }
}

/// What is typed, and how sending it goes.
#[derive(Clone, Copy)]
struct Typed {
    reason: RwSignal<String>,
    name: RwSignal<String>,
    change: Change,
}

#[component]
fn Whole(
    summary: RunSummary,
    how: Memo<UndoHow>,
    choose: Callback<UndoHow>,
    preview: Reading<UndoPreview>,
    typed: Typed,
    path: RunPath,
) -> impl IntoView {
    let data = expect_context::<DomainData>();
    let run = Place::run(&data.path(), &summary.id).href();
    let about = format!(
        "From {} to {}, for: {}. Only what this promotion made is taken away; what was there before stays.",
        summary.from, summary.to, summary.reason
    );
    let current = Memo::new(move |_| preview.get().filter(|preview| preview.how == how.get()));
    view! {
        <div class="promote">
            <div class="domain__page promote__plan">
                <h1>"Undo a promotion"</h1>
                <p class="page__about">{about}" "<a href=run>"The run"</a></p>
                <HowField how choose />
                <Loaded
                    reading=preview
                    what="What undoing would do"
                    placeholder=|| view! { <SkeletonRows rows=4 what="what undoing would do" /> }
                    ready=move |preview| view! { <Table preview=(*preview).clone() /> }.into_any()
                />
            </div>
            <Side summary how current typed path />
        </div>
    }
}

/// Deleting or archiving.
#[component]
fn HowField(how: Memo<UndoHow>, choose: Callback<UndoHow>) -> impl IntoView {
    let choice = move |one: UndoHow, id: &'static str, text: &'static str, means: &'static str| {
        view! {
            <div class="steps__one">
                <input type="radio" name="undo-how" id=id aria-describedby=format!("{id}-means")
                    prop:checked=move || how.get() == one on:change=move |_| choose.run(one) />
                <label for=id>{text}</label>
                <p id=format!("{id}-means") class="field__hint">{means}</p>
            </div>
        }
    };
    view! {
        <div class="steps" role="radiogroup" aria-label="How to undo">
            {choice(UndoHow::Archive, "undo-archive", "Archive the versions", "Nobody can install them any more. They can be brought back, and their numbers stay taken.")}
            {choice(UndoHow::Delete, "undo-delete", "Delete the versions", "They are gone from the target for good. They can be promoted again from the source.")}
        </div>
    }
}

/// What undoing does, row by row.
#[component]
fn Table(preview: UndoPreview) -> impl IntoView {
    let how = preview.how;
    let rows = preview.rows.into_iter().map(|row| view! { <Row row how /> }).collect::<Vec<_>>();
    view! {
        <div class="table-frame">
            <table class="table plan">
                <thead>
                    <tr>
                        <th scope="col">"Package"</th>
                        <th scope="col">"Version"</th>
                        <th scope="col">"What happens"</th>
                        <th scope="col">"Tags"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Row(row: UndoRow, how: UndoHow) -> impl IntoView {
    let data = expect_context::<DomainData>();
    let href = Place::package(&data.path(), &row.choice.package, None).href();
    let leaves = matches!(row.step, UndoStep::Leave(_));
    let (what, tags) = match row.step {
        UndoStep::Leave(why) => (view! { <Chip text="left alone" /><small>{why}</small> }.into_any(), ().into_any()),
        UndoStep::TakeAway { status, tags, lost } => {
            let (tone, text) = match how {
                UndoHow::Delete => (Tone::Danger, "deleted"),
                UndoHow::Archive => (Tone::Warn, "archived"),
            };
            let back = tags.iter().map(|tag| view! { <p class="plan__return">{back(tag)}</p> }).collect::<Vec<_>>();
            let lost = lost.iter().map(|tag| {
                view! { <p class="plan__return"><Chip tone=Tone::Warn text="not restored" />" "{gone(tag)}</p> }
            });
            (
                view! { <Chip tone text /><small>{format!("It is {} now.", status.as_str().to_lowercase())}</small> }
                    .into_any(),
                view! { {back}{lost.collect::<Vec<_>>()} }.into_any(),
            )
        }
    };
    view! {
        <tr class:plan__still=leaves>
            <th scope="row" class="plan__package">
                <a href=href><Name text=row.choice.package.full_name() /></a>
                <small>{row.choice.package.format.as_str()}</small>
            </th>
            <td class="plan__version"><Name text=row.choice.version.as_str() /></td>
            <td class="plan__verdict">{what}</td>
            <td>{tags}</td>
        </tr>
    }
}

/// What to know, reason, confirmation, commands and the button.
#[component]
fn Side(
    summary: RunSummary,
    how: Memo<UndoHow>,
    current: Memo<Option<Arc<UndoPreview>>>,
    typed: Typed,
    path: RunPath,
) -> impl IntoView {
    let (data, navigation) = (expect_context::<DomainData>(), expect_context::<Navigation>());
    let Typed { reason, name, change } = typed;
    let to = StoredValue::new(summary.to.clone());
    let stands = Memo::new(move |_| current.get().map(|preview| Stands::of(&preview)));
    let moving = summary.state.is_moving();
    let undone = summary.undone_by.clone();
    let refusal = expect_context::<Me>().unless(
        Role::Promoter,
        Signal::derive(move || {
            if undone.is_some() {
                return Some("It was undone already.".to_owned());
            }
            if moving {
                return Some("It is still under way: stop it first, or wait for its end.".to_owned());
            }
            let Some(stands) = stands.get() else {
                return Some("What undoing would do has not been read yet.".to_owned());
            };
            if stands.away == 0 {
                return Some("There is nothing to take away.".to_owned());
            }
            let confirmed = how.get() == UndoHow::Archive || name.read().trim() == to.read_value().as_str();
            reason_refusal(&reason.read())
                .or_else(|| (!confirmed).then(|| format!("Type {} to confirm.", *to.read_value())))
        }),
    );
    let commands = move || {
        let preview = current.get()?;
        let commands = command::undo(&data.path().domain, &to.read_value(), &preview, &data.command_options.get());
        (!commands.is_empty()).then(|| {
            view! {
                <section>
                    <h2 class="promote__title">"Same thing, by command"</h2>
                    <Command text=command::in_turn(commands) />
                </section>
            }
        })
    };
    let path = StoredValue::new(path);
    let press = move || {
        let body = NewUndo { how: how.get_untracked(), reason: reason.read_untracked().trim().to_owned() };
        change.ask::<CreateUndo>(&path.read_value(), &(), &body, move |run| {
            navigation.go(&Place::run(&data.path(), &run.summary.id));
        });
    };
    let action = move || {
        let number = stands.get().map(|stands| stands.away).unwrap_or_default();
        match how.get() {
            UndoHow::Delete => format!("Undo: delete {}", count(number, "version")),
            UndoHow::Archive => format!("Undo: archive {}", count(number, "version")),
        }
    };
    view! {
        <aside class="promote__side" aria-label="Before undoing">
            {summary.undone_by.map(|run| view! {
                <Notice tone=Tone::Warn>
                    <p>"It was undone already. "<a href=Place::run(&data.path(), &run).href()>"Open the undoing"</a></p>
                </Notice>
            })}
            {move || stands.get().map(|stands| view! {
                <section>
                    <h2 class="promote__title">"What happens"</h2>
                    <ul class="undo__facts">{stands.words(how.get()).into_iter().map(|text| view! { <li>{text}</li> }).collect::<Vec<_>>()}</ul>
                </section>
            })}
            <ReasonField reason />
            {move || (how.get() == UndoHow::Delete).then(|| view! {
                <TextField id="undo-confirm" label="The target's name, to confirm" value=name code=true
                    hint=format!("Type {}. Deleting cannot be taken back.", *to.read_value()) />
            })}
            {commands}
            {move || change.problem().map(|problem| view! {
                <ProblemNotice what="The undoing could not be started, or its answer was lost. A run is undone once, so pressing again does nothing twice." problem />
            })}
            <div class="promote__foot">
                <Button kind=ButtonKind::Danger busy=Signal::derive(move || change.busy()) disabled_reason=refusal on_click=press>{action}</Button>
                <span class="promote__why" aria-hidden="true">{move || refusal.get()}</span>
            </div>
        </aside>
    }
}

/// How many rows and tags stand how.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Stands {
    away: usize,
    left: usize,
    back: usize,
    lost: usize,
}

impl Stands {
    fn of(preview: &UndoPreview) -> Self {
        preview.rows.iter().fold(Self::default(), |mut stands, row| {
            match &row.step {
                UndoStep::Leave(_) => stands.left += 1,
                UndoStep::TakeAway { tags, lost, .. } => {
                    stands.away += 1;
                    stands.back += tags.len();
                    stands.lost += lost.len();
                }
            }
            stands
        })
    }

    fn words(self, how: UndoHow) -> Vec<String> {
        let done = if how == UndoHow::Delete { "deleted" } else { "archived" };
        let mut words = vec![format!("{} {done}.", count(self.away, "version"))];
        let mut add = |number: usize, noun: &str, what: &str| {
            if number > 0 {
                words.push(format!("{} {what}", count(number, noun)));
            }
        };
        add(self.back, "npm tag", "put back as before.");
        add(self.left, "version", "left alone, each with its reason.");
        add(self.lost, "npm tag", "that cannot be put back.");
        words.push("The run stays in the list, struck through.".to_owned());
        words
    }
}
