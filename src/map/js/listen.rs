//! Listeners that end with their owner.

use wasm_bindgen::closure::Closure;
use wasm_bindgen::convert::FromWasmAbi;
use wasm_bindgen::{JsCast, JsValue};

/// A callback given to JavaScript, and the way to take it back. Dropping it does.
pub(crate) struct Listener {
    callback: JsValue,
    take_back: Option<TakeBack>,
    _closure: Box<dyn std::any::Any>,
}

type TakeBack = Box<dyn FnOnce(&js_sys::Function)>;

impl Listener {
    /// Gives `callback` to JavaScript by `give`; `take_back` is called on drop.
    pub(crate) fn new<E: FromWasmAbi + 'static>(
        callback: impl FnMut(E) + 'static,
        give: impl FnOnce(&js_sys::Function),
        take_back: impl FnOnce(&js_sys::Function) + 'static,
    ) -> Self {
        let closure = Closure::<dyn FnMut(E)>::new(callback);
        give(closure.as_ref().unchecked_ref());
        Listener {
            callback: closure.as_ref().clone(),
            take_back: Some(Box::new(take_back)),
            _closure: Box::new(closure),
        }
    }

    /// Listens to an event of a DOM node.
    pub(crate) fn dom<E: FromWasmAbi + 'static>(
        target: &web_sys::EventTarget,
        event: &'static str,
        callback: impl FnMut(E) + 'static,
    ) -> Self {
        let (give, take) = (target.clone(), target.clone());
        Listener::new(
            callback,
            // Listening fails for no target that exists.
            move |f| drop(give.add_event_listener_with_callback(event, f)),
            move |f| drop(take.remove_event_listener_with_callback(event, f)),
        )
    }

    /// Listens to an event of the map.
    pub(crate) fn map<E: FromWasmAbi + 'static>(
        map: &super::Map,
        event: &'static str,
        callback: impl FnMut(E) + 'static,
    ) -> Self {
        let (give, take) = (map.clone(), map.clone());
        Listener::new(
            callback,
            move |f| give.on(event, f),
            move |f| take.off(event, f),
        )
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        if let Some(take_back) = self.take_back.take() {
            take_back(self.callback.unchecked_ref());
        }
    }
}
