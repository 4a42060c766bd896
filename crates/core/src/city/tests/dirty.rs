//! Dirty files: what is good is loaded, what is not is explained.

use super::fixture::{catalog, collection, feature, layer};
use crate::city::{City, FileError, Form, Problem, Report};
use serde_json::{Value, json};

fn read(text: &str) -> (City, Report) {
    read_into("any", text.as_bytes())
}

fn read_into(id: &str, bytes: &[u8]) -> (City, Report) {
    let mut city = City::new(catalog());
    let report = city.set_layer(&layer(id), bytes.to_vec());
    assert_eq!(report.loaded + report.refused, report.read);
    assert_eq!(report.bytes, bytes.len());
    (city, report)
}

fn error(text: &str) -> Option<FileError> {
    read(text).1.error
}

/// What is said of one feature with this geometry, and what became of it.
fn one(geometry: Value) -> (Vec<Problem>, Option<Value>) {
    let (city, report) = read(&feature(geometry, Value::Null).to_string());
    let problems = report.problems.into_iter().flat_map(|t| t.first);
    let uid = city.uid_of(4 << 24);
    let loaded = uid.map(|uid| serde_json::from_str(&city.asset(&uid).unwrap().geometry).unwrap());
    assert_eq!(loaded.is_some(), report.loaded == 1);
    (problems.map(|example| example.problem).collect(), loaded)
}

fn refused(geometry: Value) -> Problem {
    let (mut problems, None) = one(geometry.clone()) else {
        panic!("{geometry} is loaded");
    };
    assert_eq!(problems.len(), 1, "{geometry}");
    problems.remove(0)
}

#[test]
fn whole_files_that_are_not() {
    assert_eq!(error(""), Some(FileError::Empty));
    assert_eq!(error("\u{feff} "), Some(FileError::Empty));
    assert_eq!(
        error("<!doctype html><title>Login</title>"),
        Some(FileError::Html)
    );
    let not_geojson = |found: &str| {
        Some(FileError::NotGeoJson {
            found: found.into(),
        })
    };
    assert_eq!(error(" \n\u{feff}"), not_geojson("\u{feff}"));
    assert_eq!(error(r"{\rtf1 }"), not_geojson(r"\rtf1 }"));
    assert_eq!(
        read_into("any", b"\x88PNG\r").1.error,
        not_geojson("\u{fffd}PNG\r")
    );
    assert_eq!(error("[1,2]"), not_geojson("array"));
    assert_eq!(error("{}"), not_geojson("object"));
    assert_eq!(error(r#"{"type":"Circle"}"#), not_geojson("Circle"));
    assert_eq!(
        error(r#"{"type":"Topology"}"#),
        Some(FileError::Foreign(Form::TopoJson))
    );
    assert_eq!(
        error(r#"{"type":"FeatureCollection"}"#),
        Some(FileError::NoFeatures)
    );
    assert_eq!(
        error(r#"{"type":"FeatureCollection","features":{}}"#),
        Some(FileError::NoFeatures)
    );
    assert_eq!(error(r#"{"type":"FeatureCollection","features":[]}"#), None);
    let gbk = b"{\"type\":\"FeatureCollection\",\"name\":\"\xcb\xab\xc1\xc9\"}";
    assert_eq!(
        read_into("any", gbk).1.error,
        Some(FileError::NotUtf8 { at: 38 })
    );
    assert_eq!(
        read_into("none", b"{}").1.error,
        Some(FileError::UnknownLayer)
    );
}

const POINT: &str =
    r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[123.5,43.5]},"properties":{}}"#;

#[test]
fn a_cut_file_keeps_what_came_before() {
    let whole = format!(r#"{{"type":"FeatureCollection","features":[{POINT},{POINT}]}}"#);
    for at in 0..whole.len() {
        let (_, report) = read(&whole[..at]);
        let expected = match at {
            0 => FileError::Empty,
            _ => FileError::Truncated { at },
        };
        assert_eq!(report.error, Some(expected), "{at}");
        assert!(report.refused <= 1 && report.read <= 2, "{at}");
    }
    let (_, report) = read(&whole[..whole.len() - 5]);
    assert_eq!((report.loaded, report.refused), (1, 1));
    assert_eq!(report.problems[0].first[0].problem, Problem::CutOff);
    let (_, report) = read(&format!(
        r#"{{"type":"FeatureCollection","features":[{POINT},]}}"#
    ));
    assert_eq!((report.loaded, report.refused), (1, 0), "nothing was lost");
    let (_, report) = read(&format!("{whole}]"));
    let at = whole.len();
    assert_eq!(
        report.error,
        Some(FileError::NotJson {
            at,
            found: "]".into()
        })
    );
    assert_eq!(report.loaded, 2);
}

#[test]
fn a_broken_feature_costs_only_itself() {
    for broken in [
        r#"{"type":"Feature" "geometry":null}"#,
        r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[1 2]},"properties":{}}"#,
        r#"{"type":"Feature","properties":{"a":}}"#,
        r#"{type:"Feature"}"#,
    ] {
        let (_, report) = read(&format!(
            r#"{{"type":"FeatureCollection","features":[{broken},{POINT}]}}"#
        ));
        assert_eq!(
            (report.loaded, report.refused, &report.error),
            (1, 1, &None),
            "{broken}"
        );
        assert_eq!(report.problems[0].kind, "bad_json");
    }
    let nan = POINT.replace("123.5", "NaN");
    let (_, report) = read(&format!(
        r#"{{"features":[{nan},{POINT}],"type":"FeatureCollection"}}"#
    ));
    assert_eq!((report.loaded, report.error), (1, None));
    let found = "[NaN,43.5]".into();
    assert_eq!(
        report.problems[0].first[0].problem,
        Problem::BadPosition { found }
    );
}

#[test]
fn a_known_crs_is_honoured_and_another_refused() {
    let crs = |name: &str| {
        error(&format!(
            r#"{{"type":"FeatureCollection","features":[{POINT}],"crs":{{"type":"name","properties":{{"name":"{name}"}}}}}}"#
        ))
    };
    assert_eq!(crs("urn:ogc:def:crs:OGC:1.3:CRS84"), None);
    assert_eq!(crs("EPSG:4490"), None);
    let name = "urn:ogc:def:crs:EPSG::2437".to_owned();
    assert_eq!(crs(&name), Some(FileError::UnknownCrs { name }));
}

#[test]
fn a_layer_stays_when_its_successor_is_unreadable() {
    let mut city = City::new(catalog());
    let id = layer("any");
    city.set_layer(&id, POINT.into());
    for bad in ["", "<html>", r#"{"type":"Topology"}"#, "{"] {
        city.set_layer(&id, bad.into());
        assert!(city.bounds().is_some());
    }
    city.set_layer(&id, collection(&[]));
    assert!(city.bounds().is_none());
}

#[test]
fn geometries_that_cannot_be_used() {
    use Problem::*;
    let unknown = |found: &str| UnknownGeometry {
        found: found.into(),
    };
    assert_eq!(refused(Value::Null), NoGeometry);
    assert_eq!(refused(json!(5)), unknown("number"));
    assert_eq!(refused(json!({"coordinates": [1, 2]})), unknown("object"));
    assert_eq!(
        refused(json!({"type": "Circle", "coordinates": []})),
        unknown("Circle")
    );
    assert_eq!(refused(json!({"type": 7})), unknown("number"));
    assert_eq!(
        refused(json!({"type": "GeometryCollection", "geometries": []})),
        GeometryCollection
    );
    let coordinates =
        |kind: &str, coordinates: Value| refused(json!({"type": kind, "coordinates": coordinates}));
    let bad = |found: &str| BadPosition {
        found: found.into(),
    };
    assert_eq!(refused(json!({"type": "Point"})), BadCoordinates);
    assert_eq!(coordinates("Point", json!({"lon": 1})), BadCoordinates);
    assert_eq!(coordinates("Point", json!([[1, 2]])), BadCoordinates);
    assert_eq!(coordinates("Point", json!([])), bad("[]"));
    assert_eq!(coordinates("Point", json!([1])), bad("[1]"));
    assert_eq!(coordinates("Point", json!(["1", "2"])), bad(r#"["1","2"]"#));
    assert_eq!(coordinates("Point", json!([null, 2])), bad("[null,2]"));
    assert_eq!(coordinates("LineString", json!([1, 2])), BadCoordinates);
    assert_eq!(
        coordinates("Polygon", json!([[1, 2], [3, 4]])),
        BadCoordinates
    );
    assert_eq!(coordinates("MultiPoint", json!([])), EmptyGeometry);
    assert_eq!(coordinates("MultiPolygon", json!([[]])), EmptyGeometry);
    assert_eq!(
        coordinates("Point", json!([43.5, 123.5])),
        OutOfRange { x: 43.5, y: 123.5 }
    );
    assert_eq!(
        coordinates("Point", json!([540000.5, 4820000])),
        OutOfRange {
            x: 540000.5,
            y: 4820000.0
        }
    );
    assert_eq!(
        coordinates("LineString", json!([[1, 2]])),
        TooShort {
            needed: 2,
            found: 1
        }
    );
    let flat = json!([[[1, 2], [3, 4], [1, 2]]]);
    assert_eq!(
        coordinates("Polygon", flat),
        TooShort {
            needed: 3,
            found: 2
        }
    );
    let (_, report) =
        read(r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[1e999,2]}}"#);
    assert_eq!(report.problems[0].first[0].problem, bad("[1e999,2]"));
}

#[test]
fn rings_are_closed_and_turned() {
    use Problem::*;
    let polygon = |rings: Value| json!({"type": "Polygon", "coordinates": rings});
    let right = polygon(json!([
        [[0.0, 0.0], [9.0, 0.0], [9.0, 9.0], [0.0, 0.0]],
        [[4.0, 1.0], [5.0, 2.0], [5.0, 1.0], [4.0, 1.0]]
    ]));
    assert_eq!(one(right.clone()), (vec![], Some(right.clone())));
    let open = polygon(json!([
        [[0, 0], [9, 0], [9, 9]],
        [[4, 1], [5, 2], [5, 1], [4, 1]]
    ]));
    assert_eq!(one(open), (vec![OpenRing], Some(right.clone())));
    let turned = polygon(json!([
        [[0, 0], [9, 9], [9, 0], [0, 0]],
        [[4, 1], [5, 1], [5, 2], [4, 1]]
    ]));
    assert_eq!(one(turned), (vec![WrongWinding], Some(right.clone())));
    let flat_hole = polygon(json!([
        [[0, 0], [9, 0], [9, 9], [0, 0]],
        [[4, 1], [5, 2], [4, 1]]
    ]));
    let mended = polygon(json!([[[0.0, 0.0], [9.0, 0.0], [9.0, 9.0], [0.0, 0.0]]]));
    assert_eq!(one(flat_hole), (vec![BadHole], Some(mended)));
}

#[test]
fn odd_but_fine() {
    let point = json!({"type": "Point", "coordinates": [1.0, 2.0]});
    for same in [
        json!({"type": "Point", "coordinates": [1, 2, 30.5]}),
        json!({"type": "Point", "coordinates": [1, 2, null, "x"]}),
        json!({"coordinates": [1.0, 2.0], "bbox": [1, 2], "type": "Point"}),
    ] {
        assert_eq!(one(same), (vec![], Some(point.clone())));
    }
    let (_, report) = read(&format!("\u{feff}{POINT}\n"));
    assert_eq!((report.loaded, report.error), (1, None));
    let (_, report) = read(r#"{"type":"MultiPoint","coordinates":[[1,2],[3,4]]}"#);
    assert_eq!((report.loaded, report.error), (1, None));
}

#[test]
fn kinds_are_found_or_said_to_be_wrong() {
    let line = json!({"type": "LineString", "coordinates": [[1, 2], [3, 4]]});
    let point = json!({"type": "Point", "coordinates": [1, 2]});
    let read = |id: &str, geometry: &Value, kind: Value| {
        let (city, report) = read_into(
            id,
            &collection(&[feature(geometry.clone(), json!({"kind": kind}))]),
        );
        let ordinal = city
            .catalog()
            .layers
            .iter()
            .position(|l| l.id.0 == id)
            .unwrap();
        let uid = city.uid_of((ordinal as u64) << 24);
        let kind = uid.map(|uid| city.summary(&uid).unwrap().kind.0);
        let problem = report.problems.first().map(|t| t.first[0].problem.clone());
        (kind, problem)
    };
    let kind = |name: &str| Some(name.to_owned());
    assert_eq!(read("points", &point, json!("lamp")), (kind("lamp"), None));
    assert_eq!(read("points", &point, Value::Null), (kind("manhole"), None));
    assert_eq!(read("any", &line, Value::Null), (kind("road"), None));
    let unknown = Problem::UnknownKind {
        found: "lantern".into(),
    };
    assert_eq!(
        read("points", &point, json!("lantern")),
        (kind("manhole"), Some(unknown))
    );
    let (
        none,
        Some(Problem::WrongGeometry {
            asset,
            expected,
            found,
        }),
    ) = read("points", &line, json!("lamp"))
    else {
        panic!();
    };
    assert_eq!((none, asset.0.as_str()), (None, "lamp"));
    assert_ne!(expected, found);
}

#[test]
fn uids_are_taken_or_minted() {
    use crate::ids::AssetUid;
    let given = "0198c0de-0000-7000-8000-000000000001";
    let point = |id: Value, properties: Value| {
        json!({"type": "Feature", "id": id, "properties": properties,
            "geometry": {"type": "Point", "coordinates": [123.5, 43.5]}})
    };
    let features = [
        point(json!(1), json!({"uid": given, "ObjID": "A1"})),
        point(json!(2), json!({"uid": given, "ObjID": "A2"})),
        point(json!(3), json!({"uid": "no uuid", "ObjID": "A3"})),
        point(json!(4), json!({"ObjID": "A1"})),
        point(json!(5), json!({"ObjID": "A1"})),
        point(json!(6), json!({"ObjID": " "})),
        point(Value::Null, json!({})),
        point(Value::Null, json!({"ObjID": null})),
    ];
    let (city, report) = read_into("points", &collection(&features));
    assert_eq!((report.loaded, report.mended), (8, 2));
    let minted = |key: &str| AssetUid::minted("220382", "points", key);
    let expected = [
        given.parse().unwrap(),
        minted("A2"),
        minted("A3"),
        minted("A1"),
        minted("A1\u{1f}2"),
        minted("6"),
        minted("manhole@123500000,43500000"),
        minted("manhole@123500000,43500000\u{1f}2"),
    ];
    for (row, uid) in (0..).zip(expected) {
        assert_eq!(city.uid_of(row), Some(uid), "{row}");
        assert_eq!(city.feature_id(&uid), Some(row));
    }
    let tally = |kind: &str| report.problems.iter().find(|t| t.kind == kind).unwrap();
    assert_eq!(tally("duplicate_code").count, 2);
    let first = Problem::DuplicateCode {
        code: "A1".into(),
        first: 0,
    };
    assert_eq!(tally("duplicate_code").first[0].problem, first);
    assert_eq!(tally("duplicate_uid").first[0].index, 1);
    assert_eq!(tally("bad_uid").first[0].id.as_deref(), Some("A3"));
}

/// Many features of one code: each gets its own uid, and soon.
#[test]
fn one_code_for_everything_is_no_trap() {
    let same = feature(
        json!({"type": "Point", "coordinates": [1, 2]}),
        json!({"ObjID": "0"}),
    );
    let (city, report) = read_into("points", &collection(&vec![same; 20_000]));
    assert_eq!(report.problems[0].count, 19_999);
    let uids: std::collections::HashSet<_> = (0..20_000).map(|id| city.uid_of(id)).collect();
    assert_eq!(uids.len(), 20_000);
}

/// The report as it crosses to the page. The tags are what the words of both
/// languages hang on: who changes one changes the locales.
#[test]
fn the_report_is_data() {
    let file = json!({"type": "FeatureCollection", "features": [
        {"type": "Feature", "id": 7, "geometry": null},
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": [1, 2]},
            "properties": {"ObjID": "A1", "kind": "lantern"}},
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": [200, 2]}},
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": [3, 2]}, "properties": [1]},
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": [4, 2]},
            "properties": {"ObjID": "A1"}},
        "five",
        {"type": "feature"},
    ]});
    let (_, report) = read(&file.to_string());
    let json = serde_json::to_value(&report).unwrap();
    assert_eq!(
        serde_json::from_value::<Report>(json.clone()).unwrap(),
        report
    );
    for tally in json["problems"].as_array().unwrap() {
        for example in tally["first"].as_array().unwrap() {
            let problem = &example["problem"];
            let name = problem
                .as_str()
                .or_else(|| problem.as_object()?.keys().next().map(String::as_str));
            assert_eq!(name, tally["kind"].as_str());
        }
    }
    insta::assert_snapshot!(serde_json::to_string_pretty(&json).unwrap());
}
