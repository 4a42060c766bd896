//! Addresses of tiles.

use super::grid::{BUFFER, CELL, EXTENT};
use crate::geodesy::{Bbox, LonLat, mercator};
use serde::{Deserialize, Serialize};

/// The zoom from which the map should enlarge tiles instead of asking for
/// finer ones: there a tile's grid is of centimetres.
pub const MAX_ZOOM: u8 = 18;

/// A tile of the XYZ scheme: `y` counts from the north.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TileId {
    /// Zoom.
    pub z: u8,
    /// Column, from the west.
    pub x: u32,
    /// Row, from the north.
    pub y: u32,
}

/// The tiles of a zoom in which something inside the box is drawn, the tiles
/// that only have it in their margin included; those of [`MAX_ZOOM`] for zooms
/// beyond. Meant for boxes of assets: a wide box at a great zoom has very many
/// tiles.
pub fn tiles_touching(bbox: Bbox, zoom: u8) -> Vec<TileId> {
    let z = zoom.min(MAX_ZOOM);
    let last = (1_u32 << z) - 1;
    let margin = (BUFFER + CELL) as f64 / EXTENT as f64;
    let tile = |t: f64| (t.floor().max(0.0) as u32).min(last);
    let scale = f64::from(1_u32 << z);
    let [west, north] = mercator::project(LonLat::new(bbox.west, bbox.north));
    let [east, south] = mercator::project(LonLat::new(bbox.east, bbox.south));
    let columns = tile(west * scale - margin)..=tile(east * scale + margin);
    let rows = tile(north * scale - margin)..=tile(south * scale + margin);
    rows.flat_map(|y| columns.clone().map(move |x| TileId { z, x, y }))
        .collect()
}
