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
