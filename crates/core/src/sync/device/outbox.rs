//! What is held here and no server has accepted.

use crate::ids::DeviceId;
use crate::log::Event;
use crate::sync::{Digest, Receipt, Verdict, content};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The most events in one request.
pub const BATCH_COUNT: usize = 50;
/// The most bytes of events in one request, unless a single event has more.
pub const BATCH_BYTES: usize = 256 * 1024;

/// An event's place in the outbox: a device's own order, in which nothing waits behind a
/// gap; what has no number comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    number: Option<(DeviceId, u64)>,
    content: Digest,
}

impl Key {
    pub(super) fn of(event: &Event) -> Key {
        Key {
            number: event.number(),
            content: content(event.raw()),
        }
    }

    pub(super) fn content(&self) -> Digest {
        self.content
    }

    pub(super) fn device(&self) -> Option<DeviceId> {
        self.number.map(|(device, _)| device)
    }
}

/// What a server last said of an event, as far as it is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    Unsent,
    /// Received, behind a gap; `ask` says that it is time to ask again.
    Waiting {
        missing: u64,
        ask: bool,
    },
    Held,
    Refused,
    /// No request with it alone was small enough. Not stored: a server's limit can be
    /// raised, and the next start tries again.
    TooLarge,
}

impl Standing {
    pub(super) fn of(verdict: &Verdict) -> Option<Standing> {
        match verdict {
            Verdict::Accepted { .. } => None,
            Verdict::Waiting { missing } => Some(Standing::Waiting {
                missing: *missing,
                ask: false,
            }),
            Verdict::Held(_) => Some(Standing::Held),
            Verdict::Refused(_) => Some(Standing::Refused),
        }
    }

    fn is_unfinished(self) -> bool {
        matches!(self, Standing::Unsent | Standing::Waiting { .. })
    }

    fn is_due(self) -> bool {
        matches!(self, Standing::Unsent | Standing::Waiting { ask: true, .. })
    }
}

/// An event in the outbox.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) event: Arc<Event>,
    pub(super) standing: Standing,
}

/// All that is held here and no server has accepted.
#[derive(Debug, Clone)]
pub(super) struct Outbox {
    entries: BTreeMap<Key, Entry>,
    /// Shrinks when a server takes less.
    limit_bytes: usize,
}

impl Default for Outbox {
    fn default() -> Outbox {
        Outbox {
            entries: BTreeMap::new(),
            limit_bytes: BATCH_BYTES,
        }
    }
}

impl Outbox {
    /// Takes in an event; one that is here keeps its standing.
    pub(super) fn add(&mut self, event: Arc<Event>, standing: Standing) {
        let key = Key::of(&event);
        let entry = Entry { event, standing };
        self.entries.entry(key).or_insert(entry);
    }

    pub(super) fn get(&self, key: &Key) -> Option<&Entry> {
        self.entries.get(key)
    }

    /// Where these very bytes are, if they are here.
    pub(super) fn find(&self, event: &Event) -> Option<Key> {
        let number = event.number();
        let of = |byte| Key {
            number,
            content: Digest([byte; 32]),
        };
        let mut same = self.entries.range(of(0)..=of(255));
        same.find(|(_, entry)| entry.event.raw() == event.raw())
            .map(|(key, _)| *key)
    }

    /// Sets what a server said; none is "accepted", with which the event leaves. One that
    /// has left does not come back.
    pub(super) fn settle(&mut self, key: &Key, standing: Option<Standing>) {
        match (standing, self.entries.get_mut(key)) {
            (Some(standing), Some(entry)) => entry.standing = standing,
            (None, Some(_)) => {
                self.entries.remove(key);
            }
            (_, None) => {}
        }
    }

    /// The next events to send in this session.
    pub(super) fn batch(&self, may_send: impl Fn(&Key) -> bool) -> Vec<Key> {
        let mut bytes = 0;
        let due = self.entries.iter().filter(|(_, e)| e.standing.is_due());
        due.filter(|(key, _)| may_send(key))
            .take(BATCH_COUNT)
            .take_while(|(_, entry)| {
                let first = bytes == 0;
                bytes += entry.event.raw().len().max(1);
                first || bytes <= self.limit_bytes
            })
            .map(|(key, _)| *key)
            .collect()
    }

    /// A request with these was too large: the next has half of it, and one that could not
    /// be less is put aside, so that others get through.
    pub(super) fn too_large(&mut self, batch: &[Key]) {
        match batch {
            [key] => self.settle(key, Some(Standing::TooLarge)),
            _ => {
                let sizes = batch.iter().filter_map(|key| self.get(key));
                let bytes: usize = sizes.map(|entry| entry.event.raw().len()).sum();
                self.limit_bytes = bytes / 2;
            }
        }
    }

    /// Has all that is waiting, or only that of some devices, asked again.
    pub(super) fn ask_again(&mut self, of: Option<&[DeviceId]>) {
        for (key, entry) in &mut self.entries {
            let meant = of.is_none_or(|of| key.device().is_some_and(|d| of.contains(&d)));
            if let (true, Standing::Waiting { ask, .. }) = (meant, &mut entry.standing) {
                *ask = true;
            }
        }
    }

    /// What a server holds: the right that it wanted may be there now.
    pub(super) fn held(&self) -> Vec<Key> {
        let held = |(_, e): &(&Key, &Entry)| e.standing == Standing::Held;
        self.entries
            .iter()
            .filter(held)
            .map(|(key, _)| *key)
            .collect()
    }

    /// Tries anew what was too large.
    pub(super) fn forget_limits(&mut self) {
        self.limit_bytes = BATCH_BYTES;
        for entry in self.entries.values_mut() {
            if entry.standing == Standing::TooLarge {
                entry.standing = Standing::Unsent;
            }
        }
    }

    /// Whether something waits behind a gap that is not about to be asked again.
    pub(super) fn has_patient(&self) -> bool {
        let mut all = self.entries.values();
        all.any(|e| matches!(e.standing, Standing::Waiting { ask: false, .. }))
    }

    /// How many have no verdict that could last.
    pub(super) fn unfinished(&self) -> usize {
        self.count(Standing::is_unfinished)
    }

    /// How many are kept here with the answer that they do not count.
    pub(super) fn put_back(&self) -> usize {
        self.count(|standing| !standing.is_unfinished())
    }

    fn count(&self, which: impl Fn(Standing) -> bool) -> usize {
        self.entries.values().filter(|e| which(e.standing)).count()
    }

    /// Whether a receipt says more of an event in here than is stored of it.
    pub(super) fn news(&self, key: &Key, receipt: &Receipt) -> bool {
        let Some(entry) = self.get(key) else {
            return false;
        };
        match (entry.standing, &receipt.verdict) {
            (Standing::Waiting { missing, .. }, Verdict::Waiting { missing: now }) => {
                missing != *now
            }
            (Standing::Held, Verdict::Held(_)) | (Standing::Refused, Verdict::Refused(_)) => false,
            _ => true,
        }
    }
}
