//! Codes, uids and the standard fields.

use super::*;
use crate::ids::AssetUid;
use std::collections::BTreeSet;

#[test]
fn codes_are_well_formed_and_unique() {
    let classes = BTreeMap::from([
        ("manhole-sewage", "0102"),
        ("manhole-storm", "0103"),
        ("storm-drain", "0104"),
        ("manhole-lamp", "0106"),
        ("manhole-heat", "0110"),
        ("street-lamp", "0118"),
        ("public-toilet", "0301"),
    ]);
    for city in cities() {
        let mut seen = BTreeSet::new();
        for feature in city.all() {
            let code = text(feature, "ObjID");
            assert_eq!(code.len(), 16, "{code}");
            assert!(code.bytes().all(|b| b.is_ascii_digit()), "{code}");
            assert!(code.starts_with("220382"), "{code}");
            let class = classes.get(text(feature, "kind"));
            match class {
                Some(class) => assert_eq!(&code[6..10], *class),
                None => assert!(
                    code[6..10].starts_with("90"),
                    "{code} is not in the local block"
                ),
            }
            assert!(seen.insert(code), "{code} twice");
        }
    }
}

#[test]
fn uids_are_minted_from_city_layer_and_code() {
    for city in cities() {
        let mut seen = BTreeSet::new();
        for (layer, features) in &city.0 {
            for feature in features {
                let uid = text(feature, "uid");
                let minted = AssetUid::minted("220382", layer, text(feature, "ObjID"));
                assert_eq!(uid, minted.to_string());
                assert!(seen.insert(uid), "{uid} twice");
            }
        }
    }
}

#[test]
fn every_record_has_the_standard_fields_and_says_it_is_invented() {
    let keys = [
        "ObjName",
        "DeptName1",
        "DeptName2",
        "DeptName3",
        "DeptCode1",
        "DeptCode2",
        "DeptCode3",
        "ObjState",
    ];
    for feature in cities()[0].all() {
        for key in keys {
            assert!(!text(feature, key).is_empty(), "{key} of {feature}");
        }
        assert_eq!(text(feature, "DataSource"), "演示数据");
        assert_eq!(text(feature, "BGID").len(), 15);
        let laid: jiff::civil::Date = text(feature, "ORDate").parse().expect("a date");
        let changed: jiff::civil::Date = text(feature, "CHDate").parse().expect("a date");
        assert!(laid < changed, "{feature}");
    }
}

#[test]
fn streets_that_records_name_are_there() {
    for city in cities() {
        let streets = city.streets();
        for feature in city.all() {
            if let Some(street) = feature["properties"].get("street") {
                assert!(
                    streets.contains_key(street.as_str().expect("text")),
                    "{feature}"
                );
            }
        }
    }
}

#[test]
fn each_layer_says_on_top_that_it_is_a_demonstration() {
    for (file, text) in &made()[0] {
        let top = text.lines().next().expect("a first line");
        assert!(top.contains("演示数据"), "{file}");
        assert!(top.contains("Demonstration data"), "{file}");
        assert!(top.contains("cargo xtask city"), "{file}");
        let read: geojson::FeatureCollection = text.parse().expect("is GeoJSON");
        assert_eq!(
            read.features.len() + 2,
            text.lines().count(),
            "a feature a line"
        );
    }
}
