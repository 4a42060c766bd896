//! Small pictures of photos.

use super::{Media, PIXELS, THUMB_SIDE};
use image::codecs::jpeg::JpegEncoder;
use image::{ImageReader, Limits};
use std::io::Cursor;

/// Of a JPEG that one looks at by the dozen.
const QUALITY: u8 = 80;

/// What decoding may hold: as many pixels as a photo has, at four bytes, and what the
/// decoders need beside them.
const MEMORY: u64 = PIXELS * 5;

/// A JPEG whose longer side has [`THUMB_SIDE`] pixels, or the picture's own where it is
/// smaller; `None` where it cannot be decoded within limits.
pub(super) fn of(bytes: &[u8]) -> Option<Vec<u8>> {
    within(MEMORY, bytes)
}

fn within(memory: u64, bytes: &[u8]) -> Option<Vec<u8>> {
    let format = Media::of(bytes)?.format();
    let mut limits = Limits::default();
    limits.max_alloc = Some(memory);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let picture = reader.decode().ok()?;
    let small = match picture.width().max(picture.height()) > THUMB_SIDE {
        true => picture.thumbnail(THUMB_SIDE, THUMB_SIDE),
        false => picture,
    };
    let mut jpeg = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut jpeg, QUALITY);
    small.to_rgb8().write_with_encoder(encoder).ok()?;
    Some(jpeg)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{DynamicImage, ImageFormat};

    #[test]
    fn a_picture_is_not_unpacked_beyond_its_memory() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
            let mut bytes = Cursor::new(Vec::new());
            let plain = DynamicImage::new_rgb8(600, 600);
            plain.write_to(&mut bytes, format).unwrap();
            let unpacked = 600 * 600 * 3;
            assert!(bytes.get_ref().len() < 20_000, "it packs well");
            assert!(within(unpacked * 2, bytes.get_ref()).is_some());
            assert!(
                within(unpacked - 1, bytes.get_ref()).is_none(),
                "{format:?}"
            );
        }
    }
}
