//! The log in the browser.

use super::{
    Storage, StorageError,
    device::{NEXT_SEQ, writing},
    from_js,
    outbox::queue_all,
    photos::queue_photos,
    records::{Records, commit},
    schema::{EVENTS, META, OUTBOX, PHOTO_NOTES, SEGMENTS},
    to_js,
};
use indexed_db_futures::transaction::Transaction;
use mendmap_core::{ids::DeviceId, sync::Head};

/// Everything kept of the log.
#[derive(Debug, Default)]
pub struct Kept {
    /// Packed events, oldest first.
    pub segments: Vec<Vec<u8>>,
    /// Single events, as received, oldest first.
    pub events: Vec<Vec<u8>>,
    /// What this device began with, if it began with a snapshot, and up to where it has
    /// fetched the order since.
    pub begun: Option<(Vec<u8>, Head)>,
}

impl Kept {
    /// Whether nothing is.
    pub fn is_empty(&self) -> bool {
        self.segments.is_empty() && self.events.is_empty() && self.begun.is_none()
    }
}

impl Storage {
    /// Appends an event: `seal` is given the device that writes and its next number inside
    /// the transaction, so that numbers have no gaps however many tabs write, and whoever
    /// logged in in one of them. When this returns, the event is on the disk, in the outbox
    /// too where there is a server, and the photos it names wait for one; where `seal` fails,
    /// or one of `photos` is not here, nothing is.
    pub async fn append<E: From<StorageError>>(
        &self,
        photos: &[Box<str>],
        seal: impl FnOnce(DeviceId, u64) -> Result<Vec<u8>, E>,
    ) -> Result<Vec<u8>, E> {
        let transaction = self.write(&[META, EVENTS, OUTBOX, PHOTO_NOTES])?;
        let (device, next) = read_seq(&transaction).await?;
        let bytes = seal(device, next)?;
        queue_photos(&transaction, photos, device).await?;
        write_event(&transaction, &bytes, next)?;
        queue_all(&transaction, &[&bytes]).await?;
        commit(transaction).await?;
        Ok(bytes)
    }

    /// Keeps events of other devices, as received.
    pub async fn keep<'a>(
        &self,
        events: impl IntoIterator<Item = &'a [u8]>,
    ) -> Result<(), StorageError> {
        let transaction = self.write(&[META, EVENTS, OUTBOX])?;
        let store = Records::of(&transaction, EVENTS)?;
        let events: Vec<_> = events.into_iter().collect();
        for bytes in &events {
            store.add(to_js(bytes))?;
        }
        queue_all(&transaction, &events).await?;
        commit(transaction).await
    }

    /// Keeps a segment of events of other devices.
    pub async fn keep_segment<'a>(
        &self,
        segment: &[u8],
        events: impl IntoIterator<Item = &'a [u8]>,
    ) -> Result<(), StorageError> {
        let transaction = self.write(&[META, SEGMENTS, OUTBOX])?;
        Records::of(&transaction, SEGMENTS)?.add(to_js(segment))?;
        let events: Vec<_> = events.into_iter().collect();
        queue_all(&transaction, &events).await?;
        commit(transaction).await
    }

    /// Reads all that is kept.
    pub async fn read_log(&self) -> Result<Kept, StorageError> {
        // A transaction ends by itself while something else is waited for.
        let begun = self.begun().await?;
        let transaction = self.read(&[SEGMENTS, EVENTS])?;
        let mut kept = Kept {
            begun,
            ..Kept::default()
        };
        for (name, into) in [(SEGMENTS, &mut kept.segments), (EVENTS, &mut kept.events)] {
            let values = Records::of(&transaction, name)?.all().await?;
            into.extend(values.iter().filter_map(from_js));
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
        let transaction = self.write(&[SEGMENTS, EVENTS])?;
        let events = Records::of(&transaction, EVENTS)?;
        let keys = events.keys().await?;
        let (Some(first), Some(last)) = (keys.first(), keys.last()) else {
            return Ok(false);
        };
        if keys.len() < at_least {
            return Ok(false);
        }
        let all: Vec<_> = events.all().await?.iter().filter_map(from_js).collect();
        let Some(segment) = pack(&all) else {
            return Ok(false);
        };
        Records::of(&transaction, SEGMENTS)?.add(to_js(&segment))?;
        events.delete_from(first.clone(), last.clone())?;
        commit(transaction).await?;
        Ok(true)
    }
}

/// The device that writes, and the number its next event gets, from 1.
async fn read_seq(transaction: &Transaction<'_>) -> Result<(DeviceId, u64), StorageError> {
    let meta = Records::of(transaction, META)?;
    let next = meta.get(NEXT_SEQ).await?.as_f64();
    // A browser's number holds every integer up to 2^53.
    Ok((writing(&meta).await?, next.map_or(1, |next| next as u64)))
}

fn write_event(transaction: &Transaction<'_>, bytes: &[u8], seq: u64) -> Result<(), StorageError> {
    Records::of(transaction, EVENTS)?.add(to_js(bytes))?;
    let next = (seq + 1) as f64;
    Records::of(transaction, META)?.put(NEXT_SEQ, next.into())
}
