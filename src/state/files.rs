//! Files in and out of the page.

use js_sys::{Array, ArrayBuffer};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, Url};

/// Hands bytes to the person as a file.
///
/// # Errors
/// What the browser says where it makes no file.
pub fn hand_out(bytes: &ArrayBuffer, name: &str, kind: &str) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let blob = Blob::new_with_buffer_source_sequence_and_options(&Array::of1(bytes), &options)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // Only later: the click begins the saving, it does not wait for it.
    set_timeout(
        move || {
            let _ = Url::revoke_object_url(&address);
        },
        std::time::Duration::from_secs(60),
    );
    Ok(())
}

/// The bytes of a file.
///
/// # Errors
/// What the browser says where the file cannot be read.
pub async fn bytes(file: &File) -> Result<ArrayBuffer, JsValue> {
    JsFuture::from(file.array_buffer()).await?.dyn_into()
}

/// The files that were chosen in an input, which is then ready for the next.
pub fn chosen(input: &web_sys::HtmlInputElement) -> Vec<File> {
    let mut chosen = Vec::new();
    if let Some(files) = input.files() {
        chosen.extend((0..files.length()).filter_map(|n| files.get(n)));
    }
    // The same file chosen again is a change again.
    input.set_value("");
    chosen
}
