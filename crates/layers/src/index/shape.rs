//! Exact geometry of one feature: distance, containment, touching, and a point on it.

use crate::catalog::GeometryType;
use crate::geodesy::local::{distance as apart, lerp, segment_distance};
use crate::geodesy::{Bbox, Local, LonLat};
use crate::layer::{Geometry, Part};
use crate::order;
use geo::Centroid;
use geo_types::{Coord, LineString};

/// Metres from a place to a geometry; 0 inside an area.
pub(super) fn distance(geometry: &Geometry, local: &Local, at: LonLat) -> f64 {
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
pub fn contains(geometry: &Geometry, p: LonLat) -> bool {
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
pub fn intersects(geometry: &Geometry, b: &Bbox) -> bool {
    geometry.parts().any(|(part, run)| match part {
        Part::Points => run.iter().any(|&p| b.contains(p)),
        _ => segments(part, run).any(|w| segment_meets(w[0], w[1], b)),
    }) || (geometry.shape() == GeometryType::Polygon && contains(geometry, b.center()))
}

/// A point on it: the first of points, the middle of the longest line, a point
/// inside the first area.
pub fn inner_point(geometry: &Geometry) -> LonLat {
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
        odd ^= crossing(w[0], w[1], p.lat).is_some_and(|lon| p.lon < lon);
    }
    odd
}

/// The longitude at which a segment passes a latitude, if it does.
fn crossing(a: LonLat, b: LonLat, lat: f64) -> Option<f64> {
    let passes = (a.lat > lat) != (b.lat > lat);
    passes.then(|| a.lon + (lat - a.lat) / (b.lat - a.lat) * (b.lon - a.lon))
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

/// A point inside an area: the middle of its outer ring where that is inside, which
/// is cheap and looks best, else the middle of its widest stretch halfway up.
fn inside(geometry: &Geometry) -> Option<LonLat> {
    let mut parts = geometry.parts();
    let (_, outer) = parts.next()?;
    let middle = line_string(outer).centroid();
    let middle = middle.map(|c| LonLat::new(c.x(), c.y()));
    middle.filter(|&c| contains(geometry, c)).or_else(|| {
        let mut rings = vec![outer];
        rings.extend(parts.map_while(|(part, run)| (part == Part::Hole).then_some(run)));
        widest(&rings)
    })
}

/// The middle of the widest stretch inside an area's rings, halfway up the first. The
/// same point as `geo::InteriorPoint`, which brings the whole of DE-9IM along to ask
/// whether it is inside; between the first and the second crossing it is.
fn widest(rings: &[&[LonLat]]) -> Option<LonLat> {
    let lat = level(rings)?;
    let mut crossings = Vec::new();
    for ring in rings {
        let segments = ring.windows(2);
        crossings.extend(segments.filter_map(|w| crossing(w[0], w[1], lat)));
    }
    order::sort_by(&mut crossings, f64::total_cmp);
    let width = |pair: &[f64]| pair[1] - pair[0];
    let pairs = crossings.chunks_exact(2).rev();
    let widest = pairs.max_by(|a, b| width(a).total_cmp(&width(b)))?;
    Some(LonLat::new((widest[0] + widest[1]) / 2.0, lat))
}

/// The latitude halfway up the first of an area's rings; where a corner lies on it, as
/// far again towards the nearest corner that does not.
fn level(rings: &[&[LonLat]]) -> Option<f64> {
    let outer = Bbox::around(rings.first()?.iter().copied())?;
    let half = (outer.south + outer.north) / 2.0;
    let (mut on_corner, mut nearest) = (false, None);
    for corner in rings.iter().copied().flatten() {
        let apart = (corner.lat - half).abs();
        on_corner |= apart == 0.0;
        if apart > 0.0 && nearest.is_none_or(|(known, _)| apart < known) {
            nearest = Some((apart, corner.lat));
        }
    }
    match nearest {
        Some((_, lat)) if on_corner => Some((half + lat) / 2.0),
        _ => Some(half),
    }
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
    use crate::layer::{Columns, Draft, GeoType, LOOSE, Layer, Said};

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
        let mut columns = Columns::default();
        columns.push(0, &draft);
        let mut said = Said::default();
        said.push(LOOSE, std::iter::repeat_n("", 5));
        Layer::new(said, columns, crate::layer::Uids::default())
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
