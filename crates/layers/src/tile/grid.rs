//! The grid of a zoom: integer points, so many to a tile.

use super::TileId;
use crate::geodesy::{Bbox, mercator};

/// Grid points along a tile's edge. The map draws a tile 512 pixels wide, so
/// eight of them are a pixel.
pub(super) const EXTENT: i64 = 4096;

/// How far beyond its edge a tile reaches, in grid points: sixteen pixels.
pub(super) const BUFFER: i64 = 128;

/// Edge of the largest cell, in grid points: four pixels. Tile and buffer are whole cells,
/// and cells are aligned over the world.
pub(super) const CELL: i64 = 32;
/// From this zoom on a cell is two pixels. Below, a city of a million things in view is the dots of
/// a screen either way, and four times as many would take a phone's time and a tile's bytes.
const FINE_FROM: u8 = 13;

/// Zooms beyond this are not drawn; a Mercator unit is then 16 grid points.
const FINEST: u8 = 24;

/// A point of a zoom's grid, counted from the north-west corner of the world.
pub(super) type Point = [i64; 2];

/// A tile and its grid.
#[derive(Debug, Clone, Copy)]
pub(super) struct Grid {
    pub(super) zoom: u8,
    /// North-west corner of the tile.
    pub(super) origin: Point,
}

/// A box of grid points, borders included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rect {
    pub(super) min: Point,
    pub(super) max: Point,
}

impl Rect {
    /// True where the point lies inside or on the border.
    pub(super) fn contains(&self, p: Point) -> bool {
        (0..2).all(|axis| (self.min[axis]..=self.max[axis]).contains(&p[axis]))
    }
}

impl Grid {
    /// The grid of a tile; none where there is no such tile.
    pub(super) fn of(tile: TileId) -> Option<Self> {
        let exists = tile.z <= FINEST && tile.x >> tile.z == 0 && tile.y >> tile.z == 0;
        exists.then(|| Grid {
            zoom: tile.z,
            origin: [tile.x, tile.y].map(|t| i64::from(t) * EXTENT),
        })
    }

    /// Edge of a cell, in grid points.
    pub(super) fn cell(&self) -> i64 {
        if self.zoom < FINE_FROM {
            CELL
        } else {
            CELL / 2
        }
    }

    /// The grid point nearest to a place in Mercator units.
    pub(super) fn snap(&self, units: [u32; 2]) -> Point {
        // The world is 2³² units and 2^(zoom + 12) grid points wide.
        let shift = FINEST - self.zoom;
        let half = (1_i64 << shift) >> 1;
        units.map(|u| ((i64::from(u) << 4) + half) >> shift)
    }

    /// The tile with its buffer.
    pub(super) fn buffered(&self) -> Rect {
        Rect {
            min: self.origin.map(|o| o - BUFFER),
            max: self.origin.map(|o| o + EXTENT + BUFFER - 1),
        }
    }

    /// True where the point is of this tile and no other.
    pub(super) fn owns(&self, p: Point) -> bool {
        (0..2).all(|axis| (0..EXTENT).contains(&(p[axis] - self.origin[axis])))
    }

    /// The box in degrees of all places that snap into the buffered tile.
    pub(super) fn bbox(&self) -> Bbox {
        let world = (EXTENT << self.zoom) as f64;
        let corner = |p: Point, beyond: f64| {
            mercator::unproject(p.map(|t| ((t as f64 + beyond) / world).clamp(0.0, 1.0)))
        };
        let Rect { min, max } = self.buffered();
        let mut bbox = Bbox::from(corner(min, -1.0)).with(corner(max, 1.0));
        // What lies beyond the square is drawn on its edge.
        if bbox.north > mercator::MAX_LAT - 1e-9 {
            bbox.north = 90.0;
        }
        if bbox.south < -mercator::MAX_LAT + 1e-9 {
            bbox.south = -90.0;
        }
        bbox
    }
}
