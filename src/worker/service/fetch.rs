//! Fetching a file, with its progress.

use crate::worker::protocol::Trouble;
use gloo_net::http::{Headers, Request};
use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::ReadableStreamDefaultReader;

/// Fetches the bytes at `url`; `progress` hears how many have come, and how many
/// there will be where the server says so. Gives the headers too.
pub(super) async fn fetch(
    url: &str,
    mut progress: impl FnMut(u64, Option<u64>),
) -> Result<(Vec<u8>, Headers), Trouble> {
    let failed = |status: Option<u16>, detail: String| Trouble::Fetch {
        url: url.to_owned(),
        status,
        detail,
    };
    let response = Request::get(url)
        .send()
        .await
        .map_err(|e| failed(None, e.to_string()))?;
    if !response.ok() {
        return Err(failed(Some(response.status()), response.status_text()));
    }
    // A compressed transfer announces its compressed length; then nobody knows.
    let headers = response.headers();
    let total = match headers.get("content-encoding") {
        None => headers
            .get("content-length")
            .and_then(|text| text.parse().ok()),
        Some(_) => None,
    };
    let Some(body) = response.body() else {
        let bytes = response.binary().await;
        let bytes = bytes.map_err(|e| failed(None, e.to_string()))?;
        return Ok((bytes, headers));
    };
    let broken = |error: JsValue| failed(None, format!("{error:?}"));
    let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
    let mut bytes = Vec::with_capacity(total.unwrap_or(0) as usize);
    loop {
        let step = JsFuture::from(reader.read()).await.map_err(broken)?;
        let done = Reflect::get(&step, &"done".into()).map_err(broken)?;
        if done.is_truthy() {
            return Ok((bytes, headers));
        }
        let chunk: Uint8Array = Reflect::get(&step, &"value".into())
            .map_err(broken)?
            .unchecked_into();
        let start = bytes.len();
        bytes.resize(start + chunk.length() as usize, 0);
        chunk.copy_to(&mut bytes[start..]);
        progress(bytes.len() as u64, total);
    }
}
