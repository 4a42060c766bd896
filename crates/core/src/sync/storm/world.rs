//! Time, and what happens in it.

use super::crew::{MOST_PHONES, say};
use super::governor::Governor;
use super::net::{Asks, Request};
use super::phone::Phone;
use super::server::Server;
use super::weather::{Figures, Weather};
use crate::demo::rng::Rng;
use crate::sync::device::{Effect, Input, Status, Store, Ticket};
use crate::sync::{Digest, content};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// When it begins, in milliseconds since 1970.
const BEGIN_MS: i64 = 1_714_698_764_000;
/// How long it storms.
const STORM_MS: i64 = 900_000;
/// How long it may take to settle: longer than any pause and any wait to ask again.
const CALM_MS: i64 = 7_200_000;
/// More than a storm can need: a machine that does not rest is a defect.
const STEPS: u32 = 300_000;

/// Something that is due.
#[derive(Debug)]
pub(super) enum Happening {
    Says(usize),
    Fault,
    Calm,
    Tick {
        phone: usize,
        life: u64,
        timer: u64,
    },
    Stored {
        phone: usize,
        life: u64,
        ticket: Ticket,
        store: Box<Store>,
    },
    Arrives {
        phone: usize,
        life: u64,
        request: Request,
    },
    Told {
        phone: usize,
        life: u64,
        input: Box<Input>,
    },
    Restart(usize),
    Online(usize),
    Room(usize),
    LogIn(usize),
    ServerUp,
}

/// All there is.
pub(super) struct World<S> {
    pub(super) now: i64,
    queue: BTreeMap<(i64, u64), Happening>,
    queued: u64,
    pub(super) rng: Rng,
    pub(super) weather: Weather,
    pub(super) stormy: bool,
    pub(super) server: S,
    pub(super) server_down: bool,
    pub(super) phones: Vec<Phone>,
    pub(super) figures: Figures,
    /// What each phone said was saved.
    pub(super) saved: Vec<(usize, Digest)>,
    pub(super) governor: Governor,
    /// What the administrator said.
    pub(super) governed: BTreeSet<Digest>,
    /// What must not have happened.
    pub(super) wrong: Option<String>,
}

/// Lets the storm of this seed loose on a server, and looks whether all is well after it.
///
/// # Errors
/// What is not well, in words.
pub fn run(seed: u64, server: impl Server) -> Result<Figures, String> {
    let mut rng = Rng::stream(seed, "storm");
    let weather = Weather::draw(&mut rng);
    let phones = (0..2 + rng.below(MOST_PHONES - 1))
        .map(Phone::new)
        .collect();
    let mut world = World {
        now: BEGIN_MS,
        queue: BTreeMap::new(),
        queued: 0,
        rng,
        weather,
        stormy: true,
        server,
        server_down: false,
        phones,
        figures: Figures::default(),
        saved: Vec::new(),
        governor: Governor::default(),
        governed: BTreeSet::new(),
        wrong: None,
    };
    world.begin();
    world.pass()?;
    world.check()
}

impl<S: Server> World<S> {
    pub(super) fn later(&mut self, ms: i64, happening: Happening) {
        self.queued += 1;
        let at = self.now + ms.max(1);
        self.queue.insert((at, self.queued), happening);
    }

    pub(super) fn within(&mut self, low_s: f64, high_s: f64, happening: Happening) {
        let ms = self.rng.range(low_s * 1000.0, high_s * 1000.0) as i64;
        self.later(ms, happening);
    }

    fn begin(&mut self) {
        self.appoint();
        for phone in 0..self.phones.len() {
            if self.rng.chance(0.7) {
                let by = self.rng.range(-1.0, 1.0);
                self.phones[phone].set_clock(by);
            }
            self.phones[phone].logging_in = true;
            self.within(0.0, 200.0, Happening::LogIn(phone));
            self.within(0.0, 60.0, Happening::Restart(phone));
            self.within(0.0, 90.0, Happening::Says(phone));
        }
        self.later(STORM_MS, Happening::Calm);
        self.fault_later();
    }

    fn pass(&mut self) -> Result<(), String> {
        for _ in 0..STEPS {
            let Some(((at, _), happening)) = self.queue.pop_first() else {
                return Err("time has stopped".into());
            };
            self.now = at;
            self.happen(happening);
            if let Some(wrong) = self.wrong.take() {
                let after = (self.now - BEGIN_MS) / 1000;
                return Err(format!("after {after} s: {wrong}"));
            }
            if !self.stormy && self.is_settled() {
                let calm = self.now - BEGIN_MS - STORM_MS;
                self.figures.settling_s = calm.unsigned_abs() / 1000;
                return Ok(());
            }
            if self.now > BEGIN_MS + STORM_MS + CALM_MS {
                return Err(format!("it does not settle: {}", self.unsettled()));
            }
        }
        Err(format!("it does not rest: {}", self.unsettled()))
    }

    fn happen(&mut self, happening: Happening) {
        match happening {
            Happening::Says(phone) => self.says(phone),
            Happening::Fault => self.fault(),
            Happening::Calm => self.calm(),
            Happening::Tick { phone, life, timer } => {
                let p = &self.phones[phone];
                if (p.life, p.timer) == (life, timer) {
                    self.tell(phone, Input::Tick);
                }
            }
            Happening::Stored {
                phone,
                life,
                ticket,
                store,
            } => {
                if self.phones[phone].life == life {
                    self.stored(phone, ticket, &store);
                }
            }
            Happening::Arrives {
                phone,
                life,
                request,
            } => self.arrives(phone, life, request),
            Happening::Told { phone, life, input } => {
                let p = &mut self.phones[phone];
                if p.life == life {
                    if let Input::Pulled { ticket, .. } = *input {
                        p.fetched |= p.calm_request.is_some_and(|first| first <= (life, ticket));
                    }
                    self.tell(phone, *input);
                }
            }
            Happening::Restart(phone) => self.restart(phone),
            Happening::Online(phone) => {
                self.phones[phone].online = true;
                self.tell(phone, Input::Online);
            }
            Happening::Room(phone) => self.phones[phone].full = false,
            Happening::LogIn(phone) => self.log_in(phone),
            Happening::ServerUp => self.server_down = false,
        }
    }

    fn restart(&mut self, phone: usize) {
        if self.phones[phone].machine.is_some() {
            return;
        }
        let effects = self.phones[phone].start();
        self.carry_out(phone, effects);
        if self.phones[phone].online {
            self.tell(phone, Input::Online);
        }
    }

    fn log_in(&mut self, phone: usize) {
        let p = &mut self.phones[phone];
        if p.machine.is_none() || !p.online || self.server_down {
            return self.within(5.0, 20.0, Happening::LogIn(phone));
        }
        let device = p.device;
        if !self.server.log_in(device) {
            return self.within(5.0, 60.0, Happening::LogIn(phone));
        }
        (p.known, p.logging_in) = (true, false);
        self.tell(phone, Input::LoggedIn { device });
    }

    pub(super) fn tell(&mut self, phone: usize, input: Input) {
        let random = self.rng.next();
        let p = &mut self.phones[phone];
        let local = self.now + p.skew_ms;
        if let Some(machine) = &mut p.machine {
            let effects = machine.take(input, local, random);
            self.carry_out(phone, effects);
        }
    }

    fn carry_out(&mut self, phone: usize, effects: Vec<Effect>) {
        for effect in effects {
            if self.dies(phone) {
                return;
            }
            let life = self.phones[phone].life;
            match effect {
                Effect::Push { ticket, events } => {
                    let asks = Asks::Push(events);
                    self.send(phone, Request { ticket, asks });
                }
                Effect::Pull { ticket, after } => {
                    let asks = Asks::Pull(after.place);
                    if !self.stormy {
                        let p = &mut self.phones[phone];
                        p.calm_request.get_or_insert((life, ticket));
                    }
                    self.send(phone, Request { ticket, asks });
                }
                // Its phones have seen the city's log grow from nothing, and are never new.
                Effect::Snapshot { .. } => {
                    self.wrong = Some(format!("phone {phone} asks for a snapshot"));
                }
                Effect::Store { ticket, store } => {
                    self.figures.stores += 1;
                    let took = self.rng.range(1.0, 400.0) as i64;
                    let p = &mut self.phones[phone];
                    p.busy_until = (p.busy_until + 1).max(self.now + took);
                    let ms = p.busy_until - self.now;
                    let store = store.into();
                    let stored = Happening::Stored {
                        phone,
                        life,
                        ticket,
                        store,
                    };
                    self.later(ms, stored);
                }
                Effect::WaitUntil { at } => {
                    let p = &mut self.phones[phone];
                    p.timer += 1;
                    let (timer, local) = (p.timer, self.now + p.skew_ms);
                    self.later(at - local, Happening::Tick { phone, life, timer });
                }
                Effect::Show(shown) => {
                    self.phones[phone].shown = Some(shown);
                    self.look_at(phone, shown);
                    let asked = matches!(shown.status, Status::LoginNeeded { .. });
                    if asked && !self.phones[phone].logging_in {
                        self.phones[phone].logging_in = true;
                        self.within(5.0, 60.0, Happening::LogIn(phone));
                    }
                }
            }
        }
        self.dies(phone);
    }

    fn stored(&mut self, phone: usize, ticket: Ticket, store: &Store) {
        let ok = !self.phones[phone].full;
        self.figures.disk_full += u64::from(!ok);
        // It dies before it is on the disk, or after, before anybody heard.
        if self.dies(phone) {
            return;
        }
        if ok {
            self.phones[phone].disk.store(store);
            if self.dies(phone) {
                return;
            }
            for event in &store.events {
                self.phones[phone].log.insert((**event).clone());
            }
        }
        self.tell(phone, Input::Stored { ticket, ok });
    }

    fn says(&mut self, phone: usize) {
        if !self.stormy {
            return;
        }
        self.within(5.0, 150.0, Happening::Says(phone));
        let p = &self.phones[phone];
        let Some(machine) = p.machine.as_ref().filter(|_| !p.full) else {
            return;
        };
        let (local, offset) = (self.now + p.skew_ms, machine.offset_ms().unwrap_or(0));
        let (seq, rng) = (p.disk.next_seq(), &mut self.rng);
        let Some(event) = say(rng, phone, &p.log, seq, local, offset).map(Arc::new) else {
            self.wrong = Some("a crew could not say what it meant".into());
            return;
        };
        let p = &mut self.phones[phone];
        p.disk.append(event.clone());
        p.log.insert((*event).clone());
        self.saved.push((phone, content(event.raw())));
        if !self.dies(phone) {
            self.tell(phone, Input::Appended(vec![event]));
        }
    }
}
