//! What cannot be had, and how it is said.

use crate::site;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};

#[tokio::test]
async fn problems_speak_the_callers_language_and_do_not_say_causes() {
    let site = site().await;
    let title = async |language: &str| {
        let request = Request::get("/api/v1/nowhere").header("accept-language", language);
        let answered = site.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(
            (answered.status, answered.problem()),
            (StatusCode::NOT_FOUND, "not-found".into())
        );
        assert!(answered.header("vary").contains("accept-language"));
        let title = answered.json()["title"].as_str().unwrap().to_owned();
        (answered.header("content-language").to_owned(), title)
    };
    assert_eq!(
        title("en").await,
        ("en".into(), "There is nothing at this address".into())
    );
    assert_eq!(
        title("zh-CN, en;q=0.5").await,
        ("zh-CN".into(), "这个地址没有内容".into())
    );

    site.app.store().close().await;
    for path in ["/api/v1/events", "/api/v1/stream"] {
        let answered = site.get(path).await;
        assert_eq!(
            (answered.status.as_u16(), answered.problem()),
            (500, "internal".into())
        );
        let text = String::from_utf8(answered.body).unwrap();
        assert!(!text.contains("pool"), "{text}");
    }
    let ready = site.get("/readyz").await;
    assert_eq!(
        (ready.status.as_u16(), ready.problem()),
        (503, "busy".into())
    );
    assert_eq!(
        site.get("/healthz").await.status,
        StatusCode::OK,
        "it runs, and says so"
    );
}

#[tokio::test]
async fn what_cannot_be_asked_is_answered_with_its_code() {
    let site = site().await;
    for (path, status, code) in [
        ("/api/v1/events?after=x", 400, "query"),
        ("/api/v1/events?limit=-1", 400, "query"),
        ("/api/v1/stream?after=x", 400, "query"),
        ("/api/v1/stream?after=1", 409, "unknown-place"),
        ("/api/v1", 404, "not-found"),
        ("/api/v2/events", 404, "not-found"),
        ("/missing.js", 404, "not-found"),
    ] {
        let answered = site.get(path).await;
        assert_eq!(
            (answered.status.as_u16(), answered.problem().as_str()),
            (status, code),
            "{path}"
        );
    }
    for path in ["/api/v1/events", "/healthz", "/index.html", "/"] {
        let request = Request::delete(path).body(Body::empty()).unwrap();
        let answered = site.send(request).await;
        assert_eq!(
            (answered.status.as_u16(), answered.problem().as_str()),
            (405, "method"),
            "{path}"
        );
        assert!(
            answered.header("allow").contains("GET"),
            "{path}: {:?}",
            answered.headers
        );
    }
    for media in ["text/plain", "application/x-www-form-urlencoded", ""] {
        let answered = site.post(media, "{}").await;
        assert_eq!(
            (answered.status.as_u16(), answered.problem().as_str()),
            (415, "media-type")
        );
    }
    let request = Request::builder()
        .method(Method::POST)
        .uri("/api/v1/events");
    let request = request
        .header("host", "127.0.0.1:8080")
        .header("origin", "https://elsewhere.example");
    let answered = site.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(
        (answered.status.as_u16(), answered.problem().as_str()),
        (421, "elsewhere")
    );
    let request = Request::get("/api/v1/events").header("host", "elsewhere.example");
    let answered = site.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(answered.problem(), "elsewhere");
}
