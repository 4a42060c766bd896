//! `/api/v1/stream`: events as they get their places.

use super::events::{item, known};
use super::openapi::Problems;
use crate::app::App;
use crate::follow::{follow, how_far};
use crate::problem::Problem;
use crate::store::StoreError;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures::{Stream, StreamExt};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use utoipa::{IntoParams, ToSchema};

/// How often a silent stream says that it is still there: less than the minute after
/// which a proxy tends to give up.
const PULSE: Duration = Duration::from_secs(15);

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct From {
    /// Events that have a place after this one.
    #[serde(default)]
    after: u64,
    /// The events, or only the places that the order has come to, for who fetches the events.
    #[serde(default)]
    #[param(inline)]
    part: Wanted,
}

/// What is wanted of the order.
#[derive(Default, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum Wanted {
    /// Each event.
    #[default]
    Events,
    /// How far it has come.
    Places,
}

/// Events as they get their places.
///
/// Server-sent events with an item as their data, each with its place as its id, so that a
/// browser that lost the line goes on where it was (`Last-Event-ID`). A failure ends the
/// stream; it is taken up again in the same way. With `part=places` the data is the place
/// too, and of events that come together only the last one's is sent.
#[utoipa::path(
    get,
    path = "/api/v1/stream",
    tag = "events",
    params(
        From,
        (
            "Last-Event-ID" = Option<u64>,
            Header,
            description = "The last place that came; goes before `after`.",
        ),
    ),
    responses(
        (
            status = 200,
            description = "One item after the other; or one place after the other.",
            body = inline(crate::api::Item),
            content_type = "text/event-stream",
        ),
        Problems,
    ),
)]
pub(super) async fn stream(
    State(app): State<App>,
    from: Result<Query<From>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, axum::Error>>>, Problem> {
    let Query(From { after, part }) = from.map_err(|e| Problem::Query(e.body_text()))?;
    let last = headers.get("last-event-id").map(|id| {
        let id = id.to_str().ok().and_then(|id| id.parse::<u64>().ok());
        id.ok_or_else(|| Problem::Query("Last-Event-ID is a place".into()))
    });
    let after = last.transpose()?.unwrap_or(after);
    known(&app, after).await?;
    let events = match part {
        Wanted::Events => follow(app, after)
            .map(|come| {
                come.map_err(ends)
                    .and_then(|placed| said(placed.place, item(&placed)))
            })
            .left_stream(),
        Wanted::Places => how_far(app, after)
            .map(|come| come.map_err(ends).and_then(|place| said(place, place)))
            .right_stream(),
    };
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(PULSE)))
}

fn said(place: u64, data: impl Serialize) -> Result<Event, axum::Error> {
    Event::default().id(place.to_string()).json_data(data)
}

/// The cause is logged here and goes no further.
fn ends(error: StoreError) -> axum::Error {
    tracing::error!(%error, "a stream ends: the store failed");
    axum::Error::new("the store failed")
}
