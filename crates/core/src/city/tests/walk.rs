//! One walk through everything, by example.

use super::decode::{Decoded, decode};
use super::fixture::{city, feature, layer};
use crate::city::{City, Field, Filter, Rank, TileId, WhereIs, tiles_touching};
use crate::geodesy::LonLat;
use geo::BoundingRect;
use serde_json::{Value, json};

/// A street with a community beside it, two manholes and a lamp.
fn town() -> City {
    let road = feature(
        json!({"type": "LineString", "coordinates": [[123.50, 43.52], [123.51, 43.52]]}),
        json!({"ObjName": "辽河路", "grade": "main", "width": 12}),
    );
    let community = feature(
        json!({"type": "Polygon", "coordinates":
            [[[123.502, 43.5202], [123.508, 43.5202], [123.508, 43.525], [123.502, 43.525], [123.502, 43.5202]]]}),
        json!({"ObjName": "北丰小区"}),
    );
    let point = |lon: f64, lat: f64, properties: Value| {
        feature(
            json!({"type": "Point", "coordinates": [lon, lat]}),
            properties,
        )
    };
    let points = [
        point(
            123.503,
            43.52,
            json!({"ObjID": "2203820102000017", "street": "辽河路", "kind": "manhole"}),
        ),
        point(
            123.505,
            43.52,
            json!({"ObjID": "2203820102000018", "street": "辽河路", "kind": "manhole"}),
        ),
        point(
            123.50501,
            43.52,
            json!({"ObjID": "2203820118000001", "ObjName": "lamp", "kind": "lamp"}),
        ),
    ];
    city(&[
        ("points", &points),
        ("roads", &[road]),
        ("communities", &[community]),
    ])
}

fn codes(city: &City, at: LonLat, radius: f64) -> Vec<String> {
    let all = ["points", "roads", "communities"].map(layer);
    let hits = city.tap(at, radius, &all);
    hits.iter()
        .map(|hit| hit.asset.code.clone().or(hit.asset.name.clone()).unwrap())
        .collect()
}

#[test]
fn a_finger_finds_what_it_means() {
    let city = town();
    // The manhole before the lamp that is nearer, both before street and community.
    let found = codes(&city, LonLat::new(123.50501, 43.52021), 30.0);
    assert_eq!(found[..2], ["2203820102000018", "2203820118000001"]);
    assert_eq!(found[2..], ["辽河路", "北丰小区"]);
    assert_eq!(codes(&city, LonLat::new(123.51, 43.53), 30.0), [""; 0]);
}

#[test]
fn places_have_words() {
    let city = town();
    let where_is = |lon, lat| city.where_is(LonLat::new(lon, lat));
    let words = |street: &str, community: &str| WhereIs {
        street: Some(street.into()).filter(|s: &String| !s.is_empty()),
        community: Some(community.into()).filter(|s: &String| !s.is_empty()),
    };
    assert_eq!(where_is(123.505, 43.5203), words("辽河路", "北丰小区"));
    assert_eq!(where_is(123.505, 43.524), words("", "北丰小区"));
    assert_eq!(where_is(123.505, 43.5195), words("辽河路", ""));
    assert_eq!(where_is(123.6, 43.6), WhereIs::default());
}

#[test]
fn an_asset_tells_everything() {
    let city = town();
    let road = &city.search("辽河路", 1, None).best[0].asset;
    assert_eq!(
        (road.at.lat, (road.at.lon * 1e6).round()),
        (43.52, 123_505_000.0)
    );
    let asset = city.asset(&road.uid).unwrap();
    assert_eq!(asset.summary, *road);
    let keys: Vec<_> = asset.properties.iter().map(|(k, _)| k.as_str()).collect();
    assert_eq!(keys, ["ObjName", "grade", "width"]);
    assert!((asset.length_m.unwrap() - 808.9).abs() < 1.0, "{asset:?}");
    assert_eq!(asset.area_m2, None);
    assert!(
        asset.geometry.contains(r#""type":"LineString""#),
        "{asset:?}"
    );
    let community = &city.search("北丰", 1, None).best[0].asset;
    let area = city.asset(&community.uid).unwrap().area_m2.unwrap();
    assert!((area - 485.0 * 533.0).abs() < 2000.0, "{area}");
}

#[test]
fn search_ranks() {
    let city = town();
    let found: Vec<_> = city
        .search("辽河路", 9, None)
        .best
        .into_iter()
        .map(|f| (f.rank, f.field, f.asset.kind.0))
        .collect();
    assert_eq!(found[0], (Rank::Exact, Field::Name, "road".into()));
    assert_eq!(
        found[1..],
        [(); 2].map(|()| (Rank::Exact, Field::Street, "manhole".into()))
    );
    let codes = |text: &str| city.search(text, 9, None).total;
    assert_eq!(
        (
            codes("2203820102000017"),
            codes("22038201"),
            codes("18"),
            codes("")
        ),
        (1, 3, 2, 0)
    );
    assert_eq!(city.search("LAMP", 9, None).best[0].rank, Rank::Exact);
    assert_eq!(city.search("0", 2, None).best.len(), 2);
}

#[test]
fn marks_reach_the_tiles_they_touch() {
    let mut city = town();
    let uid = city.search("2203820102000017", 1, None).best[0].asset.uid;
    let id = city.feature_id(&uid).unwrap();
    assert_eq!(city.uid_of(id), Some(uid));
    let bbox = city.set_mark(&uid, 3).unwrap();
    assert_eq!(city.set_mark(&uid, 3), None);
    for tile in tiles_touching(bbox, 16) {
        let features = decode(city.tile(tile));
        let marked: Vec<_> = features.iter().filter(|f| f.mark() == 3).collect();
        assert!(marked.iter().all(|f| f.id == id));
    }
    let drawn = |city: &City, z| -> Vec<Decoded> {
        tiles_touching(bbox, z)
            .into_iter()
            .flat_map(|tile| decode(city.tile(tile)))
            .filter(|f| f.id == id && f.mark() == 3)
            .collect()
    };
    assert!(!drawn(&city, 16).is_empty() && !drawn(&city, 5).is_empty());
    city.set_marks(&|_| 0);
    assert!(drawn(&city, 16).is_empty());
}

#[test]
fn tiles_carry_what_styles_need() {
    let city = town();
    let tiles = tiles_touching(city.bounds().unwrap(), 14);
    let mut features: Vec<_> = tiles
        .into_iter()
        .flat_map(|t| decode(city.tile(t)))
        .collect();
    // What several tiles hold is held once.
    features.sort_by_key(|f| (f.id, f.is_point()));
    features.dedup_by_key(|f| (f.id, f.is_point()));
    let names: Vec<_> = features
        .iter()
        .map(|f| {
            (
                f.layer.as_str(),
                f.text("k"),
                f.text("l"),
                f.text("g"),
                f.is_point(),
            )
        })
        .collect();
    assert_eq!(
        names,
        [
            ("points", Some("manhole"), None, None, true),
            ("points", Some("manhole"), None, None, true),
            ("points", Some("lamp"), None, None, true),
            ("roads", Some("road"), Some("辽河路"), Some("main"), false),
            ("communities", Some("community"), None, None, false),
            (
                "communities",
                Some("community"),
                Some("北丰小区"),
                None,
                true
            ),
        ]
    );
    assert!(city.tile(TileId { z: 14, x: 0, y: 0 }).is_empty());
    for odd in [TileId { z: 3, x: 8, y: 0 }, TileId { z: 255, x: 0, y: 0 }] {
        assert!(city.tile(odd).is_empty());
    }
}

#[test]
fn filters_narrow() {
    let city = town();
    let at = LonLat::new(123.505, 43.52);
    let kinds = |filter: &Filter| -> Vec<String> {
        city.nearest(at, 9, None, filter)
            .hits
            .into_iter()
            .map(|h| h.asset.kind.0)
            .collect()
    };
    assert_eq!(
        kinds(&Filter::all()),
        ["manhole", "road", "lamp", "community", "manhole"]
    );
    assert_eq!(kinds(&Filter::layers([layer("roads")])), ["road"]);
    let lamps = [crate::catalog::AssetKindId("lamp".into())];
    assert_eq!(kinds(&Filter::kinds(lamps.clone())), ["lamp"]);
    assert_eq!(city.assets_of(&lamps).count(), 1);
}

#[test]
fn a_layer_waits_for_its_zoom_unless_marked() {
    let lamp = |lon: f64| {
        feature(
            json!({"type": "Point", "coordinates": [lon, 43.52]}),
            json!({}),
        )
    };
    let mut city = city(&[("late", &[lamp(123.5), lamp(123.504)])]);
    let drawn = |city: &City, z| -> usize {
        let tiles = tiles_touching(city.bounds().unwrap(), z);
        let ids = tiles
            .into_iter()
            .flat_map(|t| decode(city.tile(t)))
            .map(|f| f.id);
        ids.collect::<std::collections::BTreeSet<_>>().len()
    };
    assert_eq!([13, 14, 15, 16].map(|z| drawn(&city, z)), [0, 0, 2, 2]);
    let uid = city
        .assets_of(&[crate::catalog::AssetKindId("lamp".into())])
        .next()
        .unwrap()
        .uid;
    city.set_mark(&uid, 9);
    assert_eq!([13, 14, 15].map(|z| drawn(&city, z)), [1, 1, 2]);
}

/// Areas narrower than the simplification would leave, and than the grid can show.
#[test]
fn narrow_areas_are_drawn() {
    for width in [1e-5, 4e-6, 1e-9] {
        let (south, north) = (43.52, 43.52 + width);
        let ring = json!([
            [123.5, south],
            [123.505, south],
            [123.51, south],
            [123.51, north],
            [123.5, north],
            [123.5, south]
        ]);
        let geometry = json!({"type": "Polygon", "coordinates": [ring]});
        let city = city(&[("communities", &[feature(geometry, json!({}))])]);
        let middle = crate::geodesy::Bbox::from([123.501, south, 123.509, south]);
        let across = tiles_touching(middle, 14).into_iter().map(|tile| {
            let features = decode(city.tile(tile));
            let area = features.iter().find(|f| !f.is_point());
            let area = area.unwrap_or_else(|| panic!("{width} {tile:?}"));
            area.geometry.bounding_rect().unwrap().width()
        });
        // As long as it is, unless the grid has no width for it.
        let longest = across.max().unwrap();
        assert!(longest > 100 || width < 1e-6, "{width} {longest}");
    }
}

#[test]
fn an_areas_name_has_a_point_where_it_is_written() {
    let ring = json!([
        [123.5, 43.52],
        [123.505, 43.52],
        [123.505, 43.525],
        [123.5, 43.52]
    ]);
    let geometry = json!({"type": "Polygon", "coordinates": [ring]});
    let named = feature(geometry, json!({"ObjName": "幸福小区"}));
    let city = city(&[("communities", &[named])]);
    let around = crate::geodesy::Bbox::from([123.5, 43.52, 123.505, 43.525]);
    for (zoom, expected) in [(12, 0), (13, 1), (16, 1)] {
        let tiles = tiles_touching(around, zoom).into_iter();
        let drawn = tiles.flat_map(|tile| decode(city.tile(tile)));
        assert_eq!(drawn.filter(|f| f.is_point()).count(), expected, "{zoom}");
    }
}
