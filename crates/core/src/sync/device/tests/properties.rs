//! Whatever it is told, in whatever order.

use super::super::*;
use super::kit::*;
use crate::sync::{Digest, Head, Verdict};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug, Clone)]
enum Step {
    Append(u64),
    /// An answer to one of the last requests, about some events.
    Answer(u64, Vec<(u64, u8)>),
    PushFails(u64, u8),
    PullFails(u64, u8),
    /// A page of the true order, or of another.
    Page(u64, usize, bool),
    Stored(u64, bool),
    Online(bool),
    LogIn(u8),
    TryAgain,
    Tick(i64),
}

fn step() -> impl Strategy<Value = Step> {
    let ticket = || 0..4_u64;
    let answers = prop::collection::vec((1..9_u64, 0..5_u8), 0..5);
    prop_oneof![
        3 => (1..9_u64).prop_map(Step::Append),
        4 => (ticket(), answers).prop_map(|(t, a)| Step::Answer(t, a)),
        1 => (ticket(), 0..5_u8).prop_map(|(t, f)| Step::PushFails(t, f)),
        1 => (ticket(), 0..5_u8).prop_map(|(t, f)| Step::PullFails(t, f)),
        3 => (ticket(), 0..5_usize, prop::bool::weighted(0.1))
            .prop_map(|(t, n, b)| Step::Page(t, n, b)),
        6 => (ticket(), prop::bool::weighted(0.8)).prop_map(|(t, ok)| Step::Stored(t, ok)),
        1 => prop::bool::weighted(0.8).prop_map(Step::Online),
        1 => (0..2_u8).prop_map(Step::LogIn),
        1 => Just(Step::TryAgain),
        3 => (-100_000..400_000_i64).prop_map(Step::Tick),
    ]
}

fn failure(n: u8) -> Failure {
    match n {
        0 => Failure::Network,
        1 => Failure::Unauthorised,
        2 => Failure::TooLarge,
        3 => Failure::Garbled,
        _ => Failure::Server {
            retry_after_ms: Some(u64::MAX),
        },
    }
}

fn verdict(n: u8) -> Verdict {
    match n {
        0 => held(),
        1 => refused(),
        2 => waiting(1),
        _ => accepted(1_000),
    }
}

proptest! {
    #[test]
    fn nothing_is_forgotten_before_it_is_stored(steps in prop::collection::vec(step(), 1..80)) {
        let order: Vec<_> = events(1, 1..=4).into_iter().chain(events(0, 1..=4)).collect();
        let mut other = order.clone();
        other.reverse();
        let (mut machine, _) = Machine::start(kept([]));
        let (mut now, mut tickets) = (NOON, 0);
        let mut appended = BTreeSet::new();
        // What each transaction would forget, and where it would put the cursor.
        let mut stores: BTreeMap<u64, (Vec<Digest>, Option<u64>)> = BTreeMap::new();
        let (mut forgotten, mut cursor) = (BTreeSet::new(), 0);
        for step in steps {
            let recent = |back: u64| u64::saturating_sub(tickets, back);
            let input = match step {
                Step::Append(seq) => {
                    let event = event(0, seq);
                    let name = crate::sync::content(event.raw());
                    // What a server has accepted is not appended again.
                    if forgotten.contains(&name) { continue; }
                    appended.insert(name);
                    Input::Appended(vec![event])
                }
                Step::Answer(t, of) => {
                    // The last verdict puts it right behind the cursor.
                    let said = |(seq, v)| match v {
                        4 => {
                            let Head { place, chain } =
                                machine.cursor.followed_by(event(0, seq).raw());
                            (seq, Verdict::Accepted { place, chain })
                        }
                        _ => (seq, verdict(v)),
                    };
                    answered(recent(t), of.into_iter().map(said))
                }
                Step::PushFails(t, f) => push_failed(recent(t), failure(f)),
                Step::PullFails(t, f) => pull_failed(recent(t), failure(f)),
                Step::Page(t, n, wrong) => {
                    let from = usize::try_from(machine.cursor.place).unwrap();
                    let order = if wrong { &other } else { &order };
                    // Receipts may have carried the cursor beyond this order.
                    let from = from.min(order.len());
                    pulled(recent(t), page(order, from, (from + n).min(order.len())))
                }
                Step::Stored(t, ok) => {
                    let ticket = recent(t);
                    if let Some((names, place)) = stores.remove(&ticket) && ok {
                        forgotten.extend(names);
                        cursor = place.unwrap_or(cursor);
                    }
                    stored(ticket, ok)
                }
                Step::Online(true) => Input::Online,
                Step::Online(false) => Input::Offline,
                Step::LogIn(n) => Input::LoggedIn { device: device(n) },
                Step::TryAgain => Input::TryAgain,
                Step::Tick(ms) => {
                    now += ms;
                    Input::Tick
                }
            };
            let before = machine.clone();
            let effects = machine.take(input.clone(), now, 3);
            prop_assert_eq!(&effects, &before.clone().take(input, now, 3), "the same again");
            for effect in effects {
                match effect {
                    Effect::Push { ticket, events } => {
                        prop_assert!(ticket.0 > tickets);
                        prop_assert!(!events.is_empty() && events.len() <= BATCH_COUNT);
                        tickets = ticket.0;
                    }
                    Effect::Pull { ticket, after } => {
                        prop_assert!(ticket.0 > tickets);
                        prop_assert_eq!(after.place, cursor);
                        tickets = ticket.0;
                    }
                    Effect::Store { ticket, store } => {
                        prop_assert!(ticket.0 > tickets);
                        tickets = ticket.0;
                        let gone = store.receipts.iter();
                        let gone = gone.filter(|r| matches!(r.verdict, Verdict::Accepted { .. }));
                        let gone = gone.map(|r| r.content).collect();
                        stores.insert(ticket.0, (gone, store.cursor.map(|c| c.place)));
                    }
                    _ => {}
                }
            }
            prop_assert_eq!(machine.cursor.place, cursor);
            let here = machine.outbox.unfinished() + machine.outbox.put_back();
            let should = appended.difference(&forgotten).count();
            prop_assert_eq!(here, should, "each is here until its receipt is stored");
        }
    }
}
