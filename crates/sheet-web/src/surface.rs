//! What a script calls.

use js_sys::Uint8Array;
use wasm_bindgen::prelude::wasm_bindgen;

/// The bytes of the file of a book, which comes as postcard.
///
/// # Errors
/// Throws a [`mendmap_core::ledger::NoFile`], as postcard.
#[wasm_bindgen]
pub fn workbook(book: &[u8]) -> Result<Vec<u8>, Uint8Array> {
    crate::file(book).map_err(|why| {
        // Nothing in it can fail to be written.
        let why = postcard::to_allocvec(&why).unwrap_or_default();
        Uint8Array::from(&*why)
    })
}
