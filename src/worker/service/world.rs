//! The worker's clock and die: the only place outside `core` that reads them.

use js_sys::Date;
use mendmap_core::ids::{Uuid, uuid_v7};
use wasm_bindgen::JsCast;
use web_sys::WorkerGlobalScope;

/// Milliseconds since 1970, by this device's clock.
pub(super) fn now_ms() -> u64 {
    Date::now() as u64
}

/// Says when it is time to speak of progress: ten times a second, which is as
/// fast as a person can read.
#[derive(Default)]
pub(super) struct NowAndThen {
    last_ms: u64,
}

impl NowAndThen {
    /// True where the last time was a tenth of a second ago.
    pub(super) fn is_time(&mut self) -> bool {
        let now = now_ms();
        // A clock that was set back must not silence us.
        let is_time = now.abs_diff(self.last_ms) >= 100;
        if is_time {
            self.last_ms = now;
        }
        is_time
    }
}

/// Minutes that this device's local time is ahead of UTC.
pub(super) fn minutes_ahead() -> i32 {
    -(Date::new_0().get_timezone_offset() as i32)
}

/// A fresh version 7 UUID, to be wrapped in the id it is meant for.
pub(super) fn fresh<T>(wrap: impl FnOnce(Uuid) -> T) -> T {
    let chance = chance();
    wrap(uuid_v7(now_ms(), std::array::from_fn(|n| chance[n])))
}

/// A number by chance, to spread pauses.
pub(super) fn die() -> u64 {
    (js_sys::Math::random() * f64::from(u32::MAX)) as u64
}

/// Bytes that nobody could have known before.
pub(super) fn chance() -> [u8; 16] {
    let mut bytes = [0; 16];
    let scope: WorkerGlobalScope = js_sys::global().unchecked_into();
    let drawn = scope
        .crypto()
        .and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes));
    if drawn.is_err() {
        // Browsers that old have no WebAssembly either; an id must still differ.
        bytes = std::array::from_fn(|_| (js_sys::Math::random() * 256.0) as u8);
    }
    bytes
}
