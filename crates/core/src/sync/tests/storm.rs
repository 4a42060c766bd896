//! Whatever the order, the repeats and the cuts: the same events count.

use super::super::*;
use super::model::Server;
use crate::ids::{DeviceId, EventId, Uuid};
use crate::log::testkit::{CITY, device_id, task_uid};
use crate::log::{Draft, Event, Moment, Noted, Stamp, Subject, Tombstone};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// What is wrong with a number of a device.
#[derive(Debug, Clone, Copy)]
enum Flaw {
    None,
    /// Its event can no longer be read by its device.
    Lost,
    /// It cannot be read by anybody, but says its number.
    Broken,
    TooLong,
    OtherCity,
    /// Two contents under one id.
    Twin,
    /// Two events under one number.
    Copied,
}

const LIMITS: Limits = Limits { event_bytes: 1000 };

fn event(device: u8, seq: u64, id: u128, note: String) -> Event {
    let id = EventId(Uuid::from_u128(
        id << 64 | u128::from(device) << 32 | u128::from(seq),
    ));
    let stamp = Stamp {
        id,
        device: device_id(device),
        seq,
        actor: "crew-1".into(),
        at: Moment::from_millis(1_714_698_764_000, 480).unwrap(),
        offset_ms: 0,
    };
    let kind = Noted {
        text: note,
        asset: None,
        photos: Vec::new(),
    };
    Draft::new(Subject::Task(task_uid(device)), kind)
        .seal(CITY, stamp, &[])
        .unwrap()
}

fn made(device: u8, seq: u64, flaw: Flaw) -> Vec<Event> {
    let good = event(device, seq, 1, "one".into());
    let edited = |from: &str, to: &str| {
        let text = std::str::from_utf8(good.raw()).unwrap().replace(from, to);
        Event::read(text.into_bytes())
    };
    match flaw {
        Flaw::None => vec![good],
        Flaw::Lost => {
            let lost = Tombstone {
                device: device_id(device),
                seq,
                why: "gone".into(),
            };
            vec![Event::read(lost.to_bytes().unwrap())]
        }
        Flaw::Broken => vec![edited(r#""text":"one""#, r#""text":1"#)],
        Flaw::TooLong => vec![event(device, seq, 1, "long".repeat(300))],
        // Then its number must come from another event, or what follows waits for ever.
        Flaw::OtherCity => vec![edited(r#""city":"220382""#, r#""city":"110000""#), good],
        Flaw::Twin => vec![edited("one", "two"), good],
        Flaw::Copied => vec![event(device, seq, 2, "one".into()), good],
    }
}

fn any_flaw() -> impl Strategy<Value = Flaw> {
    use Flaw::*;
    prop_oneof![8 => Just(None), 1 => Just(Lost), 1 => Just(Broken), 1 => Just(TooLong),
        1 => Just(OtherCity), 1 => Just(Twin), 1 => Just(Copied)]
}

/// All that three devices say, and an order with repeats in which some of it arrives.
fn any_arrival() -> impl Strategy<Value = (Vec<Event>, Vec<usize>)> {
    let device = || prop::collection::vec(any_flaw(), 0..8);
    (device(), device(), device())
        .prop_map(|(a, b, c)| {
            let all = [a, b, c].into_iter().enumerate().flat_map(|(d, flaws)| {
                let numbered = (1..).zip(flaws);
                numbered.flat_map(move |(seq, flaw)| made(d as u8, seq, flaw))
            });
            all.collect::<Vec<_>>()
        })
        .prop_flat_map(|all| {
            let n = all.len().max(1);
            (Just(all), prop::collection::vec(0..n, 0..3 * n))
        })
}

/// What an event is to the order: its id, or its bytes where it has none.
fn name(event: &Event) -> (Option<EventId>, Option<Digest>) {
    let id = event.id();
    (id, id.is_none().then(|| content(event.raw())))
}

/// The rule said anew, over a set and without any order: what is in form counts when
/// every earlier number of its device has come in some form.
fn should_count(came: &[&Event]) -> BTreeSet<(Option<EventId>, Option<Digest>)> {
    let ours = |e: &&&Event| e.envelope().is_none_or(|envelope| &*envelope.city == CITY);
    let mut numbers: BTreeMap<DeviceId, BTreeSet<u64>> = BTreeMap::new();
    for (device, seq) in came.iter().filter(ours).filter_map(|e| e.number()) {
        numbers.entry(device).or_default().insert(seq);
    }
    let whole = |device, seq| (1..seq).all(|n| numbers[&device].contains(&n));
    let well = |e: &&&Event| {
        let broken = matches!(e.view(), crate::log::View::Unreadable { .. });
        !broken && e.raw().len() <= LIMITS.event_bytes
    };
    let good = came.iter().filter(ours).filter(well);
    good.filter(|e| e.number().is_some_and(|(device, seq)| whole(device, seq)))
        .map(|e| name(e))
        .collect()
}

fn run(events: impl IntoIterator<Item = Event>) -> Server {
    let mut server = Server::new(CITY);
    server.limits = LIMITS;
    for event in events {
        server.take(&event);
    }
    server
}

proptest! {
    #[test]
    fn any_arrival_counts_what_came_and_nothing_else((all, arrival) in any_arrival()) {
        let arrived: Vec<Event> = arrival.iter().filter_map(|&i| all.get(i).cloned()).collect();
        let server = run(arrived.clone());
        let came: BTreeMap<&[u8], &Event> = arrived.iter().map(|e| (e.raw(), e)).collect();
        let came: Vec<&Event> = came.into_values().collect();

        let order = server.order();
        let counted: BTreeSet<_> = order.iter().map(|e| name(e)).collect();
        prop_assert_eq!(counted.len(), order.len(), "something counts twice");
        prop_assert_eq!(counted, should_count(&came));
        prop_assert_eq!(server.rows.len(), came.len(), "each of them has one receipt");
    }

    #[test]
    fn once_all_has_come_nothing_waits_and_numbers_ascend((all, arrival) in any_arrival()) {
        let some = arrival.iter().filter_map(|&i| all.get(i).cloned());
        let server = run(some.chain(all.iter().rev().cloned()));
        let straight = run(all.iter().cloned());
        let names = |s: &Server| s.order().into_iter().map(name).collect::<BTreeSet<_>>();
        prop_assert_eq!(names(&server), names(&straight));
        prop_assert_eq!(server.rows.len(), all.len());
        for (_, receipt, _) in &server.rows {
            let waits = matches!(receipt.verdict, Verdict::Waiting { .. });
            prop_assert!(!waits, "{:?}", receipt);
        }
        let mut last: BTreeMap<DeviceId, u64> = BTreeMap::new();
        for (device, seq) in server.order().iter().filter_map(|e| e.number()) {
            let before = last.insert(device, seq).unwrap_or(0);
            // A copied profile's second event may come at any time after its number closed.
            let late = before >= seq;
            prop_assert!(!late || is_late(&all, device, seq), "{seq} after {before}");
        }
    }
}

/// Whether a number can come late: it stands for more than one event, or its event was
/// refused under one form and came in another.
fn is_late(all: &[Event], device: DeviceId, seq: u64) -> bool {
    all.iter()
        .filter(|e| e.number() == Some((device, seq)))
        .count()
        > 1
}
