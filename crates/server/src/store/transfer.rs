//! A log moves from SQLite to PostgreSQL: all rows as they are, in the order in which they
//! came, and nothing half.

use super::database::{Cells, Connection, Value};
use super::{Address, PostgresStore, SqliteStore, Store, StoreError, rows, tables};
use mendmap_core::sync::Head;
use sqlx::sqlite::SqliteRow;
use std::io;
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
    /// What has arrived does not end where the log ends.
    #[error("the log does not end where its head says: it was not moved")]
    Differs,
    /// That it moves could not be written down beside the file.
    #[error("that the log moves could not be written down in its folder, so it does not: {0}")]
    Note(#[source] io::Error),
    /// The database did not say whether it has it.
    #[error(
        "the database did not say whether the log is there ({0}). Look with `mendmap-server user \
         list` and DATABASE_URL: if the accounts are there, it is. If not, remove the file \
         `moved-to` in its folder and move it again"
    )]
    Unclear(#[source] sqlx::Error),
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
/// transaction, and computes the chain there anew. Nothing can be written to the file
/// meanwhile. Once all is there `note` writes down that the log has moved; only then it counts.
///
/// # Errors
/// Anything that kept it from being there whole; the database is then as it was, but for
/// [`TransferError::Unclear`].
pub async fn transfer(
    city: &str,
    from: &Path,
    to: &Address,
    note: impl FnOnce() -> io::Result<()> + Send,
) -> Result<Transferred, TransferError> {
    let source = SqliteStore::open(city, from).await?;
    let target = PostgresStore::open(city, to).await?;
    let transferred = copy(&source, &target, to, note).await;
    source.close().await;
    target.close().await;
    transferred
}

async fn copy(
    source: &SqliteStore,
    target: &PostgresStore,
    to: &Address,
    note: impl FnOnce() -> io::Result<()> + Send,
) -> Result<Transferred, TransferError> {
    // The file's own lock: an account that is changed meanwhile waits, or is told so.
    let mut reading = source.writer.begin_with("BEGIN IMMEDIATE").await?;
    let reader = &mut *reading;
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
        "SELECT 1 FROM layers LIMIT 1",
        "SELECT 1 FROM told LIMIT 1",
        "SELECT 1 FROM subscriptions LIMIT 1",
    ] {
        if !writer.ask(taken, &[]).await?.is_empty() {
            return Err(TransferError::Taken(to.clone()));
        }
    }
    let events = self::events(reader, writer).await?;
    for table in TABLES {
        for row in reader.ask(table.read, &[]).await? {
            writer.run(table.write, &(table.values)(&row)?).await?;
        }
    }
    layer_files(reader, writer).await?;
    let ended = chained(target.city(), writer).await?;
    if ended != tables::head(writer).await? {
        return Err(TransferError::Differs);
    }
    note().map_err(TransferError::Note)?;
    transaction.commit().await.map_err(TransferError::Unclear)?;
    Ok(Transferred {
        events,
        places: ended.place,
    })
}

/// The chain over all that has a place there.
async fn chained(city: &str, writer: &mut sqlx::PgConnection) -> Result<Head, StoreError> {
    let mut head = Head::start(city);
    loop {
        let page = writer
            .ask(
                "SELECT place, chain, raw FROM events WHERE place > $1 ORDER BY place LIMIT $2",
                &[rows::number(head.place)?, Value::Int(Some(PAGE))],
            )
            .await?;
        if page.is_empty() {
            return Ok(head);
        }
        for row in &page {
            let placed = rows::placed(row)?;
            head = head.followed_by(&placed.raw);
            if (placed.place, placed.chain) != (head.place, head.chain) {
                return Err(StoreError::Chain(head.place));
            }
        }
    }
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

/// One after the other: each may be large.
async fn layer_files(
    reader: &mut sqlx::SqliteConnection,
    writer: &mut sqlx::PgConnection,
) -> Result<(), sqlx::Error> {
    let versions = reader.ask("SELECT version FROM layer_files", &[]).await?;
    for row in &versions {
        let version = Value::Bytes(row.bytes("version")?);
        let read = "SELECT bytes FROM layer_files WHERE version = $1";
        for file in reader.ask(read, &[version]).await? {
            let values = [version, Value::Bytes(file.bytes("bytes")?)];
            let write = "INSERT INTO layer_files (version, bytes) VALUES ($1, $2)";
            writer.run(write, &values).await?;
        }
    }
    Ok(())
}

/// A table that is small enough to be read at once.
struct Table {
    read: &'static str,
    write: &'static str,
    values: for<'r> fn(&'r SqliteRow) -> Result<Vec<Value<'r>>, sqlx::Error>,
}

/// How far somebody was told: the same columns for robots and phones.
fn how_far(row: &SqliteRow) -> Result<Vec<Value<'_>>, sqlx::Error> {
    let columns = [
        "turn",
        "place",
        "clock",
        "danger_place",
        "danger_clock",
        "not_before",
        "tries",
    ];
    let values = columns
        .into_iter()
        .map(|column| Ok(Value::Int(row.int(column)?)));
    values.collect()
}

const TABLES: [Table; 8] = [
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
        read: "SELECT layer, number, version, uploaded, account FROM layers",
        write: "INSERT INTO layers (layer, number, version, uploaded, account) \
                VALUES ($1, $2, $3, $4, $5)",
        values: |row| {
            Ok(vec![
                Value::Text(row.text("layer")?),
                Value::Int(row.int("number")?),
                Value::Bytes(row.bytes("version")?),
                Value::Int(row.int("uploaded")?),
                Value::Text(row.text("account")?),
            ])
        },
    },
    Table {
        read: "SELECT robot, turn, place, clock, danger_place, danger_clock, not_before, tries \
               FROM told",
        write: "INSERT INTO told (robot, turn, place, clock, danger_place, danger_clock, \
                not_before, tries) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        values: |row| {
            let mut values = vec![Value::Text(row.text("robot")?)];
            values.extend(how_far(row)?);
            Ok(values)
        },
    },
    Table {
        read: "SELECT device, account, server_key, endpoint, p256dh, auth, language, since, turn, \
               place, clock, danger_place, danger_clock, not_before, tries FROM subscriptions",
        write: "INSERT INTO subscriptions (device, account, server_key, endpoint, p256dh, auth, \
                language, since, turn, place, clock, danger_place, danger_clock, not_before, \
                tries) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        values: |row| {
            let mut values = vec![
                Value::Id(row.id("device")?),
                Value::Text(row.text("account")?),
                Value::Text(row.text("server_key")?),
                Value::Text(row.text("endpoint")?),
                Value::Bytes(row.bytes("p256dh")?),
                Value::Bytes(row.bytes("auth")?),
                Value::Text(row.text("language")?),
                Value::Int(row.int("since")?),
            ];
            values.extend(how_far(row)?);
            Ok(values)
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
