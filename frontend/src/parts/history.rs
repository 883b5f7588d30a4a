//! Rows of the record, as they stand on the page of the record and on that of a version.

use leptos::prelude::*;
use shared::api::HistoryQuery;
use shared::history::{HistoryEntry, HistoryResult, ToldRow, action_words};
use shared::names::{PlanId, RepositoryName, RunId};
use shared::package::PackageKey;

use crate::parts::{DomainData, Name, Words};
use crate::place::{Held, Place};
use crate::ui::{Chip, Clock, CopyButton, Moment, Tone};

/// Rows of the record, in the order given.
#[component]
pub fn HistoryRows(
    rows: Vec<ToldRow>,
    /// Each says its day too: they do not stand under it.
    #[prop(optional)]
    days: bool,
) -> impl IntoView {
    let rows = rows.into_iter().map(|told| view! { <Row told days /> }).collect::<Vec<_>>();
    view! { <ol class="history__rows" class:history__rows--days=days>{rows}</ol> }
}

#[component]
fn Row(told: ToldRow, days: bool) -> impl IntoView {
    let data = expect_context::<DomainData>();
    let ToldRow { row, undone_by } = told;
    let entry = row.entry;
    let at = entry.at;
    let what = view! { <What entry=entry.clone() /> };
    let what = match undone_by.is_some() {
        true => view! { <s class="undone">{what}</s> }.into_any(),
        false => what.into_any(),
    };
    let undone = undone_by.map(|run| {
        view! { <span class="history__more">"Undone by "<a href=Place::run(&data.path(), &run).href()>"this run"</a></span> }
    });
    view! {
        <li class="history__row">
            <span class="history__when">
                {match days {
                    true => view! { <Moment at time=true /> }.into_any(),
                    false => view! { <Clock at /> }.into_any(),
                }}
            </span>
            <div class="history__body">
                <p class="history__what">{what}{undone}</p>
                {entry.reason.clone().filter(|reason| !reason.is_empty()).map(|reason| view! {
                    <p class="history__why">"Reason: "<Words text=reason /></p>
                })}
                {entry.detail.clone().map(|detail| view! { <p class="history__why"><Words text=detail /></p> })}
                <Facts entry=entry.clone() />
            </div>
            <span class="history__result"><ResultChip result=entry.result /></span>
        </li>
    }
}

#[component]
fn ResultChip(result: HistoryResult) -> impl IntoView {
    let tone = match result {
        HistoryResult::Done => Tone::Ok,
        HistoryResult::Same => Tone::Plain,
        HistoryResult::Refused => Tone::Danger,
        HistoryResult::Unknown => Tone::Warn,
    };
    view! { <Chip tone text=result.words() /> }
}

/// What was done, with what, and where.
#[component]
fn What(entry: HistoryEntry) -> impl IntoView {
    let action = action_words(&entry.action);
    // An undoing takes away where the promotion went to; nothing comes from anywhere.
    let from = entry.source.clone().filter(|_| !["CreateUndo", "UndoPromotion"].contains(&entry.action.as_str()));
    let whole = entry.repository.is_none() && entry.package.is_none();
    view! {
        <strong>{action}</strong>
        {entry.package.is_some().then(|| view! { " "<Thing entry=entry.clone() /> })}
        {match (from, entry.repository.clone()) {
            (Some(from), Some(to)) => view! { " from "<Repository name=from />" to "<Repository name=to /> }.into_any(),
            (None, Some(one)) => view! { " in "<Repository name=one /> }.into_any(),
            (_, None) => ().into_any(),
        }}
        {entry.domain.clone().filter(|_| whole).map(|domain| view! { " in "<Name text=domain /> })}
    }
}

/// A package, or a version of it. Names are as they were: what is no name any more is told without a link.
#[component]
fn Thing(entry: HistoryEntry) -> impl IntoView {
    let data = expect_context::<DomainData>();
    let name = entry.package.clone().unwrap_or_default();
    let key = package(&entry);
    let full = key.as_ref().map_or(name, PackageKey::full_name);
    let version = entry.version.clone();
    let held = entry.repository.as_ref().zip(version.as_ref()).and_then(|(repository, version)| {
        Some(Held { repository: repository.parse().ok()?, version: version.parse().ok()? })
    });
    let text = view! { <Name text=full />{version.map(|version| view! { " "<Name text=version /> })} };
    match key {
        Some(key) => view! { <a href=Place::package(&data.path(), &key, held).href()>{text}</a> }.into_any(),
        None => text.into_any(),
    }
}

fn package(entry: &HistoryEntry) -> Option<PackageKey> {
    Some(PackageKey {
        format: entry.format.as_deref()?.parse().ok()?,
        namespace: entry.namespace.as_deref().map(str::parse).transpose().ok()?,
        name: entry.package.as_deref()?.parse().ok()?,
    })
}

#[component]
fn Repository(name: String) -> impl IntoView {
    let data = expect_context::<DomainData>();
    match name.parse::<RepositoryName>() {
        Ok(parsed) => {
            view! { <a href=Place::repository(&data.path(), &parsed).href()><Name text=name /></a> }.into_any()
        }
        Err(_) => view! { <Name text=name /> }.into_any(),
    }
}

/// Who, by which run and plan, and AWS's id of the call.
#[component]
fn Facts(entry: HistoryEntry) -> impl IntoView {
    let data = expect_context::<DomainData>();
    let by = HistoryQuery { person: Some(entry.person.clone()), ..HistoryQuery::default() };
    let run = entry.run.as_deref().and_then(|id| id.parse::<RunId>().ok());
    let plan = entry.plan.as_deref().and_then(|id| id.parse::<PlanId>().ok());
    view! {
        <p class="history__facts">
            <a href=Place::history(&data.path(), by).href()><Words text=entry.person_name /></a>
            {run.map(|run| view! { <a href=Place::run(&data.path(), &run).href()>"Run"</a> })}
            {plan.map(|plan| view! { <a href=Place::plan(&data.path(), &plan).href()>"Plan"</a> })}
            {entry.request_id.map(|id| view! {
                <span class="history__request">"AWS request "<code title=id.clone()>{id.clone()}</code><CopyButton text=id what="request id" /></span>
            })}
        </p>
    }
}
