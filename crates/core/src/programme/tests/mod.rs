//! Programmes: what is said of trades by people who have met and some who have not, and years that come to
//! what the ledger says.

mod demonstration;
mod made_up;

use super::*;
use crate::catalog::Catalog;
use crate::ids::EventId;
use crate::log::testkit::{CITY, Phone, asset_uid, event_id, undone};
use crate::log::{Draft, Event, Kind, Log, Subject, TradeSet};
use jiff::civil::{Date, date};
use proptest::prelude::*;
use proptest::sample::Index;
use std::collections::BTreeSet;

const TODAY: Date = date(2024, 6, 1);

fn catalog() -> Catalog {
    let bytes = include_bytes!("../../../../../public/city/catalog.json");
    Catalog::read(bytes).unwrap().0
}

fn setting(trade: &str, state: TradeState, on: Date) -> Setting {
    Setting {
        programme: "communities".into(),
        trade: trade.into(),
        state,
        on,
    }
}

fn trades(phone: &Phone) -> Trades {
    Trades::of(asset_uid(1), &phone.log, &BTreeSet::new())
}

fn draft(phone: &Phone, setting: Setting) -> Result<Draft, Refusal> {
    set(&catalog(), asset_uid(1), &trades(phone), setting, TODAY)
}

fn says(phone: &mut Phone, state: TradeState, on: Date) -> EventId {
    let draft = draft(phone, setting("roof", state, on)).unwrap();
    phone.say(draft.subject, draft.kind)
}

fn roof(trades: &Trades) -> Option<(TradeState, Date, usize)> {
    let told = trades.get(&"communities".into(), &"roof".into())?;
    Some((told.said.state, told.said.on, told.others.len()))
}

#[test]
fn a_trade_is_planned_begun_and_done_and_that_can_be_taken_back() {
    let mut phone = Phone::new(1);
    assert_eq!(roof(&trades(&phone)), None);
    says(&mut phone, TradeState::Planned, date(2024, 9, 1));
    says(&mut phone, TradeState::UnderWay, date(2024, 5, 2));
    let done = says(&mut phone, TradeState::Done, TODAY);
    assert_eq!(roof(&trades(&phone)), Some((TradeState::Done, TODAY, 0)));
    let back = take_back(asset_uid(1), &trades(&phone), done).unwrap();
    phone.say(back.subject, back.kind);
    let begun = Some((TradeState::UnderWay, date(2024, 5, 2), 0));
    assert_eq!(roof(&trades(&phone)), begun);
    let again = take_back(asset_uid(1), &trades(&phone), done);
    assert_eq!(again, Err(Refusal::NotSaid));
    let elsewhere = Trades::of(asset_uid(2), &phone.log, &BTreeSet::new());
    assert_eq!(elsewhere, Trades::default());
}

#[test]
fn what_makes_no_sense_is_refused() {
    let mut phone = Phone::new(1);
    let tomorrow = TODAY.tomorrow().unwrap();
    for state in [TradeState::UnderWay, TradeState::Done] {
        let refused = draft(&phone, setting("roof", state, tomorrow));
        assert_eq!(refused.unwrap_err(), Refusal::ToCome);
    }
    let unknown = setting("garden", TradeState::Planned, TODAY);
    assert_eq!(draft(&phone, unknown).unwrap_err(), Refusal::NoTrade);
    says(&mut phone, TradeState::Planned, tomorrow);
    let same = setting("roof", TradeState::Planned, tomorrow);
    assert_eq!(draft(&phone, same).unwrap_err(), Refusal::NoChange);
}

#[test]
fn who_did_not_know_of_each_other_is_shown_beside_it_until_somebody_who_does_says_it() {
    let (mut a, mut b) = (Phone::new(1), Phone::new(2));
    says(&mut a, TradeState::Planned, TODAY);
    a.meet(&mut b);
    says(&mut a, TradeState::UnderWay, TODAY);
    says(&mut b, TradeState::Done, TODAY);
    a.meet(&mut b);
    let (state, on, others) = roof(&trades(&a)).unwrap();
    assert_eq!((trades(&a), others), (trades(&b), 1));
    // Who says once more what holds has decided.
    says(&mut a, state, on);
    assert_eq!(roof(&trades(&a)), Some((state, on, 0)));
}

#[test]
fn a_word_of_a_later_version_and_a_refused_one_do_not_count() {
    let mut phone = Phone::new(1);
    let done = says(&mut phone, TradeState::Done, TODAY);
    let refused = Trades::of(asset_uid(1), &phone.log, &BTreeSet::from([done]));
    assert_eq!(refused, Trades::default());
    let later = TradeSet {
        programme: "communities".into(),
        trade: "roof".into(),
        state: "checked".into(),
        on: TODAY,
        note: None,
    };
    phone.say(Subject::Asset(asset_uid(1)), later);
    let trades = trades(&phone);
    assert_eq!(roof(&trades), Some((TradeState::Done, TODAY, 0)));
    assert!(trades.read_only);
    let next = setting("roof", TradeState::Planned, TODAY);
    assert_eq!(draft(&phone, next).unwrap_err(), Refusal::ReadOnly);
}

/// What phones say, and how they meet: each step is a phone, what it says, of what, and from whom it learns
/// first.
fn played(steps: &[(u8, u8, Index, Option<u8>)]) -> Vec<Event> {
    let mut phones: Vec<Phone> = (0..3).map(Phone::new).collect();
    let mut events = Vec::new();
    for (phone, say, index, learns) in steps {
        if let Some(from) = learns {
            let from = phones[usize::from(*from)].clone();
            phones[usize::from(*phone)].learn(&from);
        }
        let phone = &mut phones[usize::from(*phone)];
        let known: Vec<_> = phone.log.events().filter_map(|e| e.id()).collect();
        let named = match known.is_empty() {
            true => event_id(99, 1),
            false => *index.get(&known),
        };
        let kind: Kind = match TradeState::ALL.get(usize::from(say % 4)) {
            Some(state) => TradeSet {
                programme: "communities".into(),
                trade: if *say < 4 { "roof" } else { "gas" }.into(),
                state: state.word().into(),
                on: TODAY,
                note: None,
            }
            .into(),
            None => undone([named]),
        };
        let id = phone.say(Subject::Asset(asset_uid(1)), kind);
        events.push((**phone.log.get(id).unwrap()).clone());
    }
    events
}

fn folded<'a>(events: impl Iterator<Item = &'a Event>) -> Trades {
    let mut log = Log::new(CITY);
    log.merge(events.cloned());
    Trades::of(asset_uid(1), &log, &BTreeSet::new())
}

proptest! {
    /// Whatever the order of arrival; and what holds was said, and is nobody's whom it knew.
    #[test]
    fn all_who_know_the_same_see_the_same(
        steps in prop::collection::vec(
            (0u8..3, 0u8..8, any::<Index>(), prop::option::of(0u8..3)), 1..20),
        shuffled in any::<u64>(),
    ) {
        let events = played(&steps);
        let all = folded(events.iter());
        prop_assert_eq!(&folded(events.iter().rev()), &all);
        let turn = usize::try_from(shuffled % events.len() as u64).unwrap();
        prop_assert_eq!(&folded(events.iter().cycle().skip(turn).take(events.len())), &all);
        for told in &all.all {
            for other in &told.others {
                prop_assert_ne!((other.state, other.on), (told.said.state, told.said.on));
                prop_assert!(!knew(told.said.event, other.event, &events));
                prop_assert!(!knew(other.event, told.said.event, &events));
            }
        }
    }
}

/// Whether who wrote the one event knew the other, directly or through others.
fn knew(one: EventId, other: EventId, events: &[Event]) -> bool {
    let (mut todo, mut met) = (vec![one], BTreeSet::new());
    while let Some(id) = todo.pop() {
        let event = events.iter().find(|event| event.id() == Some(id));
        let saw = event.and_then(Event::envelope).map(|e| &e.saw[..]);
        let named = event
            .and_then(Event::kind)
            .into_iter()
            .flat_map(Kind::names);
        let known = saw.unwrap_or_default().iter().copied().chain(named);
        todo.extend(known.filter(|id| met.insert(*id)));
    }
    met.contains(&other)
}
