//! `/healthz` and `/readyz`: for whatever starts and watches the server.

use crate::app::App;
use crate::problem::Problem;
use axum::Json;
use axum::extract::State;
use axum::http::header::CACHE_CONTROL;
use axum::response::IntoResponse;
use serde::Serialize;

/// The process runs.
pub(super) async fn alive() -> impl IntoResponse {
    ([(CACHE_CONTROL, "no-store")], "ok\n")
}

#[derive(Serialize)]
struct Ready<'a> {
    city: &'a str,
    place: u64,
}

/// The store answers.
pub(super) async fn ready(State(app): State<App>) -> Result<impl IntoResponse, Problem> {
    let head = app.store().head().await.map_err(|error| {
        // Not ready is what this question is about, whatever the cause.
        let _ = Problem::from(error);
        Problem::Busy
    })?;
    let ready = Ready {
        city: app.store().city(),
        place: head.place,
    };
    Ok(([(CACHE_CONTROL, "no-store")], Json(ready)).into_response())
}
