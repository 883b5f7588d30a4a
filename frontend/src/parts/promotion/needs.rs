//! What the versions of a promotion need: reading it, and what has been decided about it.

use leptos::prelude::*;
use shared::api::PreviewClosure;
use shared::closure::{Closure, ClosureRow, Decisions};
use shared::names::RepositoryName;
use shared::promotion::PreviewRequest;

use super::needs_rows::{MissingRows, ProposedRows, SatisfiedRows, UncheckedRows};
use crate::api::{Reading, Reads, Request};
use crate::parts::{Contents, DomainData, Loaded, Tray};
use crate::ui::{Chip, Notice, SkeletonRows, Tone, count};

/// What the versions in the tray need, and what has been decided about it.
#[derive(Clone, Copy)]
pub struct Needs {
    tray: Tray,
    to: Memo<Option<RepositoryName>>,
    reading: Reading<Closure>,
    /// What is left, and why. Lasts as long as the page.
    pub decisions: RwSignal<Decisions>,
    /// Tells that something was put into the promotion.
    pub added: Trigger,
}

impl Needs {
    /// Reads what the versions in the tray need, whenever those or the target change.
    pub fn new(to: Memo<Option<RepositoryName>>) -> Self {
        let (reads, data, tray) = (expect_context::<Reads>(), expect_context::<DomainData>(), expect_context::<Tray>());
        let reading = reads.reading::<PreviewClosure>(move || {
            let Contents { from, versions } = tray.contents();
            let (from, to) = from.zip(to.get())?;
            let body = PreviewRequest { from, to, versions };
            Some(Request::of::<PreviewClosure>(&data.path(), &(), &body))
        });
        Self { tray, to, reading, decisions: RwSignal::default(), added: Trigger::new() }
    }

    /// What is in the tray and where it goes to is what was asked about. Tracked.
    fn is_current(self, closure: &Closure) -> bool {
        let contents = self.tray.contents();
        Some(&closure.to) == self.to.read().as_ref()
            && contents.from.as_ref() == Some(&closure.from)
            && contents.versions == closure.chosen
    }

    /// Why nothing can be promoted yet; none when all is decided. What cannot be read holds nobody up: it is told. Tracked.
    pub fn refusal(self) -> Option<String> {
        let closure = self.reading.get().filter(|closure| self.is_current(closure));
        match closure {
            Some(closure) => match self.decisions.read().undecided(&closure).len() {
                0 => None,
                number => Some(format!("Decide about {} below first: add it, or say why it is left.", needed(number))),
            },
            None if self.reading.problem().read().is_some() => None,
            None => Some("What these versions need is being read.".to_owned()),
        }
    }

    /// What a plan is told: what has been decided, or nothing where what is needed cannot be read. Not tracked.
    pub fn decided(self) -> Option<Decisions> {
        self.reading.problem().read_untracked().is_none().then(|| self.decisions.get_untracked())
    }

    /// Puts proposals into the promotion.
    pub fn add(self, rows: &[ClosureRow]) {
        let Some(from) = self.tray.contents_untracked().from else { return };
        for choice in rows.iter().filter_map(ClosureRow::proposal) {
            self.tray.put(&from, choice);
        }
        self.added.notify();
    }
}

fn needed(number: usize) -> String {
    match number {
        1 => "1 needed package".to_owned(),
        number => format!("{number} needed packages"),
    }
}

/// What the versions need, by what there is of it.
#[component]
pub fn NeedsSection(needs: Needs) -> impl IntoView {
    view! {
        <section class="needs" aria-labelledby="needs-title">
            <h2 id="needs-title" class="needs__title">"What these versions need"</h2>
            <Loaded
                reading=needs.reading
                what="What these versions need"
                placeholder=|| view! { <SkeletonRows rows=2 what="what these versions need" /> }
                ready=move |closure| view! { <Found closure=(*closure).clone() needs /> }.into_any()
            />
        </section>
    }
}

#[component]
fn Found(closure: Closure, needs: Needs) -> impl IntoView {
    let to = closure.to.clone();
    let about = format!("Seen from {to}: what it has, what it reaches, and what {} can bring along.", closure.from);
    let unread = closure.unread.clone().into_iter().map(|unread| {
        let name = format!("{} {}", unread.choice.package.full_name(), unread.choice.version);
        let text = format!("What {name} needs could not be read. {}", unread.problem.message);
        view! { <Notice tone=Tone::Warn><p>{text}</p></Notice> }
    });
    let unread = unread.collect::<Vec<_>>();
    let capped = closure.capped.then(|| {
        view! {
            <Notice tone=Tone::Warn>
                <p>{format!("There is more than is shown: {} were followed, and what lies beyond was not.", count(closure.followed, "version"))}</p>
            </Notice>
        }
    });
    let Groups { proposed, missing, satisfied, unchecked } = Groups::of(&closure);
    let nothing = closure.rows.is_empty().then(|| view! { <p class="muted">"They need no other package."</p> });
    let numbers = (proposed.len(), missing.len(), satisfied.len());
    let shown = StoredValue::new(closure);
    let current = Memo::new(move |_| needs.is_current(&shown.read_value()));
    let undecided = Memo::new(move |_| needs.decisions.read().undecided(&shown.read_value()).len());
    view! {
        <p class="page__about">{about}</p>
        <p class="plan__summary" aria-live="polite">
            {(numbers.2 > 0).then(|| view! { <Chip tone=Tone::Ok text=format!("{} satisfied", numbers.2) /> })}
            {(numbers.0 > 0).then(|| view! { <Chip tone=Tone::Info text=format!("{} proposed", numbers.0) /> })}
            {(numbers.1 > 0).then(|| view! { <Chip tone=Tone::Danger text=format!("{} missing", numbers.1) /> })}
            {move || match (current.get(), undecided.get()) {
                (false, _) => Some(view! { <Chip text="reading anew" /> }),
                (true, 0) => None,
                (true, number) => Some(view! { <Chip tone=Tone::Warn text=format!("{number} to decide") /> }),
            }}
        </p>
        {capped}
        {unread}
        {nothing}
        {(!missing.is_empty()).then(|| view! { <MissingRows rows=missing needs /> })}
        {(!proposed.is_empty()).then(|| view! { <ProposedRows rows=proposed needs /> })}
        {(!unchecked.is_empty()).then(|| view! { <UncheckedRows rows=unchecked /> })}
        {(!satisfied.is_empty()).then(|| view! { <SatisfiedRows rows=satisfied to /> })}
    }
}

/// Rows by what can be done about them.
#[derive(Debug, Default)]
struct Groups {
    proposed: Vec<ClosureRow>,
    missing: Vec<ClosureRow>,
    satisfied: Vec<ClosureRow>,
    unchecked: Vec<ClosureRow>,
}

impl Groups {
    /// What is required comes first.
    fn of(closure: &Closure) -> Self {
        use shared::closure::Answer;
        let mut groups = Self::default();
        for row in &closure.rows {
            let group = match &row.answer {
                Answer::Proposed(_) => &mut groups.proposed,
                Answer::Missing { .. } | Answer::Unreadable(_) => &mut groups.missing,
                Answer::Chosen(_) | Answer::InTarget { .. } | Answer::OnDemand { .. } => &mut groups.satisfied,
                Answer::NotResolved { .. } => &mut groups.unchecked,
            };
            group.push(row.clone());
        }
        groups.proposed.sort_by_key(|row| !row.required);
        groups.missing.sort_by_key(|row| !row.required);
        groups
    }
}
