//! What the record of changes is told: who asks for what, from the request itself; and what came of it.

use std::any::Any;

use serde::Serialize;
use serde_json::Value;
use shared::api::{CreateSession, Endpoint, Query};
use shared::history::{HistoryEntry, HistoryResult, records};
use shared::person::Person;
use shared::plan::Plan;
use shared::protection::{Protection, Protections};
use shared::run::Run;
use shared::status::{StatusOutcome, StatusResult};

use crate::clock;
use crate::error::{Error, Result};
use crate::store::{Store, audit};

/// A request that is to be recorded: all of the row but what came of it.
#[derive(Debug, Clone)]
pub struct Asking(HistoryEntry);

impl Asking {
    /// Who asks for what; none for an endpoint that changes nothing. Names are taken from where the types of the API
    /// have them, and nothing else is: a policy or a tag may hold what is nobody's business here.
    pub fn of<E: Endpoint>(
        by: &Person,
        path: &impl Serialize,
        query: &E::Query,
        body: &impl Serialize,
    ) -> Option<Self> {
        if !records(E::NAME, E::METHOD) {
            return None;
        }
        // What came in as JSON goes out as JSON; what did not has no names.
        let (path, body) = (serde_json::to_value(path), serde_json::to_value(body));
        let (path, body) = (path.unwrap_or_default(), body.unwrap_or_default());
        let query = query.pairs();
        let text = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
        let asked = |key: &str| query.iter().find(|(known, _)| *known == key).map(|(_, value)| value.clone());
        let mut entry = HistoryEntry::by(by);
        entry.action = E::NAME.to_owned();
        entry.connection = text(&path, "connection");
        entry.domain = text(&path, "domain");
        entry.repository = text(&path, "repository").or_else(|| text(&body, "to"));
        entry.source = text(&body, "from");
        // What is made has its name in the body.
        let place = if entry.domain.is_none() { &mut entry.domain } else { &mut entry.repository };
        *place = place.take().or_else(|| text(&body, "name"));
        let package = body.get("package").unwrap_or(&Value::Null);
        entry.namespace = text(package, "namespace").or_else(|| asked("namespace"));
        entry.package = text(package, "name").or_else(|| asked("package"));
        // Only the query of a generic file leaves the format out.
        let generic = entry.package.as_ref().map(|_| "generic".to_owned());
        entry.format = text(package, "format").or_else(|| asked("format")).or(generic);
        entry.version = text(&body, "version").or_else(|| asked("version"));
        entry.plan = text(&path, "plan");
        entry.run = text(&path, "run");
        entry.reason = text(&body, "reason").map(|reason| reason.trim().to_owned());
        entry.detail = ["step", "registry", "action", "how"].iter().find_map(|key| text(&body, key));
        Some(Self(entry))
    }

    /// Somebody who wants to come in.
    pub fn sign_in(person: &Person) -> Self {
        Self(HistoryEntry { action: CreateSession::NAME.to_owned(), ..HistoryEntry::by(person) })
    }
}

/// A run that was asked for.
#[derive(Debug)]
pub struct Begun {
    /// The run.
    pub run: Run,
    /// It did not stand in the journal before, or it goes another way now.
    pub is_new: bool,
}

/// A change under way, whose intent is on the disk.
#[derive(Debug)]
pub struct Change {
    store: Store,
    intent: String,
    entry: HistoryEntry,
}

impl Change {
    /// Writes the intent.
    ///
    /// # Errors
    /// `Unavailable` when it cannot be written: nothing has been done, and nothing may be.
    pub async fn begin(store: Store, Asking(mut entry): Asking) -> Result<Self> {
        entry.at = clock::seconds();
        let intent = audit::intend(&store, &entry).await.map_err(|error| Error {
            message: format!("{} Nothing was changed: what cannot be recorded is not done.", error.message),
            ..error
        })?;
        Ok(Self { store, intent, entry })
    }

    /// Writes what came of it, and only then gives the answer on.
    ///
    /// # Errors
    /// That of the change itself; or `Unavailable` when it was done and its row cannot be written.
    pub async fn end<T: Any>(self, result: Result<T>, request_id: Option<String>) -> Result<T> {
        let mut entry = self.entry;
        entry.at = clock::seconds();
        entry.request_id = request_id;
        let rows = rows(entry, &result);
        match (result, audit::settle(&self.store, &self.intent, &rows).await) {
            (result, Ok(())) => result,
            (Ok(_), Err(error)) => Err(Error {
                message: format!("What was asked is done, but the record of it is not written yet. {}", error.message),
                ..error
            }),
            (Err(told), Err(error)) => {
                tracing::error!(error = ?error.chain(), "a refusal is not in the record");
                Err(told)
            }
        }
    }
}

/// One row; or one for each version, where there are many with a result of their own.
fn rows<T: Any>(mut entry: HistoryEntry, result: &Result<T>) -> Vec<HistoryEntry> {
    let done = match result {
        Ok(done) => done as &dyn Any,
        Err(error) => {
            let open = error.kind.is_doubtful();
            entry.result = if open { HistoryResult::Unknown } else { HistoryResult::Refused };
            entry.request_id = error.request_id.clone().or(entry.request_id);
            say(&mut entry, &error.message);
            return vec![entry];
        }
    };
    if let Some(outcome) = done.downcast_ref::<StatusOutcome>() {
        outcome.rows.iter().map(|row| of_status(&entry, row)).collect()
    } else if let Some(plan) = done.downcast_ref::<Plan>() {
        entry.plan = Some(plan.id.to_string());
        entry.result = HistoryResult::Done;
        vec![entry]
    } else if let Some(begun) = done.downcast_ref::<Begun>() {
        vec![of_run(entry, begun)]
    } else {
        if let Some(protections) = done.downcast_ref::<Protections>() {
            let told = |one: &Protection| format!("{}: {}", one.pattern, one.words());
            let list: Vec<_> = protections.list.iter().map(told).collect();
            say(&mut entry, if list.is_empty() { "none".to_owned() } else { list.join(" | ") }.as_str());
        }
        entry.result = HistoryResult::Done;
        vec![entry]
    }
}

fn of_run(mut entry: HistoryEntry, begun: &Begun) -> HistoryEntry {
    let run = &begun.run.summary;
    entry.run = Some(run.id.to_string());
    (entry.source, entry.repository) = (Some(run.from.to_string()), Some(run.to.to_string()));
    entry.result = if begun.is_new { HistoryResult::Done } else { HistoryResult::Same };
    entry
}

fn of_status(entry: &HistoryEntry, row: &shared::status::StatusRow) -> HistoryEntry {
    let version = Some(row.version.to_string());
    let mut entry = HistoryEntry { version, request_id: row.request_id.clone(), ..entry.clone() };
    match &row.result {
        StatusResult::Done => entry.result = HistoryResult::Done,
        StatusResult::Refused { message, .. } => refuse(&mut entry, message),
        StatusResult::Failed(problem) => refuse(&mut entry, &problem.message),
        StatusResult::Unknown(problem) => say(&mut entry, &problem.message),
    }
    entry
}

fn refuse(entry: &mut HistoryEntry, why: &str) {
    entry.result = HistoryResult::Refused;
    say(entry, why);
}

/// Adds to what is told already, such as the step that was asked for.
fn say(entry: &mut HistoryEntry, more: &str) {
    entry.detail = Some(entry.detail.take().map_or_else(|| more.to_owned(), |detail| format!("{detail}: {more}")));
}
