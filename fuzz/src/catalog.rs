//! A catalogue of one layer that takes any shape.

use mendmap_core::catalog::{Catalog, LayerId};
use serde_json::{Value, json};
use std::sync::LazyLock;

/// Its kinds: id, shape, what they locate.
pub const KINDS: [(&str, &str, Option<&str>); 3] = [
    ("manhole", "point", None),
    ("road", "line", Some("street")),
    ("community", "polygon", Some("community")),
];

/// The catalogue.
pub fn catalog() -> &'static Catalog {
    static MADE: LazyLock<Catalog> = LazyLock::new(made);
    &MADE
}

/// The id of its layer.
pub fn any() -> LayerId {
    LayerId("any".to_owned())
}

fn made() -> Catalog {
    let label = |id: &str| json!({"zh": id, "en": id});
    let kinds: Vec<Value> = KINDS
        .iter()
        .map(|(id, geometry, locates)| {
            json!({"id": id, "geometry": geometry, "label": label(id), "symbol": "dot",
                "colour": {"light": "#000000", "dark": "#ffffff"},
                "priority": 1, "locates": locates})
        })
        .collect();
    let ids = KINDS.map(|(id, ..)| id);
    serde_json::from_value(json!({
        "version": 1,
        "city": {"id": "220382", "label": label("city"), "zone": "Asia/Shanghai",
            "center": [123.5, 43.52], "bounds": [123.4, 43.4, 123.6, 43.6]},
        "asset_kinds": kinds, "units": [], "families": [], "work_kinds": [], "crews": [],
        "layers": [{"id": "any", "label": label("any"), "file": "any", "kinds": ids, "min_zoom": 0}],
    }))
    .expect("the catalogue is one")
}
