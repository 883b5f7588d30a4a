//! The record of changes as the page reads it: filtered, page by page, as files, checked.

use shared::api::{
    CreateUndo, DescribeVersion, ExportHistory, HistoryExportQuery, HistoryQuery, ListHistory, UpdateRepository,
    VerifyHistory,
};
use shared::history::{Day, HistoryEntry, HistoryFormat, HistoryPage, HistoryResult, HistoryRow};
use shared::promotion::VersionChoice;
use shared::repository::DescribedAnew;
use shared::run::Run;
use shared::undo::{NewUndo, UndoHow};

use crate::support::runs::run_path;
use crate::support::{TestApp, domain, npm, npm_version, repository};
use headwater::store::audit;

async fn history(app: &TestApp, query: HistoryQuery) -> HistoryPage {
    app.get(ListHistory, &domain(), &query, &()).await
}

/// Actions and versions, newest first.
fn told(page: &HistoryPage) -> Vec<(&str, &str)> {
    let entries = page.rows.iter().map(|told| &told.row.entry);
    entries.map(|entry| (entry.action.as_str(), entry.version.as_deref().unwrap_or_default())).collect()
}

/// Adds rows to the record as somebody's changes would.
async fn fill(app: &TestApp, entries: impl IntoIterator<Item = HistoryEntry>) {
    let mut writing = app.state.store.write().await.unwrap();
    for entry in entries {
        audit::append(&mut writing, &entry).await.unwrap();
    }
    writing.commit().await.unwrap();
}

fn entry(version: &str) -> HistoryEntry {
    let some = |text: &str| Some(text.to_owned());
    HistoryEntry {
        at: 1_790_000_000.0,
        person: "ann".into(),
        person_name: "Ann 100%".into(),
        action: "ChangeStatuses".into(),
        connection: some("demo"),
        domain: some("acme"),
        repository: some("team-dev"),
        format: some("npm"),
        package: some("ui"),
        version: some(version),
        result: HistoryResult::Done,
        ..HistoryEntry::default()
    }
}

async fn undo(app: &TestApp, run: &Run) -> Run {
    let new = NewUndo { how: UndoHow::Delete, reason: "too early".into() };
    let undone = app.get(CreateUndo, &run_path(&run.summary.id), &(), &new).await;
    app.ended(&undone.summary.id).await
}

#[tokio::test]
async fn a_promotion_and_its_undoing_are_told_and_what_was_undone_says_by_which_run() {
    let app = TestApp::acme().await;
    let run = app.promote("production", &["@acme/ui@1.4.0", "@acme/ui@1.3.2"]).await;
    let undoing = undo(&app, &run).await;
    let page = history(&app, HistoryQuery::default()).await;
    let undone: Vec<_> = page.rows.iter().map(|told| (told.row.entry.result, told.undone_by.clone())).collect();
    let by = Some(undoing.summary.id.clone());
    // 1.3.2 was there before, and the undoing has left it.
    assert_eq!(undone.iter().filter(|row| **row == (HistoryResult::Done, by.clone())).count(), 1, "{page:?}");
    assert!(page.rows.iter().any(|told| told.row.entry.action == "UndoPromotion"));
    assert!(!page.more);
    assert_eq!(page.end.seq, page.rows[0].row.seq);
    let only = |query| history(&app, query);
    let of_run = only(HistoryQuery { run: Some(run.summary.id.clone()), ..HistoryQuery::default() }).await;
    let mut actions = told(&of_run);
    actions.sort_unstable();
    assert_eq!(actions, [("CreatePromotion", "1.3.2"), ("CreatePromotion", "1.4.0"), ("CreateRun", "")]);
    assert!(of_run.rows.iter().all(|told| told.row.entry.reason.as_deref() == Some("release")));
    let of_plan = HistoryQuery {
        plan: of_run.rows[0].row.entry.plan.as_ref().map(|id| id.parse().unwrap()),
        ..HistoryQuery::default()
    };
    let of_plan = only(of_plan).await;
    assert_eq!(of_plan.rows[..3], of_run.rows);
    assert_eq!(told(&of_plan)[3..], [("CreatePlan", "")]);
    let version = VersionChoice { package: npm("@acme/ui"), version: "1.4.0".parse().unwrap() };
    let life = only(HistoryQuery::of_version(&version)).await;
    assert_eq!(told(&life), [("UndoPromotion", "1.4.0"), ("CreatePromotion", "1.4.0")]);
}

#[tokio::test]
async fn rows_are_narrowed_by_what_the_page_offers() {
    let app = TestApp::acme().await;
    let other = |change: fn(&mut HistoryEntry)| {
        let mut entry = entry("3.0.0");
        change(&mut entry);
        entry
    };
    let rows = [
        entry("1.0.0"),
        other(|entry| entry.namespace = Some("acme".into())),
        other(|entry| entry.at = 1_780_000_000.0),
        other(|entry| entry.result = HistoryResult::Refused),
        other(|entry| entry.person_name = "Bob".into()),
        other(|entry| entry.domain = Some("other".into())),
        other(|entry| entry.source = Some("staging".into())),
    ];
    fill(&app, rows).await;
    let seqs =
        async |query: HistoryQuery| history(&app, query).await.rows.iter().map(|told| told.row.seq).collect::<Vec<_>>();
    let all = HistoryQuery::default;
    assert_eq!(seqs(all()).await, [7, 5, 4, 3, 2, 1], "of this domain");
    let ui = VersionChoice { package: npm("ui"), version: "3.0.0".parse().unwrap() };
    assert_eq!(seqs(HistoryQuery::of_version(&ui)).await, [7, 5, 4, 3], "without a namespace");
    let by_name = HistoryQuery { package: Some("ui".parse().unwrap()), ..all() };
    assert_eq!(seqs(by_name).await, [7, 5, 4, 3, 2, 1]);
    assert_eq!(seqs(HistoryQuery { repository: Some("staging".parse().unwrap()), ..all() }).await, [7]);
    assert_eq!(seqs(HistoryQuery { result: Some(HistoryResult::Refused), ..all() }).await, [4]);
    assert_eq!(seqs(HistoryQuery { person: Some("bo".into()), ..all() }).await, [5]);
    assert_eq!(seqs(HistoryQuery { person: Some("0%".into()), ..all() }).await, [7, 4, 3, 2, 1]);
    assert_eq!(seqs(HistoryQuery { person: Some("A%n".into()), ..all() }).await, [0_i64; 0]);
    assert_eq!(seqs(HistoryQuery { action: Some("ChangeStatus".into()), ..all() }).await.len(), 6);
    assert_eq!(seqs(HistoryQuery { action: Some("SetUpstreams".into()), ..all() }).await.len(), 0);
    // 1,780,000,000 is in the evening of 28 May 2026.
    let day: Day = "2026-05-28".parse().unwrap();
    assert_eq!(seqs(HistoryQuery { from: Some(day.clone()), to: Some(day), ..all() }).await, [3]);
    assert_eq!(seqs(HistoryQuery { before: Some(3), ..all() }).await, [2, 1]);
}

#[tokio::test]
async fn ten_thousand_rows_are_read_page_by_page_and_exported_whole() {
    let app = TestApp::acme().await;
    fill(&app, (0..10_000).map(|number| entry(&format!("1.0.{number}")))).await;
    let (mut before, mut pages, mut rows) = (None, 0, 0);
    loop {
        let page = history(&app, HistoryQuery { before, ..HistoryQuery::default() }).await;
        before = page.rows.last().map(|told| told.row.seq);
        (pages, rows) = (pages + 1, rows + page.rows.len());
        if !page.more {
            break;
        }
    }
    assert_eq!((pages, rows), (100, 10_000));
    let query = HistoryExportQuery { kind: HistoryFormat::Jsonl, rows: HistoryQuery::default() };
    let answer = app.ask(ExportHistory, &domain(), &query, &()).await;
    assert_eq!(answer.headers["content-disposition"], "attachment; filename=\"history-acme.jsonl\"");
    let read: Vec<HistoryRow> = answer.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(read.iter().map(|row| row.seq).collect::<Vec<_>>(), (1..=10_000).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_file_for_spreadsheets_has_its_header_and_no_formula() {
    let app = TestApp::acme().await;
    let mut formula = entry("1.0.0");
    formula.reason = Some("=HYPERLINK(\"http://example\")".into());
    fill(&app, [formula, entry("2.0.0")]).await;
    let rows = HistoryQuery { version: Some("1.0.0".parse().unwrap()), ..HistoryQuery::default() };
    let ask = async |rows| {
        let query = HistoryExportQuery { kind: HistoryFormat::Csv, rows };
        let answer = app.ask(ExportHistory, &domain(), &query, &()).await;
        assert_eq!(answer.headers["content-type"], "text/csv; charset=utf-8");
        answer.text()
    };
    let text = ask(rows.clone()).await;
    assert!(text.starts_with("seq,at,person,") && text.contains(",\"'=HYPERLINK"), "{text}");
    assert_eq!(text.lines().count(), 2);
    let none = HistoryQuery { version: Some("9.9.9".parse().unwrap()), ..rows };
    assert_eq!(ask(none).await.lines().count(), 1);
}

#[tokio::test]
async fn the_chain_can_be_walked_from_the_page_and_names_the_first_wrong_row() {
    let app = TestApp::acme().await;
    let anew = DescribedAnew { description: "In other words".parse().unwrap() };
    app.get(UpdateRepository, &repository("team-data"), &(), &anew).await;
    fill(&app, [entry("1.0.0")]).await;
    let check = app.get(VerifyHistory, &(), &(), &()).await;
    assert_eq!((check.end.map(|end| end.seq), check.wrong), (Some(2), None));
    let mut connection = app.state.store.connection().await.unwrap();
    sqlx::query("UPDATE audit SET reason = 'another' WHERE seq = 2").execute(&mut *connection).await.unwrap();
    drop(connection);
    let check = app.get(VerifyHistory, &(), &(), &()).await;
    assert_eq!((check.end, check.wrong.map(|wrong| wrong.seq)), (None, Some(2)));
}

#[tokio::test]
async fn the_record_needs_nothing_of_aws() {
    let app = TestApp::acme().await;
    app.faults.forget();
    history(&app, HistoryQuery::default()).await;
    assert!(app.faults.seen("").is_empty());
    // So that the list above is known to see calls at all.
    app.get(DescribeVersion, &repository("team-dev"), &npm_version("@acme/ui", "1.4.0"), &()).await;
    assert!(!app.faults.seen("").is_empty());
}
