//! One direction of the traffic: what is under way, and when to go on.

use super::{Failure, Ticket};

/// How long an answer is waited for, in milliseconds.
const PATIENCE_MS: i64 = 60_000;
/// The first pause after a failure; it doubles with each further one.
const FIRST_PAUSE_MS: i64 = 2_000;
/// The longest pause of our own.
const LONGEST_PAUSE_MS: i64 = 300_000;
/// The longest that a server may ask for.
const LONGEST_ASKED_MS: i64 = 3_600_000;

/// A time to wait for, by a clock that a person may set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::sync) struct Wait {
    since: i64,
    pub(in crate::sync) until: i64,
}

impl Wait {
    /// A wait of `ms` from `now`.
    pub(in crate::sync) fn of(now: i64, ms: i64) -> Wait {
        let until = now.saturating_add(ms);
        Wait { since: now, until }
    }

    /// A wait of between half of `ms` and all of it: devices that failed together must not
    /// come back together.
    pub(in crate::sync) fn jittered(now: i64, ms: i64, random: u64) -> Wait {
        let half = ms / 2;
        let more = i64::try_from(random % (half.unsigned_abs() + 1)).unwrap_or(0);
        Wait::of(now, half + more)
    }

    /// Whether it is over. A clock that was set back ends it: nobody would wait until
    /// tomorrow because it said tomorrow.
    pub(in crate::sync) fn is_over(self, now: i64) -> bool {
        now >= self.until || now < self.since
    }
}

/// The pause after `failures` failures in a row, from 1.
pub(in crate::sync) fn pause(now: i64, failures: u32, random: u64) -> Wait {
    let doubled = FIRST_PAUSE_MS << failures.saturating_sub(1).min(16);
    Wait::jittered(now, doubled.min(LONGEST_PAUSE_MS), random)
}

/// What a lane is doing. `A` is what was asked, `S` what is being stored.
#[derive(Debug, Clone)]
pub(in crate::sync) enum Phase<A, S> {
    Idle,
    Asked {
        ticket: Ticket,
        patience: Wait,
        sent: i64,
        asked: A,
    },
    Storing {
        ticket: Ticket,
        storing: S,
    },
}

/// One direction of the traffic.
#[derive(Debug, Clone)]
pub(in crate::sync) struct Lane<A, S> {
    pub(in crate::sync) phase: Phase<A, S>,
    /// Not before this.
    pub(in crate::sync) pause: Option<Wait>,
    failures: u32,
    /// The server does not know us: nothing until somebody logs in.
    pub(in crate::sync) denied: bool,
}

impl<A, S> Default for Lane<A, S> {
    fn default() -> Self {
        Lane {
            phase: Phase::Idle,
            pause: None,
            failures: 0,
            denied: false,
        }
    }
}

impl<A, S> Lane<A, S> {
    /// Whether something may be asked now.
    pub(in crate::sync) fn is_free(&self, now: i64) -> bool {
        let paused = self.pause.is_some_and(|pause| !pause.is_over(now));
        matches!(self.phase, Phase::Idle) && !paused && !self.denied
    }

    pub(in crate::sync) fn ask(&mut self, ticket: Ticket, now: i64, asked: A) {
        self.ask_patiently(ticket, now, asked, PATIENCE_MS);
    }

    /// Like [`Lane::ask`], with an answer waited for as long as is said here, in milliseconds.
    pub(in crate::sync) fn ask_patiently(
        &mut self,
        ticket: Ticket,
        now: i64,
        asked: A,
        patience_ms: i64,
    ) {
        self.pause = None;
        self.phase = Phase::Asked {
            ticket,
            patience: Wait::of(now, patience_ms),
            sent: now,
            asked,
        };
    }

    /// Ends waiting for the answer to this ticket: when it was asked, and what. None if
    /// it is an answer to something else, which says nothing any more.
    pub(in crate::sync) fn answered(&mut self, ticket: Ticket) -> Option<(i64, A)> {
        match std::mem::replace(&mut self.phase, Phase::Idle) {
            Phase::Asked {
                ticket: t,
                sent,
                asked,
                ..
            } if t == ticket => Some((sent, asked)),
            other => {
                self.phase = other;
                None
            }
        }
    }

    /// Ends the transaction with this ticket.
    pub(in crate::sync) fn stored(&mut self, ticket: Ticket) -> Option<S> {
        match std::mem::replace(&mut self.phase, Phase::Idle) {
            Phase::Storing { ticket: t, storing } if t == ticket => Some(storing),
            other => {
                self.phase = other;
                None
            }
        }
    }

    /// The ticket whose answer is overdue.
    pub(in crate::sync) fn overdue(&self, now: i64) -> Option<Ticket> {
        match &self.phase {
            Phase::Asked {
                ticket, patience, ..
            } if patience.is_over(now) => Some(*ticket),
            _ => None,
        }
    }

    pub(in crate::sync) fn succeeded(&mut self) {
        self.failures = 0;
    }

    pub(in crate::sync) fn failed(&mut self, failure: Failure, now: i64, random: u64) {
        self.failures = self.failures.saturating_add(1);
        let own = pause(now, self.failures, random);
        let asked = match failure {
            Failure::Server {
                retry_after_ms: Some(ms),
            } => i64::try_from(ms).unwrap_or(LONGEST_ASKED_MS),
            _ => 0,
        };
        let asked = Wait::of(now, asked.min(LONGEST_ASKED_MS));
        self.pause = Some(if asked.until > own.until { asked } else { own });
        self.denied |= failure == Failure::Unauthorised;
    }

    /// Ends all pauses, because something has changed.
    pub(in crate::sync) fn try_now(&mut self) {
        self.failures = 0;
        self.pause = None;
    }

    /// When this lane is to be looked at again.
    pub(in crate::sync) fn wakes_at(&self) -> Option<i64> {
        match &self.phase {
            Phase::Asked { patience, .. } => Some(patience.until),
            Phase::Storing { .. } => None,
            Phase::Idle => self.pause.filter(|_| !self.denied).map(|pause| pause.until),
        }
    }
}
