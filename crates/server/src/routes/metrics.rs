//! `/metrics`: what the server counts, for a program that watches it.

use super::openapi::Problems;
use crate::app::App;
use crate::problem::Problem;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;

/// What the server counts, in the text format of Prometheus.
///
/// It answers as well where the store does not: that is when somebody looks.
#[utoipa::path(
    get,
    path = "/metrics",
    tag = "server",
    security(()),
    responses(
        (
            status = 200,
            description = "Nothing of it is about people.",
            body = String,
            content_type = "text/plain; version=0.0.4",
        ),
        Problems,
    ),
)]
pub(super) async fn metrics(State(app): State<App>) -> Result<impl IntoResponse, Problem> {
    let head = match app.store().head().await {
        Ok(head) => Some(head),
        Err(error) => {
            app.metrics().store_failed();
            tracing::warn!(%error, "how far the order has come cannot be read");
            None
        }
    };
    let text = app.metrics().text(head.as_ref()).map_err(|error| {
        tracing::error!(%error, "what was counted cannot be written");
        Problem::Internal
    })?;
    let headers = [
        (CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8"),
        (CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, text))
}
