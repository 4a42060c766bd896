//! A table of figures that were published for other days, as its file came.

use super::{
    Storage, StorageError, from_js,
    records::{Records, commit},
    schema::META,
    to_js,
};

const TABLE: &str = "published";
const DAYS: &str = "published-days";

impl Storage {
    /// The table's bytes, and the days it is of where it does not say so itself; none where none is kept.
    pub async fn published(&self) -> Result<Option<(Vec<u8>, String)>, StorageError> {
        let transaction = self.read(&[META])?;
        let meta = Records::of(&transaction, META)?;
        let Some(table) = from_js(&meta.get(TABLE).await?) else {
            return Ok(None);
        };
        let days = meta.get(DAYS).await?.as_string().unwrap_or_default();
        Ok(Some((table, days)))
    }

    /// Keeps a table in the place of the one that was kept.
    pub async fn keep_published(&self, table: &[u8], days: &str) -> Result<(), StorageError> {
        let transaction = self.write(&[META])?;
        let meta = Records::of(&transaction, META)?;
        meta.put(TABLE, to_js(table))?;
        meta.put(DAYS, days.into())?;
        commit(transaction).await
    }

    /// Forgets the table.
    pub async fn forget_published(&self) -> Result<(), StorageError> {
        let transaction = self.write(&[META])?;
        let meta = Records::of(&transaction, META)?;
        meta.delete(TABLE)?;
        meta.delete(DAYS)?;
        commit(transaction).await
    }
}
