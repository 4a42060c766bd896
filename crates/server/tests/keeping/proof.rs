//! That a log is as it was received is said by one command, which finds what somebody changed.

use super::{fill, said};
use crate::ground::Ground;
use crate::kit::{self, CITY};
use crate::postgres::Database;
use crate::program::{self, Log, Program};
use mendmap_core::log::Event;
use mendmap_core::sync::{Head, Limits};
use mendmap_server::store::{PostgresStore, SqliteStore, Store};
use sqlx::sqlite::SqliteConnection;
use sqlx::{AssertSqlSafe, Connection, Row};
use std::path::Path;
use std::process::{Command, Output};

/// `mendmap-server verify-log` with more words.
fn verify(log: &Log, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mendmap-server"));
    command.arg("verify-log").args(more).env("RUST_LOG", "warn");
    match log {
        Log::Folder(data) => command.arg("--data").arg(data).env_remove("DATABASE_URL"),
        Log::Database(url) => command.env("DATABASE_URL", url),
    };
    program::output(command)
}

/// Its sentence, where it ends with an error.
fn complaint(log: &Log, more: &[&str]) -> String {
    let output = verify(log, more);
    assert!(!output.status.success(), "{}", said(&output));
    assert!(output.stdout.is_empty(), "{}", said(&output));
    said(&output)
}

fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Runtime::new().unwrap().block_on(future)
}

/// Somebody at work in the file with other tools, who leaves all of it in the file.
fn meddle(file: &Path, statement: &str) {
    wait(async {
        let address = format!("sqlite://{}", file.display());
        let mut file = SqliteConnection::connect(&address).await.unwrap();
        let statement = AssertSqlSafe(statement.to_owned());
        let done = sqlx::raw_sql(statement).execute(&mut file).await.unwrap();
        assert_eq!(done.rows_affected(), 1);
        file.close().await.unwrap();
    });
}

fn raw_at(file: &Path, place: i64) -> Vec<u8> {
    wait(async {
        let address = format!("sqlite://{}", file.display());
        let mut file = SqliteConnection::connect(&address).await.unwrap();
        let asked = sqlx::query("SELECT raw FROM events WHERE place = ?").bind(place);
        let row = asked.fetch_one(&mut file).await.unwrap();
        file.close().await.unwrap();
        row.get("raw")
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn head(file: &Path) -> Head {
    wait(async {
        let store = SqliteStore::open(CITY, file).await.unwrap();
        let head = store.head().await.unwrap();
        store.close().await;
        head
    })
}

#[test]
fn a_log_that_is_whole_is_said_to_be_and_nothing_is_written() {
    let ground = Ground::new();
    fill(&ground.dist(), &ground.data());
    let file = ground.data().join("log.sqlite");
    let chain = head(&file).chain.to_string();
    let before = std::fs::read(&file).unwrap();
    let done = verify(&ground.log(), &[]);
    assert!(done.status.success(), "{}", said(&done));
    let sentence = String::from_utf8(done.stdout).unwrap();
    assert!(sentence.starts_with("701 events hold together"));
    assert!(sentence.contains(&chain), "{sentence}");
    assert_eq!(sentence.lines().count(), 1);
    assert_eq!(std::fs::read(&file).unwrap(), before);

    // The same while a server works on it, which goes on from the head that was noted.
    let program = Program::start(&ground.dist(), &ground.log());
    let done = verify(&ground.log(), &["--noted", &chain]);
    assert!(done.status.success(), "{}", said(&done));
    program.terminate();
    let other = complaint(&ground.log(), &["--noted", &"0".repeat(64)]);
    assert!(other.contains("up to place 701"), "{other}");
    let none = complaint(&Log::Folder(ground.path("elsewhere")), &[]);
    assert!(none.contains("there is no log in"), "{none}");
    assert!(!ground.path("elsewhere").exists());
}

#[test]
fn one_byte_of_one_event_is_found_and_the_event_named() {
    let ground = Ground::new();
    fill(&ground.dist(), &ground.data());
    let file = ground.data().join("log.sqlite");
    let raw = raw_at(&file, 613);
    let id = Event::read(raw.clone()).id().unwrap().to_string();
    let mut other = raw.clone();
    *other.last_mut().unwrap() ^= 1;
    let set = |bytes: &[u8]| {
        let bytes = hex(bytes);
        format!("UPDATE events SET raw = x'{bytes}' WHERE place = 613")
    };
    meddle(&file, &set(&other));
    let found = complaint(&ground.log(), &[]);
    assert!(found.contains("breaks at place 613: the bytes"), "{found}");
    assert!(found.contains(&id), "{found}");
    meddle(&file, &set(&raw));
    assert!(verify(&ground.log(), &[]).status.success());
}

#[test]
fn an_event_that_was_removed_or_put_elsewhere_is_found() {
    let cases = [
        (
            "DELETE FROM events WHERE place = 2",
            "breaks at place 2: no event is there, and the order goes up to place 701",
        ),
        (
            "DELETE FROM events WHERE place = 701",
            "breaks at place 701: no event is there",
        ),
        (
            "UPDATE events SET chain = zeroblob(32) WHERE place = 500",
            "breaks at place 500: the event there",
        ),
        ("UPDATE head SET place = 700", "breaks at place 701, that"),
        (
            "UPDATE head SET chain = zeroblob(32)",
            "breaks at place 701, that",
        ),
        (
            "UPDATE head SET city = '110000'",
            "breaks at place 1: the event",
        ),
    ];
    let ground = Ground::new();
    fill(&ground.dist(), &ground.data());
    let file = ground.data().join("log.sqlite");
    let whole = std::fs::read(&file).unwrap();
    for (statement, wanted) in cases {
        meddle(&file, statement);
        let found = complaint(&ground.log(), &[]);
        assert!(found.contains(wanted), "{statement}: {found}");
        std::fs::write(&file, &whole).unwrap();
    }
    assert!(verify(&ground.log(), &[]).status.success());
}

#[test]
fn who_takes_the_last_events_back_with_the_head_is_found_by_what_was_noted() {
    let ground = Ground::new();
    fill(&ground.dist(), &ground.data());
    let file = ground.data().join("log.sqlite");
    let noted = head(&file).chain.to_string();
    meddle(&file, "DELETE FROM events WHERE place = 701");
    meddle(
        &file,
        "UPDATE head SET place = 700, chain = (SELECT chain FROM events WHERE place = 700)",
    );
    assert!(verify(&ground.log(), &[]).status.success());
    let found = complaint(&ground.log(), &["--noted", &noted]);
    assert!(found.contains(&noted), "{found}");
}

#[test]
fn a_log_in_postgresql_is_proved_by_the_same_command() {
    let Some(database) = Database::new() else {
        return;
    };
    let log = Log::Database(database.url.clone());
    let head = wait(async {
        let store = PostgresStore::open(CITY, &database.address())
            .await
            .unwrap();
        let limits = Limits::default();
        store.append(&kit::events(1, 600), &limits).await.unwrap();
        let head = store.head().await.unwrap();
        store.close().await;
        head
    });
    let done = verify(&log, &[]);
    assert!(done.status.success(), "{}", said(&done));
    assert!(said(&done).contains("600 events hold together"));
    assert!(said(&done).contains(&head.chain.to_string()));
    let run = |statement: &'static str| {
        wait(async {
            let mut meddler = database.connect().await;
            let done = sqlx::query(statement).execute(&mut meddler).await.unwrap();
            assert_eq!(done.rows_affected(), 1);
            meddler.close().await.unwrap();
        });
    };
    // The last bit of its first byte.
    run("UPDATE events SET raw = set_bit(raw, 0, 1 - get_bit(raw, 0)) WHERE place = 555");
    let found = complaint(&log, &[]);
    assert!(found.contains("breaks at place 555: the bytes"), "{found}");
    run("DELETE FROM events WHERE place = 301");
    let found = complaint(&log, &[]);
    assert!(found.contains("breaks at place 301: no event"), "{found}");
}
