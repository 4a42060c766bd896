//! The city as its files show it: read back from GeoJSON, not from our structs.

mod counts;
mod files;
mod records;
mod topology;

use geo::{Coord, LineString, Polygon};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// A seed other than that of the committed city: nothing may hold by luck.
const OTHER_SEED: u64 = 7;

/// Layers by id, each the features of its file.
struct City(BTreeMap<String, Vec<Value>>);

impl City {
    fn read(files: &[(String, String)]) -> City {
        let layers = files.iter().map(|(file, text)| {
            let mut collection: Value = serde_json::from_str(text).expect("is JSON");
            let Value::Array(features) = collection["features"].take() else {
                panic!("{file} has no features");
            };
            (file.trim_end_matches(".geojson").to_string(), features)
        });
        City(layers.collect())
    }

    fn layer(&self, id: &str) -> &[Value] {
        &self.0[id]
    }

    fn all(&self) -> impl Iterator<Item = &Value> {
        self.0.values().flatten()
    }

    fn kind<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Value> {
        self.all().filter(move |f| f["properties"]["kind"] == kind)
    }

    fn count(&self, kind: &str) -> usize {
        self.kind(kind).count()
    }

    /// Streets by name: their line in metres and their width.
    fn streets(&self) -> BTreeMap<&str, (LineString, f64)> {
        self.layer("roads")
            .iter()
            .map(|f| {
                let width = f["properties"]["width_m"].as_f64().expect("a width");
                (text(f, "ObjName"), (line(f), width))
            })
            .collect()
    }
}

/// The files of the committed city and of another, made once.
fn made() -> &'static [Vec<(String, String)>; 2] {
    static MADE: OnceLock<[Vec<(String, String)>; 2]> = OnceLock::new();
    MADE.get_or_init(|| [super::SEED, OTHER_SEED].map(super::layers))
}

/// Both cities, read once.
fn cities() -> &'static [City; 2] {
    static CITIES: OnceLock<[City; 2]> = OnceLock::new();
    CITIES.get_or_init(|| made().each_ref().map(|files| City::read(files)))
}

fn text<'a>(feature: &'a Value, key: &str) -> &'a str {
    feature["properties"][key]
        .as_str()
        .unwrap_or_else(|| panic!("{key} of {feature}"))
}

fn number(feature: &Value, key: &str) -> f64 {
    feature["properties"][key]
        .as_f64()
        .unwrap_or_else(|| panic!("{key} of {feature}"))
}

/// Metres from the centre of town, near enough for distances on a street.
fn metres(position: &Value) -> Coord {
    let degrees = |k: usize| position[k].as_f64().expect("a number");
    Coord {
        x: (degrees(0) - 123.5) * 80_850.0,
        y: (degrees(1) - 43.52) * 111_103.0,
    }
}

fn place(feature: &Value) -> Coord {
    metres(&feature["geometry"]["coordinates"])
}

fn ring(positions: &Value) -> LineString {
    positions
        .as_array()
        .expect("positions")
        .iter()
        .map(metres)
        .collect()
}

fn line(feature: &Value) -> LineString {
    ring(&feature["geometry"]["coordinates"])
}

fn polygon(feature: &Value) -> Polygon {
    Polygon::new(ring(&feature["geometry"]["coordinates"][0]), Vec::new())
}
