//! The text of a GeoJSON geometry → a draft of it, mended where it can be.

use super::Problem;
use super::rings;
use super::scan::{Broken, Scanner, excerpt, json_type};
use crate::geodesy::LonLat;
use crate::layer::{Draft, GeoType, Part};

/// Why a geometry was not read.
#[derive(Debug, PartialEq)]
pub(super) enum Stop {
    /// The structure of the file breaks here.
    Broken(Broken),
    /// It cannot be used.
    Refused(Problem),
}

impl From<Broken> for Stop {
    fn from(broken: Broken) -> Self {
        Stop::Broken(broken)
    }
}

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Self {
        Stop::Refused(problem)
    }
}

/// Reads the geometry that comes next and passes it, also where it is refused.
pub(super) fn read(
    s: &mut Scanner,
    draft: &mut Draft,
    problems: &mut Vec<Problem>,
) -> Result<(), Stop> {
    s.peek();
    let start = s.at();
    draft.clear();
    read_object(s, draft, problems).or_else(|stop| {
        draft.clear();
        s.go(start);
        s.value()?;
        Err(stop)
    })
}

fn read_object(
    s: &mut Scanner,
    draft: &mut Draft,
    problems: &mut Vec<Problem>,
) -> Result<(), Stop> {
    match s.peek() {
        Some(b'{') => {}
        Some(b'n') => return Err(Problem::NoGeometry.into()),
        first => {
            let found = json_type(first).to_owned();
            return Err(Problem::UnknownGeometry { found }.into());
        }
    }
    // `type` usually comes first, and the coordinates are read as they pass;
    // where it comes behind them, they are gone back to.
    let mut kind: Option<GeoType> = None;
    let mut missed = None;
    let mut read = false;
    s.object::<Stop>(|s, key| {
        match &*key {
            "type" => kind = Some(geometry_type(s)?),
            "coordinates" => {
                s.peek();
                let start = s.at();
                match kind {
                    Some(kind) => {
                        coordinates(s, kind, draft)?;
                        read = true;
                    }
                    None => {
                        s.value()?;
                        missed = Some(start);
                    }
                }
            }
            _ => {
                s.value()?;
            }
        }
        Ok(())
    })?;
    let kind = kind.ok_or(Problem::UnknownGeometry {
        found: "object".into(),
    })?;
    if let (Some(start), false) = (missed, read) {
        let end = s.at();
        s.go(start);
        coordinates(s, kind, draft)?;
        s.go(end);
    } else if !read {
        return Err(Problem::BadCoordinates.into());
    }
    finish(kind, draft, problems).map_err(Stop::Refused)
}

fn geometry_type(s: &mut Scanner) -> Result<GeoType, Stop> {
    let first = s.peek();
    if first != Some(b'"') {
        let found = json_type(first).to_owned();
        return Err(Problem::UnknownGeometry { found }.into());
    }
    match s.string()? {
        "GeometryCollection" => Err(Problem::GeometryCollection.into()),
        name => GeoType::named(name).ok_or_else(|| {
            Stop::Refused(Problem::UnknownGeometry {
                found: excerpt(name),
            })
        }),
    }
}

/// Reads `coordinates` into positions and parts.
fn coordinates(s: &mut Scanner, kind: GeoType, draft: &mut Draft) -> Result<(), Stop> {
    draft.clear();
    draft.kind = Some(kind);
    nested(s, kind.depth(), draft)?;
    if kind.depth() < 2 && !draft.coords.is_empty() {
        draft.end(match kind {
            GeoType::LineString => Part::Line,
            _ => Part::Points,
        });
    }
    Ok(())
}

/// Reads an array of arrays down to positions. An array of positions inside
/// another is a part; the first part of a polygon is its outer ring.
fn nested(s: &mut Scanner, depth: u8, draft: &mut Draft) -> Result<(), Stop> {
    if s.peek() != Some(b'[') {
        return Err(Problem::BadCoordinates.into());
    }
    let ring = match draft.kind {
        Some(GeoType::MultiLineString) => Part::Line,
        _ => Part::Outer,
    };
    match depth {
        0 => {
            draft.coords.push(position(s)?);
            Ok(())
        }
        1 => s.array(|s| nested(s, 0, draft)),
        2 => {
            let mut part = ring;
            s.array(|s| {
                nested(s, 1, draft)?;
                draft.end(part);
                if part == Part::Outer {
                    part = Part::Hole;
                }
                Ok(())
            })
        }
        _ => s.array(|s| nested(s, 2, draft)),
    }
}

/// Reads one position; what comes behind longitude and latitude is passed.
fn position(s: &mut Scanner) -> Result<LonLat, Stop> {
    let start = s.at();
    let mut axes = [f64::NAN; 2];
    let mut count = 0;
    s.array::<Stop>(|s| {
        let nested = matches!(s.peek(), Some(b'[' | b'{'));
        if nested {
            return Err(Problem::BadCoordinates.into());
        }
        let text = s.value()?;
        if let Some(axis) = axes.get_mut(count) {
            // What is no number stays NaN.
            *axis = serde_json::from_str(text).unwrap_or(f64::NAN);
        }
        count += 1;
        Ok(())
    })?;
    let [x, y] = axes;
    if !(x.is_finite() && y.is_finite()) {
        return Err(Problem::BadPosition {
            found: excerpt(s.since(start)),
        }
        .into());
    }
    let place = LonLat::new(x, y);
    if place.is_valid() {
        Ok(place)
    } else {
        Err(Problem::OutOfRange { x, y }.into())
    }
}

/// Checks what was read, and closes and turns its rings.
pub(super) fn finish(
    kind: GeoType,
    draft: &mut Draft,
    problems: &mut Vec<Problem>,
) -> Result<(), Problem> {
    if draft.coords.is_empty() {
        return Err(Problem::EmptyGeometry);
    }
    match kind {
        GeoType::Point | GeoType::MultiPoint => Ok(()),
        GeoType::LineString | GeoType::MultiLineString => {
            let mut from = 0;
            for &end in &draft.ends {
                let found = end - from;
                if found < 2 {
                    return Err(Problem::TooShort {
                        needed: 2,
                        found: found as u8,
                    });
                }
                from = end;
            }
            Ok(())
        }
        GeoType::Polygon | GeoType::MultiPolygon => rings::mend(draft, problems),
    }
}
