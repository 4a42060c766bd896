//! Signals that survive a reload, in `localStorage`. For choices and drafts only:
//! work goes to the log.

use super::effect::on_change;
use leptos::prelude::*;
use std::{fmt::Display, str::FromStr};

/// What all our keys begin with.
const PREFIX: &str = "mendmap:";

/// A signal that begins with what was stored under `key`, else with `default`,
/// and stores what it is set to.
pub fn stored<T>(key: &'static str, default: impl FnOnce() -> T) -> RwSignal<T>
where
    T: Display + FromStr + Send + Sync + Clone + 'static,
{
    let first = read(key)
        .and_then(|text| text.parse().ok())
        .unwrap_or_else(default);
    let signal = RwSignal::new(first);
    on_change(
        move || signal.track(),
        move || write(key, Some(&signal.with_untracked(ToString::to_string))),
    );
    signal
}

/// What is stored under a key. Nothing where storage is closed to us.
pub fn read(key: &str) -> Option<String> {
    storage()?
        .get_item(&format!("{PREFIX}{key}"))
        .ok()
        .flatten()
}

/// Stores a text under a key, or forgets it. Storage that is full or closed
/// leaves the choice for this visit only.
pub fn write(key: &str, text: Option<&str>) {
    let Some(storage) = storage() else { return };
    let key = format!("{PREFIX}{key}");
    let _ = match text {
        Some(text) => storage.set_item(&key, text),
        None => storage.remove_item(&key),
    };
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}
