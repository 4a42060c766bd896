//! A feature of GeoJSON that is written as nearly all programs write it.

use super::number::number;
use super::text::{NotPlain, Plain, Walk};

/// Types of geometries, in the order of their numbers, with how many arrays stand around a position.
pub const GEOMETRIES: [(&str, u8); 6] = [
    ("Point", 0),
    ("MultiPoint", 1),
    ("LineString", 1),
    ("MultiLineString", 2),
    ("Polygon", 2),
    ("MultiPolygon", 3),
];
const POINTS: [u8; 2] = [0, 1];
const MULTI_LINE: u8 = 3;

/// A piece of a text: its first byte and the one behind it, none where they are one.
pub type Piece = (usize, usize);

/// What a feature says besides its geometry, as pieces of the text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Feature {
    /// Where it ends.
    pub end: usize,
    /// Its `id`.
    pub id: Piece,
    /// All properties.
    pub all: Piece,
    /// The values of those properties that were asked for.
    pub fields: [Piece; 6],
}

/// What a run of positions is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Run {
    /// Points, one or several.
    Points,
    /// A line.
    Line,
    /// A ring: the first of an area.
    Outer,
    /// A further ring of the area before it.
    Hole,
}

/// A geometry as it stands in the file: nothing of it was checked but that its positions are on the
/// globe. Its buffers are used again for the next.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Shape {
    /// Its type, by its place in [`GEOMETRIES`].
    pub kind: u8,
    /// Longitudes and latitudes, in degrees.
    pub places: Vec<[f64; 2]>,
    /// Where in `places` its runs end.
    pub ends: Vec<u32>,
    /// What its runs are.
    pub runs: Vec<Run>,
}

/// Reads the feature whose brace is at `at`, and its geometry into `shape`. `names` are the
/// properties that are asked for; of one that comes twice the last counts. None where anything is
/// not as usual, be it wrong or not: an escape in a name, a type behind its coordinates, no geometry.
/// `long` reads a number of more digits than 2⁵³ has, without a sign.
pub fn feature(
    text: &str,
    at: usize,
    names: &[&str; 6],
    long: fn(&str) -> Option<f64>,
    shape: &mut Shape,
) -> Option<Feature> {
    let bytes = text.as_bytes();
    let mut walk = Walk { bytes, at, long };
    read(&mut walk, names, shape).ok()
}

fn read(walk: &mut Walk<'_>, names: &[&str; 6], shape: &mut Shape) -> Plain<Feature> {
    let mut feature = Feature::default();
    let (mut is_feature, mut has_shape) = (false, false);
    walk.expect(b'{')?;
    loop {
        match walk.key()? {
            b"type" if !is_feature => {
                is_feature = string(walk)? == b"Feature";
                if !is_feature {
                    return Err(NotPlain);
                }
            }
            b"properties" if feature.all == Piece::default() => {
                (feature.all, feature.fields) = properties(walk, names)?;
            }
            b"geometry" if !has_shape => {
                geometry(walk, shape)?;
                has_shape = true;
            }
            b"id" if feature.id == Piece::default() => feature.id = piece(walk)?,
            b"type" | b"properties" | b"geometry" | b"id" => return Err(NotPlain),
            _ => walk.value()?,
        }
        if !walk.more(b'}')? {
            break;
        }
    }
    feature.end = walk.at;
    match is_feature && has_shape {
        true => Ok(feature),
        false => Err(NotPlain),
    }
}

/// Passes any value.
#[inline(always)]
fn piece(walk: &mut Walk<'_>) -> Plain<Piece> {
    walk.peek()?;
    let start = walk.at;
    walk.value()?;
    Ok((start, walk.at))
}

/// Passes a string and gives what stands between its quotes.
fn string<'a>(walk: &mut Walk<'a>) -> Plain<&'a [u8]> {
    if walk.peek()? != b'"' {
        return Err(NotPlain);
    }
    let start = walk.at + 1;
    walk.string()?;
    Ok(walk.bytes.get(start..walk.at - 1).unwrap_or(&[]))
}

#[inline(always)]
fn properties(walk: &mut Walk<'_>, names: &[&str; 6]) -> Plain<(Piece, [Piece; 6])> {
    let mut fields = [Piece::default(); 6];
    if walk.peek()? != b'{' {
        return Ok((piece(walk)?, fields));
    }
    let start = walk.at;
    walk.at += 1;
    if walk.peek()? == b'}' {
        walk.at += 1;
        return Ok(((start, walk.at), fields));
    }
    loop {
        let key = walk.key()?;
        let value = piece(walk)?;
        for (name, place) in names.iter().zip(&mut fields) {
            if name.len() == key.len() && name.as_bytes() == key {
                *place = value;
            }
        }
        if !walk.more(b'}')? {
            return Ok(((start, walk.at), fields));
        }
    }
}

fn geometry(walk: &mut Walk<'_>, shape: &mut Shape) -> Plain<()> {
    shape.places.clear();
    shape.ends.clear();
    shape.runs.clear();
    walk.expect(b'{')?;
    let mut depth = None;
    let mut is_read = false;
    loop {
        match walk.key()? {
            b"type" if depth.is_none() => {
                let name = string(walk)?;
                let known = (0..)
                    .zip(GEOMETRIES)
                    .find(|(_, known)| known.0.as_bytes() == name);
                let (kind, (_, deep)) = known.ok_or(NotPlain)?;
                shape.kind = kind;
                depth = Some(deep);
            }
            b"coordinates" if !is_read => {
                coordinates(walk, depth.ok_or(NotPlain)?, shape)?;
                is_read = true;
            }
            b"type" | b"coordinates" => return Err(NotPlain),
            _ => walk.value()?,
        }
        if !walk.more(b'}')? {
            break;
        }
    }
    if is_read { Ok(()) } else { Err(NotPlain) }
}

fn coordinates(walk: &mut Walk<'_>, depth: u8, shape: &mut Shape) -> Plain<()> {
    match depth {
        0 => {
            position(walk, shape)?;
            end(shape, Run::Points);
            Ok(())
        }
        1 => {
            positions(walk, shape)?;
            end(
                shape,
                if POINTS.contains(&shape.kind) {
                    Run::Points
                } else {
                    Run::Line
                },
            );
            Ok(())
        }
        2 => runs(walk, shape),
        _ => {
            walk.expect(b'[')?;
            loop {
                runs(walk, shape)?;
                if !walk.more(b']')? {
                    return Ok(());
                }
            }
        }
    }
}

/// Reads lines, or the rings of an area.
fn runs(walk: &mut Walk<'_>, shape: &mut Shape) -> Plain<()> {
    let (mut run, next) = match shape.kind {
        MULTI_LINE => (Run::Line, Run::Line),
        _ => (Run::Outer, Run::Hole),
    };
    walk.expect(b'[')?;
    loop {
        positions(walk, shape)?;
        end(shape, run);
        run = next;
        if !walk.more(b']')? {
            return Ok(());
        }
    }
}

fn end(shape: &mut Shape, run: Run) {
    shape.ends.push(shape.places.len() as u32);
    shape.runs.push(run);
}

#[inline(always)]
fn positions(walk: &mut Walk<'_>, shape: &mut Shape) -> Plain<()> {
    walk.expect(b'[')?;
    loop {
        position(walk, shape)?;
        if !walk.more(b']')? {
            return Ok(());
        }
    }
}

/// Reads a position; numbers behind longitude and latitude are passed.
#[inline(always)]
fn position(walk: &mut Walk<'_>, shape: &mut Shape) -> Plain<()> {
    walk.expect(b'[')?;
    let lon = number(walk)?;
    walk.expect(b',')?;
    let lat = number(walk)?;
    while walk.more(b']')? {
        number(walk)?;
    }
    if lon.abs() <= 180.0 && lat.abs() <= 90.0 {
        shape.places.push([lon, lat]);
        return Ok(());
    }
    Err(NotPlain)
}
