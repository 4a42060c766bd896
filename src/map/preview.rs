//! A file on the map before it is in place.

use super::camera;
use super::handle::MapHandle;
use super::style::SKETCH;
use mendmap_core::geodesy::Bbox;

impl MapHandle {
    /// Shows geometries, given as texts of GeoJSON objects, as what is drawn is shown; none from now on
    /// where there are none. What is not JSON shows nothing.
    #[inline(never)]
    pub fn show_preview(&self, geometries: &[String]) {
        let feature = |geometry: &String| {
            format!(
                r#"{{"type":"Feature","properties":{{"end":false,"outline":true}},"geometry":{geometry}}}"#
            )
        };
        let features: Vec<String> = geometries.iter().map(feature).collect();
        let features = features.join(",");
        let text = format!(r#"{{"type":"FeatureCollection","features":[{features}]}}"#);
        if let Ok(data) = js_sys::JSON::parse(&text) {
            self.0.set_data(SKETCH, &data);
        }
    }

    /// Brings a whole box into what is free of the map.
    #[inline(never)]
    pub fn show_box(&self, bounds: Bbox) {
        camera::fit(&self.0.map, bounds, self.0.padding.get());
    }
}
