//! The browser's own tables, for a file that is in another encoding than UTF-8: core says which, and
//! its program does not carry them.

use js_sys::{Object, Reflect};
use mendmap_core::city::{Decode, Encoding, Unreadable};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    type TextDecoder;
    #[wasm_bindgen(constructor, catch)]
    fn new(label: &str, options: &Object) -> Result<TextDecoder, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn decode(this: &TextDecoder, bytes: &[u8]) -> Result<String, JsValue>;
}

/// Decodes by `TextDecoder`.
#[derive(Debug, Clone, Default)]
pub(super) struct Browser {
    /// What the file unpacks to, where it is packed: a browser takes its time for that, so it is done before.
    pub(super) unpacked: Option<Result<Vec<u8>, Unreadable>>,
}

impl Decode for Browser {
    fn text(&self, encoding: Encoding, bytes: &[u8]) -> Result<String, Unreadable> {
        let options = Object::new();
        // Rather no text than one with marks in place of what is no character.
        let is_set = Reflect::set(&options, &"fatal".into(), &true.into());
        let decoder = is_set.and_then(|_| TextDecoder::new(encoding.label(), &options));
        let decoder = decoder.map_err(|_| Unreadable::Unable)?;
        let text = decoder.decode(bytes);
        text.map_err(|_| Unreadable::Broken(Vec::new()))
    }

    fn unpack(&self, _: &[u8]) -> Result<Vec<u8>, Unreadable> {
        self.unpacked.clone().unwrap_or(Err(Unreadable::Unable))
    }
}
