//! A photo that comes, whole or piece by piece.

use super::{PHOTO_BYTES, PhotoError, Photos, Refusal, picture, whole};
use axum::body::Bytes;
use futures::TryStreamExt;
use mendmap_core::sync::{Digest, content};
use object_store::path::Path;
use object_store::{ObjectMeta, ObjectStore, PutMode, PutPayload};
use std::time::{Duration, SystemTime};

/// How long what came of a photo waits for the rest.
const WAITS: Duration = Duration::from_secs(60 * 24 * 60 * 60);

/// What came of a photo in one request.
#[derive(Debug, Clone)]
pub struct Piece {
    /// Where it begins in the photo.
    pub offset: u64,
    /// Its bytes.
    pub bytes: Bytes,
    /// Whether the photo ends with them.
    pub last: bool,
}

/// How far a photo has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrived {
    /// It is there, and was there before.
    Before,
    /// It is there now.
    Now,
    /// So many bytes of it are there.
    Part(u64),
}

impl Photos {
    /// How far a photo has come; [`Arrived::Part`] with 0 where nothing has.
    ///
    /// # Errors
    /// [`Refusal::Erased`]; those of the store.
    pub async fn arrived(&self, name: &Digest) -> Result<Arrived, PhotoError> {
        self.not_erased(name).await?;
        match self.exists(&whole(name)).await? {
            true => Ok(Arrived::Before),
            false => Ok(Arrived::Part(end(&self.parts(name).await?))),
        }
    }

    /// Takes a piece in; each lies under where it begins, so that of two senders at one
    /// place one is told to go on elsewhere. With the last one the whole is looked at, and
    /// is there under its name or nowhere.
    ///
    /// # Errors
    /// All of [`Refusal`] that are about what comes; those of the store.
    pub async fn take_in(&self, name: &Digest, piece: Piece) -> Result<Arrived, PhotoError> {
        let there = match self.arrived(name).await? {
            Arrived::Part(there) => there,
            is_there => return Ok(is_there),
        };
        // From the start again, and whole: whatever is there is not needed.
        let alone = piece.offset == 0 && piece.last;
        if !alone && piece.offset != there {
            return Err(Refusal::Offset { there }.into());
        }
        if piece.offset + piece.bytes.len() as u64 > PHOTO_BYTES as u64 {
            return Err(Refusal::Bytes.into());
        }
        if piece.last {
            let before = match alone {
                true => Bytes::new(),
                false => self.joined(name).await?,
            };
            return self.complete(name, before, piece.bytes).await;
        }
        let is_first = piece.offset == 0 && piece.bytes.len() as u64 >= picture::SIGNATURE;
        if is_first && super::Media::of(&piece.bytes).is_none() {
            return Err(Refusal::Media.into());
        }
        self.keep(name, piece.offset, piece.bytes).await?;
        if self.is_erased(name).await? {
            self.drop_parts(name).await?;
            return Err(Refusal::Erased.into());
        }
        Ok(Arrived::Part(end(&self.parts(name).await?)))
    }

    async fn complete(
        &self,
        name: &Digest,
        before: Bytes,
        last: Bytes,
    ) -> Result<Arrived, PhotoError> {
        let bytes = match before.is_empty() {
            true => last,
            false => [before, last].concat().into(),
        };
        let (looked_at, wanted) = (bytes.clone(), *name);
        let checked = tokio::task::spawn_blocking(move || match content(&looked_at) {
            hash if hash == wanted => picture::check(&looked_at),
            hash => Err(Refusal::Hash {
                found: hash.to_string(),
            }),
        });
        // Nobody can say what a picture is whose header makes the reader fall.
        let checked = checked.await.unwrap_or(Err(Refusal::Media));
        if let Err(refusal) = checked {
            self.drop_parts(name).await?;
            return Err(refusal.into());
        }
        self.write(&whole(name), bytes).await?;
        self.drop_parts(name).await?;
        // Who erased it meanwhile saw nothing that could be deleted.
        if self.is_erased(name).await? {
            self.delete(&whole(name)).await?;
            return Err(Refusal::Erased.into());
        }
        Ok(Arrived::Now)
    }

    async fn keep(&self, name: &Digest, offset: u64, bytes: Bytes) -> Result<(), PhotoError> {
        if bytes.is_empty() {
            return Ok(());
        }
        let path = parts(name).join(format!("{offset:08}"));
        let payload = PutPayload::from(bytes);
        match self
            .store
            .put_opts(&path, payload, PutMode::Create.into())
            .await
        {
            Ok(_) => Ok(()),
            Err(object_store::Error::AlreadyExists { .. }) => {
                let there = end(&self.parts(name).await?);
                Err(Refusal::Offset { there }.into())
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Where the parts lie that follow each other from the start on, with where they begin.
    async fn parts(&self, name: &Digest) -> Result<Vec<(u64, ObjectMeta)>, PhotoError> {
        let listed = self.store.list(Some(&parts(name)));
        let listed: Vec<ObjectMeta> = listed.try_collect().await?;
        let begins = |meta: &ObjectMeta| meta.location.filename()?.parse().ok();
        let mut all: Vec<(u64, ObjectMeta)> = listed
            .into_iter()
            .filter_map(|meta| Some((begins(&meta)?, meta)))
            .collect();
        all.sort_by_key(|(begins, _)| *begins);
        let mut end = 0;
        let follows = |(begins, meta): &(u64, ObjectMeta)| {
            let follows = *begins == end;
            end += meta.size;
            follows
        };
        Ok(all.into_iter().take_while(follows).collect())
    }

    async fn joined(&self, name: &Digest) -> Result<Bytes, PhotoError> {
        let mut joined = Vec::new();
        for (_, part) in self.parts(name).await? {
            // Another sender may just have ended the same photo, or broken it.
            let bytes = self.read(&part.location).await?;
            let there = joined.len() as u64;
            joined.extend_from_slice(&bytes.ok_or(Refusal::Offset { there })?);
        }
        Ok(joined.into())
    }

    pub(super) async fn drop_parts(&self, name: &Digest) -> Result<(), PhotoError> {
        let listed = self.store.list(Some(&parts(name)));
        let listed: Vec<ObjectMeta> = listed.try_collect().await?;
        for part in listed {
            self.delete(&part.location).await?;
        }
        Ok(())
    }

    /// Forgets what came of photos whose rest did not come in a long time, and what was left
    /// of erased ones.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn sweep(&self, now: SystemTime) -> Result<(), PhotoError> {
        let listed = self.store.list(Some(&Path::from(PARTS)));
        let listed: Vec<ObjectMeta> = listed.try_collect().await?;
        for part in listed {
            let age = now.duration_since(part.last_modified.into());
            if age.is_ok_and(|age| age > WAITS) {
                self.delete(&part.location).await?;
            }
        }
        self.erase_marked().await
    }
}

const PARTS: &str = "parts";

fn parts(name: &Digest) -> Path {
    Path::from_iter([PARTS, &name.to_string()])
}

fn end(parts: &[(u64, ObjectMeta)]) -> u64 {
    parts.last().map_or(0, |(begins, meta)| begins + meta.size)
}
