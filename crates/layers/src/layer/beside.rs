//! A layer that is put together point by point, from what others say of assets.

use super::{Columns, Draft, GeoType, Layer, Part, Row, Span, Uids};
use crate::geodesy::LonLat;
use crate::ids::AssetUid;

/// What a row says in JSON: its properties, then its code, name, street and grade.
pub type Pieces<'a> = [&'a str; 5];

/// A layer in the making.
#[derive(Debug, Default)]
pub struct Beside {
    text: String,
    columns: Columns,
    uids: Vec<AssetUid>,
}

impl Beside {
    /// Adds a point; its row is the next. `kind` is its position in the catalogue.
    pub fn point(&mut self, uid: AssetUid, kind: u16, at: LonLat, pieces: Pieces<'_>) {
        let [properties, code, name, street, grade] = pieces.map(|piece| {
            let start = self.text.len();
            self.text.push_str(piece);
            // What has no place in a text of this size stands for nothing.
            Span::new(start, piece.len()).unwrap_or_default()
        });
        let row = Row {
            kind,
            properties,
            code,
            name,
            street,
            grade,
        };
        let point = Draft {
            kind: Some(GeoType::Point),
            coords: vec![at],
            ends: vec![1],
            parts: vec![Part::Points],
        };
        self.columns.push(row, &point);
        self.uids.push(uid);
    }

    /// The layer; none without rows.
    pub fn finish(self) -> Option<Layer> {
        (self.columns.len() > 0).then(|| Layer::new(self.text, self.columns, Uids::of(self.uids)))
    }
}

impl Layer {
    /// What a row says, as it stands in the text.
    pub fn pieces(&self, row: u32) -> Pieces<'_> {
        let (columns, row) = (&self.columns, row as usize);
        [
            &columns.properties,
            &columns.codes,
            &columns.names,
            &columns.streets,
            &columns.grades,
        ]
        .map(|column| column[row].of(&self.text))
    }
}
