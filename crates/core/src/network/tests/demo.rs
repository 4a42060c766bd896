//! Lines of the demonstration city.

use crate::catalog::{AssetKindId, Catalog};
use crate::city::City;
use crate::network::Network;
use std::path::Path;
use std::sync::OnceLock;

/// The kinds that are streets.
pub(crate) const STREETS: [&str; 3] = ["road-arterial", "road-collector", "road-local"];

/// Lines of some kinds of the demonstration city, as it is served.
pub(crate) fn demo(kinds: &[&str]) -> Network {
    static CITY: OnceLock<City> = OnceLock::new();
    let city = CITY.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../public/city");
        let text = std::fs::read_to_string(folder.join("catalog.json")).unwrap();
        let mut city = City::new(serde_json::from_str::<Catalog>(&text).unwrap());
        for layer in ["roads", "pipes"] {
            let bytes = std::fs::read(folder.join(layer).with_extension("geojson")).unwrap();
            let report = city.set_layer(&layer.parse().unwrap(), bytes);
            assert_eq!((report.refused, report.error), (0, None));
        }
        city
    });
    let kinds: Vec<AssetKindId> = kinds.iter().map(|kind| kind.parse().unwrap()).collect();
    city.network(&kinds)
}
