//! A picture as it is kept: drawn anew from its pixels. So it stands upright, is no larger than
//! it need be, and nothing of what the camera wrote into the file is in it.

use super::protocol::Trouble;
use js_sys::{Array, ArrayBuffer, Object, Promise, Reflect, Uint8Array};
use mendmap_core::photo::kept_size;
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ImageBitmap, OffscreenCanvas, OffscreenCanvasRenderingContext2d};

/// How good the copy is, from 0 to 1: beyond this a photo only grows.
const QUALITY: f64 = 0.8;

const JPEG: &str = "image/jpeg";

// With their options; web-sys has a type for each of them.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_name = createImageBitmap)]
    fn create_image_bitmap(picture: &Blob, options: &Object) -> Result<Promise, JsValue>;

    type Canvas;
    #[wasm_bindgen(method, catch, js_name = convertToBlob)]
    fn convert_to_blob(this: &Canvas, options: &Object) -> Result<Promise, JsValue>;
}

/// Draws a picture anew, as a JPEG.
///
/// # Errors
/// [`Trouble::NoPicture`] where this browser cannot read it, or cannot write a JPEG.
pub(super) async fn redraw(file: &ArrayBuffer) -> Result<Uint8Array, Trouble> {
    let drawn = draw(file).await;
    drawn.map_err(|error| Trouble::NoPicture {
        detail: format!("{error:?}"),
    })
}

async fn draw(file: &ArrayBuffer) -> Result<Uint8Array, JsValue> {
    let file = Blob::new_with_buffer_source_sequence(&Array::of1(file))?;
    let upright = options(&[("imageOrientation", "from-image".into())])?;
    let picture = JsFuture::from(create_image_bitmap(&file, &upright)?).await?;
    let picture: ImageBitmap = picture.dyn_into()?;
    let (width, height) = kept_size(picture.width(), picture.height());
    let canvas = OffscreenCanvas::new(width, height)?;
    let context = canvas.get_context("2d")?.unwrap_or_default();
    let context: OffscreenCanvasRenderingContext2d = context.dyn_into()?;
    Reflect::set(&context, &"imageSmoothingQuality".into(), &"high".into())?;
    context.draw_image_with_image_bitmap_and_dw_and_dh(
        &picture,
        0.0,
        0.0,
        width.into(),
        height.into(),
    )?;
    picture.close();
    let jpeg = options(&[("type", JPEG.into()), ("quality", QUALITY.into())])?;
    let blob = canvas
        .unchecked_ref::<Canvas>()
        .convert_to_blob(&jpeg)
        .map(JsFuture::from)?;
    let blob: Blob = blob.await?.dyn_into()?;
    // What cannot write a JPEG writes a PNG, of ten times the size.
    if blob.type_() != JPEG {
        return Err(blob.type_().into());
    }
    let bytes: ArrayBuffer = JsFuture::from(blob.array_buffer()).await?.dyn_into()?;
    Ok(Uint8Array::new(&bytes))
}

fn options(all: &[(&str, JsValue)]) -> Result<Object, JsValue> {
    let options = Object::new();
    for (name, value) in all {
        Reflect::set(&options, &JsValue::from(*name), value)?;
    }
    Ok(options)
}
