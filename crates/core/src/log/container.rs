//! The log of one city, as far as this device holds it.

use super::{Causality, Draft, Event, Numbers, SealError, Stamp, Subject};
use crate::ids::{DeviceId, EventId, Uuid};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use std::sync::Arc;

/// The log of one city. It only ever grows, and what it holds is a function of
/// the set of events put into it, not of their order.
#[derive(Debug, Clone, Default)]
pub struct Log {
    city: Box<str>,
    events: BTreeMap<EventId, Arc<Event>>,
    subjects: BTreeMap<Subject, Vec<Arc<Event>>>,
    /// What has no place among the events: further contents that came under an id, by that id
    /// and their bytes; under [`NONE`] unreadable lines, events of another city, tombstones.
    aside: BTreeMap<(EventId, Box<[u8]>), Arc<Event>>,
}

/// The id of what is kept aside under no id.
const NONE: EventId = EventId(Uuid::nil());

/// What became of an event that was put into the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// It is new.
    Inserted,
    /// It was there, byte for byte.
    Duplicate,
    /// Its id was there with other content. Both are kept; the one whose bytes sort
    /// first counts, so that all devices agree without asking anybody.
    Quarantined,
    /// It belongs to another city. Kept aside, counts nowhere.
    Foreign,
    /// It has no readable id. Kept aside, counts nowhere.
    Unreadable,
    /// It is a tombstone: its device's number is no longer missing.
    Buried,
}

/// What putting one event into the log did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Insertion {
    /// What became of the event.
    pub outcome: Outcome,
    /// Subjects whose events changed.
    pub changed: Vec<Subject>,
}

/// What merging many events did.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Merged {
    /// How many events met which outcome.
    pub counts: BTreeMap<Outcome, usize>,
    /// What was not there before, whatever became of it: this is to be stored.
    pub kept: Vec<Arc<Event>>,
    /// Subjects whose events changed.
    pub changed: BTreeSet<Subject>,
}

impl Log {
    /// The empty log of a city.
    pub fn new(city: &str) -> Log {
        Log {
            city: city.into(),
            ..Log::default()
        }
    }

    /// The city's id.
    pub fn city(&self) -> &str {
        &self.city
    }

    /// Puts an event in.
    pub fn insert(&mut self, event: Event) -> Insertion {
        let mut changed = Vec::new();
        let outcome = self.put(event.into(), &mut |s| changed.push(s.clone()));
        Insertion { outcome, changed }
    }

    /// Puts many events in.
    pub fn merge(&mut self, events: impl IntoIterator<Item = Event>) -> Merged {
        let mut merged = Merged::default();
        for event in events {
            let event = Arc::new(event);
            let changed = &mut merged.changed;
            let outcome = self.put(event.clone(), &mut |s| {
                if !changed.contains(s) {
                    changed.insert(s.clone());
                }
            });
            if outcome != Outcome::Duplicate {
                merged.kept.push(event);
            }
            *merged.counts.entry(outcome).or_default() += 1;
        }
        merged
    }

    fn put(&mut self, event: Arc<Event>, changed: &mut impl FnMut(&Subject)) -> Outcome {
        let Some(envelope) = event.envelope() else {
            let outcome = match event.number() {
                Some(_) => Outcome::Buried,
                None => Outcome::Unreadable,
            };
            return self.keep_aside(NONE, event, outcome);
        };
        if envelope.city != self.city {
            return self.keep_aside(NONE, event, Outcome::Foreign);
        }
        let id = envelope.id;
        match self.events.get(&id).cloned() {
            None => {
                self.place(&event, changed);
                Outcome::Inserted
            }
            Some(held) if held.raw() == event.raw() => Outcome::Duplicate,
            Some(held) => self.quarantine(id, held, event, changed),
        }
    }

    fn quarantine(
        &mut self,
        id: EventId,
        held: Arc<Event>,
        event: Arc<Event>,
        changed: &mut impl FnMut(&Subject),
    ) -> Outcome {
        let aside = match event.raw() < held.raw() {
            true => {
                self.displace(&held, changed);
                self.place(&event, changed);
                held
            }
            false => event,
        };
        self.keep_aside(id, aside, Outcome::Quarantined)
    }

    fn place(&mut self, event: &Arc<Event>, changed: &mut impl FnMut(&Subject)) {
        let Some(envelope) = event.envelope() else {
            return;
        };
        self.events.insert(envelope.id, event.clone());
        match self.subjects.get_mut(&envelope.subject) {
            Some(list) => list.push(event.clone()),
            None => {
                let list = vec![event.clone()];
                self.subjects.insert(envelope.subject.clone(), list);
            }
        }
        changed(&envelope.subject);
    }

    fn displace(&mut self, event: &Arc<Event>, changed: &mut impl FnMut(&Subject)) {
        let Some(subject) = event.subject() else {
            return;
        };
        if let Some(list) = self.subjects.get_mut(subject) {
            list.retain(|e| !Arc::ptr_eq(e, event));
        }
        changed(subject);
    }

    /// A duplicate if the very bytes were there already.
    fn keep_aside(&mut self, id: EventId, event: Arc<Event>, outcome: Outcome) -> Outcome {
        match self.aside.insert((id, event.raw().into()), event) {
            Some(_) => Outcome::Duplicate,
            None => outcome,
        }
    }

    /// The event with this id.
    pub fn get(&self, id: EventId) -> Option<&Arc<Event>> {
        self.events.get(&id)
    }

    /// How many events count; what is kept aside is not among them.
    pub fn len(&self) -> usize {
        self.events.len()
    }

    /// True if nothing counts.
    pub fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    /// All events that count, by id.
    pub fn events(&self) -> impl Iterator<Item = &Arc<Event>> {
        self.events.values()
    }

    /// Subjects that have events.
    pub fn subjects(&self) -> impl Iterator<Item = &Subject> {
        self.subjects.keys()
    }

    /// The events of a subject, in the order of their arrival.
    pub fn about(&self, subject: &Subject) -> &[Arc<Event>] {
        self.subjects.get(subject).map_or(&[], Vec::as_slice)
    }

    /// The events of a subject that no other event of it has seen, ascending.
    pub fn heads(&self, subject: &Subject) -> Vec<EventId> {
        let events = self.about(subject);
        let causality = causality(events);
        let mut heads: Vec<_> = causality.heads().filter_map(|i| events[i].id()).collect();
        crate::order::sort(&mut heads);
        heads
    }

    /// Makes an event of a draft, on top of all heads this log knows. The event is
    /// not in the log until it is inserted, which the caller does once it is stored.
    ///
    /// # Errors
    /// Those of [`Draft::seal`].
    pub fn seal(&self, draft: Draft, stamp: Stamp) -> Result<Event, SealError> {
        let heads = self.heads(&draft.subject);
        draft.seal(&self.city, stamp, &heads)
    }

    /// The number that a device's next event gets. Looks through all there is: where there is
    /// a storage, that one gives numbers.
    pub fn next_seq(&self, device: DeviceId) -> u64 {
        self.numbers(device)
            .max()
            .map_or(1, |n| n.saturating_add(1))
    }

    /// Numbers of a device that are missing below its last known one.
    pub fn gaps(&self, device: DeviceId) -> Vec<RangeInclusive<u64>> {
        let mut numbers = Numbers::default();
        for n in self.numbers(device) {
            numbers.insert(n);
        }
        numbers.gaps().collect()
    }

    /// The numbers of a device that are known: those of its events, and of its tombstones.
    fn numbers(&self, device: DeviceId) -> impl Iterator<Item = u64> + '_ {
        let tombstones = self.aside.values().filter(|e| e.envelope().is_none());
        let known = self.events().chain(tombstones).filter_map(|e| e.number());
        known
            .filter(move |(of, _)| *of == device)
            .map(|(_, seq)| seq)
    }

    /// Numbers that one device gave to several events, which a copied browser profile does:
    /// device, number, and the id of each but the first.
    pub fn clashes(&self) -> Vec<(DeviceId, u64, EventId)> {
        let mut given: BTreeSet<_> = BTreeSet::new();
        let numbered = self.events().filter_map(|e| Some((e.number()?, e.id()?)));
        let twice = numbered.filter(|(number, _)| !given.insert(*number));
        twice.map(|((device, seq), id)| (device, seq, id)).collect()
    }

    /// Everything that is kept, for storing and exporting: also contents that lost against
    /// another under the same id, unreadable lines, events of other cities and tombstones.
    pub fn everything(&self) -> impl Iterator<Item = &Arc<Event>> {
        self.events().chain(self.aside.values())
    }
}

/// The causal order of a subject's events. Those without an envelope never get
/// into a subject.
pub(crate) fn causality(events: &[Arc<Event>]) -> Causality {
    let nodes: Vec<_> = events
        .iter()
        .filter_map(|e| {
            let envelope = e.envelope()?;
            let mut parents = envelope.saw.to_vec();
            parents.extend(e.kind().into_iter().flat_map(|k| k.names()));
            Some((envelope.id, parents))
        })
        .collect();
    Causality::new(&nodes)
}
