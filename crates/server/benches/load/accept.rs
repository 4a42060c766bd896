//! Events accepted in a second, beside what one writer puts into the same tables of the same
//! database in the same minute.

use crate::http;
use crate::kit::{self, ndjson};
use crate::program::{Log, Program};
use crate::raw::Plain;
use mendmap_core::log::Event;
use std::fmt;
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;

/// Events of a batch, and of a raw transaction.
pub(crate) const BATCH: usize = 50;
/// Phones that send at once.
const DEVICES: u8 = 4;
/// Batches of each in a round.
const BATCHES: usize = 20;
/// The two take turns so many times: the machine is other people's too.
const ROUNDS: usize = 6;

/// How long each took for the same events.
pub(crate) struct Rates {
    events: usize,
    accepted: Duration,
    raw: Duration,
}

impl Rates {
    /// Accepted of raw, in percent.
    pub(crate) fn share(&self) -> f64 {
        100.0 * self.raw.as_secs_f64() / self.accepted.as_secs_f64()
    }
}

impl fmt::Display for Rates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rate = |time: Duration| self.events as f64 / time.as_secs_f64();
        write!(
            f,
            "{:.0} events a second are accepted in batches of {BATCH}, {:.0} inserted raw: {:.0} % \
             ({} events)",
            rate(self.accepted),
            rate(self.raw),
            self.share(),
            self.events
        )
    }
}

/// Hands the same events to a server with this log and to one writer, in turns.
pub(crate) fn measure(runtime: &Runtime, log: &Log, plain: &Plain) -> Rates {
    let folder = tempfile::tempdir().unwrap();
    kit::dist(folder.path());
    let program = Program::start(folder.path(), log);
    let mut writer = runtime.block_on(plain.open());
    let mut rates = Rates {
        events: 0,
        accepted: Duration::ZERO,
        raw: Duration::ZERO,
    };
    for round in 0..ROUNDS {
        let batches: Vec<Vec<Vec<Event>>> = (1..=DEVICES).map(|n| batches(n, round)).collect();
        let began = Instant::now();
        std::thread::scope(|scope| {
            for batches in &batches {
                let program = &program;
                scope.spawn(move || {
                    for batch in batches {
                        accept(program, batch);
                    }
                });
            }
        });
        rates.accepted += began.elapsed();
        let rows = runtime.block_on(writer.rows_of(log));
        rates.events += rows;
        let began = Instant::now();
        runtime.block_on(writer.insert());
        rates.raw += began.elapsed();
    }
    let all = usize::from(DEVICES) * BATCHES * BATCH * ROUNDS;
    assert_eq!(rates.events, all, "every event is there once");
    assert_eq!(runtime.block_on(writer.count()), all);
    rates
}

fn batches(n: u8, round: usize) -> Vec<Vec<Event>> {
    let first = (round * BATCHES * BATCH) as u64;
    let events: Vec<Event> = (1..=BATCHES * BATCH)
        .map(|seq| kit::event(n, first + seq as u64))
        .collect();
    events.chunks(BATCH).map(<[Event]>::to_vec).collect()
}

fn accept(program: &Program, batch: &[Event]) {
    let media = "Content-Type: application/x-ndjson\r\n";
    let said = http::ask(program.at, "POST /api/v1/events", media, &ndjson(batch)).unwrap();
    let text = String::from_utf8(said.body).unwrap();
    assert_eq!(text.matches("\"accepted\"").count(), BATCH, "{text}");
}
