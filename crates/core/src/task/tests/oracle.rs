//! One field, by a plain reading of the definition: follow `saw` to the end,
//! strike out what is undone, keep the writes nobody who wrote knew of.

use super::convergence::{Script, script};
use super::*;
use crate::ids::EventId;
use crate::log::Field;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// True if a taking back that holds names the event.
fn undone(id: EventId, log: &Log) -> bool {
    log.events().any(|e| match e.kind() {
        Some(Kind::Undone(u)) => {
            u.events.contains(&id) && e.id().is_some_and(|by| !undone(by, log))
        }
        _ => false,
    })
}

/// What the event writes to `priority`, if anything and if it holds.
fn written(id: EventId, log: &Log) -> Option<Option<u8>> {
    if undone(id, log) {
        return None;
    }
    match log.get(id)?.kind()? {
        Kind::Edited(e) if e.cleared.contains(&Field::Priority) => Some(None),
        Kind::Edited(e) => e.priority.map(Some),
        Kind::Dispatched(d) => d.priority.map(Some),
        Kind::Resolved(r) => {
            let choices = r.choices.iter().filter(|c| c.field == Field::Priority);
            choices.filter_map(|c| written(c.event, log)).next_back()
        }
        _ => None,
    }
}

/// The values that `priority` has.
fn priorities(log: &Log) -> BTreeSet<Option<u8>> {
    let events = log.about(&Subject::Task(task_uid(1)));
    let mut parents: BTreeMap<EventId, BTreeSet<EventId>> = BTreeMap::new();
    for event in events {
        let envelope = event.envelope().unwrap();
        let named = event.kind().into_iter().flat_map(Kind::names);
        parents.insert(
            envelope.id,
            envelope.saw.iter().copied().chain(named).collect(),
        );
    }
    let ancestors = |id: EventId| {
        let (mut all, mut todo) = (BTreeSet::new(), vec![id]);
        while let Some(next) = todo.pop() {
            for p in parents.get(&next).into_iter().flatten() {
                if parents.contains_key(p) && all.insert(*p) {
                    todo.push(*p);
                }
            }
        }
        all
    };
    let ids = events.iter().filter_map(|e| e.id());
    let writes: Vec<_> = ids.filter_map(|id| Some((id, written(id, log)?))).collect();
    let known: BTreeSet<EventId> = writes.iter().flat_map(|(id, _)| ancestors(*id)).collect();
    let maximal = writes.iter().filter(|(id, _)| !known.contains(id));
    maximal.map(|(_, value)| *value).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_field_is_its_maximal_writes(script in script(40)) {
        let Script { phones, .. } = script.play();
        for phone in &phones {
            let task = seen(phone);
            let values: BTreeSet<_> = task.priority.written().iter().map(|w| w.value).collect();
            prop_assert_eq!(values, priorities(&phone.log));
        }
    }
}
