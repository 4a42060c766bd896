//! Behind a proxy with TLS.

use crate::kit::{events, ndjson};
use crate::{Answered, Site, site};
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use mendmap_core::account::Role;
use mendmap_server::router;
use mendmap_server::user::{Deed, act};

const CITY: &str = "https://city.example";
const PASSWORD: &str = "一二三四五六七八";

async fn behind() -> Site {
    let Site { app, folder, .. } = site().await;
    let app = app.behind(CITY.parse().unwrap());
    let router = router(app.clone(), folder.path());
    Site {
        app,
        router,
        folder,
    }
}

impl Site {
    async fn by(&self, host: &str, method: Method, path: &str, body: impl Into<Body>) -> Answered {
        let request = Request::builder().method(method).uri(path);
        let request = request.header("host", host).header("origin", CITY);
        let request = request.header("content-type", "application/json");
        self.send(request.body(body.into()).unwrap()).await
    }
}

#[tokio::test]
async fn nobody_is_trusted_for_being_at_the_machine() {
    let site = behind().await;
    for host in ["city.example", "127.0.0.1:8080"] {
        let me = site.by(host, Method::GET, "/api/v1/me", "").await;
        assert_eq!(
            (me.status, &*me.problem()),
            (StatusCode::UNAUTHORIZED, "no-session")
        );
    }
    let posted = site
        .by(
            "city.example",
            Method::POST,
            "/api/v1/events",
            ndjson(&events(1, 1)),
        )
        .await;
    assert_eq!(posted.problem(), "no-session");
}

#[tokio::test]
async fn a_login_through_the_proxy_lasts_over_https_alone() {
    let site = behind().await;
    let deed = Deed::Add {
        name: "王".into(),
        role: Role::Crew,
        crews: Vec::new(),
        password: PASSWORD.into(),
    };
    act(&site.app, "crew-1", deed).await.unwrap();
    let said = format!(r#"{{"account":"crew-1","password":"{PASSWORD}"}}"#);
    let answered = site
        .by(
            "city.example",
            Method::POST,
            "/api/v1/session",
            said.clone(),
        )
        .await;
    assert_eq!(answered.status, StatusCode::OK);
    let set = answered.header("set-cookie").to_ascii_lowercase();
    assert!(set.contains("; secure"), "{set}");
    assert_eq!(
        answered.header("strict-transport-security"),
        "max-age=63072000"
    );
    // A proxy that does not pass on what it was called: a browser's login fails, and says why.
    let unnamed = site
        .by("127.0.0.1:8080", Method::POST, "/api/v1/session", said)
        .await;
    assert_eq!(unnamed.problem(), "elsewhere");
}

#[tokio::test]
async fn what_is_counted_is_for_who_runs_it() {
    let site = behind().await;
    let to_others = site.by("city.example", Method::GET, "/metrics", "").await;
    assert_eq!(to_others.status, StatusCode::NOT_FOUND);
    let here = site.by("127.0.0.1:8080", Method::GET, "/metrics", "").await;
    assert_eq!(here.status, StatusCode::OK);
    let page = site
        .by("city.example", Method::GET, "/index.html", "")
        .await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.header("strict-transport-security"), "max-age=63072000");
}

#[tokio::test]
async fn without_one_nothing_is_said_of_https() {
    let site = site().await;
    let page = site.get("/index.html").await;
    assert_eq!(page.header("strict-transport-security"), "");
}
