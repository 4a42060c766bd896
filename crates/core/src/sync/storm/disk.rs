//! What a phone's storage holds: what is here survives it.

use super::CITY;
use crate::ids::DeviceId;
use crate::log::Event;
use crate::sync::device::{Kept, Store};
use crate::sync::{Digest, Head, Receipt, Verdict, content};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A phone's storage.
#[derive(Debug, Clone, Default)]
pub(super) struct Disk {
    pub(super) events: BTreeMap<Digest, Arc<Event>>,
    /// What no server has accepted, with what one said.
    pub(super) outbox: BTreeMap<Digest, Option<Receipt>>,
    ahead: Vec<Receipt>,
    pub(super) cursor: Option<Head>,
    offset_ms: Option<i64>,
    sent_at: Option<i64>,
    last_seq: u64,
}

impl Disk {
    pub(super) fn next_seq(&self) -> u64 {
        self.last_seq + 1
    }

    /// Appends an event of this phone under [`Disk::next_seq`].
    pub(super) fn append(&mut self, event: Arc<Event>) {
        self.last_seq += 1;
        self.bring(event);
    }

    /// Whether the last that it was told of an event is that it is held.
    pub(super) fn is_held(&self, name: &Digest) -> bool {
        let told = self.outbox.get(name).and_then(Option::as_ref);
        told.is_some_and(|receipt| matches!(receipt.verdict, Verdict::Held(_)))
    }

    /// Keeps an event that is new here; false if it is not.
    pub(super) fn bring(&mut self, event: Arc<Event>) -> bool {
        let name = content(event.raw());
        let new = self.events.insert(name, event).is_none();
        if new {
            self.outbox.insert(name, None);
        }
        new
    }

    /// One transaction.
    pub(super) fn store(&mut self, store: &Store) {
        for event in &store.events {
            self.events.insert(content(event.raw()), event.clone());
        }
        let cursor = store.cursor.or(self.cursor);
        self.ahead.retain(|r| !store.passed.contains(&r.content));
        for receipt in &store.receipts {
            let place = match receipt.verdict {
                Verdict::Accepted { place, .. } => place,
                _ => {
                    let kept = self.outbox.get_mut(&receipt.content);
                    kept.map(|kept| kept.replace(receipt.clone()));
                    continue;
                }
            };
            let was_here = self.outbox.remove(&receipt.content).is_some();
            if cursor.is_some_and(|cursor| place <= cursor.place) {
                self.ahead.retain(|r| r.content != receipt.content);
            } else if was_here {
                self.ahead.push(receipt.clone());
            }
        }
        self.cursor = cursor;
        self.offset_ms = store.offset_ms.or(self.offset_ms);
        self.sent_at = store.sent_at.or(self.sent_at);
        let beyond = cursor.map_or(0, |cursor| cursor.place);
        let is_ahead =
            |r: &Receipt| matches!(r.verdict, Verdict::Accepted { place, .. } if place > beyond);
        assert!(
            self.ahead.iter().all(is_ahead),
            "receipts that say nothing more add up"
        );
    }

    pub(super) fn kept(&self, device: DeviceId, session: bool) -> Kept {
        let outbox = self.outbox.iter();
        let entry = |(name, receipt): (&Digest, &Option<Receipt>)| {
            Some((self.events.get(name)?.clone(), receipt.clone()))
        };
        Kept {
            city: CITY.into(),
            here: [device].into(),
            session: session.then_some(device),
            outbox: outbox.filter_map(entry).collect(),
            ahead: self.ahead.clone(),
            cursor: self.cursor,
            is_new: false,
            offset_ms: self.offset_ms,
            sent_at: self.sent_at,
        }
    }
}
