//! From SQLite to PostgreSQL.

use super::{fill, held, said};
use crate::ground::Ground;
use crate::http;
use crate::kit::CITY;
use crate::postgres::Database;
use crate::program::{self, Log, Program};
use mendmap_server::store::{PostgresStore, SqliteStore};
use std::process::{Command, Output};

/// `mendmap-server move`.
fn moves(ground: &Ground, database: &Database) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mendmap-server"));
    command.arg("move").arg("--dist").arg(ground.dist());
    command.arg("--data").arg(ground.data());
    command.env("DATABASE_URL", &database.url);
    command.env("RUST_LOG", "warn");
    program::output(command)
}

#[test]
fn a_log_moves_with_all_that_is_in_it_and_is_served_there() {
    let Some(database) = Database::new() else {
        return;
    };
    let ground = Ground::new();
    let there = Log::Database(database.url.clone());
    let key = fill(&ground.dist(), &ground.data());
    let moved = moves(&ground, &database);
    assert!(moved.status.success(), "{}", said(&moved));
    let words = said(&moved);
    assert!(words.contains("are in 127.0.0.1"), "{words}");
    assert!(!words.contains("secret"), "{words}");

    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (before, after) = runtime.block_on(async {
        let file = ground.data().join("log.sqlite");
        let here = SqliteStore::open(CITY, &file).await.unwrap();
        let store = PostgresStore::open(CITY, &database.address())
            .await
            .unwrap();
        (held(&here).await, held(&store).await)
    });
    assert_eq!(after, before);
    assert!(after.login.is_some(), "who is logged in stays so");
    assert_eq!(after.order.len(), 701, "the account and its device's work");
    assert_eq!(after.one_id.len(), 2, "one id, two contents");
    assert_eq!((after.layers.len(), after.layers[0].bytes), (2, 7));
    assert!(after.layer_file.is_some() && after.told.is_some());
    assert_eq!(after.phones.len(), 1);

    // Where it was it is not served again, nor moved.
    let again = moves(&ground, &database);
    assert!(!again.status.success());
    assert!(said(&again).contains("has moved to"), "{}", said(&again));
    let port = ["--port", "0"];
    let served = program::output(program::command(&ground.dist(), &ground.log(), &port));
    assert!(!served.status.success());
    assert!(said(&served).contains("has moved to"), "{}", said(&served));
    let listed = program::user(&ground.dist(), &ground.log(), &["list"], "");
    assert!(listed.unwrap_err().contains("has moved to"));

    let program = Program::start(&ground.dist(), &there);
    let bearer = format!("Authorization: Bearer {}\r\n", key.trim());
    let me = http::ask(program.at, "GET /api/v1/me", &bearer, b"").unwrap();
    assert_eq!(me.status, 200, "its programs go on");
}

#[test]
fn a_log_does_not_move_to_where_one_is_nor_from_under_a_server() {
    let Some(database) = Database::new() else {
        return;
    };
    let ground = Ground::new();
    let there = Log::Database(database.url.clone());
    let nothing = moves(&ground, &database);
    assert!(
        said(&nothing).contains("there is no log in"),
        "{}",
        said(&nothing)
    );
    assert!(!ground.data().exists(), "nothing was made");

    let program = Program::start(&ground.dist(), &ground.log());
    let busy = moves(&ground, &database);
    assert!(
        said(&busy).contains("another mendmap-server"),
        "{}",
        said(&busy)
    );
    program.terminate();

    let add = ["add", "wang", "--role", "crew"];
    program::user(&ground.dist(), &there, &add, "correct horse\n").unwrap();
    let taken = moves(&ground, &database);
    assert!(!taken.status.success());
    assert!(
        said(&taken).contains("holds a log already"),
        "{}",
        said(&taken)
    );
    assert!(!said(&taken).contains("secret"));
    Program::start(&ground.dist(), &ground.log()).terminate();
}
