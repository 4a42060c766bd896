//! One phone: what dies with it, and what does not.

use super::CITY;
use super::crew::device_id;
use super::disk::Disk;
use crate::ids::DeviceId;
use crate::log::{Event, Log};
use crate::sync::device::{Effect, Machine, Shown, Ticket};

/// A day, in milliseconds.
const DAY_MS: i64 = 86_400_000;

/// A phone. Its disk outlives it; its machine and its log are of one life.
#[derive(Debug)]
pub(super) struct Phone {
    pub(super) device: DeviceId,
    pub(super) disk: Disk,
    pub(super) machine: Option<Machine>,
    pub(super) log: Log,
    /// Counts deaths: what was asked in another life is not answered in this one.
    pub(super) life: u64,
    /// Counts timers: a later one takes the place of an earlier.
    pub(super) timer: u64,
    /// What its clock says beyond the true time, in milliseconds.
    pub(super) skew_ms: i64,
    pub(super) online: bool,
    pub(super) full: bool,
    /// Whether it has ever logged in.
    pub(super) known: bool,
    pub(super) logging_in: bool,
    /// Whether its account is locked.
    pub(super) locked: bool,
    /// Its transactions end in the order of their beginnings: not before this.
    pub(super) busy_until: i64,
    pub(super) shown: Option<Shown>,
    /// Life and ticket of its first request for a page since it calmed.
    pub(super) calm_request: Option<(u64, Ticket)>,
    /// Whether such a request was answered.
    pub(super) fetched: bool,
}

impl Phone {
    pub(super) fn new(n: usize) -> Phone {
        Phone {
            device: device_id(n),
            disk: Disk::default(),
            machine: None,
            log: Log::new(CITY),
            life: 0,
            timer: 0,
            skew_ms: 0,
            online: true,
            full: false,
            known: false,
            logging_in: false,
            locked: false,
            busy_until: 0,
            shown: None,
            calm_request: None,
            fetched: false,
        }
    }

    /// Sets its clock to another time of the day before or after; `by` from −1 to 1.
    pub(super) fn set_clock(&mut self, by: f64) {
        self.skew_ms = (by * DAY_MS as f64) as i64;
    }

    pub(super) fn die(&mut self) {
        self.machine = None;
        self.life += 1;
    }

    /// Starts from what the disk holds.
    pub(super) fn start(&mut self) -> Vec<Effect> {
        self.log = Log::new(CITY);
        let events: Vec<Event> = (self.disk.events.values())
            .map(|event| Event::clone(event))
            .collect();
        self.log.merge(events);
        let (machine, effects) = Machine::start(self.disk.kept(self.device, self.known));
        self.machine = Some(machine);
        effects
    }
}
