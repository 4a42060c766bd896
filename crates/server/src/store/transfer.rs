//! A log moves from SQLite to PostgreSQL: all rows as they are, in the order in which they
//! came, and nothing half.

use super::database::{Cells, Connection, Value};
use super::{Address, PostgresStore, SqliteStore, Store, StoreError};
use sqlx::sqlite::SqliteRow;
use std::path::Path;
use thiserror::Error;

/// Rows read at once.
const PAGE: i64 = 500;

/// Why a log did not move. Where it lay it still lies, and it lies nowhere else.
#[derive(Debug, Error)]
pub enum TransferError {
    /// There is something there already.
    #[error("{0} holds a log already: name a database in DATABASE_URL that nothing was written to")]
    Taken(Address),
    /// It is not the same there.
    #[error("the log there is not the one that was here: {0}")]
    Differs(&'static str),
    /// One of the databases.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for TransferError {
    fn from(error: sqlx::Error) -> Self {
        StoreError::from(error).into()
    }
}

/// What moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Transferred {
    /// Events, whatever was said of them.
    pub events: u64,
    /// How many of them have a place.
    pub places: u64,
}

/// Copies the log of a city from a file into a database in which nothing is yet, in one
/// transaction, and computes the chain there anew. Nobody else may write to the file
/// meanwhile.
///
/// # Errors
/// Anything that kept it from being there whole; the database is then as it was.
pub async fn transfer(city: &str, from: &Path, to: &Address) -> Result<Transferred, TransferError> {
    let source = SqliteStore::open(city, from).await?;
    let target = PostgresStore::open(city, to).await?;
    let transferred = copy(&source, &target, to).await;
    source.close().await;
    target.close().await;
    transferred
}

async fn copy(
    source: &SqliteStore,
    target: &PostgresStore,
    to: &Address,
) -> Result<Transferred, TransferError> {
    let begun = source.verify().await?;
    let mut reader = source.readers.acquire().await?;
    let mut transaction = target.writer.begin().await?;
    let writer = &mut *transaction;
    // Held to the end: a server that runs there waits.
    writer
        .ask(<sqlx::PgConnection as Connection>::LOCK_HEAD, &[])
        .await?;
    for taken in [
        "SELECT 1 FROM events LIMIT 1",
        "SELECT 1 FROM devices LIMIT 1",
        "SELECT 1 FROM secrets LIMIT 1",
    ] {
        if !writer.ask(taken, &[]).await?.is_empty() {
            return Err(TransferError::Taken(to.clone()));
        }
    }
    let events = self::events(&mut reader, writer).await?;
    for table in TABLES {
        for row in reader.ask(table.read, &[]).await? {
            writer.run(table.write, &(table.values)(&row)?).await?;
        }
    }
    transaction.commit().await?;
    let ended = target.verify().await?;
    if ended != begun {
        return Err(TransferError::Differs("its chain of hashes"));
    }
    Ok(Transferred {
        events,
        places: ended.place,
    })
}

async fn events(
    reader: &mut sqlx::SqliteConnection,
    writer: &mut sqlx::PgConnection,
) -> Result<u64, sqlx::Error> {
    let (mut last, mut count) = (0, 0);
    loop {
        let page = reader
            .ask(
                "SELECT arrival, content, raw, event, device, seq, closes, verdict, why, place, \
                 chain, account FROM events WHERE arrival > $1 ORDER BY arrival LIMIT $2",
                &[Value::Int(Some(last)), Value::Int(Some(PAGE))],
            )
            .await?;
        let Some(end) = page.last() else {
            return Ok(count);
        };
        last = end.int("arrival")?.unwrap_or(i64::MAX);
        count += page.len() as u64;
        for row in &page {
            let values = [
                Value::Bytes(row.bytes("content")?),
                Value::Bytes(row.bytes("raw")?),
                Value::Id(row.id("event")?),
                Value::Id(row.id("device")?),
                Value::Int(row.int("seq")?),
                Value::Flag(row.int("closes")? == Some(1)),
                Value::Text(row.text("verdict")?),
                Value::Text(row.text("why")?),
                Value::Int(row.int("place")?),
                Value::Bytes(row.bytes("chain")?),
                Value::Text(row.text("account")?),
            ];
            writer
                .run(
                    "INSERT INTO events (content, raw, event, device, seq, closes, verdict, why, \
                     place, chain, account) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
                    &values,
                )
                .await?;
        }
    }
}

/// A table that is small enough to be read at once.
struct Table {
    read: &'static str,
    write: &'static str,
    values: for<'r> fn(&'r SqliteRow) -> Result<Vec<Value<'r>>, sqlx::Error>,
}

const TABLES: [Table; 5] = [
    Table {
        read: "SELECT place, chain FROM head",
        write: "UPDATE head SET place = $1, chain = $2",
        values: |row| {
            Ok(vec![
                Value::Int(row.int("place")?),
                Value::Bytes(row.bytes("chain")?),
            ])
        },
    },
    Table {
        read: "SELECT device, closed, last, account FROM devices",
        write: "INSERT INTO devices (device, closed, last, account) VALUES ($1, $2, $3, $4)",
        values: |row| {
            Ok(vec![
                Value::Id(row.id("device")?),
                Value::Int(row.int("closed")?),
                Value::Int(row.int("last")?),
                Value::Text(row.text("account")?),
            ])
        },
    },
    Table {
        read: "SELECT account, hash FROM secrets",
        write: "INSERT INTO secrets (account, hash) VALUES ($1, $2)",
        values: |row| {
            Ok(vec![
                Value::Text(row.text("account")?),
                Value::Text(row.text("hash")?),
            ])
        },
    },
    Table {
        read: "SELECT id, data, expires FROM sessions",
        write: "INSERT INTO sessions (id, data, expires) VALUES ($1, $2, $3)",
        values: |row| {
            Ok(vec![
                Value::Bytes(row.bytes("id")?),
                Value::Text(row.text("data")?),
                Value::Int(row.int("expires")?),
            ])
        },
    },
    Table {
        read: "SELECT id, account, name FROM tokens",
        write: "INSERT INTO tokens (id, account, name) VALUES ($1, $2, $3)",
        values: |row| {
            Ok(vec![
                Value::Bytes(row.bytes("id")?),
                Value::Text(row.text("account")?),
                Value::Text(row.text("name")?),
            ])
        },
    },
];
