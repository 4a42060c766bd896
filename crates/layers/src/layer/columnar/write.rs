//! A layer → its bytes.

use super::bytes::{put, put_bytes};
use super::shape::{FIELDS, Shape, Shapes};
use super::{MAGIC, SWELL, VERSION, place, value};
use crate::ids::AssetUid;
use crate::layer::{GeoType, Layer, Part, Span};
use crc::{CRC_32_ISO_HDLC, Crc};
use std::ops::Range;

/// With a table: no browser fetches it.
pub(super) const CRC: Crc<u32> = Crc::<u32>::new(&CRC_32_ISO_HDLC);

/// So many rows are written between two pauses: a millisecond or two.
const STRIDE: u32 = 1000;

/// The bytes of a layer with its id; `kinds` are the ids of the catalogue's, in its order. `pause` is
/// awaited now and then.
pub async fn write(
    layer: &Layer,
    id: &str,
    kinds: &[&str],
    pause: &mut impl AsyncFnMut(),
) -> Vec<u8> {
    let mut shapes = Shapes::default();
    let mut rows = Rows::default();
    for from in (0..layer.len()).step_by(STRIDE as usize) {
        let to = layer.len().min(from + STRIDE);
        rows.more(layer, from..to, &mut shapes);
        pause().await;
    }
    let mut body = Vec::new();
    put_bytes(&mut body, id.as_bytes());
    put(&mut body, rows.kinds_used.len() as u64);
    for &kind in &rows.kinds_used {
        // Rows are only ever given kinds of the catalogue.
        let kind = kinds.get(kind).copied().unwrap_or("");
        put_bytes(&mut body, kind.as_bytes());
    }
    put(&mut body, rows.text);
    put(&mut body, shapes.all.len() as u64);
    for shape in &shapes.all {
        shape.write(&mut body);
    }
    put(&mut body, layer.len().into());
    let (scale, lons, lats) = place::write(&layer.columns.coords);
    pause().await;
    for column in [
        &rows.shapes,
        &rows.kinds,
        &rows.types,
        &rows.uids,
        &rows.spans,
        &rows.parts,
        &rows.part_types,
        &rows.part_lengths,
    ] {
        put_bytes(&mut body, column);
    }
    body.push(scale);
    put_bytes(&mut body, &lons);
    put_bytes(&mut body, &lats);
    for column in rows.values.iter().flatten() {
        put_bytes(&mut body, &value::write(column));
        pause().await;
    }
    let short = rows.text.div_ceil(SWELL as u64);
    let fill = usize::try_from(short).unwrap_or(usize::MAX);
    let fill = vec![0; fill.saturating_sub(body.len())];
    put_bytes(&mut body, &fill);

    let mut out = MAGIC.to_vec();
    out.extend(VERSION.to_le_bytes());
    out.extend(CRC.checksum(&body).to_le_bytes());
    out.extend((body.len() as u64).to_le_bytes());
    out.append(&mut body);
    out
}

/// What is written of the rows, column by column.
#[derive(Default)]
struct Rows<'a> {
    /// Length of the properties of all rows.
    text: u64,
    /// Kinds by first appearance.
    kinds_used: Vec<usize>,
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
    /// By shape, by its values.
    values: Vec<Vec<Vec<&'a str>>>,
}

impl<'a> Rows<'a> {
    // Never inlined: what awaits the pauses is built with its user, which is built for size.
    #[inline(never)]
    fn more(&mut self, layer: &'a Layer, rows: Range<u32>, shapes: &mut Shapes<'a>) {
        for row in rows {
            self.row(layer, row, shapes);
        }
    }

    fn row(&mut self, layer: &'a Layer, row: u32, shapes: &mut Shapes<'a>) {
        let uid = layer.uid(row);
        self.properties(layer, row as usize, uid, shapes);
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

    fn properties(&mut self, layer: &'a Layer, row: usize, uid: AssetUid, shapes: &mut Shapes<'a>) {
        let (text, columns) = (&*layer.text, &layer.columns);
        let all = columns.properties[row].of(text);
        let spans: [Span; FIELDS] = [
            columns.codes[row],
            columns.names[row],
            columns.streets[row],
            columns.grades[row],
        ];
        let fields = spans.map(|span| span.of(text));
        let (number, values) = shapes.number(all, Shape::of(all, fields, uid));
        let shape = shapes.all.get(number);
        if shape.is_none_or(|shape| shape.uid.is_none()) {
            self.uids.extend(uid.0.as_bytes());
        }
        if shape.is_none_or(|shape| shape.loose) {
            for field in fields {
                // A field is a piece of the properties, or nothing.
                let start = match field {
                    "" => 0,
                    _ => Span::find(all, field).start(),
                };
                put(&mut self.spans, start as u64);
                put(&mut self.spans, field.len() as u64);
            }
        }
        put(&mut self.shapes, number as u64);
        self.text += all.len() as u64;
        if self.values.len() <= number {
            self.values.resize_with(number + 1, Vec::new);
        }
        if let Some(columns) = self.values.get_mut(number) {
            columns.resize_with(values.len(), Vec::new);
            for (column, value) in columns.iter_mut().zip(values) {
                column.push(value);
            }
        }
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
