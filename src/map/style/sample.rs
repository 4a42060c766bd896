//! A small catalogue for the tests of the map.

use mendmap_core::catalog::Catalog;
use serde_json::json;

/// Kinds of every geometry and drawing, one of them with a symbol nobody has drawn.
pub(crate) fn catalog() -> Catalog {
    let kind = |id: &str, geometry: &str, symbol: &str| {
        json!({
            "id": id, "geometry": geometry, "symbol": symbol,
            "label": { "zh": format!("食{id}"), "en": id },
            "colour": { "light": "#113355", "dark": "#99bbdd" },
        })
    };
    let layer = |id: &str, kinds: &[&str], min_zoom: u8| {
        json!({
            "id": id, "label": { "zh": id, "en": id }, "file": format!("{id}.geojson"),
            "kinds": kinds, "min_zoom": min_zoom,
        })
    };
    let value = json!({
        "format": 1,
        "version": 1,
        "city": {
            "id": "220382", "label": { "zh": "双辽", "en": "Shuangliao" },
            "zone": "Asia/Shanghai", "center": [123.5, 43.52],
            "bounds": [123.45, 43.48, 123.55, 43.56], "demonstration": true,
        },
        "asset_kinds": [
            kind("road-main", "line", "road"),
            kind("storm-drain", "point", "grate"),
            kind("pump-storm", "point", "pump"),
            kind("canteen", "point", "canteen"),
            kind("community-renovated", "polygon", "house"),
            kind("community-heated", "polygon", "heat"),
            kind("pipe-storm", "line", "pipe"),
            kind("pipe-sewage", "line", "pipe"),
            kind("river", "polygon", "water"),
            kind("railway", "line", "rail"),
            kind("fence", "line", "fence"),
        ],
        "units": [], "families": [], "work_kinds": [], "crews": [],
        "layers": [
            layer("roads", &["road-main"], 10),
            layer("drains", &["storm-drain"], 14),
            layer("pumps", &["pump-storm", "canteen"], 11),
            layer("communities", &["community-renovated"], 11),
            layer("heated", &["community-heated"], 11),
            layer("pipes", &["pipe-storm", "pipe-sewage"], 13),
            layer("ground", &["river", "railway", "fence"], 8),
        ],
    });
    serde_json::from_value(value).expect("the sample is a catalogue")
}
