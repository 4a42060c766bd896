//! Layers of a person's own, each with what is known of its file, and the one before each.

use super::{
    Storage, StorageError, from_js, joined,
    records::{Records, commit},
    schema::LAYERS,
    text::json,
};
use mendmap_core::{catalog::Fields, city::Report};
use serde::{Deserialize, Serialize};

/// A layer as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptLayer {
    /// The layer in columns, or its GeoJSON where an older version of the app kept it.
    pub bytes: Vec<u8>,
    /// The note on it as it is kept, see [`LayerNote::read`]: a first view has nothing to read it with.
    pub note: Option<String>,
    /// Whether the one before it is kept too.
    pub has_before: bool,
}

/// What is known of the file of a layer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LayerNote {
    /// Its name.
    pub name: String,
    /// When it was put in place, in its zone.
    pub at: String,
    /// What reading it said.
    pub report: Report,
    /// What its properties are called, where that is not what the catalogue has for the layer. A note of an
    /// older version of the app has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fields: Option<Fields>,
}

impl LayerNote {
    /// A note that was kept; none where nothing can be read.
    pub fn read(kept: &str) -> Option<Self> {
        // As bytes: the program has one reader of JSON, and that is it.
        serde_json::from_slice(kept.as_bytes()).ok()
    }
}

/// The keys of a layer: its bytes, the note on them, and the same of the one before.
fn keys(id: &str) -> [String; 4] {
    ["", "note:", "before:", "before-note:"].map(|what| format!("{what}{id}"))
}

impl Storage {
    /// Keeps a layer, in pieces that follow one another; says whether one was kept before, which can be gone
    /// back to. Where it does not fit, all is as it was.
    pub async fn keep_layer(
        &self,
        id: &str,
        pieces: Vec<Vec<u8>>,
        note: &LayerNote,
    ) -> Result<bool, StorageError> {
        let [now, now_note, before, before_note] = keys(id);
        let transaction = self.write(&[LAYERS])?;
        let layers = Records::of(&transaction, LAYERS)?;
        let mut has_before = false;
        for (now, before) in [(&now_note, &before_note), (&now, &before)] {
            let kept = layers.get(now).await?;
            has_before = !kept.is_undefined();
            match has_before {
                false => layers.delete(before)?,
                true => layers.put(before, kept)?,
            }
        }
        layers.put_large(&now, &joined(pieces))?;
        layers.put(&now_note, json(note)?)?;
        commit(transaction).await?;
        Ok(has_before)
    }

    /// The layer of a person's own, if one is kept.
    pub async fn layer(&self, id: &str) -> Result<Option<KeptLayer>, StorageError> {
        let [now, now_note, before, _] = keys(id);
        let transaction = self.read(&[LAYERS])?;
        let layers = Records::of(&transaction, LAYERS)?;
        let Some(bytes) = from_js(&layers.get(&now).await?) else {
            return Ok(None);
        };
        Ok(Some(KeptLayer {
            bytes,
            note: layers.get(&now_note).await?.as_string(),
            has_before: !layers.get(&before).await?.is_undefined(),
        }))
    }

    /// Goes back to the layer kept before; where there is none, to the city's.
    pub async fn step_back(&self, id: &str) -> Result<(), StorageError> {
        let [now, now_note, before, before_note] = keys(id);
        let transaction = self.write(&[LAYERS])?;
        let layers = Records::of(&transaction, LAYERS)?;
        for (now, before) in [(now, before), (now_note, before_note)] {
            match layers.get(&before).await? {
                kept if kept.is_undefined() => layers.delete(&now)?,
                kept => layers.put(&now, kept)?,
            }
            layers.delete(&before)?;
        }
        commit(transaction).await
    }

    /// Forgets the layer, and the one before it.
    pub async fn forget_layer(&self, id: &str) -> Result<(), StorageError> {
        let transaction = self.write(&[LAYERS])?;
        let layers = Records::of(&transaction, LAYERS)?;
        for key in keys(id) {
            layers.delete(&key)?;
        }
        commit(transaction).await
    }
}
