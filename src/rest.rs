//! The rest of the program, which comes behind the first view: see hooks/lib/late.mjs for what it
//! holds. Whoever calls something of it before it is there waits without any turn given to others,
//! so it is asked for in time.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// Brings the rest, and waits until it is there. What fails is tried again by the next who asks;
/// a program that was not split has all.
///
/// # Errors
/// What the browser said: without a network there is none that was not fetched before.
pub async fn rest() -> Result<(), String> {
    let global = js_sys::global();
    let bring = Reflect::get(&global, &"mendmapRest".into()).ok();
    let bring = bring.and_then(|bring| bring.dyn_into::<Function>().ok());
    let coming = bring.and_then(|bring| bring.call0(&global).ok()?.dyn_into::<Promise>().ok());
    match coming {
        Some(coming) => {
            let came = JsFuture::from(coming).await;
            came.map(|_| ()).map_err(|error| format!("{error:?}"))
        }
        None => Ok(()),
    }
}
