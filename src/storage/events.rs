//! The log in the browser.

use super::{
    Storage, StorageError, from_js,
    schema::{EVENTS, META, SEGMENTS},
    to_js,
};
use indexed_db_futures::{KeyRange, prelude::*, transaction::Transaction};
use mendmap_core::ids::DeviceId;
use wasm_bindgen::JsValue;

const DEVICE: &str = "device";
const NEXT_SEQ: &str = "next_seq";
const CREW: &str = "crew";

/// Who writes here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// This browser's id.
    pub id: DeviceId,
    /// The crew that was chosen.
    pub crew: Option<String>,
}

/// Everything kept of the log.
#[derive(Debug, Default)]
pub struct Kept {
    /// Packed events, oldest first.
    pub segments: Vec<Vec<u8>>,
    /// Single events, as received, oldest first.
    pub events: Vec<Vec<u8>>,
}

impl Storage {
    /// Who writes here; `mint` is kept at the first start.
    pub async fn device(&self, mint: DeviceId) -> Result<Device, StorageError> {
        let transaction = self.write([META])?;
        let meta = transaction.object_store(META)?;
        let known: Option<String> = meta.get(DEVICE).primitive()?.await?;
        let crew: Option<String> = meta.get(CREW).primitive()?.await?;
        let id = match known.and_then(|text| text.parse().ok()) {
            Some(id) => id,
            None => {
                meta.put(mint.to_string())
                    .with_key(DEVICE)
                    .primitive()?
                    .await?;
                mint
            }
        };
        transaction.commit().await?;
        Ok(Device { id, crew })
    }

    /// Keeps which crew works here.
    pub async fn set_crew(&self, crew: &str) -> Result<(), StorageError> {
        let transaction = self.write([META])?;
        transaction
            .object_store(META)?
            .put(crew)
            .with_key(CREW)
            .primitive()?
            .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Appends an event of this device: `seal` is given the next number inside the
    /// transaction, so that numbers have no gaps however many tabs write. When
    /// this returns, the event is on the disk; where `seal` fails, nothing is.
    pub async fn append<E: From<StorageError>>(
        &self,
        seal: impl FnOnce(u64) -> Result<Vec<u8>, E>,
    ) -> Result<Vec<u8>, E> {
        let transaction = self.write([META, EVENTS])?;
        let next = read_seq(&transaction).await?;
        let bytes = seal(next)?;
        write_event(&transaction, &bytes, next)?;
        transaction.commit().await.map_err(StorageError::from)?;
        Ok(bytes)
    }

    /// Keeps events of other devices, as received.
    pub async fn keep<'a>(
        &self,
        events: impl IntoIterator<Item = &'a [u8]>,
    ) -> Result<(), StorageError> {
        let transaction = self.write([EVENTS])?;
        let store = transaction.object_store(EVENTS)?;
        for bytes in events {
            store.add(to_js(bytes)).primitive()?;
        }
        transaction.commit().await?;
        Ok(())
    }

    /// Keeps a segment of events of other devices.
    pub async fn keep_segment(&self, segment: &[u8]) -> Result<(), StorageError> {
        let transaction = self.write([SEGMENTS])?;
        transaction
            .object_store(SEGMENTS)?
            .add(to_js(segment))
            .primitive()?;
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

/// The number the next event of this device gets, from 1.
async fn read_seq(transaction: &Transaction<'_>) -> Result<u64, StorageError> {
    let meta = transaction.object_store(META)?;
    let next: Option<f64> = meta.get(NEXT_SEQ).primitive()?.await?;
    // A browser's number holds every integer up to 2^53.
    Ok(next.map_or(1, |next| next as u64))
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
