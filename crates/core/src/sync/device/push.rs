//! Sending: answers, and what becomes of the outbox.

use super::lane::Phase;
use super::machine::{Machine, Now};
use super::outbox::{Key, Standing};
use super::{Effect, Failure, Store, Ticket};
use crate::sync::{Answer, Head, Verdict};

/// What is true once the transaction is.
#[derive(Debug, Clone)]
pub(super) struct Pushing {
    verdicts: Vec<(Key, Verdict)>,
    sent_at: Option<i64>,
    /// Where the cursor is then, if these alone carry the order on from it.
    cursor: Option<Head>,
}

impl Machine {
    pub(super) fn push_answered(
        &mut self,
        ticket: Ticket,
        answers: Vec<Answer>,
        server_ms: i64,
        now: Now,
        effects: &mut Vec<Effect>,
    ) {
        let Some((sent, batch)) = self.push.answered(ticket) else {
            return;
        };
        self.offset.measure(sent, now.ms, server_ms);
        // Only what was asked about, and each once, whatever the answer says.
        let mut open = batch;
        let answers = answers.into_iter().map(|answer| answer.receipt);
        let known: Vec<_> = answers
            .filter_map(|receipt| {
                let at = open.iter().position(|k| k.content() == receipt.content)?;
                Some((open.swap_remove(at), receipt))
            })
            .collect();
        if known.is_empty() {
            // Not one word about what was sent: asking again at once would never end.
            self.push.failed(Failure::Garbled, now.ms, now.random);
            return;
        }
        self.push.succeeded();
        let mut verdicts = Vec::new();
        let mut receipts = Vec::new();
        for (key, receipt) in known {
            verdicts.push((key, receipt.verdict.clone()));
            // Said before: nothing to write.
            if self.outbox.news(&key, &receipt) {
                receipts.push(receipt);
            }
        }
        let settled = verdicts.iter().filter(|(key, verdict)| {
            self.outbox.get(key).is_some() && !matches!(verdict, Verdict::Waiting { .. })
        });
        let settled = settled.count();
        let all_sent = settled > 0 && settled == self.outbox.unfinished();
        let pushing = Pushing {
            cursor: self.carried_on(&verdicts),
            verdicts,
            sent_at: all_sent.then_some(now.ms),
        };
        if receipts.is_empty() {
            self.settle(pushing);
            return;
        }
        let store = Store {
            receipts,
            cursor: pushing.cursor,
            offset_ms: self.offset.ms,
            sent_at: pushing.sent_at,
            ..Store::default()
        };
        let ticket = self.store(store, effects);
        self.push.phase = Phase::Storing {
            ticket,
            storing: pushing,
        };
    }

    pub(super) fn push_failed(&mut self, ticket: Ticket, failure: Failure, now: Now) {
        let Some((_, batch)) = self.push.answered(ticket) else {
            return;
        };
        match failure {
            Failure::TooLarge => {
                self.push.succeeded();
                self.outbox.too_large(&batch);
            }
            _ => self.push.failed(failure, now.ms, now.random),
        }
        if failure == Failure::Unauthorised {
            self.expire();
        }
    }

    pub(super) fn push_stored(&mut self, ticket: Ticket, ok: bool, now: Now) {
        let Some(pushing) = self.push.stored(ticket) else {
            return;
        };
        self.storage_failed = !ok;
        match ok {
            true => self.settle(pushing),
            // Nothing of it is so: the same events are sent again, and get the same answer.
            false => self.push.failed(Failure::Network, now.ms, now.random),
        }
    }

    /// How far the order goes on from the cursor with nothing but what was just handed over, by
    /// the chain of hashes: this device has those bytes, and need not fetch them. None while a
    /// page comes, which moves the cursor too.
    fn carried_on(&self, verdicts: &[(Key, Verdict)]) -> Option<Head> {
        let is_free = matches!(self.pull.phase, Phase::Idle);
        if !is_free || self.broken.is_some() || self.snapshots > 0 {
            return None;
        }
        let places = verdicts.iter();
        let places = places.filter_map(|(key, verdict)| Some((verdict.head()?, key)));
        let mut places: Vec<_> = places.collect();
        places.sort_unstable_by_key(|(head, _)| head.place);
        let mut at = self.cursor;
        for (head, key) in places {
            let Some(entry) = self.outbox.get(key) else {
                continue;
            };
            let next = at.followed_by(entry.event.raw());
            // What another receipt has promised there a page will tell.
            if next == head && self.ahead.iter().all(|ahead| ahead.place != head.place) {
                at = next;
            }
        }
        (at != self.cursor).then_some(at)
    }

    /// Whether a transaction under way moves the cursor.
    pub(super) fn push_moves_cursor(&self) -> bool {
        matches!(&self.push.phase, Phase::Storing { storing, .. } if storing.cursor.is_some())
    }

    fn settle(&mut self, pushing: Pushing) {
        self.cursor = pushing.cursor.unwrap_or(self.cursor);
        self.fetch_what_was_told();
        let mut moved = Vec::new();
        for (key, verdict) in pushing.verdicts {
            let promised = verdict.head();
            self.ahead
                .extend(promised.filter(|head| head.place > self.cursor.place));
            let standing = Standing::of(&verdict);
            if !matches!(standing, Some(Standing::Waiting { .. })) {
                moved.extend(key.device());
            }
            self.outbox.settle(&key, standing);
        }
        // A number that was missing may have come just now.
        self.outbox.ask_again(Some(&moved));
        self.sent_at = pushing.sent_at.or(self.sent_at);
    }
}
