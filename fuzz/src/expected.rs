//! What our reader has to make of a geometry that the `geojson` crate read.

use crate::KINDS;
use geojson::{Feature, GeometryValue, Position};

/// A run of positions, and where it is a ring whether it is an outer one.
pub type Run = (Option<bool>, Vec<[f64; 2]>);

/// The runs of a geometry that is to be loaded, rings closed and turned as they stand; none where it
/// is to be refused.
pub fn expected(feature: &Feature) -> Option<Vec<Run>> {
    let geometry = &feature.geometry.as_ref()?.value;
    let runs = runs(geometry)?;
    let places = || runs.iter().flat_map(|(_, run)| run);
    let is_on_globe = places().all(|[x, y]| x.abs() <= 180.0 && y.abs() <= 90.0);
    if places().next().is_none() || !is_on_globe {
        return None;
    }
    fits(feature, geometry).then_some(())?;
    match geometry {
        GeometryValue::LineString { .. } | GeometryValue::MultiLineString { .. } => {
            let is_line = |(_, run): &Run| run.len() > 1;
            runs.iter().all(is_line).then_some(runs)
        }
        GeometryValue::Polygon { .. } | GeometryValue::MultiPolygon { .. } => rings(runs),
        _ => Some(runs),
    }
}

/// The runs of a geometry as they stand.
pub fn runs(geometry: &GeometryValue) -> Option<Vec<Run>> {
    // A position that lacks a number is nowhere on the globe.
    let place = |p: &Position| [0, 1].map(|axis| p.as_slice().get(axis).copied().unwrap_or(f64::NAN));
    let run = |run: &[Position]| run.iter().map(place).collect::<Vec<_>>();
    let polygon = |rings: &[Vec<Position>]| -> Vec<Run> {
        let rings = rings.iter().enumerate();
        rings.map(|(i, ring)| (Some(i == 0), run(ring))).collect()
    };
    Some(match geometry {
        GeometryValue::Point { coordinates } => {
            vec![(None, vec![place(coordinates)])]
        }
        GeometryValue::MultiPoint { coordinates } | GeometryValue::LineString { coordinates } => {
            vec![(None, run(coordinates))]
        }
        GeometryValue::MultiLineString { coordinates } => {
            coordinates.iter().map(|line| (None, run(line))).collect()
        }
        GeometryValue::Polygon { coordinates } => polygon(coordinates),
        GeometryValue::MultiPolygon { coordinates } => coordinates
            .iter()
            .flat_map(|rings| polygon(rings))
            .collect(),
        GeometryValue::GeometryCollection { .. } => return None,
    })
}

/// Rings closed, holes that are too short left out; none where an outer one is.
fn rings(runs: Vec<Run>) -> Option<Vec<Run>> {
    let mut all = Vec::new();
    for (outer, mut ring) in runs {
        if ring.len() > 1 && ring.first() == ring.last() {
            ring.pop();
        }
        match (ring.len() < 3, outer) {
            (true, Some(true)) => return None,
            (true, _) => continue,
            (false, _) => ring.push(ring[0]),
        }
        all.push((outer, ring));
    }
    Some(all)
}

/// Whether the kind that a feature names, where there is such a kind, is one of its shape.
fn fits(feature: &Feature, geometry: &GeometryValue) -> bool {
    let named = feature.property("kind").and_then(|kind| kind.as_str());
    let named = KINDS
        .iter()
        .find(|kind| named.map(str::trim) == Some(kind.0));
    let shape = match geometry {
        GeometryValue::Point { .. } | GeometryValue::MultiPoint { .. } => "point",
        GeometryValue::LineString { .. } | GeometryValue::MultiLineString { .. } => "line",
        _ => "polygon",
    };
    named.is_none_or(|kind| kind.1 == shape)
}
