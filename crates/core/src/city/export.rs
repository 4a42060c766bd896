//! A layer as a GeoJSON file again, with what was amended.

use super::City;
use super::detail::geojson;
use super::loaded::AssetRef;
use crate::catalog::LayerId;
use crate::geodesy::LonLat;
use crate::ids::AssetUid;
use crate::layer::{GeoType, Geometry, Part};
use crate::log::Position;
use serde_json::{Map, Value, json};

impl City {
    /// A layer as a file for other programs: what was loaded of it, without what has gone, with what
    /// stands elsewhere there, and with what was added and counts. Each feature carries its uid in the
    /// layer's field for it, so that it stays the same asset when the file is put in the layer's place,
    /// wherever it then stands. What was refused or mended when the layer was read is not in it as it
    /// was. None of a layer that is not loaded.
    pub fn geojson(&self, id: &LayerId) -> Option<String> {
        let ordinal = self.ordinal_of(id)?;
        self.layers.get(ordinal)?.as_ref()?;
        let rows = self.loaded().filter(|(_, file, _)| file.id == *id);
        let rows = rows.flat_map(|(at, file, loaded)| {
            let rows = loaded.counted();
            rows.map(move |row| self.asset_ref(at, file, loaded, row))
        });
        let features: Vec<String> = rows.map(|asset| self.feature(ordinal, &asset)).collect();
        let features = features.join(",\n");
        Some(format!(
            "{{\"type\":\"FeatureCollection\",\"features\":[\n{features}\n]}}\n"
        ))
    }

    /// The geometry of one asset as the text of a GeoJSON object, with 7 decimals (1 cm); none of an asset
    /// that is not there.
    pub fn outline(&self, uid: &AssetUid) -> Option<String> {
        let asset = self.locate(uid)?;
        Some(outline(&asset.layer.geometry(asset.row)))
    }

    fn feature(&self, ordinal: usize, asset: &AssetRef) -> String {
        let (layer, row, fields) = (asset.layer, asset.row, asset.fields);
        let uid = layer.uid(row);
        let mut properties: Map<String, Value> = layer.properties(row).into_iter().collect();
        properties.insert(fields.uid.clone(), json!(uid));
        let base = self.layers.get(ordinal).and_then(Option::as_ref);
        if base.is_none_or(|base| base.layer.row_of(&uid).is_none()) {
            // It was added: its row says beside its properties what they would say in a file.
            let text = |text: Option<std::borrow::Cow<'_, str>>| Some(json!(text?));
            let known = [
                (&fields.kind, Some(json!(asset.kind().id))),
                (&fields.code, text(layer.code(row))),
                (&fields.name, text(layer.name(row))),
                (&fields.street, text(layer.street(row))),
            ];
            let known = known
                .into_iter()
                .filter_map(|(name, value)| Some((name.clone(), value?)));
            properties.extend(known);
        }
        let geometry = geojson(&layer.geometry(row));
        let properties = Value::Object(properties);
        format!("{{\"type\":\"Feature\",\"geometry\":{geometry},\"properties\":{properties}}}")
    }
}

/// A geometry as the text of a GeoJSON object, with 7 decimals.
pub(super) fn outline(geometry: &Geometry) -> String {
    let in_brackets = |all: Vec<String>| format!("[{}]", all.join(","));
    let position = |at: &LonLat| {
        // What is not on earth was not loaded.
        let at = Position::from_degrees(at.lon, at.lat);
        at.map_or_else(|| "[]".to_owned(), |at| at.geojson())
    };
    let run = |run: &[LonLat]| in_brackets(run.iter().map(position).collect());
    let runs = || geometry.parts().map(|(_, part)| run(part));
    let kind = geometry.kind();
    let coordinates = match kind {
        GeoType::Point => geometry.coords().first().map(position).unwrap_or_default(),
        GeoType::MultiPoint | GeoType::LineString => run(geometry.coords()),
        GeoType::MultiLineString | GeoType::Polygon => in_brackets(runs().collect()),
        GeoType::MultiPolygon => {
            let mut polygons: Vec<Vec<String>> = Vec::new();
            for (part, ring) in geometry.parts() {
                match polygons.last_mut() {
                    Some(polygon) if part == Part::Hole => polygon.push(run(ring)),
                    _ => polygons.push(vec![run(ring)]),
                }
            }
            in_brackets(polygons.into_iter().map(in_brackets).collect())
        }
    };
    let kind = kind.name();
    format!("{{\"type\":\"{kind}\",\"coordinates\":{coordinates}}}")
}
