//! What the properties of many rows have in common, as it is written.

use super::ColumnarError;
use super::bytes::{Cursor, put, put_bytes};
use crate::ids::AssetUid;
use crate::layer::{FIELDS, scalar_text};

/// The pieces around the values of an object, and what some of the values mean.
#[derive(Debug, Clone, Default)]
pub(super) struct Shape<'a> {
    /// One more than there are values.
    pub(super) pieces: Vec<&'a str>,
    /// For each field, which value it is.
    pub(super) fields: [Option<usize>; FIELDS],
    /// Which value is the row's uid.
    pub(super) uid: Option<usize>,
    /// Where the fields are stands with each row: they are no values of this shape.
    pub(super) loose: bool,
}

impl<'a> Shape<'a> {
    /// A whole text as one value.
    pub(super) fn loose() -> Self {
        Shape {
            pieces: vec!["", ""],
            loose: true,
            ..Shape::default()
        }
    }

    /// How many values it has.
    pub(super) fn values(&self) -> usize {
        self.pieces.len().saturating_sub(1)
    }

    pub(super) fn write(&self, out: &mut Vec<u8>) {
        out.push(u8::from(self.loose));
        put(out, self.pieces.len() as u64);
        for piece in &self.pieces {
            put_bytes(out, piece.as_bytes());
        }
        for place in self.fields.iter().chain([&self.uid]) {
            put(out, place.map_or(0, |value| value as u64 + 1));
        }
    }

    pub(super) fn read(cursor: &mut Cursor<'a>) -> Result<Self, ColumnarError> {
        let loose = match cursor.byte()? {
            0 => false,
            1 => true,
            _ => return Err(cursor.broken()),
        };
        let mut shape = Shape {
            loose,
            ..Shape::default()
        };
        for _ in 0..cursor.count()? {
            shape.pieces.push(cursor.string()?);
        }
        let values = shape.values();
        let mut place = || match cursor.count()? {
            0 => Ok(None),
            value if value <= values => Ok(Some(value - 1)),
            _ => Err(cursor.broken()),
        };
        for field in &mut shape.fields {
            *field = place()?;
        }
        shape.uid = place()?;
        match (shape.pieces.len(), loose) {
            (0, _) => Err(cursor.broken()),
            (n, true) if n != 2 => Err(cursor.broken()),
            _ => Ok(shape),
        }
    }
}

/// The uid that a value is.
pub(super) fn uid_of(value: &str) -> Option<AssetUid> {
    scalar_text(value)?.parse().ok()
}
