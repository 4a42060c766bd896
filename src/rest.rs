//! The parts of the program that come behind the first view: see hooks/lib/late.mjs for what they
//! hold. Whoever calls something of one before it is there waits without any turn given to others,
//! so each is asked for in time.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// Brings what a crew works with, and waits until it is there. What fails is tried again by the next
/// who asks; a program that was not split has all.
///
/// # Errors
/// What the browser said: without a network there is none that was not fetched before.
pub async fn rest() -> Result<(), String> {
    bring(1).await
}

/// Brings what a supervisor works with, and what it builds upon.
///
/// # Errors
/// Those of [`rest`].
pub async fn desk() -> Result<(), String> {
    bring(2).await
}

/// The parts up to this one, by their place in the list of hooks/lib/late.mjs, from 1 on.
async fn bring(part: u8) -> Result<(), String> {
    let global = js_sys::global();
    let bring = Reflect::get(&global, &"mendmapPart".into()).ok();
    let bring = bring.and_then(|bring| bring.dyn_into::<Function>().ok());
    let coming = bring.and_then(|bring| bring.call1(&global, &part.into()).ok());
    match coming.and_then(|coming| coming.dyn_into::<Promise>().ok()) {
        Some(coming) => {
            let came = JsFuture::from(coming).await;
            came.map(|_| ()).map_err(|error| format!("{error:?}"))
        }
        None => Ok(()),
    }
}
