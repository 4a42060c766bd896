//! SQLite: one file in a folder, with no set-up.

use super::tables::{self, Tables};
use super::{
    Appended, By, Ended, HeldEvent, LayerPut, Login, PAGE_BYTES, Placed, Store, StoreError,
    Subscription, books, layers, migrations, people, rows, subscriptions, told,
};
use async_trait::async_trait;
use futures::TryStreamExt;
use jiff::Timestamp;
use mendmap_core::ids::{DeviceId, EventId};
use mendmap_core::log::{ActorId, Event};
use mendmap_core::sync::{Digest, Head, Limits, Receipt};
use mendmap_core::told::Told;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use std::ops::RangeInclusive;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

#[cfg(test)]
mod tests;

/// How long a statement waits for another program that holds the file.
const BUSY: Duration = Duration::from_secs(10);

/// Readers at once; a reader never waits for the writer.
const READERS: u32 = 4;

/// A log in SQLite.
pub struct SqliteStore {
    city: String,
    /// One connection: appends queue here instead of at the file's lock.
    pub(super) writer: SqlitePool,
    pub(super) readers: SqlitePool,
}

impl SqliteStore {
    /// Opens the log of a city in a file, which is made where there is none.
    ///
    /// # Errors
    /// [`StoreError::City`] where the file is the log of another city; those of the
    /// database.
    pub async fn open(city: &str, file: &Path) -> Result<SqliteStore, StoreError> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // A receipt is a promise: it may not go with the power.
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(BUSY);
        let writer = one_connection().connect_with(options.clone()).await?;
        prepare(city, &writer).await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .test_before_acquire(false)
            .connect_with(options.pragma("query_only", "on"))
            .await?;
        let city = city.into();
        Ok(SqliteStore {
            city,
            writer,
            readers,
        })
    }

    /// A log that lives as long as this value: for tests.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn in_memory(city: &str) -> Result<SqliteStore, StoreError> {
        let options = SqliteConnectOptions::new().in_memory(true);
        // The database is the connection.
        let writer = one_connection().connect_with(options).await?;
        prepare(city, &writer).await?;
        let readers = writer.clone();
        let city = city.into();
        Ok(SqliteStore {
            city,
            writer,
            readers,
        })
    }
}

impl SqliteStore {
    /// Writes all of it, as it stands now, into a new file. Appends go on meanwhile, and are
    /// not in it.
    ///
    /// # Errors
    /// Those of the database, also where there is a file already.
    pub async fn copy_to(&self, file: &Path) -> Result<(), StoreError> {
        let file = file
            .to_str()
            .ok_or(StoreError::Row("a path that is no text"))?;
        let mut reader = self.readers.acquire().await?;
        // What keeps a reader from writing to its own file forbids to make another, too.
        sqlx::query("PRAGMA query_only = off")
            .execute(&mut *reader)
            .await?;
        let copied = sqlx::query("VACUUM INTO ?")
            .bind(file)
            .execute(&mut *reader)
            .await;
        sqlx::query("PRAGMA query_only = on")
            .execute(&mut *reader)
            .await?;
        copied?;
        Ok(())
    }
}

fn one_connection() -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(1)
        .min_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        // There is no network to be lost. And whoever is given up while it is asked takes the
        // connection along, which in memory is all there is.
        .test_before_acquire(false)
}

/// Brings the tables to this version and makes sure whose log it is.
async fn prepare(city: &str, pool: &SqlitePool) -> Result<(), StoreError> {
    migrations::sqlite().run(pool).await?;
    tables::begin(&mut *pool.acquire().await?, city).await
}

#[async_trait]
impl Store for SqliteStore {
    fn city(&self) -> &str {
        &self.city
    }

    async fn append_by(
        &self,
        batch: &[Event],
        limits: &Limits,
        by: By<'_>,
    ) -> Result<Appended, StoreError> {
        // Immediate: the lock is taken before the head is read, also against a second
        // program on the same file.
        let mut transaction = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        let mut tables = Tables(&mut *transaction);
        let appended = books::append(&mut tables, &self.city, batch, limits, by).await?;
        transaction.commit().await?;
        Ok(appended)
    }

    async fn after(&self, place: u64, limit: u32) -> Result<Vec<Placed>, StoreError> {
        let Ok(place) = rows::int(place) else {
            return Ok(Vec::new());
        };
        let mut found = sqlx::query(
            "SELECT place, chain, raw FROM events WHERE place > ? ORDER BY place LIMIT ?",
        )
        .bind(place)
        .bind(limit)
        .fetch(&self.readers);
        let mut page: Vec<Placed> = Vec::new();
        let mut bytes = 0;
        while let Some(row) = found.try_next().await? {
            let placed = rows::placed(&row)?;
            bytes += placed.raw.len();
            if bytes > PAGE_BYTES && !page.is_empty() {
                break;
            }
            page.push(placed);
        }
        Ok(page)
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
        let mut transaction = self.writer.begin_with("BEGIN IMMEDIATE").await?;
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
        told::set_told(&mut *self.writer.acquire().await?, robot, before, told).await
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
        let mut transaction = self.writer.begin_with("BEGIN IMMEDIATE").await?;
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
        let mut connection = self.writer.acquire().await?;
        subscriptions::set_told(&mut *connection, device, before, told).await
    }

    async fn unsubscribe(&self, ended: Ended<'_>) -> Result<(), StoreError> {
        subscriptions::end(&mut *self.writer.acquire().await?, ended).await
    }

    async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}
