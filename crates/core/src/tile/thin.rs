//! Below a zoom, small features are so dense that many fall on one spot. Then
//! one of each spot is drawn, and every marked one.

use super::grid::{BUFFER, CELL, EXTENT, Grid, Point};

/// From this zoom on every feature is drawn.
pub(super) const ALL_FROM: u8 = 14;

/// Cells along the edge of a buffered tile.
const ACROSS: i64 = (EXTENT + 2 * BUFFER) / CELL;

/// The spots of a tile that are taken. Cells are aligned over the world and
/// lie wholly in a buffered tile or wholly out of it, so that neighbours decide
/// alike about what both see.
#[derive(Debug)]
pub(super) struct Cells {
    corner: Point,
    taken: Vec<bool>,
}

impl Cells {
    pub(super) fn of(grid: &Grid) -> Self {
        Cells {
            corner: grid.origin.map(|o| o - BUFFER),
            taken: vec![false; (ACROSS * ACROSS) as usize],
        }
    }

    /// Takes the spot of a point; false where it was taken. Beyond the buffer
    /// every spot is free.
    pub(super) fn take(&mut self, p: Point) -> bool {
        let [x, y] = [0, 1].map(|axis| (p[axis] - self.corner[axis]).div_euclid(CELL));
        if !(0..ACROSS).contains(&x) || !(0..ACROSS).contains(&y) {
            return true;
        }
        let place = self.taken.get_mut((y * ACROSS + x) as usize);
        place.is_none_or(|taken| !std::mem::replace(taken, true))
    }
}
