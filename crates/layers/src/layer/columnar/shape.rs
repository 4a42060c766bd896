//! What the properties of many rows have in common.

use super::ColumnarError;
use super::bytes::{Cursor, put, put_bytes};
use crate::ids::AssetUid;
use crate::layer::{Span, scalar_text};

/// How many shapes a layer may have; rows of further ones are written as they are.
const MOST: usize = 256;

/// The fields that are kept as spans: code, name, street, grade.
pub(super) const FIELDS: usize = 4;

/// The pieces around the values of an object, and what some of the values mean.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
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
    fn loose() -> Self {
        Shape {
            pieces: vec!["", ""],
            loose: true,
            ..Shape::default()
        }
    }

    /// The shape of a row's properties, with its values.
    pub(super) fn of(
        all: &'a str,
        fields: [&'a str; FIELDS],
        uid: AssetUid,
    ) -> (Self, Vec<&'a str>) {
        let Some(values) = crate::ingest::property_values(all) else {
            return (Shape::loose(), vec![all]);
        };
        let mut pieces = Vec::with_capacity(values.len() + 1);
        let mut end = 0;
        for value in &values {
            let start = offset(all, value);
            pieces.push(all.get(end..start).unwrap_or(""));
            end = start + value.len();
        }
        pieces.push(all.get(end..).unwrap_or(""));
        let mut places = [None; FIELDS];
        for (place, field) in places.iter_mut().zip(fields) {
            if field.is_empty() {
                continue;
            }
            // The same piece of the text, and not the same words elsewhere in it.
            let is_it = |value: &&str| std::ptr::eq(*value, field);
            match values.iter().position(is_it) {
                Some(value) => *place = Some(value),
                None => return (Shape::loose(), vec![all]),
            }
        }
        let is_uid = |value: &&str| value.len() == 38 && uid_of(value) == Some(uid);
        let shape = Shape {
            pieces,
            fields: places,
            uid: values.iter().position(is_uid),
            loose: false,
        };
        (shape, values)
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

/// The shapes of a layer by first appearance.
#[derive(Debug, Default)]
pub(super) struct Shapes<'a> {
    pub(super) all: Vec<Shape<'a>>,
    known: std::collections::HashMap<Shape<'a>, usize>,
}

impl<'a> Shapes<'a> {
    /// The number of a shape, and the values under it: the whole text where there are too
    /// many shapes already.
    pub(super) fn number(
        &mut self,
        all: &'a str,
        (shape, values): (Shape<'a>, Vec<&'a str>),
    ) -> (usize, Vec<&'a str>) {
        if let Some(&number) = self.known.get(&shape) {
            return (number, values);
        }
        let (shape, values) = match self.all.len() < MOST {
            true => (shape, values),
            false => (Shape::loose(), vec![all]),
        };
        let next = self.all.len();
        let number = *self.known.entry(shape.clone()).or_insert(next);
        if number == next {
            self.all.push(shape);
        }
        (number, values)
    }
}

/// The uid that a value is.
pub(super) fn uid_of(value: &str) -> Option<AssetUid> {
    scalar_text(value)?.parse().ok()
}

/// Where a piece of a text begins in it.
fn offset(text: &str, piece: &str) -> usize {
    Span::find(text, piece).start()
}
