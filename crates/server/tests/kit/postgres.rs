//! A database of its own for each test, in the PostgreSQL that `cargo xtask server-test`
//! (and `test`) starts and names in a variable. Without the variable such a test says
//! aloud that it is skipped; with it, nothing is an excuse.
#![allow(
    dead_code,
    reason = "each test is a program of its own and uses a part"
)]

use mendmap_server::store::Address;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use std::io::Write;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::SystemTime;

/// Not DATABASE_URL: that may name a database that somebody needs.
const VARIABLE: &str = "MENDMAP_TEST_POSTGRES";

/// A database that is dropped with this value.
pub(crate) struct Database {
    /// Another database there, from which this one is made and dropped.
    home: String,
    name: String,
    /// Its address.
    pub(crate) url: String,
}

impl Database {
    pub(crate) fn new() -> Option<Database> {
        let Ok(home) = std::env::var(VARIABLE) else {
            let test = std::thread::current().name().unwrap_or("").to_owned();
            let said =
                format!("SKIPPED {test}: no PostgreSQL; `cargo xtask server-test` starts one\n");
            // Past the harness, which keeps the words of a test that passes to itself, and
            // in one piece.
            let _ = std::io::stderr().write_all(said.as_bytes());
            return None;
        };
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let now = SystemTime::UNIX_EPOCH.elapsed().unwrap().as_micros();
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("mendmap_test_{}_{now}_{count}", std::process::id());
        run(&home, format!("CREATE DATABASE {name}"));
        let (address, more) = match home.split_once('?') {
            Some((address, more)) => (address, format!("?{more}")),
            None => (&home[..], String::new()),
        };
        let (server, _) = address.rsplit_once('/').unwrap();
        let url = format!("{server}/{name}{more}");
        Some(Database { home, name, url })
    }

    pub(crate) fn address(&self) -> Address {
        self.url.parse().unwrap()
    }

    /// Runs a statement in another database of the same server.
    pub(crate) fn change(&self, statement: &str) {
        run(&self.home, statement.replace("$name", &self.name));
    }

    /// A connection to look and to meddle with.
    pub(crate) async fn connect(&self) -> PgConnection {
        PgConnection::connect(&self.url).await.unwrap()
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let drop = format!("DROP DATABASE {} WITH (FORCE)", self.name);
        // A second panic would hide the first.
        if !std::thread::panicking() {
            run(&self.home, drop);
        }
    }
}

/// In a thread of its own, so that tests with a runtime and without one can wait for it.
fn run(url: &str, statement: String) {
    let url = url.to_owned();
    let thread = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let home = PgConnection::connect(&url).await;
            let mut home = home.expect("the PostgreSQL that is named does not let us in");
            sqlx::query(AssertSqlSafe(statement))
                .execute(&mut home)
                .await
                .unwrap();
            home.close().await.unwrap();
        });
    });
    thread.join().unwrap();
}
