//! `/api/v1/snapshot` and `/api/v1/segments`: what a new device begins with, and the whole
//! history for it to keep, in large pieces.

use super::events::known;
use super::openapi::Problems;
use crate::app::App;
use crate::problem::Problem;
use crate::snapshots;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use mendmap_core::log::{Event, write_segment};
use serde::Deserialize;
use utoipa::IntoParams;

/// The most events of a segment.
const SEGMENT: u32 = 5000;

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
pub(super) async fn snapshot(State(app): State<App>) -> Result<Response, Problem> {
    if app.store().head().await?.place < snapshots::FEWEST {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let kept = match app.snapshots().kept(&**app.store()).await? {
        Some(kept) => kept,
        None => made(&app).await?,
    };
    Ok(([(CONTENT_TYPE, LINES)], kept.bytes).into_response())
}

async fn made(app: &App) -> Result<snapshots::Kept, Problem> {
    let (head, tasks) = snapshots::of(&*app.tasks().await?);
    let city = app.store().city().to_owned();
    let writing = move || snapshots::write(&city, head, &tasks);
    let broken = |error: &dyn std::error::Error| {
        tracing::error!(%error, "no snapshot could be written");
        Problem::Internal
    };
    let kept = tokio::task::spawn_blocking(writing).await;
    let kept = kept.map_err(|e| broken(&e))?.map_err(|e| broken(&e))?;
    app.snapshots().keep(&kept).await;
    Ok(kept)
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
) -> Result<Response, Problem> {
    let Query(Part { after, to }) = part.map_err(|e| Problem::Query(e.body_text()))?;
    if after >= to {
        return Err(Problem::Query("after is a place before to".into()));
    }
    known(&app, to).await?;
    let most = u32::try_from(to - after).unwrap_or(SEGMENT).min(SEGMENT);
    let placed = app.store().after(after, most).await?;
    let events: Vec<Event> = placed.into_iter().map(|p| Event::read(p.raw)).collect();
    let segment = write_segment(app.store().city(), &events);
    Ok(([(CONTENT_TYPE, LINES)], segment).into_response())
}
