//! The way to the server and back, and what the server suffers on it.

use super::server::Server;
use super::world::{Happening, World};
use crate::log::Event;
use crate::sync::device::{Failure, Input, Ticket};
use crate::sync::{Answer, Verdict};
use std::sync::Arc;

/// What a phone asks.
#[derive(Debug, Clone)]
pub(super) struct Request {
    pub(super) ticket: Ticket,
    pub(super) asks: Asks,
}

#[derive(Debug, Clone)]
pub(super) enum Asks {
    Push(Vec<Arc<Event>>),
    Pull(u64),
}

impl Request {
    fn fails(&self, failure: Failure) -> Input {
        let ticket = self.ticket;
        match self.asks {
            Asks::Push(_) => Input::PushFailed { ticket, failure },
            Asks::Pull(_) => Input::PullFailed { ticket, failure },
        }
    }
}

impl<S: Server> World<S> {
    /// How long something is under way, in milliseconds.
    fn way_ms(&mut self) -> i64 {
        if self.rng.chance(self.weather.delay) {
            self.figures.delayed += 1;
            return self.rng.range(3_000.0, 90_000.0) as i64;
        }
        self.rng.range(20.0, 1_500.0) as i64
    }

    /// How often something arrives.
    fn copies(&mut self) -> usize {
        if self.rng.chance(self.weather.drop) {
            self.figures.dropped += 1;
            return 0;
        }
        if self.rng.chance(self.weather.double) {
            self.figures.doubled += 1;
            return 2;
        }
        1
    }

    fn is_cut(&mut self) -> bool {
        let cut = self.rng.chance(self.weather.cut);
        self.figures.cut += u64::from(cut);
        cut
    }

    /// Sends a request on its way.
    pub(super) fn send(&mut self, phone: usize, mut request: Request) {
        self.figures.requests += 1;
        let life = self.phones[phone].life;
        if !self.phones[phone].online {
            let input = request.fails(Failure::Network).into();
            self.later(10, Happening::Told { phone, life, input });
            return;
        }
        let copies = self.copies();
        if copies == 0 && self.rng.chance(0.5) {
            // The phone's own network notices; otherwise its machine has to.
            let after = self.rng.range(500.0, 40_000.0) as i64;
            let input = request.fails(Failure::Network).into();
            self.later(after, Happening::Told { phone, life, input });
        }
        if let Asks::Push(events) = &mut request.asks
            && self.rng.chance(self.weather.cut)
        {
            self.figures.cut += 1;
            events.truncate(self.rng.below(events.len() + 1));
        }
        for _ in 0..copies {
            let (way, request) = (self.way_ms(), request.clone());
            let arrives = Happening::Arrives {
                phone,
                life,
                request,
            };
            self.later(way, arrives);
        }
    }

    fn reply(&mut self, phone: usize, life: u64, input: Input) {
        for _ in 0..self.copies() {
            let (way, input) = (self.way_ms(), input.clone().into());
            self.later(way, Happening::Told { phone, life, input });
        }
    }

    pub(super) fn kill_server(&mut self) {
        self.figures.server_kills += 1;
        self.server.restart();
        self.server_down = true;
        let ms = self.rng.range(100.0, 60_000.0) as i64;
        self.later(ms, Happening::ServerUp);
    }

    /// A request is at the server.
    pub(super) fn arrives(&mut self, phone: usize, life: u64, request: Request) {
        if self.server_down {
            return self.reply(phone, life, request.fails(Failure::Network));
        }
        if self.rng.chance(self.weather.busy) {
            self.figures.busy += 1;
            let retry_after_ms = (self.rng.chance(0.5)).then(|| self.rng.below(120_000) as u64);
            let failure = Failure::Server { retry_after_ms };
            return self.reply(phone, life, request.fails(failure));
        }
        let (expires, dies) = (
            self.rng.chance(self.weather.expire),
            self.rng.chance(self.weather.kill_server),
        );
        let ticket = request.ticket;
        let answered = match &request.asks {
            Asks::Push(events) => {
                // A fault within the batch finds a part of it committed: none, some or all.
                let part = match expires || dies {
                    true => self.rng.below(events.len() + 1),
                    false => events.len(),
                };
                self.pushed(phone, &events[..part])
                    .map(|answers| Input::PushAnswered {
                        ticket,
                        answers,
                        server_ms: self.now,
                    })
            }
            Asks::Pull(after) => {
                let device = self.phones[phone].device;
                let page = self.server.pull(device, *after);
                page.map(|page| Input::Pulled {
                    ticket,
                    page,
                    server_ms: self.now,
                })
            }
        };
        if dies {
            return self.kill_server();
        }
        if expires {
            self.expire(phone);
            return self.reply(phone, life, request.fails(Failure::Unauthorised));
        }
        let mut input = match answered {
            Ok(input) => input,
            Err(failure) => {
                self.figures.too_large += u64::from(failure == Failure::TooLarge);
                request.fails(failure)
            }
        };
        match &mut input {
            Input::PushAnswered { answers, .. } if self.is_cut() => {
                answers.truncate(self.rng.below(answers.len() + 1));
            }
            Input::Pulled { page, .. } if self.is_cut() => {
                page.events.truncate(self.rng.below(page.events.len() + 1));
            }
            _ => {}
        }
        self.reply(phone, life, input);
    }

    fn pushed(&mut self, phone: usize, events: &[Arc<Event>]) -> Result<Vec<Answer>, Failure> {
        let answers = self.server.push(self.phones[phone].device, events)?;
        let mut news = None;
        for answer in &answers {
            match answer.receipt.verdict {
                Verdict::Accepted { place, .. } => news = news.max(Some(place)),
                Verdict::Waiting { .. } => self.figures.waiting += 1,
                _ => {}
            }
        }
        for other in 0..self.phones.len() {
            // The stream loses a word now and then; nobody depends on it.
            if let Some(place) = news.filter(|_| other != phone && self.rng.chance(0.3)) {
                let life = self.phones[other].life;
                self.reply(other, life, Input::News { place });
            }
        }
        Ok(answers)
    }

    pub(super) fn expire(&mut self, phone: usize) {
        self.figures.expired += 1;
        self.server.expire(self.phones[phone].device);
    }
}
