//! Fetching: pages, the cursor, and the chain of hashes.

use super::lane::{Phase, Wait};
use super::machine::{Machine, Now};
use super::outbox::Key;
use super::{Effect, Failure, Page, Store, Ticket};
use crate::log::Event;
use crate::sync::{Digest, Head, Receipt, Verdict, content};
use std::sync::Arc;

/// How often a server is asked that says nothing by itself, in milliseconds.
const POLL_MS: i64 = 60_000;

/// So long news wait for an answer that may bring them, in milliseconds.
const SOON_MS: i64 = 1_000;

/// What is wrong with a server's history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Break {
    /// It ends before what was fetched from it: it was put back to an older state.
    Shorter {
        /// Where it ends now.
        head: u64,
        /// How far it was fetched.
        cursor: u64,
    },
    /// The hash at this place is not what the events before it give.
    Hash {
        /// The place.
        place: u64,
    },
    /// At this place stands another event than a receipt has promised.
    Promise {
        /// The place.
        place: u64,
    },
}

/// What is true once the transaction is.
#[derive(Debug, Clone)]
pub(super) struct Pulling {
    next: Head,
    settled: Vec<Key>,
    more: bool,
    sent_at: Option<i64>,
}

/// What a page turns out to be.
enum Checked {
    /// The order goes on: the hash after each event.
    Good(Vec<Digest>),
    /// It was cut, or is an answer to something else.
    Garbled,
    Broken(Break),
}

impl Machine {
    pub(super) fn pulled(
        &mut self,
        ticket: Ticket,
        page: Page,
        server_ms: i64,
        now: Now,
        effects: &mut Vec<Effect>,
    ) {
        let Some((sent, after)) = self.pull.answered(ticket) else {
            return;
        };
        self.offset.measure(sent, now.ms, server_ms);
        let hashes = match check(&page, after, &self.ahead) {
            Checked::Good(hashes) => hashes,
            Checked::Garbled => return self.pull.failed(Failure::Garbled, now.ms, now.random),
            Checked::Broken(broken) => {
                self.broken = Some(broken);
                return;
            }
        };
        self.pull.succeeded();
        let more = page.head.place > page.next.place;
        if page.events.is_empty() {
            // Whatever was told, this is all there is.
            self.told = page.next.place;
            self.look_for_more(more, now);
            return;
        }
        let mut store = Store {
            cursor: Some(page.next),
            offset_ms: self.offset.ms,
            ..Store::default()
        };
        let mut settled = Vec::new();
        for ((place, chain), event) in (after.place + 1..).zip(hashes).zip(page.events) {
            if let Some(key) = self.outbox.find(&event) {
                // Seen in its place: no receipt could say more.
                let verdict = Verdict::Accepted { place, chain };
                store.receipts.push(Receipt::new(&event, verdict));
                settled.push(key);
            } else if self.ahead.iter().any(|head| head.place == place) {
                store.passed.push(content(event.raw()));
            } else {
                store.events.push(event);
            }
        }
        let all_sent = !settled.is_empty() && settled.len() == self.outbox.unfinished();
        store.sent_at = all_sent.then_some(now.ms);
        let storing = Pulling {
            next: page.next,
            settled,
            more,
            sent_at: store.sent_at,
        };
        let ticket = self.store(store, effects);
        self.pull.phase = Phase::Storing { ticket, storing };
    }

    pub(super) fn pull_failed(&mut self, ticket: Ticket, failure: Failure, now: Now) {
        if self.pull.answered(ticket).is_some() {
            self.pull.failed(failure, now.ms, now.random);
            match failure {
                Failure::Unauthorised => self.expire(),
                _ => self.snapshots = self.snapshots.saturating_sub(1),
            }
        }
    }

    /// A new device has begun with a snapshot, or has to with nothing. What of the outbox is in
    /// the snapshot is told by the receipts.
    pub(super) fn began(&mut self, ticket: Ticket, head: Option<Head>, now: Now) {
        if self.pull.answered(ticket).is_none() {
            return;
        }
        self.snapshots = 0;
        self.pull.succeeded();
        if let Some(head) = head {
            self.cursor = head;
            self.ahead.retain(|ahead| ahead.place > head.place);
        }
        self.look_for_more(true, now);
    }

    pub(super) fn pull_stored(&mut self, ticket: Ticket, ok: bool, now: Now) {
        let Some(pulling) = self.pull.stored(ticket) else {
            return;
        };
        self.storage_failed = !ok;
        if !ok {
            // The cursor stands where it stood: the same page is asked for again.
            self.pull.failed(Failure::Network, now.ms, now.random);
            return;
        }
        self.cursor = pulling.next;
        self.ahead.retain(|head| head.place > pulling.next.place);
        for key in &pulling.settled {
            self.outbox.settle(key, None);
        }
        self.sent_at = pulling.sent_at.or(self.sent_at);
        self.look_for_more(pulling.more, now);
    }

    /// The stream says how far the order has come. While something is handed over it is most
    /// likely that, as its receipts will say: what others did then comes a moment later.
    pub(super) fn heard(&mut self, place: u64, now: Now) {
        if place <= self.cursor.place {
            return;
        }
        self.told = self.told.max(place);
        match self.push.phase {
            Phase::Idle => self.pull.try_now(),
            _ => self.soon = self.soon.or(Some(Wait::of(now.ms, SOON_MS))),
        }
    }

    /// Fetches now what was told of, if it did not come otherwise.
    pub(super) fn fetch_what_was_told(&mut self) {
        if self.soon.take().is_some() && self.told > self.cursor.place {
            self.pull.try_now();
        }
    }

    /// Goes on at once where there is more, or was told to be, and after a while else.
    fn look_for_more(&mut self, more: bool, now: Now) {
        let more = more || self.told > self.cursor.place;
        self.pull.pause = (!more).then(|| Wait::jittered(now.ms, POLL_MS, now.random));
    }
}

/// Follows the chain over a page.
fn check(page: &Page, after: Head, ahead: &[Head]) -> Checked {
    let (next, head) = (page.next, page.head);
    if head.place < after.place {
        return Checked::Broken(Break::Shorter {
            head: head.place,
            cursor: after.place,
        });
    }
    let count = page.events.len() as u64;
    // Also a page that says there is more and holds nothing: asking would never end.
    let stuck = count == 0 && head.place > after.place;
    if next.place.checked_sub(after.place) != Some(count) || head.place < next.place || stuck {
        return Checked::Garbled;
    }
    let mut at = after;
    let mut hashes = Vec::with_capacity(page.events.len());
    for event in &page.events {
        let event: &Event = Arc::as_ref(event);
        at = at.followed_by(event.raw());
        if ahead
            .iter()
            .any(|head| head.place == at.place && *head != at)
        {
            return Checked::Broken(Break::Promise { place: at.place });
        }
        hashes.push(at.chain);
    }
    if at != next || (head.place == next.place && head.chain != next.chain) {
        return Checked::Broken(Break::Hash { place: next.place });
    }
    Checked::Good(hashes)
}
