//! Geometries, ids and properties that are odd, each with its outcome.

use super::fixture::{catalog, collection, feature, layer};
use crate::city::{City, How, Problem, Remark, Report, list_problems};
use crate::geodesy::{LonLat, to_gcj02};
use serde_json::{Value, json};

fn read(text: &str) -> (City, Report) {
    let mut city = City::new(catalog());
    let report = city.set_layer(&layer("any"), text.as_bytes().to_vec());
    assert_eq!(report.loaded + report.refused, report.read);
    (city, report)
}

fn features(features: &[Value]) -> (City, Report) {
    read(std::str::from_utf8(&collection(features)).unwrap())
}

/// Loaded with nothing to say, and its geometry as it is then.
fn clean(kind: &str, coordinates: Value) -> Value {
    let (city, report) = features(&[feature(
        json!({"type": kind, "coordinates": coordinates}),
        Value::Null,
    )]);
    assert_eq!((report.loaded, report.mended), (1, 0), "{report:?}");
    let asset = city.asset(&city.uid_of(4 << 24).unwrap()).unwrap();
    serde_json::from_str::<Value>(&asset.geometry).unwrap()["coordinates"].clone()
}

#[test]
fn repeated_vertices_and_bow_ties_stay_as_they_were_drawn() {
    let repeated = json!([[123.5, 43.5], [123.5, 43.5], [123.6, 43.5]]);
    assert_eq!(clean("LineString", repeated.clone()), repeated);
    let bow_tie = json!([[[0.0, 0.0], [1.0, 1.0], [1.0, 0.0], [0.0, 1.0], [0.0, 0.0]]]);
    assert_eq!(clean("Polygon", bow_tie.clone()), bow_tie);
    let twice = json!([[[0.0, 0.0], [1.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 0.0]]]);
    assert_eq!(clean("Polygon", twice.clone()), twice);
}

#[test]
fn every_multi_geometry_is_one_asset() {
    for (kind, coordinates) in [
        ("MultiPoint", json!([[1.0, 2.0], [3.0, 4.0]])),
        (
            "MultiLineString",
            json!([[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]]]),
        ),
        (
            "MultiPolygon",
            json!([[[[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 0.0]]]]),
        ),
    ] {
        assert_eq!(clean(kind, coordinates.clone()), coordinates);
    }
}

/// A line over the antimeridian is drawn the long way round, as it is written.
#[test]
fn the_antimeridian_is_the_edge() {
    let line = json!([[179.5, 10.0], [-179.5, 10.0]]);
    assert_eq!(clean("LineString", line.clone()), line);
    for beyond in [180.5, -180.5, 540.0] {
        let point = json!({"type": "Point", "coordinates": [beyond, 10.0]});
        let (_, report) = features(&[feature(point, Value::Null)]);
        let problem = &report.problems[0].first[0].problem;
        assert_eq!(*problem, Problem::OutOfRange { x: beyond, y: 10.0 });
    }
}

#[test]
fn huge_numbers_and_none_are_refused_one_by_one() {
    for (number, kind) in [
        ("1e308", "out_of_range"),
        ("-1e308", "out_of_range"),
        ("1e999", "bad_position"),
        ("NaN", "bad_position"),
        ("Infinity", "bad_position"),
        ("null", "bad_position"),
        ("\"123.5\"", "bad_position"),
        ("0x1F", "bad_position"),
        ("1,5", "bad_position"),
    ] {
        let good = feature(json!({"type": "Point", "coordinates": [1, 2]}), Value::Null);
        let text = format!(
            r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","geometry":{{"type":"Point","coordinates":[{number},43.5]}}}},{good}]}}"#
        );
        let (_, report) = read(&text);
        if number == "1,5" {
            // A comma for a point makes three numbers of two: nobody can know.
            assert_eq!(report.loaded, 2);
            continue;
        }
        assert_eq!((report.loaded, report.refused), (1, 1), "{number}");
        assert_eq!(report.problems[0].kind, kind, "{number}");
    }
}

#[test]
fn ids_may_be_numbers_or_words_and_come_twice() {
    let with = |id: Value| {
        json!({"type": "Feature", "id": id, "properties": null,
        "geometry": {"type": "Point", "coordinates": [1, 2]}})
    };
    let all = [
        json!(7),
        json!("7"),
        json!("辽-1"),
        json!(7.5),
        json!({"a": 1}),
        Value::Null,
    ];
    let (city, report) = features(&all.map(with));
    assert_eq!((report.loaded, report.mended), (6, 0));
    let uids: std::collections::HashSet<_> =
        (0..6).map(|row| city.uid_of((4 << 24) + row)).collect();
    assert_eq!(uids.len(), 6, "each has its own uid");
}

#[test]
fn properties_are_whatever_they_are() {
    let point = json!({"type": "Point", "coordinates": [1, 2]});
    let (city, report) = features(&[
        feature(
            point.clone(),
            json!({"a": {"b": [1, {"c": null}]}, "d": null}),
        ),
        feature(point.clone(), json!({"e": true, "": "no name"})),
        feature(point.clone(), Value::Null),
        json!({"type": "Feature", "geometry": point}),
    ]);
    assert_eq!(
        (report.loaded, report.mended, report.problems.len()),
        (4, 0, 0)
    );
    let of = |row: u64| {
        city.asset(&city.uid_of((4 << 24) + row).unwrap())
            .unwrap()
            .properties
    };
    assert_eq!(of(0), [("a".into(), r#"{"b":[1,{"c":null}]}"#.into())]);
    assert_eq!(of(1).len(), 2);
    assert_eq!((of(2).len(), of(3).len()), (0, 0));
    // The last of two with one name counts, as in most programs; both are shown.
    let (city, report) = read(
        r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[1,2]},"geometry":{"type":"Point","coordinates":[3,4]},"properties":{"ObjName":"a","ObjName":"b"}}"#,
    );
    assert_eq!(report.loaded, 1);
    let uid = city.uid_of(4 << 24).unwrap();
    assert_eq!(city.summary(&uid).unwrap().name.as_deref(), Some("b"));
    let asset = city.asset(&uid).unwrap();
    assert!(asset.geometry.contains("3"), "{}", asset.geometry);
    assert_eq!(asset.properties.len(), 2);
}

fn points(places: &[[f64; 2]]) -> Report {
    let point = |at: &[f64; 2]| feature(json!({"type": "Point", "coordinates": at}), Value::Null);
    features(&places.iter().map(point).collect::<Vec<_>>()).1
}

fn hint(places: &[[f64; 2]]) -> Vec<Remark> {
    points(places).remarks.map(|r| r.0).unwrap_or_default()
}

#[test]
fn what_lies_elsewhere_is_warned_of() {
    assert_eq!(hint(&[[123.5, 43.5]]), []);
    assert_eq!(
        hint(&[[43.5, 123.5], [43.4, 123.4]]),
        [Remark::LooksSwapped]
    );
    assert_eq!(hint(&[[1.0, 2.0]]), [], "somewhere else, and who knows why");
    let projected = |places: &[[f64; 2]], first: u32| {
        let hints = hint(places);
        let [Remark::LooksProjected { systems }] = &hints[..] else {
            panic!("{hints:?}")
        };
        assert!(
            systems.len() <= 3 && systems.contains(&first),
            "{systems:?}"
        );
    };
    projected(&[[540_438.367, 4_818_390.147]], 4550);
    projected(&[[41_540_438.367, 4_818_390.147]], 4529);
    projected(&[[4_818_390.147, 41_540_438.367]], 4529);
    projected(&[[13_747_957.113, 5_388_389.273]], 3857);
    assert_eq!(
        hint(&[[200.0, 43.5], [123.5, 43.5]]),
        [],
        "one slip of a key"
    );
}

#[test]
fn a_layer_beside_its_former_self_or_its_streets_is_warned_of() {
    let lamp = |i: i32, moved: fn(LonLat) -> LonLat| {
        let at = LonLat::new(
            123.45 + f64::from(i % 10) * 0.01,
            43.45 + f64::from(i / 10) * 0.003 + 0.0001,
        );
        feature(
            json!({"type": "Point", "coordinates": moved(at)}),
            json!({"ObjID": i.to_string()}),
        )
    };
    let lamps =
        |moved: fn(LonLat) -> LonLat| -> Vec<Value> { (0..60).map(|i| lamp(i, moved)).collect() };
    let streets: Vec<Value> = (0..6)
        .map(|i| {
            let lat = 43.45 + f64::from(i) * 0.003;
            let ends = json!([[123.4, lat], [123.6, lat]]);
            feature(
                json!({"type": "LineString", "coordinates": ends}),
                Value::Null,
            )
        })
        .collect();
    let said = |city: &City, features: &[Value]| {
        let points = layer("points");
        let mut arrival = City::read_layer_at_once(&catalog(), &points, collection(features));
        city.compare(&mut arrival);
        arrival
            .report()
            .remarks
            .clone()
            .map(|r| r.0)
            .unwrap_or_default()
    };
    let is_shifted =
        |remarks: Vec<Remark>| matches!(remarks[..], [Remark::LooksShifted { metres: 500..=650 }]);
    let mut city = City::new(catalog());
    assert_eq!(said(&city, &lamps(to_gcj02)), [], "nothing to compare with");
    city.set_layer(&layer("roads"), collection(&streets));
    assert!(is_shifted(said(&city, &lamps(to_gcj02))));
    assert_eq!(said(&city, &lamps(|p| p)), []);
    let mut city = City::new(catalog());
    city.set_layer(&layer("points"), collection(&lamps(|p| p)));
    assert!(is_shifted(said(&city, &lamps(to_gcj02))));
    assert_eq!(said(&city, &lamps(|p| p)), []);
}

#[test]
fn all_problems_can_be_taken_along() {
    let point = |id: &str, lon: f64| {
        json!({"type": "Feature", "properties": {"ObjID": id},
        "geometry": {"type": "Point", "coordinates": [lon, 2]}})
    };
    let mut all = vec![
        point("=cmd", 200.0),
        point("a,\"b\"", 1.0),
        point("a,\"b\"", 1.0),
    ];
    all.extend((0..20).map(|i| point(&i.to_string(), 300.0)));
    let how = How {
        lists_all: true,
        ..How::default()
    };
    let arrival = City::read_layer_as_at_once(&catalog(), &layer("any"), collection(&all), &how);
    let list = list_problems(arrival.report());
    let mut read = csv::Reader::from_reader(list.trim_start_matches('\u{feff}').as_bytes());
    let rows: Vec<_> = read.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 22);
    assert_eq!(
        &rows[0],
        vec![
            "1",
            "'=cmd",
            "refused",
            "out_of_range",
            "a position off the globe: 200, 2"
        ]
    );
    assert_eq!(
        &rows[1],
        vec![
            "3",
            "a,\"b\"",
            "noted",
            "duplicate_code",
            "code a,\"b\" again"
        ]
    );
    assert_eq!(&rows[21][0], "23");
    let few = City::read_layer_at_once(&catalog(), &layer("any"), collection(&all));
    assert_eq!(list_problems(few.report()).lines().count(), 1 + 5 + 1);
}
