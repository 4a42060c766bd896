//! The fold: from events to a task.

use super::folding::{Folding, puts_on_map};
use super::note::FoldNote;
use super::{Entry, Standing, Task};
use crate::ids::{EventId, TaskUid};
use crate::log::{Event, Kind, causality};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Folds the events about a task, in whatever order they are given.
///
/// * **Undo**: an `undone` takes away the effect of the events it names, unless it
///   is itself taken back: undo of undo is allowed and restores. What stands on an
///   undone report (its verification, its return) falls with it. Undoing the
///   plotting cancels the task, which stays readable.
/// * **Refused** events count nowhere, but keep their place in the causal order.
/// * **Missing parents**: an event is applied as soon as it arrives, see
///   [`crate::log::Causality`]; only one that names another in its own fields
///   (undoes it, judges it, chooses it) waits for that one.
pub fn fold(uid: TaskUid, events: &[Arc<Event>], refused: &BTreeSet<EventId>) -> Task {
    let causality = causality(events);
    let mut entries: Vec<Entry> = causality
        .order()
        .map(|i| Entry {
            event: events[i].clone(),
            standing: Standing::Holds,
        })
        .collect();
    let ids = Positions::of(&entries);
    take_back(&mut entries, &ids, refused);
    let mut folding = Folding::new(&causality, &ids);
    for &(event, parent) in causality.missing() {
        folding.notes.push(FoldNote::Missing { event, parent });
    }
    for &event in causality.cycles() {
        folding.notes.push(FoldNote::Circle { event });
    }
    for at in 0..entries.len() {
        if entries[at].standing == Standing::Holds {
            entries[at].standing = folding.event(at, &entries);
        }
    }
    folding.task(uid, entries)
}

/// Where in the causal order an event stands.
pub(super) struct Positions(Vec<(EventId, usize)>);

impl Positions {
    fn of(entries: &[Entry]) -> Self {
        let ids = entries.iter().map(|e| e.event.id());
        let mut all: Vec<_> = ids
            .zip(0..)
            .filter_map(|(id, at)| Some((id?, at)))
            .collect();
        crate::order::sort(&mut all);
        Positions(all)
    }

    pub(super) fn get(&self, id: EventId) -> Option<usize> {
        let found = self.0.binary_search_by_key(&id, |(id, _)| *id).ok()?;
        Some(self.0[found].1)
    }
}

/// Marks what was refused or taken back. Who takes back comes after what is taken
/// back, so walking backwards knows of each `undone` whether it holds itself.
fn take_back(entries: &mut [Entry], ids: &Positions, refused: &BTreeSet<EventId>) {
    for at in (0..entries.len()).rev() {
        let event = entries[at].event.clone();
        if event.id().is_some_and(|id| refused.contains(&id)) {
            entries[at].standing = Standing::Refused;
            continue;
        }
        let Some(Kind::Undone(undone)) = event.kind() else {
            continue;
        };
        if entries[at].standing != Standing::Holds {
            continue;
        }
        for target in undone.events.iter().filter_map(|id| ids.get(*id)) {
            if target < at && !puts_on_map(&entries[target].event) {
                entries[target].standing = Standing::Undone;
            }
        }
    }
}
