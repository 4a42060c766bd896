//! The stores, and how an older database becomes this one.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbFactory, IdbObjectStoreParameters, IdbVersionChangeEvent};

/// Version of the stores. Raise it with a step in [`upgrade`] and a test of that step.
pub(super) const VERSION: u32 = 3;

/// Single values under a name: device, next number, crew.
pub(super) const META: &str = "meta";
/// Events not yet packed, as received, under rising keys.
pub(super) const EVENTS: &str = "events";
/// Packed events, some thousands a record, under rising keys.
pub(super) const SEGMENTS: &str = "segments";
/// Events that no server has accepted, as received, under the hash of their bytes.
pub(super) const OUTBOX: &str = "outbox";
/// What a server said of events, as JSON, under the hash of their bytes.
pub(super) const RECEIPTS: &str = "receipts";
/// The snapshot that this device began with, and the events up to it in segments, each under the
/// place before its first; see [`super::history`].
pub(super) const HISTORY: &str = "history";
/// Photos, as they are sent, under their names.
pub(super) const PHOTOS: &str = "photos";
/// What is known of each photo beside its bytes, as a list, under its name.
pub(super) const PHOTO_NOTES: &str = "photo_notes";
/// Layers of a person's own, under their layer's id, and what goes with them; see [`super::layers`].
pub(super) const LAYERS: &str = "layers";

/// Makes the database of this name, or brings it to [`VERSION`].
///
/// In the browser's words: the library would put every fault of its own into a message here, and
/// with that comes a writer of floats, 5 kB of the download.
pub(super) async fn bring_up(name: &str) -> Result<(), JsValue> {
    let factory = Reflect::get(&js_sys::global(), &"indexedDB".into())?;
    let request = factory
        .dyn_into::<IdbFactory>()?
        .open_with_u32(name, VERSION)?;
    let opening = request.clone();
    let upgrading = Closure::once(move |event: IdbVersionChangeEvent| {
        let database: IdbDatabase = opening.result()?.unchecked_into();
        // The browser counts versions as doubles; ours are small.
        upgrade(&database, event.old_version() as u32)
    });
    let listener: &Function = upgrading.as_ref().unchecked_ref();
    request.set_onupgradeneeded(Some(listener));
    let opened = Promise::new(&mut |done, failed| {
        request.set_onsuccess(Some(&done));
        request.set_onerror(Some(&failed));
    });
    match JsFuture::from(opened).await {
        Ok(_) => request.result()?.unchecked_into::<IdbDatabase>().close(),
        Err(_) => return Err(request.error()?.into()),
    }
    Ok(())
}

/// Brings a database from `from` (0: new) to [`VERSION`], step by step, so that
/// every older one takes the same path.
fn upgrade(database: &IdbDatabase, from: u32) -> Result<(), JsValue> {
    let rising = IdbObjectStoreParameters::new();
    rising.set_auto_increment(true);
    if from < 1 {
        database.create_object_store(META)?;
        database.create_object_store_with_optional_parameters(EVENTS, &rising)?;
        database.create_object_store_with_optional_parameters(SEGMENTS, &rising)?;
        database.create_object_store(LAYERS)?;
    }
    if from < 2 {
        database.create_object_store(OUTBOX)?;
        database.create_object_store(RECEIPTS)?;
    }
    if from < 3 {
        database.create_object_store(HISTORY)?;
        database.create_object_store(PHOTOS)?;
        database.create_object_store(PHOTO_NOTES)?;
    }
    Ok(())
}
