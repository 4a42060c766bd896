//! Whatever the order of arrival, the same is said of an asset.

use super::*;
use crate::log::testkit::{CITY, event_id};
use crate::log::{Draft, Event, Stamp};
use proptest::prelude::*;
use proptest::sample::Index;

/// What somebody says; what is named is chosen among what is known.
fn kind(say: u8, named: EventId) -> Kind {
    match say {
        0 => added(),
        1 => vanished(MISSING),
        2 => vanished(STOLEN),
        3..6 => moved(i32::from(say)),
        6 | 7 => confirmed(named),
        8 => declined(named),
        9 => AssetCorrected {
            note: Some("wrong".into()),
            ..Default::default()
        }
        .into(),
        _ => undone([named]),
    }
}

fn log_of<'a>(events: impl IntoIterator<Item = &'a Event>) -> Log {
    let mut log = Log::new(CITY);
    log.merge(events.into_iter().cloned());
    log
}

/// What phones say, and how they meet: each step is a phone, what it says, of what, and from whom
/// it learns first.
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
        let id = phone.say(subject(), kind(*say, named));
        events.push((**phone.log.get(id).unwrap()).clone());
    }
    events
}

fn steps() -> impl Strategy<Value = Vec<(u8, u8, Index, Option<u8>)>> {
    let step = (0u8..3, 0u8..12, any::<Index>(), prop::option::of(0u8..3));
    prop::collection::vec(step, 1..24)
}

/// What plainly follows from the rules, whatever was said.
fn holds(all: &Proposed) -> Result<(), TestCaseError> {
    for proposal in &all.proposals {
        let decides = proposal.decision().map(|d| d.confirms);
        let expected = match (proposal.standing, decides) {
            (Standing::Refused | Standing::TakenBack, _) => None,
            (standing, None) => {
                prop_assert_eq!(standing, Standing::Open);
                None
            }
            (standing, Some(confirms)) => {
                prop_assert_eq!(standing == Standing::Confirmed, confirms);
                Some(confirms)
            }
        };
        prop_assert_eq!(decides, expected);
    }
    let by = |says: Says, standing: Standing| {
        let mut of = all.proposals.iter();
        of.any(|p| p.says == says && p.standing == standing)
    };
    let open_or_confirmed = |says| by(says, Standing::Open) || by(says, Standing::Confirmed);
    prop_assert_eq!(all.added.is_some(), open_or_confirmed(Says::Added));
    prop_assert_eq!(all.at.is_some(), open_or_confirmed(Says::Moved));
    let gone = by(Says::Missing, Standing::Confirmed) || by(Says::Stolen, Standing::Confirmed);
    prop_assert_eq!(all.is_gone, gone);
    // A place that was confirmed is never hidden behind one that was not, unless by somebody
    // who knew it.
    prop_assert!(!(all.is_part && all.is_gone));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn any_order_and_any_duplication_say_the_same(
        steps in steps(),
        keys in prop::collection::vec(any::<u32>(), 60),
        refused in prop::collection::vec(any::<Index>(), 0..3),
    ) {
        let events = played(&steps);
        let refused: BTreeSet<EventId> =
            refused.iter().filter_map(|i| i.get(&events).id()).collect();
        let expected = Proposals::from_log(&log_of(&events), refused.clone());
        let mut shuffled: Vec<_> = events.iter().chain(&events).zip(&keys).collect();
        shuffled.sort_by_key(|(_, key)| **key);
        // One by one, as they come, with the verdicts among them.
        let (mut log, mut all) = (Log::new(CITY), Proposals::default());
        for (event, _) in shuffled {
            let changed = log.insert(event.clone()).changed;
            all.refresh(&log, &changed);
            if let Some(id) = event.id().filter(|id| refused.contains(id)) {
                all.set_refused(id, true, &log);
            }
        }
        // The keys may be fewer than the events said twice.
        let merged = log.merge(events.clone());
        all.refresh(&log, &merged.changed);
        for id in &refused {
            all.set_refused(*id, true, &log);
        }
        prop_assert_eq!(&all, &expected);
        if let Some(said) = expected.get(asset_uid(1)) {
            holds(said)?;
        }
    }

    /// Events whose `saw` is made up: circles, futures, strangers.
    #[test]
    fn hostile_events_say_one_thing_too(
        rows in prop::collection::vec((0u8..12, prop::collection::vec(0u64..10, 0..4), any::<Index>()), 1..10),
        turn in 0usize..10,
    ) {
        let ids: Vec<EventId> = (0..10).map(|i| event_id(5, i)).collect();
        let mut phone = Phone::new(5);
        let mut events = Vec::new();
        for (i, (said, saw, named)) in rows.into_iter().enumerate() {
            let saw: Vec<_> = saw.iter().map(|i| ids[*i as usize]).collect();
            let draft = Draft::new(subject(), kind(said, *named.get(&ids)));
            let stamp = Stamp { id: ids[i], ..phone.stamp() };
            let event = draft.seal(CITY, stamp, &saw).unwrap();
            phone.log.insert(event.clone());
            events.push(event);
        }
        let expected = folded(&phone.log);
        holds(&expected)?;
        let len = events.len();
        events.rotate_left(turn % len);
        events.reverse();
        prop_assert_eq!(folded(&log_of(&events)), expected);
    }
}
