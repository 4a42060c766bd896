//! A layer in columns: geometry and a few fields unpacked, properties as
//! unread pieces of the file's text.

mod beside;
pub(crate) mod columnar;
mod columns;
mod geometry;
mod span;

pub(crate) use beside::{Beside, Pieces};
pub(crate) use columns::{Columns, Row};
pub(crate) use geometry::{Draft, GeoType, Geometry, Part};
pub(crate) use span::{Span, scalar_text};

use crate::geodesy::Bbox;
use crate::ids::AssetUid;
use crate::order;
use serde_json::Value;
use std::borrow::Cow;

/// A loaded layer. Rows are numbered from 0 in the order of the file.
#[derive(Debug)]
pub(crate) struct Layer {
    text: String,
    columns: Columns,
    /// Rows by uid.
    by_uid: Vec<u32>,
}

impl Layer {
    /// A layer of columns whose spans are of this text.
    pub(crate) fn new(text: String, columns: Columns) -> Self {
        let uids = &columns.uids;
        let by_uid = order::ranked(uids.len(), &mut |a, b| uids[a].cmp(&uids[b]));
        Layer {
            text,
            columns,
            by_uid,
        }
    }

    /// Gives rows the uids of the assets that they are. No two rows may have one uid then.
    pub(crate) fn take_over(&mut self, uids: impl Iterator<Item = (u32, AssetUid)>) {
        let of_rows = &mut self.columns.uids;
        for (row, uid) in uids {
            of_rows[row as usize] = uid;
        }
        self.by_uid = order::ranked(of_rows.len(), &mut |a, b| of_rows[a].cmp(&of_rows[b]));
    }

    /// How many features it has.
    pub(crate) fn len(&self) -> u32 {
        self.columns.uids.len() as u32
    }

    /// The row of an asset.
    pub(crate) fn row_of(&self, uid: &AssetUid) -> Option<u32> {
        let uid_at = |&row: &u32| self.columns.uids[row as usize];
        let found = self.by_uid.binary_search_by_key(uid, uid_at).ok()?;
        self.by_uid.get(found).copied()
    }

    /// The uid of a row.
    pub(crate) fn uid(&self, row: u32) -> AssetUid {
        self.columns.uids[row as usize]
    }

    /// The asset kind of a row, by its position in the catalogue.
    pub(crate) fn kind(&self, row: u32) -> usize {
        self.columns.kinds[row as usize].into()
    }

    /// The code of a row.
    pub(crate) fn code(&self, row: u32) -> Option<Cow<'_, str>> {
        scalar_text(self.columns.codes[row as usize].of(&self.text))
    }

    /// The name of a row.
    pub(crate) fn name(&self, row: u32) -> Option<Cow<'_, str>> {
        scalar_text(self.columns.names[row as usize].of(&self.text))
    }

    /// The street of a row.
    pub(crate) fn street(&self, row: u32) -> Option<Cow<'_, str>> {
        scalar_text(self.columns.streets[row as usize].of(&self.text))
    }

    /// The grade of a row, where it is a string or a number.
    pub(crate) fn grade(&self, row: u32) -> Option<Cow<'_, str>> {
        scalar_text(self.columns.grades[row as usize].of(&self.text))
    }

    /// All properties of a row in the order of the file. A value that is no
    /// JSON is given as the text that it is.
    pub(crate) fn properties(&self, row: u32) -> Vec<(String, Value)> {
        crate::ingest::read_properties(self.columns.properties[row as usize].of(&self.text))
    }

    /// The geometry of a row.
    pub(crate) fn geometry(&self, row: u32) -> Geometry<'_> {
        self.columns.geometry(row)
    }

    /// The parts of a row's geometry in Mercator units.
    pub(crate) fn mercator(&self, row: u32) -> impl Iterator<Item = (Part, &[[u32; 2]])> {
        self.columns.mercator(row)
    }

    /// The box around everything.
    pub(crate) fn bounds(&self) -> Option<Bbox> {
        Bbox::around(self.columns.coords.iter().copied())
    }
}
