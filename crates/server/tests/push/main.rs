//! Phones are told what is news: a fake push service on the loopback interface, phones that read
//! what it is handed, and a clock that stands still until it is moved.
#![allow(
    clippy::unwrap_used,
    reason = "a test ends where its ground is missing"
)]

mod asking;
mod fake;
#[cfg(unix)]
#[path = "../kit/ground.rs"]
mod ground;
#[path = "../kit/mod.rs"]
mod kit;
#[path = "../kit/news.rs"]
mod news;
mod phone;
#[path = "../kit/postgres.rs"]
mod postgres;
#[cfg(unix)]
#[path = "../kit/program.rs"]
mod program;
#[cfg(unix)]
mod serving;
mod telling;

use fake::Fake;
use kit::{CITY, task};
use mendmap_core::account::Role;
use mendmap_core::catalog::CrewId;
use mendmap_core::told::{Language, Told};
use mendmap_server::App;
use mendmap_server::push::{Push, Pusher, make_keys};
use mendmap_server::store::Subscription;
use mendmap_server::user::{Deed, act};
use news::{Site, drain, found_danger, say};
use phone::Phone;
use std::sync::Arc;
use std::time::Duration;

const CONTACT: &str = "mailto:it@city.example";

/// A server with a key that was made for this test.
struct City {
    site: Site,
    push: Arc<Push>,
    pusher: Pusher,
}

impl City {
    async fn new() -> City {
        let push = keys().with_services_here(Duration::from_secs(20));
        City::on(Site::new().await, Arc::new(push))
    }

    fn on(mut site: Site, push: Arc<Push>) -> City {
        site.app = site.app.clone().with_push(push.clone());
        let (app, folder) = (site.app.clone(), site.folder.path());
        let pusher = Pusher::new(app, folder, &site.catalog(), push.clone(), site.clock());
        let pusher = pusher.ok().unwrap();
        City { site, push, pusher }
    }

    /// Makes an account of some crews.
    async fn account(&self, id: &str, crews: &[&str]) {
        let deed = Deed::Add {
            name: "王小明".into(),
            role: Role::Crew,
            crews: crews.iter().map(|crew| CrewId((*crew).into())).collect(),
            password: "一二三四五六七八".into(),
        };
        self.act(id, deed).await;
    }

    async fn act(&self, id: &str, deed: Deed) -> String {
        let done = act(&self.site.app, id, deed).await.unwrap();
        done.unwrap_or_default()
    }

    /// A phone of an account asks to be told, by the clock of the site.
    async fn asks(&self, phone: &Phone, account: &str, language: Language) {
        let store = self.site.app.store();
        let subscription = Subscription {
            device: phone.device,
            account: account.into(),
            server_key: self.push.public_key().into(),
            endpoint: phone.endpoint.clone(),
            p256dh: phone.p256dh,
            auth: phone.auth,
            language,
        };
        let now = self.site.now();
        let begun = Told::begin(store.head().await.unwrap().place, now);
        store
            .subscribe(&subscription, &begun, now, 8)
            .await
            .unwrap();
    }

    async fn is_told(&self, phone: &Phone) -> bool {
        let store = self.site.app.store();
        store.subscription(phone.device).await.unwrap().is_some()
    }

    async fn counted(&self) -> String {
        self.site.counted("mendmap_pushed_total").await
    }
}

/// A key of its own for each test.
fn keys() -> Push {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("push.json");
    make_keys(&path, CONTACT).unwrap();
    Push::read(&path).ok().unwrap()
}
