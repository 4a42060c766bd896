//! `/api/v1/events`: hand events over, and read them in their order.

use super::openapi::Problems;
use crate::api;
use crate::app::{App, BATCH_EVENTS, BODY_BYTES};
use crate::auth::Who;
use crate::problem::Problem;
use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, QueryRejection};
use axum::extract::{Extension, Query, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use mendmap_core::log::Event;
use mendmap_core::sync::{Answer, Carried, Head, Item, array, lines};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use utoipa::{IntoParams, ToSchema};

/// Events of one page where the caller names no number, and the most there may be.
const PAGE: u32 = 500;
const LONGEST_PAGE: u32 = 5000;

/// What was said of a batch.
#[derive(Serialize, ToSchema)]
#[schema(as = BatchReceipts)]
struct Receipts {
    /// One for each event, in their order.
    #[schema(value_type = Vec<api::Receipt>)]
    receipts: Vec<Answer>,
    #[schema(value_type = api::Head)]
    head: Head,
}

/// Hands a batch over.
///
/// As lines (`application/x-ndjson`) or an array (`application/json`), at most 1000 events.
/// All of it is stored before this is answered, or none; the same may be sent again.
#[utoipa::path(
    post,
    path = "/api/v1/events",
    operation_id = "append_events",
    tag = "events",
    request_body(content(
        (String = "application/x-ndjson"),
        (Vec<serde_json::Value> = "application/json"),
    )),
    responses(
        (status = 200, description = "What was said of each.", body = inline(Receipts)),
        Problems,
    ),
)]
pub(super) async fn append(
    State(app): State<App>,
    Extension(who): Extension<Who>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Problem> {
    let media = headers.get(CONTENT_TYPE).and_then(|v| v.to_str().ok());
    let media = media.and_then(|v| v.split(';').next()).unwrap_or("").trim();
    // Neither can be sent by a form of another site.
    let as_lines = match media.to_ascii_lowercase().as_str() {
        "application/x-ndjson" => true,
        "application/json" => false,
        _ => return Err(Problem::MediaType),
    };
    let body = body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::Bytes { most: BODY_BYTES },
        _ => Problem::Batch(rejection.body_text()),
    })?;
    let raw: Vec<Cow<[u8]>> = match as_lines {
        true => lines(&body).take(BATCH_EVENTS + 1).collect(),
        false => array(&body).map_err(|e| Problem::Batch(e.to_string()))?,
    };
    if raw.len() > BATCH_EVENTS {
        return Err(Problem::Events { most: BATCH_EVENTS });
    }
    let batch = raw.into_iter().map(|raw| Event::read(raw.into_owned()));
    let account = match who {
        Who::Keeper => None,
        Who::Account(account) => Some(account.id),
    };
    let appended = app.append_by(batch.collect(), account).await?;
    let (receipts, head) = (appended.answers, appended.head);
    Ok(Json(Receipts { receipts, head }).into_response())
}

/// Where to begin, and how much.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Range {
    /// Events that have a place after this one.
    #[serde(default)]
    after: u64,
    /// At most so many: 500 where none is named, and never more than 5000.
    #[serde(default)]
    limit: Option<u32>,
}

/// A part of the order.
#[derive(Serialize, ToSchema)]
#[schema(as = EventPage)]
struct Page<'a> {
    #[schema(value_type = Vec<api::Item>)]
    events: Vec<Item<'a>>,
    /// Ask for what comes after this one next.
    next: u64,
    #[schema(value_type = api::Head)]
    head: Head,
}

/// The events after a place, in their order.
#[utoipa::path(
    get,
    path = "/api/v1/events",
    operation_id = "read_events",
    tag = "events",
    params(Range),
    responses((status = 200, description = "A part of the order.", body = inline(Page)), Problems),
)]
pub(super) async fn page(
    State(app): State<App>,
    range: Result<Query<Range>, QueryRejection>,
) -> Result<Response, Problem> {
    let Query(Range { after, limit }) = range.map_err(|e| Problem::Query(e.body_text()))?;
    let head = known(&app, after).await?;
    let limit = limit.unwrap_or(PAGE).clamp(1, LONGEST_PAGE);
    let placed = app.store().after(after, limit).await?;
    let page = Page {
        events: placed.iter().map(item).collect(),
        next: placed.last().map_or(after, |last| last.place),
        head,
    };
    Ok(Json(page).into_response())
}

/// The head, unless the caller names a place beyond it.
pub(super) async fn known(app: &App, place: u64) -> Result<Head, Problem> {
    let head = app.store().head().await?;
    match place > head.place {
        true => Err(Problem::Place { head: head.place }),
        false => Ok(head),
    }
}

/// An event as it is handed on.
pub(super) fn item(placed: &crate::store::Placed) -> Item<'_> {
    Item {
        place: placed.place,
        chain: placed.chain,
        event: Carried(Cow::Borrowed(&placed.raw)),
    }
}
