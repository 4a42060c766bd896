//! What was taken back.

use super::{Event, Kind};
use crate::ids::EventId;
use std::collections::BTreeSet;
use std::sync::Arc;

/// That an event was taken back: which, and by the event at which position of the order.
pub(crate) type Back = (EventId, usize);

/// Whether an event is among those that were taken back.
pub(crate) fn is_back(id: EventId, back: &[Back]) -> bool {
    back.iter().any(|(named, _)| *named == id)
}

/// The events that an `undone` took back which holds itself, and by which, the last first. Who takes
/// back comes after what is taken back, so one walk backwards over the causal order tells.
pub(crate) fn taken_back(order: &[&Arc<Event>], refused: &BTreeSet<EventId>) -> Vec<Back> {
    let mut back: Vec<Back> = Vec::new();
    for (at, event) in order.iter().enumerate().rev() {
        let holds = |id: EventId| !is_back(id, &back) && !refused.contains(&id);
        if let Some(Kind::Undone(undone)) = event.kind()
            && event.id().is_some_and(holds)
        {
            back.extend(undone.events.iter().map(|named| (*named, at)));
        }
    }
    back
}
