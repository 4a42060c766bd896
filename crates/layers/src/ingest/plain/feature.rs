//! A feature of GeoJSON that is written as nearly all programs write it.

use super::number::number;
use super::text::{NotPlain, Plain, Walk};
use crate::geodesy::LonLat;
use crate::ingest::properties::{Named, Properties, named};
use crate::ingest::reader::RawFeature;
use crate::ingest::spelling::Spelling;
use crate::layer::{Draft, GeoType, Part};

/// Reads the feature whose brace comes next, and its geometry into `draft`. `names` are the
/// properties that are asked for; of one that comes twice the last counts. [`NotPlain`] where anything
/// is not as usual, be it wrong or not: an escape in a name, a type behind its coordinates, no geometry.
pub(super) fn feature<'a>(
    walk: &mut Walk<'a>,
    names: &[&str; 6],
    draft: &mut Draft,
    spelling: &mut Spelling,
) -> Plain<RawFeature<'a>> {
    let mut feature = RawFeature::default();
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
            b"properties" if feature.properties.all.is_empty() => {
                feature.properties = properties(walk, names, spelling)?;
            }
            b"geometry" if !has_shape => {
                geometry(walk, draft)?;
                has_shape = true;
            }
            b"id" if feature.id.is_empty() => feature.id = piece(walk)?,
            b"type" | b"properties" | b"geometry" | b"id" => return Err(NotPlain),
            _ => walk.value()?,
        }
        if !walk.more(b'}')? {
            break;
        }
    }
    match is_feature && has_shape {
        true => Ok(feature),
        false => Err(NotPlain),
    }
}

/// Passes any value.
#[inline(always)]
fn piece<'a>(walk: &mut Walk<'a>) -> Plain<&'a str> {
    walk.peek()?;
    let start = walk.at;
    walk.value()?;
    walk.text_since(start)
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

#[inline(never)]
fn properties<'a>(
    walk: &mut Walk<'a>,
    names: &[&str; 6],
    spelling: &mut Spelling,
) -> Plain<Properties<'a>> {
    let mut found = Properties::default();
    if walk.peek()? != b'{' {
        found.all = piece(walk)?;
        return Ok(found);
    }
    let start = walk.at;
    spelling.begin();
    loop {
        let from = walk.at;
        let rest = walk.bytes.get(from..).unwrap_or(&[]);
        let named = match spelling.guess(rest) {
            Some((len, named, is_last)) => {
                walk.at += len;
                if is_last {
                    break;
                }
                named
            }
            None => match next_name(walk, names, from == start)? {
                Some(named) => {
                    spelling.pass(walk.text_since(from)?, named);
                    named
                }
                None => {
                    spelling.end(walk.text_since(from)?);
                    break;
                }
            },
        };
        let value = walk.at;
        walk.value()?;
        spelling.value(value, walk.at);
        if named != 0 {
            found.take(named, walk.text_since(value)?);
        }
    }
    found.all = walk.text_since(start)?;
    Ok(found)
}

/// Passes what stands before a value, where it is not as it was before: none where no value is left, else under which of the names it is.
#[inline(never)]
fn next_name(walk: &mut Walk<'_>, names: &[&str; 6], is_first: bool) -> Plain<Option<Named>> {
    if is_first {
        walk.at += 1;
        if walk.peek()? == b'}' {
            walk.at += 1;
            return Ok(None);
        }
    } else if !walk.more(b'}')? {
        return Ok(None);
    }
    let key = walk.key()?;
    walk.peek()?;
    Ok(Some(named(names, key)))
}

fn geometry(walk: &mut Walk<'_>, draft: &mut Draft) -> Plain<()> {
    draft.clear();
    walk.expect(b'{')?;
    let mut is_read = false;
    loop {
        match walk.key()? {
            b"type" if draft.kind.is_none() => draft.kind = Some(kind(string(walk)?)?),
            b"coordinates" if !is_read => {
                coordinates(walk, draft.kind.ok_or(NotPlain)?, draft)?;
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

fn kind(name: &[u8]) -> Plain<GeoType> {
    Ok(match name {
        b"Point" => GeoType::Point,
        b"MultiPoint" => GeoType::MultiPoint,
        b"LineString" => GeoType::LineString,
        b"MultiLineString" => GeoType::MultiLineString,
        b"Polygon" => GeoType::Polygon,
        b"MultiPolygon" => GeoType::MultiPolygon,
        _ => return Err(NotPlain),
    })
}

fn coordinates(walk: &mut Walk<'_>, kind: GeoType, draft: &mut Draft) -> Plain<()> {
    match kind {
        GeoType::Point => {
            position(walk, draft)?;
            draft.end(Part::Points);
        }
        GeoType::MultiPoint => {
            positions(walk, draft)?;
            draft.end(Part::Points);
        }
        GeoType::LineString => {
            positions(walk, draft)?;
            draft.end(Part::Line);
        }
        GeoType::MultiLineString => parts(walk, draft, Part::Line, Part::Line)?,
        GeoType::Polygon => parts(walk, draft, Part::Outer, Part::Hole)?,
        GeoType::MultiPolygon => {
            walk.expect(b'[')?;
            loop {
                parts(walk, draft, Part::Outer, Part::Hole)?;
                if !walk.more(b']')? {
                    break;
                }
            }
        }
    }
    Ok(())
}

/// Reads lines, or the rings of an area.
fn parts(walk: &mut Walk<'_>, draft: &mut Draft, mut part: Part, next: Part) -> Plain<()> {
    walk.expect(b'[')?;
    loop {
        positions(walk, draft)?;
        draft.end(part);
        part = next;
        if !walk.more(b']')? {
            return Ok(());
        }
    }
}

#[inline(always)]
fn positions(walk: &mut Walk<'_>, draft: &mut Draft) -> Plain<()> {
    walk.expect(b'[')?;
    loop {
        position(walk, draft)?;
        if !walk.more(b']')? {
            return Ok(());
        }
    }
}

/// Reads a position; numbers behind longitude and latitude are passed.
#[inline(always)]
fn position(walk: &mut Walk<'_>, draft: &mut Draft) -> Plain<()> {
    walk.expect(b'[')?;
    let lon = number(walk)?;
    walk.expect(b',')?;
    let lat = number(walk)?;
    while walk.more(b']')? {
        number(walk)?;
    }
    let place = LonLat::new(lon, lat);
    if place.is_valid() {
        draft.coords.push(place);
        return Ok(());
    }
    Err(NotPlain)
}
