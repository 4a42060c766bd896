//! Erasing, which leaves a mark. The mark comes first and is looked for last by whoever
//! puts something there, so that of an eraser and a sender at once the eraser wins, also
//! on two servers.

use super::{PhotoError, Photos, Refusal, private, thumb, under, whole};
use futures::TryStreamExt;
use mendmap_core::log::ActorId;
use mendmap_core::sync::Digest;
use object_store::path::Path;
use object_store::{ObjectMeta, ObjectStore};
use serde::Serialize;

/// The marks of photos, and those of private parts alone.
const PHOTO: &str = "erased";
const PRIVATE: &str = "erased-private";

/// Who erased it, and when.
#[derive(Debug, Serialize)]
struct Mark<'a> {
    by: Option<&'a str>,
    /// Seconds since 1970.
    at: i64,
}

impl Photos {
    /// Erases a photo with everything of it, whether it has come or not. Again is no error.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn erase(
        &self,
        name: &Digest,
        by: Option<&ActorId>,
        at: i64,
    ) -> Result<(), PhotoError> {
        self.mark(&photo_mark(name), by, at).await?;
        self.forget(name).await
    }

    /// Erases a photo's private part alone.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn erase_private(
        &self,
        name: &Digest,
        by: Option<&ActorId>,
        at: i64,
    ) -> Result<(), PhotoError> {
        self.mark(&private_mark(name), by, at).await?;
        self.delete(&private::path(name)).await
    }

    /// Erases again what is marked: an end of power, or of the server, may have come between
    /// the mark and the rest.
    pub(super) async fn erase_marked(&self) -> Result<(), PhotoError> {
        for name in self.marked(PHOTO).await? {
            self.forget(&name).await?;
        }
        for name in self.marked(PRIVATE).await? {
            self.delete(&private::path(&name)).await?;
        }
        Ok(())
    }

    async fn forget(&self, name: &Digest) -> Result<(), PhotoError> {
        for path in [whole(name), thumb(name), private::path(name)] {
            self.delete(&path).await?;
        }
        self.drop_parts(name).await
    }

    async fn marked(&self, kind: &str) -> Result<Vec<Digest>, PhotoError> {
        let listed = self.store.list(Some(&Path::from(kind)));
        let listed: Vec<ObjectMeta> = listed.try_collect().await?;
        let names = listed.iter().filter_map(|meta| meta.location.filename());
        Ok(names.filter_map(|name| name.parse().ok()).collect())
    }

    pub(super) async fn is_erased(&self, name: &Digest) -> Result<bool, PhotoError> {
        self.exists(&photo_mark(name)).await
    }

    pub(super) async fn not_erased(&self, name: &Digest) -> Result<(), PhotoError> {
        match self.is_erased(name).await? {
            true => Err(Refusal::Erased.into()),
            false => Ok(()),
        }
    }

    pub(super) async fn private_not_erased(&self, name: &Digest) -> Result<(), PhotoError> {
        self.not_erased(name).await?;
        match self.exists(&private_mark(name)).await? {
            true => Err(Refusal::Erased.into()),
            false => Ok(()),
        }
    }

    /// The first mark stays: it says who did it.
    async fn mark(&self, path: &Path, by: Option<&ActorId>, at: i64) -> Result<(), PhotoError> {
        if self.exists(path).await? {
            return Ok(());
        }
        let by = by.map(|by| &*by.0);
        let mark = serde_json::to_vec(&Mark { by, at }).unwrap_or_default();
        self.write(path, mark.into()).await
    }
}

fn photo_mark(name: &Digest) -> Path {
    under(PHOTO, name)
}

fn private_mark(name: &Digest) -> Path {
    under(PRIVATE, name)
}
