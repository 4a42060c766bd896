//! A layer in columns: geometry unpacked, and of the properties what differs from row to row, as it
//! stands in the file and unread.

mod beside;
pub mod columnar;
mod columns;
mod ends;
mod geometry;
mod ranks;
mod said;
mod scalar;
mod uids;

pub use beside::{Beside, Pieces};
pub(crate) use columns::Columns;
use ends::Ends;
pub use geometry::{Draft, GeoType, Geometry, Part};
pub(crate) use said::{Column, FIELDS, LOOSE, MOST, Said, Shape, Texts};
pub use scalar::scalar_text;
pub(crate) use uids::{Mint, Minting, Uids, Unminted, place_key};

use crate::geodesy::Bbox;
use serde_json::Value;
use std::borrow::Cow;

/// A loaded layer. Rows are numbered from 0 in the order of the file.
#[derive(Debug)]
pub struct Layer {
    said: Said,
    columns: Columns,
    uids: Uids,
}

impl Layer {
    /// A layer of what its rows say and what they are, as many of each.
    pub(crate) fn new(said: Said, columns: Columns, uids: Uids) -> Self {
        Layer {
            said,
            columns,
            uids,
        }
    }

    /// How many features it has.
    pub fn len(&self) -> u32 {
        self.columns.len() as u32
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The asset kind of a row, by its position in the catalogue.
    pub fn kind(&self, row: u32) -> usize {
        self.columns.kinds[row as usize].into()
    }

    /// The code of a row.
    pub fn code(&self, row: u32) -> Option<Cow<'_, str>> {
        scalar_text(self.said.field(row as usize, 0))
    }

    /// The name of a row.
    pub fn name(&self, row: u32) -> Option<Cow<'_, str>> {
        scalar_text(self.said.field(row as usize, 1))
    }

    /// The street of a row.
    pub fn street(&self, row: u32) -> Option<Cow<'_, str>> {
        scalar_text(self.said.field(row as usize, 2))
    }

    /// The grade of a row, where it is a string or a number.
    pub fn grade(&self, row: u32) -> Option<Cow<'_, str>> {
        scalar_text(self.said.field(row as usize, 3))
    }

    /// All properties of a row in the order of the file. A value that is no
    /// JSON is given as the text that it is.
    pub fn properties(&self, row: u32) -> Vec<(String, Value)> {
        crate::ingest::read_properties(&self.said.all(row as usize))
    }

    /// The geometry of a row.
    pub fn geometry(&self, row: u32) -> Geometry<'_> {
        self.columns.geometry(row)
    }

    /// The parts of a row's geometry in Mercator units.
    pub fn mercator(&self, row: u32) -> impl Iterator<Item = (Part, &[[u32; 2]])> {
        self.columns.mercator(row)
    }

    /// The box around everything.
    pub fn bounds(&self) -> Option<Bbox> {
        Bbox::around(self.columns.coords.iter().copied())
    }
}
