//! A server's app and a clock that stands still until it is moved, for those who tell what is news.
#![allow(
    dead_code,
    reason = "each test is a program of its own and uses a part"
)]

use crate::kit::{self, CITY, about, dispatched, plotted, task};
use axum::body::Body;
use axum::http::Request;
use jiff::{SignedDuration, Timestamp};
use mendmap_core::catalog::Catalog;
use mendmap_core::log::{Event, Found, Kind, Plotted};
use mendmap_server::store::{SqliteStore, Store};
use mendmap_server::{App, router};
use std::sync::{Arc, Mutex};

/// A server's app, and the time.
pub(crate) struct Site {
    pub(crate) app: App,
    pub(crate) folder: tempfile::TempDir,
    now: Arc<Mutex<Timestamp>>,
}

impl Site {
    pub(crate) async fn new() -> Site {
        Site::on(Arc::new(SqliteStore::in_memory(CITY).await.unwrap()))
    }

    /// On the morning of the third of May.
    pub(crate) fn on(store: Arc<dyn Store>) -> Site {
        let folder = tempfile::tempdir().unwrap();
        kit::dist(folder.path());
        let app = App::new(store).behind("https://city.example".parse().unwrap());
        let now = Arc::new(Mutex::new(time("03T09:20:00")));
        Site { app, folder, now }
    }

    pub(crate) fn catalog(&self) -> Catalog {
        let catalog = std::fs::read(self.folder.path().join("city/catalog.json")).unwrap();
        Catalog::read(&catalog).unwrap().0
    }

    pub(crate) fn clock(&self) -> Arc<dyn Fn() -> Timestamp + Send + Sync> {
        let now = self.now.clone();
        Arc::new(move || *now.lock().unwrap())
    }

    pub(crate) fn now(&self) -> Timestamp {
        *self.now.lock().unwrap()
    }

    pub(crate) fn at(&self, text: &str) {
        *self.now.lock().unwrap() = time(text);
    }

    pub(crate) fn pass(&self, seconds: i64) {
        let mut now = self.now.lock().unwrap();
        *now = now.checked_add(SignedDuration::from_secs(seconds)).unwrap();
    }

    pub(crate) async fn hand_over(&self, events: &[Event]) {
        self.app.append(events.to_vec()).await.unwrap();
    }

    /// Work is plotted and given to a crew, by a phone of its own.
    pub(crate) async fn give(&self, n: u8, crew: &str) {
        let plotted = say(n, 1, drain(), &[]);
        let given = say(n, 2, dispatched(crew), &[&plotted]);
        self.hand_over(&[plotted, given]).await;
    }

    /// What is counted under a name.
    pub(crate) async fn counted(&self, name: &str) -> String {
        let request = Request::get("/metrics").header("host", "127.0.0.1");
        let request = request.body(Body::empty()).unwrap();
        let router = router(self.app.clone(), self.folder.path());
        let answer = tower::ServiceExt::oneshot(router, request).await.unwrap();
        let bytes = axum::body::to_bytes(answer.into_body(), 1 << 20)
            .await
            .unwrap();
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        let lines = text.lines().filter_map(|l| l.strip_prefix(name));
        lines.collect::<Vec<_>>().join("\n")
    }
}

fn time(text: &str) -> Timestamp {
    format!("2024-05-{text}+08:00").parse().unwrap()
}

pub(crate) fn drain() -> Plotted {
    plotted("drain-clear", 123.5, 43.52)
}

/// Says something of the task of the same number.
pub(crate) fn say(n: u8, seq: u64, kind: impl Into<Kind>, saw: &[&Event]) -> Event {
    about(task(n.into()), n, seq, kind, saw)
}

pub(crate) fn found_danger() -> Found {
    Found {
        target: drain().target,
        work: Some("lid-replace".into()),
        defect: None,
        severity: None,
        dangerous: true,
        photos: vec![],
    }
}
