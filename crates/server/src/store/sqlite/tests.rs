//! What only this database can show: its file.

use super::SqliteStore;
use crate::store::{Store, StoreError};
use mendmap_core::log::{Event, Tombstone};
use mendmap_core::sync::{Head, Limits};

/// Events that need no envelope.
fn lost(numbers: std::ops::RangeInclusive<u64>) -> Vec<Event> {
    let device = "de01ce00-0000-8000-8000-000000000001".parse().unwrap();
    let why = || "gone".to_owned();
    let event = |seq| {
        Tombstone {
            device,
            seq,
            why: why(),
        }
        .to_bytes()
        .unwrap()
    };
    numbers.map(|seq| Event::read(event(seq))).collect()
}

async fn with_events(file: &std::path::Path) -> (SqliteStore, Head) {
    let store = SqliteStore::open("a", file).await.unwrap();
    let appended = store
        .append(&lost(1..=5), &Limits::default())
        .await
        .unwrap();
    (store, appended.head)
}

#[tokio::test]
async fn a_log_is_found_again_and_only_by_its_city() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("log.sqlite");
    let (store, head) = with_events(&file).await;
    store.close().await;
    let store = SqliteStore::open("a", &file).await.unwrap();
    assert_eq!(store.verify().await.unwrap(), head);
    let other = SqliteStore::open("b", &file).await;
    assert!(matches!(other, Err(StoreError::City { .. })));
}

#[tokio::test]
async fn nothing_is_written_but_with_a_journal_and_to_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = with_events(&folder.path().join("log.sqlite")).await;
    let mode: String = sqlx::query_scalar("PRAGMA journal_mode")
        .fetch_one(&store.writer)
        .await
        .unwrap();
    let synchronous: i64 = sqlx::query_scalar("PRAGMA synchronous")
        .fetch_one(&store.writer)
        .await
        .unwrap();
    assert_eq!((mode.as_str(), synchronous), ("wal", 2));
    let write = sqlx::query("DELETE FROM events")
        .execute(&store.readers)
        .await;
    assert!(write.is_err(), "readers only read");
}

#[tokio::test]
async fn what_somebody_changed_in_the_file_is_found() {
    let tampered = [
        ("UPDATE events SET raw = x'7b7d' WHERE place = 3", 3),
        ("DELETE FROM events WHERE place = 2", 2),
        ("DELETE FROM events WHERE place = 5", 5),
        ("UPDATE head SET place = 4", 4),
        ("UPDATE head SET chain = zeroblob(32)", 5),
        ("UPDATE events SET chain = zeroblob(32) WHERE place = 1", 1),
    ];
    for (statement, at) in tampered {
        let folder = tempfile::tempdir().unwrap();
        let (store, _) = with_events(&folder.path().join("log.sqlite")).await;
        sqlx::query(statement).execute(&store.writer).await.unwrap();
        let found = store.verify().await;
        assert!(
            matches!(found, Err(StoreError::Chain(n)) if n == at),
            "{statement}: {found:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_programs_on_one_file_give_no_place_twice() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("log.sqlite");
    let events = lost(1..=60);
    let store = SqliteStore::open("a", &file).await.unwrap();
    let other = SqliteStore::open("a", &file).await.unwrap();
    let write = async |store: &SqliteStore, events: &[Event]| {
        for event in events {
            let one = std::slice::from_ref(event);
            store.append(one, &Limits::default()).await.unwrap();
        }
    };
    tokio::join!(write(&store, &events[..30]), write(&other, &events[30..]));
    assert_eq!(store.head().await.unwrap().place, 60);
    store.verify().await.unwrap();
}

/// A backup may be opened by the server before the one that wrote it.
#[tokio::test]
async fn a_file_that_is_ahead_is_opened_and_one_that_was_changed_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("log.sqlite");
    let (store, head) = with_events(&file).await;
    sqlx::query(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
         VALUES (9999, 'later', true, '', 0)",
    )
    .execute(&store.writer)
    .await
    .unwrap();
    store.close().await;
    let store = SqliteStore::open("a", &file).await.unwrap();
    assert_eq!(store.verify().await.unwrap(), head);
    sqlx::query("UPDATE _sqlx_migrations SET checksum = x'00' WHERE version = 1")
        .execute(&store.writer)
        .await
        .unwrap();
    store.close().await;
    let changed = SqliteStore::open("a", &file).await;
    assert!(matches!(changed, Err(StoreError::Migration(_))));
}
