//! Real programs, over real sockets and databases, that SIGKILL ends: between requests, and
//! while one is under way. The devices and their time are the storm's.
//!
//! The same seed brings the same storm, but not the same kill within a request: when that
//! falls is the machine's affair. So a replay may have to be tried more than once.

#[path = "../kit/http.rs"]
mod http;
#[path = "../kit/postgres.rs"]
mod postgres;
#[path = "../kit/program.rs"]
mod program;

use super::said::{batch, page, receipts};
use super::{RUNS, rights, shake};
use crate::kit::{self, Dice};
use http::Answer as Said;
use mendmap_core::ids::DeviceId;
use mendmap_core::log::Event;
use mendmap_core::sync::device::{Failure, Page};
use mendmap_core::sync::storm::{self, CITY, Figures};
use mendmap_core::sync::{Answer, Digest, Receipt, content};
use mendmap_server::store::{PostgresStore, SqliteStore, Store};
use postgres::Database;
use program::{Log, Program};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::Runtime;

/// Kills while a request is under way, in one storm. Those between requests are the storm's.
const KILLS: u32 = 6;

/// Servers at work on one log.
struct Site {
    dist: PathBuf,
    log: Log,
    programs: Vec<Program>,
    /// The log, as `mendmap-server user` has it beside whoever serves.
    beside: Arc<dyn Store>,
    runtime: Runtime,
    dice: Dice,
    /// How many more die over a request.
    kills: u32,
    /// Who has a session: only what a device does without one is of interest here.
    sessions: BTreeSet<DeviceId>,
    /// The number of each content that was handed over, answered or not.
    numbers: BTreeMap<Digest, (DeviceId, u64)>,
    /// The last answer about bytes that no number names.
    nameless: BTreeMap<Digest, Receipt>,
    page: usize,
}

impl Site {
    fn new(seed: u64, dist: PathBuf, log: Log, programs: usize) -> Site {
        let mut dice = Dice(seed);
        let runtime = Runtime::new().unwrap();
        let beside = runtime.block_on(open(&log));
        runtime.block_on(rights::let_in(&*beside));
        Site {
            beside,
            runtime,
            programs: (0..programs).map(|_| Program::start(&dist, &log)).collect(),
            dist,
            log,
            kills: KILLS,
            sessions: BTreeSet::new(),
            numbers: BTreeMap::new(),
            nameless: BTreeMap::new(),
            page: 5 + dice.below(60),
            dice,
        }
    }

    /// One of the servers.
    fn any(&mut self) -> usize {
        self.dice.below(self.programs.len())
    }

    fn replace(&mut self, which: usize) {
        let fresh = |site: &Site| Program::start(&site.dist, &site.log);
        match self.log {
            // The folder is the dead one's until it is dead.
            Log::Folder(_) => {
                self.programs.swap_remove(which).kill();
                self.programs.push(fresh(self));
            }
            Log::Database(_) => {
                let fresh = fresh(self);
                std::mem::replace(&mut self.programs[which], fresh).kill();
            }
        }
    }

    /// Hands a batch over; the server may be killed over it.
    fn hand_over(&mut self, from: DeviceId, batch: &[u8]) -> Result<Vec<u8>, Failure> {
        let which = self.any();
        let at = self.programs[which].at;
        let headers = format!("{}Content-Type: application/x-ndjson\r\n", key(from));
        let post = || http::ask(at, "POST /api/v1/events", &headers, batch);
        if self.kills == 0 || self.dice.below(12) > 0 {
            return body(post().unwrap());
        }
        self.kills -= 1;
        let after = Duration::from_micros(self.dice.below(12_000) as u64);
        let said = std::thread::scope(|scope| {
            let asking = scope.spawn(post);
            std::thread::sleep(after);
            self.replace(which);
            asking.join().unwrap()
        });
        // Whatever it had done by then, the answer may have been on its way.
        said.map_err(|_| Failure::Network).and_then(body)
    }
}

/// The header by which a device says who it is.
fn key(from: DeviceId) -> String {
    format!("Authorization: {}\r\n", rights::bearer(from))
}

fn body(said: Said) -> Result<Vec<u8>, Failure> {
    match said.status {
        200 => Ok(said.body),
        // A locked account may hand over, and not read.
        403 => Err(Failure::Garbled),
        status => panic!("{status}: {}", String::from_utf8_lossy(&said.body)),
    }
}

async fn open(log: &Log) -> Arc<dyn Store> {
    match log {
        Log::Folder(data) => {
            std::fs::create_dir_all(data).unwrap();
            let file = data.join("log.sqlite");
            Arc::new(SqliteStore::open(CITY, &file).await.unwrap())
        }
        Log::Database(url) => {
            let address = url.parse().unwrap();
            Arc::new(PostgresStore::open(CITY, &address).await.unwrap())
        }
    }
}

impl storm::Server for Site {
    fn push(&mut self, from: DeviceId, events: &[Arc<Event>]) -> Result<Vec<Answer>, Failure> {
        if !self.sessions.contains(&from) {
            return Err(Failure::Unauthorised);
        }
        for event in events {
            // What a server that was killed had taken in is told by the log alone.
            let number = event.number().map(|number| (content(event.raw()), number));
            self.numbers.extend(number);
        }
        let body = batch(events);
        let answers = receipts(&self.hand_over(from, &body)?);
        for Answer { receipt, .. } in &answers {
            // What has a number is asked of the log: it is what must not be lost.
            if receipt.seq.is_none() {
                self.nameless.insert(receipt.content, receipt.clone());
            }
        }
        Ok(answers)
    }

    fn pull(&mut self, from: DeviceId, after: u64) -> Result<Page, Failure> {
        if !self.sessions.contains(&from) {
            return Err(Failure::Unauthorised);
        }
        let request = format!("GET /api/v1/events?after={after}&limit={}", self.page);
        let which = self.any();
        let said = http::ask(self.programs[which].at, &request, &key(from), b"");
        Ok(page(&body(said.unwrap())?))
    }

    fn log_in(&mut self, device: DeviceId) -> bool {
        let admitted = self.runtime.block_on(rights::admits(&*self.beside, device));
        if admitted {
            self.sessions.insert(device);
        }
        admitted
    }

    fn govern(&mut self, said: Arc<Event>) {
        let answer = self.runtime.block_on(rights::govern(&*self.beside, said));
        self.nameless.insert(answer.receipt.content, answer.receipt);
    }

    fn expire(&mut self, device: DeviceId) {
        self.sessions.remove(&device);
    }

    fn restart(&mut self) {
        let which = self.any();
        self.replace(which);
    }

    fn receipt(&mut self, content: Digest) -> Option<Receipt> {
        let Some(&(device, seq)) = self.numbers.get(&content) else {
            return self.nameless.get(&content).cloned();
        };
        let told = self.beside.receipts(device, seq..=seq);
        let mut told = self.runtime.block_on(told).unwrap().into_iter();
        let found = told.find(|r| r.content == content);
        // Of another city's events the log knows no number.
        found.or_else(|| self.nameless.get(&content).cloned())
    }
}

/// One seed; afterwards the chain is computed anew over what the dead have left.
fn one(seed: u64, log: impl Fn(PathBuf) -> Log, programs: usize) -> Result<Figures, String> {
    let folder = tempfile::tempdir().unwrap();
    let dist = folder.path().join("dist");
    kit::dist(&dist);
    let log = log(folder.path().join("data"));
    let figures = storm::run(seed, Site::new(seed, dist, log.clone(), programs))?;
    Runtime::new().unwrap().block_on(async {
        let store = open(&log).await;
        let verified = store.verify().await.map_err(|e| e.to_string());
        store.close().await;
        verified
    })?;
    Ok(figures)
}

#[test]
fn on_sqlite() {
    shake(
        "processes::on_sqlite",
        RUNS,
        |runs| runs,
        |seed| one(seed, Log::Folder, 1),
    );
}

/// Half as many, with two servers on the database.
#[test]
fn on_postgresql() {
    let Some(_) = Database::new() else { return };
    shake(
        "processes::on_postgresql",
        RUNS,
        |runs| runs / 2,
        |seed| {
            let database = Database::new().ok_or("no PostgreSQL")?;
            let url = database.url.clone();
            one(seed, |_| Log::Database(url.clone()), 2)
        },
    );
}
