//! Photos that go out.

use super::{Name, UPLOAD_OFFSET};
use crate::app::App;
use crate::photos::Media;
use crate::problem::Problem;
use crate::routes::conditions::is_known;
use crate::routes::openapi::Problems;
use axum::body::Body;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE,
    ETAG, HeaderName, IF_RANGE, RANGE, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use http_range_header::{EndPosition, StartPosition, parse_range_header};
use mendmap_core::sync::Digest;
use object_store::GetRange;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum Size {
    Thumb,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::routes) struct Wanted {
    /// Its thumbnail, a JPEG whose longer side has at most 320 pixels.
    #[param(inline)]
    size: Option<Size>,
}

/// A photo, or its thumbnail.
///
/// Neither ever changes, so that it may be kept for good (`ETag`, `If-None-Match`).
#[utoipa::path(
    get,
    path = "/api/v1/photos/{sha256}",
    operation_id = "read_photo",
    tag = "photos",
    params(
        Name,
        Wanted,
        ("Range" = Option<String>, Header, description = "One range, of the photo itself."),
    ),
    responses(
        (
            status = 200,
            description = "All of it.",
            content(("image/jpeg"), ("image/png"), ("image/webp")),
        ),
        (
            status = 206,
            description = "The range that was asked for.",
            content(("image/jpeg"), ("image/png"), ("image/webp")),
        ),
        (status = 304, description = "The caller has it."),
        Problems,
    ),
)]
pub(in crate::routes) async fn read(
    State(app): State<App>,
    Name(name): Name,
    wanted: Result<Query<Wanted>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let Query(wanted) = wanted.map_err(|e| Problem::Query(e.body_text()))?;
    match wanted.size {
        None => whole(&app, &name, &headers).await,
        Some(Size::Thumb) => {
            let etag = format!("\"{name}-thumb\"");
            let bytes = app.photos().thumbnail(&name).await?;
            if is_known(&headers, &etag) {
                return Ok(kept(StatusCode::NOT_MODIFIED, &etag, Body::empty()));
            }
            let mut response = kept(StatusCode::OK, &etag, Body::from(bytes));
            let jpeg = HeaderValue::from_static(Media::Jpeg.name());
            response.headers_mut().insert(CONTENT_TYPE, jpeg);
            Ok(response)
        }
    }
}

/// The photo itself, or one range of it.
pub(super) async fn whole(
    app: &App,
    name: &Digest,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    let etag = format!("\"{name}\"");
    let is_same = headers.get(IF_RANGE).is_none_or(|v| *v == *etag);
    let range = headers.get(RANGE).filter(|_| is_same).and_then(one_range);
    let opened = app.photos().open(name, range.clone()).await?;
    // Looked for first all the same: what was erased is not to be shown from a cache.
    if is_known(headers, &etag) {
        return Ok(kept(StatusCode::NOT_MODIFIED, &etag, Body::empty()));
    }
    let status = match range {
        Some(_) => StatusCode::PARTIAL_CONTENT,
        None => StatusCode::OK,
    };
    let mut response = kept(status, &etag, Body::from_stream(opened.bytes));
    let headers = response.headers_mut();
    let is = HeaderValue::from_static;
    headers.insert(CONTENT_TYPE, is(opened.media.name()));
    headers.insert(ACCEPT_RANGES, is("bytes"));
    let (start, end) = (opened.range.start, opened.range.end);
    headers.insert(CONTENT_LENGTH, HeaderValue::from(end - start));
    if range.is_some() {
        let last = end.saturating_sub(1);
        let range = format!("bytes {start}-{last}/{}", opened.size);
        headers.insert(CONTENT_RANGE, text(&range));
    } else {
        headers.insert(UPLOAD_OFFSET, HeaderValue::from(opened.size));
    }
    Ok(response)
}

/// What a name with a hash means never changes; and it is no business of a cache between.
fn kept(status: StatusCode, etag: &str, body: Body) -> Response {
    let is = HeaderValue::from_static;
    let headers: [(HeaderName, HeaderValue); 4] = [
        (ETAG, text(etag)),
        (CACHE_CONTROL, is("private, max-age=31536000, immutable")),
        (CONTENT_DISPOSITION, is("inline")),
        (X_CONTENT_TYPE_OPTIONS, is("nosniff")),
    ];
    (status, headers, body).into_response()
}

/// Of digits and the like, of which every one may stand in a header.
fn text(value: &str) -> HeaderValue {
    HeaderValue::from_str(value).unwrap_or(HeaderValue::from_static(""))
}

/// One range; several at once, and what is none, are passed over (RFC 9110 §14.2).
fn one_range(value: &HeaderValue) -> Option<GetRange> {
    let parsed = parse_range_header(value.to_str().ok()?).ok()?;
    match parsed.ranges[..] {
        [range] => match (range.start, range.end) {
            (StartPosition::Index(start), EndPosition::LastByte) => Some(GetRange::Offset(start)),
            (StartPosition::Index(start), EndPosition::Index(last)) => {
                Some(GetRange::Bounded(start..last.checked_add(1)?))
            }
            (StartPosition::FromLast(count), _) => Some(GetRange::Suffix(count)),
        },
        _ => None,
    }
}
