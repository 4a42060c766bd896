//! Every route, asked without a network.
#![allow(
    clippy::unwrap_used,
    reason = "a test ends where its ground is missing"
)]

mod accounts;
mod amended;
mod compressed;
mod files;
mod held;
#[path = "../kit/mod.rs"]
mod kit;
mod layers;
mod ledger;
mod matrix;
mod metrics;
mod openapi;
mod origin;
mod photos;
mod problems;
mod receipts;
mod snapshot;
mod tasks;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use kit::{CITY, edited, event, events, ndjson};
use mendmap_core::log::Event;
use mendmap_core::sync::{Answer, Item, Verdict, write_line};
use mendmap_server::photos::Place;
use mendmap_server::store::SqliteStore;
use mendmap_server::{App, BATCH_EVENTS, BODY_BYTES, router};
use serde_json::{Value, json};
use std::sync::Arc;
use tower::ServiceExt;

struct Site {
    app: App,
    router: Router,
    folder: tempfile::TempDir,
}

async fn site() -> Site {
    let folder = tempfile::tempdir().unwrap();
    kit::dist(folder.path());
    let app = App::new(Arc::new(SqliteStore::in_memory(CITY).await.unwrap()));
    let photos = Place::Folder(folder.path().join("photos"))
        .open()
        .await
        .unwrap();
    let app = app.with_photos(photos);
    let router = router(app.clone(), folder.path());
    Site {
        app,
        router,
        folder,
    }
}

struct Answered {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answered {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap())
    }

    /// The code of the problem, after checking that it is told in the right shape.
    fn problem(&self) -> String {
        assert_eq!(self.header("content-type"), "application/problem+json");
        let json = self.json();
        assert_eq!(json["status"], self.status.as_u16());
        let code = json["code"].as_str().unwrap();
        assert_eq!(json["type"], format!("urn:mendmap:problem:{code}"));
        code.into()
    }
}

impl Site {
    async fn send(&self, request: Request<Body>) -> Answered {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        Answered {
            status: parts.status,
            headers: parts.headers,
            body: to_bytes(body, usize::MAX).await.unwrap().into(),
        }
    }

    async fn get(&self, path: &str) -> Answered {
        self.send(Request::get(path).body(Body::empty()).unwrap())
            .await
    }

    async fn post(&self, media: &str, body: impl Into<Body>) -> Answered {
        let request = Request::post("/api/v1/events").header("content-type", media);
        self.send(request.body(body.into()).unwrap()).await
    }

    async fn hand_over(&self, events: &[Event]) -> Vec<Answer> {
        let answered = self.post("application/x-ndjson", ndjson(events)).await;
        assert_eq!(answered.status, StatusCode::OK);
        serde_json::from_value(answered.json()["receipts"].clone()).unwrap()
    }
}

#[tokio::test]
async fn a_batch_gets_its_receipts_as_lines_and_as_an_array() {
    let site = site().await;
    let e = events(1, 3);
    let first = site.hand_over(&e[..2]).await;
    assert_eq!(
        first.iter().map(kit::place).collect::<Vec<_>>(),
        [Some(1), Some(2)]
    );
    let texts: Vec<_> = e
        .iter()
        .map(|e| std::str::from_utf8(e.raw()).unwrap())
        .collect();
    let body = format!("[ {} ]", texts.join(" ,\n"));
    let answered = site.post("application/json; charset=utf-8", body).await;
    assert_eq!(answered.status, StatusCode::OK);
    let json = answered.json();
    let receipts: Vec<Answer> = serde_json::from_value(json["receipts"].clone()).unwrap();
    assert_eq!(
        receipts[..2].iter().map(|a| a.again).collect::<Vec<_>>(),
        [true, true]
    );
    assert_eq!(
        receipts[0].receipt, first[0].receipt,
        "white space between them is not theirs"
    );
    assert_eq!(kit::place(&receipts[2]), Some(3));
    assert_eq!(json["head"]["place"], 3);
    assert_eq!(json["head"]["chain"], json["receipts"][2]["chain"]);
}

#[tokio::test]
async fn what_is_handed_over_is_read_byte_for_byte() {
    let site = site().await;
    let plain = event(1, 1);
    let spread = edited(&event(1, 2), r#","kind""#, ",\n \"kind\"");
    let unknown = edited(
        &event(1, 3),
        r#""kind":"noted""#,
        r#""kind":"sung","x":1.50"#,
    );
    let all = [plain, spread, unknown];
    let mut body = Vec::new();
    all.iter().for_each(|e| write_line(e.raw(), &mut body));
    assert_eq!(
        site.post("application/x-ndjson", body).await.status,
        StatusCode::OK
    );
    let answered = site.get("/api/v1/events").await;
    let items: Vec<Item> = serde_json::from_value(answered.json()["events"].clone()).unwrap();
    // `Value` would tidy the numbers: the bytes are looked for in the text.
    let text = String::from_utf8(answered.body).unwrap();
    assert!(
        text.contains(std::str::from_utf8(all[2].raw()).unwrap()),
        "{text}"
    );
    assert_eq!(&*items[0].event.0, all[0].raw());
    assert_eq!(&*items[1].event.0, all[1].raw());
}

#[tokio::test]
async fn pages_lead_from_one_to_the_next() {
    let site = site().await;
    site.hand_over(&events(1, 7)).await;
    let (mut after, mut places) = (0, Vec::new());
    loop {
        let page = site
            .get(&format!("/api/v1/events?after={after}&limit=3"))
            .await
            .json();
        assert_eq!(page["head"]["place"], 7);
        let events = page["events"].as_array().unwrap();
        if events.is_empty() {
            assert_eq!(page["next"], after);
            break;
        }
        places.extend(events.iter().map(|e| e["place"].as_u64().unwrap()));
        after = page["next"].as_u64().unwrap();
    }
    assert_eq!(places, [1, 2, 3, 4, 5, 6, 7]);
    let beyond = site.get("/api/v1/events?after=8").await;
    assert_eq!(
        (beyond.status, beyond.problem()),
        (StatusCode::CONFLICT, "unknown-place".into())
    );
    assert_eq!(
        beyond.json()["head"],
        7,
        "so that a device sees how much is gone"
    );
}

#[tokio::test]
async fn a_bad_event_does_not_harm_its_batch_and_a_bad_batch_stores_nothing() {
    let site = site().await;
    let mut body = ndjson(&events(1, 1));
    body.extend(b"no event\n");
    body.extend(ndjson([&event(1, 2)]));
    let answered = site.post("application/x-ndjson", body).await.json();
    let verdicts: Vec<_> = (0..3)
        .map(|n| answered["receipts"][n]["verdict"].clone())
        .collect();
    assert_eq!(verdicts, ["accepted", "refused", "accepted"]);

    let mut cut = b"[".to_vec();
    cut.extend(event(1, 3).raw());
    let answered = site.post("application/json", cut).await;
    assert_eq!(
        (answered.status, answered.problem()),
        (StatusCode::BAD_REQUEST, "batch".into())
    );
    assert_eq!(site.app.store().head().await.unwrap().place, 2);
}

#[tokio::test]
async fn batches_have_limits() {
    let site = site().await;
    let many = b"x\n".repeat(BATCH_EVENTS + 1);
    let answered = site.post("application/x-ndjson", many).await;
    assert_eq!(answered.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(
        (answered.problem().as_str(), &answered.json()["most"]),
        ("too-many-events", &json!(BATCH_EVENTS))
    );
    let large = vec![b'x'; BODY_BYTES + 1];
    let answered = site.post("application/x-ndjson", large).await;
    assert_eq!(answered.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(
        (answered.problem().as_str(), &answered.json()["most"]),
        ("too-many-bytes", &json!(BODY_BYTES))
    );
    let noted = site.app.store().head().await.unwrap();
    assert_eq!(noted.place, 0);
    // One event that is too long is refused alone, and kept.
    let long = kit::saying(1, 1, &"x".repeat(300_000));
    let answers = site.hand_over(&[long, event(1, 2)]).await;
    assert!(matches!(answers[0].receipt.verdict, Verdict::Refused(_)));
    assert_eq!(kit::place(&answers[1]), Some(1));
}

#[tokio::test]
async fn deep_nesting_is_passed_over_and_not_followed() {
    let site = site().await;
    // A field of a newer version may be anything; nobody here reads it, at any depth.
    let (open, close) = ("[".repeat(50_000), "]".repeat(50_000));
    let deep = edited(
        &event(1, 1),
        r#""text""#,
        &format!(r#""x":{open}{close},"text""#),
    );
    let answers = site.hand_over(std::slice::from_ref(&deep)).await;
    assert_eq!(kit::place(&answers[0]), Some(1));
    let page = site.get("/api/v1/events").await;
    let read = String::from_utf8(page.body).unwrap();
    assert!(read.contains(std::str::from_utf8(deep.raw()).unwrap()));
    // Where it would have to be followed, it is refused.
    let deep = edited(
        &event(1, 2),
        r#"{"task":"#,
        &format!(r#"{{"task":{open}{close},"x":"#),
    );
    let answers = site.hand_over(&[deep]).await;
    assert!(matches!(answers[0].receipt.verdict, Verdict::Refused(_)));
    let answered = site.post("application/json", vec![b'['; 100_000]).await;
    assert_eq!(answered.problem(), "batch");
}
