//! Puts tiles of the picture together.

use super::Source;
use super::shift::{Part, SIDE, shifted, straight};
use crate::map::protocol::Protocol;
use crate::map::tiles::tile_of;
use crate::rest::rest;
use futures::future::join_all;
use mendmap_core::city::TileId;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, ImageBitmap, OffscreenCanvas, OffscreenCanvasRenderingContext2d, Response, Window,
};

/// The protocol of base maps that are put together here.
pub(super) fn protocol(source: Source, shift: bool) -> Protocol {
    Protocol::new("mendmap-base", move |url| {
        let source = source.clone();
        async move {
            let tile = tile_of(&url).ok_or_else(|| JsValue::from_str("no tile"))?;
            // What draws it comes behind the first view, which stands without it.
            let came = rest().await;
            came.map_err(|detail| JsValue::from_str(&detail))?;
            let parts = if shift { shifted(tile) } else { straight(tile) };
            compose(&source, &parts).await
        }
    })
}

/// Draws the parts into one tile. A part that does not come leaves its place empty;
/// where none comes the tile fails.
async fn compose(source: &Source, parts: &[Part]) -> Result<JsValue, JsValue> {
    let window = web_sys::window().ok_or_else(|| JsValue::from_str("no window"))?;
    let pictures = join_all(parts.iter().map(|p| picture(&window, source, p.tile))).await;
    let Some(sharpest) = pictures
        .iter()
        .filter_map(|p| p.as_ref().ok().map(ImageBitmap::width))
        .max()
    else {
        return Err(JsValue::from_str("the base map did not answer"));
    };
    let canvas = OffscreenCanvas::new(sharpest, sharpest)?;
    let context: OffscreenCanvasRenderingContext2d = canvas
        .get_context("2d")?
        .ok_or_else(|| JsValue::from_str("no 2D canvas"))?
        .unchecked_into();
    let scale = f64::from(sharpest) / SIDE;
    for (part, picture) in parts.iter().zip(&pictures) {
        if let Ok(picture) = picture {
            let side = f64::from(sharpest);
            context.draw_image_with_image_bitmap_and_dw_and_dh(
                picture,
                part.x * scale,
                part.y * scale,
                side,
                side,
            )?;
            picture.close();
        }
    }
    Ok(canvas.transfer_to_image_bitmap()?.into())
}

async fn picture(window: &Window, source: &Source, tile: TileId) -> Result<ImageBitmap, JsValue> {
    let blob = match source {
        Source::Template(url) => {
            let url = url
                .replace("{z}", &tile.z.to_string())
                .replace("{x}", &tile.x.to_string())
                .replace("{y}", &tile.y.to_string());
            let response: Response = JsFuture::from(window.fetch_with_str(&url))
                .await?
                .unchecked_into();
            if !response.ok() {
                return Err(JsValue::from_str(&response.status_text()));
            }
            JsFuture::from(response.blob()?).await?.unchecked_into()
        }
        Source::Archive(archive) => {
            let bytes = archive.tile(tile.z, tile.x, tile.y).await?;
            if bytes.is_undefined() {
                return Err(JsValue::from_str("the archive has no such tile"));
            }
            Blob::new_with_u8_array_sequence(&js_sys::Array::of1(&bytes))?
        }
    };
    let bitmap = JsFuture::from(window.create_image_bitmap_with_blob(&blob)?).await?;
    Ok(bitmap.unchecked_into())
}
