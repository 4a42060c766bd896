//! What a file of strange names seems to mean, and how it is then read.

use super::fixture::{catalog, collection, feature, layer};
use crate::catalog::Fields;
use crate::city::{Arrival, City, How, OddCodes};
use serde_json::{Value, json};

fn lamps(properties: &[Value]) -> Vec<u8> {
    let at = |i: usize| json!({"type": "Point", "coordinates": [123.5 + i as f64 * 1e-3, 43.5]});
    let all: Vec<Value> = (0..)
        .zip(properties)
        .map(|(i, p)| feature(at(i), p.clone()))
        .collect();
    collection(&all)
}

fn read(bytes: Vec<u8>, fields: Option<&Fields>) -> Arrival {
    let how = How {
        fields,
        ..How::default()
    };
    City::read_layer_as_at_once(&catalog(), &layer("points"), bytes, &how)
}

/// Code, name and street as they are guessed.
fn guessed(properties: &[Value]) -> [String; 3] {
    let Fields {
        code, name, street, ..
    } = read(lamps(properties), None).likely_fields(&Fields::default());
    [code, name, street]
}

#[test]
fn names_are_known_in_both_languages_and_values_where_the_names_say_nothing() {
    let usual = ["ObjID", "ObjName", "street"].map(str::to_owned);
    assert_eq!(
        guessed(&[json!({"ObjID": "1", "ObjName": "a", "street": "b", "编号": "9"})]),
        usual
    );
    assert_eq!(
        guessed(&[json!({"ObjID": "1"})]),
        usual,
        "nothing else is there"
    );
    assert_eq!(
        guessed(&[json!({"部件编码": 1, "名称": "a", "所在道路": "b"})]),
        ["部件编码", "名称", "所在道路"]
    );
    assert_eq!(
        guessed(&[json!({"Name": "a", "CODE": "b", "Road": "c"})]),
        ["CODE", "Name", "Road"]
    );
    let by_value = json!({"f1": 2_203_820_118_000_001_u64, "f2": "辽河路", "f3": "灯"});
    assert_eq!(guessed(&[by_value]), ["f1", "ObjName", "f2"]);
    let one_of_three = [
        json!({"a": "辽河路"}),
        json!({"a": "东门"}),
        json!({"a": "西门"}),
    ];
    assert_eq!(guessed(&one_of_three)[2], "street");
}

#[test]
fn a_file_is_read_by_the_names_that_a_person_confirmed() {
    let fields = Fields {
        code: "编号".into(),
        name: "名称".into(),
        street: "路".into(),
        ..Fields::default()
    };
    let bytes = lamps(&[json!({"编号": "2203820118000001", "名称": "灯", "路": "辽河路"})]);
    let sample = read(bytes, Some(&fields)).sample(&catalog(), 5);
    let [lamp] = &sample[..] else {
        panic!("{sample:?}")
    };
    let said = [&lamp.code, &lamp.name, &lamp.street].map(|text| text.clone().unwrap_or_default());
    assert_eq!(said, ["2203820118000001", "灯", "辽河路"]);
}

#[test]
fn codes_of_another_city_or_another_length_are_odd() {
    let codes = [
        "2203820118000001",
        "2203830118000001",
        "220382011800001",
        "2203820118000001x",
    ];
    let properties = codes.map(|code| json!({"ObjID": code}));
    let odd = read(lamps(&properties), None).odd_codes(&catalog());
    let first = codes[1..].iter().map(|code| (*code).to_owned()).collect();
    assert_eq!(odd, OddCodes { count: 3, first });
}

#[test]
fn a_file_is_for_the_layer_that_its_name_names() {
    let catalog = catalog();
    let named = |file: &str| catalog.layer_named(file).map(|id| &*id.0);
    assert_eq!(named("双辽_roads_2024.geojson"), Some("roads"));
    assert_eq!(
        named("Manhole covers.json"),
        Some("points"),
        "by one of its kinds"
    );
    assert_eq!(named("export.geojson"), None);
}
