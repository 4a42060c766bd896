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
        for receipt in &store.receipts {
            if !self.outbox.contains_key(&receipt.content) {
                continue;
            }
            match receipt.verdict {
                Verdict::Accepted { .. } => {
                    self.outbox.remove(&receipt.content);
                    self.ahead.push(receipt.clone());
                }
                _ => {
                    self.outbox.insert(receipt.content, Some(receipt.clone()));
                }
            }
        }
        self.cursor = store.cursor.or(self.cursor);
        self.offset_ms = store.offset_ms.or(self.offset_ms);
        self.sent_at = store.sent_at.or(self.sent_at);
        let beyond = self.cursor.map_or(0, |cursor| cursor.place);
        self.ahead
            .retain(|r| matches!(r.verdict, Verdict::Accepted { place, .. } if place > beyond));
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
            offset_ms: self.offset_ms,
            sent_at: self.sent_at,
        }
    }
}
