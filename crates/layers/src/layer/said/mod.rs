//! What the rows of a layer say of themselves: their properties, in columns.
//!
//! Objects with the same keys have the same pieces between their values. Such a [`Shape`] is kept
//! once, and what stands in its places goes into [`Column`]s: together they give the text of each
//! object back, byte for byte, in a fraction of its room.

mod column;
mod numbers;
mod texts;

pub(crate) use column::Column;
pub(crate) use texts::Texts;

/// The fields that are found without reading a whole object: code, name, street and grade.
pub(crate) const FIELDS: usize = 4;

/// How many shapes the objects of a file may have; further ones are kept as they are.
pub(crate) const MOST: usize = 256;

/// The number of the shape of whatever has none: the whole text is its one value, and behind it come
/// the fields.
pub(crate) const LOOSE: u16 = 0;

/// What has the same pieces around its values.
#[derive(Debug)]
pub(crate) struct Shape {
    /// One more than there are values.
    pub(super) pieces: Vec<Box<str>>,
    /// For each field, which column has it.
    pub(super) fields: [Option<u16>; FIELDS],
    /// One a value; behind those of values such as only have a field.
    pub(super) columns: Vec<Column>,
    /// How many rows it has.
    pub(super) rows: u32,
}

impl Shape {
    /// Without rows. There is one piece at least.
    pub(crate) fn new(pieces: Vec<Box<str>>, fields: [Option<u16>; FIELDS]) -> Self {
        let values = pieces.len().saturating_sub(1);
        Shape {
            columns: (0..values).map(|_| Column::default()).collect(),
            pieces,
            fields,
            rows: 0,
        }
    }

    /// How many values its objects have.
    pub(super) fn values(&self) -> usize {
        self.pieces.len().saturating_sub(1)
    }

    fn loose() -> Self {
        let mut columns = Vec::new();
        columns.resize_with(1 + FIELDS, Column::default);
        Shape {
            pieces: vec!["".into(), "".into()],
            fields: [1, 2, 3, 4].map(Some),
            columns,
            rows: 0,
        }
    }
}

/// The properties of all rows.
#[derive(Debug)]
pub(crate) struct Said {
    /// The first is [`LOOSE`].
    pub(super) shapes: Vec<Shape>,
    /// Of each row, its shape and which row of that it is.
    pub(super) which: Vec<u16>,
    pub(super) nth: Vec<u32>,
}

impl Default for Said {
    fn default() -> Self {
        Said {
            shapes: vec![Shape::loose()],
            which: Vec::new(),
            nth: Vec::new(),
        }
    }
}

impl Said {
    /// Adds a shape, and gives its number: there are fewer than 16 bits can say.
    pub(crate) fn know(&mut self, shape: Shape) -> u16 {
        self.shapes.push(shape);
        (self.shapes.len() - 1) as u16
    }

    /// Adds a row of this shape, which is known.
    pub(crate) fn push<'v>(&mut self, number: u16, values: impl Iterator<Item = &'v str>) {
        let shape = &mut self.shapes[usize::from(number)];
        for (column, value) in shape.columns.iter_mut().zip(values) {
            column.push(value);
        }
        self.which.push(number);
        self.nth.push(shape.rows);
        shape.rows += 1;
    }

    /// Adds a row that is this one of its shape, whose columns have it already.
    pub(super) fn follow(&mut self, number: u16, nth: u32) {
        self.which.push(number);
        self.nth.push(nth);
    }

    /// The columns of a shape.
    pub(super) fn columns(&self, number: u16) -> &[Column] {
        self.shapes
            .get(usize::from(number))
            .map_or(&[], |shape| &shape.columns)
    }

    /// Makes room for so many times what there is.
    pub(crate) fn expect(&mut self, times: f64) {
        let rows = more(self.which.len(), times);
        self.which.reserve_exact(rows);
        self.nth.reserve_exact(rows);
        for column in self.shapes.iter_mut().flat_map(|shape| &mut shape.columns) {
            column.expect(times);
        }
    }

    /// Gives back what is of use only while rows are added, and what growing took too much.
    pub(crate) fn shrink(&mut self) {
        for column in self.shapes.iter_mut().flat_map(|shape| &mut shape.columns) {
            column.shrink();
        }
    }

    /// The JSON of a field of a row; empty where there is none.
    pub(crate) fn field(&self, row: usize, field: usize) -> &str {
        let (shape, nth) = self.of(row);
        match shape.fields.get(field).copied().flatten() {
            Some(column) => shape.columns[usize::from(column)].get(nth),
            None => "",
        }
    }

    /// Appends all that a row says, as it stands in its file.
    pub(crate) fn write(&self, row: usize, out: &mut String) {
        let (shape, nth) = self.of(row);
        let mut pieces = shape.pieces.iter();
        out.push_str(pieces.next().map_or("", |piece| piece));
        for (piece, column) in pieces.zip(&shape.columns) {
            out.push_str(column.get(nth));
            out.push_str(piece);
        }
    }

    /// How long all that a row says is, in bytes.
    pub(crate) fn length(&self, row: usize) -> usize {
        let (shape, nth) = self.of(row);
        let pieces = shape.pieces.iter().map(|piece| piece.len());
        let values = shape.columns.iter().take(shape.values());
        pieces.sum::<usize>() + values.map(|column| column.get(nth).len()).sum::<usize>()
    }

    /// All that a row says.
    pub(crate) fn all(&self, row: usize) -> String {
        let mut all = String::new();
        self.write(row, &mut all);
        all
    }

    fn of(&self, row: usize) -> (&Shape, usize) {
        let shape = &self.shapes[usize::from(self.which[row])];
        (shape, self.nth[row] as usize)
    }
}

/// How many more there are of `len` things if there are so many times as many.
fn more(len: usize, times: f64) -> usize {
    ((len as f64 * times) as usize).saturating_sub(len)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn rows_are_given_back(
            rows in prop::collection::vec((0..3_u16, prop::collection::vec("[a辽]{0,3}", 5)), 0..80),
            told in prop::option::of(1.0..3.0_f64),
        ) {
            let mut said = Said::default();
            let pieces = |all: &[&str]| all.iter().map(|&piece| piece.into()).collect();
            said.know(Shape::new(pieces(&["{a:", ",b:", "}"]), [Some(1), None, Some(0), None]));
            said.know(Shape::new(pieces(&["{}"]), [None; FIELDS]));
            for (n, (shape, values)) in rows.iter().enumerate() {
                if let (10, Some(times)) = (n, told) {
                    said.expect(times);
                }
                said.push(*shape, values.iter().map(String::as_str));
            }
            said.shrink();
            for (row, (shape, v)) in rows.iter().enumerate() {
                let [a, b, c, d, e] = [0, 1, 2, 3, 4].map(|n| v[n].as_str());
                let (all, fields) = match shape {
                    0 => (a.to_owned(), [b, c, d, e]),
                    1 => (format!("{{a:{a},b:{b}}}"), [b, "", a, ""]),
                    _ => ("{}".to_owned(), [""; FIELDS]),
                };
                prop_assert_eq!(said.all(row), all);
                prop_assert_eq!([0, 1, 2, 3].map(|field| said.field(row, field)), fields);
            }
        }
    }
}
