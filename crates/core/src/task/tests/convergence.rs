//! Devices that exchange anything in any order come to the same tasks.

use super::*;
use crate::catalog::CrewId;
use crate::ids::EventId;
use crate::log::testkit::{asset_uid, event_id, line, on_asset, plotted, report, round, undone};
use crate::log::{
    Choice, Dispatched, Draft, Event, Field, Moved, Noted, Resolved, Scope, Stamp, Ticked,
};
use crate::log::{export_file, import_file};
use proptest::prelude::*;
use proptest::sample::Index;

/// What a simulated crew does.
#[derive(Debug, Clone)]
enum Step {
    /// A phone says something; indices choose among what it knows.
    Say(u8, Say, Index),
    /// One phone learns all that another knows.
    Learn(u8, u8),
    /// One phone learns some of it: a file cut short, pages out of order.
    LearnSome(u8, u8, u64),
}

#[derive(Debug, Clone, Copy)]
enum Say {
    Plot(u8),
    Dispatch(u8),
    Accept,
    Start,
    Tick(u8, bool),
    Safe(u8),
    Report(u8),
    Verify,
    Return,
    Resolve(Field),
    Cancel,
    Undo,
    Move(u8),
    Priority(u8),
    Clear,
    Note,
}

/// Phones and what happened to them.
#[derive(Debug, Clone)]
pub(super) struct Recipe(Vec<Step>);

pub(super) struct Script {
    pub(super) phones: Vec<Phone>,
    /// Everything anybody said, in the order of saying.
    pub(super) events: Vec<Event>,
}

fn say() -> impl Strategy<Value = Say> {
    prop_oneof![
        2 => (0u8..2).prop_map(Say::Plot),
        2 => (0u8..3).prop_map(Say::Dispatch),
        1 => Just(Say::Accept),
        2 => Just(Say::Start),
        2 => (0u8..3, any::<bool>()).prop_map(|(a, d)| Say::Tick(a, d)),
        2 => (0u8..3).prop_map(Say::Safe),
        4 => (0u8..2).prop_map(Say::Report),
        3 => Just(Say::Verify),
        2 => Just(Say::Return),
        3 => prop::sample::select(vec![Field::Stage, Field::Report, Field::Priority, Field::Target])
            .prop_map(Say::Resolve),
        2 => Just(Say::Cancel),
        4 => Just(Say::Undo),
        1 => (0u8..2).prop_map(Say::Move),
        3 => (0u8..3).prop_map(Say::Priority),
        1 => Just(Say::Clear),
        1 => Just(Say::Note),
    ]
}

pub(super) fn script(max: usize) -> impl Strategy<Value = Recipe> {
    let step = prop_oneof![
        5 => (0u8..3, say(), any::<Index>()).prop_map(|(p, s, i)| Step::Say(p, s, i)),
        2 => (0u8..3, 0u8..3).prop_map(|(a, b)| Step::Learn(a, b)),
        1 => (0u8..3, 0u8..3, any::<u64>()).prop_map(|(a, b, m)| Step::LearnSome(a, b, m)),
    ];
    prop::collection::vec(step, 1..max).prop_map(Recipe)
}

/// The events a phone may name: mostly such as make sense.
fn known(phone: &Phone, say: Say) -> Vec<EventId> {
    let all = phone.log.events();
    let judged = |e: &Event| matches!(e.kind(), Some(Kind::Reported(_)));
    let judges = matches!(say, Say::Verify | Say::Return);
    let fitting = all.filter(|e| !judges || judged(e));
    fitting.filter_map(|e| e.id()).collect()
}

/// The kind a phone says; `i` chooses among the events it knows.
fn kind(say: Say, known: &[EventId], i: Index) -> Kind {
    // Sometimes what is named has never been heard of.
    let named = match known.is_empty() {
        true => event_id(99, 1),
        false => *i.get(known),
    };
    match say {
        Say::Plot(0) => plotted("drain-clear", on_asset(1)),
        Say::Plot(_) => plotted("drain-clear", round([0, 1, 2])),
        Say::Dispatch(n) => Dispatched {
            crew: Some(CrewId(format!("{n}"))),
            priority: Some(n),
            ..Default::default()
        }
        .into(),
        Say::Accept => accepted(),
        Say::Start => started(),
        Say::Tick(asset, done) => Ticked {
            asset: asset_uid(asset),
            unreached: (!done).then(|| "car".into()),
            lines: vec![],
            note: None,
            photos: vec![],
        }
        .into(),
        Say::Safe(n) => crate::log::MadeSafe {
            precheck: Some(["traffic", "chamber-entry"][usize::from(n % 2)].into()),
            asset: (n > 0).then(|| asset_uid(n)),
            ..Default::default()
        }
        .into(),
        Say::Report(n) => {
            let quantity = ["1", "2"][usize::from(n)];
            report(vec![line("drain-clear", quantity, "pcs")], "2024-05-03").into()
        }
        Say::Verify => verified(named),
        Say::Return => returned(named, "again"),
        Say::Resolve(field) => Resolved {
            choices: vec![Choice {
                field,
                event: named,
            }],
            note: None,
        }
        .into(),
        Say::Cancel => cancelled(),
        Say::Undo => undone([named]),
        Say::Move(n) => Moved {
            target: on_asset(n),
        }
        .into(),
        Say::Priority(n) => edited(|e| e.priority = Some(n)),
        Say::Clear => edited(|e| e.cleared = vec![Field::Priority]),
        Say::Note => Noted {
            text: "x".into(),
            asset: None,
            photos: vec![],
        }
        .into(),
    }
}

impl Recipe {
    pub(super) fn play(&self) -> Script {
        let mut phones: Vec<Phone> = (0..3).map(Phone::new).collect();
        let mut events = Vec::new();
        for step in &self.0 {
            match step {
                Step::Say(p, say, i) => {
                    let phone = &mut phones[usize::from(*p)];
                    let known = known(phone, *say);
                    let id = phone.on_task(1, kind(*say, &known, *i));
                    events.push((**phone.log.get(id).unwrap()).clone());
                }
                Step::Learn(from, to) => {
                    let from = phones[usize::from(*from)].clone();
                    phones[usize::from(*to)].learn(&from);
                }
                Step::LearnSome(from, to, mask) => {
                    let from = phones[usize::from(*from)].clone();
                    let some = from.log.events().zip((0..64).cycle());
                    let some = some.filter(|(_, bit)| mask >> bit & 1 == 1);
                    let some: Vec<_> = some.map(|(e, _)| (**e).clone()).collect();
                    phones[usize::from(*to)].log.merge(some);
                }
            }
        }
        Script { phones, events }
    }
}

fn log_of(events: &[Event]) -> Log {
    let mut log = Log::new(crate::log::testkit::CITY);
    log.merge(events.to_vec());
    log
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_order_and_any_duplication_give_the_same_task(
        script in script(30),
        keys in prop::collection::vec(any::<u32>(), 60),
        refused in prop::collection::vec(any::<Index>(), 0..3),
    ) {
        let Script { events, .. } = script.play();
        prop_assume!(!events.is_empty());
        let refused: BTreeSet<EventId> =
            refused.iter().filter_map(|i| i.get(&events).id()).collect();
        let folded = |log: &Log| {
            let about = log.about(&Subject::Task(task_uid(1)));
            fold(task_uid(1), about, &refused)
        };
        let expected = folded(&log_of(&events));
        let twice = events.iter().chain(&events).zip(&keys);
        let mut shuffled: Vec<_> = twice.collect();
        shuffled.sort_by_key(|(_, key)| **key);
        let shuffled: Vec<Event> = shuffled.into_iter().map(|(e, _)| e.clone()).collect();
        let mut log = log_of(&shuffled);
        log.merge(events.clone());
        prop_assert_eq!(folded(&log), expected);
    }

    /// Events whose `saw` is made up: circles, futures, strangers.
    #[test]
    fn hostile_events_give_one_task_too(
        rows in prop::collection::vec((say(), prop::collection::vec(0u64..12, 0..4), any::<Index>()), 1..12),
        turn in 0usize..12,
    ) {
        let ids: Vec<EventId> = (0..12).map(|i| event_id(5, i)).collect();
        let mut phone = Phone::new(5);
        let mut events = Vec::new();
        for (i, (said, saw, named)) in rows.into_iter().enumerate() {
            let saw: Vec<_> = saw.iter().map(|i| ids[*i as usize]).collect();
            let draft = Draft::new(Subject::Task(task_uid(1)), kind(said, &ids, named));
            let stamp = Stamp { id: ids[i], ..phone.stamp() };
            let event = draft.seal(crate::log::testkit::CITY, stamp, &saw).unwrap();
            phone.log.insert(event.clone());
            events.push(event);
        }
        let expected = seen(&phone);
        prop_assert_eq!(expected.events.len(), events.len());
        let len = events.len();
        events.rotate_left(turn % len);
        events.reverse();
        prop_assert_eq!(folded(&log_of(&events), 1), expected.clone());
        history(&expected);
        expected.view(Context { verification: true, dispatch: true });
    }

    #[test]
    fn devices_that_have_met_agree(script in script(40)) {
        let Script { mut phones, .. } = script.play();
        let [a, b, c] = &mut phones[..] else { unreachable!() };
        a.meet(b);
        b.meet(c);
        c.meet(a);
        prop_assert_eq!(seen(a), seen(b));
        prop_assert_eq!(seen(b), seen(c));
        prop_assert_eq!(a.log.heads(&Subject::Task(task_uid(1))), c.log.heads(&Subject::Task(task_uid(1))));
    }

    #[test]
    fn files_do_as_well_as_meeting(script in script(30)) {
        let Script { mut phones, .. } = script.play();
        let [a, b, _] = &mut phones[..] else { unreachable!() };
        let all: Vec<Event> = a.log.everything().map(|e| (**e).clone()).collect();
        let import = import_file(&export_file(a.log.city(), Scope::All, &all));
        prop_assert_eq!(&import.events, &all);
        let mut by_file = b.clone();
        by_file.log.merge(import.events);
        b.learn(a);
        prop_assert_eq!(seen(&by_file), seen(b));
    }

    #[test]
    fn keeping_up_is_the_same_as_folding_afresh(script in script(30)) {
        let Script { events, .. } = script.play();
        let mut log = Log::new(crate::log::testkit::CITY);
        let mut kept = Tasks::default();
        for event in events {
            let before = kept.clone();
            let done = log.insert(event);
            let changed = kept.refresh(&log, &done.changed);
            let fresh = Tasks::from_log(&log, BTreeSet::new());
            prop_assert_eq!(&kept, &fresh);
            prop_assert_eq!(changed.tasks.is_empty(), before == kept);
        }
    }

    #[test]
    fn taking_back_the_last_word_leaves_what_was(script in script(30)) {
        let Script { mut phones, .. } = script.play();
        let phone = &mut phones[0];
        phone.on_task(1, plotted("drain-clear", on_asset(1)));
        let before = amounts(seen(phone));
        for last in [cleared("7"), cancelled(), edited(|e| e.priority = Some(9)), ticked(1)] {
            let last = phone.on_task(1, last);
            let undo = phone.on_task(1, undone([last]));
            prop_assert_eq!(&amounts(seen(phone)), &before);
            let redo = phone.on_task(1, undone([undo]));
            phone.on_task(1, undone([redo]));
            prop_assert_eq!(&amounts(seen(phone)), &before);
        }
    }

    #[test]
    fn whoever_knows_all_can_end_every_conflict(script in script(40)) {
        let Script { mut phones, .. } = script.play();
        let phone = &mut phones[0];
        // Ending one may end another: a report in conflict is moot once it is sent back.
        for _ in 0..9 {
            let Some(conflict) = seen(phone).view(Context::default()).conflicts.pop() else {
                break;
            };
            let choice = Choice { field: conflict.field, event: conflict.alternatives[0].event };
            let draft = resolve(&seen(phone), vec![choice], None).map(|d| d.draft);
            prop_assert!(draft.is_ok(), "{:?} is offered", conflict.field);
            if let Ok(draft) = draft {
                phone.on_task(1, draft.kind);
            }
        }
        prop_assert_eq!(seen(phone).conflicts(), vec![]);
    }

    #[test]
    fn what_is_offered_can_be_said_and_makes_sense(script in script(30)) {
        let Script { phones, .. } = script.play();
        let context = Context { verification: true, dispatch: true };
        for phone in &phones {
            let task = seen(phone);
            for action in offered(&task, context) {
                let kind = match &action {
                    Action::Dispatch => dispatch(&task, Dispatched::default()),
                    Action::Accept => accept(&task, None),
                    Action::Start => start(&task, Default::default()),
                    Action::Verify { .. } => verify(&task, None, vec![]),
                    Action::Return { .. } => return_report(&task, "again", vec![]),
                    Action::Cancel => cancel(&task, None),
                    Action::Undo { .. } => undo(&task, None),
                    _ => continue,
                };
                let Ok(drafted) = kind else {
                    return Err(TestCaseError::fail(format!("{action:?}: {kind:?}")));
                };
                let mut later = phone.clone();
                let id = later.on_task(1, drafted.draft.kind);
                let after = seen(&later);
                let entry = after.events.iter().find(|e| e.event.id() == Some(id));
                prop_assert_eq!(entry.map(|e| e.standing), Some(Standing::Holds), "{:?}", action);
                let noted = after.notes.iter().find(|n| n.event() == Some(id));
                prop_assert_eq!(noted, None, "{:?}", action);
            }
        }
    }
}

#[test]
fn scripts_do_reach_what_they_should_test() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut conflicts, mut undone, mut notes, mut verified) = (0, 0, 0, 0);
    for _ in 0..200 {
        let recipe = script(40).new_tree(&mut runner).unwrap().current();
        for phone in recipe.play().phones {
            let task = seen(&phone);
            conflicts += usize::from(task.state == State::Conflict);
            verified += usize::from(task.state == State::Verified);
            notes += usize::from(!task.notes.is_empty());
            let taken_back = |e: &Entry| e.standing == Standing::Undone;
            undone += usize::from(task.events.iter().any(taken_back));
        }
    }
    let reached = [conflicts, undone, notes, verified];
    assert!(reached.iter().all(|n| *n > 10), "{reached:?}");
}
