//! The loops that reading a large layer is made of, and that everything else waits for. They are a
//! crate of their own because the app is built for its size and these for their speed
//! (`[profile.release.package]`), so nothing here is generic: what is generic is built where it is used.
//!
//! No rule is here. [`feature`] reads what is written as nearly all programs write it, and says of
//! anything else that it has not read it; what is wrong with a file is found by the careful reader
//! in `core::ingest`, which reads that then.

mod keys;
mod number;
mod plain;
mod text;
mod tree;

pub use keys::Keys;
pub use plain::{Feature, GEOMETRIES, Piece, Run, Shape, feature};
pub use tree::{Near, Packed, Touching};
