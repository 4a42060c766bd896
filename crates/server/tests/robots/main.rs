//! Group robots are told what is news: a fake one on the loopback interface, and a clock that
//! stands still until it is moved.
#![allow(
    clippy::unwrap_used,
    reason = "a test ends where its ground is missing"
)]

mod fake;
#[cfg(unix)]
#[path = "../kit/ground.rs"]
mod ground;
#[cfg(unix)]
#[path = "../kit/http.rs"]
mod http;
#[path = "../kit/mod.rs"]
mod kit;
#[path = "../kit/postgres.rs"]
mod postgres;
#[cfg(unix)]
#[path = "../kit/program.rs"]
mod program;
#[cfg(unix)]
mod serving;
mod telling;

use fake::Fake;
use jiff::{SignedDuration, Timestamp};
use kit::{CITY, about, dispatched, plotted, task};
use mendmap_core::log::{Event, Found, Kind, Plotted};
use mendmap_server::robots::{Robots, Teller};
use mendmap_server::store::{SqliteStore, Store};
use mendmap_server::{App, router};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A server's app, and the time.
struct Site {
    app: App,
    folder: tempfile::TempDir,
    now: Arc<Mutex<Timestamp>>,
}

impl Site {
    async fn new() -> Site {
        Site::on(Arc::new(SqliteStore::in_memory(CITY).await.unwrap()))
    }

    /// On the morning of the third of May.
    fn on(store: Arc<dyn Store>) -> Site {
        let folder = tempfile::tempdir().unwrap();
        kit::dist(folder.path());
        let app = App::new(store).behind("https://city.example".parse().unwrap());
        let now = Arc::new(Mutex::new(time("03T09:20:00")));
        Site { app, folder, now }
    }

    /// A teller that has told all there is; a new one is what a restart makes.
    async fn teller(&self, robots: &Value) -> Teller {
        self.patient(robots, Duration::from_secs(20)).await
    }

    /// The same, which waits for a robot no longer than that.
    async fn patient(&self, robots: &Value, patience: Duration) -> Teller {
        let robots = Robots::parse(&serde_json::to_vec(robots).unwrap());
        let robots = robots.ok().unwrap();
        let robots = robots.with_patience(patience);
        let catalog = std::fs::read(self.folder.path().join("city/catalog.json")).unwrap();
        let (catalog, _) = mendmap_core::catalog::Catalog::read(&catalog).unwrap();
        let now = self.now.clone();
        let clock = Arc::new(move || *now.lock().unwrap());
        let app = self.app.clone();
        let teller = Teller::new(app, self.folder.path(), &catalog, robots, clock);
        let teller = teller.ok().unwrap();
        teller.look_once().await;
        teller
    }

    fn at(&self, text: &str) {
        *self.now.lock().unwrap() = time(text);
    }

    fn pass(&self, seconds: i64) {
        let mut now = self.now.lock().unwrap();
        *now = now.checked_add(SignedDuration::from_secs(seconds)).unwrap();
    }

    async fn hand_over(&self, events: &[Event]) {
        self.app.append(events.to_vec()).await.unwrap();
    }

    /// Work is plotted and given to a crew, by a phone of its own.
    async fn give(&self, n: u8, crew: &str) {
        let plotted = say(n, 1, drain(), &[]);
        let given = say(n, 2, dispatched(crew), &[&plotted]);
        self.hand_over(&[plotted, given]).await;
    }

    async fn metrics(&self) -> String {
        let request = axum::http::Request::get("/metrics").header("host", "127.0.0.1");
        let request = request.body(axum::body::Body::empty()).unwrap();
        let router = router(self.app.clone(), self.folder.path());
        let answer = tower::ServiceExt::oneshot(router, request).await.unwrap();
        let bytes = axum::body::to_bytes(answer.into_body(), 1 << 20)
            .await
            .unwrap();
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        assert!(!text.contains(fake::TOKEN), "{text}");
        let lines = text
            .lines()
            .filter_map(|l| l.strip_prefix("mendmap_told_total"));
        lines.collect::<Vec<_>>().join("\n")
    }
}

fn time(text: &str) -> Timestamp {
    format!("2024-05-{text}+08:00").parse().unwrap()
}

fn drain() -> Plotted {
    plotted("drain-clear", 123.5, 43.52)
}

/// Says something of the task of the same number.
fn say(n: u8, seq: u64, kind: impl Into<Kind>, saw: &[&Event]) -> Event {
    about(task(n.into()), n, seq, kind, saw)
}

fn found_danger() -> Found {
    Found {
        target: drain().target,
        work: Some("lid-replace".into()),
        defect: None,
        severity: None,
        dangerous: true,
        photos: vec![],
    }
}

/// One robot of each kind: of a crew, and of all others.
fn both(wecom: &Fake, dingtalk: &Fake) -> Value {
    json!({ "robots": [
        { "name": "all", "kind": "wecom", "url": wecom.url() },
        { "name": "road", "kind": "dingtalk", "url": dingtalk.url(), "secret": "SEC",
          "crews": ["road-1"], "call_all_in_danger": true },
    ]})
}

fn one(fake: &Fake) -> Value {
    json!({ "robots": [{ "name": "all", "kind": "wecom", "url": fake.url() }] })
}
