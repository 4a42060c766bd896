//! Fetching a file, with its progress.

use crate::worker::protocol::Trouble;
use gloo_net::http::{Headers, Request};
use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStream, ReadableStreamDefaultReader};

/// Fetches the bytes at `url`; `progress` hears how many have come, and how many
/// there will be where the server says so. Gives the headers too.
///
/// # Errors
/// [`Trouble::Fetch`], with what the server or the browser said.
pub async fn fetch(
    url: &str,
    progress: &mut dyn FnMut(u64, Option<u64>),
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
    let mut bytes = Vec::with_capacity(total.unwrap_or(0) as usize);
    let mut goes_on = |so_far| {
        progress(so_far as u64, total);
        true
    };
    let read = drain(&body, &mut bytes, &mut goes_on).await;
    read.map_err(|error| failed(None, format!("{error:?}")))?;
    Ok((bytes, headers))
}

/// Reads a stream to its end, or until `goes_on`, which hears how many bytes there are, says no. Where it
/// breaks, what came before stays.
pub(super) async fn drain(
    stream: &ReadableStream,
    bytes: &mut Vec<u8>,
    goes_on: &mut dyn FnMut(usize) -> bool,
) -> Result<(), JsValue> {
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    loop {
        let step = JsFuture::from(reader.read()).await?;
        if Reflect::get(&step, &"done".into())?.is_truthy() {
            return Ok(());
        }
        let chunk: Uint8Array = Reflect::get(&step, &"value".into())?.unchecked_into();
        let start = bytes.len();
        bytes.resize(start + chunk.length() as usize, 0);
        chunk.copy_to(&mut bytes[start..]);
        if !goes_on(bytes.len()) {
            return Ok(());
        }
    }
}
