//! Reading what others wrote: newer, broken, reordered, hostile.

use super::super::testkit::{Phone, asset_uid, on_asset, plotted, task_uid};
use super::super::*;
use proptest::prelude::*;

fn canonical() -> String {
    let mut phone = Phone::new(1);
    let id = phone.on_task(1, plotted("drain-clear", on_asset(1)));
    String::from_utf8(phone.log.get(id).unwrap().raw().to_vec()).unwrap()
}

fn unreadable(text: &str) -> (Option<Envelope>, Unreadable) {
    match Event::read(text.as_bytes()).view() {
        View::Unreadable { envelope, why } => (envelope.clone(), why.clone()),
        other => panic!("{text} was read as {other:?}"),
    }
}

fn newer(text: &str) -> Newer {
    match Event::read(text.as_bytes()).view() {
        View::Newer { why, .. } => *why,
        other => panic!("{text} was read as {other:?}"),
    }
}

#[test]
fn unknown_fields_survive_and_do_not_disturb() {
    let text = canonical();
    let more = text.replacen(r#""work":"#, r#""weather":{"rain":[1,2]},"work":"#, 1);
    let event = Event::read(more.as_bytes());
    assert_eq!(event.raw(), more.as_bytes(), "bytes are never changed");
    assert_eq!(event.kind(), Event::read(text.as_bytes()).kind());
    let before = text.replacen(r#""kind":"#, r#""weather":"rain","kind":"#, 1);
    let event = Event::read(before.as_bytes());
    assert_eq!(event.kind(), Event::read(text.as_bytes()).kind());
}

#[test]
fn newer_things_are_kept_with_their_envelope() {
    let text = canonical();
    let version = text.replacen(r#""v":1"#, r#""v":2"#, 1);
    assert_eq!(newer(&version), Newer::Version);
    let kind = text.replacen(r#""plotted""#, r#""photographed""#, 1);
    assert_eq!(newer(&kind), Newer::Kind);
    let subject = text.replacen(r#"{"task":"#, r#"{"bridge":"#, 1);
    assert_eq!(newer(&subject), Newer::Subject);
    let event = Event::read(version.as_bytes());
    assert_eq!(event.subject(), Some(&Subject::Task(task_uid(1))));
    assert_eq!(event.raw(), version.as_bytes());
}

#[test]
fn broken_things_are_kept_and_say_why() {
    let text = canonical();
    let (envelope, why) = unreadable(&text.replacen(r#""drain-clear""#, "7", 1));
    assert!(envelope.is_some(), "it still has its place in the order");
    assert!(matches!(why, Unreadable::Form(_)), "{why}");
    let (envelope, why) = unreadable(&text.replacen(r#""v":1"#, r#""v":0"#, 1));
    assert_eq!((envelope, why), (None, Unreadable::Version(0)));
    let (envelope, why) = unreadable(&text.replacen(r#""seq":1"#, r#""seq":0"#, 1));
    assert_eq!((envelope, why), (None, Unreadable::Seq(0)));
    unreadable(&text.replacen(r#""seq":1"#, r#""seq":9007199254740992"#, 1));
    unreadable(&text.replacen("T", " at ", 1));
    unreadable(&text.replacen(r#""saw":[]"#, r#""saw":"none""#, 1));
    for junk in [
        "",
        "{}",
        "[]",
        "null",
        "7",
        "{",
        "\"a\"",
        "{\"v\":1}",
        "\u{feff}{}",
    ] {
        unreadable(junk);
    }
    unreadable(&format!("{text} and more"));
    unreadable(&"[".repeat(100_000));
    unreadable(&text.replacen(
        r#""work":"#,
        &format!(r#""x":{},"work":"#, "[".repeat(9999)),
        1,
    ));
}

#[test]
fn a_second_envelope_field_is_refused() {
    let text = canonical();
    for field in [
        r#""actor":"mayor""#,
        r#""id":"018f3bcd-0000-7000-8000-000000000009""#,
    ] {
        let twice = text.replacen(r#""work":"#, &format!(r#"{field},"work":"#), 1);
        unreadable(&twice);
        let first = format!("{{{field},{}", &text[1..]);
        unreadable(&first);
    }
    let kinds = text.replacen(r#""work":"#, r#""kind":"noted","work":"#, 1);
    unreadable(&kinds);
}

#[test]
fn numbers_are_no_quantities() {
    let line = r#"{"work":"x","quantity":Q,"unit":"m","measured":"typed"}"#;
    let read = |q: &str| serde_json::from_str::<WorkLine>(&line.replace('Q', q));
    assert!(read("1.5").is_err(), "a binary float may stand behind it");
    assert!(read("\"1e3\"").is_err());
    assert!(read("\"1_000\"").is_err());
    assert!(read("\"+1\"").is_err());
    assert!(read("\"1.\"").is_err());
    assert!(read("\".5\"").is_err());
    assert!(read("\"1234567890123\"").is_err(), "sums could not keep it");
    assert!(read("\"0.1234567\"").is_err(), "sums could not keep it");
    let typed = read("\"1395.840\"").unwrap().quantity;
    assert_eq!(typed.to_string(), "1395.840");
    assert_eq!(typed, "1395.84".parse().unwrap());
}

#[test]
fn moments_keep_their_offset() {
    for text in [
        "2024-05-03T09:12:44+08:00",
        "2024-05-03T09:12:44.125-03:30",
        "1969-12-31T23:59:59+00:00",
    ] {
        let moment: Moment = text.parse().unwrap();
        assert_eq!(moment.to_string(), text);
    }
    let late: Moment = "2024-05-03T23:30:00+08:00".parse().unwrap();
    assert_eq!(late.local_date().to_string(), "2024-05-03");
    assert_eq!(
        late.shifted(3_600_000).local_date().to_string(),
        "2024-05-04"
    );
    let z: Moment = "2024-05-03T01:12:44Z".parse().unwrap();
    assert_eq!(z.to_string(), "2024-05-03T01:12:44+00:00");
    assert!(
        "2024-05-03T09:12:44".parse::<Moment>().is_err(),
        "no offset"
    );
    assert_eq!(late.shifted(i64::MAX), late);
}

#[test]
fn positions_are_rounded_once() {
    let p = Position::from_degrees(123.500_000_04, -43.520_000_06).unwrap();
    assert_eq!(
        p,
        Position {
            lon: 1_235_000_000,
            lat: -435_200_001
        }
    );
    assert_eq!(p.degrees(), (123.5, -43.520_000_1));
    assert!(Position::from_degrees(f64::NAN, 0.0).is_none());
    assert!(Position::from_degrees(180.1, 0.0).is_none());
    assert!(Position::from_degrees(0.0, f64::INFINITY).is_none());
}

/// The members of a JSON object, as texts.
fn members(text: &str) -> Vec<(String, String)> {
    let map: serde_json::Map<String, serde_json::Value> = serde_json::from_str(text).unwrap();
    map.iter()
        .map(|(k, v)| (k.clone(), v.to_string()))
        .collect()
}

proptest! {
    #[test]
    fn any_bytes_are_kept_and_nothing_panics(bytes: Vec<u8>) {
        let event = Event::read(bytes.clone());
        prop_assert_eq!(event.raw(), &bytes[..]);
        prop_assert!(event.id().is_none());
    }

    #[test]
    fn a_damaged_event_never_panics(at in 0usize..400, to: u8, cut in 0usize..400) {
        let mut bytes = canonical().into_bytes();
        let at = at % bytes.len();
        bytes[at] = to;
        Event::read(bytes.clone());
        bytes.truncate(cut);
        Event::read(bytes);
    }

    #[test]
    fn the_order_of_members_does_not_matter(seed in any::<prop::sample::Index>(), turn in 0usize..20) {
        let text = canonical();
        let mut all = members(&text);
        let len = all.len();
        all.rotate_left(turn % len);
        let i = seed.index(len);
        all.swap(0, i);
        let body: Vec<String> = all.iter().map(|(k, v)| format!("{k:?}:{v}")).collect();
        let shuffled = format!("{{{}}}", body.join(","));
        let event = Event::read(shuffled.as_bytes());
        let straight = Event::read(text.as_bytes());
        prop_assert_eq!(event.view(), straight.view());
    }

    #[test]
    fn unknown_members_anywhere_survive(name in "[a-z]{3,8}_x", at in 0usize..14, value in "[a-z0-9]{0,9}") {
        let text = canonical();
        let mut all = members(&text);
        all.insert(at.min(all.len()), (name, format!("{value:?}")));
        let body: Vec<String> = all.iter().map(|(k, v)| format!("{k:?}:{v}")).collect();
        let more = format!("{{{}}}", body.join(","));
        let event = Event::read(more.as_bytes());
        prop_assert_eq!(event.raw(), more.as_bytes());
        let straight = Event::read(text.as_bytes());
        prop_assert_eq!(event.view(), straight.view());
    }
}

#[test]
fn names_of_other_events_count_as_seen() {
    let named = |kind: Kind| kind.names().collect::<Vec<_>>();
    let id = super::super::testkit::event_id(1, 1);
    assert_eq!(named(super::super::testkit::undone([id])), [id]);
    let choice = Choice {
        field: Field::Stage,
        event: id,
    };
    let resolved = Resolved {
        choices: vec![choice],
        note: None,
    };
    assert_eq!(named(resolved.into()), [id]);
    let noted = Noted {
        text: "x".into(),
        asset: Some(asset_uid(1)),
        photos: vec![],
    };
    assert!(named(noted.into()).is_empty());
}
