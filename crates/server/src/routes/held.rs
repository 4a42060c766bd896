//! `/api/v1/held`: what is kept and does not count, for supervisors to look at.

use super::openapi::Problems;
use crate::api;
use crate::app::App;
use crate::auth::Who;
use crate::problem::Problem;
use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Extension, Path, State};
use axum::response::{IntoResponse, Response};
use mendmap_core::account::Role;
use mendmap_core::log::Event;
use mendmap_core::sync::{Carried, Digest, Receipt};
use serde::Serialize;
use std::borrow::Cow;
use utoipa::ToSchema;

/// The most that are told of at once; those behind them come when these are gone.
const MOST: u32 = 500;

/// An event that is held.
#[derive(Serialize, ToSchema)]
#[schema(as = HeldEvent)]
struct Held<'a> {
    /// What was said of it, and why.
    #[schema(value_type = api::Receipt)]
    receipt: Receipt,
    /// Its bytes as received: a JSON object where they can stand so, else a string of them.
    #[schema(value_type = serde_json::Value)]
    event: Carried<'a>,
}

/// What is held.
#[derive(Serialize, ToSchema)]
struct HeldEvents<'a> {
    /// By arrival.
    held: Vec<Held<'a>>,
}

/// The first 500 events that are held for want of a right.
///
/// For supervisors. Such an event counts as soon as somebody who has the right wants it to: its
/// author, by handing it over again, or a supervisor. What came second under an id is not among
/// them: it can be read by `/api/v1/receipts` and on the device that wrote it.
#[utoipa::path(
    get,
    path = "/api/v1/held",
    operation_id = "list_held",
    tag = "events",
    responses((status = 200, description = "What is held.", body = inline(HeldEvents)), Problems),
)]
pub(super) async fn held(
    State(app): State<App>,
    Extension(who): Extension<Who>,
) -> Result<Response, Problem> {
    who.at_least(Role::Supervisor)?;
    let found = app.store().held(None, MOST).await?;
    let held = found.iter().map(|held| Held {
        receipt: held.receipt.clone(),
        event: Carried(Cow::Borrowed(&held.raw)),
    });
    let held = held.collect();
    Ok(Json(HeldEvents { held }).into_response())
}

/// Has an event count that is held, as if it had been handed over by who asks.
///
/// What lacks more than a right is held as before. 404 where these bytes are not held.
#[utoipa::path(
    post,
    path = "/api/v1/held/{content}",
    operation_id = "release_held",
    tag = "events",
    params(("content" = String, Path, description = "SHA-256 of its bytes, 64 hex digits.")),
    responses(
        (status = 200, description = "What is said of it now.", body = inline(api::Receipt)),
        Problems,
    ),
)]
pub(super) async fn release(
    State(app): State<App>,
    Extension(who): Extension<Who>,
    content: Result<Path<Digest>, PathRejection>,
) -> Result<Response, Problem> {
    who.at_least(Role::Supervisor)?;
    let Path(content) = content.map_err(|_| Problem::NotFound)?;
    let held = app.store().held(Some(&content), 1).await?;
    let held = held.into_iter().next().ok_or(Problem::NotFound)?;
    let again = vec![Event::read(held.raw)];
    let appended = app.append_by(again, who.account().cloned()).await?;
    let answer = appended.answers.into_iter().next();
    Ok(Json(answer.ok_or(Problem::Internal)?).into_response())
}
