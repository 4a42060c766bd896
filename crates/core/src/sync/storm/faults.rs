//! What befalls phones, whatever they are doing.

use super::crew::damaged;
use super::server::Server;
use super::weather::Weather;
use super::world::{Happening, World};
use crate::sync::content;
use crate::sync::device::Input;

impl<S: Server> World<S> {
    pub(super) fn fault_later(&mut self) {
        let ms = self.rng.range(0.0, 2_000.0) * self.weather.every_s;
        self.later(ms as i64, Happening::Fault);
    }

    pub(super) fn kill(&mut self, phone: usize) {
        self.figures.phone_kills += 1;
        self.phones[phone].die();
        self.within(1.0, 60.0, Happening::Restart(phone));
    }

    /// Whether the phone dies here.
    pub(super) fn dies(&mut self, phone: usize) -> bool {
        let dies = self.rng.chance(self.weather.kill_phone);
        if dies {
            self.kill(phone);
        }
        dies
    }

    pub(super) fn fault(&mut self) {
        if !self.stormy {
            return;
        }
        let phone = self.rng.below(self.phones.len());
        match self.rng.below(11) {
            0 => self.kill(phone),
            1 => self.kill_server(),
            2 => self.expire(phone),
            3 => {
                self.phones[phone].full = true;
                self.within(10.0, 200.0, Happening::Room(phone));
            }
            4 => {
                self.figures.clock_jumps += 1;
                let by = self.rng.range(-1.0, 1.0);
                self.phones[phone].set_clock(by);
            }
            5 => {
                self.figures.offline += 1;
                self.phones[phone].online = false;
                self.tell(phone, Input::Offline);
                self.within(10.0, 300.0, Happening::Online(phone));
            }
            6 | 7 => self.reappoint(phone),
            8 => self.tell(phone, Input::TryAgain),
            _ => self.carry_file(phone),
        }
        self.fault_later();
    }

    /// A file with some of one phone's work comes to another.
    fn carry_file(&mut self, from: usize) {
        let to = self.rng.below(self.phones.len());
        if to == from || self.phones[to].machine.is_none() || self.phones[to].full {
            return;
        }
        self.figures.files += 1;
        let mut brought = Vec::new();
        for event in self.phones[from].disk.events.clone().into_values() {
            if !self.rng.chance(0.3) {
                continue;
            }
            let event = match self.rng.chance(0.1) {
                true => {
                    self.figures.damaged += 1;
                    damaged(&mut self.rng, &event).into()
                }
                false => event,
            };
            let p = &mut self.phones[to];
            if p.disk.bring(event.clone()) {
                p.log.insert((*event).clone());
                self.saved.push((to, content(event.raw())));
                brought.push(event);
            }
        }
        if !self.dies(to) {
            self.tell(to, Input::Appended(brought));
        }
    }

    pub(super) fn calm(&mut self) {
        self.stormy = false;
        self.weather = Weather::calm();
        for phone in 0..self.phones.len() {
            self.phones[phone].full = false;
            // Who may not read cannot see how it ended.
            if self.phones[phone].locked {
                self.lock(phone, false);
            }
            if !self.phones[phone].online {
                self.phones[phone].online = true;
                self.tell(phone, Input::Online);
            }
        }
    }
}
