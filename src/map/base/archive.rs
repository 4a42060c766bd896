//! PMTiles: one file that holds all tiles, read piece by piece. The script that
//! reads it is fetched only where the catalogue declares such a file.

use futures::channel::oneshot;
use std::cell::OnceCell;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// Where the script lies beside the page.
const SCRIPT: &str = "pmtiles.js";

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = pmtiles)]
    type PMTiles;
    #[wasm_bindgen(catch, constructor, js_namespace = pmtiles)]
    fn new(url: &str) -> Result<PMTiles, JsValue>;
    #[wasm_bindgen(method, js_name = getZxy)]
    fn tile(this: &PMTiles, z: u8, x: u32, y: u32) -> js_sys::Promise;

    /// A tile in the archive.
    type Entry;
    #[wasm_bindgen(method, getter)]
    fn data(this: &Entry) -> JsValue;
}

/// A PMTiles file.
pub(super) struct Archive {
    url: String,
    opened: OnceCell<PMTiles>,
}

impl Archive {
    pub(super) fn new(url: String) -> Self {
        Archive {
            url,
            opened: OnceCell::new(),
        }
    }

    /// The bytes of a tile; undefined where the archive has none.
    pub(super) async fn tile(&self, z: u8, x: u32, y: u32) -> Result<JsValue, JsValue> {
        if self.opened.get().is_none() {
            if js_sys::Reflect::get(&js_sys::global(), &"pmtiles".into())?.is_undefined() {
                load_script().await?;
            }
            let archive = PMTiles::new(&self.url)?;
            // Another tile may have opened it while the script came.
            let _ = self.opened.set(archive);
        }
        let Some(archive) = self.opened.get() else {
            return Ok(JsValue::UNDEFINED);
        };
        let entry = JsFuture::from(archive.tile(z, x, y)).await?;
        if entry.is_undefined() || entry.is_null() {
            return Ok(JsValue::UNDEFINED);
        }
        Ok(entry.unchecked_into::<Entry>().data())
    }
}

async fn load_script() -> Result<(), JsValue> {
    let missing = || JsValue::from_str("no document");
    let document = web_sys::window()
        .and_then(|w| w.document())
        .ok_or_else(missing)?;
    let script: web_sys::HtmlScriptElement = document.create_element("script")?.unchecked_into();
    let base = document.base_uri()?.unwrap_or_default();
    script.set_src(&web_sys::Url::new_with_base(SCRIPT, &base)?.href());
    let (tell, told) = oneshot::channel::<bool>();
    let mut tell = Some(tell);
    let done = Closure::<dyn FnMut(web_sys::Event)>::new(move |e: web_sys::Event| {
        if let Some(tell) = tell.take() {
            let _ = tell.send(e.type_() == "load");
        }
    });
    for event in ["load", "error"] {
        script.add_event_listener_with_callback(event, done.as_ref().unchecked_ref())?;
    }
    document.head().ok_or_else(missing)?.append_child(&script)?;
    if told.await.unwrap_or(false) {
        Ok(())
    } else {
        Err(JsValue::from_str(
            "the script that reads PMTiles did not load",
        ))
    }
}
