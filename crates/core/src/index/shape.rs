//! Exact geometry of one feature: distance, containment, touching, and a point on it.

use crate::catalog::GeometryType;
use crate::geodesy::local::{distance as apart, lerp, segment_distance};
use crate::geodesy::{Bbox, Local, LonLat};
use crate::layer::{Geometry, Part};
use geo::{Centroid, InteriorPoint};
use geo_types::{Coord, LineString, Polygon};

/// Metres from a place to a geometry; 0 inside an area.
pub(crate) fn distance(geometry: &Geometry, local: &Local, at: LonLat) -> f64 {
    if geometry.shape() == GeometryType::Polygon && contains(geometry, at) {
        return 0.0;
    }
    let p = local.metres(at);
    let mut nearest = f64::INFINITY;
    for (part, run) in geometry.parts() {
        if part == Part::Points {
            for &q in run {
                nearest = nearest.min(apart(p, local.metres(q)));
            }
        }
        for w in segments(part, run) {
            nearest = nearest.min(segment_distance(p, local.metres(w[0]), local.metres(w[1])));
        }
    }
    nearest
}

/// True where the place lies inside an area, in one of its polygons at least;
/// on the border either may be.
pub(crate) fn contains(geometry: &Geometry, p: LonLat) -> bool {
    let mut inside = false;
    for (part, run) in geometry.parts() {
        match part {
            Part::Outer if inside => return true,
            Part::Outer => inside = crossings_are_odd(run, p),
            Part::Hole => inside &= !crossings_are_odd(run, p),
            Part::Points | Part::Line => {}
        }
    }
    inside
}

/// True where a part of the geometry lies in the box, or on its border.
pub(crate) fn intersects(geometry: &Geometry, b: &Bbox) -> bool {
    geometry.parts().any(|(part, run)| match part {
        Part::Points => run.iter().any(|&p| b.contains(p)),
        _ => segments(part, run).any(|w| segment_meets(w[0], w[1], b)),
    }) || (geometry.shape() == GeometryType::Polygon && contains(geometry, b.center()))
}

/// A point on it: the first of points, the middle of the longest line, a point
/// inside the first area.
pub(crate) fn inner_point(geometry: &Geometry) -> LonLat {
    let first = geometry.coords().first().copied().unwrap_or_default();
    match geometry.shape() {
        GeometryType::Point => first,
        GeometryType::Line => {
            let local = Local::at(first);
            geometry
                .parts()
                .map(|(_, run)| (run, length(run, &local)))
                .max_by(|a, b| a.1.total_cmp(&b.1))
                .map_or(first, |(run, length)| middle(run, length / 2.0, &local))
        }
        GeometryType::Polygon => inside(geometry).unwrap_or(first),
    }
}

/// The segments of a line or a ring.
fn segments(part: Part, run: &[LonLat]) -> impl Iterator<Item = &[LonLat]> {
    let line = if part == Part::Points { &[] } else { run };
    line.windows(2)
}

/// Even-odd rule for one closed ring.
fn crossings_are_odd(ring: &[LonLat], p: LonLat) -> bool {
    let mut odd = false;
    for w in ring.windows(2) {
        let (a, b) = (w[0], w[1]);
        if (a.lat > p.lat) != (b.lat > p.lat) {
            let lon = a.lon + (p.lat - a.lat) / (b.lat - a.lat) * (b.lon - a.lon);
            odd ^= p.lon < lon;
        }
    }
    odd
}

/// True where a segment has a point in the box (Liang and Barsky, 1984).
fn segment_meets(a: LonLat, b: LonLat, bbox: &Bbox) -> bool {
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    let axes = [
        (a.lon, b.lon - a.lon, bbox.west, bbox.east),
        (a.lat, b.lat - a.lat, bbox.south, bbox.north),
    ];
    for (from, step, low, high) in axes {
        if step == 0.0 {
            if from < low || from > high {
                return false;
            }
            continue;
        }
        let (t, u) = ((low - from) / step, (high - from) / step);
        enter = enter.max(t.min(u));
        leave = leave.min(t.max(u));
    }
    enter <= leave
}

fn length(run: &[LonLat], local: &Local) -> f64 {
    run.windows(2)
        .map(|w| apart(local.metres(w[0]), local.metres(w[1])))
        .sum()
}

/// The place after some metres of a line.
fn middle(run: &[LonLat], mut metres: f64, local: &Local) -> LonLat {
    for w in run.windows(2) {
        let step = length(w, local);
        if step > 0.0 && metres <= step {
            let [lon, lat] = lerp(w[0].into(), w[1].into(), metres / step);
            return LonLat::new(lon, lat);
        }
        metres -= step;
    }
    run.last().copied().unwrap_or_default()
}

/// A point inside an area: the middle of its outer ring where that is inside,
/// which is cheap and looks best, else one that `geo` finds.
fn inside(geometry: &Geometry) -> Option<LonLat> {
    let mut rings = geometry.parts().map(|(part, run)| (part, line_string(run)));
    let (_, outer) = rings.next()?;
    let middle = outer.centroid().map(|c| LonLat::new(c.x(), c.y()));
    middle.filter(|&c| contains(geometry, c)).or_else(|| {
        let holes = rings.map_while(|(part, run)| (part == Part::Hole).then_some(run));
        let point = Polygon::new(outer, holes.collect()).interior_point()?;
        Some(LonLat::new(point.x(), point.y()))
    })
}

/// The same run as `geo` has it.
fn line_string(run: &[LonLat]) -> LineString<f64> {
    run.iter()
        .map(|p| Coord { x: p.lon, y: p.lat })
        .collect::<Vec<_>>()
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layer::{Columns, Draft, GeoType, Layer, Row, Span};

    /// A layer of one area, from its rings.
    fn area(rings: &[(Part, [f64; 4])]) -> Layer {
        let mut draft = Draft {
            kind: Some(GeoType::MultiPolygon),
            ..Draft::default()
        };
        for &(part, [west, south, east, north]) in rings {
            let corners = [
                [west, south],
                [east, south],
                [east, north],
                [west, north],
                [west, south],
            ];
            draft.coords.extend(corners.map(LonLat::from));
            draft.end(part);
        }
        let none = Span::default();
        let row = Row {
            uid: crate::ids::AssetUid::minted("", "", ""),
            kind: 0,
            properties: none,
            code: none,
            name: none,
            street: none,
            grade: none,
        };
        let mut columns = Columns::default();
        columns.push(row, &draft);
        Layer::new(String::new(), columns)
    }

    #[test]
    fn areas_that_overlap_contain_what_either_contains() {
        let layer = area(&[
            (Part::Outer, [0.0, 0.0, 4.0, 4.0]),
            (Part::Hole, [1.0, 1.0, 2.0, 2.0]),
            (Part::Outer, [3.0, 3.0, 6.0, 6.0]),
        ]);
        let geometry = layer.geometry(0);
        let inside = |lon, lat| contains(&geometry, LonLat::new(lon, lat));
        assert!(inside(0.5, 0.5) && inside(3.5, 3.5) && inside(5.0, 5.0));
        assert!(!inside(1.5, 1.5) && !inside(5.0, 1.0) && !inside(7.0, 7.0));
        let local = Local::at(LonLat::new(3.5, 3.5));
        assert_eq!(distance(&geometry, &local, LonLat::new(3.5, 3.5)), 0.0);
    }

    #[test]
    fn the_inner_point_is_inside_even_of_a_ring_around_nothing() {
        let layer = area(&[
            (Part::Outer, [0.0, 0.0, 4.0, 4.0]),
            (Part::Hole, [1.0, 1.0, 3.0, 3.0]),
        ]);
        let geometry = layer.geometry(0);
        assert!(contains(&geometry, inner_point(&geometry)));
    }
}
