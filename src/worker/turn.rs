//! Giving other messages their turn.

use futures::channel::oneshot;
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::MessageChannel;

/// Waits until everything already queued for this thread has run. A posted
/// message does that without the 4 ms that nested timers are held back.
pub(super) async fn next_turn() {
    let Ok(channel) = MessageChannel::new() else {
        return;
    };
    let (done, waiting) = oneshot::channel::<()>();
    let wake = Closure::once(move || {
        // The receiver is only gone if the waiting task was dropped.
        let _ = done.send(());
    });
    channel
        .port1()
        .set_onmessage(Some(wake.as_ref().unchecked_ref()));
    if channel
        .port2()
        .post_message(&wasm_bindgen::JsValue::NULL)
        .is_ok()
    {
        let _ = waiting.await;
    }
    channel.port1().set_onmessage(None);
    channel.port1().close();
}

/// Waits so many milliseconds.
pub(super) async fn pause(ms: i32) {
    let scope: web_sys::WorkerGlobalScope = js_sys::global().unchecked_into();
    let timer = js_sys::Promise::new(&mut |resolve, _| {
        // A worker that may not set a timer does not wait.
        if (scope.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ms)).is_err() {
            let _ = resolve.call0(&wasm_bindgen::JsValue::UNDEFINED);
        }
    });
    let _ = wasm_bindgen_futures::JsFuture::from(timer).await;
}
