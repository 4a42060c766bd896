//! What bytes are let in as a picture.

use super::Refusal;
use image::{ImageFormat, ImageReader};
use std::io::Cursor;

/// The most pixels of a photo: more than a phone takes unless it is told to.
pub const PIXELS: u64 = 50_000_000;

/// As many first bytes as tell the types apart.
pub(super) const SIGNATURE: u64 = 12;

/// What a photo may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    /// `image/jpeg`
    Jpeg,
    /// `image/png`
    Png,
    /// `image/webp`
    Webp,
}

impl Media {
    /// By the first bytes.
    pub fn of(bytes: &[u8]) -> Option<Media> {
        match bytes {
            [0xff, 0xd8, 0xff, ..] => Some(Media::Jpeg),
            [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some(Media::Png),
            [
                b'R',
                b'I',
                b'F',
                b'F',
                _,
                _,
                _,
                _,
                b'W',
                b'E',
                b'B',
                b'P',
                ..,
            ] => Some(Media::Webp),
            _ => None,
        }
    }

    /// Its name in a header.
    pub fn name(self) -> &'static str {
        match self {
            Media::Jpeg => "image/jpeg",
            Media::Png => "image/png",
            Media::Webp => "image/webp",
        }
    }

    pub(super) fn format(self) -> ImageFormat {
        match self {
            Media::Jpeg => ImageFormat::Jpeg,
            Media::Png => ImageFormat::Png,
            Media::Webp => ImageFormat::WebP,
        }
    }
}

/// Whether bytes are a picture as it may be kept. Only its header is read, nothing is
/// unpacked: what comes after may still be broken, and is the photo all the same.
pub(super) fn check(bytes: &[u8]) -> Result<Media, Refusal> {
    let media = Media::of(bytes).ok_or(Refusal::Media)?;
    if has_notes(media, bytes) {
        return Err(Refusal::Metadata);
    }
    let reader = ImageReader::with_format(Cursor::new(bytes), media.format());
    let (width, height) = reader.into_dimensions().map_err(|_| Refusal::Media)?;
    match u64::from(width) * u64::from(height) > PIXELS {
        true => Err(Refusal::Pixels),
        false => Ok(media),
    }
}

/// Whether a camera's notes (EXIF, XMP) are still in it: place, time, the phone's number.
fn has_notes(media: Media, bytes: &[u8]) -> bool {
    match media {
        // In the segments (APP1), and in pictures that some phones put behind the picture.
        // So many bytes do not come about by chance.
        Media::Jpeg => {
            let has = |sign: &[u8]| bytes.windows(sign.len()).any(|window| window == sign);
            has(b"Exif\0\0") || has(b"http://ns.adobe.com/xap/1.0/")
        }
        Media::Png => chunks(bytes, 8, u32::from_be_bytes, 4).any(|(name, data)| {
            let text = matches!(name, b"tEXt" | b"iTXt" | b"zTXt");
            let words: [&[u8]; 3] = [b"XML:com.adobe.xmp", b"Raw profile type", b"exif:"];
            name == b"eXIf" || (text && words.iter().any(|word| data.starts_with(word)))
        }),
        Media::Webp => chunks(bytes, 12, u32::from_le_bytes, 0)
            .any(|(name, _)| matches!(name, b"EXIF" | b"XMP ")),
    }
}

/// The chunks of a PNG (length, name, data, checksum) or of a WebP (name, length, data and
/// a byte where that is odd): each name with its data, as far as they are whole.
fn chunks(
    bytes: &[u8],
    start: usize,
    length: fn([u8; 4]) -> u32,
    checksum: usize,
) -> impl Iterator<Item = (&[u8; 4], &[u8])> {
    let mut rest = bytes.get(start..).unwrap_or(&[]);
    std::iter::from_fn(move || {
        let (first, after) = rest.split_first_chunk::<4>()?;
        let (second, after) = after.split_first_chunk::<4>()?;
        let (name, size) = match checksum {
            0 => (first, length(*second)),
            _ => (second, length(*first)),
        };
        let size = usize::try_from(size).ok()?;
        let data = after.get(..size).unwrap_or(after);
        let padding = if checksum == 0 { size % 2 } else { checksum };
        rest = after.get(size.saturating_add(padding)..).unwrap_or(&[]);
        Some((name, data))
    })
}
