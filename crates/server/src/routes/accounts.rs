//! `/api/v1/accounts/{id}/password`: an account's password, given by an administrator. All else of an
//! account is events, which come by `/api/v1/events`.

use super::openapi::Problems;
use crate::app::App;
use crate::auth::Who;
use crate::demo::is_demo;
use crate::problem::Problem;
use crate::user::{self, Deed, UserError};
use axum::extract::rejection::JsonRejection;
use axum::extract::{Extension, Json, Path, State};
use axum::http::StatusCode;
use mendmap_core::account::Role;
use serde::Deserialize;
use utoipa::ToSchema;

/// A password for somebody.
#[derive(Deserialize, ToSchema)]
pub(super) struct Given {
    password: String,
}

/// Gives an account its first password, or another one.
///
/// It ends every session of the account, and none of its phones is told what is news any more. One's own
/// password is changed under `/api/v1/me/password`, where the old one is asked for.
#[utoipa::path(
    put,
    path = "/api/v1/accounts/{id}/password",
    tag = "session",
    params(("id" = String, Path, description = "The account.")),
    request_body = inline(Given),
    responses((status = 204, description = "It is set."), Problems),
)]
pub(super) async fn set_password(
    State(app): State<App>,
    Extension(who): Extension<Who>,
    Path(id): Path<String>,
    said: Result<Json<Given>, JsonRejection>,
) -> Result<StatusCode, Problem> {
    who.at_least(Role::Administrator)?;
    // Everybody knows a demonstration's password; and who left a device open has not given it away.
    let is_own = who.account().is_none_or(|own| *own.0 == *id);
    if is_own || is_demo(&id) {
        return Err(Problem::NotAllowed);
    }
    let Json(Given { password }) = said.map_err(|e| Problem::Form(e.body_text()))?;
    match user::act(&app, &id, Deed::Password(password)).await {
        Ok(_) => Ok(StatusCode::NO_CONTENT),
        Err(UserError::Id(_) | UserError::Unknown(_)) => Err(Problem::NotFound),
        Err(UserError::Weak) => Err(Problem::WeakPassword),
        Err(UserError::Store(error)) => Err(error.into()),
        Err(error) => {
            tracing::error!(%error, "no password could be set");
            Err(Problem::Internal)
        }
    }
}
