//! The writes to one field, and which of them are maximal.

use super::Value;
use super::value::Maximal;
use crate::ids::EventId;
use crate::log::Causality;

/// All writes to one field, in causal order.
pub(crate) struct Writes<T>(Vec<Write<T>>);

struct Write<T> {
    /// Position of the event in the causal order.
    at: usize,
    event: EventId,
    /// The event that said the value in its own words.
    origin: EventId,
    value: T,
}

impl<T> Default for Writes<T> {
    fn default() -> Self {
        Writes(Vec::new())
    }
}

impl<T: Clone> Writes<T> {
    /// Adds the write of the event at position `at`. Positions never descend; the
    /// last write of one event counts.
    pub(crate) fn put(&mut self, at: usize, event: EventId, value: T) {
        self.push(Write {
            at,
            event,
            origin: event,
            value,
        });
    }

    fn push(&mut self, write: Write<T>) {
        if self.0.last().is_some_and(|w| w.at == write.at) {
            self.0.pop();
        }
        self.0.push(write);
    }

    /// Adds a write of what an earlier event wrote; false if that wrote nothing.
    pub(super) fn repeat(&mut self, earlier: EventId, at: usize, event: EventId) -> bool {
        let write = self.0.iter().find(|w| w.event == earlier && w.at < at);
        let found = write.map(|w| (w.origin, w.value.clone()));
        let Some((origin, value)) = found else {
            return false;
        };
        self.push(Write {
            at,
            event,
            origin,
            value,
        });
        true
    }

    /// The writes that were maximal to whoever wrote the event at position `at`:
    /// the events that said them in their own words, and the values.
    pub(super) fn known(&self, at: usize, causality: &Causality) -> Vec<(EventId, &T)> {
        let known = self.0.iter().filter(|w| causality.before(w.at, at));
        maximal(known, causality)
            .into_iter()
            .map(|w| (w.origin, &w.value))
            .collect()
    }

    /// The writes that nobody who wrote knew of.
    pub(crate) fn maximal(&self, causality: &Causality) -> Vec<Maximal<T>> {
        maximal(self.0.iter(), causality)
            .into_iter()
            .map(|w| Maximal {
                event: w.event,
                origin: w.origin,
                value: w.value.clone(),
            })
            .collect()
    }

    /// The field's value.
    pub(super) fn value(&self, causality: &Causality, same: fn(&T, &T) -> bool) -> Value<T> {
        Value::from_writes(self.maximal(causality), same)
    }
}

fn maximal<'a, T>(
    writes: impl Iterator<Item = &'a Write<T>>,
    causality: &Causality,
) -> Vec<&'a Write<T>> {
    let mut front: Vec<&Write<T>> = Vec::with_capacity(2);
    for write in writes {
        front.retain(|w| !causality.before(w.at, write.at));
        front.push(write);
    }
    front
}
