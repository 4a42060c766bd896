//! What the server bears: `cargo xtask load` runs it, beside a PostgreSQL, and says where a
//! bar is missed. It loads the real program, over real sockets, on this machine.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench ends where its ground is missing, and speaks on its standard output"
)]

mod accept;
#[path = "../../tests/kit/http.rs"]
mod http;
#[path = "../../tests/kit/mod.rs"]
mod kit;
#[path = "../../tests/kit/postgres.rs"]
mod postgres;
#[path = "../../tests/kit/program.rs"]
mod program;
mod raw;
mod streams;

use postgres::Database;
use program::Log;
use std::process::ExitCode;
use tokio::runtime::Runtime;

/// Of the rate of raw inserts, so much at least, in percent.
const SHARE: f64 = 30.0;
/// What a server with idle streams may take at most, in megabytes.
const MEGABYTES: f64 = 300.0;
/// An event is with all of them in less, in seconds.
const SECONDS: f64 = 2.0;

fn main() -> ExitCode {
    let runtime = Runtime::new().unwrap();
    let mut held = true;
    let mut bar = |is: bool, said: String| {
        println!("{} {said}", if is { "✓" } else { "✗" });
        held &= is;
    };
    let folder = tempfile::tempdir().unwrap();
    let sqlite = Log::Folder(folder.path().join("data"));
    let rates = accept::measure(&runtime, &sqlite, &raw::Plain::file(&folder));
    bar(rates.share() >= SHARE, format!("SQLite: {rates}"));

    match (Database::new(), Database::new()) {
        (Some(database), Some(plain)) => {
            let log = Log::Database(database.url.clone());
            let rates = accept::measure(&runtime, &log, &raw::Plain::database(&plain));
            bar(rates.share() >= SHARE, format!("PostgreSQL: {rates}"));
        }
        _ => bar(false, "PostgreSQL: not tried".into()),
    }

    let streams = runtime.block_on(streams::measure());
    let is = streams.megabytes < MEGABYTES && streams.slowest.as_secs_f64() < SECONDS;
    bar(is, streams.to_string());
    match held {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}
