//! Every route, asked by nobody, by each role, and by somebody who was locked out. A route
//! that is new has to say here what it tells each.

use crate::accounts::PASSWORD;
use crate::kit::{self, ndjson};
use crate::{Site, accounts, site};
use axum::body::Body;
use axum::http::{Method, Request};
use mendmap_core::account::Role;
use mendmap_server::user::{Deed, act};
use std::collections::BTreeSet;
use tower::ServiceExt;

/// What is answered: to nobody, a viewer, a crew, a supervisor, an administrator, and a crew
/// that is locked out. 404, 409, 415 and the like come behind the question who asks.
const TOLD: [(&str, [u16; 6]); 36] = [
    ("GET /healthz", [200; 6]),
    ("GET /readyz", [200; 6]),
    ("GET /metrics", [200; 6]),
    ("GET /api/v1/openapi.json", [200; 6]),
    ("GET /api/v1/events", READ),
    ("GET /api/v1/stream", READ),
    ("GET /api/v1/snapshot", [401, 204, 204, 204, 204, 403]),
    ("GET /api/v1/segments", [401, 400, 400, 400, 400, 403]),
    ("GET /api/v1/receipts", [401, 200, 200, 200, 200, 403]),
    ("GET /api/v1/held", [401, 403, 403, 200, 200, 403]),
    (
        "POST /api/v1/held/{content}",
        [401, 403, 403, 404, 404, 403],
    ),
    ("GET /api/v1/tasks", READ),
    ("GET /api/v1/tasks/{id}", MISSING),
    ("GET /api/v1/ledger", READ),
    ("GET /api/v1/layers", READ),
    ("GET /api/v1/layers/{id}", READ),
    ("PUT /api/v1/layers/{id}", [401, 403, 403, 403, 422, 403]),
    ("DELETE /api/v1/layers/{id}", ADMINISTRATORS),
    ("GET /api/v1/me", READ),
    // Whoever may not say something has each event refused, or held, and not the batch.
    ("POST /api/v1/events", [401, 200, 200, 200, 200, 200]),
    ("GET /api/v1/photos/{sha256}", MISSING),
    ("HEAD /api/v1/photos/{sha256}", MISSING),
    (
        "PUT /api/v1/photos/{sha256}",
        [401, 403, 422, 422, 422, 422],
    ),
    (
        "PATCH /api/v1/photos/{sha256}",
        [401, 403, 400, 400, 400, 400],
    ),
    (
        "GET /api/v1/photos/{sha256}/private",
        [401, 403, 404, 404, 404, 403],
    ),
    (
        "PUT /api/v1/photos/{sha256}/private",
        [401, 403, 400, 400, 400, 400],
    ),
    ("DELETE /api/v1/photos/{sha256}/private", ADMINISTRATORS),
    ("DELETE /api/v1/photos/{sha256}", ADMINISTRATORS),
    ("GET /api/v1/push/{device}", READ),
    // This server has no key.
    ("PUT /api/v1/push/{device}", MISSING),
    (
        "DELETE /api/v1/push/{device}",
        [401, 204, 204, 204, 204, 403],
    ),
    ("POST /api/v1/me/password", [401, 400, 400, 400, 400, 403]),
    (
        "PUT /api/v1/accounts/{id}/password",
        [401, 403, 403, 403, 400, 403],
    ),
    ("POST /api/v1/session", [200, 200, 200, 200, 200, 403]),
    ("DELETE /api/v1/session", [204; 6]),
    ("GET /index.html", [200; 6]),
];
const READ: [u16; 6] = [401, 200, 200, 200, 200, 403];
const MISSING: [u16; 6] = [401, 404, 404, 404, 404, 403];
/// What is not there is erased all the same: it is not taken in later.
const ADMINISTRATORS: [u16; 6] = [401, 403, 403, 403, 204, 403];

/// Who asks, in the order of [`TOLD`].
async fn everybody() -> Vec<(&'static str, Site, String)> {
    let nobody = accounts::with(Role::Crew).await;
    let mut all = vec![("nobody", nobody, String::new())];
    for role in Role::ALL {
        let site = accounts::with(role).await;
        let cookie = site.cookie().await;
        all.push((role.name(), site, cookie));
    }
    let locked = accounts::with_crew().await;
    let cookie = locked.cookie().await;
    act(&locked.app, "crew-1", Deed::Lock(true)).await.unwrap();
    all.push(("a locked crew", locked, cookie));
    all
}

/// A request that has the form of one, as far as it can without knowing anything.
fn request(route: &str, cookie: &str) -> Request<Body> {
    let (method, path) = route.split_once(' ').unwrap();
    let path = path
        .replace("/layers/{id}", "/layers/roads")
        .replace("{device}", "00000000-0000-0000-0000-000000000001")
        .replace("{id}", "00000000-0000-0000-0000-000000000001")
        .replace("{sha256}", &"0".repeat(64))
        .replace("{content}", &"0".repeat(64))
        .replace("/ledger", "/ledger?from=2024-01-01&to=2024-10-31")
        .replace("/receipts", &format!("/receipts?device={}", kit::device(1)));
    let request = Request::builder().method(method).uri(path);
    let request = request.header("cookie", cookie);
    let (media, body) = match route {
        "POST /api/v1/events" => ("application/x-ndjson", ndjson(&kit::events(1, 1))),
        "POST /api/v1/session" => {
            let said = format!(r#"{{"account":"crew-1","password":"{PASSWORD}"}}"#);
            ("application/json", said.into_bytes())
        }
        _ => ("text/plain", b"not what is wanted".to_vec()),
    };
    let request = request.header("content-type", media);
    request.body(Body::from(body)).unwrap()
}

#[tokio::test]
async fn every_route_answers_each_as_the_table_says() {
    let everybody = everybody().await;
    let mut wrong = Vec::new();
    for (route, told) in TOLD {
        for ((who, site, cookie), told) in everybody.iter().zip(told) {
            // A stream never ends: its status is enough.
            let answered = site.router.clone().oneshot(request(route, cookie)).await;
            let status = answered.unwrap().status().as_u16();
            if status != told {
                wrong.push(format!("{route}: {who} is told {status}, not {told}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn every_route_that_is_described_is_in_the_table() {
    let document = site().await.get("/api/v1/openapi.json").await.json();
    let paths = document["paths"].as_object().unwrap().iter();
    let described: BTreeSet<String> = paths
        .flat_map(|(path, does)| {
            let methods = does.as_object().unwrap().keys();
            methods.map(move |method| format!("{} {path}", method.to_uppercase()))
        })
        .collect();
    let table = TOLD.iter().map(|(route, _)| (*route).to_owned());
    let table: BTreeSet<String> = table.filter(|route| route != "GET /index.html").collect();
    assert_eq!(described, table);
}

/// Browsers send cookies by themselves; so nothing that changes anything is done for a page
/// of another site, by whoever asks.
#[tokio::test]
async fn nothing_is_changed_for_another_site() {
    for (who, site, cookie) in everybody().await {
        for (route, _) in TOLD {
            let mut request = request(route, &cookie);
            if [Method::GET, Method::HEAD].contains(request.method()) {
                continue;
            }
            let headers = request.headers_mut();
            headers.insert("host", "127.0.0.1:8080".parse().unwrap());
            headers.insert("origin", "https://elsewhere.example".parse().unwrap());
            headers.insert("sec-fetch-site", "cross-site".parse().unwrap());
            let answered = site.send(request).await;
            let told = (answered.status.as_u16(), answered.problem());
            assert_eq!(told, (421, "elsewhere".into()), "{route}: {who}");
        }
    }
}
