//! What is kept of syncing: the outbox, what a server said, and how far its order was fetched.

use super::{
    Storage, StorageError, from_js,
    schema::{EVENTS, META, OUTBOX, RECEIPTS},
    to_js,
};
use indexed_db_futures::{object_store::ObjectStore, prelude::*, transaction::Transaction};
use mendmap_core::sync::{Head, Receipt, Verdict, content, device::Store};
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::JsValue;

const JOINED: &str = "joined";
const CURSOR: &str = "cursor";
const OFFSET_MS: &str = "offset_ms";
const SENT_AT: &str = "sent_at";

/// What is kept of syncing.
#[derive(Debug, Default)]
pub struct Synced {
    /// Events that no server has accepted, with what one said of them.
    pub outbox: Vec<(Vec<u8>, Option<Receipt>)>,
    /// Receipts of accepted events.
    pub accepted: Vec<Receipt>,
    /// How far the order was fetched.
    pub cursor: Option<Head>,
    /// The last measured distance to the server's clock, in milliseconds.
    pub offset_ms: Option<i64>,
    /// When last all was sent, by this device's clock.
    pub sent_at: Option<i64>,
}

impl Storage {
    /// From now on there is a server: what is kept here goes to the outbox, once, and so
    /// does whatever is appended later.
    pub async fn join<'a>(
        &self,
        events: impl Iterator<Item = &'a [u8]>,
    ) -> Result<(), StorageError> {
        let transaction = self.write([META, OUTBOX])?;
        let meta = transaction.object_store(META)?;
        if is_joined(&meta).await? {
            return Ok(());
        }
        let outbox = transaction.object_store(OUTBOX)?;
        for raw in events {
            queue(&outbox, raw)?;
        }
        meta.put(true).with_key(JOINED).primitive()?;
        transaction.commit().await?;
        Ok(())
    }

    /// All that is kept of syncing; none where there never was a server.
    pub async fn synced(&self) -> Result<Option<Synced>, StorageError> {
        let transaction = self.read([META, OUTBOX, RECEIPTS])?;
        let meta = transaction.object_store(META)?;
        if !is_joined(&meta).await? {
            return Ok(None);
        }
        let mut receipts = Vec::new();
        let store = transaction.object_store(RECEIPTS)?;
        for text in store.get_all::<String>().primitive()?.await? {
            // One that cannot be read is asked for again.
            if let Ok(receipt) = serde_json::from_slice::<Receipt>(text?.as_bytes()) {
                receipts.push(receipt);
            }
        }
        let mut synced = Synced {
            cursor: read_json(&meta, CURSOR).await?,
            offset_ms: read_json(&meta, OFFSET_MS).await?,
            sent_at: read_json(&meta, SENT_AT).await?,
            ..Synced::default()
        };
        let outbox = transaction.object_store(OUTBOX)?;
        for value in outbox.get_all::<JsValue>().primitive()?.await? {
            if let Some(raw) = from_js(&value?) {
                let name = content(&raw);
                let at = receipts.iter().position(|receipt| receipt.content == name);
                let receipt = at.map(|at| receipts.swap_remove(at));
                synced.outbox.push((raw, receipt));
            }
        }
        synced.accepted = receipts;
        Ok(Some(synced))
    }

    /// Stores what the machine of syncing wants stored, all of it or nothing.
    pub async fn settle(&self, store: &Store) -> Result<(), StorageError> {
        let transaction = self.write([META, EVENTS, OUTBOX, RECEIPTS])?;
        let events = transaction.object_store(EVENTS)?;
        for event in &store.events {
            events.add(to_js(event.raw())).primitive()?;
        }
        let outbox = transaction.object_store(OUTBOX)?;
        let receipts = transaction.object_store(RECEIPTS)?;
        let meta = transaction.object_store(META)?;
        let cursor = match store.cursor {
            Some(cursor) => Some(cursor),
            None => read_json::<Head>(&meta, CURSOR).await?,
        };
        for passed in &store.passed {
            receipts.delete(passed.to_string().as_str()).primitive()?;
        }
        for receipt in &store.receipts {
            let key = receipt.content.to_string();
            if let Verdict::Accepted { place, .. } = receipt.verdict {
                outbox.delete(key.as_str()).primitive()?;
                // What is behind the cursor needs no receipt any more.
                if cursor.is_some_and(|cursor| place <= cursor.place) {
                    receipts.delete(key.as_str()).primitive()?;
                    continue;
                }
            }
            put_json(&receipts, &key, receipt)?;
        }
        let numbers = [(OFFSET_MS, store.offset_ms), (SENT_AT, store.sent_at)];
        for (name, number) in numbers {
            if let Some(number) = number {
                put_json(&meta, name, &number)?;
            }
        }
        if let Some(cursor) = &store.cursor {
            put_json(&meta, CURSOR, cursor)?;
        }
        transaction.commit().await?;
        Ok(())
    }
}

/// Puts events that were just kept into the outbox, where there is a server.
pub(super) async fn queue_all<'a>(
    transaction: &Transaction<'_>,
    events: impl IntoIterator<Item = &'a [u8]>,
) -> Result<(), StorageError> {
    if is_joined(&transaction.object_store(META)?).await? {
        let outbox = transaction.object_store(OUTBOX)?;
        for raw in events {
            queue(&outbox, raw)?;
        }
    }
    Ok(())
}

fn queue(outbox: &ObjectStore<'_>, raw: &[u8]) -> Result<(), StorageError> {
    let key = content(raw).to_string();
    outbox.put(to_js(raw)).with_key(key).primitive()?;
    Ok(())
}

async fn is_joined(meta: &ObjectStore<'_>) -> Result<bool, StorageError> {
    let joined: Option<bool> = meta.get(JOINED).primitive()?.await?;
    Ok(joined == Some(true))
}

/// A value under a name, as the text of its JSON.
pub(super) async fn read_json<T: DeserializeOwned>(
    meta: &ObjectStore<'_>,
    name: &str,
) -> Result<Option<T>, StorageError> {
    let text: Option<String> = meta.get(name).primitive()?.await?;
    Ok(text.and_then(|text| serde_json::from_slice(text.as_bytes()).ok()))
}

/// Keeps a value under a name, as the text of its JSON.
pub(super) fn put_json<T: Serialize>(
    store: &ObjectStore<'_>,
    name: &str,
    value: &T,
) -> Result<(), StorageError> {
    let text = serde_json::to_string(value).map_err(|error| StorageError::Failed {
        detail: error.to_string(),
    })?;
    store.put(text).with_key(name).primitive()?;
    Ok(())
}
