//! The routes and the store in the test's own process: a request is written as HTTP, taken
//! apart by the routes and answered from SQLite.

use super::said::{batch, page, receipts};
use super::{Figures, SEEDS, rights, shake};
use crate::kit::Dice;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use mendmap_core::ids::DeviceId;
use mendmap_core::log::Event;
use mendmap_core::sync::device::{Failure, Page};
use mendmap_core::sync::storm::{self, CITY};
use mendmap_core::sync::{Answer, Digest, Receipt};
use mendmap_server::store::{SqliteStore, Store};
use mendmap_server::{App, router};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use tokio::runtime::{Builder, Runtime};
use tower::ServiceExt;

struct Site {
    runtime: Arc<Runtime>,
    /// Where the store lies; without one it is in memory and outlives its server.
    file: Option<PathBuf>,
    store: Arc<dyn Store>,
    router: Router,
    dist: PathBuf,
    /// Who has a session. How one is had has tests of its own; here only what a device does
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
        runtime.block_on(rights::let_in(&*store));
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
                // A locked account may hand over, and not read.
                StatusCode::FORBIDDEN => Err(Failure::Garbled),
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

impl storm::Server for Site {
    fn push(&mut self, from: DeviceId, events: &[Arc<Event>]) -> Result<Vec<Answer>, Failure> {
        if !self.sessions.contains(&from) {
            return Err(Failure::Unauthorised);
        }
        let body = batch(events);
        if body.len() > self.body {
            return Err(Failure::TooLarge);
        }
        let request = Request::post("/api/v1/events")
            .header("content-type", "application/x-ndjson")
            .header("authorization", rights::bearer(from))
            .body(Body::from(body));
        let answer = self.ask(request.unwrap())?;
        let answers = receipts(&answer);
        for Answer { receipt, .. } in &answers {
            self.nameless.insert(receipt.content, receipt.clone());
        }
        Ok(answers)
    }

    fn pull(&mut self, from: DeviceId, after: u64) -> Result<Page, Failure> {
        if !self.sessions.contains(&from) {
            return Err(Failure::Unauthorised);
        }
        let path = format!("/api/v1/events?after={after}&limit={}", self.page);
        let request = Request::get(path).header("authorization", rights::bearer(from));
        let body = self.ask(request.body(Body::empty()).unwrap())?;
        Ok(page(&body))
    }

    fn log_in(&mut self, device: DeviceId) -> bool {
        let admitted = self.runtime.block_on(rights::admits(&*self.store, device));
        if admitted {
            self.sessions.insert(device);
        }
        admitted
    }

    fn govern(&mut self, said: Arc<Event>) {
        let answer = self.runtime.block_on(rights::govern(&*self.store, said));
        self.nameless.insert(answer.receipt.content, answer.receipt);
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

/// One seed; what a storm did, or what is wrong.
fn one(seed: u64, on_disk: bool) -> Result<Figures, String> {
    let folder = tempfile::tempdir().unwrap();
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let runtime = Arc::new(runtime);
    let site = Site::new(runtime.clone(), seed, &folder, on_disk);
    let store = site.store.clone();
    let figures = storm::run(seed, site)?;
    if !on_disk {
        runtime
            .block_on(store.verify())
            .map_err(|e| e.to_string())?;
    }
    Ok(figures)
}

/// Nine of ten seeds.
#[test]
fn in_memory() {
    let share = |seeds: u64| seeds - seeds / 10;
    shake("in_process::in_memory", SEEDS, share, |seed| {
        one(seed, false)
    });
}

/// A file is slow: it gets a tenth of what is asked for.
#[test]
fn on_file() {
    shake(
        "in_process::on_file",
        SEEDS,
        |seeds| seeds.div_ceil(10),
        |seed| one(seed, true),
    );
}
