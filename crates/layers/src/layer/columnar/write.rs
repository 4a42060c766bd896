//! A layer → its bytes.

use super::bytes::{put, put_bytes};
use super::shape::{Shape, uid_of};
use super::{MAGIC, SWELL, VERSION, place, value};
use crate::ids::AssetUid;
use crate::layer::{FIELDS, GeoType, LOOSE, Layer, Part};
use crc::{CRC_32_ISO_HDLC, Crc};
use std::{mem, ops::Range};

/// With a table: no browser fetches it.
pub(super) const CRC: Crc<u32> = Crc::<u32>::new(&CRC_32_ISO_HDLC);

/// So many rows are written between two pauses: a millisecond or two.
const STRIDE: u32 = 1000;

/// The bytes of a layer with its id, in pieces that follow one another: as one they would take the memory
/// once more. `kinds` are the ids of the catalogue's, in its order. `pause` is awaited now and then.
pub async fn write(
    layer: &Layer,
    id: &str,
    kinds: &[&str],
    pause: &mut impl AsyncFnMut(),
) -> Vec<Vec<u8>> {
    let mut rows = Rows::of(layer);
    for from in (0..layer.len()).step_by(STRIDE as usize) {
        let to = layer.len().min(from + STRIDE);
        rows.more(layer, from..to);
        pause().await;
    }
    let mut body = Body::default();
    let small = &mut body.small;
    put_bytes(small, id.as_bytes());
    put(small, rows.kinds_used.len() as u64);
    for &kind in &rows.kinds_used {
        // Rows are only ever given kinds of the catalogue.
        let kind = kinds.get(kind).copied().unwrap_or("");
        put_bytes(small, kind.as_bytes());
    }
    put(small, rows.text);
    put(small, rows.used.len() as u64);
    for used in &rows.used {
        used.shape(layer).write(small);
    }
    put(small, layer.len().into());
    for column in [
        &mut rows.shapes,
        &mut rows.kinds,
        &mut rows.types,
        &mut rows.uids,
        &mut rows.spans,
        &mut rows.parts,
        &mut rows.part_types,
        &mut rows.part_lengths,
    ] {
        body.piece(mem::take(column));
    }
    pause().await;
    let (scale, lons, lats) = place::write(&layer.columns.coords);
    body.small.push(scale);
    body.piece(lons);
    body.piece(lats);
    pause().await;
    for used in &rows.used {
        let shape = &layer.said.shapes[used.number];
        let is_all = used.rows.len() == shape.rows as usize;
        let of = (!is_all).then_some(&*used.rows);
        for column in shape.columns.iter().take(used.shape(layer).values()) {
            body.piece(value::write(column, of));
            pause().await;
        }
    }
    let short = rows.text.div_ceil(SWELL as u64);
    let fill = usize::try_from(short).unwrap_or(usize::MAX);
    body.piece(vec![0; fill.saturating_sub(body.len())]);
    body.headed()
}

/// What comes behind the head, in pieces.
#[derive(Default)]
struct Body {
    pieces: Vec<Vec<u8>>,
    /// What comes behind the pieces.
    small: Vec<u8>,
}

impl Body {
    /// Writes the length of a piece and the piece.
    fn piece(&mut self, mut bytes: Vec<u8>) {
        put(&mut self.small, bytes.len() as u64);
        self.pieces.push(mem::take(&mut self.small));
        bytes.shrink_to_fit();
        self.pieces.push(bytes);
    }

    fn len(&self) -> usize {
        self.pieces.iter().map(Vec::len).sum::<usize>() + self.small.len()
    }

    fn headed(mut self) -> Vec<Vec<u8>> {
        let len = self.len() as u64;
        self.pieces.push(self.small);
        let mut sum = CRC.digest();
        self.pieces.iter().for_each(|piece| sum.update(piece));
        let mut head = MAGIC.to_vec();
        head.extend(VERSION.to_le_bytes());
        head.extend(sum.finalize().to_le_bytes());
        head.extend(len.to_le_bytes());
        self.pieces.insert(0, head);
        self.pieces
    }
}

/// A shape that rows have, all with their uid in the same place.
struct Used {
    /// Its number in the layer.
    number: usize,
    uid: Option<usize>,
    /// The rows, by their numbers among those of the shape.
    rows: Vec<u32>,
}

impl Used {
    fn shape<'a>(&self, layer: &'a Layer) -> Shape<'a> {
        if self.number == usize::from(LOOSE) {
            return Shape::loose();
        }
        let shape = &layer.said.shapes[self.number];
        Shape {
            pieces: shape.pieces.iter().map(|piece| &**piece).collect(),
            fields: shape.fields.map(|field| field.map(usize::from)),
            uid: self.uid,
            loose: false,
        }
    }
}

/// What is written of the rows, column by column.
#[derive(Default)]
struct Rows {
    /// Length of the properties of all rows.
    text: u64,
    /// Kinds by first appearance.
    kinds_used: Vec<usize>,
    /// Shapes by first appearance.
    used: Vec<Used>,
    /// By shape of the layer, which of its columns may have uids.
    uids_in: Vec<Vec<usize>>,
    shapes: Vec<u8>,
    kinds: Vec<u8>,
    types: Vec<u8>,
    /// Of rows whose uid is none of their values.
    uids: Vec<u8>,
    /// Of rows with a loose shape: where their fields are.
    spans: Vec<u8>,
    parts: Vec<u8>,
    part_types: Vec<u8>,
    part_lengths: Vec<u8>,
}

/// The length of a uid as a JSON string.
const UID: usize = 38;

impl Rows {
    fn of(layer: &Layer) -> Self {
        let shapes = layer.said.shapes.iter().skip(1);
        let uids_in = |shape: &crate::layer::Shape| {
            let columns = shape.columns.iter().enumerate();
            let may = columns.filter(|(_, column)| column.any(|value| value.len() == UID));
            may.map(|(n, _)| n).collect()
        };
        Rows {
            // Of the loose ones no value is a uid.
            uids_in: std::iter::once(Vec::new())
                .chain(shapes.map(uids_in))
                .collect(),
            ..Rows::default()
        }
    }

    // Never inlined: what awaits the pauses is built with its user, which is built for size.
    #[inline(never)]
    fn more(&mut self, layer: &Layer, rows: Range<u32>) {
        for row in rows {
            self.row(layer, row);
        }
    }

    fn row(&mut self, layer: &Layer, row: u32) {
        let uid = layer.uid(row);
        self.properties(layer, row as usize, uid);
        let kind = layer.kind(row);
        let known = self.kinds_used.iter().position(|&used| used == kind);
        let place = known.unwrap_or_else(|| {
            self.kinds_used.push(kind);
            self.kinds_used.len() - 1
        });
        put(&mut self.kinds, place as u64);
        let geometry = layer.geometry(row);
        self.types.push(type_code(geometry.kind()));
        let before = self.part_types.len();
        for (part, run) in geometry.parts() {
            self.part_types.push(part_code(part));
            put(&mut self.part_lengths, run.len() as u64);
        }
        put(&mut self.parts, (self.part_types.len() - before) as u64);
    }

    fn properties(&mut self, layer: &Layer, row: usize, uid: AssetUid) {
        let said = &layer.said;
        let (number, nth) = (usize::from(said.which[row]), said.nth[row]);
        let shape = &said.shapes[number];
        let value = |column: &usize| shape.columns[*column].get(nth as usize);
        let mut uids_in = self.uids_in[number].iter().copied();
        let uid_in = uids_in.find(|column| {
            let value = value(column);
            value.len() == UID && uid_of(value) == Some(uid)
        });
        if uid_in.is_none() {
            self.uids.extend(uid.0.as_bytes());
        }
        if number == usize::from(LOOSE) {
            let all = value(&0);
            for field in 0..FIELDS {
                // A field is a piece of the properties, or nothing: wherever it stands in them.
                let field = said.field(row, field);
                let start = if field.is_empty() {
                    None
                } else {
                    all.find(field)
                };
                put(&mut self.spans, start.unwrap_or(0) as u64);
                put(&mut self.spans, start.map_or(0, |_| field.len()) as u64);
            }
        }
        let is_it = |used: &Used| used.number == number && used.uid == uid_in;
        let place = self.used.iter().position(is_it);
        let place = place.unwrap_or_else(|| {
            self.used.push(Used {
                number,
                uid: uid_in,
                rows: Vec::new(),
            });
            self.used.len() - 1
        });
        put(&mut self.shapes, place as u64);
        self.used[place].rows.push(nth);
        self.text += said.length(row) as u64;
    }
}

/// Frozen.
fn type_code(kind: GeoType) -> u8 {
    match kind {
        GeoType::Point => 0,
        GeoType::MultiPoint => 1,
        GeoType::LineString => 2,
        GeoType::MultiLineString => 3,
        GeoType::Polygon => 4,
        GeoType::MultiPolygon => 5,
    }
}

/// Frozen.
fn part_code(part: Part) -> u8 {
    match part {
        Part::Points => 0,
        Part::Line => 1,
        Part::Outer => 2,
        Part::Hole => 3,
    }
}
