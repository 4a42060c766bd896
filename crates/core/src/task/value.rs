//! A field's value: what its maximal writes say.

use crate::ids::EventId;

/// The value of a field of a task.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Value<T> {
    /// Nobody has given it a value.
    #[default]
    Unset,
    /// One value.
    One(Written<T>),
    /// Different values, written without knowledge of each other; ascending by
    /// event. A person ends it.
    Conflict(Vec<Written<T>>),
}

/// A value and who said it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written<T> {
    /// The event that said it in its own words; of several, the one with the
    /// smallest id.
    pub event: EventId,
    /// Further events that said the same without knowing of it, ascending.
    pub others: Vec<EventId>,
    /// The events by which it stands, ascending: those that said it, or that
    /// resolved a conflict to it. Undoing all of them takes it away.
    pub by: Vec<EventId>,
    /// The value.
    pub value: T,
}

impl<T> Written<T> {
    /// All events that said it in their own words.
    pub fn events(&self) -> impl Iterator<Item = EventId> + '_ {
        std::iter::once(self.event).chain(self.others.iter().copied())
    }
}

impl<T> Value<T> {
    /// The value, if there is exactly one.
    pub fn one(&self) -> Option<&T> {
        match self {
            Value::One(w) => Some(&w.value),
            _ => None,
        }
    }

    /// The value, or the first of several: for showing, never for counting.
    pub fn any(&self) -> Option<&T> {
        self.written().first().map(|w| &w.value)
    }

    /// All values that stand.
    pub fn written(&self) -> &[Written<T>] {
        match self {
            Value::Unset => &[],
            Value::One(w) => std::slice::from_ref(w),
            Value::Conflict(all) => all,
        }
    }

    /// True if several values stand.
    pub fn is_conflict(&self) -> bool {
        matches!(self, Value::Conflict(_))
    }

    /// From maximal writes in any order; values that `same` holds equal are one.
    pub(super) fn from_writes(mut writes: Vec<Maximal<T>>, same: fn(&T, &T) -> bool) -> Self {
        crate::order::sort_by_key(&mut writes, |w| (w.origin, w.event));
        let mut found: Vec<Written<T>> = Vec::with_capacity(writes.len().min(2));
        for write in writes {
            let Maximal {
                event,
                origin,
                value,
            } = write;
            match found.iter_mut().find(|w| same(&w.value, &value)) {
                Some(w) => {
                    if !w.events().any(|e| e == origin) {
                        w.others.push(origin);
                    }
                    w.by.push(event);
                }
                None => found.push(Written {
                    event: origin,
                    others: Vec::new(),
                    by: vec![event],
                    value,
                }),
            }
        }
        for w in &mut found {
            crate::order::sort(&mut w.by);
        }
        match found.len() {
            0 => Value::Unset,
            1 => found.pop().map_or(Value::Unset, Value::One),
            _ => Value::Conflict(found),
        }
    }
}

/// A write that nobody who wrote knew of.
pub(crate) struct Maximal<T> {
    /// The event that wrote.
    pub(crate) event: EventId,
    /// The event that said the value in its own words.
    pub(crate) origin: EventId,
    /// The value.
    pub(crate) value: T,
}

impl<T> Value<Option<T>> {
    /// The value of a field that can be emptied, if there is exactly one.
    pub fn set(&self) -> Option<&T> {
        self.one().and_then(Option::as_ref)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::testkit::event_id;

    #[test]
    fn the_order_of_writes_does_not_show() {
        let mut ids: Vec<_> = (1..5).map(|n| event_id(1, n)).collect();
        crate::order::sort(&mut ids);
        let write = |n: usize, value| Maximal {
            event: ids[n],
            origin: ids[n],
            value,
        };
        let all = || vec![write(0, 'a'), write(1, 'b'), write(2, 'a'), write(3, 'b')];
        let straight = Value::from_writes(all(), |a, b| a == b);
        let mut turned = all();
        turned.reverse();
        assert_eq!(Value::from_writes(turned, |a, b| a == b), straight);
        let told: Vec<_> = straight
            .written()
            .iter()
            .map(|w| (w.event, &w.others[..]))
            .collect();
        assert_eq!(told, [(ids[0], &ids[2..3]), (ids[1], &ids[3..4])]);
    }
}
