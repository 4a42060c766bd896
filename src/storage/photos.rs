//! Photos, and which of them wait for a server.
//!
//! A photo is kept as soon as it was taken up, before there is an event that names it: a form
//! that is left half filled in loses none, and one that was taken out of it can be put back. The
//! transaction that appends the event lets it wait for a server. Nothing here deletes one: its
//! bytes stay when it was sent, as this device's own copy.

use super::{
    Storage, StorageError,
    records::{Records, commit},
    schema::{PHOTO_NOTES, PHOTOS},
};
use indexed_db_futures::transaction::Transaction;
use js_sys::{Array, Uint8Array};
use mendmap_core::{ids::DeviceId, sync::Digest};
use wasm_bindgen::{JsCast, JsValue};

/// What is known of a photo beside its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noted {
    /// Its name.
    pub photo: Digest,
    /// Its private part, as it is sent.
    pub private: String,
    /// When it was taken up, in milliseconds since 1970 by this device's clock.
    pub at: i64,
    /// The device that wrote an event with it; none while none did.
    pub device: Option<DeviceId>,
    /// What a server said of it, as an HTTP status; none while it waits.
    pub status: Option<u16>,
}

impl Noted {
    /// The status under which a photo is with the server.
    pub const SENT: u16 = 200;

    /// As it is kept: a list whose places have these meanings for ever. A reader of JSON for it
    /// would be 1 kB of the download.
    fn to_js(&self) -> JsValue {
        let device = self.device.map(|device| device.to_string());
        let status = self.status.map(f64::from);
        let all = [
            self.photo.to_string().into(),
            self.private.as_str().into(),
            (self.at as f64).into(),
            device.map_or(JsValue::NULL, JsValue::from),
            status.map_or(JsValue::NULL, JsValue::from),
        ];
        all.into_iter().collect::<Array>().into()
    }

    fn read(kept: &JsValue) -> Option<Noted> {
        let kept: &Array = kept.dyn_ref()?;
        Some(Noted {
            photo: kept.get(0).as_string()?.parse().ok()?,
            private: kept.get(1).as_string()?,
            at: kept.get(2).as_f64()? as i64,
            device: kept.get(3).as_string().and_then(|id| id.parse().ok()),
            status: kept.get(4).as_f64().map(|status| status as u16),
        })
    }
}

impl Storage {
    /// Keeps a photo; gives its name. One that is here already stays as it is: its private part
    /// may stand in an event.
    pub async fn keep_photo(
        &self,
        bytes: &Uint8Array,
        noted: &Noted,
    ) -> Result<String, StorageError> {
        let transaction = self.write(&[PHOTOS, PHOTO_NOTES])?;
        let notes = Records::of(&transaction, PHOTO_NOTES)?;
        let name = noted.photo.to_string();
        if notes.get(&name).await?.is_undefined() {
            Records::of(&transaction, PHOTOS)?.put(&name, bytes.into())?;
            notes.put(&name, noted.to_js())?;
        }
        commit(transaction).await?;
        Ok(name)
    }

    /// A photo that is kept here, and what is known of it.
    pub async fn photo(&self, name: &str) -> Result<Option<(Uint8Array, Noted)>, StorageError> {
        // Written together, and neither is ever deleted.
        let noted = Noted::read(&self.get_one(PHOTO_NOTES, name).await?);
        let bytes = self.get_one(PHOTOS, name).await?;
        Ok(bytes.dyn_into().ok().zip(noted))
    }

    /// What is known of all photos that are kept here.
    pub async fn photo_notes(&self) -> Result<Vec<Noted>, StorageError> {
        let transaction = self.read(&[PHOTO_NOTES])?;
        let notes = Records::of(&transaction, PHOTO_NOTES)?.all().await?;
        Ok(notes.iter().filter_map(Noted::read).collect())
    }

    /// A server has a photo, or has refused it with this status.
    pub async fn settle_photo(&self, name: &str, status: u16) -> Result<(), StorageError> {
        let transaction = self.write(&[PHOTO_NOTES])?;
        let notes = Records::of(&transaction, PHOTO_NOTES)?;
        if let Some(mut noted) = Noted::read(&notes.get(name).await?) {
            noted.status = Some(status);
            notes.put(name, noted.to_js())?;
        }
        commit(transaction).await
    }
}

/// Lets photos wait for a server, for the device that writes the event with them.
pub(super) async fn queue_photos(
    transaction: &Transaction<'_>,
    photos: &[Box<str>],
    device: DeviceId,
) -> Result<(), StorageError> {
    let notes = Records::of(transaction, PHOTO_NOTES)?;
    for name in photos {
        let noted = Noted::read(&notes.get(name).await?);
        let mut noted = noted.ok_or(StorageError::NoPhoto)?;
        noted.device = Some(device);
        notes.put(name, noted.to_js())?;
    }
    Ok(())
}
