//! `/api/v1/snapshot` and `/api/v1/segments`: what a new device begins with, and the whole
//! history for it to keep, in large pieces.

use super::events::known;
use super::openapi::Problems;
use crate::app::App;
use crate::media::Coding;
use crate::problem::Problem;
use crate::snapshots::QUICKLY;
use axum::body::Bytes;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use mendmap_core::log::{Event, write_segment};
use mendmap_core::sync::Part;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

/// The most events of a segment.
const SEGMENT: u32 = 10_000;

const LINES: &str = "application/x-ndjson";

/// Which part of a snapshot.
#[derive(Default, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum Wanted {
    /// All of it.
    #[default]
    Whole,
    /// What a device needs to work.
    Work,
    /// What closed tasks add to a ledger.
    Cells,
}

/// What is wanted of a snapshot.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Parts {
    /// All of it, or only what a device needs to work, or only what closed tasks add to a ledger.
    #[serde(default)]
    #[param(inline)]
    part: Wanted,
}

/// What a new device begins with.
///
/// A header line, then a line for each event of the tasks that are not closed or were closed
/// lately, one with the assets that the other closed tasks were done to, one for each different
/// thing that was done at those, and one for each of them with what it adds to a ledger. It may
/// be of some moments ago: read on from its place, and check that the chain goes on from its hash.
#[utoipa::path(
    get,
    path = "/api/v1/snapshot",
    operation_id = "read_snapshot",
    tag = "events",
    params(Parts),
    responses(
        (status = 200, description = "The snapshot.", body = String, content_type = LINES),
        (status = 204, description = "The history is short: read it from its beginning."),
        Problems,
    ),
)]
pub(super) async fn snapshot(
    State(app): State<App>,
    parts: Result<Query<Parts>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let Query(Parts { part }) = parts.map_err(|e| Problem::Query(e.body_text()))?;
    let part = match part {
        Wanted::Whole => Part::Whole,
        Wanted::Work => Part::Work,
        Wanted::Cells => Part::Cells,
    };
    let Some(kept) = app.snapshots().now(&app).await? else {
        return Ok(StatusCode::NO_CONTENT.into_response());
    };
    let coding = Coding::of(&headers);
    let bytes = kept.form(&app, part, coding).await?;
    Ok(compressed(coding, bytes))
}

/// Lines, compressed.
fn compressed(coding: Coding, bytes: Bytes) -> Response {
    let mut response = ([(CONTENT_TYPE, LINES), (VARY, "accept-encoding")], bytes).into_response();
    if let Some(name) = coding.name() {
        let headers = response.headers_mut();
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(name));
    }
    response
}

/// Which part of the order.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Stretch {
    /// Events that have a place after this one.
    #[serde(default)]
    after: u64,
    /// Up to this place, and with it.
    to: u64,
}

/// A part of the order, to be kept as it is.
///
/// The next 10 000 events or 4 MiB of them at most, as a header line that says how many there are,
/// and a line each, with their bytes as received and without their places.
#[utoipa::path(
    get,
    path = "/api/v1/segments",
    operation_id = "read_segment",
    tag = "events",
    params(Stretch),
    responses(
        (status = 200, description = "The segment.", body = String, content_type = LINES),
        Problems,
    ),
)]
pub(super) async fn segment(
    State(app): State<App>,
    part: Result<Query<Stretch>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let Query(Stretch { after, to }) = part.map_err(|e| Problem::Query(e.body_text()))?;
    if after >= to {
        return Err(Problem::Query("after is a place before to".into()));
    }
    known(&app, to).await?;
    let most = u32::try_from(to - after).unwrap_or(SEGMENT).min(SEGMENT);
    let placed = app.store().after(after, most).await?;
    let city = app.store().city().to_owned();
    let coding = Coding::of(&headers);
    let making = move || {
        let events: Vec<Event> = placed.into_iter().map(|p| Event::read(p.raw)).collect();
        coding.applied(&write_segment(&city, &events).into(), QUICKLY)
    };
    let bytes = app.snapshots().made_in_turn(making).await?;
    Ok(compressed(coding, bytes))
}
