//! What not everybody may: private parts, and erasing.

use super::{Name, at_least};
use crate::app::App;
use crate::auth::{Who, now};
use crate::photos::{PRIVATE_BYTES, PrivatePart, Refusal};
use crate::problem::Problem;
use axum::body::{Body, to_bytes};
use axum::extract::{Extension, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use mendmap_core::account::Role;
use serde::de::IgnoredAny;

/// `PUT …/private`: the private part, a JSON of the device's making; its bytes are kept.
pub(in crate::routes) async fn put_private(
    State(app): State<App>,
    Extension(who): Extension<Who>,
    Name(name): Name,
    body: Body,
) -> Result<StatusCode, Problem> {
    at_least(&who, Role::Crew)?;
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

/// `GET …/private`: for supervisors and administrators, and for whoever put it.
pub(in crate::routes) async fn private(
    State(app): State<App>,
    Extension(who): Extension<Who>,
    Name(name): Name,
) -> Result<Response, Problem> {
    at_least(&who, Role::Crew)?;
    let part = app.photos().private(&name).await?;
    let is_own = part.by.is_some() && part.by.as_ref() == who.account();
    if !is_own {
        at_least(&who, Role::Supervisor)?;
    }
    // Not kept by anybody on the way: the caller next at this machine may not read it.
    Ok(([(CONTENT_TYPE, "application/json")], part.bytes).into_response())
}

/// `DELETE`: erases a photo and all of it, for ever.
pub(in crate::routes) async fn erase(
    State(app): State<App>,
    Extension(who): Extension<Who>,
    Name(name): Name,
) -> Result<StatusCode, Problem> {
    at_least(&who, Role::Administrator)?;
    app.photos().erase(&name, who.account(), now()).await?;
    tracing::info!(photo = %name, by = ?who.account(), "a photo was erased");
    Ok(StatusCode::NO_CONTENT)
}

/// `DELETE …/private`: erases the private part alone, for ever.
pub(in crate::routes) async fn erase_private(
    State(app): State<App>,
    Extension(who): Extension<Who>,
    Name(name): Name,
) -> Result<StatusCode, Problem> {
    at_least(&who, Role::Administrator)?;
    let by = who.account();
    app.photos().erase_private(&name, by, now()).await?;
    tracing::info!(photo = %name, ?by, "a photo's private part was erased");
    Ok(StatusCode::NO_CONTENT)
}
