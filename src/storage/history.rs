//! What came before this device: the snapshot that it began with, and, piece by piece, the
//! events up to it. They are many, and are not read with the rest of the log.

use super::{
    Storage, StorageError, from_js,
    outbox::CURSOR,
    records::{Records, commit},
    schema::{HISTORY, META},
    text::{json, read_json},
    to_js,
};
use mendmap_core::sync::Head;

/// The snapshot's key: segments have digits.
const SNAPSHOT: &str = "snapshot";
const FETCHED: &str = "history";

/// What this device began with.
#[derive(Debug)]
pub struct Begun {
    /// The snapshot.
    pub snapshot: Vec<u8>,
    /// Up to here the history before it is kept; none before the first piece.
    pub fetched: Option<Head>,
}

impl Storage {
    /// Begins with a snapshot: what comes after its place is fetched from there.
    pub async fn begin(&self, snapshot: &[u8], head: Head) -> Result<(), StorageError> {
        let transaction = self.write(&[META, HISTORY])?;
        Records::of(&transaction, HISTORY)?.put(SNAPSHOT, to_js(snapshot))?;
        Records::of(&transaction, META)?.put(CURSOR, json(&head)?)?;
        commit(transaction).await
    }

    /// What this device began with; none where that was nothing.
    pub async fn begun(&self) -> Result<Option<Begun>, StorageError> {
        let transaction = self.read(&[META, HISTORY])?;
        let snapshot = Records::of(&transaction, HISTORY)?.get(SNAPSHOT).await?;
        let fetched = Records::of(&transaction, META)?.get(FETCHED).await?;
        Ok(from_js(&snapshot).map(|snapshot| Begun {
            snapshot,
            fetched: read_json(&fetched),
        }))
    }

    /// Keeps the piece after a place; `next` is where the order stands at its end.
    pub async fn keep_history(
        &self,
        after: u64,
        segment: &[u8],
        next: Head,
    ) -> Result<(), StorageError> {
        let transaction = self.write(&[META, HISTORY])?;
        Records::of(&transaction, HISTORY)?.put(&format!("{after:012}"), to_js(segment))?;
        Records::of(&transaction, META)?.put(FETCHED, json(&next)?)?;
        commit(transaction).await
    }

    /// The keys of the pieces, in their order.
    pub async fn pieces(&self) -> Result<Vec<String>, StorageError> {
        let transaction = self.read(&[HISTORY])?;
        let keys = Records::of(&transaction, HISTORY)?.keys().await?;
        let names = keys.iter().filter_map(wasm_bindgen::JsValue::as_string);
        Ok(names.filter(|name| name != SNAPSHOT).collect())
    }

    /// One piece.
    pub async fn piece(&self, key: &str) -> Result<Vec<u8>, StorageError> {
        let transaction = self.read(&[HISTORY])?;
        let piece = Records::of(&transaction, HISTORY)?.get(key).await?;
        Ok(from_js(&piece).unwrap_or_default())
    }
}
