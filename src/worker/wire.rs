//! How messages travel through `postMessage`: an array of a number, what is said
//! and, for big things, one buffer that is handed over, not copied.
//!
//! `[id, said, buffer?]` asks or answers; `[id, null]` from the page takes a
//! question back; id 0 from the worker is a notice nobody asked for.
//!
//! What is said travels as postcard: page and worker are one program of one build,
//! so that fields need no names, and reading it back takes a fifth of the code that
//! JSON takes. Types that cross therefore leave no field out and carry no tags.

use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

/// An answer begins with this byte, and a trouble in its place with [`BAD`].
pub(super) const GOOD: u8 = 0;
/// See [`GOOD`].
pub(super) const BAD: u8 = 1;

/// A message as it is posted.
#[derive(Debug, Clone)]
pub(super) struct Message {
    /// Which question this is or answers.
    pub(super) id: u32,
    /// What is said; `None` takes the question back.
    pub(super) said: Option<Vec<u8>>,
    /// Bytes that are handed over with it.
    pub(super) buffer: Option<ArrayBuffer>,
}

impl Message {
    /// The id of notices.
    pub(super) const NOTICE: u32 = 0;

    /// Turns the message into a value to post and the list of what to hand over.
    pub(super) fn into_js(self) -> (JsValue, Array) {
        let parts = Array::of2(
            &JsValue::from_f64(f64::from(self.id)),
            &self
                .said
                .map_or(JsValue::NULL, |said| Uint8Array::from(&*said).into()),
        );
        let hand_over = Array::new();
        if let Some(buffer) = self.buffer {
            parts.push(&buffer);
            hand_over.push(&buffer);
        }
        (parts.into(), hand_over)
    }

    /// Reads what arrived; `None` where it is not a message of ours.
    pub(super) fn from_js(value: &JsValue) -> Option<Self> {
        let parts: &Array = value.dyn_ref()?;
        let id = parts.get(0).as_f64()?;
        Some(Message {
            // Ids are allotted as u32 by this module's only writer.
            id: id as u32,
            said: parts.get(1).dyn_ref().map(Uint8Array::to_vec),
            buffer: parts.get(2).dyn_into().ok(),
        })
    }
}
