//! `/api/v1/receipts`: what was said of events, for whoever holds them. A device that handed
//! an event over has its receipt; one that got it from another device asks here.

use super::openapi::Problems;
use crate::api;
use crate::app::App;
use crate::problem::Problem;
use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use mendmap_core::ids::{DeviceId, EventId};
use mendmap_core::sync::Receipt;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The most numbers of a device that are answered at once.
const NUMBERS: u64 = 1000;

/// Either a device, with its numbers, or an event.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Asked {
    /// Whose numbers are asked about.
    #[param(value_type = Option<String>, format = Uuid)]
    device: Option<DeviceId>,
    /// The first number; 1 where none is named.
    from: Option<u64>,
    /// The last one. At most 1000 numbers are answered at once.
    to: Option<u64>,
    /// An event that is asked about, in the place of a device.
    #[param(value_type = Option<String>, format = Uuid)]
    event: Option<EventId>,
}

/// What was said of events.
#[derive(Serialize, ToSchema)]
pub(super) struct Receipts {
    /// By number, then by arrival; none for what never came.
    #[schema(value_type = Vec<api::Receipt>)]
    receipts: Vec<Receipt>,
    /// Ask from this number on next; absent where all numbers that were asked for are answered.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<u64>,
}

/// What was said of events.
///
/// Of a device's numbers, or of all contents that came under an id.
#[utoipa::path(
    get,
    path = "/api/v1/receipts",
    tag = "events",
    params(Asked),
    responses((status = 200, description = "The receipts.", body = inline(Receipts)), Problems),
)]
pub(super) async fn receipts(
    State(app): State<App>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Json<Receipts>, Problem> {
    let Query(asked) = asked.map_err(|e| Problem::Query(e.body_text()))?;
    let no = |detail: &str| Err(Problem::Query(detail.into()));
    let (device, event) = (asked.device, asked.event);
    let (receipts, next) = match (device, event, asked.from, asked.to) {
        (None, Some(event), None, None) => (app.store().receipts_of(event).await?, None),
        (Some(device), None, from, to) => {
            let from = from.unwrap_or(1);
            let last = from.saturating_add(NUMBERS - 1);
            let to = to.unwrap_or(last);
            if from > to {
                return no("from is a number up to to");
            }
            let receipts = app.store().receipts(device, from..=to.min(last)).await?;
            (receipts, (to > last).then(|| last + 1))
        }
        _ => return no("name a device, with or without from and to, or an event"),
    };
    Ok(Json(Receipts { receipts, next }))
}
