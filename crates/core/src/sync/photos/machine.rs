//! The machine: from inputs to effects.

use crate::ids::DeviceId;
use crate::sync::Digest;
use crate::sync::device::lane::{Lane, Phase};
use crate::sync::device::{Failure, Ticket};

/// How long an answer is waited for, in milliseconds: a photo may crawl.
pub const PATIENCE_MS: i64 = 600_000;

/// A photo that an event names and no server has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// Its name.
    pub photo: Digest,
    /// Whose it is: the device that wrote the event.
    pub device: DeviceId,
    /// Since when, in milliseconds since 1970 by the device's clock.
    pub at: i64,
}

/// What is to be done with a photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Ask how far it has come.
    Ask,
    /// Bring its bytes from here on.
    Bring {
        /// So many are there.
        from: u64,
    },
    /// Bring its private part.
    BringPrivate,
    /// Store that it is sent, or with which status it was refused.
    Settle {
        /// The status.
        refused: Option<u16>,
    },
}

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// This, to a photo; it is answered.
    Do {
        /// What the answer is to carry.
        ticket: Ticket,
        /// Which photo.
        photo: Digest,
        /// What.
        step: Step,
    },
    /// Tick at this time of the device's clock. Takes the place of any earlier one.
    WaitUntil {
        /// When, in milliseconds since 1970.
        at: i64,
    },
}

/// What came of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It is there, all of it; or it is stored.
    Done,
    /// So many of its bytes are there.
    Part(u64),
    /// It will never be taken, for the reason of this status.
    Refused(u16),
    /// Nothing came of it this time.
    Failed(Failure),
}

/// What happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// The queue as it is stored.
    Queue {
        /// What waits.
        waiting: Vec<Waiting>,
        /// How many were refused.
        refused: usize,
    },
    /// An answer to [`Effect::Do`].
    Answered {
        /// To which.
        ticket: Ticket,
        /// It.
        answer: Answer,
    },
    /// Time has passed.
    Tick,
    /// A server can be reached, or it looks so.
    Online,
    /// It cannot.
    Offline,
    /// Somebody logged in.
    LoggedIn {
        /// The device that this account is in this browser.
        device: DeviceId,
    },
    /// They logged out.
    LoggedOut,
    /// A person wants it tried again now, or has come back to the app: all pauses end, also what the
    /// browser believes of the network.
    TryAgain,
}

/// A device's photos on their way. See the [room](super).
#[derive(Debug, Clone)]
pub struct Machine {
    session: Option<DeviceId>,
    online: bool,
    /// Each with how often it came to nothing.
    queue: Vec<(Waiting, u32)>,
    refused: usize,
    lane: Lane<(Digest, Step), ()>,
    tickets: u64,
}

impl Machine {
    /// With nothing in the queue; `session` is the device that is logged in.
    pub fn new(session: Option<DeviceId>) -> Machine {
        Machine {
            session,
            online: false,
            queue: Vec::new(),
            refused: 0,
            lane: Lane::default(),
            tickets: 0,
        }
    }

    /// How many wait, whosever they are.
    pub fn waiting(&self) -> usize {
        self.queue.len()
    }

    /// How many were refused.
    pub fn refused(&self) -> usize {
        self.refused
    }

    /// Takes an input. `now` is the device's clock in milliseconds since 1970, which may jump;
    /// `random` any number, used to spread pauses.
    pub fn take(&mut self, input: Input, now: i64, random: u64) -> Vec<Effect> {
        let mut effects = Vec::new();
        match input {
            Input::Queue { waiting, refused } => {
                self.queue = waiting.into_iter().map(|waiting| (waiting, 0)).collect();
                self.refused = refused;
            }
            Input::Answered { ticket, answer } => {
                if let Some((_, (photo, step))) = self.lane.answered(ticket) {
                    match self.follows(photo, step, answer) {
                        Ok(Some(step)) => self.begin(photo, step, now, &mut effects),
                        Ok(None) => {}
                        Err(failure) => self.failed(photo, failure, now, random),
                    }
                }
            }
            Input::Tick => {}
            Input::Online => {
                self.online = true;
                self.lane.try_now();
            }
            Input::Offline => self.online = false,
            Input::LoggedIn { device } => self.is_here(Some(device)),
            Input::LoggedOut => self.is_here(None),
            Input::TryAgain => {
                // Whoever asks for it knows better than a browser that believes in no network.
                self.online = true;
                self.lane.denied = false;
                self.lane.try_now();
            }
        }
        if let Some(ticket) = self.lane.overdue(now)
            && let Some((_, (photo, _))) = self.lane.answered(ticket)
        {
            self.failed(photo, Failure::Network, now, random);
        }
        if self.online
            && self.lane.is_free(now)
            && let Some(photo) = self.next()
        {
            self.begin(photo, Step::Ask, now, &mut effects);
        }
        let idle = matches!(self.lane.phase, Phase::Idle);
        let wakes = self.lane.wakes_at();
        if let Some(at) = wakes.filter(|_| !idle || (self.online && self.next().is_some())) {
            effects.push(Effect::WaitUntil { at });
        }
        effects
    }

    /// The step that follows an answer; none where all is done.
    fn follows(
        &mut self,
        photo: Digest,
        step: Step,
        answer: Answer,
    ) -> Result<Option<Step>, Failure> {
        Ok(Some(match (step, answer) {
            (_, Answer::Failed(failure)) => return Err(failure),
            (Step::Ask, Answer::Part(from)) => Step::Bring { from },
            (Step::Ask | Step::Bring { .. }, Answer::Done) => Step::BringPrivate,
            (Step::BringPrivate, Answer::Done) => Step::Settle { refused: None },
            // What was there was not its beginning, and is gone now: from the start then.
            (Step::Bring { from: 1.. }, Answer::Refused(_)) => return Err(Failure::Garbled),
            (Step::Ask | Step::Bring { .. } | Step::BringPrivate, Answer::Refused(status)) => {
                let refused = Some(status);
                Step::Settle { refused }
            }
            (Step::Settle { refused }, Answer::Done) => {
                self.queue.retain(|(waiting, _)| waiting.photo != photo);
                self.refused += usize::from(refused.is_some());
                self.lane.succeeded();
                return Ok(None);
            }
            _ => return Err(Failure::Garbled),
        }))
    }

    fn begin(&mut self, photo: Digest, step: Step, now: i64, effects: &mut Vec<Effect>) {
        self.tickets += 1;
        let ticket = Ticket(self.tickets);
        let asked = (photo, step);
        self.lane.ask_patiently(ticket, now, asked, PATIENCE_MS);
        effects.push(Effect::Do {
            ticket,
            photo,
            step,
        });
    }

    fn failed(&mut self, photo: Digest, failure: Failure, now: i64, random: u64) {
        let mut queue = self.queue.iter_mut();
        // No answer is nobody's fault but the network's.
        if failure != Failure::Network
            && let Some((_, failures)) = queue.find(|(waiting, _)| waiting.photo == photo)
        {
            *failures += 1;
        }
        self.lane.failed(failure, now, random);
    }

    /// What is under way was begun by whoever was here before: nothing follows from it.
    fn is_here(&mut self, device: Option<DeviceId>) {
        if self.session != device {
            self.lane.phase = Phase::Idle;
        }
        self.session = device;
        self.lane.denied = false;
        self.lane.try_now();
    }

    fn next(&self) -> Option<Digest> {
        let own = self.queue.iter();
        let own = own.filter(|(waiting, _)| Some(waiting.device) == self.session);
        let next = own.min_by_key(|(waiting, failures)| (*failures, waiting.at));
        next.map(|(waiting, _)| waiting.photo)
    }
}
