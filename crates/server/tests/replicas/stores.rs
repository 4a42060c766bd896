//! Stores on one database, and what only this database can show.

use crate::kit::{CITY, device, event, events};
use crate::postgres::Database;
use mendmap_core::log::Event;
use mendmap_core::sync::Limits;
use mendmap_server::store::{PostgresStore, Store, StoreError};
use sqlx::{AssertSqlSafe, Connection};

pub(crate) async fn open(database: &Database) -> PostgresStore {
    PostgresStore::open(CITY, &database.address())
        .await
        .unwrap()
}

pub(crate) async fn append(store: &PostgresStore, events: &[Event]) {
    store.append(events, &Limits::default()).await.unwrap();
}

/// Goes red without FOR UPDATE: both read the same head, and one fails at the place that
/// the other has taken.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn servers_on_one_database_give_no_place_twice() {
    let Some(database) = Database::new() else {
        return;
    };
    // At once: the tables are made by one of them, and the others wait for it.
    let (a, b, c) = tokio::join!(open(&database), open(&database), open(&database));
    let write = async |store: &PostgresStore, n| {
        for part in events(n, 60).chunks(2) {
            append(store, part).await;
        }
    };
    tokio::join!(write(&a, 1), write(&b, 2), write(&c, 3));
    let head = a.verify().await.unwrap();
    assert_eq!(head.place, 180);
    for store in [&b, &c] {
        assert_eq!(store.head().await.unwrap(), head);
    }
}

/// A device that turns to another server in the middle of its numbers is known there.
#[tokio::test]
async fn a_gap_that_one_server_sees_is_closed_at_another() {
    let Some(database) = Database::new() else {
        return;
    };
    let (a, b) = (open(&database).await, open(&database).await);
    let e = events(1, 3);
    append(&a, &e[1..]).await;
    assert_eq!(b.head().await.unwrap().place, 0);
    append(&b, &e[..1]).await;
    assert_eq!(a.verify().await.unwrap().place, 3);
    let receipts = a.receipts(device(1), 1..=3).await.unwrap();
    assert_eq!(receipts, b.receipts(device(1), 1..=3).await.unwrap());
    assert_eq!(receipts.len(), 3);
}

#[tokio::test]
async fn a_log_is_found_again_and_only_by_its_city() {
    let Some(database) = Database::new() else {
        return;
    };
    let store = open(&database).await;
    append(&store, &events(1, 5)).await;
    let head = store.head().await.unwrap();
    store.close().await;
    assert_eq!(open(&database).await.verify().await.unwrap(), head);
    let other = PostgresStore::open("110000", &database.address()).await;
    assert!(matches!(other, Err(StoreError::City { .. })));
}

#[tokio::test]
async fn what_somebody_changed_in_the_database_is_found() {
    let Some(database) = Database::new() else {
        return;
    };
    let store = open(&database).await;
    append(&store, &events(1, 5)).await;
    let mut meddler = database.connect().await;
    let tampered = [
        ("UPDATE events SET raw = '{}' WHERE place = 3", 3),
        ("DELETE FROM events WHERE place = 2", 2),
        ("DELETE FROM events WHERE place = 5", 5),
        ("UPDATE head SET place = 4", 4),
        ("UPDATE head SET chain = sha256('')", 5),
        ("UPDATE events SET chain = sha256('') WHERE place = 1", 1),
    ];
    for (statement, at) in tampered {
        sqlx::query("CREATE TABLE kept AS SELECT * FROM events")
            .execute(&mut meddler)
            .await
            .unwrap();
        let head = store.head().await.unwrap();
        sqlx::query(statement).execute(&mut meddler).await.unwrap();
        let found = store.verify().await;
        assert!(
            matches!(found, Err(StoreError::Chain(n)) if n == at),
            "{statement}: {found:?}"
        );
        // As it was.
        let back = format!(
            "DELETE FROM events; \
             INSERT INTO events OVERRIDING SYSTEM VALUE SELECT * FROM kept; DROP TABLE kept; \
             UPDATE head SET place = {}, chain = '\\x{}'",
            head.place, head.chain
        );
        sqlx::raw_sql(AssertSqlSafe(back))
            .execute(&mut meddler)
            .await
            .unwrap();
        assert_eq!(store.verify().await.unwrap(), head);
    }
}

/// In an upgrade, server after server, the old one meets what the new one has done.
#[tokio::test]
async fn a_database_that_is_ahead_is_opened_and_one_that_was_changed_is_not() {
    let Some(database) = Database::new() else {
        return;
    };
    append(&open(&database).await, &events(1, 2)).await;
    let mut newer = database.connect().await;
    sqlx::raw_sql(
        "ALTER TABLE events ADD COLUMN later TEXT; \
         INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
         VALUES (9999, 'later', true, '', 0)",
    )
    .execute(&mut newer)
    .await
    .unwrap();
    let store = open(&database).await;
    append(&store, &[event(1, 3)]).await;
    assert_eq!(store.verify().await.unwrap().place, 3);

    sqlx::query("UPDATE _sqlx_migrations SET checksum = '' WHERE version = 1")
        .execute(&mut newer)
        .await
        .unwrap();
    let changed = PostgresStore::open(CITY, &database.address()).await;
    assert!(matches!(changed, Err(StoreError::Migration(_))));
}

#[tokio::test]
async fn who_asks_for_encryption_is_refused_instead_of_going_without() {
    let Some(database) = Database::new() else {
        return;
    };
    let joint = if database.url.contains('?') { '&' } else { '?' };
    let url = format!("{}{joint}sslmode=require", database.url);
    let refused = PostgresStore::open(CITY, &url.parse().unwrap()).await;
    assert!(matches!(refused, Err(StoreError::Unreachable { .. })));
}

#[tokio::test]
async fn a_database_that_cannot_write_every_text_is_refused_at_once() {
    let Some(database) = Database::new() else {
        return;
    };
    database.change("DROP DATABASE $name");
    database.change("CREATE DATABASE $name ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");
    let refused = PostgresStore::open(CITY, &database.address()).await;
    assert!(matches!(refused, Err(StoreError::Encoding(name)) if name == "LATIN1"));
}

/// What a promise needs, and what others need, though the database is set to something else.
#[tokio::test]
async fn a_database_with_other_habits_keeps_to_ours() {
    let Some(database) = Database::new() else {
        return;
    };
    for habit in [
        "synchronous_commit = off",
        "lock_timeout = 0",
        "idle_in_transaction_session_timeout = 0",
        "default_transaction_isolation = 'serializable'",
    ] {
        database.change(&format!("ALTER DATABASE $name SET {habit}"));
    }
    let (a, b) = (open(&database).await, open(&database).await);
    let mut watcher = database.connect().await;
    sqlx::raw_sql(
        "CREATE TABLE seen (habits TEXT); \
         CREATE FUNCTION look() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
         INSERT INTO seen VALUES (concat_ws(', ', current_setting('synchronous_commit'), \
         current_setting('lock_timeout'), \
         current_setting('idle_in_transaction_session_timeout'), \
         current_setting('transaction_isolation'))); RETURN NEW; END $$; \
         CREATE TRIGGER look AFTER INSERT ON events FOR EACH ROW EXECUTE FUNCTION look()",
    )
    .execute(&mut watcher)
    .await
    .unwrap();
    let write = async |store: &PostgresStore, n| {
        for event in events(n, 20) {
            append(store, &[event]).await;
        }
    };
    tokio::join!(write(&a, 1), write(&b, 2));
    let seen: Vec<String> = sqlx::query_scalar("SELECT DISTINCT habits FROM seen")
        .fetch_all(&mut watcher)
        .await
        .unwrap();
    assert_eq!(seen, ["on, 10s, 10s, read committed"]);
}

/// As when the database is started anew, or a network drops what is idle.
#[tokio::test]
async fn a_store_whose_connections_are_cut_goes_on_with_others() {
    let Some(database) = Database::new() else {
        return;
    };
    let store = open(&database).await;
    append(&store, &events(1, 2)).await;
    store.after(0, 2).await.unwrap();
    let cut: i64 = sqlx::query_scalar(
        "SELECT count(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity \
         WHERE datname = current_database() AND pid <> pg_backend_pid()",
    )
    .fetch_one(&mut database.connect().await)
    .await
    .unwrap();
    assert!(cut >= 3, "a writer, a reader and a listener, and not {cut}");
    append(&store, &[event(1, 3)]).await;
    assert_eq!(store.verify().await.unwrap().place, 3);
}

#[tokio::test]
async fn what_may_succeed_a_little_later_is_known_as_that() {
    let Some(database) = Database::new() else {
        return;
    };
    let store = open(&database).await;
    let mut holder = database.connect().await;
    let mut other = database.connect().await;
    let mut held = holder.begin().await.unwrap();
    sqlx::query("SELECT * FROM head FOR UPDATE")
        .execute(&mut *held)
        .await
        .unwrap();
    sqlx::query("SET lock_timeout = '50ms'")
        .execute(&mut other)
        .await
        .unwrap();
    let late = sqlx::query("SELECT * FROM head FOR UPDATE")
        .execute(&mut other)
        .await;
    assert!(StoreError::from(late.unwrap_err()).is_busy());
    held.rollback().await.unwrap();
    let wrong = sqlx::query("SELECT * FROM nothing")
        .execute(&mut other)
        .await;
    assert!(!StoreError::from(wrong.unwrap_err()).is_busy());
    append(&store, &events(1, 1)).await;
}
