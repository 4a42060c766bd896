//! A layer put in the place of its former self: what became of each asset, and who it is.

use super::fixture::{catalog, collection, feature, layer};
use crate::city::{Changes, City};
use crate::ids::AssetUid;
use proptest::prelude::*;
use serde_json::{Value, json};

/// Steps between neighbours, in degrees: about eight metres.
const STEP: f64 = 1e-4;

fn lamp(code: Option<&str>, place: f64, state: &str) -> Value {
    let at = [123.5 + place * STEP, 43.5];
    let properties = json!({"kind": "lamp", "ObjID": code, "state": state});
    feature(json!({"type": "Point", "coordinates": at}), properties)
}

/// What the second file makes of the first, and the city with both put in.
fn after(first: &[Value], second: &[Value]) -> (City, Changes) {
    let (mut city, id) = (City::new(catalog()), layer("points"));
    city.set_layer(&id, collection(first));
    let bytes = collection(second);
    let mut arrival = City::read_layer_at_once(city.catalog(), &id, bytes);
    let changes = city.settle(&mut arrival).unwrap();
    city.put_layer(arrival);
    (city, changes)
}

fn uid(city: &City, row: u32) -> AssetUid {
    city.uid_of(row.into()).unwrap()
}

#[test]
fn a_first_file_changes_nothing() {
    let city = City::new(catalog());
    let bytes = collection(&[lamp(None, 0.0, "")]);
    let mut arrival = City::read_layer_at_once(city.catalog(), &layer("points"), bytes);
    assert_eq!(city.settle(&mut arrival), None);
}

#[test]
fn each_asset_is_known_again_by_what_it_kept() {
    let first = [
        lamp(Some("1"), 0.0, "on"),
        lamp(Some("2"), 1.0, "on"),
        lamp(Some("3"), 2.0, "on"),
        lamp(Some("4"), 3.0, "on"),
        lamp(Some("5"), 4.0, "on"),
    ];
    let mut before = City::new(catalog());
    before.set_layer(&layer("points"), collection(&first));
    let second = [
        lamp(Some("9"), 9.0, "on"),  // new
        lamp(Some("1"), 0.0, "on"),  // the same
        lamp(Some("2"), 1.0, "off"), // another state
        lamp(Some("33"), 2.0, "on"), // another code
        lamp(Some("4"), 7.0, "on"),  // elsewhere
    ];
    let (city, changes) = after(&first, &second);
    let said = Changes {
        same: 1,
        added: 1,
        changed: 1,
        recoded: 1,
        moved: 1,
        vanished: vec![uid(&before, 4)],
    };
    assert_eq!(changes, said);
    for (now, then) in [(1, 0), (2, 1), (3, 2), (4, 3)] {
        assert_eq!(uid(&city, now), uid(&before, then), "row {now}");
    }
    let recoded = city.asset(&uid(&before, 2)).unwrap();
    assert_eq!(recoded.summary.code.as_deref(), Some("33"));
}

#[test]
fn our_own_export_changes_nothing() {
    let (mut city, id) = (City::new(catalog()), layer("points"));
    city.set_layer(
        &id,
        collection(&[lamp(Some("1"), 0.123_456_789, "on"), lamp(None, 3.0, "on")]),
    );
    let file = city.geojson(&id).unwrap();
    let mut arrival = City::read_layer_at_once(city.catalog(), &id, file.into_bytes());
    let changes = city.settle(&mut arrival).unwrap();
    assert_eq!(
        changes,
        Changes {
            same: 2,
            ..Changes::default()
        }
    );
}

/// What is done with an asset between two files.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Fate {
    Same,
    Changed,
    Recoded,
    Moved,
    Vanished,
}

fn fate() -> impl Strategy<Value = Fate> {
    use Fate::{Changed, Moved, Recoded, Same, Vanished};
    prop::sample::select(vec![Same, Changed, Recoded, Moved, Vanished])
}

proptest! {
    #[test]
    fn every_fate_is_told_and_whoever_stays_keeps_its_uid(
        fates in prop::collection::vec(fate(), 1..40),
        added in 0..6_usize,
        turn in 0..40_usize,
    ) {
        let place = |i: usize| i as f64;
        let code = |i: usize| format!("c{i}");
        let first: Vec<Value> = (0..fates.len()).map(|i| lamp(Some(&code(i)), place(i), "on")).collect();
        let mut before = City::new(catalog());
        before.set_layer(&layer("points"), collection(&first));
        let kept = fates.iter().enumerate().filter(|(_, fate)| **fate != Fate::Vanished);
        let mut second: Vec<(Option<usize>, Value)> = kept.map(|(i, fate)| {
            let (mut code, mut place, mut state) = (code(i), place(i), "on");
            match fate {
                Fate::Changed => state = "off",
                Fate::Recoded => code.push('x'),
                // Never to where another one stood.
                Fate::Moved => place += 500.0,
                Fate::Same | Fate::Vanished => {}
            }
            (Some(i), lamp(Some(&code), place, state))
        }).collect();
        second.extend((0..added).map(|i| (None, lamp(Some(&format!("new{i}")), 1000.0 + place(i), "on"))));
        let turned = turn % second.len().max(1);
        second.rotate_left(turned);
        let features: Vec<Value> = second.iter().map(|(_, feature)| feature.clone()).collect();
        let (city, changes) = after(&first, &features);

        let count = |wanted: Fate| fates.iter().filter(|fate| **fate == wanted).count();
        let told = (changes.same, changes.changed, changes.recoded, changes.moved, changes.added);
        prop_assert_eq!(told, (count(Fate::Same), count(Fate::Changed), count(Fate::Recoded), count(Fate::Moved), added));
        let gone = (0..).zip(&fates).filter(|(_, fate)| **fate == Fate::Vanished);
        let gone: Vec<AssetUid> = gone.map(|(row, _)| uid(&before, row)).collect();
        prop_assert_eq!(changes.vanished, gone);
        for (row, (was, _)) in (0..).zip(&second) {
            if let Some(was) = *was {
                prop_assert_eq!(uid(&city, row), uid(&before, was as u32));
            }
        }
    }
}
