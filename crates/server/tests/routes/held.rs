//! `/api/v1/held`: what a supervisor sees of it, and how it comes to count.

use crate::accounts::{self, PASSWORD};
use crate::kit::{event, ndjson};
use crate::{Answered, Site};
use axum::body::Body;
use axum::http::{Method, Request};
use mendmap_core::account::Role;
use mendmap_core::sync::content;
use mendmap_server::user::{Deed, act};
use serde_json::{Value, json};

async fn key(site: &Site, id: &str) -> String {
    let key = act(&site.app, id, Deed::Token { name: "x".into() }).await;
    format!("Bearer {}", key.unwrap().unwrap())
}

async fn ask(site: &Site, key: &str, method: Method, path: &str, body: Vec<u8>) -> Answered {
    let request = Request::builder().method(method).uri(path);
    let request = request.header("authorization", key);
    let request = request.header("content-type", "application/x-ndjson");
    site.send(request.body(Body::from(body)).unwrap()).await
}

#[tokio::test]
async fn what_a_locked_account_captured_counts_once_a_supervisor_hands_it_over() {
    let site = accounts::with_crew().await;
    let supervisor = Deed::Add {
        name: "赵".into(),
        role: Role::Supervisor,
        crews: Vec::new(),
        password: PASSWORD.into(),
    };
    act(&site.app, "zhao", supervisor).await.unwrap();
    let (crew, zhao) = (key(&site, "crew-1").await, key(&site, "zhao").await);
    act(&site.app, "crew-1", Deed::Lock(true)).await.unwrap();

    let captured = event(1, 1);
    let hand_over = async |key: &str, bytes: Vec<u8>| {
        let answered = ask(&site, key, Method::POST, "/api/v1/events", bytes).await;
        answered.json()["receipts"][0].clone()
    };
    let held = async || {
        let answered = ask(&site, &zhao, Method::GET, "/api/v1/held", Vec::new()).await;
        assert_eq!(answered.status, 200);
        answered.json()["held"].clone()
    };
    let said = hand_over(&crew, ndjson([&captured])).await;
    assert_eq!(
        (&said["verdict"], &said["why"]),
        (&json!("held"), &json!("locked"))
    );

    let listed = held().await;
    assert_eq!(listed[0]["receipt"], said);
    let event: Value = serde_json::from_slice(captured.raw()).unwrap();
    assert_eq!(listed[0]["event"], event);
    let path = format!("/api/v1/held/{}", content(captured.raw()));
    let released = ask(&site, &zhao, Method::POST, &path, Vec::new()).await;
    assert_eq!(released.json()["verdict"], "accepted");
    let twice = ask(&site, &zhao, Method::POST, &path, Vec::new()).await;
    assert_eq!(twice.problem(), "not-found");
    assert_eq!(held().await, json!([]));
    // Whoever captured it is told so.
    let again = hand_over(&crew, ndjson([&captured])).await;
    assert_eq!(
        (&again["verdict"], &again["again"]),
        (&json!("accepted"), &json!(true))
    );
}
