//! The built app.

use super::layers::read::answer;
use crate::app::App;
use crate::layers::{Form, last};
use crate::media::Coding;
use crate::packed::Packed;
use crate::problem::Problem;
use crate::served::Dist;
use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{CACHE_CONTROL, HeaderValue, LINK, RANGE};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;
use tower_http::services::ServeDir;
use url::Url;

const SERVICE: &str = r#"</api/v1/openapi.json>; rel="service-desc""#;

/// Serves a folder as a place for the app: a file where there is one; the app itself under
/// every name that is none of a file, since its own places are addresses too.
pub(super) fn files(app: App, dist: Dist) -> MethodRouter {
    let packed = Arc::new(Packed::default());
    let answer = move |request: Request| {
        let (app, dist, packed) = (app.clone(), dist.clone(), packed.clone());
        async move { file(&app, &dist, &packed, request).await }
    };
    get(answer).fallback(async || Problem::Method)
}

async fn file(app: &App, dist: &Dist, packed: &Packed, mut request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let name = path.rsplit('/').next().unwrap_or("");
    if is_hidden(&path) {
        return Problem::NotFound.into_response();
    }
    // Whoever asks for the head alone is told of what a body would be compressed to; the body
    // itself is taken away further out.
    *request.method_mut() = Method::GET;
    let coding = match request.headers().contains_key(RANGE) {
        // A part is one of the bytes as they lie there.
        true => Coding::Identity,
        false => Coding::of(request.headers()),
    };
    let found = match uploaded(app, dist, &path, request.headers().clone()).await {
        Ok(found) => found,
        // What came with the app is not the layer any more: a phone keeps what it has.
        Err(problem) => return problem.into_response(),
    };
    let mut response = match found {
        Some(layer) => layer,
        None => packed.of(find(&dist.0, request).await, &path, coding).await,
    };
    if response.status() == StatusCode::NOT_FOUND {
        if name.contains('.') {
            return Problem::NotFound.into_response();
        }
        let index = find(&dist.0, Request::new(Body::empty())).await;
        response = packed.of(index, "/", coding).await;
        if response.status() == StatusCode::NOT_FOUND {
            return Problem::NotFound.into_response();
        }
    }
    // Of a layer another file may be put in place at any time.
    let keep = match has_hash(&path) && !path.starts_with(CITY) {
        true => "public, max-age=31536000, immutable",
        false => "no-cache",
    };
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(keep));
    // By this the app knows that it comes from a server, and where that is (RFC 8631).
    headers.insert(LINK, HeaderValue::from_static(SERVICE));
    response
}

/// The file that was uploaded in place of the one at this address, where there is one: the app
/// asks for its layers here. Whoever reaches the server may read it, as everything of the app.
async fn uploaded(
    app: &App,
    dist: &Dist,
    path: &str,
    headers: HeaderMap,
) -> Result<Option<Response>, Problem> {
    let Some(name) = path.strip_prefix(CITY) else {
        return Ok(None);
    };
    if name == CATALOG {
        return Ok(None);
    }
    let puts = app.layers().puts().await?;
    if puts.is_empty() {
        return Ok(None);
    }
    let served = dist.served(app.store().city()).await?;
    let mut files = served.catalog.layers.iter();
    let Some(file) = files.find(|file| is_at(&file.file, name)) else {
        return Ok(None);
    };
    if last(&file.id, &puts).is_none_or(|put| put.version.is_none()) {
        return Ok(None);
    }
    let layers = app.layers();
    let Some(current) = layers.current(&dist.0, file, &puts).await? else {
        return Ok(None);
    };
    let coding = Coding::of(&headers);
    let form = Form::GeoJson;
    let made = layers.made(&served, file, &current, form, coding).await?;
    Ok(Some(answer(made, form, &headers)))
}

/// Where the city's files are, and the one among them that is no layer.
const CITY: &str = "/city/";
const CATALOG: &str = "catalog.json";

/// Whether a file that the catalogue names is at an address beside it, which a browser may have
/// written in percents.
fn is_at(file: &str, name: &str) -> bool {
    let base = Url::parse("http://localhost/city/");
    let at = base.and_then(|base| base.join(file));
    at.is_ok_and(|at| at.host_str() == Some("localhost") && at.path() == format!("{CITY}{name}"))
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

/// A path whose name has a hash of its content in it never changes what it means.
pub(crate) fn has_hash(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or("");
    let parts = name.split(['-', '_', '.']);
    let hex = |part: &str| part.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    parts.into_iter().any(|part| part.len() >= 12 && hex(part))
}
