//! A log is copied, brought back and moved to another database, by the real programs.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    reason = "a test ends where its ground is missing"
)]

mod backups;
#[path = "../kit/ground.rs"]
mod ground;
#[path = "../kit/http.rs"]
mod http;
#[path = "../kit/mod.rs"]
mod kit;
mod moves;
#[path = "../kit/postgres.rs"]
mod postgres;
#[path = "../kit/program.rs"]
mod program;
mod proof;

use kit::{CITY, device, edited, event, events, saying};
use mendmap_core::catalog::LayerId;
use mendmap_core::log::{ActorId, Event};
use mendmap_core::sync::{Limits, Receipt, content};
use mendmap_core::told::{Language, Told};
use mendmap_server::store::{LayerPut, Login, Placed, SqliteStore, Store, Subscription};
use program::Log;
use std::path::Path;
use std::process::Output;

fn said(output: &Output) -> String {
    let all = [&output.stdout[..], &output.stderr[..]].concat();
    String::from_utf8(all).unwrap()
}

/// What somebody's browser holds.
const COOKIE: &[u8] = b"a cookie";

/// A file in place of a layer's.
const LAYER: &[u8] = b"a layer";

/// Somebody's group robot.
const ROBOT: &str = "排水";

/// A server's public key.
const KEY: &str = "BKey";

/// All that a store says of itself.
#[derive(Debug, PartialEq)]
struct Held {
    order: Vec<Placed>,
    receipts: Vec<Receipt>,
    /// What came under one id.
    one_id: Vec<Receipt>,
    accounts: Vec<ActorId>,
    secret: Option<String>,
    login: Option<Login>,
    owner: ActorId,
    layers: Vec<LayerPut>,
    layer_file: Option<Vec<u8>>,
    told: Option<Told>,
    phones: Vec<(Subscription, Told)>,
}

async fn held(store: &dyn Store) -> Held {
    let mut receipts = Vec::new();
    for n in 1..=4 {
        receipts.extend(store.receipts(device(n), 1..=1000).await.unwrap());
    }
    let li = ActorId::from("li");
    let held = Held {
        order: store.after(0, 1000).await.unwrap(),
        receipts,
        one_id: store.receipts_of(event(1, 3).id().unwrap()).await.unwrap(),
        accounts: store.known().await.unwrap(),
        secret: store.secret(&li).await.unwrap(),
        login: store.login(&content(COOKIE), 0).await.unwrap(),
        owner: store.claim(device(1), &"nobody".into()).await.unwrap(),
        layers: store.layer_puts().await.unwrap(),
        layer_file: store.layer_file(&content(LAYER)).await.unwrap(),
        told: store.told(ROBOT).await.unwrap(),
        phones: store.subscriptions(KEY).await.unwrap(),
    };
    store.close().await;
    held
}

/// A log with all that there can be in one.
fn fill(dist: &Path, data: &Path) -> String {
    let here = Log::Folder(data.to_path_buf());
    let user = |words: &[&str], input: &str| program::user(dist, &here, words, input).unwrap();
    user(
        &["add", "li", "--role", "crew", "--crew", "drain-1"],
        "correct horse\n",
    );
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let nameless = Event::read("这不是事件".as_bytes().to_vec());
    runtime.block_on(async {
        let store = SqliteStore::open(CITY, &data.join("log.sqlite"))
            .await
            .unwrap();
        store.claim(device(1), &"li".into()).await.unwrap();
        let limits = Limits::default();
        // More than a page of them.
        store.append(&events(1, 700), &limits).await.unwrap();
        let waits = event(2, 5);
        let other_content = saying(1, 3, "一个编号，两句话");
        let other_city = edited(&event(3, 1), CITY, "220381");
        let batch = [waits, other_content, other_city, nameless];
        store.append(&batch, &limits).await.unwrap();
        let login = Login {
            data: "{}".into(),
            expires: 4_000_000_000,
        };
        store.keep_login(&content(COOKIE), &login, 0).await.unwrap();
        for (number, version) in [(1, Some(content(LAYER))), (2, None)] {
            let put = LayerPut {
                layer: LayerId("roads".into()),
                number,
                version,
                bytes: 0,
                at: 1_700_000_000,
                by: version.map(|_| "li".into()),
            };
            assert!(store.put_layer(&put, LAYER).await.unwrap());
        }
        let at = "2024-05-03T01:12:44.123Z".parse().unwrap();
        let told = Told {
            tries: 3,
            ..Told::begin(17, at)
        };
        assert!(store.set_told(ROBOT, None, &told).await.unwrap());
        let phone = Subscription {
            device: device(1),
            account: "li".into(),
            server_key: KEY.into(),
            endpoint: "https://push.example/a".into(),
            p256dh: [4; 65],
            auth: [7; 16],
            language: Language::En,
        };
        store.subscribe(&phone, &told, at, 8).await.unwrap();
        store.close().await;
    });
    user(&["token", "li"], "")
}
