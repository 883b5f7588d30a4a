//! The record of changes: any single change of what stands there is found.

use headwater::store::Store;
use headwater::store::audit::{self, Head, HistoryFilter};
use proptest::prelude::*;
use shared::history::{HistoryEntry, HistoryResult};
use shared::person::Person;

use crate::place::Folder;

/// A row with something in every column, also what people might do to confuse a reader.
pub fn entry(number: usize) -> HistoryEntry {
    let some = |text: &str| Some(format!("{text}{number}"));
    HistoryEntry {
        at: 1_790_000_000.25 + number as f64,
        action: "CreatePromotion".to_owned(),
        connection: some("aws"),
        domain: some("acme"),
        repository: some("production"),
        source: some("staging"),
        format: some("npm"),
        namespace: some("acme"),
        package: some("ui"),
        version: some("1.4."),
        plan: None,
        run: some(""),
        reason: some("=cmd|' /C calc'!A1\u{1b}[31m\r\n\"é🦀\","),
        result: HistoryResult::Done,
        detail: None,
        request_id: some("request-"),
        ..HistoryEntry::by(&Person::local())
    }
}

/// Adds rows.
pub async fn fill(store: &Store, rows: usize) {
    for number in 1..=rows {
        let mut writing = store.write().await.unwrap();
        audit::append(&mut writing, &entry(number)).await.unwrap();
        writing.commit().await.unwrap();
    }
}

/// The columns, and whether they hold text.
const COLUMNS: [&str; 20] = [
    "seq",
    "at",
    "person",
    "person_name",
    "action",
    "connection",
    "domain",
    "repository",
    "source",
    "format",
    "namespace",
    "package",
    "version",
    "plan",
    "run",
    "reason",
    "result",
    "detail",
    "request_id",
    "hash",
];

/// What somebody who owns the file could do to one row.
#[derive(Debug, Clone)]
enum Tampering {
    Change(usize, i64),
    Empty(usize, i64),
    Delete(i64),
    Swap(i64, i64),
    Copy(i64),
}

const ROWS: i64 = 8;

fn tampering() -> impl Strategy<Value = Tampering> {
    let row = 1..=ROWS;
    prop_oneof![
        4 => (0..COLUMNS.len(), row.clone()).prop_map(|(column, row)| Tampering::Change(column, row)),
        4 => (0..COLUMNS.len(), row.clone()).prop_map(|(column, row)| Tampering::Empty(column, row)),
        1 => row.clone().prop_map(Tampering::Delete),
        1 => (row.clone(), 1..ROWS).prop_map(|(one, by)| Tampering::Swap(one, (one + by - 1) % ROWS + 1)),
        1 => row.prop_map(Tampering::Copy),
    ]
}

impl Tampering {
    /// As SQL; nothing where it would change nothing.
    fn sql(&self) -> String {
        match *self {
            Self::Change(column, row) => match COLUMNS[column] {
                name @ ("seq" | "at") => {
                    format!("UPDATE audit SET {name} = {name} + 0.5 + 0.5 * {ROWS} WHERE seq = {row}")
                }
                "result" => format!("UPDATE audit SET result = 'refused' WHERE seq = {row}"),
                name => format!("UPDATE audit SET {name} = coalesce({name}, '') || 'x' WHERE seq = {row}"),
            },
            Self::Empty(column, row) => {
                // What may not be nothing becomes an empty text; what is nothing becomes one as well.
                let name = COLUMNS[column];
                let value = if ["plan", "detail"].contains(&name) { "''" } else { "NULL" };
                let value = if nothing_is_refused(name) { "''" } else { value };
                format!("UPDATE OR IGNORE audit SET {name} = {value} WHERE seq = {row}")
            }
            Self::Delete(row) => format!("DELETE FROM audit WHERE seq = {row}"),
            Self::Swap(one, other) => format!(
                "UPDATE audit SET seq = -1 WHERE seq = {one}; UPDATE audit SET seq = {one} WHERE seq = {other}; \
                 UPDATE audit SET seq = {other} WHERE seq = -1"
            ),
            Self::Copy(row) => {
                let columns = COLUMNS[1..].join(", ");
                format!("INSERT INTO audit (seq, {columns}) SELECT {ROWS} + 1, {columns} FROM audit WHERE seq = {row}")
            }
        }
    }
}

fn nothing_is_refused(column: &str) -> bool {
    ["at", "person", "person_name", "action", "result", "hash"].contains(&column)
}

#[test]
fn any_single_change_of_any_row_is_found() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut runner = proptest::test_runner::TestRunner::default();
    runner
        .run(&tampering(), |tampering| {
            let verdict = runtime.block_on(async {
                let store = Store::in_memory().await.unwrap();
                fill(&store, ROWS as usize).await;
                let kept = audit::verify(&store, None).await.unwrap().unwrap();
                assert_eq!(kept.seq, ROWS);
                let changed = tamper(&store, &tampering.sql()).await;
                changed.then_some(audit::verify(&store, Some(&kept)).await)
            });
            match verdict {
                Some(Ok(Ok(head))) => Err(TestCaseError::fail(format!("{tampering:?} was not found: {head:?}"))),
                // It was refused by the table itself; or found, also as what cannot be read at all.
                None | Some(_) => Ok(()),
            }
        })
        .unwrap();
}

/// Runs SQL behind the store's back, and says whether it was let through.
async fn tamper(store: &Store, sql: &str) -> bool {
    let mut connection = store.connection().await.unwrap();
    sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned())).execute(&mut *connection).await.is_ok()
}

#[tokio::test]
async fn rows_missing_at_the_end_and_a_record_written_anew_need_an_end_kept_elsewhere() {
    let store = Store::in_memory().await.unwrap();
    fill(&store, 3).await;
    let kept = audit::head(&store).await.unwrap();
    tamper(&store, "DELETE FROM audit WHERE seq = 3").await;
    assert_eq!(audit::verify(&store, None).await.unwrap().unwrap().seq, 2);
    assert_eq!(audit::verify(&store, Some(&kept)).await.unwrap().unwrap_err().seq, 3);

    tamper(&store, "DELETE FROM audit").await;
    for number in 11..=14 {
        let mut writing = store.write().await.unwrap();
        audit::append(&mut writing, &entry(number)).await.unwrap();
        writing.commit().await.unwrap();
    }
    assert!(audit::verify(&store, None).await.unwrap().is_ok());
    let broken = audit::verify(&store, Some(&kept)).await.unwrap().unwrap_err();
    assert_eq!(broken.seq, 3);
}

#[tokio::test]
async fn a_row_that_is_not_committed_leaves_no_gap() {
    let store = Store::in_memory().await.unwrap();
    fill(&store, 1).await;
    let mut writing = store.write().await.unwrap();
    audit::append(&mut writing, &entry(2)).await.unwrap();
    drop(writing);
    fill(&store, 1).await;
    assert_eq!(audit::verify(&store, None).await.unwrap().unwrap().seq, 2);
}

#[tokio::test]
async fn what_a_server_left_open_is_told_as_unknown_when_it_starts_again() {
    let folder = Folder::new();
    let store = folder.open().await.unwrap();
    let intent = audit::intend(&store, &entry(1)).await.unwrap();
    audit::settle(&store, &intent, &[entry(1)]).await.unwrap();
    audit::intend(&store, &entry(2)).await.unwrap();
    store.close().await;

    let store = folder.open().await.unwrap();
    assert_eq!(audit::settle_left(&store, 0.0).await.unwrap(), 1);
    assert_eq!(audit::settle_left(&store, 0.0).await.unwrap(), 0);
    let rows = audit::newest(&store, &HistoryFilter::default(), 10).await.unwrap();
    assert_eq!(
        rows.iter().map(|row| row.entry.result).collect::<Vec<_>>(),
        [HistoryResult::Unknown, HistoryResult::Done]
    );
    assert!(rows[0].entry.detail.as_ref().unwrap().contains("ended in the middle"));
}

#[tokio::test]
async fn the_first_hash_is_what_it_always_was() {
    // Whoever changes how rows are hashed makes every record that is there look broken.
    let store = Store::in_memory().await.unwrap();
    fill(&store, 1).await;
    let head = audit::head(&store).await.unwrap();
    assert_eq!(
        head,
        Head { seq: 1, hash: "760584f8544c7e6ca1e94496299fcfe4f7a668d8c21eaed950e57ff7318307e4".to_owned() }
    );
}
