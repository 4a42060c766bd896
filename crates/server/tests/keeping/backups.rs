//! Backups, and what comes back of them. docs/operations.md tells to do what is done here.

use super::{Held, fill, held, said};
use crate::ground::Ground;
use crate::http;
use crate::kit::{self, CITY, event};
use crate::postgres::Database;
use crate::program::{self, Log, Program};
use mendmap_server::store::{PostgresStore, SqliteStore};
use std::path::Path;
use std::process::{Command, Output};

/// `mendmap-server backup`.
fn back_up(ground: &Ground, to: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mendmap-server"));
    command
        .arg("backup")
        .arg(to)
        .arg("--dist")
        .arg(ground.dist());
    command.arg("--data").arg(ground.data());
    command.env_remove("DATABASE_URL").env("RUST_LOG", "warn");
    program::output(command)
}

fn in_file(file: &Path) -> Held {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let store = SqliteStore::open(CITY, file).await.unwrap();
        held(&store).await
    })
}

#[test]
fn a_backup_of_sqlite_is_made_while_the_server_works_and_comes_back_whole() {
    let ground = Ground::new();
    let key = fill(&ground.dist(), &ground.data());
    let bearer = format!("Authorization: Bearer {}\r\n", key.trim());
    let program = Program::start(&ground.dist(), &ground.log());
    let backup = ground.path("monday.sqlite");
    let done = back_up(&ground, &backup);
    assert!(done.status.success(), "{}", said(&done));
    assert!(said(&done).contains("up to place 701"), "{}", said(&done));
    // What comes later is not in it, and the server is none the worse.
    let media = format!("Content-Type: application/x-ndjson\r\n{bearer}");
    let late = kit::ndjson([&event(1, 701)]);
    let answer = http::ask(program.at, "POST /api/v1/events", &media, &late).unwrap();
    assert_eq!(answer.status, 200);
    program.terminate();
    let twice = back_up(&ground, &backup);
    assert!(
        said(&twice).contains("is there already"),
        "{}",
        said(&twice)
    );

    // The disk is gone; a new machine.
    std::fs::remove_dir_all(ground.data()).unwrap();
    let none = back_up(&ground, &ground.path("tuesday.sqlite"));
    assert!(
        said(&none).contains("there is no log in"),
        "{}",
        said(&none)
    );
    std::fs::create_dir_all(ground.data()).unwrap();
    std::fs::copy(&backup, ground.data().join("log.sqlite")).unwrap();
    let program = Program::start(&ground.dist(), &ground.log());
    let me = http::ask(program.at, "GET /api/v1/me", &bearer, b"").unwrap();
    assert_eq!(me.status, 200, "its programs go on");
    program.terminate();
    let back = in_file(&ground.data().join("log.sqlite"));
    assert_eq!(back, in_file(&backup));
    assert_eq!(back.order.len(), 701);
    assert!(back.layer_file.is_some());
}

#[test]
fn a_backup_of_postgresql_is_made_while_the_server_works_and_comes_back_whole() {
    let (Some(database), Some(fresh)) = (Database::new(), Database::new()) else {
        return;
    };
    let ground = Ground::new();
    let log = Log::Database(database.url.clone());
    let program = Program::start(&ground.dist(), &log);
    let media = "Content-Type: application/x-ndjson\r\n";
    let body = kit::ndjson(&kit::events(1, 40));
    let answer = http::ask(program.at, "POST /api/v1/events", media, &body).unwrap();
    assert_eq!(answer.status, 200);

    let dump = ground.path("monday.dump");
    let run = |program: &str, arguments: &[&std::ffi::OsStr]| {
        let done = Command::new(program).args(arguments).output();
        let done = done.unwrap_or_else(|e| panic!("{program} of PostgreSQL: {e}"));
        assert!(done.status.success(), "{program}: {}", said(&done));
    };
    run(
        "pg_dump",
        &[
            "--format=custom".as_ref(),
            "--file".as_ref(),
            dump.as_os_str(),
            database.url.as_ref(),
        ],
    );
    program.terminate();
    run(
        "pg_restore",
        &[
            "--no-owner".as_ref(),
            "--exit-on-error".as_ref(),
            "--dbname".as_ref(),
            fresh.url.as_ref(),
            dump.as_os_str(),
        ],
    );
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (before, after) = runtime.block_on(async {
        let before = PostgresStore::open(CITY, &database.address())
            .await
            .unwrap();
        let after = PostgresStore::open(CITY, &fresh.address()).await.unwrap();
        (held(&before).await, held(&after).await)
    });
    assert_eq!(after, before);
    assert_eq!(after.order.len(), 40);
    // Served again, it goes on where it was.
    let program = Program::start(&ground.dist(), &Log::Database(fresh.url.clone()));
    let body = kit::ndjson([&event(1, 41)]);
    let answer = http::ask(program.at, "POST /api/v1/events", media, &body).unwrap();
    let told = String::from_utf8(answer.body).unwrap();
    assert!(told.contains("\"place\":41"), "{told}");
}
