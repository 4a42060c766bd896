//! The few words of MapLibre's JavaScript that we speak.

mod listen;
mod maplibre;

pub(crate) use listen::Listener;
pub(crate) use maplibre::{Map, MouseEvent, add_protocol, remove_protocol};

use serde_json::Value;
use wasm_bindgen::JsValue;

/// A JSON value as JavaScript.
pub(crate) fn to_js(value: &Value) -> JsValue {
    js_sys::JSON::parse(&value.to_string()).unwrap_or(JsValue::UNDEFINED)
}

/// Sets a property of an object we have just made.
pub(crate) fn set(object: &js_sys::Object, name: &str, value: &JsValue) {
    // Fails for frozen objects only, and ours are not.
    let _ = js_sys::Reflect::set(object, &JsValue::from_str(name), value);
}

/// A property of whatever it is; undefined where it has none.
pub(crate) fn get(object: &JsValue, name: &str) -> JsValue {
    js_sys::Reflect::get(object, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

/// Ends after whatever else waits has had its turn.
pub(crate) async fn turn() {
    let soon = js_sys::Promise::new(&mut |resolve, _| {
        if let Some(window) = web_sys::window() {
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, 0);
        }
    });
    let _ = wasm_bindgen_futures::JsFuture::from(soon).await;
}
