//! Bytes come out of every form as they went in.

use super::super::*;
use proptest::prelude::*;
use std::borrow::Cow;

fn item(raw: &[u8]) -> Item<'_> {
    Item {
        place: 41,
        chain: Digest([0xcd; 32]),
        event: Carried(Cow::Borrowed(raw)),
    }
}

#[test]
fn an_item_is_frozen() {
    let cd = "cd".repeat(32);
    let breaks = "devices read the city's events by these names";
    let forms = [
        (r#"{"a": 1.50}"#, r#"{"a": 1.50}"#),
        // These would not come out of a JSON reader, or of a stream's line, as they went in.
        (r#"{} "#, r#""{} ""#),
        ("{\n}", r#""{\n}""#),
        ("{\r}", r#""{\r}""#),
        (r#""{}""#, r#""\"{}\"""#),
        ("{", r#""{""#),
    ];
    for (raw, form) in forms {
        let json = format!(r#"{{"place":41,"chain":"{cd}","event":{form}}}"#);
        let written = serde_json::to_string(&item(raw.as_bytes())).unwrap();
        assert_eq!(written, json, "{breaks}");
    }
}

#[test]
fn a_body_of_lines_is_read_as_an_event_file_is() {
    let body = b"{\"a\":1}\r\n\n\"{\\n}\"\n!ff00\n!zz\n\"open\n  {}";
    let read: Vec<_> = lines(body).collect();
    let expected: [&[u8]; 6] = [b"{\"a\":1}", b"{\n}", b"\xff\0", b"!zz", b"\"open", b"  {}"];
    assert_eq!(read, expected);
}

#[test]
fn an_array_gives_its_elements_as_they_stand() {
    let read = array(br#" [ {"a" : 1.0} , "x\n", 5,{"a":1,"a":2}] "#).unwrap();
    let expected: [&[u8]; 4] = [br#"{"a" : 1.0}"#, b"x\n", b"5", br#"{"a":1,"a":2}"#];
    assert_eq!(read, expected);
    for broken in ["", "{}", "[{}", "[{}]x", "[{},]"] {
        assert!(array(broken.as_bytes()).is_err(), "{broken}");
    }
}

proptest! {
    #[test]
    fn any_bytes_survive_a_body_of_lines(all in prop::collection::vec(prop::collection::vec(any::<u8>(), 1..20), 0..5)) {
        let mut body = Vec::new();
        for raw in &all {
            write_line(raw, &mut body);
        }
        prop_assert_eq!(lines(&body).map(Cow::into_owned).collect::<Vec<_>>(), all);
    }

    #[test]
    fn any_text_survives_an_item(text in prop_oneof![".*", r#"[ \n]?\{"[a-z\r\\n"]{0,5}":[0-9]\}[ \n]?"#]) {
        let json = serde_json::to_string(&item(text.as_bytes())).unwrap();
        prop_assert!(!json.contains(['\n', '\r']), "it is one line of a stream");
        let read: Item = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(read, item(text.as_bytes()));
    }
}
