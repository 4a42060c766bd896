//! `/api/v1/session` and `/api/v1/me`: logging in and out, and who one is.

use super::openapi::Problems;
use crate::api;
use crate::app::App;
use crate::auth::{Backend, Credentials, Who, hash, strong_enough};
use crate::problem::Problem;
use crate::store::Ended;
use axum::extract::rejection::{JsonRejection, QueryRejection};
use axum::extract::{Extension, Json, Query, State};
use axum::http::StatusCode;
use axum_login::AuthSession;
use axum_login::tower_sessions::Session;
use mendmap_core::account::{Account, Role};
use mendmap_core::catalog::CrewId;
use mendmap_core::ids::DeviceId;
use serde::{Deserialize, Serialize};
use std::time::Instant;
use utoipa::{IntoParams, ToSchema};

/// Who somebody is; nobody in particular where there are no accounts.
#[derive(Serialize, ToSchema)]
pub(super) struct Me {
    /// The account's id.
    #[schema(required)]
    account: Option<String>,
    name: String,
    #[schema(value_type = api::Role)]
    role: Role,
    #[schema(value_type = Vec<String>)]
    crews: Vec<CrewId>,
}

impl From<Account> for Me {
    fn from(account: Account) -> Me {
        Me {
            account: Some(account.id.to_string()),
            name: account.name,
            role: account.role,
            crews: account.crews,
        }
    }
}

/// Who somebody says they are.
#[derive(Deserialize, ToSchema)]
pub(super) struct LogIn {
    #[serde(flatten)]
    credentials: Credentials,
    /// The device this account is to be in this browser, where it has one.
    #[schema(value_type = Option<String>, format = Uuid)]
    device: Option<DeviceId>,
}

/// Logs in.
///
/// The id of a session from before is not kept, so that nobody can
/// be made to use one that somebody else knows.
#[utoipa::path(
    post,
    path = "/api/v1/session",
    tag = "session",
    security(()),
    request_body = inline(LogIn),
    responses((status = 200, description = "Who one is now.", body = Me), Problems),
)]
pub(super) async fn log_in(
    State(app): State<App>,
    mut session: AuthSession<Backend>,
    Extension(before): Extension<Session>,
    said: Result<Json<LogIn>, JsonRejection>,
) -> Result<Json<Me>, Problem> {
    let Json(LogIn {
        credentials,
        device,
    }) = said.map_err(|e| Problem::Form(e.body_text()))?;
    let name = credentials.account.clone();
    if let Some(wait) = app.throttle().wait(&name, Instant::now()) {
        let seconds = wait.as_secs() + 1;
        return Err(Problem::TooManyTries { seconds });
    }
    let Some(user) = session.authenticate(credentials).await? else {
        app.throttle().wrong(&name, Instant::now());
        return Err(Problem::WrongPassword);
    };
    app.throttle().right(&name);
    if user.account.locked {
        return Err(Problem::Locked);
    }
    if let Some(device) = device {
        let owner = app.store().claim(device, &user.account.id).await?;
        if owner != user.account.id {
            return Err(Problem::AnothersDevice);
        }
    }
    // axum-login does this only where nobody was logged in.
    before
        .cycle_id()
        .await
        .map_err(axum_login::Error::Session)?;
    session.login(&user).await?;
    Ok(Json(user.account.into()))
}

/// Which device is left behind.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Leaves {
    /// A device of the account that is told no more what is news, where it is.
    #[param(value_type = Option<String>, format = Uuid)]
    device: Option<DeviceId>,
}

/// Logs out.
///
/// Nobody being logged in is no error.
#[utoipa::path(
    delete,
    path = "/api/v1/session",
    tag = "session",
    security(()),
    params(Leaves),
    responses((status = 204, description = "Nobody is logged in."), Problems),
)]
pub(super) async fn log_out(
    State(app): State<App>,
    mut session: AuthSession<Backend>,
    leaves: Result<Query<Leaves>, QueryRejection>,
) -> Result<StatusCode, Problem> {
    let Query(leaves) = leaves.map_err(|e| Problem::Query(e.body_text()))?;
    // Who stays logged in is told as before: so not until that has ended.
    let who = session.logout().await?;
    if let (Some(user), Some(device)) = (who, leaves.device) {
        let ended = Ended::Device(&user.account.id, device);
        app.store().unsubscribe(ended).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}

/// Who one is.
#[utoipa::path(
    get,
    path = "/api/v1/me",
    tag = "session",
    responses(
        (status = 200, description = "Nobody in particular without accounts.", body = Me),
        Problems,
    ),
)]
pub(super) async fn me(Extension(who): Extension<Who>) -> Json<Me> {
    Json(match who {
        Who::Account(account) => account.into(),
        Who::Keeper => Me {
            account: None,
            name: String::new(),
            role: Role::Administrator,
            crews: Vec::new(),
        },
    })
}

/// Another password.
#[derive(Deserialize, ToSchema)]
pub(super) struct Change {
    old: String,
    new: String,
}

/// Gives oneself another password.
///
/// It ends every other session of the account, and none of its phones is told what is news any more
/// until it asks anew, as the app does when it is opened and logged in.
#[utoipa::path(
    post,
    path = "/api/v1/me/password",
    tag = "session",
    security(("session" = [])),
    request_body = inline(Change),
    responses((status = 204, description = "It is changed."), Problems),
)]
pub(super) async fn change_password(
    State(app): State<App>,
    mut session: AuthSession<Backend>,
    Extension(who): Extension<Who>,
    said: Result<Json<Change>, JsonRejection>,
) -> Result<StatusCode, Problem> {
    let Who::Account(account) = who else {
        return Err(Problem::NoSession);
    };
    let Json(Change { old, new }) = said.map_err(|e| Problem::Form(e.body_text()))?;
    if !strong_enough(&new) {
        return Err(Problem::WeakPassword);
    }
    let name = account.id.to_string();
    if let Some(wait) = app.throttle().wait(&name, Instant::now()) {
        let seconds = wait.as_secs() + 1;
        return Err(Problem::TooManyTries { seconds });
    }
    let with = |password| Credentials {
        account: name.clone(),
        password,
    };
    if session.authenticate(with(old)).await?.is_none() {
        app.throttle().wrong(&name, Instant::now());
        return Err(Problem::WrongPassword);
    }
    let hash = hash(new.clone()).await.map_err(|_| Problem::Internal)?;
    app.store().set_secret(&account.id, &hash).await?;
    // A phone that was lost is told no more. One that is logged in asks anew when it is opened.
    let ended = Ended::Account(&account.id);
    app.store().unsubscribe(ended).await?;
    // This session goes on, under the new password.
    if let Some(user) = session.authenticate(with(new)).await? {
        session.login(&user).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}
