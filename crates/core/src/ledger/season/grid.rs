//! A grid over the city.

use crate::geodesy::{Bbox, Local, LonLat};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A grid of cells between meridians and parallels, counted from the south-western corner of the
/// city's bounds. In the middle of the city a cell is as long and as wide as it was asked for;
/// elsewhere its width differs as the meridians draw together: at 43.5° N, ten kilometres from
/// the middle, by 0.15 %.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Grid {
    corner: LonLat,
    /// Degrees from one cell to the next.
    step: LonLat,
}

/// A cell of a grid. Of the same bounds and the same side it is the same place, for ever; those
/// outside the bounds have numbers, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct GridCell {
    /// Cells north of the southern border.
    pub row: i32,
    /// Cells east of the western border.
    pub column: i32,
}

impl fmt::Display for GridCell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.row, self.column)
    }
}

impl Grid {
    /// The grid of a city with these bounds, its cells so many metres long and wide, one at least.
    pub fn new(bounds: Bbox, side_m: u32) -> Grid {
        let [east, north] = Local::at(bounds.center()).per_degree();
        let side = f64::from(side_m.max(1));
        Grid {
            corner: bounds.south_west(),
            step: LonLat::new(side / east, side / north),
        }
    }

    /// The cell in which a place lies; on a border the one in the north or east. None for
    /// what is no place.
    pub fn cell(&self, at: LonLat) -> Option<GridCell> {
        let row = number(at.lat, self.corner.lat, self.step.lat)?;
        let column = number(at.lon, self.corner.lon, self.step.lon)?;
        at.is_valid().then_some(GridCell { row, column })
    }

    /// The box of a cell; neighbours share their borders to the bit.
    pub fn bbox(&self, cell: GridCell) -> Bbox {
        let GridCell { row, column } = cell;
        Bbox {
            west: border(column, self.corner.lon, self.step.lon),
            south: border(row, self.corner.lat, self.step.lat),
            east: border(column.saturating_add(1), self.corner.lon, self.step.lon),
            north: border(row.saturating_add(1), self.corner.lat, self.step.lat),
        }
    }

    /// The outline of a cell: its corners anticlockwise from the south-west, and that one again.
    pub fn ring(&self, cell: GridCell) -> Vec<LonLat> {
        let b = self.bbox(cell);
        b.corners().into_iter().chain([b.south_west()]).collect()
    }
}

fn border(number: i32, first: f64, step: f64) -> f64 {
    first + f64::from(number) * step
}

/// Between which borders something lies. What is rounded in dividing is put right, so that a
/// place is never outside its cell's box.
fn number(at: f64, first: f64, step: f64) -> Option<i32> {
    let cells = ((at - first) / step).floor();
    let fits = cells.abs() < f64::from(i32::MAX - 1);
    let number = fits.then_some(cells as i32)?;
    Some(match () {
        () if at < border(number, first, step) => number - 1,
        () if at >= border(number + 1, first, step) => number + 1,
        () => number,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::{area_m2, length_m};
    use proptest::prelude::*;

    fn city() -> Bbox {
        Bbox::from([123.4, 43.4, 123.6, 43.6])
    }

    #[test]
    fn a_cell_is_as_large_as_it_was_asked_for() {
        let grid = Grid::new(city(), 500);
        let middle = grid.cell(city().center()).unwrap();
        let ring = grid.ring(middle);
        for side in ring.windows(2) {
            let length = length_m(side);
            assert!((length - 500.0).abs() < 0.1, "{length}");
        }
        let corner = grid.ring(GridCell { row: 0, column: 0 });
        assert_eq!(corner[0], city().south_west());
        assert_eq!(corner[0], corner[4]);
        let area = area_m2(&[corner]);
        assert!((area / 250_000.0 - 1.0).abs() < 0.0025, "{area}");
    }

    #[test]
    fn what_is_no_place_lies_in_no_cell() {
        let grid = Grid::new(city(), 0);
        assert_eq!(grid, Grid::new(city(), 1));
        for (lon, lat) in [(f64::NAN, 43.5), (123.5, f64::INFINITY), (181.0, 0.0)] {
            assert_eq!(grid.cell(LonLat::new(lon, lat)), None);
        }
        let pole = Grid::new(Bbox::from([0.0, 90.0, 0.0, 90.0]), 100);
        assert!(pole.cell(LonLat::new(1.0, 90.0)).is_some());
        assert_eq!(
            GridCell {
                row: -3,
                column: 12
            }
            .to_string(),
            "-3-12"
        );
    }

    proptest! {
        /// Also on borders, which are what rounding is about.
        #[test]
        fn a_place_lies_in_the_one_cell_that_has_it(
            lon in 123.0..124.0f64, lat in 43.0..44.0f64, side in 50u32..2000,
            row in -9i32..60, column in -9i32..60, which in 0u8..4,
        ) {
            let grid = Grid::new(city(), side);
            let on_border = grid.bbox(GridCell { row, column }).south_west();
            let at = LonLat::new(
                if which & 1 == 0 { lon } else { on_border.lon },
                if which & 2 == 0 { lat } else { on_border.lat },
            );
            let cell = grid.cell(at).unwrap();
            let b = grid.bbox(cell);
            prop_assert!(b.west <= at.lon && at.lon < b.east);
            prop_assert!(b.south <= at.lat && at.lat < b.north);
            if which == 3 {
                prop_assert_eq!(cell, GridCell { row, column });
            }
            let east = grid.bbox(GridCell { column: cell.column + 1, ..cell });
            prop_assert_eq!(b.east, east.west);
        }
    }
}
