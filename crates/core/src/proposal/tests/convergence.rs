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
    let confirmed = by(Says::Moved, Standing::Confirmed);
    prop_assert_eq!(all.confirmed_at.is_some(), confirmed);
    let gone = by(Says::Missing, Standing::Confirmed) || by(Says::Stolen, Standing::Confirmed);
    prop_assert_eq!(all.is_gone, gone);
    // A place that was confirmed is never hidden behind one that was not, unless by somebody
    // who knew it.
    prop_assert!(!(all.is_part && all.is_gone));
    Ok(())
}

/// All that somebody knew who wrote an event: by what it saw and names, and they in turn.
fn known(id: EventId, events: &[Event]) -> BTreeSet<EventId> {
    let mut all = BTreeSet::new();
    let mut todo = vec![id];
    while let Some(id) = todo.pop() {
        let Some(event) = events.iter().find(|e| e.id() == Some(id)) else {
            continue;
        };
        let saw = event.envelope().map_or(&[][..], |envelope| &envelope.saw);
        let named = event.kind().into_iter().flat_map(Kind::names);
        let new = saw.iter().copied().chain(named);
        todo.extend(new.filter(|id| all.insert(*id)));
    }
    all
}

/// Whether an event counts, by the plain rule: it was not refused, and nothing that counts took it back.
fn counts(id: EventId, events: &[Event], refused: &BTreeSet<EventId>) -> bool {
    let takes_back =
        |event: &&Event| matches!(event.kind(), Some(Kind::Undone(k)) if k.events.contains(&id));
    let backs = events
        .iter()
        .filter(takes_back)
        .filter_map(|event| event.id());
    !refused.contains(&id) && !backs.into_iter().any(|back| counts(back, events, refused))
}

/// What became of a proposal, by the plain rule; none where that hangs on which decision comes first.
fn plainly(id: EventId, events: &[Event], refused: &BTreeSet<EventId>) -> Option<Standing> {
    if refused.contains(&id) {
        return Some(Standing::Refused);
    }
    let counting = events
        .iter()
        .filter(|e| counts(e.id().unwrap(), events, refused));
    let (mut decisions, mut backs) = (Vec::new(), Vec::new());
    for event in counting {
        match event.kind() {
            Some(Kind::AssetConfirmed(k)) if k.proposal == id => {
                decisions.push((event.id()?, true))
            }
            Some(Kind::AssetDeclined(k)) if k.proposal == id => {
                decisions.push((event.id()?, false))
            }
            Some(Kind::Undone(k)) if k.events.contains(&id) => backs.push(event.id()?),
            _ => {}
        }
    }
    let outlasts = |back: &EventId| {
        let met = |one: &EventId, other: &EventId| known(*one, events).contains(other);
        decisions
            .iter()
            .any(|(d, confirms)| *confirms && !met(d, back) && !met(back, d))
    };
    if !backs.iter().all(outlasts) {
        return Some(Standing::TakenBack);
    }
    let says: BTreeSet<bool> = decisions.iter().map(|(_, confirms)| *confirms).collect();
    match says.into_iter().collect::<Vec<_>>()[..] {
        [] => Some(Standing::Open),
        [true] => Some(Standing::Confirmed),
        [false] => Some(Standing::Declined),
        _ => None,
    }
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
            for proposal in &said.proposals {
                let plain = plainly(proposal.id, &events, &refused);
                prop_assert_eq!(plain.unwrap_or(proposal.standing), proposal.standing);
            }
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
