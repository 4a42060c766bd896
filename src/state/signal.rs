//! Signal that comes back, and a phone that is taken out of the pocket: what waits is sent at once.
//!
//! A device pauses longer and longer where nothing answers (`core::sync::device`). In a dead spot the
//! browser mostly believes that there is a network, so that pauses grow; who looks at the app again
//! stands somewhere else by then.

use super::session::Session;
use crate::worker::protocol::SyncNow;
use leptos::{ev, prelude::*, task::spawn_local};

/// Has the worker try again whenever there is a network again or the app is looked at again, for as
/// long as the app runs.
pub fn send_when_back(session: Session) {
    let go = move || {
        let is_looked_at = !document().hidden() && window().navigator().on_line();
        if is_looked_at && session.syncing.with_untracked(Option::is_some) {
            spawn_local(async move {
                // What becomes of it the header says.
                let _shown = session.ask(SyncNow {}).await;
            });
        }
    };
    let _for_good = window_event_listener(ev::online, move |_| go());
    let _for_good = window_event_listener(ev::visibilitychange, move |_| go());
}
