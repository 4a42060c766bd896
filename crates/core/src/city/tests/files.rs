//! Real files: nothing panics, everything is accounted for, and what is loaded
//! is what the geojson crate reads.

use super::fixture::{catalog, layer};
use crate::city::City;
use geo::Area;
use geo_types::{Coord, LineString};
use geojson::{Feature, GeoJson, GeometryValue, Position};
use std::path::{Path, PathBuf};

#[test]
fn every_file_is_loaded_as_others_read_it() {
    let Some(data) = data() else { return };
    let mut all = Vec::new();
    files(&data, &mut all);
    assert!(all.len() > 150, "{}", all.len());
    let mut compared = 0;
    for path in all {
        let text = std::fs::read_to_string(&path).unwrap();
        let mut city = City::new(catalog());
        let report = city.set_layer(&layer("any"), text.clone().into_bytes());
        assert_eq!(report.loaded + report.refused, report.read, "{path:?}");
        let Ok(theirs) = text.parse::<GeoJson>() else {
            assert!(report.error.is_some(), "{path:?}");
            continue;
        };
        let features = features(theirs);
        assert_eq!(report.read, features.len(), "{path:?}");
        let usable = features.iter().filter_map(|f| Some((f, usable(f)?)));
        let mut rows = 0;
        for (row, (feature, geometry)) in (0..).zip(usable) {
            let ours = city
                .uid_of((4 << 24) + row)
                .and_then(|uid| city.asset(&uid));
            let ours = ours.unwrap_or_else(|| panic!("{path:?} {feature:?}"));
            same_geometry(&ours.geometry, geometry, &path);
            let theirs = feature.properties.iter().flatten();
            let theirs = theirs
                .filter(|(_, value)| !value.is_null())
                .map(|(key, value)| {
                    let text = value
                        .as_str()
                        .map_or_else(|| value.to_string(), str::to_owned);
                    (key.clone(), text)
                });
            assert!(
                ours.properties.iter().cloned().eq(theirs),
                "{path:?} {feature:?}"
            );
            rows += 1;
        }
        assert_eq!(report.loaded, rows, "{path:?}");
        compared += rows;
    }
    assert!(compared > 88_000, "{compared}");
}

/// The demonstration city as it is served: nothing to mend, nothing to refuse.
#[test]
fn the_demonstration_city_is_clean() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public/city");
    let text = std::fs::read_to_string(folder.join("catalog.json")).unwrap();
    let catalog: crate::catalog::Catalog = serde_json::from_str(&text).unwrap();
    let layers = catalog.layers.clone();
    let mut city = City::new(catalog);
    for file in layers {
        let report = city.set_layer(&file.id, std::fs::read(folder.join(&file.file)).unwrap());
        assert!(
            report.loaded > 0 && report.problems.is_empty(),
            "{report:?}"
        );
        assert_eq!((report.refused, report.error), (0, None));
    }
    let place = city.where_is(city.catalog().city.center.into());
    assert!(place.street.is_some(), "{place:?}");
}

/// The shared data beside the workspace, which is not part of it.
pub(super) fn data() -> Option<PathBuf> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    if !data.is_dir() {
        eprintln!("SKIPPED: no shared data at {}", data.display());
        return None;
    }
    Some(data)
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => files(&path, found),
            false => found.push(path),
        }
    }
}

fn features(file: GeoJson) -> Vec<Feature> {
    match file {
        GeoJson::FeatureCollection(collection) => collection.features,
        GeoJson::Feature(feature) => vec![feature],
        GeoJson::Geometry(geometry) => vec![Feature {
            geometry: Some(geometry),
            bbox: None,
            id: None,
            properties: None,
            foreign_members: None,
        }],
    }
}

/// The geometry, where it is one that should be loaded.
fn usable(feature: &Feature) -> Option<&GeometryValue> {
    let geometry = &feature.geometry.as_ref()?.value;
    let on_globe = |run: &Vec<Position>| {
        run.iter()
            .all(|p| p[0].abs() <= 180.0 && p[1].abs() <= 90.0)
    };
    let line = |run: &Vec<Position>| run.len() > 1 && on_globe(run);
    let ring = |run: &Vec<Position>| run.len() > 3 && on_globe(run);
    let usable = match geometry {
        GeometryValue::Point { coordinates } => on_globe(&vec![coordinates.clone()]),
        GeometryValue::MultiPoint { coordinates } => on_globe(coordinates),
        GeometryValue::LineString { coordinates } => line(coordinates),
        GeometryValue::MultiLineString { coordinates } => coordinates.iter().all(line),
        GeometryValue::Polygon { coordinates } => coordinates.iter().all(ring),
        GeometryValue::MultiPolygon { coordinates } => coordinates.iter().flatten().all(ring),
        GeometryValue::GeometryCollection { .. } => false,
    };
    usable.then_some(geometry)
}

/// The same positions in the same order, rings turned where they must be.
fn same_geometry(ours: &str, theirs: &GeometryValue, path: &Path) {
    let ours: GeometryValue = serde_json::from_str(ours).unwrap();
    let (mut a, mut b) = (Vec::new(), Vec::new());
    assert_eq!(runs(&ours, &mut a), runs(theirs, &mut b), "{path:?}");
    assert_eq!(a.len(), b.len(), "{path:?}");
    for ((outer, ours), (_, theirs)) in a.into_iter().zip(b) {
        let theirs: Vec<_> = theirs.iter().map(|p| [p[0], p[1]]).collect();
        let mut ours: Vec<_> = ours.iter().map(|p| [p[0], p[1]]).collect();
        let Some(outer) = outer else {
            assert!(same(&ours, &theirs), "{path:?} {ours:?} {theirs:?}");
            continue;
        };
        let ring: LineString<f64> = ours.iter().map(|&[x, y]| Coord { x, y }).collect();
        let area = geo_types::Polygon::new(ring, vec![]).signed_area();
        // The area of a figure of eight is rounding.
        assert!(
            if outer { area > -1e-12 } else { area < 1e-12 },
            "{path:?} {area}"
        );
        if !same(&ours, &theirs) {
            ours.reverse();
        }
        assert!(same(&ours, &theirs), "{path:?} {ours:?} {theirs:?}");
    }
}

/// Equal but for the last digit, which `serde_json` does not promise and we do.
fn same(ours: &[[f64; 2]], theirs: &[[f64; 2]]) -> bool {
    let near = |(a, b): (&[f64; 2], &[f64; 2])| (0..2).all(|i| (a[i] - b[i]).abs() < 1e-13);
    ours.len() == theirs.len() && ours.iter().zip(theirs).all(near)
}

/// The runs of positions, whether each is an outer ring or a hole or neither,
/// and the name of the type.
fn runs<'g>(
    geometry: &'g GeometryValue,
    found: &mut Vec<(Option<bool>, &'g [Position])>,
) -> &'static str {
    use std::slice::from_ref;
    match geometry {
        GeometryValue::Point { coordinates } => found.push((None, from_ref(coordinates))),
        GeometryValue::MultiPoint { coordinates } | GeometryValue::LineString { coordinates } => {
            found.push((None, coordinates));
        }
        GeometryValue::MultiLineString { coordinates } => {
            found.extend(coordinates.iter().map(|run| (None, run.as_slice())));
        }
        GeometryValue::Polygon { coordinates } => found.extend(rings(coordinates)),
        GeometryValue::MultiPolygon { coordinates } => {
            found.extend(coordinates.iter().flat_map(|polygon| rings(polygon)));
        }
        GeometryValue::GeometryCollection { .. } => {}
    }
    geometry.type_name()
}

fn rings(rings: &[Vec<Position>]) -> impl Iterator<Item = (Option<bool>, &[Position])> {
    rings
        .iter()
        .enumerate()
        .map(|(i, ring)| (Some(i == 0), ring.as_slice()))
}
