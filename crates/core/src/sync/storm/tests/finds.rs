//! A storm that cannot fail shows nothing: servers that are not to be trusted are found.

use super::super::*;
use super::seeds::server;
use crate::ids::DeviceId;
use crate::log::Event;
use crate::sync::device::{Failure, Page};
use crate::sync::{Answer, Digest, Receipt};
use std::sync::Arc;

/// What is wrong with a server.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Vice {
    /// It answers before it commits, and a death loses what was not committed.
    AnswersEarly,
    /// It puts down something else than what came.
    Rewrites,
    /// It gives receipts for a batch of which it stores all but the last.
    DropsTheLast,
    /// Now and then it gives two events in the wrong order.
    Swaps,
}

/// A server with a vice.
struct Bad {
    vice: Vice,
    good: Memory,
    committed: Memory,
    pages: u32,
}

impl Server for Bad {
    fn push(&mut self, from: DeviceId, events: &[Arc<Event>]) -> Result<Vec<Answer>, Failure> {
        match self.vice {
            Vice::AnswersEarly => {
                self.committed = self.good.clone();
                self.good.push(from, events)
            }
            Vice::Rewrites => {
                let spaced = |e: &Arc<Event>| {
                    let raw = [e.raw(), b" "].concat();
                    Arc::new(Event::read(raw))
                };
                let again: Vec<_> = events.iter().map(spaced).collect();
                self.good.push(from, &again)?;
                self.good.push(from, events)
            }
            Vice::DropsTheLast => {
                let answers = self.good.clone().push(from, events);
                self.good.push(from, &events[..events.len() - 1])?;
                answers
            }
            Vice::Swaps => self.good.push(from, events),
        }
    }

    fn pull(&mut self, from: DeviceId, after: u64) -> Result<Page, Failure> {
        self.pages += 1;
        let mut page = self.good.pull(from, after)?;
        if self.vice == Vice::Swaps && self.pages.is_multiple_of(9) && page.events.len() > 1 {
            page.events.swap(0, 1);
        }
        Ok(page)
    }

    fn log_in(&mut self, device: DeviceId) -> bool {
        self.good.log_in(device)
    }

    fn govern(&mut self, said: Arc<Event>) {
        self.good.govern(said);
        self.committed = self.good.clone();
    }

    fn expire(&mut self, device: DeviceId) {
        self.good.expire(device);
    }

    fn restart(&mut self) {
        if self.vice == Vice::AnswersEarly {
            self.good = self.committed.clone();
        }
        self.good.restart();
    }

    fn receipt(&mut self, content: Digest) -> Option<Receipt> {
        self.good.receipt(content)
    }
}

#[test]
fn a_server_with_a_vice_is_found_out() {
    use Vice::{AnswersEarly, DropsTheLast, Rewrites, Swaps};
    for vice in [AnswersEarly, Rewrites, DropsTheLast, Swaps] {
        let found = (1..30).any(|seed| {
            let (good, committed) = (server(seed), server(seed));
            let pages = 0;
            let bad = Bad {
                vice,
                good,
                committed,
                pages,
            };
            run(seed, bad).is_err()
        });
        assert!(found, "{vice:?} goes unnoticed");
    }
}
