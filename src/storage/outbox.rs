//! What is kept of syncing: the outbox, what a server said, and how far its order was fetched.

use super::{
    Storage, StorageError, from_js,
    records::{Records, commit},
    schema::{EVENTS, META, OUTBOX, RECEIPTS},
    text::{json, read_json},
    to_js,
};
use indexed_db_futures::transaction::Transaction;
use mendmap_core::sync::{Head, Receipt, Verdict, content, device::Store};
use wasm_bindgen::JsValue;

const JOINED: &str = "joined";
pub(super) const CURSOR: &str = "cursor";
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
        let transaction = self.write(&[META, OUTBOX])?;
        let meta = Records::of(&transaction, META)?;
        if is_joined(&meta).await? {
            return Ok(());
        }
        let outbox = Records::of(&transaction, OUTBOX)?;
        for raw in events {
            queue(&outbox, raw)?;
        }
        meta.put(JOINED, JsValue::TRUE)?;
        commit(transaction).await
    }

    /// All that is kept of syncing; none where there never was a server.
    pub async fn synced(&self) -> Result<Option<Synced>, StorageError> {
        let transaction = self.read(&[META, OUTBOX, RECEIPTS])?;
        let meta = Records::of(&transaction, META)?;
        if !is_joined(&meta).await? {
            return Ok(None);
        }
        let kept = Records::of(&transaction, RECEIPTS)?.all().await?;
        // One that cannot be read is asked for again.
        let mut receipts: Vec<Receipt> = kept.iter().filter_map(read_json).collect();
        let mut synced = Synced {
            cursor: read_json(&meta.get(CURSOR).await?),
            offset_ms: read_json(&meta.get(OFFSET_MS).await?),
            sent_at: read_json(&meta.get(SENT_AT).await?),
            ..Synced::default()
        };
        for value in Records::of(&transaction, OUTBOX)?.all().await? {
            if let Some(raw) = from_js(&value) {
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
        let transaction = self.write(&[META, EVENTS, OUTBOX, RECEIPTS])?;
        let events = Records::of(&transaction, EVENTS)?;
        for event in &store.events {
            events.add(to_js(event.raw()))?;
        }
        let outbox = Records::of(&transaction, OUTBOX)?;
        let receipts = Records::of(&transaction, RECEIPTS)?;
        let meta = Records::of(&transaction, META)?;
        let cursor = match store.cursor {
            Some(cursor) => Some(cursor),
            None => read_json::<Head>(&meta.get(CURSOR).await?),
        };
        for passed in &store.passed {
            receipts.delete(&passed.to_string())?;
        }
        for receipt in &store.receipts {
            let key = receipt.content.to_string();
            if let Verdict::Accepted { place, .. } = receipt.verdict {
                outbox.delete(&key)?;
                // What is behind the cursor needs no receipt any more.
                if cursor.is_some_and(|cursor| place <= cursor.place) {
                    receipts.delete(&key)?;
                    continue;
                }
            }
            receipts.put(&key, json(receipt)?)?;
        }
        let numbers = [(OFFSET_MS, store.offset_ms), (SENT_AT, store.sent_at)];
        for (name, number) in numbers {
            if let Some(number) = number {
                meta.put(name, json(&number)?)?;
            }
        }
        if let Some(cursor) = &store.cursor {
            meta.put(CURSOR, json(cursor)?)?;
        }
        commit(transaction).await
    }
}

/// Puts events that were just kept into the outbox, where there is a server.
pub(super) async fn queue_all(
    transaction: &Transaction<'_>,
    events: &[&[u8]],
) -> Result<(), StorageError> {
    if is_joined(&Records::of(transaction, META)?).await? {
        let outbox = Records::of(transaction, OUTBOX)?;
        for raw in events {
            queue(&outbox, raw)?;
        }
    }
    Ok(())
}

fn queue(outbox: &Records<'_>, raw: &[u8]) -> Result<(), StorageError> {
    outbox.put(&content(raw).to_string(), to_js(raw))
}

async fn is_joined(meta: &Records<'_>) -> Result<bool, StorageError> {
    Ok(meta.get(JOINED).await?.as_bool() == Some(true))
}
