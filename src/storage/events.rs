//! The log in the browser.

use super::{
    Storage, StorageError,
    device::{NEXT_SEQ, writing},
    from_js,
    outbox::queue_all,
    schema::{EVENTS, META, OUTBOX, SEGMENTS},
    to_js,
};
use indexed_db_futures::{KeyRange, prelude::*, transaction::Transaction};
use mendmap_core::ids::DeviceId;
use wasm_bindgen::JsValue;

/// Everything kept of the log.
#[derive(Debug, Default)]
pub struct Kept {
    /// Packed events, oldest first.
    pub segments: Vec<Vec<u8>>,
    /// Single events, as received, oldest first.
    pub events: Vec<Vec<u8>>,
}

impl Storage {
    /// Appends an event: `seal` is given the device that writes and its next number inside
    /// the transaction, so that numbers have no gaps however many tabs write, and whoever
    /// logged in in one of them. When this returns, the event is on the disk, in the outbox
    /// too where there is a server; where `seal` fails, nothing is.
    pub async fn append<E: From<StorageError>>(
        &self,
        seal: impl FnOnce(DeviceId, u64) -> Result<Vec<u8>, E>,
    ) -> Result<Vec<u8>, E> {
        let transaction = self.write([META, EVENTS, OUTBOX])?;
        let (device, next) = read_seq(&transaction).await?;
        let bytes = seal(device, next)?;
        write_event(&transaction, &bytes, next)?;
        queue_all(&transaction, [&*bytes]).await?;
        transaction.commit().await.map_err(StorageError::from)?;
        Ok(bytes)
    }

    /// Keeps events of other devices, as received.
    pub async fn keep<'a>(
        &self,
        events: impl IntoIterator<Item = &'a [u8]>,
    ) -> Result<(), StorageError> {
        let transaction = self.write([META, EVENTS, OUTBOX])?;
        let store = transaction.object_store(EVENTS)?;
        let events: Vec<_> = events.into_iter().collect();
        for bytes in &events {
            store.add(to_js(bytes)).primitive()?;
        }
        queue_all(&transaction, events).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Keeps a segment of events of other devices.
    pub async fn keep_segment<'a>(
        &self,
        segment: &[u8],
        events: impl IntoIterator<Item = &'a [u8]>,
    ) -> Result<(), StorageError> {
        let transaction = self.write([META, SEGMENTS, OUTBOX])?;
        transaction
            .object_store(SEGMENTS)?
            .add(to_js(segment))
            .primitive()?;
        queue_all(&transaction, events).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Reads all that is kept.
    pub async fn read_log(&self) -> Result<Kept, StorageError> {
        let transaction = self.read([SEGMENTS, EVENTS])?;
        let mut kept = Kept::default();
        for (name, into) in [(SEGMENTS, &mut kept.segments), (EVENTS, &mut kept.events)] {
            let values = transaction
                .object_store(name)?
                .get_all::<JsValue>()
                .primitive()?
                .await?;
            for value in values {
                into.extend(from_js(&value?));
            }
        }
        Ok(kept)
    }

    /// Packs the single events into one segment once there are `at_least` of
    /// them. `pack` gives the segment, or `None` to leave all as it is. Nothing
    /// is ever in neither place: both changes are one transaction.
    pub async fn pack(
        &self,
        at_least: usize,
        pack: impl FnOnce(&[Vec<u8>]) -> Option<Vec<u8>>,
    ) -> Result<bool, StorageError> {
        let transaction = self.write([SEGMENTS, EVENTS])?;
        let events = transaction.object_store(EVENTS)?;
        let keys: Vec<f64> = events
            .get_all_keys()
            .primitive()?
            .await?
            .collect::<Result<_, _>>()?;
        let (Some(first), Some(last)) = (keys.first(), keys.last()) else {
            return Ok(false);
        };
        if keys.len() < at_least {
            return Ok(false);
        }
        let mut all = Vec::with_capacity(keys.len());
        for value in events.get_all::<JsValue>().primitive()?.await? {
            all.extend(from_js(&value?));
        }
        let Some(segment) = pack(&all) else {
            return Ok(false);
        };
        transaction
            .object_store(SEGMENTS)?
            .add(to_js(&segment))
            .primitive()?;
        events
            .delete::<f64, _>(KeyRange::Bound(*first, false, *last, false))
            .primitive()?;
        transaction.commit().await?;
        Ok(true)
    }
}

/// The device that writes, and the number its next event gets, from 1.
async fn read_seq(transaction: &Transaction<'_>) -> Result<(DeviceId, u64), StorageError> {
    let meta = transaction.object_store(META)?;
    let next: Option<f64> = meta.get(NEXT_SEQ).primitive()?.await?;
    // A browser's number holds every integer up to 2^53.
    Ok((writing(&meta).await?, next.map_or(1, |next| next as u64)))
}

fn write_event(transaction: &Transaction<'_>, bytes: &[u8], seq: u64) -> Result<(), StorageError> {
    let (events, meta) = (
        transaction.object_store(EVENTS)?,
        transaction.object_store(META)?,
    );
    events.add(to_js(bytes)).primitive()?;
    meta.put((seq + 1) as f64).with_key(NEXT_SEQ).primitive()?;
    Ok(())
}
