//! One tab of a device speaks with the server, and when it is closed another one does.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};

/// Calls `leads` once this tab is the one: at once where no other tab is open, else when
/// those before it are gone. Where the browser has no locks, as over plain http, every tab
/// leads: the server takes what comes twice once.
pub fn when_leading(name: &str, leads: impl FnOnce() + 'static) {
    // Held for as long as the worker lives: the promise that is given back never ends.
    let begin = Closure::once_into_js(move || -> Promise {
        leads();
        Promise::new(&mut |_, _| {})
    });
    let begin: Function = begin.unchecked_into();
    if request(name, &begin).is_none() {
        // It can only be called once, and was not.
        let _ = begin.call0(&JsValue::UNDEFINED);
    }
}

fn request(name: &str, begin: &Function) -> Option<()> {
    let get = |object: &JsValue, name: &str| {
        let value = Reflect::get(object, &JsValue::from(name)).ok()?;
        (!value.is_undefined()).then_some(value)
    };
    let locks = get(&get(&js_sys::global(), "navigator")?, "locks")?;
    let request: Function = get(&locks, "request")?.dyn_into().ok()?;
    request
        .call2(&locks, &JsValue::from(name), begin)
        .ok()
        .map(drop)
}
