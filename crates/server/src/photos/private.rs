//! A photo's private part: claimed place and time, as the device wrote them.

use super::{PhotoError, Photos, Refusal, under};
use axum::body::Bytes;
use mendmap_core::log::ActorId;
use mendmap_core::sync::Digest;
use object_store::path::Path;
use object_store::{ObjectStore, PutMode, PutPayload};

/// The most bytes of a private part.
pub const PRIVATE_BYTES: usize = 4 * 1024;

/// A private part. Its salted hash is in the event that names the photo; who reads the
/// event compares them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrivatePart {
    /// The account that put it; `None` from before there were accounts.
    pub by: Option<ActorId>,
    /// Its bytes as received.
    pub bytes: Bytes,
}

impl Photos {
    /// A photo's private part.
    ///
    /// # Errors
    /// [`Refusal::Erased`], [`Refusal::Missing`]; those of the store.
    pub async fn private(&self, name: &Digest) -> Result<PrivatePart, PhotoError> {
        self.private_not_erased(name).await?;
        let kept = self.read(&path(name)).await?.ok_or(Refusal::Missing)?;
        Ok(unwrap(kept))
    }

    /// Puts one; whether it was there before. None takes the place of another.
    ///
    /// # Errors
    /// [`Refusal::Erased`], [`Refusal::PrivateBytes`], [`Refusal::PrivateTaken`]; those of
    /// the store.
    pub async fn put_private(&self, name: &Digest, part: PrivatePart) -> Result<bool, PhotoError> {
        if part.bytes.len() > PRIVATE_BYTES {
            return Err(Refusal::PrivateBytes.into());
        }
        self.private_not_erased(name).await?;
        let payload = PutPayload::from(wrapped(&part));
        let path = path(name);
        match self
            .store
            .put_opts(&path, payload, PutMode::Create.into())
            .await
        {
            Ok(_) => {}
            Err(object_store::Error::AlreadyExists { .. }) => {
                // By whom does not matter: an answer that was lost may be asked for again
                // after another login, and the first stays whose it was.
                return match self.private(name).await?.bytes == part.bytes {
                    true => Ok(true),
                    false => Err(Refusal::PrivateTaken.into()),
                };
            }
            Err(error) => return Err(error.into()),
        }
        // Who erased it meanwhile saw nothing that could be deleted.
        if let Err(erased) = self.private_not_erased(name).await {
            self.delete(&path).await?;
            return Err(erased);
        }
        Ok(false)
    }
}

pub(super) fn path(name: &Digest) -> Path {
    under("private", name)
}

/// Who put it on a line of its own, then the bytes: one object, so that neither is ever
/// there without the other.
fn wrapped(part: &PrivatePart) -> Vec<u8> {
    let by = part.by.as_ref().map_or("", |by| &by.0);
    // A line's end inside would begin the bytes.
    let by = serde_json::Value::from(by).to_string();
    [by.as_bytes(), b"\n", &part.bytes].concat()
}

fn unwrap(kept: Bytes) -> PrivatePart {
    let end = kept.iter().position(|byte| *byte == b'\n');
    let (by, bytes) = match end {
        Some(end) => (kept.slice(..end), kept.slice(end + 1..)),
        None => (Bytes::new(), kept),
    };
    let by: Option<String> = serde_json::from_slice(&by).ok();
    PrivatePart {
        by: by.filter(|by| !by.is_empty()).map(|by| ActorId::from(&*by)),
        bytes,
    }
}
