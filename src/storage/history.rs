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
const CELLS: &str = "cells";
const FETCHED: &str = "history";

impl Storage {
    /// Begins with a snapshot: what comes after its place is fetched from there. A device
    /// begins once: where something was fetched already nothing is changed, and that place given.
    pub async fn begin(&self, snapshot: &[u8], head: Head) -> Result<Head, StorageError> {
        let transaction = self.write(&[META, HISTORY])?;
        let meta = Records::of(&transaction, META)?;
        if let Some(at) = read_json(&meta.get(CURSOR).await?) {
            return Ok(at);
        }
        Records::of(&transaction, HISTORY)?.put(SNAPSHOT, to_js(snapshot))?;
        meta.put(CURSOR, json(&head)?)?;
        commit(transaction).await?;
        Ok(head)
    }

    /// Up to where the history before the snapshot is kept; none before the first piece.
    pub async fn fetched(&self) -> Result<Option<Head>, StorageError> {
        let transaction = self.read(&[META])?;
        let fetched = Records::of(&transaction, META)?.get(FETCHED).await?;
        Ok(read_json(&fetched))
    }

    /// What is kept of the history is not what it should be: it is fetched again.
    pub async fn doubt_history(&self) -> Result<(), StorageError> {
        let transaction = self.write(&[META])?;
        Records::of(&transaction, META)?.delete(FETCHED)?;
        commit(transaction).await
    }

    /// The snapshot that this device began with, and up to where it has fetched the order since;
    /// none where it began with nothing.
    pub async fn begun(&self) -> Result<Option<(Vec<u8>, Head)>, StorageError> {
        let transaction = self.read(&[META, HISTORY])?;
        let snapshot = Records::of(&transaction, HISTORY)?.get(SNAPSHOT).await?;
        let cursor = Records::of(&transaction, META)?.get(CURSOR).await?;
        Ok(from_js(&snapshot).zip(read_json(&cursor)))
    }

    /// Keeps what closed tasks add to a ledger.
    pub async fn keep_cells(&self, cells: &[u8]) -> Result<(), StorageError> {
        let transaction = self.write_lightly(&[HISTORY])?;
        Records::of(&transaction, HISTORY)?.put(CELLS, to_js(cells))?;
        commit(transaction).await
    }

    /// What closed tasks add to a ledger; none where it was not fetched yet.
    pub async fn cells(&self) -> Result<Option<Vec<u8>>, StorageError> {
        let transaction = self.read(&[HISTORY])?;
        let cells = Records::of(&transaction, HISTORY)?.get(CELLS).await?;
        Ok(from_js(&cells))
    }

    /// Keeps the piece after a place; `next` is where the order stands at its end.
    pub async fn keep_history(
        &self,
        after: u64,
        segment: &[u8],
        next: Head,
    ) -> Result<(), StorageError> {
        let transaction = self.write_lightly(&[META, HISTORY])?;
        Records::of(&transaction, HISTORY)?.put(&format!("{after:012}"), to_js(segment))?;
        Records::of(&transaction, META)?.put(FETCHED, json(&next)?)?;
        commit(transaction).await
    }

    /// The keys of the pieces, in their order.
    pub async fn pieces(&self) -> Result<Vec<String>, StorageError> {
        let transaction = self.read(&[HISTORY])?;
        let keys = Records::of(&transaction, HISTORY)?.keys().await?;
        let names = keys.iter().filter_map(wasm_bindgen::JsValue::as_string);
        Ok(names
            .filter(|name| name != SNAPSHOT && name != CELLS)
            .collect())
    }

    /// One piece.
    pub async fn piece(&self, key: &str) -> Result<Vec<u8>, StorageError> {
        let transaction = self.read(&[HISTORY])?;
        let piece = Records::of(&transaction, HISTORY)?.get(key).await?;
        Ok(from_js(&piece).unwrap_or_default())
    }
}
