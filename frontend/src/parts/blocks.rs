//! Versions that are blocked from promotion: known on every page that offers versions, and changed on that of one.

use leptos::html::Details;
use leptos::prelude::*;
use shared::api::{BlockVersion, DomainPath, ListBlocks, UnblockVersion};
use shared::block::{Block, BlockChange, Blocks};
use shared::promotion::VersionChoice;
use wasm_bindgen::JsCast;

use super::promotion::reason_refusal;
use super::{Change, Me, ProblemNotice, TextField};
use crate::api::{Reading, Reads, Request};
use crate::ui::{Announcer, Button, Chip, Moment, Notice, Prose, Tone};

/// The blocked versions of the domain. A context of the pages that offer versions.
#[derive(Clone, Copy)]
pub struct KnownBlocks(Reading<Blocks>);

impl KnownBlocks {
    /// Reads them for the page, and for all that stands on it.
    pub fn provide(domain: DomainPath) -> Self {
        let reads = expect_context::<Reads>();
        let reading = reads.reading::<ListBlocks>(move || Some(Request::of::<ListBlocks>(&domain, &(), &())));
        let this = Self(reading);
        provide_context(this);
        this
    }

    /// The block of a version, tracked.
    pub fn of(self, choice: &VersionChoice) -> Option<Block> {
        self.0.get()?.of(&choice.package, &choice.version).cloned()
    }

    /// Those of some versions that are not blocked, tracked.
    pub fn free(self, choices: &[VersionChoice]) -> Vec<VersionChoice> {
        let blocks = self.0.get().unwrap_or_default();
        let free = choices.iter().filter(|choice| blocks.of(&choice.package, &choice.version).is_none());
        free.cloned().collect()
    }
}

/// Why a version cannot be chosen, where the page knows that it is blocked: a question to be asked while a part is drawn,
/// and answered, tracked, whenever it is needed.
pub fn block_refusal() -> impl Fn(&VersionChoice) -> Option<String> + Copy + Send + Sync + 'static {
    let known = use_context::<KnownBlocks>();
    move |choice| known?.of(choice).map(|block| block.words())
}

/// Marks a version that is blocked; nothing for others.
#[component]
pub fn BlockMark(#[prop(into)] choice: Signal<Option<VersionChoice>>) -> impl IntoView {
    let refusal = block_refusal();
    let why = Memo::new(move |_| choice.read().as_ref().and_then(refusal));
    move || {
        let why = why.get()?;
        Some(view! { <span class="block-mark"><Chip tone=Tone::Danger title=why text="blocked" /></span> })
    }
}

/// Says that a version is blocked, by whom and why, or that it is not known.
#[component]
pub fn BlockNotice(choice: VersionChoice) -> impl IntoView {
    let blocks = expect_context::<KnownBlocks>();
    let choice = StoredValue::new(choice);
    let block = Memo::new(move |_| blocks.of(&choice.read_value()));
    let again = Callback::new(move |()| blocks.0.refetch());
    move || {
        if let Some(Block { reason, by, at, .. }) = block.get() {
            return view! {
                <Notice tone=Tone::Danger>
                    <p class="notice__title">"Blocked from promotion"</p>
                    <p><Prose text=reason /></p>
                    <p class="block-notice__by">"By "{by.name}", "<Moment at time=true /></p>
                </Notice>
            }
            .into_any();
        }
        let problem = blocks.0.problem().get();
        let notice =
            |problem| view! { <ProblemNotice what="Whether it is blocked could not be read." problem retry=again /> };
        problem.map(notice).into_any()
    }
}

/// Blocking a version, or unblocking it: what that changes and what not, and the reason.
#[component]
pub fn BlockForm(domain: DomainPath, choice: VersionChoice) -> impl IntoView {
    let (blocks, announcer) = (expect_context::<KnownBlocks>(), expect_context::<Announcer>());
    let change = Change::new();
    let reason = RwSignal::new(String::new());
    let fold = NodeRef::<Details>::new();
    let name = format!("{} {}", choice.package.full_name(), choice.version);
    let asked = StoredValue::new((domain, choice, name));
    let blocked = Memo::new(move |_| asked.with_value(|asked| blocks.of(&asked.1).is_some()));
    let me = expect_context::<Me>();
    let refusal = Signal::derive(move || me.refusal("BlockVersion").or_else(|| reason_refusal(&reason.read())));
    let done = move |words: &str| {
        announcer.say(words.to_owned());
        reason.set(String::new());
        let Some(fold) = fold.get_untracked() else { return };
        fold.set_open(false);
        let summary = fold.first_element_child().and_then(|summary| summary.dyn_into::<web_sys::HtmlElement>().ok());
        summary.map(|summary| summary.focus());
    };
    let press = move || {
        let (domain, VersionChoice { package, version }, name) = asked.get_value();
        let body = BlockChange { package, version, reason: reason.get_untracked() };
        match blocked.get_untracked() {
            false => change.send::<BlockVersion>(&domain, &body, move || done(&format!("{name} is blocked."))),
            true => {
                change.send::<UnblockVersion>(&domain, &body, move || done(&format!("{name} is not blocked any more.")))
            }
        }
    };
    let title = move || if blocked.get() { "Unblock this version" } else { "Block this version" };
    let what = move || if blocked.get() { "It could not be unblocked." } else { "It could not be blocked." };
    view! {
        <section class="block-form" aria-labelledby="block-title">
            <h3 class="version__title" id="block-title">"Promotion"</h3>
            <details class="block-form__fold" node_ref=fold>
                <summary>{move || if blocked.get() { "Unblock it" } else { "Block it from promotion" }}</summary>
                <div class="block-form__body">
                    <ul class="block-form__means">
                        {move || asked.with_value(|asked| lines(blocked.get(), &asked.2, asked.0.domain.as_str()))}
                    </ul>
                    <TextField id="block-reason" label="Reason" value=reason lines=3
                        hint="Whoever asks later reads it, here and in the history. At most 500 characters." />
                    {move || change.problem().map(|problem| view! { <ProblemNotice what=what() problem /> })}
                    <p class="form-page__foot">
                        <Button busy=Signal::derive(move || change.busy()) disabled_reason=refusal on_click=press>{title}</Button>
                        <span class="form-page__why" aria-hidden="true">{move || refusal.get()}</span>
                    </p>
                </div>
            </details>
        </section>
    }
}

/// What it changes, and what not.
fn lines(blocked: bool, name: &str, domain: &str) -> Vec<AnyView> {
    let lines = match blocked {
        false => vec![
            format!("No promotion in {domain} copies {name} any more, from whichever repository: not from saved plans either, nor in runs that wait."),
            "What repositories hold already stays, and package managers go on installing it. To end that, change its status.".to_owned(),
            "A block is Headwater's own: no AWS command sets one, and who copies with the AWS CLI is not held up.".to_owned(),
        ],
        true => vec![
            format!("{name} can be promoted again, also by plans that were made before."),
            "What was refused meanwhile is not made up for: plan again. The block stays in the history.".to_owned(),
        ],
    };
    lines.into_iter().map(|line| view! { <li>{line}</li> }.into_any()).collect()
}
