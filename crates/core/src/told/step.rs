//! How far a robot was told, and what it is told next.

use super::{Audience, News, Quiet, Scene};
use jiff::{SignedDuration, Timestamp};

/// A message that is under way keeps others of the same robot back for so long, milliseconds:
/// longer than a robot is waited for.
pub const LEASE_MS: i64 = 30_000;

/// From one message to the next to the same robot, milliseconds. Both kinds take twenty in a minute;
/// of DingTalk one that is told more says nothing for ten (WeCom:
/// developer.work.weixin.qq.com/document/path/91770; DingTalk:
/// open.dingtalk.com/document/robots/custom-robot-access).
pub const GAP_MS: i64 = 3_100;

/// After the first no; each one doubles it.
const BACKOFF_MS: i64 = 30_000;

/// No pause is longer.
const LONGEST_MS: i64 = 15 * 60_000;

/// What needs not be told is written down no more often than that.
const SELDOM_MS: i64 = 10 * 60_000;

/// And of so many events at the latest.
const SELDOM_EVENTS: u64 = 200;

/// Up to where somebody was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    /// The place in the order.
    pub place: u64,
    /// The time: deadlines up to then were told, or held nobody up.
    pub clock: Timestamp,
}

/// How far one robot was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// Counts up whenever this changes: of two servers that tell, one wins.
    pub turn: u64,
    /// Of all that may wait for the morning.
    pub rest: Reach,
    /// Of dangers.
    pub danger: Reach,
    /// Nothing is said before then.
    pub not_before: Timestamp,
    /// How often in a row the robot has said no.
    pub tries: u32,
}

/// What became of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It is in the group.
    Took,
    /// It is not, for sure.
    Refused,
    /// Nobody knows: it was on its way, and no answer came. It is not said again.
    Unclear,
}

/// What is to be done about a robot.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// Nothing before then.
    Wait(Timestamp),
    /// Nothing.
    Nothing,
    /// Nothing but to write down that one has looked.
    Note(Told),
    /// This is written down, and if nobody else came first these are told.
    Tell(Told, Vec<News>),
}

impl Told {
    /// For a robot that was told nothing yet: what was before it is no news.
    pub fn begin(place: u64, now: Timestamp) -> Told {
        let reach = Reach { place, clock: now };
        Told {
            turn: 1,
            rest: reach,
            danger: reach,
            not_before: now,
            tries: 0,
        }
    }

    /// Beyond which place events have to be read for [`Scene::places`].
    pub fn read_from(
        &self,
        quiet: Option<&Quiet>,
        scene_now: Timestamp,
        zone: &jiff::tz::TimeZone,
    ) -> u64 {
        match quiet.is_some_and(|quiet| quiet.holds(scene_now, zone)) {
            true => self.danger.place,
            false => self.danger.place.min(self.rest.place),
        }
    }

    /// What is to be done now.
    pub fn step(&self, audience: &Audience, quiet: Option<&Quiet>, scene: &Scene<'_>) -> Step {
        let now = scene.now;
        if now < self.not_before {
            return Step::Wait(self.not_before);
        }
        let here = self.within(scene.head);
        let mut news = scene.since(&here.danger, true, audience);
        let mut next = here;
        next.turn += 1;
        let reach = |before: &Reach| Reach {
            place: scene.head,
            // A clock that was set back does not have a deadline told again.
            clock: before.clock.max(now),
        };
        next.danger = reach(&here.danger);
        if !quiet.is_some_and(|quiet| quiet.holds(now, scene.zone)) {
            news.extend(scene.since(&here.rest, false, audience));
            next.rest = reach(&here.rest);
        }
        if !news.is_empty() {
            next.not_before = later(now, LEASE_MS);
            return Step::Tell(next, news);
        }
        let is_far = |from: &Reach, to: &Reach| {
            to.place.abs_diff(from.place) >= SELDOM_EVENTS
                || later(from.clock, SELDOM_MS) <= to.clock
        };
        let rests = is_far(&self.rest, &next.rest) || is_far(&self.danger, &next.danger);
        match here != *self || rests {
            true => Step::Note(next),
            false => Step::Nothing,
        }
    }

    /// Once a robot has answered to what `self` was written down for, at `now`.
    #[must_use]
    pub fn answered(&self, before: &Told, answer: Answer, now: Timestamp) -> Told {
        let turn = self.turn + 1;
        match answer {
            Answer::Took | Answer::Unclear => Told {
                turn,
                not_before: later(now, GAP_MS),
                tries: 0,
                ..*self
            },
            Answer::Refused => {
                let doubled = BACKOFF_MS << before.tries.min(10);
                Told {
                    turn,
                    not_before: later(now, doubled.min(LONGEST_MS)),
                    tries: before.tries.saturating_add(1),
                    ..*before
                }
            }
        }
    }

    /// The same where the order ends: another history may have been put in the place of the one
    /// that was told of, as when a backup is brought back.
    fn within(&self, head: u64) -> Told {
        let within = |reach: Reach| Reach {
            place: reach.place.min(head),
            ..reach
        };
        Told {
            rest: within(self.rest),
            danger: within(self.danger),
            ..*self
        }
    }
}

fn later(from: Timestamp, ms: i64) -> Timestamp {
    let later = from.checked_add(SignedDuration::from_millis(ms));
    later.unwrap_or(from)
}
