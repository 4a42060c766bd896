//! The built app.

use crate::problem::Problem;
use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{CACHE_CONTROL, HeaderValue, LINK};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use tower_http::services::ServeDir;

const SERVICE: &str = r#"</api/v1/openapi.json>; rel="service-desc""#;

/// Serves a folder as a place for the app: a file where there is one; the app itself under
/// every name that is none of a file, since its own places are addresses too.
pub(super) fn files(dist: &Path) -> MethodRouter {
    let dist = dist.to_path_buf();
    get(move |request: Request| file(dist.clone(), request)).fallback(async || Problem::Method)
}

async fn file(dist: PathBuf, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let name = path.rsplit('/').next().unwrap_or("");
    if is_hidden(&path) {
        return Problem::NotFound.into_response();
    }
    let mut index = Request::new(Body::empty());
    *index.method_mut() = match request.method() {
        &Method::HEAD => Method::HEAD,
        _ => Method::GET,
    };
    let mut response = find(&dist, request).await;
    if response.status() == StatusCode::NOT_FOUND {
        if name.contains('.') {
            return Problem::NotFound.into_response();
        }
        response = find(&dist, index).await;
        if response.status() == StatusCode::NOT_FOUND {
            return Problem::NotFound.into_response();
        }
    }
    let keep = match has_hash(name) {
        true => "public, max-age=31536000, immutable",
        false => "no-cache",
    };
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(keep));
    // By this the app knows that it comes from a server, and where that is (RFC 8631).
    headers.insert(LINK, HeaderValue::from_static(SERVICE));
    response
}

async fn find(dist: &Path, request: Request) -> Response {
    let mut folder = ServeDir::new(dist).redirect_to_trailing_slash(false);
    match folder.try_call(request).await {
        Ok(response) => response.map(Body::new),
        Err(error) if is_missing(error.kind()) => Problem::NotFound.into_response(),
        Err(error) => {
            tracing::error!(%error, "a file cannot be read");
            Problem::Internal.into_response()
        }
    }
}

fn is_missing(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::NotFound | ErrorKind::NotADirectory)
}

/// Whether a path leads to a name that begins with a dot, or is written so that one would
/// have to look twice to see where it leads. None of ours is.
fn is_hidden(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    ["/.", "%2e", "%2f", "%5c", "\\"]
        .iter()
        .any(|sign| path.contains(sign))
}

/// A name with a hash of its content in it never changes what it means.
fn has_hash(name: &str) -> bool {
    let parts = name.split(['-', '_', '.']);
    let hex = |part: &str| part.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    parts.into_iter().any(|part| part.len() >= 12 && hex(part))
}
