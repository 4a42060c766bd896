//! What events say of assets, over the layers' files.

use super::decode::{Decoded, decode};
use super::fixture::{catalog, city, collection, feature, layer};
use crate::catalog::AssetKindId;
use crate::city::{Amendment, City, Filter, TileId};
use crate::geodesy::{LonLat, mercator};
use crate::ids::{AssetUid, Uuid};
use crate::log::{AssetAdded, AssetSnapshot, Json, Position};
use serde_json::{Value, json};
use std::sync::Arc;

const NEW: AssetUid = AssetUid(Uuid::from_u128(0x77));
const HERE: [f64; 2] = [123.5, 43.52];
const THERE: [f64; 2] = [123.501, 43.521];

fn position([lon, lat]: [f64; 2]) -> Position {
    Position::from_degrees(lon, lat).unwrap()
}

fn added(kind: &str) -> Amendment {
    let text = r#"{"street":"辽河路","lid":"round"}"#;
    let properties = serde_json::value::RawValue::from_string(text.into()).unwrap();
    let asset = AssetSnapshot {
        uid: NEW,
        code: None,
        name: Some("井 \"7\"".into()),
        kind: AssetKindId(kind.into()),
        at: position(THERE),
    };
    Amendment {
        uid: NEW,
        added: Some(Arc::new(AssetAdded {
            asset,
            shape: None,
            properties: Some(Json(properties)),
            photos: vec![],
            note: None,
        })),
        at: None,
        is_gone: false,
        is_part: false,
    }
}

fn says(uid: AssetUid, at: Option<[f64; 2]>, is_gone: bool) -> Amendment {
    Amendment {
        uid,
        added: None,
        at: at.map(position),
        is_gone,
        is_part: true,
    }
}

fn manhole(code: &str, at: [f64; 2]) -> Value {
    let properties = json!({"kind": "manhole", "ObjID": code, "ObjName": "Lid", "street": "Main"});
    feature(json!({"type": "Point", "coordinates": at}), properties)
}

fn points() -> City {
    city(&[("points", &[manhole("1", HERE), manhole("2", [123.6, 43.6])])])
}

fn kinds() -> [AssetKindId; 1] {
    [AssetKindId("manhole".into())]
}

fn uids(city: &City, at: [f64; 2]) -> Vec<AssetUid> {
    let [lon, lat] = at;
    let hits = city.tap(LonLat::new(lon, lat), 10.0, &[layer("points")]);
    hits.into_iter().map(|hit| hit.asset.uid).collect()
}

fn one(city: &City) -> AssetUid {
    let found = uids(city, HERE);
    assert_eq!(found.len(), 1);
    found[0]
}

fn drawn(city: &City) -> Vec<Decoded> {
    let [x, y] = mercator::project(LonLat::new(HERE[0], HERE[1])).map(|t| (t * 4096.0) as u32);
    let tile = decode(city.tile(TileId { z: 12, x, y }));
    tile.into_iter().filter(|f| f.layer == "points").collect()
}

fn everywhere(city: &City) -> (usize, usize, usize, usize) {
    let [lon, lat] = HERE;
    (
        city.nearest(LonLat::new(lon, lat), 9, None, &Filter::all())
            .total,
        city.search("lid", 9, None).total,
        city.assets_of(&kinds()).count(),
        city.uids_of(&kinds()).count(),
    )
}

#[test]
fn what_was_added_is_found_like_any_other_and_counts_once_it_is_part() {
    let mut city = points();
    let before = drawn(&city).len();
    city.amend(vec![added("manhole")]);
    assert_eq!(uids(&city, THERE), [NEW]);
    assert_eq!(drawn(&city).len(), before + 1);
    let asset = city.asset(&NEW).unwrap();
    assert_eq!(asset.summary.name.as_deref(), Some("井 \"7\""));
    assert_eq!(asset.summary.street.as_deref(), Some("辽河路"));
    assert!(asset.properties.contains(&("lid".into(), "round".into())));
    assert_eq!(everywhere(&city), (3, 2, 3, 2));
    let id = city.feature_id(&NEW).unwrap();
    assert_eq!(city.uid_of(id), Some(NEW));
    assert!(city.set_mark(&NEW, 3).is_some());
    assert!(drawn(&city).iter().any(|f| f.id == id && f.mark() == 3));

    let part = Amendment {
        is_part: true,
        ..added("manhole")
    };
    city.amend(vec![part]);
    assert_eq!(everywhere(&city), (3, 2, 3, 3));
    city.amend(vec![]);
    assert_eq!(everywhere(&city), (2, 2, 2, 2));
    assert_eq!(city.asset(&NEW), None);
}

#[test]
fn what_no_layer_takes_as_a_point_is_nowhere() {
    for kind in ["road", "bus-stop"] {
        let mut city = points();
        city.amend(vec![added(kind)]);
        assert_eq!(city.asset(&NEW), None, "{kind}");
    }
}

#[test]
fn what_was_moved_is_there_and_not_here_with_all_that_its_record_says() {
    let mut city = points();
    let uid = one(&city);
    let before = city.asset(&uid).unwrap();
    city.amend(vec![says(uid, Some(THERE), false)]);
    assert_eq!((uids(&city, HERE), uids(&city, THERE)), (vec![], vec![uid]));
    assert_eq!(everywhere(&city), (2, 2, 2, 2));
    let after = city.asset(&uid).unwrap();
    assert_eq!(after.properties, before.properties);
    assert_eq!(after.summary.code, before.summary.code);
    assert_eq!(after.summary.street, before.summary.street);
    assert_eq!(drawn(&city).len(), 1);
    city.amend(vec![]);
    assert_eq!(city.asset(&uid), Some(before));
}

#[test]
fn what_is_gone_is_found_nowhere_and_its_card_still_opens() {
    let mut city = points();
    let uid = one(&city);
    city.amend(vec![says(uid, None, true)]);
    assert!(uids(&city, HERE).is_empty());
    assert_eq!(everywhere(&city), (1, 1, 1, 1));
    assert!(drawn(&city).is_empty());
    assert!(city.asset(&uid).is_some());
    let [lon, lat] = HERE;
    let near = city.nearest(LonLat::new(lon, lat), 1, None, &Filter::all());
    assert_ne!(near.hits[0].asset.uid, uid);
}

#[test]
fn a_layer_that_comes_later_is_laid_over_too() {
    let mut city = City::new(catalog());
    let known = one(&points());
    city.amend(vec![added("manhole"), says(known, Some(THERE), false)]);
    assert_eq!(uids(&city, THERE), [NEW], "its layer is not here yet");
    let file = [manhole("1", HERE), manhole("2", [123.6, 43.6])];
    city.set_layer(&layer("points"), collection(&file));
    let mut found = uids(&city, THERE);
    found.sort();
    let mut both = vec![NEW, known];
    both.sort();
    assert_eq!(found, both);
}

#[test]
fn once_a_file_has_its_uid_its_row_is_the_asset() {
    let mut city = points();
    city.amend(vec![added("manhole")]);
    let mut taken = manhole("7", HERE);
    taken["properties"]["uid"] = NEW.to_string().into();
    city.set_layer(&layer("points"), collection(&[taken]));
    assert_eq!(uids(&city, HERE), [NEW]);
    assert!(uids(&city, THERE).is_empty());
    assert_eq!(
        city.uids_of(&kinds()).count(),
        1,
        "it counts, as the file has it"
    );
}

#[test]
fn a_layer_goes_out_with_what_was_amended_and_comes_back_as_the_same_assets() {
    let mut city = points();
    let all: Vec<AssetUid> = city.uids_of(&kinds()).collect();
    let [first, second] = all[..] else { panic!() };
    let file = catalog().layers[0].clone();
    let amendments = vec![
        Amendment {
            is_part: true,
            ..added("manhole")
        },
        says(first, Some([123.55, 43.55]), false),
        says(second, None, true),
    ];
    city.amend(amendments.clone());
    let text = city.geojson(&file.id).unwrap();

    let mut next = City::new(catalog());
    let report = next.set_layer(&file.id, text.clone().into_bytes());
    assert_eq!((report.loaded, report.problems), (2, vec![]));
    let of = |city: &City| -> Vec<_> {
        let kinds = kinds();
        let all = city.assets_of(&kinds);
        let mut all: Vec<_> = all.map(|a| (a.uid, a.name, a.code, a.street)).collect();
        all.sort();
        all
    };
    assert_eq!(of(&next), of(&city));
    assert_eq!(uids(&next, [123.55, 43.55]), [first]);
    assert_eq!(uids(&next, THERE), [NEW]);
    let lid = next.asset(&NEW).unwrap().properties;
    assert!(lid.contains(&("lid".into(), "round".into())));
    // What is said lies over the new file as it lay over the old one, and changes nothing more.
    next.amend(amendments);
    assert_eq!(next.geojson(&file.id).unwrap(), text);
    // What is only proposed is not in it.
    city.amend(vec![added("manhole")]);
    assert_eq!(
        city.geojson(&file.id)
            .unwrap()
            .matches("\"Feature\"")
            .count(),
        2
    );
    assert_eq!(City::new(catalog()).geojson(&file.id), None);
}

#[test]
fn what_no_layer_shows_has_a_card_all_the_same() {
    let city = points();
    let Amendment {
        added: Some(added), ..
    } = added("manhole")
    else {
        panic!()
    };
    let asset = city.remembered(&added).unwrap();
    assert_eq!(asset.summary.street.as_deref(), Some("辽河路"));
    assert_eq!(asset.summary.layer, catalog().layers[0].id);
    assert_eq!(asset.summary.name.as_deref(), Some("井 \"7\""));
    let geometry: Value = serde_json::from_str(&asset.geometry).unwrap();
    assert_eq!(geometry, json!({"type": "Point", "coordinates": THERE}));
    assert!(asset.properties.contains(&("lid".into(), "round".into())));
    assert_eq!(city.summary(&NEW), None);
    let mut unknown = (*added).clone();
    unknown.asset.kind = AssetKindId("bus-stop".into());
    assert_eq!(city.remembered(&unknown), None);
}

#[test]
fn the_nearest_of_some_kinds_are_as_many_as_are_there() {
    let lamp = |code: &str, at: [f64; 2]| {
        let properties = json!({"kind": "lamp", "ObjID": code});
        feature(json!({"type": "Point", "coordinates": at}), properties)
    };
    let file = [
        manhole("1", HERE),
        lamp("2", THERE),
        manhole("3", [123.55, 43.55]),
        lamp("4", [123.56, 43.56]),
    ];
    let mut city = city(&[("points", &file)]);
    let gone = one(&city);
    city.amend(vec![says(gone, None, true)]);
    let [lon, lat] = HERE;
    let near = |kind: &str, within| {
        let filter = Filter {
            kinds: Some(vec![AssetKindId(kind.into())]),
            ..Filter::all()
        };
        let near = city.nearest(LonLat::new(lon, lat), 9, within, &filter);
        (near.total, near.hits.len())
    };
    let around = Some([123.0, 43.0, 124.0, 44.0].into());
    for (kind, count) in [("manhole", 1), ("lamp", 2), ("road", 0)] {
        assert_eq!(near(kind, None), (count, count), "{kind}");
        assert_eq!(near(kind, around), (count, count), "{kind} in a box");
    }
}
