//! The real program is killed in the middle of its work, several times, on each database.
//! What it had promised is still true, and nothing is there twice.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    reason = "a test ends where its ground is missing"
)]

#[path = "kit/http.rs"]
mod http;
mod kit;
#[path = "kit/postgres.rs"]
mod postgres;
#[path = "kit/program.rs"]
mod program;

use kit::{CITY, Dice, event, ndjson};
use mendmap_core::ids::EventId;
use mendmap_core::log::Event;
use mendmap_core::sync::{Answer, Limits, Receipt, Verdict};
use mendmap_server::store::{PostgresStore, SqliteStore, Store};
use postgres::Database;
use program::{Log, Program};
use std::collections::BTreeMap;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

const ROUNDS: u64 = 8;
const DEVICES: u8 = 3;

/// What a device keeps over the crashes of the server.
struct Device {
    n: u8,
    dice: Dice,
    /// Its last number so far.
    last: u64,
    /// What it has no receipt for yet, in the order in which it is sent.
    outbox: Vec<Vec<u64>>,
    /// What it was promised.
    receipts: BTreeMap<EventId, Receipt>,
    /// Requests that were under way when the server was killed.
    cut_off: u32,
}

impl Device {
    fn new(n: u8) -> Device {
        Device {
            n,
            dice: Dice(u64::from(n)),
            last: 0,
            outbox: Vec::new(),
            receipts: BTreeMap::new(),
            cut_off: 0,
        }
    }

    /// Sends until nobody answers.
    fn work(&mut self, at: SocketAddr) {
        loop {
            if self.outbox.is_empty() {
                // Two parts in any order: one of them may have to wait for the other.
                let count = 2 + self.dice.below(10) as u64;
                let mut numbers: Vec<u64> = (self.last + 1..=self.last + count).collect();
                self.last += count;
                let late = numbers.split_off(1 + self.dice.below(numbers.len() - 1));
                self.outbox = vec![numbers, late];
                self.dice.shuffle(&mut self.outbox);
            }
            let batch: Vec<Event> = self.outbox[0]
                .iter()
                .map(|&seq| event(self.n, seq))
                .collect();
            match hand_over(at, &batch) {
                Ok(answers) => {
                    assert_eq!(answers.len(), batch.len());
                    for answer in answers {
                        self.keep(answer.receipt);
                    }
                    self.outbox.remove(0);
                }
                Err(error) => {
                    let unheard = error.kind() == io::ErrorKind::ConnectionRefused;
                    self.cut_off += u32::from(!unheard);
                    return;
                }
            }
        }
    }

    /// A receipt never changes, but from waiting to accepted.
    fn keep(&mut self, receipt: Receipt) {
        let before = self
            .receipts
            .insert(receipt.event.unwrap(), receipt.clone());
        if let Some(before) = before
            && !matches!(before.verdict, Verdict::Waiting { .. })
        {
            assert_eq!(before, receipt);
        }
    }
}

fn hand_over(at: SocketAddr, events: &[Event]) -> io::Result<Vec<Answer>> {
    let media = "Content-Type: application/x-ndjson\r\n";
    let answer = http::ask(at, "POST /api/v1/events", media, &ndjson(events))?;
    assert_eq!(
        answer.status,
        200,
        "{}",
        String::from_utf8_lossy(&answer.body)
    );
    let json: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
    Ok(serde_json::from_value(json["receipts"].clone()).unwrap())
}

/// Opens the log that the killed server has left.
async fn open(log: &Log) -> Arc<dyn Store> {
    match log {
        Log::Folder(data) => {
            let file = data.join("log.sqlite");
            Arc::new(SqliteStore::open(CITY, &file).await.unwrap())
        }
        Log::Database(url) => {
            let address = url.parse().unwrap();
            Arc::new(PostgresStore::open(CITY, &address).await.unwrap())
        }
    }
}

/// Looks into it.
async fn inspect(log: &Log, devices: &mut [Device]) -> u64 {
    let store = open(log).await;
    // A database does at its leisure what the dead had asked for last; behind the lock of
    // the head it has done so.
    store.append(&[], &Limits::default()).await.unwrap();
    let head = store.verify().await.unwrap();
    let mut found = 0;
    for device in devices {
        let all = store
            .receipts(kit::device(device.n), 1..=u64::MAX)
            .await
            .unwrap();
        let accepted = |r: &&Receipt| matches!(r.verdict, Verdict::Accepted { .. });
        found += all.iter().filter(accepted).count() as u64;
        let by_id: BTreeMap<_, _> = all.into_iter().map(|r| (r.event.unwrap(), r)).collect();
        for id in device.receipts.keys().copied().collect::<Vec<_>>() {
            device.keep(by_id.get(&id).expect("a promised event is gone").clone());
        }
    }
    assert_eq!(
        found, head.place,
        "places and events that count are as many"
    );
    store.close().await;
    head.place
}

#[test]
fn a_server_that_is_killed_keeps_what_it_has_promised() {
    let folder = tempfile::tempdir().unwrap();
    let log = Log::Folder(folder.path().join("data"));
    println!("{}", keeps_what_it_has_promised(&log));
}

#[test]
fn so_does_one_that_is_killed_at_its_work_on_postgresql() {
    if let Some(database) = Database::new() {
        let log = Log::Database(database.url.clone());
        println!("{}", keeps_what_it_has_promised(&log));
    }
}

/// Says how hard it was.
fn keeps_what_it_has_promised(log: &Log) -> String {
    let folder = tempfile::tempdir().unwrap();
    let dist = folder.path();
    kit::dist(dist);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let mut devices: Vec<Device> = (1..=DEVICES).map(Device::new).collect();
    let mut dice = Dice(7);
    let mut places = vec![0];

    for _ in 0..ROUNDS {
        let program = Program::start(dist, log);
        let at = program.at;
        let time = Duration::from_millis(60 + dice.below(200) as u64);
        std::thread::scope(|scope| {
            for device in &mut devices {
                scope.spawn(move || device.work(at));
            }
            std::thread::sleep(time);
            program.kill();
        });
        places.push(runtime.block_on(inspect(log, &mut devices)));
    }
    let cut_off: u32 = devices.iter().map(|d| d.cut_off).sum();
    assert!(places.is_sorted(), "{places:?}");
    assert!(cut_off > 0, "it was never killed in the middle of anything");

    // Calm: everything once more, and each event is there exactly once.
    let program = Program::start(dist, log);
    for device in &mut devices {
        let all: Vec<Event> = (1..=device.last).map(|seq| event(device.n, seq)).collect();
        for part in all.chunks(500) {
            for answer in hand_over(program.at, part).unwrap() {
                assert!(kit::place(&answer).is_some(), "{answer:?}");
                device.keep(answer.receipt);
            }
        }
    }
    assert!(program.terminate().success());
    let end = runtime.block_on(inspect(log, &mut devices));
    assert_eq!(end, devices.iter().map(|d| d.last).sum::<u64>());
    format!("places after each kill: {places:?}; requests cut off: {cut_off}")
}
