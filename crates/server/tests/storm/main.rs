//! The storm of `core::sync::storm` over the real routes and the real store: each request
//! is written as HTTP, taken apart by the routes and answered from SQLite, in one process
//! with a virtual clock. `MENDMAP_STORM_FROM=1 MENDMAP_STORM_SEEDS=1000` runs more.
#![allow(
    clippy::unwrap_used,
    reason = "a test ends where its ground is missing"
)]

mod kit;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use kit::Dice;
use mendmap_core::ids::DeviceId;
use mendmap_core::log::Event;
use mendmap_core::sync::device::{Failure, Page};
use mendmap_core::sync::storm::{self, CITY, Figures};
use mendmap_core::sync::{Answer, Digest, Head, Item, Receipt};
use mendmap_server::store::{SqliteStore, Store};
use mendmap_server::{App, router};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::runtime::{Builder, Runtime};
use tower::ServiceExt;

/// How long each of the two goes on where no number of seeds is asked for.
const PATIENCE: Duration = Duration::from_secs(25);

struct Site {
    runtime: Arc<Runtime>,
    /// Where the store lies; without one it is in memory and outlives its server.
    file: Option<PathBuf>,
    store: Arc<dyn Store>,
    router: Router,
    dist: PathBuf,
    /// Who has a session. Accounts have tests of their own; here only what a device does
    /// without one is of interest.
    sessions: BTreeSet<DeviceId>,
    /// The last answer about bytes that no number names.
    nameless: BTreeMap<Digest, Receipt>,
    /// What a proxy lets through at once, and events of a page.
    body: usize,
    page: usize,
}

impl Site {
    fn new(runtime: Arc<Runtime>, seed: u64, folder: &tempfile::TempDir, on_disk: bool) -> Site {
        let file = on_disk.then(|| folder.path().join(format!("{seed}.sqlite")));
        let store = runtime.block_on(open(file.as_ref()));
        let dist = folder.path().to_path_buf();
        let router = router(App::new(store.clone()), &dist);
        let mut dice = Dice(seed);
        Site {
            runtime,
            file,
            store,
            router,
            dist,
            sessions: BTreeSet::new(),
            nameless: BTreeMap::new(),
            body: 3_600 + dice.below(6_000),
            page: 1 + dice.below(30),
        }
    }

    fn ask(&self, request: Request<Body>) -> Result<Vec<u8>, Failure> {
        self.runtime.block_on(async {
            let response = self.router.clone().oneshot(request).await.unwrap();
            let status = response.status();
            let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
            match status {
                StatusCode::OK => Ok(body.to_vec()),
                StatusCode::PAYLOAD_TOO_LARGE => Err(Failure::TooLarge),
                status => panic!("{status}: {}", String::from_utf8_lossy(&body)),
            }
        })
    }
}

async fn open(file: Option<&PathBuf>) -> Arc<dyn Store> {
    Arc::new(match file {
        Some(file) => SqliteStore::open(CITY, file).await.unwrap(),
        None => SqliteStore::in_memory(CITY).await.unwrap(),
    })
}

#[derive(serde::Deserialize)]
struct Receipts {
    receipts: Vec<Answer>,
}

#[derive(serde::Deserialize)]
struct Given<'a> {
    #[serde(borrow)]
    events: Vec<Item<'a>>,
    head: Head,
}

impl storm::Server for Site {
    fn push(&mut self, from: DeviceId, events: &[Arc<Event>]) -> Result<Vec<Answer>, Failure> {
        if !self.sessions.contains(&from) {
            return Err(Failure::Unauthorised);
        }
        let body = kit::ndjson(events.iter().map(|event| &**event));
        if body.len() > self.body {
            return Err(Failure::TooLarge);
        }
        let request = Request::post("/api/v1/events")
            .header("content-type", "application/x-ndjson")
            .body(Body::from(body));
        let answer = self.ask(request.unwrap())?;
        let Receipts { receipts } = serde_json::from_slice(&answer).unwrap();
        for answer in &receipts {
            let receipt = &answer.receipt;
            self.nameless.insert(receipt.content, receipt.clone());
        }
        Ok(receipts)
    }

    fn pull(&mut self, from: DeviceId, after: u64) -> Result<Page, Failure> {
        if !self.sessions.contains(&from) {
            return Err(Failure::Unauthorised);
        }
        let path = format!("/api/v1/events?after={after}&limit={}", self.page);
        let body = self.ask(Request::get(path).body(Body::empty()).unwrap())?;
        let Given { events, head } = serde_json::from_slice(&body).unwrap();
        let next = events.last().map_or(head, |last| Head {
            place: last.place,
            chain: last.chain,
        });
        let events = events.into_iter();
        let events = events.map(|item| Arc::new(Event::read(item.event.0.into_owned())));
        Ok(Page {
            events: events.collect(),
            next,
            head,
        })
    }

    fn log_in(&mut self, device: DeviceId) {
        self.sessions.insert(device);
    }

    fn expire(&mut self, device: DeviceId) {
        self.sessions.remove(&device);
    }

    fn restart(&mut self) {
        if self.file.is_some() {
            self.runtime.block_on(self.store.close());
            self.store = self.runtime.block_on(open(self.file.as_ref()));
        }
        self.router = router(App::new(self.store.clone()), &self.dist);
    }

    fn receipt(&mut self, content: Digest) -> Option<Receipt> {
        let said = self.nameless.get(&content)?.clone();
        let (Some(device), Some(seq)) = (said.device, said.seq) else {
            return Some(said);
        };
        let receipts = self.store.receipts(device, seq..=seq);
        let receipts = self.runtime.block_on(receipts).unwrap();
        receipts.into_iter().find(|r| r.content == content)
    }
}

fn number(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(text.parse().expect("a number in the environment"))
}

fn shake(what: &str, on_disk: bool) {
    let from = number("MENDMAP_STORM_FROM").unwrap_or(1);
    // A file is slow: it gets a tenth of what is asked for.
    let seeds = number("MENDMAP_STORM_SEEDS").map(|seeds| match on_disk {
        true => seeds.div_ceil(10),
        false => seeds - seeds / 10,
    });
    let began = Instant::now();
    let (mut all, mut run) = (Figures::default(), 0);
    while seeds.map_or(began.elapsed() < PATIENCE, |seeds| run < seeds) {
        let seed = from + run;
        let folder = tempfile::tempdir().unwrap();
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let runtime = Arc::new(runtime);
        let site = Site::new(runtime.clone(), seed, &folder, on_disk);
        let store = site.store.clone();
        match storm::run(seed, site) {
            Ok(figures) => all += figures,
            Err(wrong) => panic!(
                "seed {seed}: {wrong}\nto replay: MENDMAP_STORM_FROM={seed} \
                 MENDMAP_STORM_SEEDS=1 cargo test -p mendmap-server --test storm {what}"
            ),
        }
        if !on_disk {
            runtime.block_on(store.verify()).unwrap();
        }
        run += 1;
    }
    let rate = run as f64 / began.elapsed().as_secs_f64();
    let faults = all.faults();
    // Past the test's own capture: how much was tried is part of the result.
    let said = writeln!(
        std::io::stderr(),
        "storm over {what}: {run} seeds from {from}, {rate:.1} a second, {faults} faults, {all:?}"
    );
    said.expect("a place to say it");
}

#[test]
fn in_memory() {
    shake("in_memory", false);
}

#[test]
fn on_file() {
    shake("on_file", true);
}
