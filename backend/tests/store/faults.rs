//! A store that is full, locked, write-protected or damaged refuses with 503, and is whole afterwards.

use std::os::unix::fs::FileExt;

use headwater::error::Error;
use headwater::store::{Store, audit};
use http::StatusCode;

use crate::audit::{entry, fill};
use crate::place::Folder;

async fn execute(store: &Store, sql: &'static str) {
    let mut connection = store.connection().await.unwrap();
    sqlx::raw_sql(sql).execute(&mut *connection).await.unwrap();
}

/// Adds rows until the store refuses, at most 1000.
async fn until_refused(store: &Store) -> Error {
    for number in 0..1000 {
        let written = async {
            let mut writing = store.write().await?;
            audit::append(&mut writing, &entry(number)).await?;
            writing.commit().await
        };
        if let Err(error) = written.await {
            return error;
        }
    }
    panic!("1000 rows were written");
}

fn assert_unavailable(error: &Error, words: &str) {
    assert_eq!(error.kind.status(), StatusCode::SERVICE_UNAVAILABLE, "{}", error.chain());
    assert!(error.message.contains(words), "{}", error.message);
}

#[tokio::test]
async fn a_full_store_refuses_to_write_can_be_read_and_goes_on_when_there_is_room() {
    let folder = Folder::new();
    let store = folder.open().await.unwrap();
    fill(&store, 1).await;
    execute(&store, "PRAGMA max_page_count = 12").await;
    assert_unavailable(&until_refused(&store).await, "no room");
    let rows = audit::verify(&store, None).await.unwrap().unwrap().seq;
    execute(&store, "PRAGMA max_page_count = 100000").await;
    fill(&store, 1).await;
    assert_eq!(audit::verify(&store, None).await.unwrap().unwrap().seq, rows + 1);
}

#[tokio::test]
async fn a_store_that_another_program_holds_is_waited_for_and_then_refuses() {
    let folder = Folder::new();
    let (store, other) = (folder.open().await.unwrap(), folder.open().await.unwrap());
    let mut holding = other.connection().await.unwrap();
    sqlx::raw_sql("BEGIN EXCLUSIVE").execute(&mut *holding).await.unwrap();
    let began = std::time::Instant::now();
    assert_unavailable(&until_refused(&store).await, "another program holds it");
    assert!(began.elapsed().as_secs() >= 4, "{:?}", began.elapsed());
    sqlx::raw_sql("ROLLBACK").execute(&mut *holding).await.unwrap();
    fill(&store, 1).await;
}

#[tokio::test]
async fn a_store_that_can_only_be_read_refuses_to_write_and_is_read() {
    let store = Store::in_memory().await.unwrap();
    fill(&store, 1).await;
    execute(&store, "PRAGMA query_only = ON").await;
    assert_unavailable(&until_refused(&store).await, "can only be read");
    assert_eq!(audit::verify(&store, None).await.unwrap().unwrap().seq, 1);
}

#[tokio::test]
async fn a_damaged_file_is_not_opened() {
    let folder = Folder::new();
    let store = folder.open().await.unwrap();
    fill(&store, 50).await;
    store.close().await;
    let file = std::fs::OpenOptions::new().write(true).open(folder.file()).unwrap();
    let length = file.metadata().unwrap().len();
    for page in 1..length / 4096 {
        file.write_all_at(&[0xa5; 64], page * 4096).unwrap();
    }
    let refusal = folder.open().await.unwrap_err();
    assert!(refusal.contains("damaged") && !refusal.contains('\n'), "{refusal}");
}
