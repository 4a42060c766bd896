//! Paints a drawing into pixels with the browser's 2D canvas.

use super::image::Image;
use super::js::set;
use crate::{
    glyphs::{Paint, Piece, Place},
    number,
};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    CanvasWindingRule, ImageData, OffscreenCanvas, OffscreenCanvasRenderingContext2d, Path2d,
};

/// A canvas that is kept, because making one costs more than drawing on it.
pub(super) struct Painter {
    canvas: OffscreenCanvas,
    context: OffscreenCanvasRenderingContext2d,
}

impl Painter {
    /// A painter; fails where the browser has no 2D canvas.
    pub(super) fn new() -> Result<Self, JsValue> {
        let canvas = OffscreenCanvas::new(1, 1)?;
        let options = js_sys::Object::new();
        // Pixels are read back each time: they had better not live on the graphics card.
        set(&options, "willReadFrequently", &JsValue::TRUE);
        let context = canvas
            .get_context_with_context_options("2d", &options)?
            .ok_or_else(|| JsValue::from_str("no 2D canvas"))?
            .dyn_into::<OffscreenCanvasRenderingContext2d>()?;
        Ok(Painter { canvas, context })
    }

    /// The drawing as pixels, `ratio` device pixels to a CSS pixel.
    pub(super) fn paint(&self, image: &Image, ratio: f64) -> Result<ImageData, JsValue> {
        let side = (f64::from(image.px) * ratio).round().max(1.0);
        // Also clears what was drawn before.
        self.canvas.set_width(side as u32);
        self.canvas.set_height(side as u32);
        draw(&self.context, image, side)?;
        self.context.get_image_data(0.0, 0.0, side, side)
    }
}

fn draw(
    context: &OffscreenCanvasRenderingContext2d,
    image: &Image,
    side: f64,
) -> Result<(), JsValue> {
    context.set_line_cap("round");
    context.set_line_join("round");
    let scale = side / f64::from(image.picture.side);
    for piece in &image.picture.pieces {
        match piece {
            Piece::Path { shape, tone, place } => {
                put(context, scale, *place)?;
                let path = Path2d::new_with_path_string(shape.d)?;
                let colour = image.tones.colour(*tone);
                match shape.paint {
                    Paint::Fill => {
                        context.set_fill_style_str(colour);
                        context.fill_with_path_2d_and_winding(&path, CanvasWindingRule::Evenodd);
                    }
                    Paint::Stroke(width) => {
                        context.set_stroke_style_str(colour);
                        context.set_line_width(f64::from(width));
                        context.stroke_with_path(&path);
                    }
                }
            }
            Piece::Letter {
                letter,
                tone,
                place,
            } => {
                put(
                    context,
                    scale,
                    Place {
                        scale: 1.0,
                        ..*place
                    },
                )?;
                context.set_font(&format!(
                    "700 {}px system-ui, sans-serif",
                    number::text(place.scale.into(), 3)
                ));
                context.set_text_align("center");
                context.set_text_baseline("middle");
                context.set_fill_style_str(image.tones.colour(*tone));
                // The middle of the em box lies a little above that of the letters.
                context.fill_text(&letter.to_string(), 0.0, f64::from(place.scale) * 0.06)?;
            }
        }
    }
    Ok(())
}

fn put(
    context: &OffscreenCanvasRenderingContext2d,
    scale: f64,
    place: Place,
) -> Result<(), JsValue> {
    let own = scale * f64::from(place.scale);
    let (x, y) = (scale * f64::from(place.x), scale * f64::from(place.y));
    context.set_transform(own, 0.0, 0.0, own, x, y)
}
