//! Streets of real cities.

use crate::geodesy::{Bbox, LonLat};
use crate::ids::AssetUid;
use crate::network::Network;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Streets of a real city.
pub(super) struct Real {
    pub(super) name: &'static str,
    pub(super) network: Network,
    /// What each street is called. The two sides of a wide one are called the same.
    pub(super) called: BTreeMap<AssetUid, String>,
}

/// The streets of two real cities, as OpenStreetMap has them, where the shared data is there:
/// the middle of Porto, grown, and Campo Grande, a grid.
pub(super) fn real() -> Vec<Real> {
    let Some(data) = data() else {
        return Vec::new();
    };
    let text = std::fs::read_to_string(data.join("osm/osm_dev_merge.geojson")).unwrap();
    let cities = [
        ("Porto", [-8.635, 41.14, -8.59, 41.165]),
        ("Campo Grande", [-54.6, -20.48, -54.56, -20.45]),
    ];
    let mut streets = [const { Vec::new() }; 2];
    let mut called = BTreeMap::new();
    for line in text.lines().filter(|line| is_street(line)) {
        let feature: Value = serde_json::from_str(line.trim_end_matches(',')).unwrap();
        let positions = feature["geometry"]["coordinates"].as_array().unwrap();
        let degrees = |p: &Value, k: usize| p[k].as_f64().unwrap();
        let places: Vec<LonLat> = positions
            .iter()
            .map(|p| LonLat::new(degrees(p, 0), degrees(p, 1)))
            .collect();
        let inside = |(_, bbox): &(_, [f64; 4])| Bbox::from(*bbox).contains(places[0]);
        if let Some(city) = cities.iter().position(inside) {
            let uid = AssetUid::minted("osm", "streets", feature["id"].as_str().unwrap());
            if let Some(name) = feature["properties"]["name"].as_str() {
                called.insert(uid, name.to_owned());
            }
            streets[city].push((uid, vec![places]));
        }
    }
    let cities = cities.into_iter().zip(streets);
    let real = cities.map(|((name, _), streets)| Real {
        name,
        network: Network::of(streets),
        called: called.clone(),
    });
    real.collect()
}

/// Whether a line of the file is a street that is drawn as a line. Most lines are looked at no
/// longer than it takes: the file is large and tests are not optimised.
fn is_street(line: &str) -> bool {
    const KEY: &str = "\"highway\":\"";
    const KINDS: [&str; 8] = [
        "residential",
        "living_street",
        "unclassified",
        "tertiary",
        "secondary",
        "primary",
        "pedestrian",
        "trunk",
    ];
    line.starts_with("{\"type\":\"Feature\",\"id\":\"way/")
        && line.contains("\"type\":\"LineString\"")
        && line.find(KEY).is_some_and(|at| {
            let kind = &line[at + KEY.len()..];
            KINDS.iter().any(|k| kind.starts_with(k))
        })
}

/// The shared data beside the workspace, which is not part of it.
fn data() -> Option<PathBuf> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    if !data.is_dir() {
        eprintln!("SKIPPED: no shared data at {}", data.display());
        return None;
    }
    Some(data)
}
