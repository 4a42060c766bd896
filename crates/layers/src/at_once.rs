//! What pauses now and then, without a pause.

use std::task::{Context, Poll, Waker};

/// Drives to its end what awaits nothing but pauses that are none, for where nothing else has to go on
/// meanwhile.
pub fn at_once<T>(future: impl Future<Output = T>) -> T {
    let mut future = std::pin::pin!(future);
    let mut cx = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut cx) {
            return value;
        }
    }
}
