//! One asset in full.

use super::loaded::AssetRef;
use super::{Asset, AssetSummary, City};
use crate::catalog::GeometryType;
use crate::geodesy::{LonLat, area_m2, length_m};
use crate::ids::AssetUid;
use crate::layer::{GeoType, Geometry, Part};
use geojson::GeometryValue;
use serde_json::Value;

impl City {
    /// Everything known of an asset.
    pub fn asset(&self, uid: &AssetUid) -> Option<Asset> {
        Some(whole(&self.locate(uid)?))
    }

    /// What a list shows of an asset.
    pub fn summary(&self, uid: &AssetUid) -> Option<AssetSummary> {
        self.locate(uid).map(|asset| asset.summary())
    }
}

/// Everything known of a row.
pub(super) fn whole(asset: &AssetRef) -> Asset {
    let geometry = asset.layer.geometry(asset.row);
    let shape = geometry.shape();
    Asset {
        summary: asset.summary(),
        geometry: geojson(&geometry),
        properties: asset
            .layer
            .properties(asset.row)
            .into_iter()
            .filter_map(|(name, value)| Some((name, plain(value)?)))
            .collect(),
        meant: asset.meant(),
        length_m: (shape == GeometryType::Line).then(|| length(&geometry)),
        area_m2: (shape == GeometryType::Polygon).then(|| area(&geometry)),
    }
}

/// Geodesic length of a line's parts together.
fn length(geometry: &Geometry) -> f64 {
    geometry.parts().map(|(_, run)| length_m(run)).sum()
}

/// Geodesic area of an area's parts together, without its holes.
fn area(geometry: &Geometry) -> f64 {
    geometry
        .parts()
        .map(|(part, run)| {
            let area = area_m2(&[run.to_vec()]);
            if part == Part::Hole { -area } else { area }
        })
        .sum()
}

/// A value for people; nothing for null.
pub(super) fn plain(value: Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text),
        Value::Array(items) => {
            let items: Vec<String> = items.into_iter().filter_map(plain).collect();
            Some(items.join(" · "))
        }
        other => Some(other.to_string()),
    }
}

/// The geometry as the text of a GeoJSON object.
pub(super) fn geojson(geometry: &Geometry) -> String {
    let position = |p: &LonLat| [p.lon, p.lat];
    let points = || geometry.coords().iter().map(position);
    let runs = || geometry.parts().map(|(_, run)| run.iter().map(position));
    let value = match geometry.kind() {
        GeoType::Point => GeometryValue::new_point(points().next().unwrap_or_default()),
        GeoType::MultiPoint => GeometryValue::new_multi_point(points()),
        GeoType::LineString => GeometryValue::new_line_string(points()),
        GeoType::MultiLineString => GeometryValue::new_multi_line_string(runs()),
        GeoType::Polygon => GeometryValue::new_polygon(runs()),
        GeoType::MultiPolygon => {
            let mut polygons: Vec<Vec<_>> = Vec::new();
            for (part, run) in geometry.parts() {
                let run = run.iter().map(position);
                match polygons.last_mut() {
                    Some(polygon) if part == Part::Hole => polygon.push(run),
                    _ => polygons.push(vec![run]),
                }
            }
            GeometryValue::new_multi_polygon(polygons)
        }
    };
    // Numbers and arrays always are JSON.
    serde_json::to_string(&value).unwrap_or_default()
}
