//! Each rule by an example.

use super::super::*;
use super::model::Server;
use crate::ids::Uuid;
use crate::log::testkit::{CITY, Phone, device_id};
use crate::log::{Event, Noted, Tombstone};

/// The first `n` events of a phone.
fn events(phone: u8, n: u64) -> Vec<Event> {
    let mut phone = Phone::new(phone);
    for i in 1..=n {
        let note = format!("{i}");
        phone.on_task(
            1,
            Noted {
                text: note,
                asset: None,
                photos: Vec::new(),
            },
        );
    }
    let mut events: Vec<Event> = phone.log.events().map(|e| (**e).clone()).collect();
    events.sort_by_key(|e| e.number());
    events
}

fn edited(event: &Event, from: &str, to: &str) -> Event {
    let text = std::str::from_utf8(event.raw()).unwrap();
    assert!(text.contains(from), "{text}");
    Event::read(text.replace(from, to).into_bytes())
}

fn accepted(answer: &Answer) -> Option<u64> {
    match answer.receipt.verdict {
        Verdict::Accepted { place, .. } => Some(place),
        _ => None,
    }
}

#[test]
fn a_duplicate_gets_its_first_receipt_again() {
    let mut server = Server::new(CITY);
    let [a, b] = &events(1, 2)[..] else { panic!() };
    let first = server.take(a);
    server.take(b);
    let second = server.take(a);
    assert_eq!((first.again, second.again), (false, true));
    assert_eq!(first.receipt, second.receipt);
    assert_eq!(server.head.place, 2);
}

#[test]
fn behind_a_gap_events_wait_and_then_come_in_their_own_order() {
    let mut server = Server::new(CITY);
    let e = events(1, 4);
    assert_eq!(
        server.take(&e[3]).receipt.verdict,
        Verdict::Waiting { missing: 1 }
    );
    assert_eq!(
        server.take(&e[2]).receipt.verdict,
        Verdict::Waiting { missing: 1 }
    );
    assert_eq!(accepted(&server.take(&e[0])), Some(1));
    assert_eq!(server.order(), [&e[0]], "3 and 4 still miss 2");
    assert_eq!(accepted(&server.take(&e[1])), Some(2));
    assert_eq!(server.order(), [&e[0], &e[1], &e[2], &e[3]]);
    let late = server.take(&e[3]);
    assert_eq!(
        (accepted(&late), late.again),
        (Some(4), true),
        "the verdict that stands"
    );
}

#[test]
fn another_devices_gap_holds_nobody_up() {
    let mut server = Server::new(CITY);
    server.take(&events(1, 2)[1]);
    assert_eq!(accepted(&server.take(&events(2, 1)[0])), Some(1));
}

#[test]
fn the_same_id_with_other_content_is_kept_and_counts_nowhere() {
    let mut server = Server::new(CITY);
    let first = &events(1, 1)[0];
    let other = edited(first, r#""text":"1""#, r#""text":"2""#);
    server.take(first);
    let held = Held::OtherContent {
        first: content(first.raw()),
    };
    let answer = server.take(&other);
    assert_eq!(answer.receipt.verdict, Verdict::Held(held.clone()));
    assert_eq!(server.take(&other).receipt.verdict, Verdict::Held(held));
    assert_eq!(server.order(), [first]);
}

#[test]
fn what_was_refused_under_an_id_does_not_keep_the_id() {
    let mut server = Server::new(CITY);
    let good = &events(1, 1)[0];
    let broken = edited(good, r#""text":"1""#, r#""text":1"#);
    assert!(matches!(
        server.take(&broken).receipt.verdict,
        Verdict::Refused(Refused::Form { .. })
    ));
    assert_eq!(accepted(&server.take(good)), Some(1));
}

#[test]
fn a_refused_event_closes_its_number_like_a_tombstone() {
    let e = events(1, 3);
    let broken = edited(&e[1], r#""text":"2""#, r#""text":2"#);
    let why = "disk".to_owned();
    let lost = Tombstone {
        device: device_id(1),
        seq: 2,
        why,
    };
    let lost = Event::read(lost.to_bytes().unwrap());
    for (second, places) in [(&broken, 2), (&lost, 3)] {
        let mut server = Server::new(CITY);
        server.take(&e[0]);
        assert_eq!(
            server.take(&e[2]).receipt.verdict,
            Verdict::Waiting { missing: 2 }
        );
        let answer = server.take(second);
        assert_eq!(answer.receipt.seq, Some(2));
        assert_eq!(
            server.head.place, places,
            "3 is through; a tombstone has a place of its own"
        );
        assert_eq!(*server.order().last().unwrap(), &e[2]);
    }
}

#[test]
fn another_citys_event_closes_none_of_our_numbers() {
    let mut server = Server::new(CITY);
    let e = events(1, 2);
    let foreign = edited(&e[0], r#""city":"220382""#, r#""city":"110000""#);
    let city = "110000".to_owned();
    let verdict = server.take(&foreign).receipt.verdict;
    assert_eq!(verdict, Verdict::Refused(Refused::City { city }));
    assert_eq!(
        server.take(&e[1]).receipt.verdict,
        Verdict::Waiting { missing: 1 }
    );
}

#[test]
fn only_form_and_size_refuse() {
    let mut server = Server::new(CITY);
    server.limits = Limits { event_bytes: 2000 };
    let e = &events(1, 1)[0];
    let long = edited(
        e,
        r#""text":"1""#,
        &format!(r#""text":"{}""#, "9".repeat(2000)),
    );
    let bytes = long.raw().len() as u64;
    let refused = Refused::Size { bytes, most: 2000 };
    assert_eq!(
        server.take(&long).receipt.verdict,
        Verdict::Refused(refused)
    );
    let mut not_text = e.raw().to_vec();
    let end = not_text.len() - 1;
    not_text.splice(end..end, *b",\"x\":\"\xff\"");
    let noise: [&[u8]; 4] = [b"", b"hello", b"{}", &not_text];
    for raw in noise {
        let verdict = server.take(&Event::read(raw)).receipt.verdict;
        assert!(
            matches!(verdict, Verdict::Refused(Refused::Form { .. })),
            "{verdict:?}"
        );
    }
    // The task has no beginning, the kind is one of tomorrow: neither is the server's business.
    let newer = edited(e, r#""kind":"noted""#, r#""kind":"sung""#);
    assert_eq!(accepted(&server.take(&newer)), Some(1));
    assert_eq!(server.rows.len(), 6, "and all of it is stored");
}

#[test]
fn a_number_given_twice_is_work_done_twice() {
    let mut server = Server::new(CITY);
    let e = &events(1, 1)[0];
    let id = e.id().unwrap();
    let other = Uuid::from_u128(id.0.as_u128() ^ 1).to_string();
    let copied = edited(e, &id.to_string(), &other);
    server.take(e);
    assert_eq!(accepted(&server.take(&copied)), Some(2));
}
