//! Below a zoom, small features are so dense that many fall on one spot. Then
//! one of each spot is drawn, of the rarest kind there, and every marked one.

use super::grid::{BUFFER, EXTENT, Grid, Point};

/// From this zoom on every feature is drawn.
pub(super) const ALL_FROM: u8 = 14;

/// The spots of a tile that are taken. Cells are aligned over the world and
/// lie wholly in a buffered tile or wholly out of it, so that neighbours decide
/// alike about what both see.
#[derive(Debug)]
pub(super) struct Cells {
    corner: Point,
    /// Edge of one, in grid points.
    edge: i64,
    /// How many lie along the edge of a buffered tile.
    across: i64,
    taken: Vec<bool>,
}

impl Cells {
    pub(super) fn of(grid: &Grid) -> Self {
        let edge = grid.cell();
        let across = (EXTENT + 2 * BUFFER) / edge;
        Cells {
            corner: grid.origin.map(|o| o - BUFFER),
            edge,
            across,
            taken: vec![false; (across * across) as usize],
        }
    }

    /// Takes the spot of a point; false where it was taken. Beyond the buffer
    /// every spot is free.
    pub(super) fn take(&mut self, p: Point) -> bool {
        let [x, y] = [0, 1].map(|axis| (p[axis] - self.corner[axis]).div_euclid(self.edge));
        if !(0..self.across).contains(&x) || !(0..self.across).contains(&y) {
            return true;
        }
        let place = self.taken.get_mut((y * self.across + x) as usize);
        place.is_none_or(|taken| !std::mem::replace(taken, true))
    }
}
