//! Positions as whole numbers.
//!
//! A file says 123.5229911, of which the nearest `f64` is kept. 1235229911 and 10⁷ are `f64`s
//! without loss, and dividing them rounds once, to the nearest: to the same number. So a whole
//! number and a power of ten give back what the text gave, as long as the whole number is below
//! 2⁵³, and each is tried before it is believed.

use super::ColumnarError;
use super::bytes::{Cursor, folded, put, unfolded};
use crate::geodesy::LonLat;

/// 180 · 10¹³ is below 2⁵³.
const DIGITS: u8 = 13;

/// Stands for positions as they are in memory, for those that no unit gives back.
const BITS: u8 = 255;

/// Writes how the positions stand, and their longitudes and latitudes.
pub(super) fn write(places: &[LonLat]) -> (u8, Vec<u8>, Vec<u8>) {
    let fits = |digits: &u8| {
        let fits = |x: f64| whole(x, *digits).is_some();
        places.iter().all(|p| fits(p.lon) && fits(p.lat))
    };
    let scale = (0..=DIGITS).find(fits).unwrap_or(BITS);
    let column = |axis: fn(&LonLat) -> f64| {
        let mut out = Vec::new();
        let mut before = 0;
        for x in places.iter().map(axis) {
            match whole(x, scale) {
                Some(n) => {
                    put(&mut out, folded(n - before));
                    before = n;
                }
                None => out.extend(x.to_bits().to_le_bytes()),
            }
        }
        out
    };
    (scale, column(|p| p.lon), column(|p| p.lat))
}

/// The whole number that gives a number of degrees back, to the bit.
fn whole(x: f64, scale: u8) -> Option<i64> {
    if scale > DIGITS {
        return None;
    }
    let n = (x * unit(scale)).round() as i64;
    (degrees(n, scale).to_bits() == x.to_bits()).then_some(n)
}

fn degrees(n: i64, scale: u8) -> f64 {
    n as f64 / unit(scale)
}

fn unit(scale: u8) -> f64 {
    // Each product is a whole number below 2⁵³, so nothing is rounded.
    (0..scale).fold(1.0, |unit, _| unit * 10.0)
}

/// One axis, read number by number.
pub(super) struct Axis<'a> {
    cursor: Cursor<'a>,
    scale: u8,
    before: i64,
}

impl<'a> Axis<'a> {
    pub(super) fn open(cursor: Cursor<'a>, scale: u8) -> Result<Self, ColumnarError> {
        match scale {
            0..=DIGITS | BITS => Ok(Axis {
                cursor,
                scale,
                before: 0,
            }),
            _ => Err(cursor.broken()),
        }
    }

    /// The next number of degrees; it may be any.
    pub(super) fn next(&mut self) -> Result<f64, ColumnarError> {
        if self.scale == BITS {
            return Ok(f64::from_bits(u64::from_le_bytes(self.cursor.array()?)));
        }
        let step = unfolded(self.cursor.number()?);
        let n = self.before.checked_add(step);
        self.before = n.ok_or_else(|| self.cursor.broken())?;
        Ok(degrees(self.before, self.scale))
    }

    /// Nothing may be left.
    pub(super) fn end(&self) -> Result<(), ColumnarError> {
        self.cursor.end()
    }
}
