//! Photos: where they lie, and what is taken in.
//!
//! A photo is named by the SHA-256 of its bytes, as events name it, and never changes.
//! Beside it lie its thumbnail, its private part (claimed place and time), and what has
//! arrived of it while it is on its way. What was erased leaves a mark, so that no device
//! brings it back.
//!
//! * [`place`]: which folder, or which [`bucket`]
//! * [`picture`]: what bytes are let in as a picture
//! * [`arrival`]: a photo that comes, whole or piece by piece
//! * [`thumbnail`], [`private`], [`erase`]
//! * [`refusal`]: what is said to whoever cannot have it

mod arrival;
mod bucket;
mod erase;
mod picture;
mod place;
mod private;
mod refusal;
mod thumbnail;

pub use arrival::{Arrived, Piece};
pub use picture::{Media, PIXELS};
pub use place::{Place, PlaceError};
pub use private::{PRIVATE_BYTES, PrivatePart};
pub use refusal::{PhotoError, Refusal};

use axum::body::Bytes;
use futures::StreamExt;
use futures::stream::BoxStream;
use mendmap_core::sync::Digest;
use object_store::memory::InMemory;
use object_store::path::Path;
use object_store::{GetOptions, GetRange, ObjectStore, ObjectStoreExt, PutPayload};
use std::ops::Range;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// The most bytes of a photo.
pub const PHOTO_BYTES: usize = 8 * 1024 * 1024;

/// The longer side of a thumbnail, in pixels.
pub const THUMB_SIDE: u32 = 320;

/// Thumbnails made at once: each may hold some hundred megabytes.
const THUMBS_AT_ONCE: usize = 2;

/// A city's photos.
#[derive(Debug, Clone)]
pub struct Photos {
    store: Arc<dyn ObjectStore>,
    making: Arc<Semaphore>,
}

/// A photo on its way out.
pub struct Opened {
    /// What it is.
    pub media: Media,
    /// All its bytes.
    pub size: u64,
    /// Which of them come.
    pub range: Range<u64>,
    /// They.
    pub bytes: BoxStream<'static, object_store::Result<Bytes>>,
}

impl Photos {
    /// In a store of objects.
    pub fn new(store: Arc<dyn ObjectStore>) -> Photos {
        Photos {
            store,
            making: Arc::new(Semaphore::new(THUMBS_AT_ONCE)),
        }
    }

    /// In memory: gone with the value.
    pub fn in_memory() -> Photos {
        Photos::new(Arc::new(InMemory::new()))
    }

    /// A photo, or a range of it.
    ///
    /// # Errors
    /// [`Refusal::Erased`], [`Refusal::Missing`], [`Refusal::Range`]; those of the store.
    pub async fn open(&self, name: &Digest, range: Option<GetRange>) -> Result<Opened, PhotoError> {
        self.not_erased(name).await?;
        let path = whole(name);
        let first = self.store.get_range(&path, 0..picture::SIGNATURE).await;
        let first = found(first)?.ok_or(Refusal::Missing)?;
        let media = Media::of(&first).ok_or(Refusal::Media)?;
        let options = GetOptions {
            range: range.clone(),
            ..GetOptions::default()
        };
        let got = match self.store.get_opts(&path, options).await {
            Ok(got) => got,
            Err(object_store::Error::NotFound { .. }) => return Err(Refusal::Missing.into()),
            Err(error) => {
                // A range beyond the end is the caller's error, whatever the store calls it.
                let size = self.store.head(&path).await?.size;
                return Err(
                    match range.is_some_and(|range| range.as_range(size).is_err()) {
                        true => Refusal::Range { size }.into(),
                        false => error.into(),
                    },
                );
            }
        };
        Ok(Opened {
            media,
            size: got.meta.size,
            range: got.range.clone(),
            bytes: got.into_stream().boxed(),
        })
    }

    /// The bytes of a photo's thumbnail, a JPEG; made at the first call.
    ///
    /// # Errors
    /// [`Refusal::Erased`], [`Refusal::Missing`], [`Refusal::Thumbnail`]; those of the store.
    pub async fn thumbnail(&self, name: &Digest) -> Result<Bytes, PhotoError> {
        self.not_erased(name).await?;
        let path = thumb(name);
        if let Some(made) = self.read(&path).await? {
            return Ok(made);
        }
        // Who waits for a turn holds no photo meanwhile.
        let making = self.making.clone().acquire_owned().await;
        let bytes = self.read(&whole(name)).await?.ok_or(Refusal::Missing)?;
        let made = tokio::task::spawn_blocking(move || {
            // Held until it is made, also when nobody waits for it any more.
            let _making = making;
            thumbnail::of(&bytes)
        });
        let made = made.await.map_err(|_| Refusal::Thumbnail)?;
        let made = Bytes::from(made.ok_or(Refusal::Thumbnail)?);
        self.write(&path, made.clone()).await?;
        // Who erased it meanwhile did not see this thumbnail.
        if self.is_erased(name).await? {
            self.delete(&path).await?;
            return Err(Refusal::Erased.into());
        }
        Ok(made)
    }

    /// All bytes of an object, where there is one.
    async fn read(&self, path: &Path) -> Result<Option<Bytes>, PhotoError> {
        match found(self.store.get(path).await)? {
            Some(got) => Ok(Some(got.bytes().await?)),
            None => Ok(None),
        }
    }

    async fn exists(&self, path: &Path) -> Result<bool, PhotoError> {
        Ok(found(self.store.head(path).await)?.is_some())
    }

    async fn write(&self, path: &Path, bytes: Bytes) -> Result<(), PhotoError> {
        self.store.put(path, PutPayload::from(bytes)).await?;
        Ok(())
    }

    /// That there is nothing is no error.
    async fn delete(&self, path: &Path) -> Result<(), PhotoError> {
        found(self.store.delete(path).await)?;
        Ok(())
    }
}

/// Nothing there is an answer, not an error.
fn found<T>(result: object_store::Result<T>) -> object_store::Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(object_store::Error::NotFound { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// `kind/ab/abcd…`: folders with fewer names in them.
fn under(kind: &str, name: &Digest) -> Path {
    let name = name.to_string();
    Path::from_iter([kind, &name[..2], &name])
}

fn whole(name: &Digest) -> Path {
    under("whole", name)
}

fn thumb(name: &Digest) -> Path {
    under("thumbs", name)
}
