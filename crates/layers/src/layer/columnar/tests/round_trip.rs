//! What comes back is what went out, to the bit.

use super::{again, catalog, city, collection, loaded, written};
use crate::at_once;
use crate::layer::Layer;
use crate::layer::columnar::SWELL;
use proptest::prelude::*;

/// Everything that a layer holds, compared as bytes where it is text or a number.
fn same(before: &Layer, after: &Layer) {
    assert_eq!(after.len(), before.len());
    for row in 0..before.len() {
        assert_eq!(after.pieces(row), before.pieces(row), "{row}");
        assert_eq!(after.uid(row), before.uid(row), "{row}");
        assert_eq!(after.kind(row), before.kind(row), "{row}");
        assert_eq!(
            after.row_of(&before.uid(row)),
            before.row_of(&before.uid(row))
        );
        let (ours, theirs) = (after.geometry(row), before.geometry(row));
        assert_eq!(ours.kind(), theirs.kind(), "{row}");
        let bits = |layer: &Layer| -> Vec<_> {
            let parts = layer.geometry(row);
            let parts = parts.parts().map(|(part, run)| {
                let bits = run.iter().map(|p| (p.lon.to_bits(), p.lat.to_bits()));
                (part, bits.collect::<Vec<_>>())
            });
            parts.collect()
        };
        assert_eq!(bits(after), bits(before), "{row}");
        assert!(after.mercator(row).eq(before.mercator(row)), "{row}");
    }
}

#[test]
fn the_demonstration_city_comes_back_and_is_smaller() {
    let catalog = catalog();
    let (mut bytes, mut columnar) = (0, 0);
    for file in &catalog.layers[1..] {
        let text = std::fs::read_to_string(city().join(&file.file)).unwrap();
        let layer = loaded(&catalog, &file.id.0, &text);
        let out = written(&catalog, &file.id.0, &layer);
        assert!(!layer.is_empty(), "{:?}", file.id);
        same(&layer, &again(&catalog, &file.id.0, &out));
        bytes += text.len();
        columnar += out.len();
    }
    assert!(columnar * 5 < bytes, "{columnar} of {bytes}");
}

/// Rows of the same few bytes would make a text of any length.
#[test]
fn what_repeats_is_filled_up() {
    let catalog = catalog();
    let long = "长".repeat(2000);
    let feature = format!(
        r#"{{"type":"Feature","geometry":{{"type":"Point","coordinates":[1,2]}},"properties":{{"x":"{long}"}}}}"#
    );
    let layer = loaded(&catalog, "roads", &collection(&vec![feature; 1000]));
    let out = written(&catalog, "roads", &layer);
    assert!(out.len() * SWELL >= 1000 * long.len(), "{}", out.len());
    assert!(out.len() < 150_000, "{}", out.len());
    same(&layer, &again(&catalog, "roads", &out));
}

#[test]
fn a_layer_of_nothing_is_a_layer() {
    let catalog = catalog();
    let layer = loaded(&catalog, "roads", &collection(&[]));
    let out = written(&catalog, "roads", &layer);
    assert_eq!(again(&catalog, "roads", &out).len(), 0);
}

/// More kinds of objects than shapes are kept for.
#[test]
fn every_row_may_have_keys_of_its_own() {
    let catalog = catalog();
    let feature = |n: usize| {
        format!(
            r#"{{"type":"Feature","geometry":{{"type":"Point","coordinates":[{n},2]}},"properties":{{"k{n}":1, "ObjID" : "{n}","street":"a"}}}}"#
        )
    };
    let features: Vec<String> = (0..150).chain(0..150).map(feature).collect();
    let more: Vec<String> = (0..400).map(|n| feature(n).replace("k", "other")).collect();
    let all = [
        features,
        more.into_iter().map(|f| f.replace(",2]", ",3]")).collect(),
    ]
    .concat();
    let all: Vec<String> = all.into_iter().filter(|f| !f.contains("[2")).collect();
    let layer = loaded(&catalog, "roads", &collection(&all));
    assert!(layer.len() > 300);
    same(
        &layer,
        &again(&catalog, "roads", &written(&catalog, "roads", &layer)),
    );
}

fn position() -> impl Strategy<Value = String> {
    let axis = prop_oneof![
        4 => (-80_000_000..80_000_000_i64).prop_map(|n| format!("{}", n as f64 / 1e6)),
        1 => (-80.0..80.0_f64).prop_map(|x| format!("{x}")),
        1 => Just("-0.0".to_owned()),
        1 => Just("7e1".to_owned()),
    ];
    (axis.clone(), axis).prop_map(|(x, y)| format!("[{x}, {y}]"))
}

fn run(least: usize) -> impl Strategy<Value = String> {
    let run = prop::collection::vec(position(), least..least + 4);
    run.prop_map(|run| format!("[{}]", run.join(",")))
}

fn runs(least: usize) -> impl Strategy<Value = String> {
    let runs = prop::collection::vec(run(least), 1..4);
    runs.prop_map(|runs| format!("[{}]", runs.join(",")))
}

fn geometry() -> impl Strategy<Value = String> {
    let of = |kind: &str, coordinates: String| {
        format!(r#"{{"type":"{kind}","coordinates":{coordinates}}}"#)
    };
    prop_oneof![
        position().prop_map(move |c| of("Point", c)),
        run(1).prop_map(move |c| of("MultiPoint", c)),
        run(2).prop_map(move |c| of("LineString", c)),
        runs(2).prop_map(move |c| of("MultiLineString", c)),
        runs(4).prop_map(move |c| of("Polygon", c)),
        prop::collection::vec(runs(4), 1..3)
            .prop_map(move |c| of("MultiPolygon", format!("[{}]", c.join(",")))),
    ]
}

fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("null".to_owned()),
        Just("NaN".to_owned()),
        Just(r#"{"ObjID" :"x","y":[1,"}"]}"#.to_owned()),
        Just(r#""""#.to_owned()),
        Just(r#""60d48941-2925-59b1-804f-b3634d10d8db""#.to_owned()),
        Just(r#""60D48941-2925-59b1-804f-b3634d10d8db""#.to_owned()),
        any::<u128>().prop_map(|n| format!(r#""{}""#, crate::ids::Uuid::from_u128(n))),
        (0..30_u32).prop_map(|n| n.to_string()),
        "[a-c辽河\\\\ ]{0,4}".prop_map(|s| serde_json::to_string(&s).unwrap()),
    ]
}

fn properties() -> impl Strategy<Value = String> {
    let keys = prop::sample::select(vec![
        "uid", "ObjID", "ObjName", "street", "grade", "kind", "x", "\\u0078", "é",
    ]);
    let blank = prop::sample::select(vec!["", " ", "\n\t"]);
    let member = (keys, blank, value()).prop_map(|(k, b, v)| format!("{b}\"{k}\"{b}:{b}{v}{b}"));
    prop_oneof![
        8 => prop::collection::vec(member, 0..6).prop_map(|m| format!("{{{}}}", m.join(","))),
        1 => Just("null".to_owned()),
        1 => Just("[1,{\"a\":2}]".to_owned()),
    ]
}

fn feature() -> impl Strategy<Value = String> {
    (geometry(), properties(), 0..3_u8).prop_map(|(geometry, properties, id)| {
        let id = match id {
            0 => String::new(),
            n => format!(r#","id":{n}"#),
        };
        let properties = match properties.as_str() {
            "[1,{\"a\":2}]" if id.is_empty() => String::new(),
            some => format!(r#","properties":{some}"#),
        };
        format!(r#"{{"type":"Feature"{id},"geometry":{geometry}{properties}}}"#)
    })
}

proptest! {
    #[test]
    fn whatever_is_loaded_comes_back(features in prop::collection::vec(feature(), 0..40)) {
        let catalog = catalog();
        let layer = loaded(&catalog, "roads", &collection(&features));
        let out = written(&catalog, "roads", &layer);
        let back = again(&catalog, "roads", &out);
        same(&layer, &back);
        // Also of what has come back: both are the same layer.
        prop_assert_eq!(written(&catalog, "roads", &back), out);
    }

    #[test]
    fn what_is_made_ready_in_steps_is_what_is_made_when_asked_for(
        features in prop::collection::vec(feature(), 0..40),
    ) {
        let catalog = catalog();
        let collection = collection(&features);
        let layer = loaded(&catalog, "roads", &collection);
        let ready = loaded(&catalog, "roads", &collection);
        let mut pauses = 0;
        at_once(ready.settle(&mut async || pauses += 1));
        same(&layer, &ready);
        prop_assert!(pauses > 0 || features.len() < 8);
    }
}
