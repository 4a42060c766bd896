//! The machine: from inputs to effects.

use super::clock::Offset;
use super::lane::{Lane, Phase, Wait, pause};
use super::outbox::{Key, Outbox, Standing};
use super::pull::{Break, Pulling};
use super::push::Pushing;
use super::{Effect, Failure, Input, Kept, LARGE_SKEW_MS, Shown, Status, Store, Ticket};
use crate::ids::DeviceId;
use crate::sync::Head;
use std::collections::BTreeSet;

/// So often a snapshot is asked for; a way on which it never comes whole may bring pages.
const SNAPSHOTS: u8 = 3;
/// It is waited for so long, in milliseconds: some megabytes, over a network as in a village.
const SNAPSHOT_MS: i64 = 600_000;

/// Who may send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Session {
    Nobody,
    In(DeviceId),
    Expired,
}

/// The time of an input, and the chance that comes with it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Now {
    pub(super) ms: i64,
    pub(super) random: u64,
}

/// A device's side of syncing. See the [room](super).
#[derive(Debug, Clone)]
pub struct Machine {
    here: BTreeSet<DeviceId>,
    pub(super) session: Session,
    online: bool,
    pub(super) outbox: Outbox,
    pub(super) cursor: Head,
    /// How far the stream says that the order has come.
    pub(super) told: u64,
    /// When that is fetched, if it does not come with an answer before.
    pub(super) soon: Option<Wait>,
    /// Places beyond the cursor that receipts have promised, with the hash there; few enough to
    /// be looked through.
    pub(super) ahead: Vec<Head>,
    pub(super) push: Lane<Vec<Key>, Pushing>,
    pub(super) pull: Lane<Head, Pulling>,
    pub(super) broken: Option<Break>,
    /// How often a snapshot is asked for before the order is fetched from its beginning.
    pub(super) snapshots: u8,
    /// When to ask again about what waits behind a gap, and how often that was done.
    ask: Option<Wait>,
    asked: u32,
    pub(super) offset: Offset,
    pub(super) sent_at: Option<i64>,
    pub(super) storage_failed: bool,
    tickets: u64,
    shown: Option<Shown>,
}

impl Machine {
    /// Takes up what is stored. Nothing is asked of a server before [`Input::Online`].
    pub fn start(kept: Kept) -> (Machine, Vec<Effect>) {
        let mut outbox = Outbox::default();
        for (event, receipt) in kept.outbox {
            let standing = match receipt.map(|r| r.verdict) {
                None => Some(Standing::Unsent),
                Some(verdict) => Standing::of(&verdict),
            };
            // An accepted one has no business here; if there is one, the place it has
            // been promised is looked for, and sending it again does no harm.
            outbox.add(event, standing.unwrap_or(Standing::Unsent));
        }
        let cursor = kept.cursor.unwrap_or_else(|| Head::start(&kept.city));
        let promised = kept.ahead.iter().filter_map(|r| r.verdict.head());
        let ahead = promised.filter(|head| head.place > cursor.place).collect();
        let mut machine = Machine {
            here: kept.here,
            session: kept.session.map_or(Session::Nobody, Session::In),
            online: false,
            outbox,
            cursor,
            told: 0,
            soon: None,
            ahead,
            push: Lane::default(),
            pull: Lane::default(),
            broken: None,
            snapshots: if kept.is_new { SNAPSHOTS } else { 0 },
            ask: None,
            asked: 0,
            offset: Offset::kept(kept.offset_ms),
            sent_at: kept.sent_at,
            storage_failed: false,
            tickets: 0,
            shown: None,
        };
        // What waited may have come through since.
        machine.outbox.ask_again(None);
        let mut effects = Vec::new();
        machine.show(&mut effects);
        (machine, effects)
    }

    /// Takes an input. `now_ms` is the device's clock in milliseconds since 1970, which may
    /// jump; `random` any number, used to spread pauses.
    pub fn take(&mut self, input: Input, now_ms: i64, random: u64) -> Vec<Effect> {
        let now = Now { ms: now_ms, random };
        let mut effects = Vec::new();
        self.apply(input, now, &mut effects);
        self.look_at_waits(now);
        self.start_requests(now, &mut effects);
        if let Some(at) = self.wakes_at() {
            effects.push(Effect::WaitUntil { at });
        }
        self.show(&mut effects);
        effects
    }

    /// Milliseconds to add to the device's clock to get the server's, as last measured;
    /// this is what an event carries as `offset_ms`.
    pub fn offset_ms(&self) -> Option<i64> {
        self.offset.ms
    }

    /// How far the order has been fetched: from there on a stream is of use. None as long as this
    /// device may still begin with a snapshot, or all that is before it would be streamed.
    pub fn place(&self) -> Option<u64> {
        (self.snapshots == 0).then_some(self.cursor.place)
    }

    fn apply(&mut self, input: Input, now: Now, effects: &mut Vec<Effect>) {
        match input {
            Input::Appended(events) => {
                for event in events {
                    self.outbox.add(event, Standing::Unsent);
                }
            }
            Input::Tick => {}
            Input::Online => {
                self.online = true;
                self.try_now();
            }
            Input::Offline => self.online = false,
            Input::News { place } => self.heard(place, now),
            Input::PushAnswered {
                ticket,
                answers,
                server_ms,
            } => self.push_answered(ticket, answers, server_ms, now, effects),
            Input::PushFailed { ticket, failure } => self.push_failed(ticket, failure, now),
            Input::Pulled {
                ticket,
                page,
                server_ms,
            } => self.pulled(ticket, page, server_ms, now, effects),
            Input::Began { ticket, head } => self.began(ticket, head, now),
            Input::PullFailed { ticket, failure } => self.pull_failed(ticket, failure, now),
            Input::Stored { ticket, ok } => {
                self.push_stored(ticket, ok, now);
                self.pull_stored(ticket, ok, now);
            }
            Input::LoggedIn { device } => {
                self.here.insert(device);
                self.session = Session::In(device);
                (self.push.denied, self.pull.denied) = (false, false);
                self.try_now();
            }
            Input::LoggedOut => self.session = Session::Nobody,
            Input::TryAgain => {
                // Whoever asks for it knows better than a browser that believes in no network.
                self.online = true;
                self.broken = None;
                self.outbox.forget_limits();
                for key in self.outbox.held() {
                    if self.may_send(&key) {
                        self.outbox.settle(&key, Some(Standing::Unsent));
                    }
                }
                self.outbox.ask_again(None);
                self.try_now();
            }
        }
    }

    pub(super) fn expire(&mut self) {
        if matches!(self.session, Session::In(_)) {
            self.session = Session::Expired;
        }
    }

    fn try_now(&mut self) {
        self.push.try_now();
        self.pull.try_now();
    }

    /// Gives up on answers that are overdue, and sees to what waits behind a gap.
    fn look_at_waits(&mut self, now: Now) {
        if let Some(ticket) = self.push.overdue(now.ms) {
            self.push_failed(ticket, Failure::Network, now);
        }
        if let Some(ticket) = self.pull.overdue(now.ms) {
            self.pull_failed(ticket, Failure::Network, now);
        }
        if self.soon.is_some_and(|wait| wait.is_over(now.ms)) {
            self.fetch_what_was_told();
        }
        if self.outbox.unfinished() == 0 {
            self.asked = 0;
        }
        match self.ask {
            Some(wait) if wait.is_over(now.ms) => {
                self.ask = None;
                self.outbox.ask_again(None);
            }
            None if self.outbox.has_patient() => {
                self.asked = self.asked.saturating_add(1);
                // Four doublings on: half a minute at most, then up to the longest.
                self.ask = Some(pause(now.ms, self.asked.saturating_add(4), now.random));
            }
            _ => {}
        }
    }

    fn start_requests(&mut self, now: Now, effects: &mut Vec<Effect>) {
        if !self.online {
            return;
        }
        if self.pull.is_free(now.ms) && self.may_pull() {
            let (ticket, after) = (self.ticket(), self.cursor);
            if self.snapshots == 0 {
                self.pull.ask(ticket, now.ms, after);
                effects.push(Effect::Pull { ticket, after });
            } else {
                self.pull.ask_patiently(ticket, now.ms, after, SNAPSHOT_MS);
                effects.push(Effect::Snapshot { ticket });
            }
        }
        if self.push.is_free(now.ms) {
            let batch = self.outbox.batch(|key| self.may_send(key));
            if !batch.is_empty() {
                let entries = batch.iter().filter_map(|key| self.outbox.get(key));
                let events = entries.map(|entry| entry.event.clone()).collect();
                let ticket = self.ticket();
                self.push.ask(ticket, now.ms, batch);
                effects.push(Effect::Push { ticket, events });
            }
        }
    }

    /// Pages follow the cursor as it is stored.
    fn may_pull(&self) -> bool {
        self.broken.is_none() && !self.push_moves_cursor()
    }

    /// Another account of this browser sends its own work itself, or it would arrive under
    /// the wrong name. What a file brought from elsewhere anybody may hand on.
    fn may_send(&self, key: &Key) -> bool {
        let Session::In(device) = self.session else {
            return false;
        };
        key.device()
            .is_none_or(|of| of == device || !self.here.contains(&of))
    }

    pub(super) fn ticket(&mut self) -> Ticket {
        self.tickets += 1;
        Ticket(self.tickets)
    }

    pub(super) fn store(&mut self, store: Store, effects: &mut Vec<Effect>) -> Ticket {
        let ticket = self.ticket();
        effects.push(Effect::Store { ticket, store });
        ticket
    }

    fn wakes_at(&self) -> Option<i64> {
        // With nothing to send, the end of a pause is nothing to wake for.
        let push = self.push.wakes_at().filter(|_| {
            let idle = matches!(self.push.phase, Phase::Idle);
            !idle || (self.online && !self.outbox.batch(|key| self.may_send(key)).is_empty())
        });
        let pull = self.pull.wakes_at().filter(|_| {
            let idle = matches!(self.pull.phase, Phase::Idle);
            !idle || (self.online && self.may_pull())
        });
        let ask = self.ask.map(|wait| wait.until).filter(|_| self.online);
        let soon = self.soon.map(|wait| wait.until);
        [push, pull, ask, soon].into_iter().flatten().min()
    }

    fn show(&mut self, effects: &mut Vec<Effect>) {
        let shown = Shown {
            status: self.status(),
            unsent: self.outbox.unfinished(),
            put_back: self.outbox.put_back(),
            skew_ms: self
                .offset
                .ms
                .filter(|ms| ms.unsigned_abs() >= LARGE_SKEW_MS.unsigned_abs()),
            storage_failed: self.storage_failed,
        };
        if self.shown != Some(shown) {
            self.shown = Some(shown);
            effects.push(Effect::Show(shown));
        }
    }

    fn status(&self) -> Status {
        let (n, put_back) = (self.outbox.unfinished(), self.outbox.put_back());
        let mine = !self.outbox.batch(|key| self.may_send(key)).is_empty();
        let sending = !matches!(self.push.phase, Phase::Idle);
        match (self.broken, self.session, self.sent_at) {
            (Some(broken), ..) => Status::ChainBroken(broken),
            (_, Session::Nobody, _) => Status::SavedHere { n },
            (_, Session::Expired, _) if n > 0 || self.pull.denied => Status::LoginNeeded { n },
            _ if n > 0 && sending => Status::Sending { n },
            _ if n > 0 && !mine && !self.outbox.has_patient() => Status::LoginNeeded { n },
            _ if n > 0 => Status::Waiting { n },
            _ if put_back > 0 => Status::PutBack { n: put_back },
            (_, _, Some(at)) => Status::AllSent { at },
            _ => Status::SavedHere { n: 0 },
        }
    }
}
