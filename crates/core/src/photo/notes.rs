//! What a camera wrote into a JPEG of when and where: Exif 2.32 (CIPA DC-008), a TIFF 6.0 in
//! the segment APP1. Four fields of hundreds; kamadak-exif reads them all, and would be a
//! hundredth of the whole download for them.

use crate::log::{Moment, Position};
use jiff::tz::Offset;

/// What a camera says of a picture.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Notes {
    /// When the shutter opened.
    pub at: Option<Moment>,
    /// Where.
    pub position: Option<Position>,
}

/// Reads them from the first bytes of a file; as nothing where it has none, or none that make
/// sense. Cameras that do not say their offset from UTC are taken to be set like this phone,
/// `east_minutes` ahead of it.
pub fn notes(file: &[u8], east_minutes: i32) -> Notes {
    let Some(tiff) = app1(file).and_then(Tiff::of) else {
        return Notes::default();
    };
    Notes {
        at: tiff.at(east_minutes),
        position: tiff.position(),
    }
}

/// The TIFF within the segments of a JPEG.
fn app1(file: &[u8]) -> Option<&[u8]> {
    let mut rest = file.strip_prefix(&[0xff, 0xd8])?;
    loop {
        let [0xff, marker, high, low, after @ ..] = rest else {
            return None;
        };
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        let body = after.get(..length.checked_sub(2)?)?;
        match (marker, body.strip_prefix(b"Exif\0\0")) {
            (0xe1, Some(tiff)) => return Some(tiff),
            // From here on there are only pixels.
            (0xda, _) => return None,
            _ => rest = &after[body.len()..],
        }
    }
}

const EXIF: u16 = 0x8769;
const GPS: u16 = 0x8825;
const TAKEN: u16 = 0x9003;
const TAKEN_OFFSET: u16 = 0x9011;
const SOUTH_OR_NORTH: u16 = 1;
const LATITUDE: u16 = 2;
const EAST_OR_WEST: u16 = 3;
const LONGITUDE: u16 = 4;

struct Tiff<'a> {
    bytes: &'a [u8],
    little: bool,
}

impl<'a> Tiff<'a> {
    fn of(bytes: &'a [u8]) -> Option<Self> {
        let little = match bytes.get(..4)? {
            b"II*\0" => true,
            b"MM\0*" => false,
            _ => return None,
        };
        Some(Tiff { bytes, little })
    }

    fn u16(&self, at: usize) -> Option<u16> {
        let bytes = *self.bytes.get(at..)?.first_chunk()?;
        Some(match self.little {
            true => u16::from_le_bytes(bytes),
            false => u16::from_be_bytes(bytes),
        })
    }

    fn u32(&self, at: usize) -> Option<u32> {
        let bytes = *self.bytes.get(at..)?.first_chunk()?;
        Some(match self.little {
            true => u32::from_le_bytes(bytes),
            false => u32::from_be_bytes(bytes),
        })
    }

    /// Where the four bytes of a field are that hold its value, or say where that is.
    fn field(&self, directory: usize, tag: u16) -> Option<usize> {
        let count = usize::from(self.u16(directory)?);
        let mut fields = (0..count).map(|n| directory + 2 + n * 12);
        fields.find_map(|at| match self.u16(at) {
            None => Some(None),
            Some(found) => (found == tag).then_some(Some(at + 8)),
        })?
    }

    fn there(&self, directory: usize, tag: u16) -> Option<usize> {
        Some(self.u32(self.field(directory, tag)?)? as usize)
    }

    fn directory(&self, tag: u16) -> Option<usize> {
        self.there(self.u32(4)? as usize, tag)
    }

    /// So many characters that are too many to stand in the field.
    fn text(&self, directory: usize, tag: u16, length: usize) -> Option<&'a [u8]> {
        self.bytes.get(self.there(directory, tag)?..)?.get(..length)
    }

    fn at(&self, east_minutes: i32) -> Option<Moment> {
        let exif = self.directory(EXIF)?;
        // 2024:05:03 09:12:44
        let mut local = self.text(exif, TAKEN, 19)?.to_vec();
        for (at, there) in [(4, b'-'), (7, b'-'), (10, b'T')] {
            local[at] = there;
        }
        let with = |offset: &[u8]| {
            let text = [&local[..], offset].concat();
            std::str::from_utf8(&text).ok()?.parse::<Moment>().ok()
        };
        let told = self.text(exif, TAKEN_OFFSET, 6).and_then(with);
        told.or_else(|| {
            let utc = with(b"Z")?.shifted(-60_000 * i64::from(east_minutes)).utc;
            let offset = Offset::from_seconds(east_minutes.checked_mul(60)?).ok()?;
            Some(Moment::new(utc, offset))
        })
    }

    fn position(&self) -> Option<Position> {
        let gps = self.directory(GPS)?;
        let signed = |half: u16, minus: u8, tag: u16, most: i32| {
            let there = *self.bytes.get(self.field(gps, half)?)?;
            let degrees = self.degrees(self.there(gps, tag)?)?;
            let degrees = i32::try_from(degrees).ok().filter(|d| *d <= most)?;
            Some(if there == minus { -degrees } else { degrees })
        };
        let lat = signed(SOUTH_OR_NORTH, b'S', LATITUDE, 900_000_000)?;
        let lon = signed(EAST_OR_WEST, b'W', LONGITUDE, 1_800_000_000)?;
        // Cameras that do not know say so.
        (lat != 0 || lon != 0).then_some(Position { lon, lat })
    }

    /// Degrees, minutes and seconds, each a fraction, in units of a [`Position`].
    fn degrees(&self, at: usize) -> Option<u64> {
        let mut sum = 0;
        for (n, part) in [1, 60, 3600].into_iter().enumerate() {
            let over = u64::from(self.u32(at + n * 8)?);
            let under = u64::from(self.u32(at + n * 8 + 4)?) * part;
            sum += (over * 10_000_000 + under / 2).checked_div(under)?;
        }
        Some(sum)
    }
}
