//! Where events lie. The only room that holds SQL.
//!
//! [`Store`] is what the rest of the server knows; each database has a file that
//! implements it. What is decided is decided by `mendmap_core::sync` and applied by
//! `books.rs`; what it is written down with is in `tables.rs`, what the rows mean in
//! `rows.rs`. Each is there once for all databases, which meet in `database.rs`;
//! `tests/conformance` tells each the same story. `proof.rs` reads a log through and writes nothing. `transfer.rs` takes a log from one to the other.

mod books;
mod database;
mod error;
mod layers;
mod migrations;
mod people;
mod postgres;
mod proof;
mod rows;
mod sqlite;
mod subscriptions;
mod tables;
mod told;
mod transfer;

pub use error::StoreError;
pub use postgres::{Address, AddressError, PostgresStore};
pub use proof::{Break, ProofError, prove_database, prove_file};
pub use sqlite::SqliteStore;
pub use transfer::{TransferError, Transferred, transfer};

use async_trait::async_trait;
use jiff::Timestamp;
use mendmap_core::account::Account;
use mendmap_core::catalog::LayerId;
use mendmap_core::ids::{DeviceId, EventId};
use mendmap_core::log::{ActorId, Event};
use mendmap_core::sync::{Answer, Digest, Head, Limits, Receipt};
use mendmap_core::told::{Language, Told};
use std::fmt;
use std::ops::RangeInclusive;
use std::sync::Arc;
use tokio::sync::watch;

/// The most bytes of events in one page, unless the first alone is longer.
pub const PAGE_BYTES: usize = 4 * 1024 * 1024;

/// An event with its place in the order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// Its place, from 1.
    pub place: u64,
    /// The chained hash up to and with it.
    pub chain: Digest,
    /// Its bytes as received.
    pub raw: Box<[u8]>,
}

/// An event that counts nowhere until somebody hands it over who has the right to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldEvent {
    /// What was said of it, and why.
    pub receipt: Receipt,
    /// Its bytes as received.
    pub raw: Box<[u8]>,
}

/// What appending did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appended {
    /// An answer for each event, in their order, as true after all of them.
    pub answers: Vec<Answer>,
    /// What got a place, ascending: events of the batch, and those that had waited for
    /// one of them.
    pub placed: Vec<Placed>,
    /// How far the order has come.
    pub head: Head,
}

/// Who hands events over.
#[derive(Debug, Clone, Copy)]
pub enum By<'a> {
    /// Whoever runs the server: nothing is asked.
    Operator,
    /// An account, as it stands when the batch is taken in.
    Account(&'a ActorId),
}

/// Somebody who is logged in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Login {
    /// What the session holds, as JSON.
    pub data: String,
    /// When it ends, in seconds since 1970.
    pub expires: i64,
}

/// What was put in place of the file of a layer that came with the app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayerPut {
    /// The layer.
    pub layer: LayerId,
    /// The how manieth of that layer, from 1; the last one counts.
    pub number: u64,
    /// SHA-256 of the file; none where the one that came with the app was put back.
    pub version: Option<Digest>,
    /// Size of the file; 0 where there is none.
    pub bytes: u64,
    /// When, in seconds since 1970.
    pub at: i64,
    /// By whom; none for whoever is at the machine of a server without accounts.
    pub by: Option<ActorId>,
}

/// A phone that is told what is news to its account, as its browser says it can be reached. Whoever
/// has that can have it show something, so it is not printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Subscription {
    /// The device that this account is in that browser.
    pub device: DeviceId,
    /// The account.
    pub account: ActorId,
    /// For which public key of the server it was made, in base64url.
    pub server_key: String,
    /// Where its push service takes what it is to be told.
    pub endpoint: String,
    /// The browser's public point, not compressed (RFC 8291).
    pub p256dh: [u8; 65],
    /// The browser's secret.
    pub auth: [u8; 16],
    /// In which language.
    pub language: Language,
}

impl fmt::Debug for Subscription {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Subscription")
            .field("device", &self.device)
            .finish_non_exhaustive()
    }
}

/// Who is told no more.
#[derive(Debug, Clone, Copy)]
pub enum Ended<'a> {
    /// A device of an account.
    Device(&'a ActorId, DeviceId),
    /// All devices of an account.
    Account(&'a ActorId),
    /// Whoever is reached there.
    Endpoint(&'a str),
}

/// The log of one city, what was said of each event, who may write in it, and the layers that
/// were put in place of the app's own.
#[async_trait]
pub trait Store: Send + Sync {
    /// The city.
    fn city(&self) -> &str;

    /// Takes events in. They are stored durably before this returns; if it fails, none of
    /// them is, and the same batch may be sent again. Repeating is always safe.
    ///
    /// # Errors
    /// [`StoreError::NoAccount`]; those of the database.
    async fn append_by(
        &self,
        batch: &[Event],
        limits: &Limits,
        by: By<'_>,
    ) -> Result<Appended, StoreError>;

    /// The same for whoever runs the server.
    ///
    /// # Errors
    /// Those of the database.
    async fn append(&self, batch: &[Event], limits: &Limits) -> Result<Appended, StoreError> {
        self.append_by(batch, limits, By::Operator).await
    }

    /// Events that have a place after this one, ascending: at most `limit`, and no more
    /// than [`PAGE_BYTES`].
    ///
    /// # Errors
    /// Those of the database.
    async fn after(&self, place: u64, limit: u32) -> Result<Vec<Placed>, StoreError>;

    /// How far the order has come.
    ///
    /// # Errors
    /// Those of the database.
    async fn head(&self) -> Result<Head, StoreError>;

    /// What was said of a device's events with these numbers, by number, then by arrival.
    ///
    /// # Errors
    /// Those of the database.
    async fn receipts(
        &self,
        device: DeviceId,
        numbers: RangeInclusive<u64>,
    ) -> Result<Vec<Receipt>, StoreError>;

    /// What was said of all contents that came under an id, by arrival.
    ///
    /// # Errors
    /// Those of the database.
    async fn receipts_of(&self, event: EventId) -> Result<Vec<Receipt>, StoreError>;

    /// What is held for want of a right, by arrival, or only these bytes: at most `limit`.
    ///
    /// # Errors
    /// Those of the database.
    async fn held(&self, only: Option<&Digest>, limit: u32) -> Result<Vec<HeldEvent>, StoreError>;

    /// The events about an account that count, in their order.
    ///
    /// # Errors
    /// Those of the database.
    async fn about(&self, account: &ActorId) -> Result<Vec<Arc<Event>>, StoreError>;

    /// The accounts that anything is said of, by id.
    ///
    /// # Errors
    /// Those of the database.
    async fn known(&self) -> Result<Vec<ActorId>, StoreError>;

    /// An account as its events have it.
    ///
    /// # Errors
    /// Those of the database.
    async fn account(&self, id: &ActorId) -> Result<Option<Account>, StoreError> {
        Ok(Account::fold(id, &self.about(id).await?))
    }

    /// Makes a device an account's, unless it is another's, and says whose it is.
    ///
    /// # Errors
    /// Those of the database.
    async fn claim(&self, device: DeviceId, account: &ActorId) -> Result<ActorId, StoreError>;

    /// The hash of an account's password.
    ///
    /// # Errors
    /// Those of the database.
    async fn secret(&self, account: &ActorId) -> Result<Option<String>, StoreError>;

    /// Gives an account another password, by its hash.
    ///
    /// # Errors
    /// Those of the database.
    async fn set_secret(&self, account: &ActorId, hash: &str) -> Result<(), StoreError>;

    /// A login that has not expired by `now`, in seconds since 1970.
    ///
    /// # Errors
    /// Those of the database.
    async fn login(&self, id: &Digest, now: i64) -> Result<Option<Login>, StoreError>;

    /// Keeps a login under its id.
    ///
    /// # Errors
    /// Those of the database.
    async fn keep_login(&self, id: &Digest, login: &Login, now: i64) -> Result<(), StoreError>;

    /// Ends a login; that there is none is no error.
    ///
    /// # Errors
    /// Those of the database.
    async fn end_login(&self, id: &Digest) -> Result<(), StoreError>;

    /// Lets a program act for an account.
    ///
    /// # Errors
    /// Those of the database.
    async fn add_token(&self, id: &Digest, account: &ActorId, name: &str)
    -> Result<(), StoreError>;

    /// The account a program's key acts for.
    ///
    /// # Errors
    /// Those of the database.
    async fn holder(&self, token: &Digest) -> Result<Option<ActorId>, StoreError>;

    /// Takes all programs' keys for an account away.
    ///
    /// # Errors
    /// Those of the database.
    async fn drop_tokens(&self, account: &ActorId) -> Result<(), StoreError>;

    /// All that was ever put in place of layers' files, by layer, each in its order.
    ///
    /// # Errors
    /// Those of the database.
    async fn layer_puts(&self) -> Result<Vec<LayerPut>, StoreError>;

    /// The bytes of a file that was put.
    ///
    /// # Errors
    /// Those of the database.
    async fn layer_file(&self, version: &Digest) -> Result<Option<Vec<u8>>, StoreError>;

    /// Puts a file, whose `version` it is, in place of a layer's, as the one after the last
    /// that the caller knows of; false, and nothing was done, where another one came
    /// meanwhile. `bytes` of the put is not read. With no version there is no file.
    ///
    /// # Errors
    /// Those of the database.
    async fn put_layer(&self, put: &LayerPut, file: &[u8]) -> Result<bool, StoreError>;

    /// How far a group robot was told, by its name; none where it was told nothing yet.
    ///
    /// # Errors
    /// Those of the database.
    async fn told(&self, robot: &str) -> Result<Option<Told>, StoreError>;

    /// Writes down how far a group robot was told, in place of what it was `before`, whose turn
    /// the new one does not have; false, and nothing was done, where another came meanwhile.
    ///
    /// # Errors
    /// Those of the database.
    async fn set_told(
        &self,
        robot: &str,
        before: Option<&Told>,
        told: &Told,
    ) -> Result<bool, StoreError>;

    /// The phones that are told what is news, of those that a key of the server was given to, with
    /// how far each was told.
    ///
    /// # Errors
    /// Those of the database.
    async fn subscriptions(
        &self,
        server_key: &str,
    ) -> Result<Vec<(Subscription, Told)>, StoreError>;

    /// How a device is told.
    ///
    /// # Errors
    /// Those of the database.
    async fn subscription(&self, device: DeviceId) -> Result<Option<Subscription>, StoreError>;

    /// Tells a phone from now on, as of `begun`; or, where its device is told already, goes on
    /// there. Whoever had its endpoint has it no more, and of an account's phones the `most` that
    /// asked last are told.
    ///
    /// # Errors
    /// Those of the database.
    async fn subscribe(
        &self,
        subscription: &Subscription,
        begun: &Told,
        now: Timestamp,
        most: u32,
    ) -> Result<(), StoreError>;

    /// Writes down how far a phone was told, in place of what it was `before`, as
    /// [`set_told`](Store::set_told) does for a robot.
    ///
    /// # Errors
    /// Those of the database.
    async fn set_pushed(
        &self,
        device: DeviceId,
        before: &Told,
        told: &Told,
    ) -> Result<bool, StoreError>;

    /// Tells a phone, or all of an account, no more; that there is none is no error.
    ///
    /// # Errors
    /// Those of the database.
    async fn unsubscribe(&self, ended: Ended<'_>) -> Result<(), StoreError>;

    /// How far the order has come, as far as one hears of it from whoever else appends to
    /// this log; `None` where nobody else does. It is a hint and never goes back; the order
    /// itself is read with [`after`](Store::after).
    fn heard(&self) -> Option<watch::Receiver<u64>> {
        None
    }

    /// Waits for work under way and closes the database.
    async fn close(&self);

    /// Computes the chain anew over all that has a place and gives the head it ends with.
    ///
    /// # Errors
    /// [`StoreError::Chain`] at the first place where it differs; those of the database.
    async fn verify(&self) -> Result<Head, StoreError> {
        let end = self.head().await?;
        let mut head = Head::start(self.city());
        while head.place < end.place {
            let page = self.after(head.place, 1000).await?;
            if page.is_empty() {
                return Err(StoreError::Chain(head.place + 1));
            }
            for event in page {
                head = head.followed_by(&event.raw);
                if (event.place, event.chain) != (head.place, head.chain) {
                    return Err(StoreError::Chain(head.place));
                }
                if head.place == end.place {
                    break;
                }
            }
        }
        match head == end {
            true => Ok(head),
            false => Err(StoreError::Chain(head.place)),
        }
    }
}
