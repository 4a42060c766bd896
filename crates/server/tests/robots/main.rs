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
#[path = "../kit/news.rs"]
mod news;
#[path = "../kit/postgres.rs"]
mod postgres;
#[cfg(unix)]
#[path = "../kit/program.rs"]
mod program;
#[cfg(unix)]
mod serving;
mod telling;

use fake::Fake;
use kit::{CITY, about, dispatched, task};
use mendmap_server::robots::{Robots, Teller};
use news::{Site, drain, found_danger, say};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;

impl Site {
    /// A teller that has told all there is; a new one is what a restart makes.
    async fn teller(&self, robots: &Value) -> Teller {
        self.patient(robots, Duration::from_secs(20)).await
    }

    /// The same, which waits for a robot no longer than that.
    async fn patient(&self, robots: &Value, patience: Duration) -> Teller {
        let robots = Robots::parse(&serde_json::to_vec(robots).unwrap());
        let robots = robots.ok().unwrap();
        let robots = robots.with_patience(patience);
        let (folder, catalog) = (self.folder.path(), self.catalog());
        let teller = Teller::new(self.app.clone(), folder, &catalog, robots, self.clock());
        let teller = teller.ok().unwrap();
        teller.look_once().await;
        teller
    }

    async fn metrics(&self) -> String {
        let all = self.counted("").await;
        assert!(!all.contains(fake::TOKEN), "{all}");
        self.counted("mendmap_told_total").await
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
