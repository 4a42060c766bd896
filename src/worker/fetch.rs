//! Fetching a file, piece by piece.

use crate::worker::protocol::{Notice, Trouble};
use gloo_net::http::{Headers, Request, Response};
use js_sys::{Reflect, Uint8Array};
use mendmap_core::catalog::LayerFile;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStream, ReadableStreamDefaultReader};

/// A file on its way.
pub struct Download {
    url: String,
    /// What the server says of it.
    pub headers: Headers,
    /// How many bytes there will be, where the server says so.
    pub total: Option<u64>,
    /// How many bytes have come.
    pub bytes: u64,
    pieces: Pieces,
}

enum Pieces {
    Of(ReadableStreamDefaultReader),
    /// A browser that gives no stream gives it whole.
    All(Response),
    None,
}

impl Download {
    /// Asks for the file at `url`.
    ///
    /// # Errors
    /// [`Trouble::Fetch`], with what the server or the browser said.
    pub async fn start(url: &str) -> Result<Self, Trouble> {
        let response = Request::get(url)
            .send()
            .await
            .map_err(|e| failed(url, None, e.to_string()))?;
        if !response.ok() {
            let (status, detail) = (response.status(), response.status_text());
            return Err(failed(url, Some(status), detail));
        }
        // A compressed transfer announces its compressed length; then nobody knows.
        let headers = response.headers();
        let total = match headers.get("content-encoding") {
            None => headers
                .get("content-length")
                .and_then(|text| text.parse().ok()),
            Some(_) => None,
        };
        let pieces = match response.body() {
            Some(body) => Pieces::Of(body.get_reader().unchecked_into()),
            None => Pieces::All(response),
        };
        Ok(Download {
            url: url.to_owned(),
            headers,
            total,
            bytes: 0,
            pieces,
        })
    }

    /// The next piece of it; none at its end.
    ///
    /// # Errors
    /// [`Trouble::Fetch`] where it breaks off.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, Trouble> {
        let piece = match std::mem::replace(&mut self.pieces, Pieces::None) {
            Pieces::None => return Ok(None),
            Pieces::All(response) => {
                let bytes = response.binary().await;
                Some(bytes.map_err(|e| failed(&self.url, None, e.to_string()))?)
            }
            Pieces::Of(reader) => {
                let piece = next_of(&reader).await;
                let piece = piece.map_err(|e| failed(&self.url, None, format!("{e:?}")))?;
                self.pieces = Pieces::Of(reader);
                piece.map(|piece| piece.to_vec())
            }
        };
        self.bytes += piece.as_ref().map_or(0, Vec::len) as u64;
        Ok(piece)
    }

    /// How far it has come, as the file of a layer of which so many features were read.
    pub fn loading(&self, file: &LayerFile, features: usize) -> Notice {
        Notice::Loading {
            layer: file.id.clone(),
            bytes: self.bytes,
            total: self.total,
            features,
        }
    }
}

fn failed(url: &str, status: Option<u16>, detail: String) -> Trouble {
    Trouble::Fetch {
        url: url.to_owned(),
        status,
        detail,
    }
}

/// Fetches the bytes at `url`; `progress` hears how many have come, and how many
/// there will be where the server says so. Gives the headers too.
///
/// # Errors
/// [`Trouble::Fetch`], with what the server or the browser said.
pub async fn fetch(
    url: &str,
    progress: &mut dyn FnMut(u64, Option<u64>),
) -> Result<(Vec<u8>, Headers), Trouble> {
    let mut download = Download::start(url).await?;
    let mut bytes = Vec::with_capacity(download.total.unwrap_or(0) as usize);
    while let Some(piece) = download.next().await? {
        bytes.extend_from_slice(&piece);
        progress(download.bytes, download.total);
    }
    Ok((bytes, download.headers))
}

/// The next piece of a stream; none at its end.
async fn next_of(reader: &ReadableStreamDefaultReader) -> Result<Option<Uint8Array>, JsValue> {
    let step = JsFuture::from(reader.read()).await?;
    if Reflect::get(&step, &"done".into())?.is_truthy() {
        return Ok(None);
    }
    Ok(Some(Reflect::get(&step, &"value".into())?.unchecked_into()))
}

/// Reads a stream to its end, or until `goes_on`, which hears how many bytes there are, says no. Where it
/// breaks, what came before stays.
pub(super) async fn drain(
    stream: &ReadableStream,
    bytes: &mut Vec<u8>,
    goes_on: &mut dyn FnMut(usize) -> bool,
) -> Result<(), JsValue> {
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    while let Some(piece) = next_of(&reader).await? {
        let start = bytes.len();
        bytes.resize(start + piece.length() as usize, 0);
        piece.copy_to(&mut bytes[start..]);
        if !goes_on(bytes.len()) {
            return Ok(());
        }
    }
    Ok(())
}
