//! What a file of strange names seems to mean, and how it is then read.

use super::fixture::{catalog, collection, feature, layer};
use crate::catalog::{Fields, Meaning};
use crate::city::{Amendment, Arrival, City, How, Meant, OddCodes};
use crate::log::Position;
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
    let [(lamp, _)] = &sample[..] else {
        panic!("{sample:?}")
    };
    let said = [&lamp.code, &lamp.name, &lamp.street].map(|text| text.clone().unwrap_or_default());
    assert_eq!(said, ["2203820118000001", "灯", "辽河路"]);
}

#[test]
fn one_property_may_be_two_things() {
    let fields = Fields {
        code: "编号".into(),
        name: "路".into(),
        street: "路".into(),
        ..Fields::default()
    };
    // The second with a value that only the careful reader takes.
    let bytes = lamps(&[
        json!({"编号": "1", "路": "辽河路"}),
        json!({"编号": "2", "路": "东\u{1}路"}),
    ]);
    let read = read(bytes, Some(&fields));
    let again = read.columnar(&catalog()).unwrap();
    let again = City::read_columnar(&catalog(), &layer("points"), &again).unwrap();
    for arrival in [read, again] {
        let sample = arrival.sample(&catalog(), 5);
        let said: Vec<_> = sample
            .iter()
            .map(|(lamp, _)| [&lamp.name, &lamp.street].map(|text| text.as_deref()))
            .collect();
        let twice = |text| [Some(text), Some(text)];
        assert_eq!(said, [twice("辽河路"), twice("东\u{1}路")]);
    }
}

/// What each of these values would be taken for under a name that says nothing.
fn taken_for(values: &[&str]) -> Option<Meaning> {
    let properties: Vec<Value> = values.iter().map(|value| json!({"f": value})).collect();
    let likely = read(lamps(&properties), None).likely_fields(&Fields::default());
    let mut all = Meaning::ALL.into_iter();
    all.find(|meaning| likely.named(*meaning) == "f")
}

#[test]
fn owner_date_and_state_are_known_in_both_languages() {
    let guessed = |file: Value| {
        let likely = read(lamps(&[file]), None).likely_fields(&Fields::default());
        Meaning::LOOKED_UP.map(|meaning| likely.named(meaning).clone())
    };
    assert_eq!(
        guessed(json!({"权属单位": "a", "建设日期": "b", "使用状态": "c", "编号": "1"})),
        ["权属单位", "建设日期", "使用状态"]
    );
    assert_eq!(
        guessed(json!({"Owner": "a", "Install_Date": "b", "STATUS": "c"})),
        ["Owner", "Install_Date", "STATUS"]
    );
    assert_eq!(
        guessed(json!({"DeptName2": "a", "owner": "b", "x": 1})),
        ["DeptName2", "ORDate", "ObjState"],
        "what the catalogue names comes first"
    );
}

#[test]
fn what_is_like_an_owner_a_date_or_a_state_is_taken_for_it() {
    assert_eq!(
        taken_for(&["市政管理处", "双辽市住建局"]),
        Some(Meaning::Owner)
    );
    assert_eq!(taken_for(&["Water Company"]), Some(Meaning::Owner));
    assert_eq!(taken_for(&["局"]), None);
    for date in [
        "2019-05-03",
        "2019/5/3",
        "2019.05.03",
        "20190503",
        "2019年5月",
        "2019年5月3日",
        "2019-05-03T08:00:00+08:00",
    ] {
        assert_eq!(taken_for(&[date]), Some(Meaning::Date), "{date}");
    }
    for other in [
        "2019",
        "20191503",
        "2019-13-01",
        "12-05-2019",
        "2019.05",
        "DN2019-05-03",
        "2019-05",
    ] {
        assert_eq!(taken_for(&[other]), None, "{other}");
    }
    assert_eq!(
        taken_for(&["完好", "破损", "完好", "井盖松动"]),
        Some(Meaning::State)
    );
    let mut various = vec!["完好"; 9];
    various.extend(["a", "b", "c", "d", "e", "f", "g", "h"]);
    assert_eq!(
        taken_for(&various),
        None,
        "of so many values none is a state"
    );
    assert_eq!(taken_for(&["铸铁", "复合材料"]), None);
}

#[test]
fn a_card_says_owner_date_and_state_by_the_names_that_were_confirmed() {
    let fields = Fields {
        owner: "产权".into(),
        date: "建成".into(),
        state: "情况".into(),
        ..Fields::default()
    };
    assert!(fields.reads_like(&Fields::default()));
    let file = json!({"ObjID": "1", "产权": "水务局", "建成": 2019, "情况": "  "});
    let mut arrival = read(lamps(&[file]), None);
    assert_eq!(
        arrival.sample(&catalog(), 5)[0].1,
        [],
        "as the catalogue has it"
    );
    arrival.called(Some(fields));
    let meant = |meaning, property: &str, value: &str| Meant {
        meaning,
        property: property.into(),
        value: value.into(),
    };
    let said = [
        meant(Meaning::Owner, "产权", "水务局"),
        meant(Meaning::Date, "建成", "2019"),
    ];
    assert_eq!(arrival.sample(&catalog(), 5)[0].1, said);
    let mut city = City::new(catalog());
    city.put_layer(arrival);
    let uid = city.uid_of(0).unwrap();
    assert_eq!(city.asset(&uid).unwrap().meant, said);
    // Also where somebody said that it stands elsewhere.
    city.amend(vec![Amendment {
        uid,
        added: None,
        at: Position::from_degrees(123.51, 43.51),
        is_gone: false,
        is_part: true,
    }]);
    assert_eq!(city.asset(&uid).unwrap().meant, said);
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
