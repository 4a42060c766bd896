//! A layer's bytes → the layer.

use super::bytes::Cursor;
use super::place::Axis;
use super::shape::{FIELDS, Shape, uid_of};
use super::value::{Column, append};
use super::write::CRC;
use super::{ColumnarError, HEADER, MAGIC, SWELL, VERSION};
use crate::catalog::GeometryType;
use crate::geodesy::LonLat;
use crate::ids::{AssetUid, Uuid};
use crate::layer::{Columns, Draft, GeoType, Layer, Part, Row, Span, Uids};

/// Rows are numbered with 24 bits.
const MAX_ROWS: usize = 1 << 24;

/// A kind: its position in the catalogue, and its shape.
pub(super) type Known = (u16, GeometryType);

/// So many rows are read between two pauses: a millisecond or two.
const STRIDE: usize = 1000;

/// Reads the layer of this id. `kind` says where the catalogue has a kind of the layer. What
/// it gives is what was written, to the bit; never panics. `pause` is awaited now and then.
///
/// # Errors
/// Every [`ColumnarError`] but `UnknownLayer`.
pub async fn read(
    bytes: &[u8],
    id: &str,
    kind: impl Fn(&str) -> Option<Known>,
    pause: &mut impl AsyncFnMut(),
) -> Result<Layer, ColumnarError> {
    let body = checked(bytes)?;
    let most_text = bytes.len().saturating_mul(SWELL);
    let mut cursor = Cursor::new(body, "head");
    let found = cursor.string()?;
    if found != id {
        let found = found.to_owned();
        return Err(ColumnarError::AnotherLayer { found });
    }
    let mut kinds = Vec::new();
    for _ in 0..cursor.count()? {
        let id = cursor.string()?;
        let known = kind(id).ok_or_else(|| ColumnarError::UnknownKind { kind: id.into() })?;
        kinds.push(known);
    }
    let text = cursor.count()?;
    if text > most_text || u32::try_from(text).is_err() {
        return Err(ColumnarError::Broken("text"));
    }
    let mut shapes = Vec::new();
    for _ in 0..cursor.count()? {
        shapes.push(Shape::read(&mut cursor)?);
    }
    let rows = cursor.count()?;
    let mut table = Table::open(&mut cursor, kinds, shapes, text)?;
    if cursor.bytes()?.iter().any(|&byte| byte != 0) {
        return Err(ColumnarError::Broken("filling"));
    }
    cursor.end()?;
    if rows > MAX_ROWS {
        return Err(ColumnarError::Broken("rows"));
    }
    let mut layer = Parts::default();
    while layer.uids.len() < rows {
        let left = rows - layer.uids.len();
        table.more(&mut layer, STRIDE.min(left))?;
        pause().await;
    }
    let Parts {
        mut columns, uids, ..
    } = layer;
    columns.shrink();
    let text = table.end()?;
    Ok(Layer::new(text, columns, Uids::of(uids)))
}

/// A layer in the making.
#[derive(Default)]
struct Parts {
    columns: Columns,
    uids: Vec<AssetUid>,
    draft: Draft,
}

/// The body, where it came as it was written.
fn checked(bytes: &[u8]) -> Result<&[u8], ColumnarError> {
    let cut = || ColumnarError::Length {
        said: 0,
        found: bytes.len() as u64,
    };
    if !super::is_begun(bytes) {
        return Err(ColumnarError::NotColumnar);
    }
    let (header, body) = bytes.split_at_checked(HEADER).ok_or_else(cut)?;
    let mut cursor = Cursor::new(header, "header");
    cursor.take(MAGIC.len())?;
    let version = u32::from_le_bytes(cursor.array()?);
    if version != VERSION {
        return Err(ColumnarError::Newer { version });
    }
    let checksum = u32::from_le_bytes(cursor.array()?);
    let said = u64::from_le_bytes(cursor.array()?);
    let found = body.len() as u64;
    if said != found {
        return Err(ColumnarError::Length { said, found });
    }
    match CRC.checksum(body) == checksum {
        true => Ok(body),
        false => Err(ColumnarError::Damaged),
    }
}

/// All columns, each at the same row.
struct Table<'a> {
    known: Vec<Known>,
    shapes: Vec<(Shape<'a>, Vec<Column<'a>>)>,
    text: Vec<u8>,
    most: usize,
    which: Cursor<'a>,
    kinds: Cursor<'a>,
    types: Cursor<'a>,
    uids: Cursor<'a>,
    spans: Cursor<'a>,
    parts: Cursor<'a>,
    part_types: Cursor<'a>,
    part_lengths: Cursor<'a>,
    lons: Axis<'a>,
    lats: Axis<'a>,
}

impl<'a> Table<'a> {
    fn open(
        cursor: &mut Cursor<'a>,
        known: Vec<Known>,
        shapes: Vec<Shape<'a>>,
        most: usize,
    ) -> Result<Self, ColumnarError> {
        let which = cursor.column("shapes")?;
        let kinds = cursor.column("kinds")?;
        let types = cursor.column("geometry types")?;
        let uids = cursor.column("uids")?;
        let spans = cursor.column("fields")?;
        let parts = cursor.column("parts")?;
        let part_types = cursor.column("part types")?;
        let part_lengths = cursor.column("part lengths")?;
        let scale = cursor.byte()?;
        let lons = Axis::open(cursor.column("longitudes")?, scale)?;
        let lats = Axis::open(cursor.column("latitudes")?, scale)?;
        let mut with_values = Vec::new();
        for shape in shapes {
            let mut columns = Vec::new();
            for _ in 0..shape.values() {
                columns.push(Column::open(cursor.column("values")?)?);
            }
            with_values.push((shape, columns));
        }
        Ok(Table {
            known,
            shapes: with_values,
            text: Vec::new(),
            most,
            which,
            kinds,
            types,
            uids,
            spans,
            parts,
            part_types,
            part_lengths,
            lons,
            lats,
        })
    }

    /// So many rows more.
    // Never inlined: what awaits the pauses is built with its user, which is built for size.
    #[inline(never)]
    fn more(&mut self, to: &mut Parts, rows: usize) -> Result<(), ColumnarError> {
        for _ in 0..rows {
            let (row, uid) = self.row(&mut to.draft)?;
            to.columns.push(row, &to.draft);
            to.uids.push(uid);
        }
        Ok(())
    }

    /// The next row and its uid, and its geometry in the draft.
    fn row(&mut self, draft: &mut Draft) -> Result<(Row, AssetUid), ColumnarError> {
        let (properties, fields, uid) = self.properties()?;
        let place = self.kinds.count()?;
        let known = self.known.get(place).ok_or_else(|| self.kinds.broken())?;
        let (kind, shape) = *known;
        self.geometry(draft)?;
        if draft.kind.is_none_or(|kind| kind.shape() != shape) {
            return Err(self.types.broken());
        }
        let [code, name, street, grade] = fields;
        let row = Row {
            kind,
            properties,
            code,
            name,
            street,
            grade,
        };
        Ok((row, uid))
    }

    fn properties(&mut self) -> Result<(Span, [Span; FIELDS], AssetUid), ColumnarError> {
        let number = self.which.count()?;
        let (text, most) = (&mut self.text, self.most);
        let found = self.shapes.get_mut(number);
        let (shape, columns) = found.ok_or_else(|| self.which.broken())?;
        let start = text.len();
        let span = |start: usize, len: usize| {
            // The text is no longer than 32 bits can say.
            Span::new(start, len).ok_or(ColumnarError::Broken("text"))
        };
        let mut fields = [Span::default(); FIELDS];
        let mut uid = None;
        let mut pieces = shape.pieces.iter();
        if let Some(piece) = pieces.next() {
            append(text, piece.as_bytes(), most)?;
        }
        for (value, (column, piece)) in columns.iter_mut().zip(pieces).enumerate() {
            let begins = text.len();
            column.next(text, most)?;
            let len = text.len() - begins;
            for (field, place) in fields.iter_mut().zip(shape.fields) {
                if place == Some(value) {
                    *field = span(begins, len)?;
                }
            }
            if shape.uid == Some(value) {
                let said = text.get(begins..).and_then(|v| std::str::from_utf8(v).ok());
                let said = said.and_then(uid_of);
                uid = Some(said.ok_or(ColumnarError::Broken("uids"))?);
            }
            append(text, piece.as_bytes(), most)?;
        }
        let len = text.len() - start;
        if shape.loose {
            for field in &mut fields {
                let (from, long) = (self.spans.count()?, self.spans.count()?);
                if from.checked_add(long).is_none_or(|end| end > len) {
                    return Err(self.spans.broken());
                }
                if long > 0 {
                    *field = span(start + from, long)?;
                }
            }
        }
        let uid = match uid {
            Some(uid) => uid,
            None => AssetUid(Uuid::from_bytes(self.uids.array()?)),
        };
        Ok((span(start, len)?, fields, uid))
    }

    fn geometry(&mut self, draft: &mut Draft) -> Result<(), ColumnarError> {
        draft.clear();
        let kind = geo_type(self.types.byte()?).ok_or_else(|| self.types.broken())?;
        draft.kind = Some(kind);
        for _ in 0..self.parts.count()? {
            let part = part(self.part_types.byte()?).ok_or_else(|| self.part_types.broken())?;
            let start = draft.coords.len();
            for _ in 0..self.part_lengths.count()? {
                let place = LonLat::new(self.lons.next()?, self.lats.next()?);
                if !place.is_valid() {
                    return Err(ColumnarError::Broken("positions"));
                }
                draft.coords.push(place);
            }
            let run = draft.coords.get(start..).unwrap_or(&[]);
            if !is_sound(kind, draft.parts.is_empty(), part, run) {
                return Err(self.part_lengths.broken());
            }
            draft.end(part);
        }
        match draft.parts.is_empty() {
            true => Err(self.parts.broken()),
            false => Ok(()),
        }
    }

    /// The text, where every column ends with the rows.
    fn end(self) -> Result<String, ColumnarError> {
        let columns = [
            &self.which,
            &self.kinds,
            &self.types,
            &self.uids,
            &self.spans,
            &self.parts,
            &self.part_types,
            &self.part_lengths,
        ];
        columns.into_iter().try_for_each(Cursor::end)?;
        self.lons.end()?;
        self.lats.end()?;
        let mut values = self.shapes.iter().flat_map(|(_, columns)| columns);
        values.try_for_each(Column::end)?;
        let whole = self.text.len() == self.most;
        let text = String::from_utf8(self.text).ok().filter(|_| whole);
        text.ok_or(ColumnarError::Broken("text"))
    }
}

/// Whether a part may stand in a geometry of this type, as its first one or not, and has as
/// many positions as it needs; rings are closed.
fn is_sound(kind: GeoType, first: bool, part: Part, run: &[LonLat]) -> bool {
    let closed = || run.len() > 3 && run.first() == run.last();
    match (kind, part) {
        (GeoType::Point, Part::Points) => first && run.len() == 1,
        (GeoType::MultiPoint, Part::Points) => first && !run.is_empty(),
        (GeoType::LineString, Part::Line) => first && run.len() > 1,
        (GeoType::MultiLineString, Part::Line) => run.len() > 1,
        (GeoType::Polygon, Part::Outer) => first && closed(),
        (GeoType::MultiPolygon, Part::Outer) => closed(),
        (GeoType::Polygon | GeoType::MultiPolygon, Part::Hole) => !first && closed(),
        _ => false,
    }
}

/// Frozen.
fn geo_type(code: u8) -> Option<GeoType> {
    use GeoType::*;
    let types = [
        Point,
        MultiPoint,
        LineString,
        MultiLineString,
        Polygon,
        MultiPolygon,
    ];
    types.get(usize::from(code)).copied()
}

/// Frozen.
fn part(code: u8) -> Option<Part> {
    let parts = [Part::Points, Part::Line, Part::Outer, Part::Hole];
    parts.get(usize::from(code)).copied()
}
