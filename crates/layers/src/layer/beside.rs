//! A layer that is put together point by point, from what others say of assets.

use super::{Columns, Draft, FIELDS, GeoType, LOOSE, Layer, Part, Said, Uids};
use crate::geodesy::LonLat;
use crate::ids::AssetUid;
use std::borrow::Cow;

/// What a row says in JSON: its properties, then its code, name, street and grade.
pub type Pieces<'a> = [Cow<'a, str>; 1 + FIELDS];

/// A layer in the making.
#[derive(Debug, Default)]
pub struct Beside {
    said: Said,
    columns: Columns,
    uids: Vec<AssetUid>,
}

impl Beside {
    /// Adds a point; its row is the next. `kind` is its position in the catalogue.
    pub fn point(&mut self, uid: AssetUid, kind: u16, at: LonLat, pieces: Pieces<'_>) {
        self.said.push(LOOSE, pieces.iter().map(|piece| &**piece));
        let point = Draft {
            kind: Some(GeoType::Point),
            coords: vec![at],
            ends: vec![1],
            parts: vec![Part::Points],
        };
        self.columns.push(kind, &point);
        self.uids.push(uid);
    }

    /// The layer; none without rows.
    pub fn finish(self) -> Option<Layer> {
        (self.columns.len() > 0).then(|| Layer::new(self.said, self.columns, Uids::of(self.uids)))
    }
}

impl Layer {
    /// What a row says, as it stands in its file.
    pub fn pieces(&self, row: u32) -> Pieces<'_> {
        let row = row as usize;
        let field = |field| Cow::Borrowed(self.said.field(row, field));
        let [code, name, street, grade] = [0, 1, 2, 3].map(field);
        [Cow::Owned(self.said.all(row)), code, name, street, grade]
    }
}
