//! Memory that the browser holds for us.

use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(extends = ArrayBuffer)]
    type Transferable;
    #[wasm_bindgen(method, catch)]
    fn transfer(this: &Transferable, length: u32) -> Result<JsValue, JsValue>;
}

/// Gives the memory of bytes that nobody wants any more back at once, where the browser can do that
/// (`ArrayBuffer.prototype.transfer`, in all since 2024): of a large layer as much again as is kept of it would stand
/// about until it is swept. They are empty from then on; elsewhere nothing happens.
pub fn let_go(bytes: &Uint8Array) {
    let buffer: Transferable = bytes.buffer().unchecked_into();
    drop(buffer.transfer(0));
}
