//! A layer's bytes → the layer.

use super::bytes::Cursor;
use super::place::Axis;
use super::shape::{Shape, uid_of};
use super::value::{Values, take};
use super::write::CRC;
use super::{ColumnarError, HEADER, MAGIC, SWELL, VERSION};
use crate::catalog::GeometryType;
use crate::geodesy::LonLat;
use crate::ids::{AssetUid, Uuid};
use crate::layer::{Column, Columns, Draft, FIELDS, GeoType, LOOSE, Layer, Part, Said, Uids};
use std::borrow::Cow;

/// Rows are numbered with 24 bits.
const MAX_ROWS: usize = 1 << 24;

/// A kind: its position in the catalogue, and its shape.
pub(super) type Known = (u16, GeometryType);

/// So many rows are read between two pauses: a millisecond or two.
const STRIDE: usize = 1000;
/// So many numbers or values, which takes no longer.
const MANY: usize = 16_000;

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
    while layer.which.len() < rows {
        let left = rows - layer.which.len();
        table.which(&mut layer, MANY.min(left))?;
        pause().await;
    }
    while table.values(&mut layer)? {
        pause().await;
    }
    while layer.uids.len() < rows {
        let left = rows - layer.uids.len();
        table.more(&mut layer, STRIDE.min(left))?;
        pause().await;
    }
    table.end()?;
    let Parts {
        mut said,
        mut columns,
        uids,
        ..
    } = layer;
    columns.shrink();
    said.shrink();
    Ok(Layer::new(said, columns, Uids::of(uids)))
}

/// A layer in the making.
#[derive(Default)]
struct Parts {
    /// Of each row, its shape in the file and which row of that it is.
    which: Vec<(u16, u32)>,
    said: Said,
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

/// A shape, and what its rows say.
struct Shaped<'a> {
    shape: Shape<'a>,
    /// Its number in the layer.
    number: u16,
    rows: u32,
    /// The columns that are to be read, in their order, and those that are read of one which is loose.
    values: std::vec::IntoIter<Values<'a>>,
    columns: Vec<Column>,
}

/// All columns, each at the same row.
struct Table<'a> {
    known: Vec<Known>,
    shapes: Vec<Shaped<'a>>,
    /// The shape whose values are read, and the column that is, with how much of it is there.
    at: usize,
    column: Option<(Values<'a>, usize)>,
    /// So much of the text is still to come.
    text: usize,
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
        text: usize,
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
            let mut values = Vec::new();
            for _ in 0..shape.values() {
                values.push(Values::open(cursor.column("values")?)?);
            }
            with_values.push(Shaped {
                shape,
                number: LOOSE,
                rows: 0,
                values: values.into_iter(),
                columns: Vec::new(),
            });
        }
        Ok(Table {
            known,
            shapes: with_values,
            at: 0,
            column: None,
            text,
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

    /// Which shape so many rows more have.
    #[inline(never)]
    fn which(&mut self, to: &mut Parts, rows: usize) -> Result<(), ColumnarError> {
        for _ in 0..rows {
            let number = self.which.count()?;
            let shaped = self.shapes.get_mut(number);
            let shaped = shaped.ok_or_else(|| self.which.broken())?;
            let number = u16::try_from(number).map_err(|_| self.which.broken())?;
            let pieces = shaped.shape.pieces.iter();
            take(&mut self.text, pieces.map(|piece| piece.len()).sum())?;
            to.which.push((number, shaped.rows));
            shaped.rows += 1;
        }
        Ok(())
    }

    /// Some values more; false where none is left.
    #[inline(never)]
    fn values(&mut self, to: &mut Parts) -> Result<bool, ColumnarError> {
        let Some(shaped) = self.shapes.get_mut(self.at) else {
            return Ok(false);
        };
        let next = self
            .column
            .take()
            .or_else(|| Some((shaped.values.next()?, 0)));
        let Some((mut values, there)) = next else {
            if !shaped.shape.loose {
                let columns = std::mem::take(&mut shaped.columns);
                let shape = in_layer(&shaped.shape, columns, shaped.rows)?;
                shaped.number = to.said.know(shape);
            }
            self.at += 1;
            return Ok(true);
        };
        let count = MANY.min(shaped.rows as usize - there);
        values.more(count, &mut self.text)?;
        match there + count == shaped.rows as usize {
            true => shaped.columns.push(values.end()?),
            false => self.column = Some((values, there + count)),
        }
        Ok(true)
    }

    /// So many rows more.
    // Never inlined: what awaits the pauses is built with its user, which is built for size.
    #[inline(never)]
    fn more(&mut self, to: &mut Parts, rows: usize) -> Result<(), ColumnarError> {
        for _ in 0..rows {
            let kind = self.row(to)?;
            to.columns.push(kind, &to.draft);
        }
        Ok(())
    }

    /// The next row, with its geometry in the draft: its kind.
    fn row(&mut self, to: &mut Parts) -> Result<u16, ColumnarError> {
        let row = to.uids.len();
        let (shape, nth) = to.which.get(row).copied().unwrap_or_default();
        let shaped = self.shapes.get(usize::from(shape));
        let shaped = shaped.ok_or_else(|| self.which.broken())?;
        let uid_in = |columns: &[Column]| {
            let place = columns.get(shaped.shape.uid?);
            Some(place.and_then(|column| uid_of(column.get(nth as usize))))
        };
        let uid = match shaped.shape.loose {
            true => uid_in(&shaped.columns),
            false => uid_in(to.said.columns(shaped.number)),
        };
        let uid = match uid {
            Some(uid) => uid.ok_or(ColumnarError::Broken("uids"))?,
            None => AssetUid(Uuid::from_bytes(self.uids.array()?)),
        };
        if shaped.shape.loose {
            let value = shaped.columns.first();
            let value = value.map_or("", |column| column.get(nth as usize));
            let all = whole(&shaped.shape, value);
            let mut fields = shaped.shape.fields.map(|field| field.map_or("", |_| value));
            for field in &mut fields {
                let (from, long) = (self.spans.count()?, self.spans.count()?);
                let piece = from.checked_add(long).and_then(|end| all.get(from..end));
                let piece = piece.ok_or_else(|| self.spans.broken())?;
                if long > 0 {
                    *field = piece;
                }
            }
            let [code, name, street, grade] = fields;
            let values = [&*all, code, name, street, grade];
            to.said.push(LOOSE, values.into_iter());
        } else {
            to.said.follow(shaped.number, nth);
        }
        to.uids.push(uid);
        let place = self.kinds.count()?;
        let known = self.known.get(place).ok_or_else(|| self.kinds.broken())?;
        let (kind, shape) = *known;
        self.geometry(&mut to.draft)?;
        match to.draft.kind.is_some_and(|kind| kind.shape() == shape) {
            true => Ok(kind),
            false => Err(self.types.broken()),
        }
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

    /// Every column ends with the rows, and the text is as long as was said.
    fn end(self) -> Result<(), ColumnarError> {
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
        match self.text {
            0 => Ok(()),
            _ => Err(ColumnarError::Broken("text")),
        }
    }
}

/// A shape as the layer has it.
fn in_layer(
    shape: &Shape<'_>,
    columns: Vec<Column>,
    rows: u32,
) -> Result<crate::layer::Shape, ColumnarError> {
    let mut fields = [None; FIELDS];
    for (field, place) in fields.iter_mut().zip(shape.fields) {
        *field = match place.map(u16::try_from) {
            Some(Err(_)) => return Err(ColumnarError::Broken("shapes")),
            Some(Ok(place)) => Some(place),
            None => None,
        };
    }
    let pieces = shape.pieces.iter().map(|&piece| piece.into());
    Ok(crate::layer::Shape {
        pieces: pieces.collect(),
        fields,
        columns,
        rows,
    })
}

/// All that a row of a loose shape says.
fn whole<'t>(shape: &Shape<'_>, value: &'t str) -> Cow<'t, str> {
    match *shape.pieces {
        ["", ""] => Cow::Borrowed(value),
        _ => Cow::Owned(shape.pieces.join(value)),
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
