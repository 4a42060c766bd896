//! The city's layers in columns, as they were read from its files: a copy that may be missing or old.

use super::{
    Storage, StorageError, from_js, joined,
    records::{Records, commit},
    schema::LAYERS,
    text::{json, read_json},
};
use crate::buffer::let_go;
use mendmap_core::city::Report;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast;

/// What is known of a layer's columns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ColumnsNote {
    /// What they were made from, and by what: with anything else they are not those of the layer.
    pub from: String,
    /// What reading the file said.
    pub report: Report,
}

/// The keys of a layer's columns, and of the note on them. A person's own layers stand in the same store.
fn keys(id: &str) -> [String; 2] {
    ["columns:", "columns-note:"].map(|what| format!("{what}{id}"))
}

impl Storage {
    /// Keeps the columns of a layer of the city, in pieces that follow one another, in the place of those that
    /// were kept.
    pub async fn keep_columns(
        &self,
        id: &str,
        columns: Vec<Vec<u8>>,
        note: &ColumnsNote,
    ) -> Result<(), StorageError> {
        let [key, note_key] = keys(id);
        let transaction = self.write_lightly(&[LAYERS])?;
        let layers = Records::of(&transaction, LAYERS)?;
        layers.put_large(&key, &joined(columns))?;
        layers.put(&note_key, json(note)?)?;
        commit(transaction).await
    }

    /// What the columns of a layer were made from, if any are kept.
    pub async fn columns_from(&self, id: &str) -> Result<Option<String>, StorageError> {
        let [_, note_key] = keys(id);
        let transaction = self.read(&[LAYERS])?;
        let note = Records::of(&transaction, LAYERS)?.get(&note_key).await?;
        Ok(read_json::<ColumnsNote>(&note).map(|note| note.from))
    }

    /// The columns of a layer and what reading its file said, if they were made from this.
    pub async fn columns(
        &self,
        id: &str,
        from: &str,
    ) -> Result<Option<(Vec<u8>, Report)>, StorageError> {
        let [key, note_key] = keys(id);
        let transaction = self.read(&[LAYERS])?;
        let layers = Records::of(&transaction, LAYERS)?;
        let note = layers.get(&note_key).await?;
        let note = read_json::<ColumnsNote>(&note).filter(|note| note.from == from);
        let Some(note) = note else {
            return Ok(None);
        };
        let kept = layers.get(&key).await?;
        let columns = from_js(&kept);
        if let Some(kept) = kept.dyn_ref() {
            let_go(kept);
        }
        Ok(columns.map(|columns| (columns, note.report)))
    }
}
