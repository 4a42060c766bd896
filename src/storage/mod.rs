//! The browser's storage: one IndexedDB database a city. The only room that
//! names IndexedDB.
//!
//! * [`schema`]: the stores, and how an older database becomes this one
//! * [`events`]: the log: append, keep, read all, pack into segments
//! * [`device`]: who writes here
//! * [`outbox`]: what a server has not got yet, and what it said
//! * [`history`]: the snapshot a device began with, and what lies before it
//! * [`photos`]: photos, and which of them wait for a server
//! * [`layers`]: layers of a person's own, and the ones before them; [`columns`]: copies of the city's, as read
//! * [`published`]: figures of other days, as their file came
//! * [`records`]: reading and writing in a transaction; [`text`]: values kept as JSON

mod columns;
mod device;
mod events;
mod history;
mod layers;
mod outbox;
mod photos;
mod published;
mod records;
mod schema;
mod text;

pub use columns::ColumnsNote;
pub use device::Device;
pub use events::Kept;
pub use layers::{KeptLayer, LayerNote};
pub use outbox::Synced;
pub use photos::Noted;

use indexed_db_futures::{
    database::Database,
    error::{Error, OpenDbError},
    prelude::*,
    transaction::{Transaction, TransactionDurability, TransactionMode, TransactionOptions},
};
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};

/// The database of one city.
pub struct Storage {
    database: Database,
}

/// Why nothing could be kept or read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum StorageError {
    /// The browser gives no database, as some do in private windows.
    #[error("no storage: {detail}")]
    Unavailable {
        /// What the browser said.
        detail: String,
    },
    /// The disk or the browser's share of it is full.
    #[error("storage is full")]
    Full,
    /// A newer version of the app has written here.
    #[error("storage was written by a newer version")]
    Newer,
    /// Another tab holds on to an older version of the storage.
    #[error("another tab blocks the storage")]
    Blocked,
    /// A photo that is to go with an event is not kept here.
    #[error("a photo is not here")]
    NoPhoto,
    /// Something else.
    #[error("storage failed: {detail}")]
    Failed {
        /// What the browser said.
        detail: String,
    },
}

impl Storage {
    /// Opens the city's database, making or migrating it where needed.
    pub async fn open(city: &str) -> Result<Self, StorageError> {
        let name = format!("mendmap-{city}");
        let brought_up = schema::bring_up(&name).await;
        brought_up.map_err(|error| StorageError::opening(said_by(&error)))?;
        let database = Database::open(name).with_version(schema::VERSION).await?;
        Ok(Storage { database })
    }

    fn read(&self, stores: &[&str]) -> Result<Transaction<'_>, StorageError> {
        Ok(self
            .database
            .transaction(stores)
            .with_mode(TransactionMode::Readonly)
            .build()?)
    }

    /// A transaction whose commit means that it is on the disk.
    fn write(&self, stores: &[&str]) -> Result<Transaction<'_>, StorageError> {
        self.write_as(stores, TransactionDurability::Strict)
    }

    /// A transaction for what is fetched again where a power cut takes it.
    fn write_lightly(&self, stores: &[&str]) -> Result<Transaction<'_>, StorageError> {
        self.write_as(stores, TransactionDurability::Relaxed)
    }

    fn write_as(
        &self,
        stores: &[&str],
        durability: TransactionDurability,
    ) -> Result<Transaction<'_>, StorageError> {
        let mut options = TransactionOptions::new();
        options.set_durability(durability);
        Ok(self
            .database
            .transaction(stores)
            .with_mode(TransactionMode::Readwrite)
            .with_options(options)
            .build()?)
    }
}

impl From<Error> for StorageError {
    fn from(error: Error) -> Self {
        let detail = said(&error);
        if detail.contains("Quota") {
            StorageError::Full
        } else {
            StorageError::Failed { detail }
        }
    }
}

impl From<OpenDbError> for StorageError {
    fn from(error: OpenDbError) -> Self {
        StorageError::opening(match error {
            OpenDbError::Base(error) => said(&error),
            _ => said_by(&JsValue::NULL),
        })
    }
}

impl StorageError {
    /// Why a database was not opened, by what the browser said.
    fn opening(detail: String) -> Self {
        if detail.contains("VersionError") || detail.contains("less than the existing") {
            StorageError::Newer
        } else if detail.contains("locked") {
            StorageError::Blocked
        } else {
            StorageError::Unavailable { detail }
        }
    }
}

/// What the browser says. The rest would be a fault of ours, and its words bring in a
/// writer of floats, 16 kB of the download.
fn said(error: &Error) -> String {
    match error {
        Error::DomException(exception) => said_by(exception.as_ref()),
        Error::Unknown(error) => error.to_string(),
        _ => "a value of another kind".to_owned(),
    }
}

/// What a fault says of itself; where there is no database there is none.
fn said_by(fault: &JsValue) -> String {
    let fault = fault.dyn_ref::<js_sys::Object>();
    fault.map_or_else(|| "there is none".into(), |it| it.to_string().into())
}

/// Bytes as they are stored.
fn to_js(bytes: &[u8]) -> JsValue {
    js_sys::Uint8Array::from(bytes).into()
}

/// Pieces as one, each let go of as soon as the browser has it.
fn joined(pieces: Vec<Vec<u8>>) -> js_sys::Uint8Array {
    let all: usize = pieces.iter().map(Vec::len).sum();
    let joined = js_sys::Uint8Array::new_with_length(all as u32);
    let mut at = 0;
    for piece in pieces {
        let end = at + piece.len() as u32;
        joined.subarray(at, end).copy_from(&piece);
        at = end;
    }
    joined
}

/// Stored bytes; something that is none is `None`.
fn from_js(value: &JsValue) -> Option<Vec<u8>> {
    value
        .dyn_ref::<js_sys::Uint8Array>()
        .map(js_sys::Uint8Array::to_vec)
}
