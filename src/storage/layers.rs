//! Layer files a person added.

use super::{
    Storage, StorageError, from_js,
    records::{Records, commit},
    schema::LAYERS,
    to_js,
};

impl Storage {
    /// Keeps a layer's file, in place of the one kept before.
    pub async fn keep_layer(&self, id: &str, bytes: &[u8]) -> Result<(), StorageError> {
        self.put_one(LAYERS, id, to_js(bytes)).await
    }

    /// The layer's file, if one is kept.
    pub async fn layer(&self, id: &str) -> Result<Option<Vec<u8>>, StorageError> {
        Ok(from_js(&self.get_one(LAYERS, id).await?))
    }

    /// Forgets the layer's file.
    pub async fn forget_layer(&self, id: &str) -> Result<(), StorageError> {
        let transaction = self.write(&[LAYERS])?;
        Records::of(&transaction, LAYERS)?.delete(id)?;
        commit(transaction).await
    }
}
