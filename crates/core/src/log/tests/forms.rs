//! Segments and files: frozen bytes, and what becomes of damaged ones.

use super::super::testkit::{CITY, Phone, on_asset, plotted};
use super::super::*;
use proptest::prelude::*;

fn some_events() -> Vec<Event> {
    let mut phone = Phone::new(1);
    phone.on_task(1, plotted("drain-clear", on_asset(1)));
    phone.on_task(1, Started::default());
    phone.on_task(2, plotted("lamp-repair", on_asset(2)));
    phone.log.events().map(|e| (**e).clone()).collect()
}

fn strange() -> Vec<Event> {
    let texts: [&[u8]; 7] = [
        b"",
        b"{\n \"pretty\": 1\n}",
        b"plain text",
        b"\"quoted\"",
        b"\xff\x00\x10",
        b"!not hex",
        b"{\"ends\":1}\r",
    ];
    texts.into_iter().map(Event::read).collect()
}

#[test]
fn a_segment_is_frozen() {
    let events = [
        Event::read(*b"{\"a\":1}"),
        Event::read(*b"{\n}"),
        Event::read(*b"\xfe"),
    ];
    assert_eq!(
        String::from_utf8(write_segment(CITY, &events)).unwrap(),
        "{\"format\":\"mendmap-segment\",\"v\":1,\"city\":\"220382\",\"count\":3,\"bytes\":19,\"crc32\":\"1e5f23db\"}\n\
          {\"a\":1}\n\
          \"{\\n}\"\n\
          !fe\n",
        "segments lie in the storage of every device: other bytes would be refused as damaged, \
         and a device would show a city without its history"
    );
}

#[test]
fn a_file_is_frozen() {
    let events = [Event::read(*b"{\"a\":1}")];
    assert_eq!(
        String::from_utf8(export_file(CITY, Scope::Unsent, &events)).unwrap(),
        "{\"format\":\"mendmap-events\",\"v\":1,\"city\":\"220382\",\"scope\":\"unsent\",\"count\":1,\"crc32\":\"74e8a346\"}\n\
          {\"a\":1}\n",
        "files lie on sticks and in chats, unsent work in them: another form would not be read"
    );
}

#[test]
fn every_damage_to_a_segment_is_noticed_and_loses_only_what_it_hit() {
    let events = some_events();
    let good = write_segment(CITY, &events);
    assert_eq!(read_segment(&good).unwrap().events, events);
    let body = good.iter().position(|b| *b == b'\n').unwrap() + 1;
    for at in body..good.len() {
        let mut bad = good.clone();
        bad[at] ^= 1;
        let error = read_segment(&bad).unwrap_err();
        assert_eq!(error.fault, SegmentFault::Checksum);
        assert_eq!(segment_bytes(&bad), Err(SegmentFault::Checksum));
        let whole = events.iter().filter(|e| error.salvaged.contains(e));
        assert!(whole.count() >= events.len() - 2, "damage at {at}");
    }
    for end in body..good.len() {
        let error = read_segment(&good[..end]).unwrap_err();
        assert!(matches!(error.fault, SegmentFault::Length { .. }));
    }
    assert_eq!(read_segment(b"").unwrap_err().fault, SegmentFault::Header);
}

#[test]
fn a_newer_segment_is_refused_but_its_events_are_there() {
    let events = some_events();
    let text = String::from_utf8(write_segment(CITY, &events)).unwrap();
    let newer = text.replacen(r#""v":1,"city":"220382""#, r#""v":2,"town":7"#, 1);
    let error = read_segment(newer.as_bytes()).unwrap_err();
    assert_eq!(error.fault, SegmentFault::Newer(2));
    assert_eq!(error.salvaged, events);
    let other = text.replacen("mendmap-segment", "other", 1);
    let error = read_segment(other.as_bytes()).unwrap_err();
    assert_eq!(error.fault, SegmentFault::Header);
    assert_eq!(error.salvaged[1..], events);
}

#[test]
fn a_file_through_other_hands_loses_nothing() {
    let events = some_events();
    let text = String::from_utf8(export_file(CITY, Scope::All, &events)).unwrap();
    let import = import_file(text.as_bytes());
    assert_eq!(import.city.as_deref(), Some(CITY));
    assert_eq!((import.events, import.problems), (events.clone(), vec![]));

    let windows = format!("\u{feff}{}", text.replace('\n', "\r\n"));
    let import = import_file(windows.as_bytes());
    assert_eq!(import.events, events);
    assert_eq!(import.problems, [FileProblem::Checksum]);

    let body = text.split_once('\n').unwrap().1;
    let import = import_file(body.as_bytes());
    assert_eq!(import.events, events);
    assert_eq!(import.problems, [FileProblem::NoHeader]);

    let newer = text.replacen(r#""v":1"#, r#""v":9"#, 1);
    let import = import_file(newer.as_bytes());
    assert_eq!(import.events, events);
    assert_eq!(import.problems, [FileProblem::NewerFile { version: 9 }]);

    let cut = &text[..text.len() - 20];
    let import = import_file(cut.as_bytes());
    assert_eq!(import.events.len(), 3, "the broken line is kept");
    assert_eq!(import.events[..2], events[..2]);
    assert!(matches!(
        import.problems[0],
        FileProblem::Line { line: 4, .. }
    ));
    assert!(import.problems.contains(&FileProblem::Checksum));

    let shorter: Vec<&str> = text.lines().take(3).collect();
    let import = import_file(shorter.join("\n").as_bytes());
    assert_eq!(
        import.problems,
        [FileProblem::Count {
            expected: 3,
            found: 2
        }]
    );
    assert_eq!(import_file(b"").problems, [FileProblem::NoHeader]);
}

#[test]
fn a_file_of_something_else_is_known_for_what_it_is() {
    let events = some_events();
    let text = String::from_utf8(export_file(CITY, Scope::All, &events)).unwrap();
    let (header, body) = text.split_once('\n').unwrap();
    for records in [header, body, &text[..text.len() - 20]] {
        assert!(import_file(records.as_bytes()).is_records, "{records}");
    }
    let collection = br#"{"type":"FeatureCollection","features":[]}"#;
    for other in [&b""[..], b"hello", b"\x89PNG\r\n\x1a\n", collection] {
        assert!(!import_file(other).is_records, "{other:?}");
    }
}

#[test]
fn strange_bytes_come_back_as_they_were() {
    let events = strange();
    let read = read_segment(&write_segment(CITY, &events)).unwrap();
    assert_eq!(read.events, events);
    let import = import_file(&export_file(CITY, Scope::All, &events));
    assert_eq!(import.events, events);
    assert_eq!(import.problems.len(), events.len(), "each is told");
}

proptest! {
    #[test]
    fn export_then_import_is_identity(lines: Vec<Vec<u8>>) {
        let events: Vec<_> = lines.into_iter().map(Event::read).chain(some_events()).collect();
        let import = import_file(&export_file(CITY, Scope::All, &events));
        prop_assert_eq!(&import.events, &events);
        let segment = read_segment(&write_segment(CITY, &events));
        prop_assert_eq!(&segment.unwrap().events, &events);
        let segment = write_segment(CITY, &events);
        let unread = segment_bytes(&segment).unwrap();
        let raws: Vec<&[u8]> = events.iter().map(Event::raw).collect();
        prop_assert_eq!(unread, raws);
    }

    #[test]
    fn any_bytes_are_no_panic(bytes: Vec<u8>) {
        let import = import_file(&bytes);
        prop_assert!(!import.problems.is_empty());
        let error = read_segment(&bytes).unwrap_err();
        prop_assert_eq!(segment_bytes(&bytes), Err(error.fault));
    }
}
