//! Who asks the programming interface.

use super::{Backend, known_as};
use crate::app::App;
use crate::problem::Problem;
use axum::extract::{Request, State};
use axum::http::Method;
use axum::http::header::AUTHORIZATION;
use axum::middleware::Next;
use axum::response::Response;
use axum_login::AuthSession;
use mendmap_core::account::{Account, Role};
use mendmap_core::log::ActorId;

/// Who asks, in a request that was let through.
#[derive(Debug, Clone)]
pub(crate) enum Who {
    /// Whoever reaches a server without accounts, which listens to its own machine alone.
    Keeper,
    /// An account.
    Account(Account),
}

impl Who {
    /// What it is there for.
    pub(crate) fn role(&self) -> Role {
        match self {
            Who::Keeper => Role::Administrator,
            Who::Account(account) => account.role,
        }
    }

    /// Asks for a role, or a more trusted one.
    pub(crate) fn at_least(&self, role: Role) -> Result<(), Problem> {
        match self.role() >= role {
            true => Ok(()),
            false => Err(Problem::NotAllowed),
        }
    }

    /// The most it ever was there for: what it captured then may still come.
    pub(crate) fn once(&self) -> Role {
        match self {
            Who::Keeper => Role::Administrator,
            Who::Account(account) => account.ever.iter().copied().fold(account.role, Role::max),
        }
    }

    /// The account, where it is one.
    pub(crate) fn account(&self) -> Option<&ActorId> {
        match self {
            Who::Keeper => None,
            Who::Account(account) => Some(&account.id),
        }
    }
}

/// Lets through who has a session or a program's key; and everybody where there are no
/// accounts yet. An account that is locked may still hand over what it captured: its events,
/// which are held, and their photos. It may not read.
pub(crate) async fn signed_in(
    State(app): State<App>,
    session: AuthSession<Backend>,
    mut request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let key = request.headers().get(AUTHORIZATION);
    let account = match key {
        None => session.user.map(|user| user.account),
        Some(key) => {
            let key = key
                .to_str()
                .ok()
                .and_then(|key| key.strip_prefix("Bearer "));
            let holder = match key {
                Some(key) => app.store().holder(&known_as(key.trim())).await?,
                None => None,
            };
            match holder.filter(|id| app.admits(id)) {
                Some(id) => app.store().account(&id).await?,
                None => None,
            }
        }
    };
    let Some(account) = account else {
        if app.asks_who().await? {
            return Err(Problem::NoSession);
        }
        request.extensions_mut().insert(Who::Keeper);
        return Ok(next.run(request).await);
    };
    if account.locked && !hands_over(&request) {
        return Err(Problem::Locked);
    }
    request.extensions_mut().insert(Who::Account(account));
    Ok(next.run(request).await)
}

fn hands_over(request: &Request) -> bool {
    let path = request.uri().path();
    match *request.method() {
        Method::POST => path == "/events",
        Method::PUT | Method::PATCH => path.starts_with("/photos/"),
        _ => false,
    }
}
