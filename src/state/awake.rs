//! Keeps the screen on while somebody needs it: a phone that sleeps hears of no place.
//!
//! By the Screen Wake Lock API (W3C), called by name: the bindings call it unstable.

use js_sys::{Function, Promise, Reflect};
use leptos::{ev, prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Whether the screen is kept on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Awake {
    /// It is.
    On,
    /// The phone lets it go dark.
    Off,
}

/// Keeps the screen on while the view lives that asks and `wanted` says so; tells whether it is.
pub fn keep(wanted: impl Fn() -> bool + Send + Sync + Copy + 'static) -> RwSignal<Awake> {
    // What is asked for changes with each fix; whether anything is, seldom.
    let wanted = Memo::new(move |_| wanted());
    let state = RwSignal::new(Awake::Off);
    let lock = StoredValue::new_local(None::<JsValue>);
    let follow = move || {
        if !wanted.get() {
            lock.try_update_value(|lock| release(lock.take()));
            state.set(Awake::Off);
            return;
        }
        spawn_local(async move {
            let got = request().await;
            if wanted.try_get_untracked() != Some(true) {
                return release(got);
            }
            let is_on = got.is_some();
            // The view may be gone meanwhile.
            match lock.try_update_value(|lock| std::mem::replace(lock, got.clone())) {
                Some(before) => release(before),
                None => release(got),
            }
            let on = if is_on { Awake::On } else { Awake::Off };
            let _gone = state.try_set(on);
        });
    };
    super::effect::effect(follow);
    // The browser lets go of it whenever the page is hidden.
    let again = window_event_listener(ev::visibilitychange, move |_| {
        if !document().hidden() {
            untrack(follow);
        }
    });
    on_cleanup(move || {
        again.remove();
        lock.try_update_value(|lock| release(lock.take()));
    });
    state
}

async fn request() -> Option<JsValue> {
    let locks = Reflect::get(&window().navigator(), &"wakeLock".into()).ok()?;
    let request: Function = Reflect::get(&locks, &"request".into())
        .ok()?
        .dyn_into()
        .ok()?;
    let asked = request.call1(&locks, &"screen".into()).ok()?;
    let asked: Promise = asked.dyn_into().ok()?;
    JsFuture::from(asked).await.ok()
}

fn release(lock: Option<JsValue>) {
    let Some(lock) = lock else { return };
    let release = Reflect::get(&lock, &"release".into()).ok();
    let release = release.and_then(|f| f.dyn_into::<Function>().ok());
    if let Some(release) = release {
        // It is let go of at the latest when the page goes.
        let _ = release.call0(&lock);
    }
}
