//! The log as a container: duplicates, other contents, gaps, other cities.

use super::super::testkit::{CITY, Phone, device_id, on_asset, plotted, task_uid, undone};
use super::super::*;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn altered(event: &Event, from: &str, to: &str) -> Event {
    let text = std::str::from_utf8(event.raw()).unwrap();
    assert!(text.contains(from));
    Event::read(text.replacen(from, to, 1).into_bytes())
}

#[test]
fn the_same_event_twice_is_one() {
    let mut phone = Phone::new(1);
    let id = phone.on_task(1, plotted("drain-clear", on_asset(1)));
    let event = (**phone.log.get(id).unwrap()).clone();
    let again = phone.log.insert(event);
    assert_eq!(again.outcome, Outcome::Duplicate);
    assert!(again.changed.is_empty());
    assert_eq!(phone.log.len(), 1);
}

#[test]
fn other_content_under_the_same_id_is_kept_and_all_agree_which_counts() {
    let mut phone = Phone::new(1);
    let id = phone.on_task(1, plotted("drain-clear", on_asset(1)));
    let first = (**phone.log.get(id).unwrap()).clone();
    let second = altered(&first, "drain-clear", "drain-sweep");
    let elsewhere = altered(&first, &task_uid(1).to_string(), &task_uid(0).to_string());
    let all = [first, second, elsewhere];
    let mut states = Vec::new();
    for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2], [2, 0, 1]] {
        let mut log = Log::new(CITY);
        let outcomes: Vec<_> = order
            .iter()
            .map(|i| log.insert(all[*i].clone()).outcome)
            .collect();
        assert_eq!(outcomes[0], Outcome::Inserted);
        assert_eq!(outcomes[1..], [Outcome::Quarantined; 2]);
        assert_eq!(log.insert(all[1].clone()).outcome, Outcome::Duplicate);
        assert_eq!(log.len(), 1);
        assert_eq!(log.everything().count(), 3, "both are kept");
        let about = |n| log.about(&Subject::Task(task_uid(n))).to_vec();
        states.push((log.get(id).cloned(), about(0), about(1)));
    }
    assert!(states.windows(2).all(|w| w[0] == w[1]));
}

#[test]
fn another_citys_events_and_junk_are_kept_aside() {
    let mut phone = Phone::new(1);
    let id = phone.on_task(1, plotted("drain-clear", on_asset(1)));
    let event = (**phone.log.get(id).unwrap()).clone();
    let mut log = Log::new("110101");
    assert_eq!(log.insert(event.clone()).outcome, Outcome::Foreign);
    assert_eq!(log.insert(event).outcome, Outcome::Duplicate);
    assert_eq!(
        log.insert(Event::read(*b"junk")).outcome,
        Outcome::Unreadable
    );
    assert!(log.is_empty());
    assert_eq!(log.everything().count(), 2);
}

#[test]
fn gaps_are_known_and_tombstones_fill_them() {
    let mut phone = Phone::new(1);
    let ids: Vec<_> = (0..5)
        .map(|_| phone.on_task(1, Accepted::default()))
        .collect();
    let mut log = Log::new(CITY);
    for n in [1, 4] {
        log.insert((**phone.log.get(ids[n]).unwrap()).clone());
    }
    let device = device_id(1);
    assert_eq!(log.gaps(device), [1..=1, 3..=4]);
    assert_eq!(log.next_seq(device), 6);
    assert_eq!(log.next_seq(device_id(9)), 1);
    let tombstone = Tombstone {
        device,
        seq: 3,
        why: "storage".into(),
    };
    let lost = Event::read(tombstone.to_bytes().unwrap());
    assert_eq!(lost.number(), Some((device, 3)));
    assert_eq!(log.insert(lost.clone()).outcome, Outcome::Buried);
    assert_eq!(log.insert(lost).outcome, Outcome::Duplicate);
    assert_eq!(log.gaps(device), [1..=1, 4..=4]);
    // Another device had it after all.
    let found = (**phone.log.get(ids[2]).unwrap()).clone();
    assert_eq!(log.insert(found).outcome, Outcome::Inserted);
    assert_eq!(log.clashes(), []);
}

#[test]
fn a_number_given_twice_is_noticed() {
    let mut phone = Phone::new(1);
    let id = phone.on_task(1, Accepted::default());
    let event = (**phone.log.get(id).unwrap()).clone();
    let other = super::super::testkit::event_id(7, 7);
    let copy = altered(&event, &id.to_string(), &other.to_string());
    assert_eq!(phone.log.insert(copy).outcome, Outcome::Inserted);
    let last = id.max(other);
    assert_eq!(phone.log.clashes(), [(device_id(1), 1, last)]);
}

#[test]
fn merging_tells_what_is_to_be_stored() {
    let (mut a, mut b) = (Phone::new(1), Phone::new(2));
    a.on_task(1, plotted("drain-clear", on_asset(1)));
    b.learn(&a);
    let news = a.on_task(2, plotted("drain-clear", on_asset(2)));
    let mut events: Vec<Event> = a.log.events().map(|e| (**e).clone()).collect();
    events.push(Event::read(*b"junk"));
    let merged = b.log.merge(events);
    let counts = [
        (Outcome::Inserted, 1),
        (Outcome::Duplicate, 1),
        (Outcome::Unreadable, 1),
    ];
    assert_eq!(merged.counts, counts.into());
    assert_eq!(merged.changed, [Subject::Task(task_uid(2))].into());
    let kept: Vec<_> = merged.kept.iter().map(|e| e.id()).collect();
    assert_eq!(kept, [Some(news), None]);
}

#[test]
fn heads_are_what_nobody_has_seen() {
    let (mut a, mut b) = (Phone::new(1), Phone::new(2));
    let task = Subject::Task(task_uid(1));
    let plot = a.on_task(1, plotted("drain-clear", on_asset(1)));
    assert_eq!(a.log.heads(&task), [plot]);
    b.learn(&a);
    let one = a.on_task(1, Accepted::default());
    let two = b.on_task(1, Started::default());
    a.learn(&b);
    assert_eq!(a.log.heads(&task), [one.min(two), one.max(two)]);
    let join = a.on_task(1, undone([one]));
    assert_eq!(a.log.heads(&task), [join]);
    let saw = &a.log.get(join).unwrap().envelope().unwrap().saw;
    assert_eq!(**saw, [one.min(two), one.max(two)]);
    assert!(a.log.heads(&Subject::Task(task_uid(2))).is_empty());
}

#[test]
fn what_could_not_be_read_again_is_not_sealed() {
    let phone = Phone::new(1);
    for seq in [0, MAX_SEQ + 1] {
        let stamp = Stamp {
            seq,
            ..phone.stamp()
        };
        let draft = Draft::new(Subject::Task(task_uid(1)), Accepted::default());
        assert!(matches!(
            phone.log.seal(draft, stamp),
            Err(SealError::Seq(_))
        ));
    }
    let endless = Quantity("1234567890123".parse().unwrap());
    let planned = Dispatched {
        planned: Some(endless),
        ..Dispatched::default()
    };
    let sealed = phone.log.seal(
        Draft::new(Subject::Task(task_uid(1)), planned),
        phone.stamp(),
    );
    assert!(matches!(sealed, Err(SealError::Unreadable(_))));
    let draft = Draft::new(
        Subject::Other("bridge".into(), "7".into()),
        Accepted::default(),
    );
    let sealed = phone.log.seal(draft, phone.stamp());
    assert!(matches!(sealed, Err(SealError::Subject(_))));
}

proptest! {
    #[test]
    fn numbers_agree_with_a_plain_set(all in prop::collection::vec(prop_oneof![1u64..30, Just(MAX_SEQ)], 0..40)) {
        let (mut numbers, mut set) = (Numbers::default(), BTreeSet::new());
        for n in all {
            prop_assert_eq!(numbers.insert(n), set.insert(n));
        }
        let small: Vec<u64> = set.iter().copied().filter(|n| *n < 30).collect();
        let gaps: Vec<u64> = numbers.gaps().flatten().take_while(|n| *n < 30).collect();
        let top = if set.contains(&MAX_SEQ) { 29 } else { small.last().copied().unwrap_or(0) };
        let expected: Vec<u64> = (1..=top).filter(|n| !set.contains(n)).collect();
        prop_assert_eq!(gaps, expected);
        prop_assert_eq!(numbers.next(), set.last().map_or(1, |n| n + 1));
        for n in 0..32 {
            prop_assert_eq!(numbers.contains(n), set.contains(&n));
        }
    }
}
