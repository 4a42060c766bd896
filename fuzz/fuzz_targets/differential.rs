//! Texts that `serde_json` and the `geojson` crate read. Our reader meets the same features, loads those
//! that can be used, and gives them the same coordinates and properties; the others it refuses.
//!
//! Left out is what two readers may take differently: a key twice in one object, and a `crs`.

#![no_main]

use geojson::{Feature, GeoJson, GeometryValue};
use libfuzzer_sys::fuzz_target;
use mendmap_core::city::City;
use mendmap_fuzz::{Run, any, catalog, expected, is_plain_json, runs};
use serde_json::{Map, Value};

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = str::from_utf8(bytes) else {
        return;
    };
    if !is_plain_json(text) {
        return;
    }
    let Ok(GeoJson::FeatureCollection(theirs)) = text.parse::<GeoJson>() else {
        return;
    };
    if theirs
        .foreign_members
        .iter()
        .any(|others| others.contains_key("crs"))
    {
        return;
    }
    let mut city = City::new(catalog().clone());
    let report = city.set_layer(&any(), bytes.to_vec());
    assert_eq!(
        (report.error.as_ref(), report.read),
        (None, theirs.features.len())
    );
    let usable = theirs
        .features
        .iter()
        .filter_map(|f| Some((f, expected(f)?)));
    let usable: Vec<_> = usable.collect();
    assert_eq!(report.loaded, usable.len(), "{report:?}");
    let exported = city.geojson(&any()).expect("it is loaded");
    let exported: Value = serde_json::from_str(&exported).expect("it is JSON");
    for (row, (feature, expected)) in usable.into_iter().enumerate() {
        let uid = city.uid_of(row as u64).expect("it is loaded");
        let ours = city.asset(&uid).expect("it is loaded").geometry;
        let ours: GeometryValue = serde_json::from_str(&ours).expect("it is a geometry");
        let theirs = &feature.geometry.as_ref().expect("it has one").value;
        assert_eq!(ours.type_name(), theirs.type_name());
        same_runs(&runs(&ours).expect("it is no collection"), &expected);
        same_properties(&exported["features"][row]["properties"], feature);
    }
});

/// The same positions in the same order, rings turned where they must be.
fn same_runs(ours: &[Run], theirs: &[Run]) {
    assert_eq!(ours.len(), theirs.len(), "{ours:?} {theirs:?}");
    for ((outer, ours), (is_outer, theirs)) in ours.iter().zip(theirs) {
        assert_eq!(outer, is_outer);
        let is_same = same(ours, theirs);
        let Some(outer) = outer else {
            assert!(is_same, "{ours:?} {theirs:?}");
            continue;
        };
        let mut turned = theirs.clone();
        turned.reverse();
        assert!(is_same || same(ours, &turned), "{ours:?} {theirs:?}");
        // The area of a figure of eight is rounding.
        let area = doubled_area(ours);
        assert!(if *outer { area > -1e-9 } else { area < 1e-9 }, "{ours:?}");
    }
}

/// Equal but for the last digit, which `serde_json` does not promise when our text is read.
fn same(ours: &[[f64; 2]], theirs: &[[f64; 2]]) -> bool {
    let near = |(a, b): (&[f64; 2], &[f64; 2])| (0..2).all(|i| (a[i] - b[i]).abs() < 1e-13);
    ours.len() == theirs.len() && ours.iter().zip(theirs).all(near)
}

fn doubled_area(ring: &[[f64; 2]]) -> f64 {
    let [x, y] = ring[0];
    let cross = |w: &[[f64; 2]]| (w[0][0] - x) * (w[1][1] - y) - (w[1][0] - x) * (w[0][1] - y);
    ring.windows(2).map(cross).sum()
}

/// All of them but the uid, which is given.
fn same_properties(ours: &Value, feature: &Feature) {
    let mut ours: Map<String, Value> = ours.as_object().expect("they are an object").clone();
    let mut theirs = feature.properties.clone().unwrap_or_default();
    for properties in [&mut ours, &mut theirs] {
        properties.remove("uid");
    }
    assert!(near(&ours.into(), &theirs.into()), "{feature:?}");
}

/// Equal but for the last digit of numbers.
fn near(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| near(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            let has = |(key, a): (&String, &Value)| b.get(key).is_some_and(|b| near(a, b));
            a.len() == b.len() && a.iter().all(has)
        }
        (Value::Number(a), Value::Number(b)) => {
            let (a, b) = (a.as_f64().unwrap_or(0.0), b.as_f64().unwrap_or(0.0));
            (a - b).abs() <= a.abs() * 1e-14
        }
        _ => a == b,
    }
}
