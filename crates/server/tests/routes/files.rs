//! The built app's files.

use crate::kit::CITY;
use crate::site;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use mendmap_server::store::SqliteStore;
use mendmap_server::{App, router};
use std::path::Path;
use std::sync::Arc;
use tower::ServiceExt;

#[tokio::test]
async fn the_app_is_served_with_its_types_and_nothing_beside_it() {
    let site = site().await;
    std::fs::write(site.folder.path().join("city/.made-of"), "hidden").unwrap();
    let types = [
        ("/", "text/html"),
        ("/index.html", "text/html"),
        ("/mendmap-8d0e673ac7b5b220_bg.wasm", "application/wasm"),
        ("/mendmap-8d0e673ac7b5b220.js", "text/javascript"),
        ("/offline.mjs", "application/javascript"),
        ("/styles.css", "text/css"),
        ("/manifest.webmanifest", "application/manifest+json"),
        ("/icons/icon.svg", "image/svg+xml"),
        ("/city/catalog.json", "application/json"),
        ("/city/roads.geojson", "application/geo+json"),
    ];
    for (path, media) in types {
        let answered = site.get(path).await;
        assert_eq!(answered.status, StatusCode::OK, "{path}");
        assert_eq!(
            answered.header("content-type").split(';').next(),
            Some(media),
            "{path}"
        );
        assert_eq!(answered.header("x-content-type-options"), "nosniff");
        assert_eq!(
            answered.header("content-security-policy"),
            "frame-ancestors 'none'"
        );
        let kept = answered.header("cache-control").contains("immutable");
        assert_eq!(kept, path.contains("8d0e673ac7b5b220"), "{path}");
    }
    // A place in the app is the app; a missing file is missing.
    let place = site.get("/tasks/7a5c").await;
    assert_eq!(
        (place.status, place.body),
        (StatusCode::OK, site.get("/").await.body)
    );
    for path in [
        "/.made-of",
        "/%2emade-of",
        "/%2Emade-of",
        "/../secret",
        "/..%2fsecret",
        "/%2e%2e/secret",
        "/city/%2e%2e%2f.made-of",
        "/city%2f.made-of",
    ] {
        let answered = site.get(path).await;
        assert_eq!(answered.status, StatusCode::NOT_FOUND, "{path}");
    }
    let api = site.get("/api/v1/events").await;
    assert_eq!(
        api.header("content-security-policy"),
        "default-src 'none'; frame-ancestors 'none'"
    );
    assert_eq!(api.header("cache-control"), "no-store");
    assert_eq!(api.header("x-content-type-options"), "nosniff");
}

#[tokio::test]
async fn a_folder_without_an_app_answers_as_one_without_files() {
    let app = App::new(Arc::new(SqliteStore::in_memory(CITY).await.unwrap()));
    let router = router(app, Path::new("nowhere"));
    let request = Request::get("/").body(Body::empty()).unwrap();
    assert_eq!(
        router.oneshot(request).await.unwrap().status(),
        StatusCode::NOT_FOUND
    );
}
