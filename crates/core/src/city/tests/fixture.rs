//! A small catalogue and files for it.

use crate::catalog::{Catalog, LayerId};
use crate::city::City;
use serde_json::{Value, json};

/// Kinds of the fixture: id, shape, priority, what they locate.
const KINDS: [(&str, &str, u8, Option<&str>); 5] = [
    ("manhole", "point", 5, None),
    ("lamp", "point", 3, None),
    ("pipe", "line", 3, None),
    ("road", "line", 1, Some("street")),
    ("community", "polygon", 1, Some("community")),
];

/// Layers of the fixture and the kinds they hold.
const LAYERS: [(&str, &[&str]); 4] = [
    ("points", &["manhole", "lamp"]),
    ("pipes", &["pipe"]),
    ("roads", &["road"]),
    ("communities", &["community"]),
];

/// A catalogue of the fixture's layers, one that takes any shape, and one that
/// is drawn from zoom 15 on.
pub(super) fn catalog() -> Catalog {
    let label = |id: &str| json!({"zh": id, "en": id});
    let kinds: Vec<Value> = KINDS
        .iter()
        .map(|(id, geometry, priority, locates)| {
            json!({"id": id, "geometry": geometry, "label": label(id), "symbol": "dot",
                "colour": {"light": "#000000", "dark": "#ffffff"},
                "priority": priority, "locates": locates})
        })
        .collect();
    let any: &[&str] = &["manhole", "road", "community"];
    let lamps: &[&str] = &["lamp"];
    let layers: Vec<Value> = (LAYERS
        .iter()
        .copied()
        .chain([("any", any), ("late", lamps)]))
    .map(|(id, kinds)| {
        let min_zoom = if id == "late" { 15 } else { 0 };
        json!({"id": id, "label": label(id), "file": id, "kinds": kinds, "min_zoom": min_zoom})
    })
    .collect();
    serde_json::from_value(json!({
        "version": 1,
        "city": {"id": "220382", "label": label("city"), "zone": "Asia/Shanghai",
            "center": [123.5, 43.52], "bounds": [123.4, 43.4, 123.6, 43.6]},
        "asset_kinds": kinds, "units": [], "families": [], "work_kinds": [],
        "crews": [], "layers": layers,
    }))
    .unwrap()
}

/// The id of a layer.
pub(super) fn layer(id: &str) -> LayerId {
    LayerId(id.to_owned())
}

/// A feature.
pub(super) fn feature(geometry: Value, properties: Value) -> Value {
    json!({"type": "Feature", "geometry": geometry, "properties": properties})
}

/// A file of features.
pub(super) fn collection(features: &[Value]) -> Vec<u8> {
    json!({"type": "FeatureCollection", "features": features})
        .to_string()
        .into_bytes()
}

/// A city with one layer loaded from features that are all good.
pub(super) fn city(layers: &[(&str, &[Value])]) -> City {
    let mut city = City::new(catalog());
    for (id, features) in layers {
        let report = city.set_layer(&layer(id), collection(features));
        assert_eq!((report.loaded, report.error), (features.len(), None));
    }
    city
}
