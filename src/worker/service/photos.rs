//! Photos of a form, and where others are.

use super::{Service, world};
use crate::{
    storage::{Noted, StorageError},
    worker::{
        picture::redraw,
        protocol::{AddPhoto, Trouble},
    },
};
use js_sys::{Array, ArrayBuffer, Uint8Array};
use mendmap_core::{
    log::{Moment, Photo, Position},
    photo::{self, Claim, PrivatePart, Source, notes},
    sync::{
        Digest, content,
        photos::{Answer, Step},
    },
};
use wasm_bindgen::JsValue;
use web_sys::{Blob, Url};

/// What a camera writes stands in the first bytes: a segment or two of 64 KiB at most.
const NOTES_BYTES: u32 = 128 * 1024;

impl Service {
    /// Keeps a picture as a photo; when this is answered it is on the disk.
    pub(super) async fn add_photo(
        &self,
        q: AddPhoto,
        file: Option<ArrayBuffer>,
    ) -> Result<String, Trouble> {
        let storage = self.storage()?;
        let file = file.unwrap_or_else(|| ArrayBuffer::new(0));
        let first = file.byte_length().min(NOTES_BYTES);
        let first = Uint8Array::new_with_byte_offset_and_length(&file, 0, first).to_vec();
        let east_minutes = world::minutes_ahead();
        let said = notes(&first, east_minutes);
        let picture = redraw(&file).await?;
        let part = PrivatePart {
            salt: world::chance(),
            at: claim(said.at, Moment::from_millis(q.modified, east_minutes)),
            position: claim(
                said.position,
                q.here
                    .and_then(|here| Position::from_degrees(here.lon, here.lat)),
            ),
        };
        let noted = Noted {
            photo: content(&picture.to_vec()),
            private: part.bytes(),
            at: world::now_ms() as i64,
            device: None,
            status: None,
        };
        Ok(storage.keep_photo(&picture, &noted).await?)
    }

    /// An address at which a photo can be shown.
    pub(super) async fn find_photo(&self, name: &str) -> Result<String, Trouble> {
        if let Ok(storage) = self.storage()
            && let Ok(Some((bytes, _))) = storage.photo(name).await
            && let Ok(url) = address(&bytes)
        {
            return Ok(url);
        }
        let elsewhere = Trouble::NoPhoto { erased: false };
        // An event may call anything a photo; only a name is asked for.
        let is_name = name.parse::<Digest>().is_ok();
        let remote = self.remote().filter(|_| is_name);
        let remote = remote.ok_or(elsewhere.clone())?;
        let nothing = Uint8Array::default();
        match remote.bring(name, Step::Ask, &nothing, "").await {
            Answer::Part(_) => Err(elsewhere),
            Answer::Refused(_) => Err(Trouble::NoPhoto { erased: true }),
            // Without an answer the browser may have kept it from the last time.
            Answer::Done | Answer::Failed(_) => Ok(remote.photo(name)),
        }
    }

    /// The photos of these entries, as an event names them.
    pub(super) async fn photos_named(&self, entries: &[String]) -> Result<Vec<Photo>, Trouble> {
        let mut photos = Vec::new();
        for entry in entries {
            let (name, role) = photo::named(entry);
            let kept = self.storage()?.photo(name).await?;
            let (_, noted) = kept.ok_or(StorageError::NoPhoto)?;
            let private = content(noted.private.as_bytes()).to_string();
            photos.push(Photo {
                sha256: name.into(),
                private: Some(private.into()),
                role: role.map(Into::into),
            });
        }
        Ok(photos)
    }
}

/// An address of bytes within this browser, until it is revoked.
fn address(bytes: &Uint8Array) -> Result<String, JsValue> {
    let blob = Blob::new_with_u8_array_sequence(&Array::of1(bytes))?;
    Url::create_object_url_with_blob(&blob)
}

/// What the file says, else what the phone does.
fn claim<T>(file: Option<T>, phone: Option<T>) -> Option<Claim<T>> {
    let from = match file {
        Some(_) => Source::File,
        None => Source::Phone,
    };
    file.or(phone).map(|is| Claim { is, from })
}
