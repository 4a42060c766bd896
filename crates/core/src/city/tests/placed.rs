//! Where assets are counted.

use super::fixture::{catalog, city, feature};
use crate::catalog::AssetKindId;
use crate::city::City;
use crate::ids::AssetUid;
use serde_json::{Value, json};

fn square(west: f64, south: f64, side: f64) -> Value {
    let (east, north) = (west + side, south + side);
    json!({"type": "Polygon", "coordinates":
        [[[west, south], [east, south], [east, north], [west, north], [west, south]]]})
}

fn point(lon: f64, lat: f64) -> Value {
    json!({"type": "Point", "coordinates": [lon, lat]})
}

fn line(lat: f64) -> Value {
    json!({"type": "LineString", "coordinates": [[123.5, lat], [123.51, lat]]})
}

fn town() -> City {
    let points = [
        feature(
            point(123.5001, 43.5001),
            json!({"kind": "manhole", "ObjID": "1"}),
        ),
        feature(
            point(123.5001, 43.5),
            json!({"kind": "manhole", "ObjID": "2", "street": "乙路"}),
        ),
        feature(
            point(123.505, 43.509),
            json!({"kind": "manhole", "ObjID": "3"}),
        ),
        feature(point(123.6, 43.6), json!({"kind": "lamp", "ObjID": "4"})),
    ];
    let roads = [
        feature(line(43.5), json!({"ObjID": "a0", "ObjName": "甲路"})),
        feature(line(43.5), json!({"ObjID": "a1", "ObjName": "丙路"})),
        feature(line(43.5), json!({"ObjID": "7"})),
    ];
    let communities = [
        feature(
            square(123.49, 43.49, 0.03),
            json!({"ObjID": "a2", "ObjName": "大区"}),
        ),
        feature(
            square(123.5, 43.5, 0.001),
            json!({"ObjID": "a3", "ObjName": "小区"}),
        ),
    ];
    city(&[
        ("points", &points),
        ("roads", &roads),
        ("communities", &communities),
    ])
}

/// Uid, street, community by name, whether it is a line.
type Told = (AssetUid, Option<String>, Option<String>, bool);

fn told(city: &City, kinds: &[AssetKindId]) -> Vec<Told> {
    let mut all = Vec::new();
    city.placed(kinds, &mut |placed| {
        let name = |uid| city.summary(&uid).and_then(|community| community.name);
        assert_eq!(Some(placed.at), city.summary(&placed.uid).map(|s| s.at));
        all.push((
            placed.uid,
            placed.street.map(|street| street.into_owned()),
            placed.community.and_then(name),
            placed.length_mm.is_some(),
        ));
    });
    all
}

#[test]
fn each_asset_is_where_the_city_says_that_it_is() {
    let (city, catalog) = (town(), catalog());
    let kinds: Vec<_> = catalog
        .asset_kinds
        .iter()
        .map(|kind| kind.id.clone())
        .collect();
    let told = told(&city, &kinds);
    assert_eq!(
        told.iter().map(|(uid, ..)| *uid).collect::<Vec<_>>(),
        city.uids_of(&kinds).collect::<Vec<_>>()
    );
    for (uid, street, community, _) in &told {
        let at = city.summary(uid).unwrap().at;
        assert_eq!(street, &city.street_of(uid), "{uid}");
        assert_eq!(community, &city.where_is(at).community, "{uid}");
    }
    let places: Vec<_> = told
        .iter()
        .map(|(_, street, community, line)| (street.as_deref(), community.as_deref(), *line))
        .collect();
    assert_eq!(
        places,
        [
            (Some("丙路"), Some("小区"), false),
            (Some("乙路"), Some("小区"), false),
            (None, Some("大区"), false),
            (None, None, false),
            (Some("甲路"), Some("大区"), true),
            (Some("丙路"), Some("大区"), true),
            (None, Some("大区"), true),
            (None, Some("大区"), false),
            (Some("丙路"), Some("小区"), false),
        ]
    );
}

#[test]
fn only_what_is_asked_for_is_told() {
    let city = town();
    let lamps = told(&city, &[AssetKindId("lamp".into())]);
    assert_eq!(lamps.len(), 1);
    let mut lengths = Vec::new();
    let roads = [AssetKindId("road".into())];
    city.placed(&roads, &mut |placed| lengths.push(placed.length_mm));
    // 0.01° along the geodesic at 43.5° N.
    assert_eq!(lengths, [Some(808_767); 3]);
}
