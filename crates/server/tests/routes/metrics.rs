//! What the server counts about itself.

use crate::kit::{CITY, edited, event, events, saying};
use crate::{Site, site};
use axum::body::Body;
use axum::http::{Method, Request};
use mendmap_core::account::Role;
use mendmap_server::user::{Deed, act};
use tower::ServiceExt;

impl Site {
    /// The lines that name a metric, without its first words.
    async fn counted(&self, name: &str) -> Vec<String> {
        let answered = self.get("/metrics").await;
        assert_eq!(answered.status, 200);
        assert_eq!(
            answered.header("content-type"),
            "text/plain; version=0.0.4; charset=utf-8"
        );
        assert_eq!(answered.header("cache-control"), "no-store");
        let text = String::from_utf8(answered.body).unwrap();
        let lines = text.lines().filter_map(|line| line.strip_prefix(name));
        lines.map(str::to_owned).collect()
    }
}

#[tokio::test]
async fn events_are_counted_by_what_was_said_of_them() {
    let site = site().await;
    assert_eq!(site.counted("mendmap_head_place").await, [" 0"]);
    let held = saying(1, 1, "other words under the same id");
    site.hand_over(&events(1, 2)).await;
    site.hand_over(&[event(1, 1), held, event(2, 5)]).await;
    let foreign = edited(&event(3, 1), CITY, "110000");
    site.hand_over(&[foreign, event(1, 3)]).await;
    assert_eq!(
        site.counted("mendmap_events_total").await,
        [
            r#"{verdict="accepted"} 3"#,
            r#"{verdict="again"} 1"#,
            r#"{verdict="held"} 1"#,
            r#"{verdict="refused"} 1"#,
            r#"{verdict="waiting"} 1"#,
        ]
    );
    assert_eq!(site.counted("mendmap_head_place").await, [" 3"]);
}

#[tokio::test]
async fn requests_are_counted_by_route_and_not_by_address() {
    let site = site().await;
    let odd = Method::from_bytes(b"BREW").unwrap();
    for path in [
        "/api/v1/tasks/1",
        "/api/v1/tasks/2",
        "/api/v1/events",
        "/api/v1/nowhere",
        "/api/v2/1",
        "/",
        "/missing.js",
        "/a/place/of/the/app",
    ] {
        site.get(path).await;
    }
    let brewed = Request::builder().method(odd).uri("/healthz");
    site.send(brewed.body(Body::empty()).unwrap()).await;
    let counted = site.counted("mendmap_request_seconds_count").await;
    assert_eq!(
        counted,
        [
            r#"{method="GET",route="/api/v1/events",status="200"} 1"#,
            r#"{method="GET",route="/api/v1/tasks/{id}",status="404"} 2"#,
            r#"{method="GET",route="/api/{*nothing}",status="404"} 2"#,
            r#"{method="GET",route="files",status="200"} 2"#,
            r#"{method="GET",route="files",status="404"} 1"#,
            r#"{method="other",route="/healthz",status="405"} 1"#,
        ]
    );
    let buckets = site.counted("mendmap_request_seconds_bucket").await;
    assert!(
        buckets.iter().any(|line| line.contains(r#"le="+Inf""#)),
        "{buckets:?}"
    );
}

#[tokio::test]
async fn a_stream_is_open_until_its_reader_goes() {
    let site = site().await;
    assert_eq!(site.counted("mendmap_open_streams").await, [" 0"]);
    let open = || Request::get("/api/v1/stream").body(Body::empty()).unwrap();
    let one = site.router.clone().oneshot(open()).await.unwrap();
    let other = site.router.clone().oneshot(open()).await.unwrap();
    assert_eq!(site.counted("mendmap_open_streams").await, [" 2"]);
    drop(one);
    assert_eq!(site.counted("mendmap_open_streams").await, [" 1"]);
    drop(other);
    assert_eq!(site.counted("mendmap_open_streams").await, [" 0"]);
}

#[tokio::test]
async fn where_the_store_fails_it_is_counted_and_the_rest_is_still_told() {
    let site = site().await;
    site.get("/api/v1/nowhere").await;
    assert_eq!(site.counted("mendmap_store_errors_total").await, [" 0"]);
    site.app.store().close().await;
    site.get("/api/v1/events").await;
    site.get("/readyz").await;
    let failed = site.counted("mendmap_store_errors_total").await;
    // The one of /metrics itself is among them.
    assert_eq!(failed, [" 3"]);
    assert!(
        site.counted("mendmap_head_place").await.is_empty(),
        "it is not known"
    );
}

#[tokio::test]
async fn whoever_watches_needs_no_account_and_learns_of_nobody() {
    let site = site().await;
    let crew = Deed::Add {
        name: "王".into(),
        role: Role::Crew,
        crews: Vec::new(),
        password: "一二三四五六七八".into(),
    };
    act(&site.app, "crew-1", crew).await.unwrap();
    assert_eq!(site.get("/api/v1/me").await.status, 401);
    for path in ["/metrics", "/readyz", "/healthz"] {
        let answered = site.get(path).await;
        assert_eq!(answered.status, 200, "{path}");
        let text = String::from_utf8(answered.body).unwrap();
        for person in ["crew-1", "王", "operator"] {
            assert!(!text.contains(person), "{path}: {text}");
        }
    }
    let elsewhere = Request::get("/metrics").header("host", "elsewhere.example");
    let answered = site.send(elsewhere.body(Body::empty()).unwrap()).await;
    assert_eq!(answered.problem(), "elsewhere");
}
