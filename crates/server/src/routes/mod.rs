//! What the server answers to, one file a noun.

mod events;
mod files;
mod guard;
mod health;
mod photos;
mod session;
mod stream;

use crate::app::{App, BODY_BYTES};
use crate::auth::{self, Backend, signed_in};
use crate::problem::{self, Problem};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::HeaderValue;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, X_CONTENT_TYPE_OPTIONS,
};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{MethodRouter, any, get, post};
use axum_login::AuthManagerLayerBuilder;
use std::path::Path;
use tower_http::set_header::SetResponseHeaderLayer;

/// Everything: the programming interface, the health of the server, and the built app in
/// the folder `dist`.
pub fn router(app: App, dist: &Path) -> Router {
    let store = app.store();
    let sessions = auth::layer(store.clone(), false);
    let accounts = AuthManagerLayerBuilder::new(Backend(store.clone()), sessions).build();
    let api = Router::new()
        .route("/events", get(events::page).post(events::append))
        .route("/stream", get(stream::stream))
        .route("/me", get(session::me))
        .route("/me/password", post(session::change_password))
        .route("/photos/{sha256}", photos())
        .route("/photos/{sha256}/private", private_parts())
        .fallback(async || Problem::NotFound)
        // From here on without an account.
        .layer(from_fn_with_state(app.clone(), signed_in))
        .route("/session", post(session::log_in).delete(session::log_out))
        .layer(accounts)
        .layer(otherwise(CACHE_CONTROL, "no-store"))
        .layer(otherwise(
            CONTENT_SECURITY_POLICY,
            "default-src 'none'; frame-ancestors 'none'",
        ));
    Router::new()
        .nest("/api/v1", api)
        .route("/api/{*nothing}", any(async || Problem::NotFound))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .fallback_service(files::files(dist))
        .method_not_allowed_fallback(async || Problem::Method)
        .with_state(app)
        .layer(DefaultBodyLimit::max(BODY_BYTES))
        .layer(from_fn(guard::same_origin))
        // The page states its own policy; only a header can forbid frames.
        .layer(otherwise(CONTENT_SECURITY_POLICY, "frame-ancestors 'none'"))
        .layer(otherwise(X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(from_fn(problem::speak))
}

fn photos() -> MethodRouter<App> {
    get(photos::read)
        .head(photos::offset)
        .put(photos::put)
        .patch(photos::append)
        .delete(photos::erase)
}

fn private_parts() -> MethodRouter<App> {
    get(photos::private)
        .put(photos::put_private)
        .delete(photos::erase_private)
}

/// A header that is set where nothing inside has set it.
fn otherwise(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
}
