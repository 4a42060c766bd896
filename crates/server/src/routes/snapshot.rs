//! `/api/v1/snapshot` and `/api/v1/segments`: what a new device begins with, and the whole
//! history for it to keep, in large pieces.

use super::events::known;
use super::openapi::Problems;
use crate::app::App;
use crate::media::Coding;
use crate::problem::Problem;
use axum::body::Bytes;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use mendmap_core::log::{Event, write_segment};
use serde::Deserialize;
use std::io;
use utoipa::IntoParams;

/// The most events of a segment.
const SEGMENT: u32 = 5000;

/// A quality of brotli that takes longer than a network only where the network is a good one.
const QUICKLY: u32 = 2;

const LINES: &str = "application/x-ndjson";

/// What a new device begins with.
///
/// A header line, then a line for each event of the tasks that are not closed or were closed
/// lately, then one for each other closed task with what it adds to a ledger. It may be of some
/// moments ago: read on from its place, and check that the chain goes on from its hash.
#[utoipa::path(
    get,
    path = "/api/v1/snapshot",
    operation_id = "read_snapshot",
    tag = "events",
    responses(
        (status = 200, description = "The snapshot.", body = String, content_type = LINES),
        (status = 204, description = "The history is short: read it from its beginning."),
        Problems,
    ),
)]
pub(super) async fn snapshot(
    State(app): State<App>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    match app.snapshots().now(&app).await? {
        Some(kept) => compressed(&app, &headers, move || Ok(kept.bytes)).await,
        None => Ok(StatusCode::NO_CONTENT.into_response()),
    }
}

/// Lines that take a while to be made, and to be compressed as the caller likes best.
async fn compressed(
    app: &App,
    headers: &HeaderMap,
    lines: impl FnOnce() -> io::Result<Bytes> + Send + 'static,
) -> Result<Response, Problem> {
    let coding = Coding::of(headers);
    let broken = |error: &dyn std::error::Error| {
        tracing::error!(%error, "lines could not be compressed");
        Problem::Internal
    };
    let turn = app.snapshots().turn().await?;
    let making = move || {
        // Until it is done, also where the caller has hung up.
        let _turn = turn;
        coding.applied(&lines()?, QUICKLY)
    };
    let bytes = tokio::task::spawn_blocking(making).await;
    let bytes = bytes.map_err(|e| broken(&e))?.map_err(|e| broken(&e))?;
    let mut response = ([(CONTENT_TYPE, LINES), (VARY, "accept-encoding")], bytes).into_response();
    if let Some(name) = coding.name() {
        let headers = response.headers_mut();
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(name));
    }
    Ok(response)
}

/// Which part of the order.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Part {
    /// Events that have a place after this one.
    #[serde(default)]
    after: u64,
    /// Up to this place, and with it.
    to: u64,
}

/// A part of the order, to be kept as it is.
///
/// The next 5000 events or 4 MiB of them at most, as a header line that says how many there are,
/// and a line each, with their bytes as received and without their places.
#[utoipa::path(
    get,
    path = "/api/v1/segments",
    operation_id = "read_segment",
    tag = "events",
    params(Part),
    responses(
        (status = 200, description = "The segment.", body = String, content_type = LINES),
        Problems,
    ),
)]
pub(super) async fn segment(
    State(app): State<App>,
    part: Result<Query<Part>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let Query(Part { after, to }) = part.map_err(|e| Problem::Query(e.body_text()))?;
    if after >= to {
        return Err(Problem::Query("after is a place before to".into()));
    }
    known(&app, to).await?;
    let most = u32::try_from(to - after).unwrap_or(SEGMENT).min(SEGMENT);
    let placed = app.store().after(after, most).await?;
    let city = app.store().city().to_owned();
    let writing = move || {
        let events: Vec<Event> = placed.into_iter().map(|p| Event::read(p.raw)).collect();
        Ok(write_segment(&city, &events).into())
    };
    compressed(&app, &headers, writing).await
}
