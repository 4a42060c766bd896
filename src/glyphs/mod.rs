//! The city's own symbols: one family of glyphs for kinds of assets and one of
//! marks for the state of work, drawn from the same paths on the map and in lists.
//!
//! State is shape first and colour second, so that it reads in sun, in greyscale
//! and for colour-blind eyes.

mod asset;
mod compose;
mod mark;
mod picture;
mod speck;
mod view;

pub use asset::{Glyph, NAMES, glyph};
pub use compose::{arrow, compose, glyph_alone, mark_alone, mark_on_disc};
pub use picture::{Paint, Picture, Piece, Place, Shape, Tone};
pub use speck::speck;
pub use view::{AssetIcon, GlyphIcon, MarkIcon, SpeckIcon};
