//! A layer as bytes in columns: what GeoJSON says of it, less the text around it.
//!
//! Other programs keep these bytes, so version 1 is frozen; `tests/golden.rs` says what
//! breaks. Numbers are unsigned LEB128, unless a width is named, in which case the lowest
//! byte comes first; a string or a column is its length and its bytes.
//!
//! ```text
//! "mendmapL" · version u32 · CRC-32 of the body u32 · length of the body u64 · body
//! body: layer · kinds · length of the text · shapes of properties · number of rows · columns
//! ```
//!
//! The *text* is the properties of all rows, one after the other, byte for byte as in the
//! file. Objects with the same keys have the same pieces between their values: such a
//! [shape](shape::Shape) is written once and the values go into columns of their own
//! (`value.rs`). What only the reader of GeoJSON can know, as which value is the code, is a
//! property of the shape. Positions are whole numbers of the coarsest decimal unit that gives
//! each of them back to the bit (`place.rs`).
//!
//! A reader trusts nothing: lengths are believed once their bytes were there, and the text,
//! which repetition makes longer than its columns, is at most [`SWELL`] times as long as the
//! whole.

mod bytes;
mod place;
mod read;
mod shape;
mod value;
mod write;

pub use read::read;
pub use write::write;

use thiserror::Error;

/// What the bytes begin with.
const MAGIC: &[u8; 8] = b"mendmapL";

/// Whether bytes begin as a layer in columns does.
pub fn is_begun(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}

/// The version that is written; older ones will stay readable.
const VERSION: u32 = 1;

/// Bytes before the body.
pub const HEADER: usize = 24;

/// How many times longer than the whole the text may be. Writers fill up with zeros where it
/// would be more.
const SWELL: usize = 64;

/// Why bytes are no layer in columns, or not one of this catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ColumnarError {
    /// They do not begin as one does.
    #[error("this is no layer in columns")]
    NotColumnar,
    /// A later version wrote it.
    #[error("a newer version wrote this layer (version {version}, known is 1): update the program")]
    Newer {
        /// Its version.
        version: u32,
    },
    /// It is shorter or longer than it says.
    #[error("the layer is {found} bytes long and says {said}: fetch it again")]
    Length {
        /// The length of the body by the header.
        said: u64,
        /// Its real length.
        found: u64,
    },
    /// Its bytes have changed on the way.
    #[error("the layer was damaged on the way: fetch it again")]
    Damaged,
    /// It is another layer.
    #[error("this is the layer {found:?}")]
    AnotherLayer {
        /// Its id.
        found: String,
    },
    /// The catalogue has no such layer.
    #[error("the catalogue has no such layer")]
    UnknownLayer,
    /// The layer's kinds in the catalogue do not have this one.
    #[error("the catalogue's layer has no kind {kind:?}: read the newer catalogue first")]
    UnknownKind {
        /// Its id.
        kind: String,
    },
    /// It says what no writer of ours says.
    #[error("the layer's {0} cannot be")]
    Broken(&'static str),
}

#[cfg(test)]
mod tests;
