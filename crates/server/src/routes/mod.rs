//! What the server answers to, one file a noun.

mod accounts;
mod body;
mod conditions;
mod events;
pub(crate) mod files;
mod guard;
mod health;
mod held;
mod layers;
mod ledger;
mod metrics;
mod openapi;
mod photos;
mod push;
mod receipts;
mod session;
mod snapshot;
mod stream;
mod tasks;

use crate::app::{App, BODY_BYTES};
use crate::auth::{self, Backend, signed_in};
use crate::media::WORTH_IT;
use crate::metrics::measure;
use crate::problem::{self, Problem};
use crate::served::Dist;
use axum::extract::DefaultBodyLimit;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, ETAG, HeaderName, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{Extensions, HeaderMap, HeaderValue, StatusCode, Version};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{MethodRouter, any, get, post, put};
use axum::{Extension, Router};
use axum_login::AuthManagerLayerBuilder;
use std::path::Path;
use std::time::Duration;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};
use tower_http::compression::{CompressionLayer, CompressionLevel};
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::RequestBodyTimeoutLayer;

/// So long any body may pause: a phone that says nothing for longer has lost its network, and
/// whoever sends a letter at a time holds a connection for as long as it likes.
const BODY_PAUSE: Duration = Duration::from_secs(20);

/// Everything: the programming interface, the health of the server, and the built app in
/// the folder `dist`.
pub fn router(app: App, dist: &Path) -> Router {
    let store = app.store();
    let sessions = auth::layer(store.clone(), app.origin().is_some());
    let accounts = AuthManagerLayerBuilder::new(Backend(app.clone()), sessions).build();
    let served = Dist(dist.into());
    let api = Router::new()
        .route("/events", get(events::page).post(events::append))
        .route("/stream", get(stream::stream))
        .route("/snapshot", get(snapshot::snapshot))
        .route("/segments", get(snapshot::segment))
        .route("/receipts", get(receipts::receipts))
        .route("/held", get(held::held))
        .route("/held/{content}", post(held::release))
        .route("/tasks", get(tasks::list))
        .route("/tasks/{id}", get(tasks::one))
        .route("/ledger", get(ledger::ledger))
        .route("/layers", get(layers::list))
        .route("/layers/{id}", layers())
        .route("/me", get(session::me))
        .route("/me/password", post(session::change_password))
        .route("/accounts/{id}/password", put(accounts::set_password))
        .route("/push/{device}", push())
        .route("/photos/{sha256}", photos())
        .route("/photos/{sha256}/private", private_parts())
        .fallback(async || Problem::NotFound)
        .layer(Extension(served.clone()))
        // From here on without an account.
        .layer(from_fn_with_state(app.clone(), signed_in))
        .route("/session", post(session::log_in).delete(session::log_out))
        .route("/openapi.json", get(openapi::described))
        .layer(accounts)
        .layer(compressed())
        .layer(otherwise(CACHE_CONTROL, "no-store"))
        .layer(otherwise(
            CONTENT_SECURITY_POLICY,
            "default-src 'none'; frame-ancestors 'none'",
        ));
    let router = Router::new()
        .nest("/api/v1", api)
        .route("/api/{*nothing}", any(async || Problem::NotFound))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(metrics::metrics))
        .fallback_service(files::files(app.clone(), served))
        .method_not_allowed_fallback(async || Problem::Method)
        .with_state(app.clone())
        .layer(DefaultBodyLimit::max(BODY_BYTES))
        .layer(RequestBodyTimeoutLayer::new(BODY_PAUSE))
        .layer(from_fn_with_state(app.clone(), guard::same_origin))
        // The page states its own policy; only a header can forbid frames.
        .layer(otherwise(CONTENT_SECURITY_POLICY, "frame-ancestors 'none'"))
        .layer(otherwise(X_CONTENT_TYPE_OPTIONS, "nosniff"));
    let router = match app.origin() {
        Some(_) => router.layer(otherwise(STRICT_TRANSPORT_SECURITY, ONLY_ENCRYPTED)),
        None => router,
    };
    router
        .layer(from_fn_with_state(app, measure))
        .layer(from_fn(problem::speak))
}

/// For two years; only where there is TLS, and a browser believes it only there.
const ONLY_ENCRYPTED: &str = "max-age=63072000";

fn layers() -> MethodRouter<App> {
    get(layers::read::read)
        .put(layers::change::put)
        .delete(layers::change::restore)
}

fn push() -> MethodRouter<App> {
    get(push::read).put(push::put).delete(push::end)
}

fn photos() -> MethodRouter<App> {
    get(photos::serve::read)
        .head(photos::receive::offset)
        .put(photos::receive::put)
        .patch(photos::receive::append)
        .delete(photos::guarded::erase)
}

fn private_parts() -> MethodRouter<App> {
    get(photos::guarded::private)
        .put(photos::guarded::put_private)
        .delete(photos::guarded::erase_private)
}

/// How well what is compressed while it goes out is: of brotli's eleven, and of gzip's nine.
const LEVEL: CompressionLevel = CompressionLevel::Precise(4);

/// Compresses what nothing inside has compressed. Not the stream, which would wait for more of
/// it; not photos, which are; not what has a validator, which says of which bytes it is.
fn compressed() -> CompressionLayer<impl Predicate> {
    let has_no_tag = |_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions| {
        !headers.contains_key(ETAG)
    };
    let worth_it = SizeAbove::new(WORTH_IT)
        .and(NotForContentType::SSE)
        .and(NotForContentType::IMAGES)
        .and(has_no_tag);
    CompressionLayer::new()
        .quality(LEVEL)
        .compress_when(worth_it)
}

/// A header that is set where nothing inside has set it.
fn otherwise(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
}
