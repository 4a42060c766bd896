//! `/healthz` and `/readyz`: for whatever starts and watches the server.

use super::openapi::Problems;
use crate::app::App;
use crate::problem::Problem;
use axum::Json;
use axum::extract::State;
use axum::http::header::CACHE_CONTROL;
use axum::response::IntoResponse;
use serde::Serialize;
use utoipa::ToSchema;

/// The process runs.
#[utoipa::path(
    get,
    path = "/healthz",
    tag = "server",
    security(()),
    responses(
        (status = 200, description = "`ok`", body = String, content_type = "text/plain"),
        Problems,
    ),
)]
pub(super) async fn alive() -> impl IntoResponse {
    ([(CACHE_CONTROL, "no-store")], "ok\n")
}

/// The server is ready.
#[derive(Serialize, ToSchema)]
struct Ready<'a> {
    /// The city's id.
    city: &'a str,
    /// How far the order has come.
    place: u64,
}

/// The store answers.
#[utoipa::path(
    get,
    path = "/readyz",
    tag = "server",
    security(()),
    responses((status = 200, description = "It is.", body = inline(Ready)), Problems),
)]
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
