//! The same on SQLite and on PostgreSQL.

use headwater::store::audit::{self, HistoryFilter};
use headwater::store::{Engine, Store};
use http::StatusCode;
use shared::history::HistoryResult;

use crate::approvals::{
    nobody_has_two_votes_and_a_no_replaces_a_yes, of_two_who_change_protections_at_once_one_is_refused,
    protections_are_replaced_only_by_who_saw_them,
};
use crate::audit::{entry, fill};
use crate::blocks::{a_version_is_blocked_once_and_in_its_own_domain, of_two_who_block_at_once_one_is_refused};
use crate::inventories::{
    a_repository_is_read_back_as_it_was_at_each_recorded_time, an_older_reading_does_not_replace_a_later_one,
    readers_at_once_leave_one_truth,
};
use crate::place::Folder;
use crate::postgres::Postgres;

/// Runs the same test on both databases.
macro_rules! on_both {
    ($($name:ident)*) => {
        mod sqlite {
            $(#[tokio::test]
            async fn $name() {
                let folder = super::Folder::new();
                super::$name(folder.open().await.unwrap()).await;
            })*
        }

        /// One server for all: making a cluster takes longer than any of the tests.
        #[tokio::test]
        async fn postgres_does_the_same() {
            let postgres = Postgres::start().await;
            $({
                let store = postgres.open().await.unwrap();
                assert_eq!(store.engine(), Engine::Postgres);
                clear(&store).await;
                $name(store).await;
            })*
        }
    };
}

on_both! {
    what_is_not_committed_leaves_no_gap
    rows_are_chosen_by_place_person_and_time
    what_was_left_open_is_told_as_unknown
    many_writers_make_one_chain
    a_changed_row_is_found
    the_database_knows_the_time
    protections_are_replaced_only_by_who_saw_them
    of_two_who_change_protections_at_once_one_is_refused
    nobody_has_two_votes_and_a_no_replaces_a_yes
    a_version_is_blocked_once_and_in_its_own_domain
    of_two_who_block_at_once_one_is_refused
    a_repository_is_read_back_as_it_was_at_each_recorded_time
    an_older_reading_does_not_replace_a_later_one
    readers_at_once_leave_one_truth
}

async fn clear(store: &Store) {
    let mut connection = store.connection().await.unwrap();
    let tables = "DELETE FROM audit; DELETE FROM audit_intent; DELETE FROM protection; DELETE FROM approval; DELETE FROM block; \
         DELETE FROM inventory; DELETE FROM inventory_state; DELETE FROM inventory_package";
    sqlx::raw_sql(tables).execute(&mut *connection).await.unwrap();
}

async fn what_is_not_committed_leaves_no_gap(store: Store) {
    fill(&store, 1).await;
    let mut writing = store.write().await.unwrap();
    audit::append(&mut writing, &entry(2)).await.unwrap();
    drop(writing);
    fill(&store, 2).await;
    assert_eq!(audit::verify(&store, None).await.unwrap().unwrap().seq, 3);
}

async fn rows_are_chosen_by_place_person_and_time(store: Store) {
    fill(&store, 5).await;
    let some = |text: &str| Some(text.to_owned());
    let chosen = async |filter: HistoryFilter| {
        audit::newest(&store, &filter, 10).await.unwrap().iter().map(|row| row.seq).collect::<Vec<_>>()
    };
    let all = HistoryFilter::default();
    assert_eq!(chosen(all.clone()).await, [5, 4, 3, 2, 1]);
    assert_eq!(chosen(HistoryFilter { domain: some("acme2"), ..all.clone() }).await, [2]);
    assert_eq!(chosen(HistoryFilter { repository: some("production3"), ..all.clone() }).await, [3]);
    assert_eq!(chosen(HistoryFilter { repository: some("staging3"), ..all.clone() }).await, [3]);
    assert_eq!(chosen(HistoryFilter { package: some("ui4"), version: some("1.4.4"), ..all.clone() }).await, [4]);
    assert_eq!(chosen(HistoryFilter { person: some("somebody"), ..all.clone() }).await, [0_i64; 0]);
    assert_eq!(chosen(HistoryFilter { person: some("THIS MACHINE"), ..all.clone() }).await, [5, 4, 3, 2, 1]);
    assert_eq!(chosen(HistoryFilter { person: some("%_!"), ..all.clone() }).await, [0_i64; 0]);
    let namespace = |text| HistoryFilter { package: some("ui2"), namespace: some(text), ..HistoryFilter::default() };
    assert_eq!((chosen(namespace("acme2")).await, chosen(namespace("")).await), (vec![2], vec![]));
    let action = |one, other: Option<&str>| HistoryFilter {
        action: some(one),
        or_action: other.map(str::to_owned),
        ..HistoryFilter::default()
    };
    assert_eq!(chosen(action("Later", Some("CreatePromotion"))).await.len(), 5);
    assert_eq!(chosen(action("Later", None)).await, [0_i64; 0]);
    assert_eq!(chosen(HistoryFilter { result: some("refused"), ..all.clone() }).await, [0_i64; 0]);
    assert_eq!(chosen(HistoryFilter { run: some("4"), ..all.clone() }).await, [4]);
    assert_eq!(chosen(HistoryFilter { plan: some("x"), ..all.clone() }).await, [0_i64; 0]);
    assert!(audit::told(&store, &all, 10).await.unwrap().iter().all(|told| told.undone_by.is_none()));
    assert_eq!(chosen(HistoryFilter { before: Some(3), ..all.clone() }).await, [2, 1]);
    let (from, to) = (Some(entry(2).at), Some(entry(4).at));
    assert_eq!(chosen(HistoryFilter { from, to, ..all }).await, [3, 2]);
}

async fn what_was_left_open_is_told_as_unknown(store: Store) {
    audit::intend(&store, &entry(1)).await.unwrap();
    // Later than any replica would still be at work on it.
    let later = entry(1).at + 7200.0;
    assert_eq!(audit::settle_left(&store, later).await.unwrap(), 1);
    assert_eq!(audit::settle_left(&store, later).await.unwrap(), 0);
    let rows = audit::oldest(&store, &HistoryFilter::default(), 10).await.unwrap();
    assert_eq!((rows.len(), rows[0].entry.result), (1, HistoryResult::Unknown));
}

async fn many_writers_make_one_chain(store: Store) {
    let writers = (0..6).map(|_| {
        tokio::spawn({
            let store = store.clone();
            async move { fill(&store, 5).await }
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap();
    }
    assert_eq!(audit::verify(&store, None).await.unwrap().unwrap().seq, 30);
}

async fn a_changed_row_is_found(store: Store) {
    fill(&store, 3).await;
    let mut connection = store.connection().await.unwrap();
    let change = "UPDATE audit SET reason = 'another' WHERE seq = 2";
    sqlx::query(change).execute(&mut *connection).await.unwrap();
    drop(connection);
    assert_eq!(audit::verify(&store, None).await.unwrap().unwrap_err().seq, 2);
}

async fn the_database_knows_the_time(store: Store) {
    let now = store.write().await.unwrap().now().await.unwrap();
    assert!((now - headwater::clock::seconds()).abs() < 60.0, "{now}");
}

#[tokio::test]
async fn a_postgres_that_crashes_is_told_as_unavailable_and_used_again_when_it_is_back() {
    let mut postgres = Postgres::start().await;
    let store = postgres.open().await.unwrap();
    fill(&store, 2).await;
    postgres.crash();
    let error = store.write().await.unwrap_err();
    assert_eq!(error.kind.status(), StatusCode::SERVICE_UNAVAILABLE, "{}", error.chain());
    assert!(!error.chain().contains("canary"));
    let refusal = postgres.open().await.unwrap_err();
    assert!(!refusal.contains("canary") && !refusal.contains('\n'), "{refusal}");
    postgres.serve().await;
    fill(&store, 1).await;
    assert_eq!(audit::verify(&store, None).await.unwrap().unwrap().seq, 3);
}
