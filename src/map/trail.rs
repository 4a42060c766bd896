//! A recorded track on the map: what it covers, and where the phone was.

use super::handle::MapHandle;
use super::js::to_js;
use super::style::SKETCH;
use mendmap_core::geodesy::LonLat;
use serde_json::json;

impl MapHandle {
    /// Shows what is covered by thick lines and where the phone was by thin ones, which end where it
    /// is now. Unlike a drawing it leaves the meaning of a touch as it is.
    #[inline(never)]
    pub fn show_trail(&self, covered: &[Vec<LonLat>], trail: &[Vec<LonLat>]) {
        let lines = |lines: &[Vec<LonLat>], is_thin: bool| {
            let places =
                |line: &Vec<LonLat>| -> Vec<_> { line.iter().map(|at| [at.lon, at.lat]).collect() };
            let coordinates: Vec<_> = lines.iter().map(places).collect();
            json!({
                "type": "Feature",
                "properties": { "end": is_thin },
                "geometry": { "type": "MultiLineString", "coordinates": coordinates },
            })
        };
        let mut features = vec![lines(covered, false), lines(trail, true)];
        if let Some(at) = trail.iter().rev().find_map(|leg| leg.last()) {
            features.push(json!({
                "type": "Feature",
                "properties": { "end": true },
                "geometry": { "type": "Point", "coordinates": [at.lon, at.lat] },
            }));
        }
        let picture = json!({ "type": "FeatureCollection", "features": features });
        self.0.set_data(SKETCH, &to_js(&picture));
    }
}
