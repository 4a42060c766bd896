//! That a log is as it was received: the chain of hashes is computed anew over all that has a
//! place, from the very first event to the head. Nothing is written, and no table is brought to
//! another version, so a backup is proved as it lies there.

use super::database::{Cells, Connection, Value};
use super::postgres::{Address, connect};
use super::{StoreError, rows, tables};
use mendmap_core::ids::EventId;
use mendmap_core::sync::{Digest, Head, content};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection as _};
use std::path::Path;
use std::time::Duration;
use thiserror::Error;

/// Events read at once.
const PAGE: i64 = 500;

/// How long to wait for another program that holds the file.
const BUSY: Duration = Duration::from_secs(10);

/// Why a log is not proved.
#[derive(Debug, Error)]
pub enum ProofError {
    /// It is not as it was received.
    #[error("the chain of hashes breaks at {0}")]
    Broken(#[from] Break),
    /// It could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Where a chain breaks first. What comes behind is not looked at: with one link gone no other
/// says anything.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Break {
    /// The bytes are others than those that were received.
    #[error("place {place}: the bytes of the event there{} are not those that were received", named(.event))]
    Changed {
        /// The place.
        place: u64,
        /// The id under which it was taken in, where it had one.
        event: Option<EventId>,
    },
    /// The bytes go with their own hash, but what is chained is another: they were put there with
    /// it, stood in another place, or the chain's hash was changed.
    #[error("place {place}: the event there{} does not follow from those before it", named(.event))]
    Unchained {
        /// The place.
        place: u64,
        /// The id under which it was taken in, where it had one.
        event: Option<EventId>,
    },
    /// There is nothing.
    #[error("place {place}: no event is there, and the order goes up to place {to}")]
    Missing {
        /// The place.
        place: u64,
        /// The last place that is known of.
        to: u64,
    },
    /// The events hold among themselves, and the head is of another history.
    #[error(
        "place {place}, that of the last event, with the hash {chain}: the head is at place {} with \
         {}", head.place, head.chain
    )]
    Head {
        /// The last event's place.
        place: u64,
        /// The hash there.
        chain: Digest,
        /// The head that is written down.
        head: Head,
    },
    /// It holds, and is not the log that somebody noted the head of, or one that goes on from it.
    #[error(
        "no place: it holds up to place {place}, but the hash {noted} that was noted is nowhere in it"
    )]
    Other {
        /// The head's place.
        place: u64,
        /// What was noted.
        noted: Digest,
    },
}

fn named(event: &Option<EventId>) -> String {
    event.map_or(String::new(), |id| format!(" ({id})"))
}

/// Proves the log in a file, and that it goes on from the head that was `noted` at some time; a
/// server may be at work on it meanwhile.
///
/// # Errors
/// [`ProofError::Broken`] where the chain breaks; those of the database.
pub async fn prove_file(file: &Path, noted: Option<&Digest>) -> Result<Head, ProofError> {
    let options = SqliteConnectOptions::new().filename(file).read_only(true);
    let mut connection: SqliteConnection = open(options.busy_timeout(BUSY)).await?;
    let proved = at_once(&mut connection, "BEGIN", noted).await;
    connection.close().await.map_err(StoreError::from)?;
    proved
}

/// The same for a log in a database, on which servers may be at work.
///
/// # Errors
/// [`ProofError::Broken`] where the chain breaks; those of the database.
pub async fn prove_database(address: &Address, noted: Option<&Digest>) -> Result<Head, ProofError> {
    let mut connection = connect(address, "proving").await?;
    let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
    let proved = at_once(&mut connection, begin, noted).await;
    connection.close().await.map_err(StoreError::from)?;
    proved
}

async fn open(options: SqliteConnectOptions) -> Result<SqliteConnection, StoreError> {
    Ok(options.connect().await?)
}

/// As the log stands at one moment: what is appended meanwhile is not seen.
async fn at_once<C: Connection>(
    connection: &mut C,
    begin: &'static str,
    noted: Option<&Digest>,
) -> Result<Head, ProofError> {
    connection.run(begin, &[]).await.map_err(StoreError::from)?;
    let proved = prove(connection, noted).await;
    connection
        .run("ROLLBACK", &[])
        .await
        .map_err(StoreError::from)?;
    proved
}

async fn prove<C: Connection>(
    connection: &mut C,
    noted: Option<&Digest>,
) -> Result<Head, ProofError> {
    let end = tables::head(connection).await?;
    let mut head = Head::start(&tables::city(connection).await?);
    let mut wanted = noted.filter(|noted| **noted != head.chain);
    loop {
        let page = page(connection, head.place).await?;
        if page.is_empty() {
            break;
        }
        for row in &page {
            head = link(&head, row, &end)?;
            wanted = wanted.filter(|noted| **noted != head.chain);
        }
    }
    if head.place < end.place {
        let (place, to) = (head.place + 1, end.place);
        return Err(Break::Missing { place, to }.into());
    }
    if head != end {
        let Head { place, chain } = head;
        let head = end;
        return Err(Break::Head { place, chain, head }.into());
    }
    if let Some(noted) = wanted.copied() {
        let place = head.place;
        return Err(Break::Other { place, noted }.into());
    }
    Ok(head)
}

async fn page<C: Connection>(connection: &mut C, after: u64) -> Result<Vec<C::Row>, StoreError> {
    let page = connection
        .ask(
            "SELECT place, chain, raw, content, event FROM events WHERE place > $1 \
             ORDER BY place LIMIT $2",
            &[rows::number(after)?, Value::Int(Some(PAGE))],
        )
        .await?;
    Ok(page)
}

/// The head after one more event, if it is the one that comes next.
fn link(head: &Head, row: &impl Cells, end: &Head) -> Result<Head, ProofError> {
    let placed = rows::placed(row)?;
    let next = head.followed_by(&placed.raw);
    let place = next.place;
    if placed.place != place {
        let to = end.place.max(placed.place);
        return Err(Break::Missing { place, to }.into());
    }
    let event = row.id("event").map_err(StoreError::from)?.map(EventId);
    if content(&placed.raw) != rows::digest(row, "content")? {
        return Err(Break::Changed { place, event }.into());
    }
    if placed.chain != next.chain {
        return Err(Break::Unchained { place, event }.into());
    }
    Ok(next)
}
