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
        let transaction = self.write(&[LAYERS])?;
        Records::of(&transaction, LAYERS)?.put(id, to_js(bytes))?;
        commit(transaction).await
    }

    /// The layer's file, if one is kept.
    pub async fn layer(&self, id: &str) -> Result<Option<Vec<u8>>, StorageError> {
        let transaction = self.read(&[LAYERS])?;
        let value = Records::of(&transaction, LAYERS)?.get(id).await?;
        Ok(from_js(&value))
    }

    /// Forgets the layer's file.
    pub async fn forget_layer(&self, id: &str) -> Result<(), StorageError> {
        let transaction = self.write(&[LAYERS])?;
        Records::of(&transaction, LAYERS)?.delete(id)?;
        commit(transaction).await
    }
}
