//! Photos, as far as they are rules: what one says of its place and time, and whether it shows how
//! something was or is.
//!
//! A photo that is kept says neither: it was drawn anew from its pixels. What the camera wrote
//! into the file ([`notes`]), or the phone knew, is its private part ([`PrivatePart`]): bytes
//! of their own whose salted hash stands in the event, so that they can be erased and the
//! event still says which they were.

mod notes;
mod private;
mod role;

pub use notes::{Notes, notes};
pub use private::{Claim, PrivatePart, Source};
pub use role::{AFTER, BEFORE, entry_of, named};

/// The longer side of a photo as it is kept, in pixels: a house number across the street can
/// be read on it, and it is some 300 kB.
pub const LONG_SIDE: u32 = 1600;

/// Width and height of a picture when it is kept: as they are, or smaller in proportion.
pub fn kept_size(width: u32, height: u32) -> (u32, u32) {
    let long = width.max(height).max(LONG_SIDE);
    let side = |side: u32| {
        // No picture that can be read has two million pixels in a row.
        (side.saturating_mul(LONG_SIDE) / long).max(1)
    };
    (side(width), side(height))
}

#[cfg(test)]
mod tests;
