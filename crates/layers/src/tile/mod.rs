//! Features → Mapbox vector tiles, version 2.
//!
//! project (done when a layer is read) · quantise · simplify · clip · encode,
//! on integers, because the positions are kept as `u32` Mercator units: the
//! grid of a tile is their upper bits. The `mvt` crate is correct and three to
//! five times slower; it and a decoder by others check this one in the tests.

mod clip;
mod commands;
mod encode;
mod grid;
mod id;
mod outline;
mod pbf;
mod simplify;
mod thin;

pub use encode::{Source, encode};
pub use id::{MAX_ZOOM, TileId, tiles_touching};

#[cfg(test)]
mod tests;
