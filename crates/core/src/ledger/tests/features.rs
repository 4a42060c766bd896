//! Tasks and completions as GeoJSON.

use super::totals::{Book, CITY, DAY, may, on, round};
use crate::catalog::LayerId;
use crate::city::City;
use crate::geodesy::{LonLat, length_m};
use crate::ledger::season::{Assets, Season};
use crate::ledger::{Asked, Completed, Scope, Wanted, list, mark_features, task_features};
use crate::log::testkit::{asset, asset_uid, line, work};
use crate::log::{
    AssetSnapshot, Dispatched, Place, Position, Shape, Snapshot, Stretch, Target, Verified,
};
use crate::network::Network;
use crate::task::Task;
use crate::told::Language;
use jiff::civil::date;
use serde_json::{Value, json};
use std::sync::Arc;

/// What the file of these tasks says, and how many tasks the list has.
fn of(book: &Book, scope: &Scope, language: Language) -> (Vec<Value>, usize) {
    let tasks = book.tasks();
    let tasks: Vec<&Task> = tasks.iter().map(|task| &**task).collect();
    let asked = Asked {
        catalog: &CITY,
        scope,
        tasks: &tasks,
        holdings: None,
        imported: None,
        journal: None,
        verification: true,
    };
    let text = task_features(&asked, &lines(), language);
    (read(&text), list(&asked).len())
}

/// A street of about 800 m to the east.
fn lines() -> Network {
    let street = vec![LonLat::new(123.5, 43.5), LonLat::new(123.51, 43.5)];
    Network::of([(asset_uid(9), vec![street])])
}

/// The features of a file that every reader of GeoJSON reads.
fn read(text: &str) -> Vec<Value> {
    let file: geojson::GeoJson = text.parse().unwrap();
    let geojson::GeoJson::FeatureCollection(file) = file else {
        panic!("no collection");
    };
    let plain: Value = serde_json::from_str(text).unwrap();
    let features = plain["features"].as_array().unwrap().clone();
    assert_eq!(file.features.len(), features.len());
    features
}

fn drawn(shape: Shape) -> Target {
    let name = Some("井 \"7\"".to_owned());
    Target::Place(Place { shape, name })
}

fn at(lon: i32, lat: i32) -> Position {
    Position { lon, lat }
}

#[test]
fn a_task_says_what_was_done_how_much_and_by_whom() {
    let mut book = Book::new();
    let lines = vec![
        line("drain-clear", "2.50", "pcs"),
        line("drain-repair", "1", "pcs"),
    ];
    let (subject, report) = book.done(on(1), lines, DAY);
    let given = Dispatched {
        crew: Some("drain-1".into()),
        ..Dispatched::default()
    };
    book.phone.say(subject.clone(), given);
    let (before, listed) = of(&book, &may(), Language::En);
    assert_eq!((before.len(), listed), (2, 2), "one for each kind");
    let first = &before[0];
    assert_eq!(
        first["geometry"],
        json!({"type": "Point", "coordinates": [123.500_000_1, 43.52]})
    );
    let said = &first["properties"];
    for (name, value) in [
        ("work", json!("drain-clear")),
        ("asset_code", json!("2203820104000001")),
        ("asset_kind", json!("storm-drain")),
        ("assets", json!(1)),
        ("place", Value::Null),
        ("done_on", json!(DAY)),
        ("state", json!("reported")),
        ("reported", json!("2.50")),
        ("verified", Value::Null),
        ("unit", json!("pcs")),
        ("street", Value::Null),
    ] {
        assert_eq!(said[name], value, "{name}");
    }
    assert_eq!(before[1]["properties"]["work"], json!("drain-repair"));
    // Once it is checked, as far as that is asked for.
    let (note, photos) = (None, Vec::new());
    let verified = Verified {
        report,
        note,
        photos,
    };
    book.phone.say(subject, verified);
    let state = Wanted::Verified;
    let (after, _) = of(&book, &Scope { state, ..may() }, Language::Zh);
    let said = &after[0]["properties"];
    assert_eq!(said["verified"], json!("2.50"));
    assert_eq!(
        (&said["state"], &said["counts"]),
        (&json!("verified"), &json!(true))
    );
    let names: Vec<_> = said.as_object().unwrap().keys().collect();
    let of_other: Vec<_> = after[1]["properties"].as_object().unwrap().keys().collect();
    assert_eq!(names, of_other, "every feature has every property");
}

#[test]
fn what_was_done_along_lines_is_drawn_along_them() {
    let mut book = Book::new();
    let along = |asset: u8, from_mm, to_mm| Stretch {
        asset: asset_uid(asset),
        from_mm,
        to_mm,
    };
    let mut sealed = line("crack-seal", "250", "m");
    sealed.covered = vec![along(9, 100_000, 200_000), along(9, 300_000, 450_000)];
    book.done(round([1]), vec![sealed], "2024-05-01");
    // Along a street that is not there any more: what was plotted is all there is.
    let mut lost = line("crack-seal", "5", "m");
    lost.covered = vec![along(8, 0, 5000)];
    book.done(round([1]), vec![lost], "2024-05-02");
    let scope = Scope {
        works: vec![work("crack-seal")],
        ..may()
    };
    let (features, _) = of(&book, &scope, Language::Zh);
    let geometry = &features[0]["geometry"];
    assert_eq!(geometry["type"], json!("MultiLineString"));
    let pieces: Vec<Vec<[f64; 2]>> =
        serde_json::from_value(geometry["coordinates"].clone()).unwrap();
    let lengths = pieces.iter().map(|piece| {
        let places: Vec<_> = piece
            .iter()
            .map(|[lon, lat]| LonLat::new(*lon, *lat))
            .collect();
        length_m(&places).round()
    });
    assert_eq!(lengths.collect::<Vec<_>>(), [100.0, 150.0]);
    assert_eq!(features[1]["geometry"]["type"], json!("MultiPoint"));
}

#[test]
fn a_geometry_is_what_was_plotted_to_the_digit() {
    let patch = || vec![line("pothole-patch", "1", "m2")];
    let mut book = Book::new();
    let day = "2024-05-01";
    book.done(drawn(Shape::Point(at(-1, 5))), patch(), day);
    book.done(drawn(Shape::Line(vec![at(0, 0), at(10, 0)])), patch(), day);
    // Clockwise, as somebody has walked it, with a hole the same way.
    let outer = vec![at(0, 0), at(0, 90), at(90, 90), at(90, 0)];
    let hole = vec![at(10, 10), at(10, 20), at(20, 20)];
    book.done(drawn(Shape::Polygon(vec![outer, hole])), patch(), day);
    book.done(drawn(Shape::Line(vec![at(0, 0)])), patch(), day);
    book.done(round([1, 2]), patch(), day);
    let tasks = book.tasks();
    let tasks: Vec<&Task> = tasks.iter().map(|task| &**task).collect();
    let scope = Scope {
        works: vec![work("pothole-patch")],
        ..may()
    };
    let asked = Asked {
        catalog: &CITY,
        scope: &scope,
        tasks: &tasks,
        holdings: None,
        imported: None,
        journal: None,
        verification: false,
    };
    let text = task_features(&asked, &lines(), Language::Zh);
    for written in [
        r#"{"type":"Point","coordinates":[-0.0000001,0.0000005]}"#,
        r#"{"type":"LineString","coordinates":[[0.0000000,0.0000000],[0.0000010,0.0000000]]}"#,
        r#"{"type":"MultiPoint","coordinates":[[123.5000001,43.5200000],[123.5000002,43.5200000]]}"#,
        r#""place":"井 \"7\"""#,
    ] {
        assert!(text.contains(written), "{written}\n{text}");
    }
    let features = read(&text);
    assert_eq!(features[3]["geometry"], Value::Null, "a line of one corner");
    let rings = &features[2]["geometry"]["coordinates"];
    let twice = |ring: &Value| -> f64 {
        let ring = ring.as_array().unwrap();
        assert_eq!(ring.first(), ring.last(), "closed");
        let of = |at: &Value| [at[0].as_f64().unwrap(), at[1].as_f64().unwrap()];
        let sides = ring.windows(2).map(|side| [of(&side[0]), of(&side[1])]);
        sides.map(|[a, b]| a[0] * b[1] - b[0] * a[1]).sum()
    };
    assert!(
        twice(&rings[0]) > 0.0,
        "the outer ring goes counterclockwise"
    );
    assert!(twice(&rings[1]) < 0.0, "and a hole clockwise");
}

#[test]
fn a_place_is_where_its_report_says() {
    let mut book = Book::new();
    let (subject, _) = book.done(on(1), vec![line("drain-clear", "1", "pcs")], DAY);
    let report = crate::log::Reported {
        snapshot: Snapshot {
            street: Some("辽河路".into()),
            community: Some("一区".into()),
            ..Snapshot::default()
        },
        ..crate::log::testkit::report(vec![line("drain-clear", "1", "pcs")], DAY)
    };
    book.phone.say(subject, report);
    let (features, _) = of(&book, &may(), Language::Zh);
    let said = &features[0]["properties"];
    assert_eq!(
        (&said["street"], &said["community"]),
        (&json!("辽河路"), &json!("一区"))
    );
}

#[test]
fn every_asset_of_a_completion_says_how_it_stands() {
    let drain = |n: u8, lon: f64| {
        json!({"type": "Feature", "geometry": {"type": "Point", "coordinates": [lon, 43.52]},
            "properties": {"ObjID": format!("22038201040000{n:02}"), "kind": "storm-drain"}})
    };
    let file = json!({"type": "FeatureCollection",
        "features": [drain(1, 123.500_000_14), drain(2, 123.501), drain(3, 123.502)]});
    let mut city = City::new(CITY.clone());
    let report = city.set_layer(
        &LayerId("storm-drains".into()),
        file.to_string().into_bytes(),
    );
    assert_eq!((report.loaded, report.error), (3, None));
    let kind = work("drain-clear");
    let assets = Arc::new(Assets::of(
        &city,
        &CITY.work_kind(&kind).unwrap().applies_to,
    ));
    let drain = |n: usize| {
        Target::Asset(AssetSnapshot {
            uid: assets.uid(n).unwrap(),
            ..asset(1)
        })
    };
    let mut book = Book::new();
    book.done(drain(0), vec![line("drain-clear", "1", "pcs")], DAY);
    book.done(
        drain(1),
        vec![line("drain-clear", "1", "pcs")],
        "2024-04-30",
    );
    let tasks = book.tasks();
    let tasks = tasks.iter().map(|task| &**task);
    let season = Season::new(
        &CITY,
        &kind,
        may().period,
        tasks,
        [],
        Arc::clone(&assets),
        false,
    );
    let on_day = |day| {
        let completed = Completed {
            catalog: &CITY,
            city: &city,
            work: &kind,
            season: &season,
            day,
        };
        let text = mark_features(&completed, Language::En);
        (read(&text), text)
    };
    let said = |features: &[Value], name: &str| -> Vec<Value> {
        let all = features.iter();
        all.map(|one| one["properties"][name].clone()).collect()
    };
    let (before, _) = on_day(date(2024, 5, 2));
    let (after, text) = on_day(date(2024, 5, 3));
    assert!(text.contains(r#"{"type":"Point","coordinates":[123.5000001,43.5200000]}"#));
    let null = Value::Null;
    let april = json!("2024-04-30");
    assert_eq!(
        said(&before, "last_done"),
        [null.clone(), april.clone(), null.clone()]
    );
    assert_eq!(said(&after, "last_done"), [json!(DAY), april, null]);
    assert_eq!(said(&after, "mark")[0], json!("done"));
    assert_eq!(said(&after, "mark")[2], json!("never"));
    assert_eq!(said(&after, "as_of"), vec![json!(DAY); 3]);
    for (n, one) in after.iter().enumerate() {
        let mark = json!(season.mark(n, date(2024, 5, 3)));
        assert_eq!(one["properties"]["mark"], mark);
        assert_eq!(one["properties"]["uid"], json!(assets.uid(n)));
        assert_eq!(one["properties"]["kind"], json!("storm-drain"));
    }
}
