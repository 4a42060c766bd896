//! One writer that knows the tables and nothing else.

use crate::accept::BATCH;
use crate::kit::CITY;
use crate::postgres::Database;
use crate::program::Log;
use mendmap_server::store::{PostgresStore, SqliteStore, Store};
use sqlx::postgres::PgConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::types::Uuid;
use sqlx::{ConnectOptions, Connection};
use std::path::{Path, PathBuf};

/// Where the raw rows go: tables like the server's, in the same kind of database.
pub(crate) enum Plain {
    File(PathBuf),
    Database(String),
}

/// A row of the table of events: arrival, content, raw, event, device, seq, closes, verdict,
/// why, place, chain, account.
type Row = (
    i64,
    Vec<u8>,
    Vec<u8>,
    Option<Uuid>,
    Option<Uuid>,
    Option<i64>,
    bool,
    String,
    Option<String>,
    Option<i64>,
    Option<Vec<u8>>,
    Option<String>,
);

enum To {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

/// One connection, with the rows it is about to write.
pub(crate) struct Writer {
    to: To,
    rows: Vec<Row>,
    last: i64,
}

impl Plain {
    pub(crate) fn file(folder: &tempfile::TempDir) -> Plain {
        Plain::File(folder.path().join("plain.sqlite"))
    }

    pub(crate) fn database(database: &Database) -> Plain {
        Plain::Database(database.url.clone())
    }

    /// Makes the tables, as the server does.
    pub(crate) async fn open(&self) -> Writer {
        let to = match self {
            Plain::File(file) => {
                let store = SqliteStore::open(CITY, file).await.unwrap();
                store.close().await;
                To::Sqlite(sqlite(file).await)
            }
            Plain::Database(url) => {
                let store = PostgresStore::open(CITY, &url.parse().unwrap()).await;
                store.unwrap().close().await;
                To::Postgres(PgConnection::connect(url).await.unwrap())
            }
        };
        Writer {
            to,
            rows: Vec::new(),
            last: 0,
        }
    }
}

/// As durable as the server's.
async fn sqlite(file: &Path) -> SqliteConnection {
    SqliteConnectOptions::new()
        .filename(file)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .connect()
        .await
        .unwrap()
}

const NEW: &str = "SELECT arrival, content, raw, event, device, seq, closes, verdict, why, place, \
                   chain, account FROM events WHERE arrival > $1 ORDER BY arrival";
const ROW: &str = "INSERT INTO events (content, raw, event, device, seq, closes, verdict, why, \
                   place, chain, account) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
const COUNT: &str = "SELECT count(*) FROM events";

macro_rules! insert {
    ($connection:expr, $rows:expr) => {
        for batch in $rows.chunks(BATCH) {
            let mut transaction = $connection.begin().await.unwrap();
            for (_, content, raw, event, device, seq, closes, verdict, why, place, chain, about) in
                batch
            {
                let insert = sqlx::query(ROW)
                    .bind(content)
                    .bind(raw)
                    .bind(event)
                    .bind(device)
                    .bind(seq)
                    .bind(closes)
                    .bind(verdict)
                    .bind(why)
                    .bind(place)
                    .bind(chain)
                    .bind(about);
                insert.execute(&mut *transaction).await.unwrap();
            }
            transaction.commit().await.unwrap();
        }
    };
}

impl Writer {
    /// Takes up what the server has written since; how many rows that are.
    pub(crate) async fn rows_of(&mut self, log: &Log) -> usize {
        self.rows = match log {
            Log::Folder(data) => {
                let mut from = sqlite(&data.join("log.sqlite")).await;
                let new = sqlx::query_as(NEW).bind(self.last);
                new.fetch_all(&mut from).await.unwrap()
            }
            Log::Database(url) => {
                let mut from = PgConnection::connect(url).await.unwrap();
                let new = sqlx::query_as(NEW).bind(self.last);
                new.fetch_all(&mut from).await.unwrap()
            }
        };
        self.last = self.rows.last().map_or(self.last, |row| row.0);
        self.rows.len()
    }

    /// Writes them, [`BATCH`] to a transaction.
    pub(crate) async fn insert(&mut self) {
        match &mut self.to {
            To::Sqlite(connection) => insert!(connection, self.rows),
            To::Postgres(connection) => insert!(connection, self.rows),
        }
    }

    /// How many rows are there.
    pub(crate) async fn count(&mut self) -> usize {
        let count: i64 = match &mut self.to {
            To::Sqlite(it) => sqlx::query_scalar(COUNT).fetch_one(it).await.unwrap(),
            To::Postgres(it) => sqlx::query_scalar(COUNT).fetch_one(it).await.unwrap(),
        };
        usize::try_from(count).unwrap()
    }
}
