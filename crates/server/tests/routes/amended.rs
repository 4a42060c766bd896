//! A layer with what was confirmed of its assets.

use crate::kit::told;
use crate::layers::{COLUMNAR, tag};
use crate::site;
use axum::http::StatusCode;
use mendmap_core::catalog::AssetKindId;
use mendmap_core::ids::{AssetUid, Uuid};
use mendmap_core::log::{AssetAdded, AssetConfirmed, AssetSnapshot, Event, Position, Subject};
use serde_json::json;

/// A drain that somebody put on the map, and that it was confirmed, where it was.
fn added(n: u8, uid: u128, confirmed: bool) -> Vec<Event> {
    let asset = AssetSnapshot {
        uid: AssetUid(Uuid::from_u128(uid)),
        code: None,
        name: Some("新雨口".into()),
        kind: AssetKindId("storm-drain".into()),
        at: Position::from_degrees(123.51, 43.51).unwrap(),
    };
    let subject = Subject::Asset(asset.uid);
    let added = AssetAdded {
        asset,
        shape: None,
        properties: None,
        photos: Vec::new(),
        note: None,
    };
    let added = told(subject.clone(), n, 1, added, &[]);
    let proposal = added.id().unwrap();
    let note = None;
    let yes = AssetConfirmed { proposal, note };
    let yes = confirmed.then(|| told(subject, n, 2, yes, &[&added]));
    std::iter::once(added).chain(yes).collect()
}

#[tokio::test]
async fn what_was_confirmed_is_in_a_layer_that_is_asked_for_with_it_and_nothing_else_is() {
    const DRAINS: &str = "/api/v1/layers/storm-drains";
    let site = site().await;
    let shipped = json!({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"kind": "storm-drain", "ObjID": "2203820104000001"},
            "geometry": {"type": "Point", "coordinates": [123.5, 43.5]}}]});
    let bytes = serde_json::to_vec(&shipped).unwrap();
    std::fs::write(site.folder.path().join("city/storm-drains.geojson"), &bytes).unwrap();
    site.hand_over(&added(1, 0xadd, true)).await;
    site.hand_over(&added(2, 0xbad, false)).await;

    assert_eq!(site.get(DRAINS).await.body, bytes, "the file is as it was");
    let answered = site.get(&format!("{DRAINS}?amended=true")).await;
    assert_eq!(answered.header("content-type"), "application/geo+json");
    assert_ne!(answered.header("etag"), tag(&bytes));
    let file = answered.json();
    let features = file["features"].as_array().unwrap();
    let uids: Vec<&str> = features
        .iter()
        .map(|feature| feature["properties"]["uid"].as_str().unwrap())
        .collect();
    assert_eq!(features.len(), 2);
    assert_eq!(uids[1], "00000000-0000-0000-0000-000000000add");
    assert_eq!(features[1]["properties"]["ObjName"], "新雨口");
    assert_eq!(
        features[1]["geometry"]["coordinates"],
        json!([123.51, 43.51])
    );

    // It can be put in the place of the file, and is then asked for with nothing more in it.
    let put = site.layer("PUT", DRAINS, &[], &answered.body).await;
    assert!(put.status.is_success(), "{:?}", put.json());
    let again = site.get(&format!("{DRAINS}?amended=true")).await;
    assert_eq!(again.json(), file);
    let columns = site
        .get(&format!("{DRAINS}?amended=true&format=columnar"))
        .await;
    assert_eq!(columns.header("content-type"), COLUMNAR);
    let wrong = site.get(&format!("{DRAINS}?amended=perhaps")).await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
}
