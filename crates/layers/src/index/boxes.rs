//! Who has the boxes that a tree is over.

use crate::geodesy::Bbox;
use crate::layer::Layer;

/// Boxes in degrees, by rows from 0 on.
pub trait Boxes {
    /// How many there are.
    fn count(&self) -> u32;

    /// West, south, east and north of one that is there.
    fn rect(&self, row: u32) -> [f64; 4];

    /// The same of all of them together; none where there is none.
    fn bounds(&self) -> Option<[f64; 4]>;
}

impl Boxes for Layer {
    fn count(&self) -> u32 {
        self.len()
    }

    #[inline]
    fn rect(&self, row: u32) -> [f64; 4] {
        self.geometry(row).bbox().into()
    }

    fn bounds(&self) -> Option<[f64; 4]> {
        Layer::bounds(self).map(Into::into)
    }
}

impl Boxes for Vec<Bbox> {
    fn count(&self) -> u32 {
        self.len() as u32
    }

    #[inline]
    fn rect(&self, row: u32) -> [f64; 4] {
        self[row as usize].into()
    }

    fn bounds(&self) -> Option<[f64; 4]> {
        self.iter().copied().reduce(Bbox::union).map(Into::into)
    }
}
