//! Who may do what, and why: a question, and the answer with the statements that decide.

use std::sync::Arc;

use leptos::prelude::*;
use shared::api::RepositoryPath;
use shared::names::RepositoryName;
use shared::permission::Policy as Kept;
use shared::policy::arn::Home;
use shared::policy::explain::{Context, Explanation, Policies, Request, capital, explain_operation};
use shared::policy::{Finding, Level, Policy};

mod form;
mod question;
mod verdict;

use form::Form;
use question::Question;
use verdict::Verdict;

use super::holder::Holder;
use super::layout::for_editing;
use super::places::Places;
use crate::api::{Reading, Reads};
use crate::navigation::Navigation;
use crate::parts::DomainData;
use crate::place::{ExplainPlace, Place};
use crate::ui::SkeletonRows;

/// What is asked about. The address keeps action and resource; who asks and what is pasted stay in the page.
#[derive(Clone, Copy)]
pub struct Asking {
    place: Memo<ExplainPlace>,
    navigation: Navigation,
    /// Where the domain lives.
    pub home: Memo<Option<Home>>,
    /// The ARN of whoever asks.
    pub principal: RwSignal<String>,
    /// The policy of whoever asks; empty for none.
    pub identity: RwSignal<String>,
    /// A permissions boundary; empty for none.
    pub boundary: RwSignal<String>,
    /// Further keys of the request, one a line.
    pub context: RwSignal<String>,
}

impl Asking {
    fn new() -> Self {
        let (navigation, data) = (expect_context::<Navigation>(), expect_context::<DomainData>());
        let place = Memo::new(move |before: Option<&ExplainPlace>| match &*navigation.place().read() {
            Some(Place::ExplainAccess(place)) => place.clone(),
            // The place is leaving this page.
            _ => before.cloned().unwrap_or_else(|| ExplainPlace::new(data.path())),
        });
        let text = || RwSignal::new(String::new());
        let home = Memo::new(move |_| Home::of_domain(&data.map.read().as_ref()?.domain.arn));
        Self { place, navigation, home, principal: text(), identity: text(), boundary: text(), context: text() }
    }

    /// The place that is asked about. Tracked.
    pub fn place(self) -> ExplainPlace {
        self.place.get()
    }

    /// Asks about something else.
    pub fn change(self, change: impl FnOnce(&mut ExplainPlace)) {
        let mut place = self.place.get_untracked();
        change(&mut place);
        self.navigation.replace(&Place::ExplainAccess(place));
    }

    /// What is asked, or what is missing yet. Tracked.
    fn question(self) -> Result<Question, String> {
        let home = self.home.get().ok_or("The domain is still being read.")?;
        Question::of(&self.principal.read(), &self.place.read(), &home)
    }
}

/// The answer to what is asked now.
#[derive(Clone, PartialEq)]
pub struct Answer {
    /// The policies that were asked.
    pub policies: Policies,
    /// The decision on the action, and on what it asks besides.
    pub decisions: Vec<(Request, Explanation)>,
}

/// Asks, and tells.
#[component]
pub fn ExplainPage() -> impl IntoView {
    let data = expect_context::<DomainData>();
    let reads = expect_context::<Reads>();
    let asking = Asking::new();
    let known = Memo::new(move |_| data.map.read().is_some());
    let of_domain = Holder::Domain(data.path()).reading(reads);
    let named = Memo::new(move |_| asking.question().ok().and_then(|question| question.repository));
    // A reading of its own for each repository: the policy of one never answers for another.
    let of_repository = Memo::new_with_compare(
        move |_| {
            let (domain, repository) = (data.path(), named.get()?);
            let path = RepositoryPath { connection: domain.connection, domain: domain.domain, repository };
            Some(Holder::Repository(path).reading(reads))
        },
        |_, _| true,
    );
    let answer = Memo::new(move |_| {
        let question = asking.question()?;
        let administrator = question.repository.as_ref().and_then(|name| administrator(data, name));
        let domain = told(Some(of_domain), "the domain")?;
        let repository = match &question.repository {
            Some(name) => Some(told(of_repository.get(), name.as_str())?),
            None => None,
        };
        let policies = Policies {
            identity: pasted(&asking.identity.read(), "identity policy")?.into_iter().collect(),
            boundary: pasted(&asking.boundary.read(), "permissions boundary")?,
            session: None,
            domain: kept(&domain, Level::Domain)?,
            repository: repository.map_or(Ok(None), |policy| kept(&policy, Level::Repository))?,
        };
        let context = Context::parse_lines(&asking.context.read())?;
        let Question { principal, action, resource, .. } = question;
        let request = Request { principal, action, resource, administrator, context };
        let decisions = explain_operation(&request, &policies);
        Ok::<_, String>(Answer { policies, decisions })
    });
    let problem = move || {
        let of_domain = of_domain.problem().get();
        of_domain.or_else(|| of_repository.get().and_then(|reading| reading.problem().get()))
    };
    view! {
        <div class="domain__page access">
            <header class="page-head">
                <h1>"Who may do what"</h1>
                <p class="page__about">
                    "What AWS decides on a request, by which statement, and what would have to change. The policies of the domain and its repositories are read; those of IAM are pasted, and stay in this page."
                </p>
            </header>
            <Places />
            {move || match known.get() {
                false => view! { <SkeletonRows rows=8 what="the repositories" /> }.into_any(),
                true => view! {
                    <div class="explain">
                        <Form asking />
                        <Verdict asking answer problem=Signal::derive(problem) />
                    </div>
                }
                .into_any(),
            }}
        </div>
    }
}

fn administrator(data: DomainData, name: &RepositoryName) -> Option<shared::names::AccountId> {
    let map = data.map.read();
    let repository = map.as_ref()?.repositories.iter().find(|one| &one.name == name)?;
    repository.administrator.clone()
}

/// The policy that was read, or why there is none to decide with: it is being read, or could not be. Tracked.
fn told(reading: Option<Reading<Option<Kept>>>, whose: &str) -> Result<Arc<Option<Kept>>, String> {
    let wait = || format!("The policy of {whose} is being read.");
    let reading = reading.ok_or_else(wait)?;
    reading.get().ok_or_else(|| match reading.problem().read().is_some() {
        true => format!("The policy of {whose} could not be read."),
        false => wait(),
    })
}

/// A pasted policy; none where nothing is pasted.
fn pasted(text: &str, what: &str) -> Result<Option<Policy>, String> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let first = |findings: Vec<Finding>| match findings.into_iter().next() {
        Some(one) => format!("The {what} cannot be read. Line {}, column {}: {}", one.line, one.column, one.message),
        None => format!("The {what} cannot be read."),
    };
    Policy::parse(text, Level::Identity).map(Some).map_err(first)
}

/// A policy that CodeArtifact keeps; none where there is none.
fn kept(policy: &Arc<Option<Kept>>, level: Level) -> Result<Option<Policy>, String> {
    let Some(policy) = policy.as_ref() else { return Ok(None) };
    // Laid out as in the editor, so that the lines that are told are those that are seen there.
    Policy::parse(&for_editing(&policy.document), level)
        .map(Some)
        .map_err(|_| format!("{} has something that this page cannot read.", capital(level.words())))
}
