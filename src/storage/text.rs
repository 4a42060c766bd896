//! Values that are kept as the text of their JSON.

use super::StorageError;
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::JsValue;

/// A value as it is kept.
pub(super) fn json<T: Serialize>(value: &T) -> Result<JsValue, StorageError> {
    let text = serde_json::to_string(value).map_err(|error| StorageError::Failed {
        detail: error.to_string(),
    })?;
    Ok(text.into())
}

/// The value that was kept; none where there is none, or none that can be read.
pub(super) fn read_json<T: DeserializeOwned>(kept: &JsValue) -> Option<T> {
    serde_json::from_slice(kept.as_string()?.as_bytes()).ok()
}
