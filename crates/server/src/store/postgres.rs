//! PostgreSQL: one database, on which any number of servers work at once.

use super::tables::{self, Tables};
use super::{
    Appended, By, Ended, HeldEvent, LayerPut, Login, PAGE_BYTES, Placed, Store, StoreError,
    Subscription, books, layers, migrations, people, rows, subscriptions, told,
};
use async_trait::async_trait;
use jiff::Timestamp;
use listener::Listener;
use mendmap_core::ids::{DeviceId, EventId};
use mendmap_core::log::{ActorId, Event};
use mendmap_core::sync::{Digest, Head, Limits, Receipt};
use mendmap_core::told::Told;
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPool, PgPoolOptions};
use sqlx::{ConnectOptions, Connection};
use std::io;
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::AbortHandle;
use tokio::time::timeout;

mod address;
mod listener;

pub use address::{Address, AddressError};

/// How long to wait for a connection, and for what another server has locked.
const BUSY: Duration = Duration::from_secs(10);

/// How long closing may take: a database that has gone away does not say goodbye.
const GOODBYE: Duration = Duration::from_secs(5);

/// Readers at once. With the writer and the listener that is six connections a server, of
/// the hundred that PostgreSQL has where nobody asked for more.
const READERS: u32 = 4;

/// What the sessions that append and read keep to, whatever the role or the database says.
const SESSION: [(&str, &str); 3] = [
    // A receipt is a promise: it may not go with the power.
    ("synchronous_commit", "on"),
    ("lock_timeout", "10s"),
    // A server that hangs, or whose network is gone, lets go of the head for the others.
    ("idle_in_transaction_session_timeout", "10s"),
];

/// A log in PostgreSQL.
pub struct PostgresStore {
    city: String,
    /// One connection: appends queue here instead of at the head's lock, where they would
    /// take the connections from those who read.
    pub(super) writer: PgPool,
    pub(super) readers: PgPool,
    heard: watch::Receiver<u64>,
    listening: AbortHandle,
}

impl PostgresStore {
    /// Opens the log of a city in a database, whose tables are made where there are none.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] where nobody answers; [`StoreError::Encoding`] where not
    /// every text could be stored; [`StoreError::City`] where the database holds the log of
    /// another city; those of the database.
    pub async fn open(city: &str, address: &Address) -> Result<PostgresStore, StoreError> {
        let options = called(address.options(), "serving");
        let mut first = connect(address, "serving").await?;
        prepare(city, &mut first).await?;
        first.close().await?;

        let listener = Listener::connect(&options).await?;
        let session = options.options(SESSION);
        Ok(PostgresStore {
            city: city.into(),
            writer: pool(1).connect_with(session.clone()).await?,
            readers: pool(READERS).connect_with(session).await?,
            heard: listener.heard(),
            listening: tokio::spawn(listener.run()).abort_handle(),
        })
    }
}

impl Drop for PostgresStore {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

/// The first connection, which says where there is no way.
pub(super) async fn connect(address: &Address, what: &str) -> Result<PgConnection, StoreError> {
    let options = called(address.options(), what);
    let first = timeout(BUSY, options.connect()).await;
    let late = || sqlx::Error::from(io::Error::from(io::ErrorKind::TimedOut));
    let first = first.unwrap_or_else(|_| Err(late()));
    first.map_err(|source| StoreError::Unreachable {
        at: address.to_string(),
        source,
    })
}

fn pool(connections: u32) -> PgPoolOptions {
    PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(BUSY)
}

/// Brings the tables to this version and makes sure whose log it is. Servers that do so at
/// the same time wait for one another.
async fn prepare(city: &str, connection: &mut PgConnection) -> Result<(), StoreError> {
    let encoding = sqlx::query_scalar("SELECT current_setting('server_encoding')");
    let encoding: String = encoding.fetch_one(&mut *connection).await?;
    if encoding != "UTF8" {
        return Err(StoreError::Encoding(encoding));
    }
    migrations::postgres().run(&mut *connection).await?;
    tables::begin(connection, city).await
}

#[async_trait]
impl Store for PostgresStore {
    fn city(&self) -> &str {
        &self.city
    }

    async fn append_by(
        &self,
        batch: &[Event],
        limits: &Limits,
        by: By<'_>,
    ) -> Result<Appended, StoreError> {
        // What is read after the head is locked must be as the one before left it, and not
        // as it was when this began, whatever the database's own habit is.
        let begin = "BEGIN ISOLATION LEVEL READ COMMITTED";
        let mut transaction = self.writer.begin_with(begin).await?;
        let mut tables = Tables(&mut *transaction);
        let appended = books::append(&mut tables, &self.city, batch, limits, by).await?;
        if !appended.placed.is_empty() {
            // Is told when the transaction commits, and not at all if it does not.
            listener::tell(&mut transaction, appended.head.place).await?;
        }
        transaction.commit().await?;
        Ok(appended)
    }

    async fn after(&self, place: u64, limit: u32) -> Result<Vec<Placed>, StoreError> {
        let Ok(place) = rows::int(place) else {
            return Ok(Vec::new());
        };
        // The page ends in the database: what it has begun to send comes to its end, even
        // if nobody reads on.
        let found = sqlx::query(
            "SELECT place, chain, raw FROM (\
             SELECT place, chain, raw, sum(octet_length(raw)) OVER (ORDER BY place) AS bytes \
             FROM events WHERE place > $1 ORDER BY place LIMIT $2) AS page \
             WHERE bytes <= $3 OR bytes = octet_length(raw) ORDER BY place",
        )
        .bind(place)
        .bind(i64::from(limit))
        .bind(i64::try_from(PAGE_BYTES).unwrap_or(i64::MAX))
        .fetch_all(&self.readers)
        .await?;
        found.iter().map(rows::placed).collect()
    }

    async fn head(&self) -> Result<Head, StoreError> {
        tables::head(&mut *self.readers.acquire().await?).await
    }

    async fn receipts(
        &self,
        device: DeviceId,
        numbers: RangeInclusive<u64>,
    ) -> Result<Vec<Receipt>, StoreError> {
        tables::receipts(&mut *self.readers.acquire().await?, device, numbers).await
    }

    async fn receipts_of(&self, event: EventId) -> Result<Vec<Receipt>, StoreError> {
        tables::receipts_of(&mut *self.readers.acquire().await?, event).await
    }

    async fn held(&self, only: Option<&Digest>, limit: u32) -> Result<Vec<HeldEvent>, StoreError> {
        tables::held(&mut *self.readers.acquire().await?, only, limit).await
    }

    async fn about(&self, account: &ActorId) -> Result<Vec<Arc<Event>>, StoreError> {
        people::about(&mut *self.readers.acquire().await?, account).await
    }

    async fn known(&self) -> Result<Vec<ActorId>, StoreError> {
        people::known(&mut *self.readers.acquire().await?).await
    }

    async fn claim(&self, device: DeviceId, account: &ActorId) -> Result<ActorId, StoreError> {
        people::claim(&mut *self.writer.acquire().await?, device, account).await
    }

    async fn secret(&self, account: &ActorId) -> Result<Option<String>, StoreError> {
        people::secret(&mut *self.readers.acquire().await?, account).await
    }

    async fn set_secret(&self, account: &ActorId, hash: &str) -> Result<(), StoreError> {
        people::set_secret(&mut *self.writer.acquire().await?, account, hash).await
    }

    async fn login(&self, id: &Digest, now: i64) -> Result<Option<Login>, StoreError> {
        people::login(&mut *self.readers.acquire().await?, id, now).await
    }

    async fn keep_login(&self, id: &Digest, login: &Login, now: i64) -> Result<(), StoreError> {
        people::keep_login(&mut *self.writer.acquire().await?, id, login, now).await
    }

    async fn end_login(&self, id: &Digest) -> Result<(), StoreError> {
        people::end_login(&mut *self.writer.acquire().await?, id).await
    }

    async fn add_token(
        &self,
        id: &Digest,
        account: &ActorId,
        name: &str,
    ) -> Result<(), StoreError> {
        people::add_token(&mut *self.writer.acquire().await?, id, account, name).await
    }

    async fn holder(&self, token: &Digest) -> Result<Option<ActorId>, StoreError> {
        people::holder(&mut *self.readers.acquire().await?, token).await
    }

    async fn drop_tokens(&self, account: &ActorId) -> Result<(), StoreError> {
        people::drop_tokens(&mut *self.writer.acquire().await?, account).await
    }

    async fn layer_puts(&self) -> Result<Vec<LayerPut>, StoreError> {
        layers::puts(&mut *self.readers.acquire().await?).await
    }

    async fn layer_file(&self, version: &Digest) -> Result<Option<Vec<u8>>, StoreError> {
        layers::file(&mut *self.readers.acquire().await?, version).await
    }

    async fn put_layer(&self, put: &LayerPut, file: &[u8]) -> Result<bool, StoreError> {
        // Not the writer: a large file would keep events waiting, with which it shares no row.
        let mut transaction = self.readers.begin().await?;
        let taken = layers::put(&mut *transaction, put, file).await?;
        transaction.commit().await?;
        Ok(taken)
    }

    async fn told(&self, robot: &str) -> Result<Option<Told>, StoreError> {
        told::told(&mut *self.readers.acquire().await?, robot).await
    }

    async fn set_told(
        &self,
        robot: &str,
        before: Option<&Told>,
        told: &Told,
    ) -> Result<bool, StoreError> {
        told::set_told(&mut *self.readers.acquire().await?, robot, before, told).await
    }

    async fn subscriptions(
        &self,
        server_key: &str,
    ) -> Result<Vec<(Subscription, Told)>, StoreError> {
        subscriptions::all(&mut *self.readers.acquire().await?, server_key).await
    }

    async fn subscription(&self, device: DeviceId) -> Result<Option<Subscription>, StoreError> {
        subscriptions::one(&mut *self.readers.acquire().await?, device).await
    }

    async fn subscribe(
        &self,
        subscription: &Subscription,
        begun: &Told,
        now: Timestamp,
        most: u32,
    ) -> Result<(), StoreError> {
        let mut transaction = self.readers.begin().await?;
        subscriptions::keep(&mut *transaction, subscription, begun, now, most).await?;
        transaction.commit().await?;
        Ok(())
    }

    async fn set_pushed(
        &self,
        device: DeviceId,
        before: &Told,
        told: &Told,
    ) -> Result<bool, StoreError> {
        let mut connection = self.readers.acquire().await?;
        subscriptions::set_told(&mut *connection, device, before, told).await
    }

    async fn unsubscribe(&self, ended: Ended<'_>) -> Result<(), StoreError> {
        subscriptions::end(&mut *self.readers.acquire().await?, ended).await
    }

    fn heard(&self) -> Option<watch::Receiver<u64>> {
        Some(self.heard.clone())
    }

    async fn close(&self) {
        self.listening.abort();
        let closed = async { tokio::join!(self.readers.close(), self.writer.close()) };
        if timeout(GOODBYE, closed).await.is_err() {
            tracing::warn!("the database did not answer when its connections were closed");
        }
    }
}

/// What a connection is called in `pg_stat_activity`; it hears of warnings and worse.
fn called(options: PgConnectOptions, what: &str) -> PgConnectOptions {
    options
        .application_name(&format!("mendmap-server {what}"))
        // That a table is there already is no news.
        .options([("client_min_messages", "warning")])
}
