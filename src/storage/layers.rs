//! Layer files a person added.

use super::{Storage, StorageError, from_js, schema::LAYERS, to_js};
use indexed_db_futures::prelude::*;
use wasm_bindgen::JsValue;

impl Storage {
    /// Keeps a layer's file, in place of the one kept before.
    pub async fn keep_layer(&self, id: &str, bytes: &[u8]) -> Result<(), StorageError> {
        let transaction = self.write([LAYERS])?;
        transaction
            .object_store(LAYERS)?
            .put(to_js(bytes))
            .with_key(id)
            .primitive()?;
        transaction.commit().await?;
        Ok(())
    }

    /// The layer's file, if one is kept.
    pub async fn layer(&self, id: &str) -> Result<Option<Vec<u8>>, StorageError> {
        let transaction = self.read([LAYERS])?;
        let value: Option<JsValue> = transaction
            .object_store(LAYERS)?
            .get(id)
            .primitive()?
            .await?;
        Ok(value.as_ref().and_then(from_js))
    }

    /// Forgets the layer's file.
    pub async fn forget_layer(&self, id: &str) -> Result<(), StorageError> {
        let transaction = self.write([LAYERS])?;
        transaction.object_store(LAYERS)?.delete(id).primitive()?;
        transaction.commit().await?;
        Ok(())
    }
}
