//! What not everybody may: private parts, and erasing.

use super::{Name, captures};
use crate::app::App;
use crate::auth::{Who, now};
use crate::photos::{PRIVATE_BYTES, PrivatePart, Refusal};
use crate::problem::Problem;
use crate::routes::openapi::Problems;
use axum::body::{Body, to_bytes};
use axum::extract::{Extension, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use mendmap_core::account::Role;
use serde::de::IgnoredAny;

/// Brings the private part of a photo: claimed place and time.
///
/// A JSON of the device's making, of at most 4 KiB, whose bytes are kept: their salted hash is
/// in the event. None takes the place of another.
#[utoipa::path(
    put,
    path = "/api/v1/photos/{sha256}/private",
    operation_id = "put_private_part",
    tag = "photos",
    params(Name),
    request_body = serde_json::Value,
    responses(
        (status = 200, description = "It was there before."),
        (status = 201, description = "It is there now."),
        Problems,
    ),
)]
pub(in crate::routes) async fn put_private(
    State(app): State<App>,
    Extension(who): Extension<Who>,
    Name(name): Name,
    body: Body,
) -> Result<StatusCode, Problem> {
    captures(&who)?;
    let bytes = to_bytes(body, PRIVATE_BYTES).await;
    let bytes = bytes.map_err(|_| Refusal::PrivateBytes)?;
    serde_json::from_slice::<IgnoredAny>(&bytes).map_err(|e| Problem::Form(e.to_string()))?;
    let by = who.account().cloned();
    let part = PrivatePart { by, bytes };
    match app.photos().put_private(&name, part).await? {
        true => Ok(StatusCode::OK),
        false => Ok(StatusCode::CREATED),
    }
}

/// The private part of a photo, byte for byte.
///
/// For supervisors and administrators, and for whoever put it.
#[utoipa::path(
    get,
    path = "/api/v1/photos/{sha256}/private",
    operation_id = "read_private_part",
    tag = "photos",
    params(Name),
    responses(
        (status = 200, description = "As it was put.", body = serde_json::Value),
        Problems,
    ),
)]
pub(in crate::routes) async fn private(
    State(app): State<App>,
    Extension(who): Extension<Who>,
    Name(name): Name,
) -> Result<Response, Problem> {
    who.at_least(Role::Crew)?;
    let part = app.photos().private(&name).await?;
    let is_own = part.by.is_some() && part.by.as_ref() == who.account();
    if !is_own {
        who.at_least(Role::Supervisor)?;
    }
    // Not kept by anybody on the way: the caller next at this machine may not read it.
    Ok(([(CONTENT_TYPE, "application/json")], part.bytes).into_response())
}

/// Erases a photo and all of it, for ever.
///
/// For administrators. It is not taken in again; the event keeps its hash.
#[utoipa::path(
    delete,
    path = "/api/v1/photos/{sha256}",
    operation_id = "erase_photo",
    tag = "photos",
    params(Name),
    responses((status = 204, description = "It is erased."), Problems),
)]
pub(in crate::routes) async fn erase(
    State(app): State<App>,
    Extension(who): Extension<Who>,
    Name(name): Name,
) -> Result<StatusCode, Problem> {
    who.at_least(Role::Administrator)?;
    app.photos().erase(&name, who.account(), now()).await?;
    tracing::info!(photo = %name, by = ?who.account(), "a photo was erased");
    Ok(StatusCode::NO_CONTENT)
}

/// Erases the private part of a photo alone, for ever.
///
/// For administrators. It is not taken in again; the event keeps its salted hash.
#[utoipa::path(
    delete,
    path = "/api/v1/photos/{sha256}/private",
    operation_id = "erase_private_part",
    tag = "photos",
    params(Name),
    responses((status = 204, description = "It is erased."), Problems),
)]
pub(in crate::routes) async fn erase_private(
    State(app): State<App>,
    Extension(who): Extension<Who>,
    Name(name): Name,
) -> Result<StatusCode, Problem> {
    who.at_least(Role::Administrator)?;
    let by = who.account();
    app.photos().erase_private(&name, by, now()).await?;
    tracing::info!(photo = %name, ?by, "a photo's private part was erased");
    Ok(StatusCode::NO_CONTENT)
}
