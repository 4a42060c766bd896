//! Bytes that nobody meant: nothing panics, and the counts add up.

use super::fixture::{catalog, layer};
use crate::city::{City, Filter, TileId};
use crate::geodesy::{Bbox, LonLat};
use proptest::prelude::*;
use serde_json::{Value, json};

/// Loads the bytes and asks everything there is to ask.
fn survives(bytes: Vec<u8>) -> usize {
    let mut city = City::new(catalog());
    let report = city.set_layer(&layer("any"), bytes);
    assert_eq!(report.loaded + report.refused, report.read);
    let tallied = |severity| -> usize {
        let problems = report.problems.iter().filter(|t| t.severity == severity);
        problems.map(|t| t.count).sum()
    };
    assert_eq!(tallied(crate::city::Severity::Refused), report.refused);
    assert!(tallied(crate::city::Severity::Mended) >= report.mended);
    let at = LonLat::new(0.5, 0.5);
    let everything = Bbox::from([-180.0, -90.0, 180.0, 90.0]);
    let all = Filter::all();
    assert_eq!(
        city.nearest(at, 0, Some(everything), &all).total,
        report.loaded
    );
    let nearest = city.nearest(at, usize::MAX, None, &all);
    assert_eq!(
        (nearest.total, nearest.hits.len()),
        (report.loaded, report.loaded)
    );
    for hit in &nearest.hits {
        assert!(city.asset(&hit.asset.uid).is_some());
        assert!(hit.asset.at.is_valid(), "{hit:?}");
    }
    city.tap(at, 1e5, &[layer("any")]);
    city.along(&[at, LonLat::new(1.0, 1.0)], 1e4, &Filter::all());
    city.within(
        &[vec![at, LonLat::new(1.0, 1.0), LonLat::new(0.0, 1.0)]],
        &Filter::all(),
    );
    city.search("a", 5, None);
    for (z, x, y) in [
        (0, 0, 0),
        (1, 1, 0),
        (8, 128, 127),
        (22, 1 << 21, (1 << 21) - 1),
    ] {
        super::decode::decode(city.tile(TileId { z, x, y }));
    }
    report.loaded
}

/// Numbers of all sizes, and things that are none.
fn number() -> impl Strategy<Value = Value> {
    prop_oneof![
        8 => (-3.0..3.0f64).prop_map(Value::from),
        2 => (-1000i32..1000).prop_map(Value::from),
        1 => any::<f64>().prop_map(|x| serde_json::Number::from_f64(x).map_or(Value::Null, Value::from)),
        1 => prop_oneof![Just(Value::Null), Just(json!("1")), Just(json!([])), Just(json!({}))],
    ]
}

fn nested(depth: u32) -> BoxedStrategy<Value> {
    match depth {
        0 => prop::collection::vec(number(), 2..3)
            .prop_map(Value::from)
            .boxed(),
        _ => prop::collection::vec(nested(depth - 1), 0..6)
            .prop_map(Value::from)
            .boxed(),
    }
}

/// Features as they might come from a careless hand.
fn careless() -> impl Strategy<Value = Value> {
    let types = prop::sample::select(vec![
        "Point",
        "MultiPoint",
        "LineString",
        "MultiLineString",
        "Polygon",
        "MultiPolygon",
        "GeometryCollection",
        "Blob",
    ]);
    let coordinates = (0..4u32).prop_flat_map(nested);
    let text = prop_oneof![
        Just(json!("A1")),
        "[a-zé\"\\\\]{0,5}".prop_map(Value::from),
        Just(json!(7))
    ];
    (types, coordinates, text.clone(), text).prop_map(|(kind, coordinates, code, name)| {
        json!({"type": "Feature", "geometry": {"type": kind, "coordinates": coordinates},
            "properties": {"ObjID": code, "ObjName": name}})
    })
}

/// Rings of the right depth, so that many features are loaded.
fn likely() -> impl Strategy<Value = Value> {
    let place = || prop::collection::vec(-1.0..1.0f64, 2..4);
    let run = || prop::collection::vec(place(), 1..8);
    prop_oneof![
        place().prop_map(|c| json!({"type": "Point", "coordinates": c})),
        run().prop_map(|c| json!({"type": "LineString", "coordinates": c})),
        prop::collection::vec(run(), 1..3)
            .prop_map(|c| json!({"type": "Polygon", "coordinates": c})),
    ]
    .prop_map(|geometry| json!({"type": "Feature", "geometry": geometry}))
}

fn file() -> impl Strategy<Value = String> {
    prop::collection::vec(prop_oneof![careless(), likely()], 0..6)
        .prop_map(|features| json!({"type": "FeatureCollection", "features": features}).to_string())
}

proptest! {
    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        survives(bytes);
    }

    #[test]
    fn any_likely_characters(text in r#"[\[\]{}",:\\0-9.eE+a \n-]{0,80}"#) {
        survives(format!(r#"{{"type":"FeatureCollection","features":[{text}]}}"#).into_bytes());
        survives(format!(r#"{{"type":"Feature","geometry":{{"type":"Polygon","coordinates":{text}}}}}"#).into_bytes());
    }

    #[test]
    fn careless_files(file in file()) {
        survives(file.into_bytes());
    }

    #[test]
    fn files_with_a_byte_changed_moved_or_lost(
        file in file(),
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3u8), 1..4),
    ) {
        let mut bytes = file.into_bytes();
        for (place, byte, edit) in edits {
            let place = place.index(bytes.len());
            match edit {
                0 => bytes[place] = byte,
                1 => bytes.insert(place, byte),
                _ => drop(bytes.remove(place)),
            }
        }
        survives(bytes);
    }

    #[test]
    fn likely_files_load(features in prop::collection::vec(likely(), 4..9)) {
        let lines = features.iter().filter(|f| f["geometry"]["type"] == "Point").count();
        prop_assert!(survives(super::fixture::collection(&features)) >= lines);
    }
}

/// Questions about places that are none.
#[test]
fn no_place_is_no_trap() {
    let mut city = City::new(catalog());
    let point = |lon: f64| json!({"type": "Point", "coordinates": [lon, 0.0]});
    let features: Vec<_> = (0..9)
        .map(|i| super::fixture::feature(point(f64::from(i)), Value::Null))
        .collect();
    city.set_layer(&layer("any"), super::fixture::collection(&features));
    let all = Filter::all();
    for odd in [f64::NAN, f64::INFINITY, -1e300, 181.0] {
        for at in [
            LonLat::new(odd, 0.0),
            LonLat::new(0.0, odd),
            LonLat::new(odd, odd),
        ] {
            let ring = vec![at, LonLat::new(0.0, 1.0), LonLat::new(1.0, 0.0)];
            assert_eq!(city.nearest(at, 5, None, &all).hits, []);
            assert_eq!(city.tap(at, 10.0, &[layer("any")]), []);
            assert_eq!(city.along(&ring, 10.0, &all), []);
            assert_eq!(city.within(&[ring.clone(), ring], &all), []);
            city.nearest(at, 5, Some(Bbox::from(at)), &all);
            city.where_is(at);
            crate::city::tiles_touching(Bbox::from(at), 12);
        }
        city.tap(LonLat::new(0.0, 0.0), odd, &[layer("any")]);
        city.along(&[LonLat::new(0.0, 0.0)], odd, &all);
    }
}

#[test]
fn depth_is_no_trap() {
    for text in ["[", "{\"a\":", "[[[[", "{\"features\":["] {
        survives(text.repeat(200_000).into_bytes());
        survives(format!(r#"{{"type":"Feature","geometry":{}"#, text.repeat(200_000)).into_bytes());
    }
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let with = |geometry: &str, properties: &str| {
        format!(
            r#"{{"type":"Feature","geometry":{{"type":"Point","coordinates":{geometry}}},"properties":{properties}}}"#
        )
    };
    assert_eq!(survives(with(&deep, "null").into_bytes()), 0);
    assert_eq!(
        survives(with("[1,2]", &format!(r#"{{"a":{deep}}}"#)).into_bytes()),
        1
    );
    assert_eq!(
        survives(with(&format!("[1,2,{deep}]"), "null").into_bytes()),
        0
    );
}
